//! Finding patterns by the words of everyday: what a pattern says of itself, what it takes away, what calls for it.
//!
//! [`super::search`] knows names; here each word is looked for on its own, and counts for more the nearer to the name it
//! stands and the rarer it is.

use super::search::plain;
use crate::knowledge::{DefaultAnswer, FactId, KnowledgeBase, Pattern, PatternId};
use std::collections::BTreeSet;

/// Words that say nothing of what is looked for.
const SMALL: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "has",
    "have", "how", "i", "if", "in", "is", "it", "its", "my", "no", "not", "of", "on", "or", "our",
    "so", "that", "the", "them", "they", "this", "to", "too", "up", "we", "what", "when", "which",
    "who", "with", "without", "you", "your",
];

/// Where a word of a pattern stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Name,
    What,
    Use,
    Closes,
    Plain,
    Example,
    Fact,
    Category,
    Source,
    Verify,
    Avoid,
}

impl Field {
    /// What a word counts for there.
    fn weight(self) -> u32 {
        match self {
            Self::Name => 12,
            Self::What => 6,
            Self::Use | Self::Closes => 5,
            Self::Plain | Self::Example => 4,
            Self::Fact | Self::Category => 3,
            Self::Source | Self::Verify => 2,
            Self::Avoid => 1,
        }
    }
}

/// A pattern is told as long as it has this share of the best one's points.
const SHARE: f64 = 0.4;

/// How far conditions are followed into what their facts are computed from.
const DEPTH: usize = 3;

/// Returns the patterns that speak of the words of a query, best first.
///
/// Patterns that speak of all of its words come before others; endings such as those of plurals are no difference.
pub fn mentioned(base: &KnowledgeBase, query: &str) -> Vec<PatternId> {
    let folded = plain(query);
    let words: BTreeSet<String> = (folded.split_whitespace())
        .filter(|word| !SMALL.contains(word))
        .map(stem)
        .collect();
    let terms: Vec<String> = words.into_iter().collect();
    if terms.is_empty() {
        return Vec::new();
    }
    // Of each pattern, what each term counts for in it.
    let counts: Vec<(PatternId, Vec<u32>)> = base
        .pattern_ids()
        .map(|id| {
            let mut places: Vec<Vec<Field>> = vec![Vec::new(); terms.len()];
            for (field, text) in texts(base, base.pattern(id)) {
                for word in plain(&text).split_whitespace().map(stem) {
                    let term = terms.iter().position(|term| *term == word);
                    if let Some(places) = term.and_then(|term| places.get_mut(term))
                        && !places.contains(&field)
                    {
                        places.push(field);
                    }
                }
            }
            let counts = places
                .iter()
                .map(|places| places.iter().map(|field| field.weight()).sum());
            let counts: Vec<u32> = counts.collect();
            (id, counts)
        })
        .collect();
    // What half of the base speaks of tells little.
    let rarity: Vec<f64> = (0..terms.len())
        .map(|term| {
            let having = (counts.iter())
                .filter(|(_, counts)| counts[term] > 0)
                .count();
            libm::log(1.0 + base.patterns.len() as f64 / (1 + having) as f64)
        })
        .collect();
    let mut found: Vec<(usize, f64, PatternId)> = (counts.into_iter())
        .map(|(id, counts)| {
            let matched = counts.iter().filter(|count| **count > 0).count();
            let points = counts.iter().zip(&rarity);
            let points = points
                .map(|(count, rarity)| f64::from(*count) * rarity)
                .sum();
            (matched, points, id)
        })
        .filter(|(matched, ..)| *matched > 0)
        .collect();
    found.sort_by(|left, right| {
        let by_points = right.1.total_cmp(&left.1);
        (right.0.cmp(&left.0))
            .then(by_points)
            .then(left.2.cmp(&right.2))
    });
    let best = found
        .iter()
        .map(|(_, points, _)| *points)
        .fold(0.0, f64::max);
    found.retain(|(_, points, _)| *points >= best * SHARE);
    found.into_iter().map(|(.., id)| id).collect()
}

