//! Finding patterns by name.

use crate::knowledge::{KnowledgeBase, Pattern, PatternId};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// A pattern that matches a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The pattern.
    pub pattern: PatternId,
    /// Places (in characters) of the name that matched, for highlighting.
    pub positions: Vec<usize>,
    /// Whether it may be chance: a word of the definition.
    pub is_loose: bool,
}

/// How well a term matches, best first: exact name, start of a name, start of a word, a product that is an example of
/// the pattern, mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Grade {
    Exact,
    Prefix,
    WordStart,
    Example,
    Mentioned,
}

/// Finds the patterns that match every word of `query`, best first; all patterns, in order of their ids, when it is
/// empty.
///
/// Names, ids, aliases and examples are matched whatever their case and accents; the definition only as a whole word.
pub fn search(base: &KnowledgeBase, query: &str) -> Vec<Hit> {
    let folded = plain(query);
    let terms: Vec<&str> = folded.split_whitespace().collect();
    if terms.is_empty() {
        return base
            .pattern_ids()
            .map(|pattern| Hit {
                pattern,
                positions: Vec::new(),
                is_loose: false,
            })
            .collect();
    }
    let matcher = SkimMatcherV2::default().ignore_case();
    let whole = terms.join(" ");
    let mut hits = Vec::new();
    for id in base.pattern_ids() {
        let pattern = base.pattern(id);
        let names = Names::of(pattern);
        let mut positions: Vec<usize> = Vec::new();
        let mut key = (Grade::Exact, 0_i64);
        let mut matched = true;
        for term in &terms {
            let Some((grade, score, found)) = names.grade(&matcher, term) else {
                matched = false;
                break;
            };
            positions.extend(found);
            key.0 = key.0.max(grade);
            key.1 -= score;
        }
        if !matched {
            continue;
        }
        if names.all.contains(&whole) {
            key.0 = Grade::Exact;
        } else if terms.len() > 1 || key.0 == Grade::Exact {
            key.0 = key
                .0
                .max(if names.all.iter().any(|name| name.starts_with(&whole)) {
                    Grade::Prefix
                } else {
                    Grade::WordStart
                });
        }
        positions.sort_unstable();
        positions.dedup();
        hits.push((key, pattern.name.chars().count(), id, positions));
    }
    hits.sort();
    hits.into_iter()
        .map(|((grade, _), _, pattern, positions)| Hit {
            pattern,
            positions,
            is_loose: grade == Grade::Mentioned,
        })
        .collect()
}

struct Names {
    /// Name, id and aliases, folded.
    all: Vec<String>,
    /// Products and libraries, folded.
    examples: Vec<String>,
    what: String,
}

impl Names {
    fn of(pattern: &Pattern) -> Self {
        let mut all = vec![plain(&pattern.name), plain(&pattern.id.replace('-', " "))];
        all.extend(pattern.aliases.iter().map(|alias| plain(alias)));
        Self {
            all,
            examples: (pattern.examples.iter())
                .map(|example| plain(&example.name))
                .collect(),
            what: plain(&pattern.what),
        }
    }

    fn grade(&self, matcher: &SkimMatcherV2, term: &str) -> Option<(Grade, i64, Vec<usize>)> {
        let mut best: Option<(Grade, i64, Vec<usize>)> = None;
        for (index, name) in self.all.iter().enumerate() {
            let grade = if name == term {
                Grade::Exact
            } else if name.starts_with(term) {
                Grade::Prefix
            } else if name.split_whitespace().any(|word| word.starts_with(term)) {
                Grade::WordStart
            } else {
                continue;
            };
            let (score, found) = matcher.fuzzy_indices(name, term).unwrap_or_default();
            let found = if index == 0 { found } else { Vec::new() };
            if best
                .as_ref()
                .is_none_or(|(known, points, _)| (grade, -score) < (*known, -*points))
            {
                best = Some((grade, score, found));
            }
        }
        // A product itself counts for more than a feature of it with a longer name.
        let example = (self.examples.iter())
            .filter(|name| name.split_whitespace().any(|word| word.starts_with(term)))
            .map(|name| name.chars().count())
            .min();
        if let Some(length) = example
            && best
                .as_ref()
                .is_none_or(|(grade, ..)| *grade > Grade::Example)
        {
            let score = i64::try_from(length).map_or(i64::MIN / 2, |length| -length);
            best = Some((Grade::Example, score, Vec::new()));
        }
        if best.is_none() && self.what.split_whitespace().any(|word| word == term) {
            best = Some((Grade::Mentioned, 0, Vec::new()));
        }
        best
    }
}

/// Folds case, common accents and punctuation, keeping the number of characters.
pub(super) fn plain(text: &str) -> String {
    let without_marks = |letter: char| {
        if letter.is_alphanumeric() {
            letter
        } else {
            ' '
        }
    };
    text.chars().map(folded).map(without_marks).collect()
}

/// Folds the case and a common accent of a character.
pub(super) fn folded(character: char) -> char {
    match character.to_lowercase().next().unwrap_or(character) {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        lower => lower,
    }
}