/// What a pattern says, with what a word of it counts for.
fn texts(base: &KnowledgeBase, pattern: &Pattern) -> Vec<(Field, String)> {
    let mut texts: Vec<(Field, String)> = Vec::new();
    let mut add = |field: Field, text: &str| texts.push((field, text.to_owned()));
    add(Field::Name, &pattern.id);
    add(Field::Name, &pattern.name);
    for alias in &pattern.aliases {
        add(Field::Name, alias);
    }
    add(Field::What, &pattern.what);
    add(Field::Category, &pattern.category);
    let guidance = &pattern.guidance;
    if let Some(plain) = &guidance.plain {
        add(Field::Plain, plain);
    }
    let lists = [
        (Field::Use, &guidance.use_when),
        (Field::Verify, &guidance.verify),
        (Field::Avoid, &guidance.avoid_when),
        (Field::Avoid, &guidance.mistakes),
    ];
    for (field, list) in lists {
        for text in list {
            add(field, text);
        }
    }
    for example in &pattern.examples {
        add(Field::Example, &example.name);
    }
    for hazard in &pattern.closes {
        let hazard = base.hazard(*hazard);
        add(Field::Closes, &hazard.name);
        add(Field::Closes, &hazard.what);
    }
    for source in &pattern.sources {
        let source = base.source(*source);
        add(Field::Source, &source.id);
        add(Field::Source, &source.title);
    }
    let mut facts = BTreeSet::new();
    let conditions = (pattern
        .applies
        .iter()
        .map(|condition| &condition.expression))
    .chain(pattern.driver.iter().map(|driver| &driver.when.expression));
    for expression in conditions {
        behind(base, &expression.facts(), DEPTH, &mut facts);
    }
    for fact in facts {
        let (id, name, _) = base.fact(fact);
        add(Field::Fact, id);
        add(Field::Fact, name);
    }
    texts
}

/// The facts, and what they are computed from.
fn behind(base: &KnowledgeBase, facts: &[FactId], depth: usize, found: &mut BTreeSet<FactId>) {
    for fact in facts {
        if !found.insert(*fact) || depth == 0 {
            continue;
        }
        if let Some(quantity) = base.quantity(*fact) {
            behind(base, &quantity.formula.facts(), depth - 1, found);
        }
        if let Some(requirement) = base.requirement(*fact)
            && let DefaultAnswer::Formula(formula) = &requirement.default
        {
            behind(base, &formula.facts(), depth - 1, found);
        }
    }
}

/// A word without the endings of plurals and of forms of verbs: `duplicates`, `duplicated` and `duplication` are one.
fn stem(word: &str) -> String {
    let cut = |word: &str, ending: &str| -> Option<String> {
        let rest = word.strip_suffix(ending)?;
        (rest.chars().count() >= 4).then(|| rest.to_owned())
    };
    let singular = match word.strip_suffix("ies") {
        Some(rest) if rest.len() >= 3 => format!("{rest}y"),
        _ if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") => {
            word.to_owned()
        }
        _ => match word.strip_suffix('s') {
            Some(rest) if rest.len() >= 3 => rest.to_owned(),
            _ => word.to_owned(),
        },
    };
    let stem = ["ing", "ed", "ion", "er", "or"]
        .into_iter()
        .find_map(|ending| cut(&singular, ending))
        .unwrap_or(singular);
    let mut stem = cut(&stem, "e").unwrap_or(stem);
    // `splitting` doubles what `split` ends with.
    let mut last = stem.chars().rev();
    if let (Some(end), Some(before)) = (last.next(), last.next())
        && end == before
        && !matches!(end, 's' | 'l' | 'e' | 'o')
        && stem.chars().count() > 4
    {
        stem.pop();
    }
    stem
}
