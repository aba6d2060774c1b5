//! Finding patterns: by their names, then by what they say of themselves, what they take away and what calls for them.
//!
//! [`names`] knows names. Here the texts are kept phrase by phrase: words that stand
//! in one phrase belong together, words that are scattered over a pattern may be chance.

pub mod names;

use crate::knowledge::{DefaultAnswer, FactId, KnowledgeBase, Pattern, PatternId, Text};
use crate::problem::slip;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Words that say nothing of what is looked for.
const SMALL: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "has",
    "have", "how", "i", "if", "in", "is", "it", "its", "my", "no", "not", "of", "on", "or", "our",
    "so", "that", "the", "them", "they", "this", "to", "too", "up", "we", "what", "when", "which",
    "who", "with", "without", "you", "your",
];

/// A pattern is told as long as it has this share of the best one's points.
const SHARE: f64 = 0.4;

/// How far conditions are followed into what their facts are computed from.
const DEPTH: usize = 3;

/// The shortest beginning of a word that is taken for the word.
const SHORTEST: usize = 3;

/// A pattern that a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The pattern.
    pub pattern: PatternId,
    /// What of it matched, when that was not its name.
    pub matched: Option<Matched>,
}

/// The phrase of a pattern that matched a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// Where in the pattern it stands, in words: `use when`.
    pub place: &'static str,
    /// The phrase.
    pub text: String,
    /// Whether the phrase tells what the pattern is for.
    pub is_telling: bool,
    /// The bytes of it from the first word that matched to the last.
    pub words: Range<usize>,
}

impl Matched {
    /// Returns as much of the phrase around the words that matched as goes into this many characters.
    pub fn excerpt(&self, room: usize, ellipsis: &str) -> String {
        let length = |text: &str| text.chars().count();
        let mark = length(ellipsis);
        if length(&self.text) <= room {
            return self.text.clone();
        }
        let (before, rest) = self
            .text
            .split_at_checked(self.words.start)
            .unwrap_or_default();
        let found = length(part(&self.text, self.words.clone()));
        // What leads up to the words is worth a third of what they leave free, and all of it where it fits.
        let free = room.saturating_sub(found.min(room));
        let lead = if length(before) + found + mark <= room {
            length(before)
        } else {
            (free / 3).saturating_sub(mark)
        };
        let start = tail(before, lead);
        let mut shown = String::new();
        if start > 0 {
            shown.push_str(ellipsis);
        }
        shown.push_str(part(before, start..before.len()));
        shown.push_str(rest);
        if length(&shown) > room {
            shown = shown.chars().take(room.saturating_sub(mark)).collect();
            shown.truncate(shown.trim_end().len());
            shown.push_str(ellipsis);
        }
        shown
    }
}

/// A part of a text; nothing where that would cut a character.
fn part(text: &str, bytes: Range<usize>) -> &str {
    text.get(bytes).unwrap_or_default()
}

/// Where the last whole words of a text begin that have at most this many characters.
fn tail(text: &str, most: usize) -> usize {
    let starts = text.char_indices().rev().zip(1..);
    let within = starts.take_while(|(_, count)| *count <= most);
    let begins = |at: usize| at == 0 || part(text, 0..at).ends_with(' ');
    within
        .map(|((at, _), _)| at)
        .filter(|at| begins(*at))
        .last()
        .unwrap_or(text.len())
}

/// Where a word of a pattern stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Name,
    Alias,
    What,
    Use,
    Closes,
    Weighed,
    Plain,
    Example,
    Fact,
    Category,
    Source,
    Verify,
    Avoid,
    Mistake,
}

impl Field {
    /// What a word counts for there.
    fn weight(self) -> u32 {
        match self {
            Self::Name | Self::Alias => 12,
            Self::What => 6,
            Self::Use | Self::Closes => 5,
            Self::Example => 4,
            Self::Fact | Self::Category | Self::Weighed => 3,
            Self::Plain | Self::Source | Self::Verify => 2,
            Self::Avoid | Self::Mistake => 1,
        }
    }

    /// Whether it tells what the pattern is for; not a picture of it, and not what it is bad for.
    fn is_telling(self) -> bool {
        self.weight() > 2
    }

    fn place(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Alias => "also called",
            Self::What => "it is",
            Self::Use => "use when",
            Self::Closes => "prevents",
            Self::Weighed => "weighed under",
            Self::Plain => "in short",
            Self::Example => "example",
            Self::Fact => "goes by",
            Self::Category => "category",
            Self::Source => "source",
            Self::Verify => "verify",
            Self::Avoid => "avoid when",
            Self::Mistake => "mistake",
        }
    }
}

/// Something that a pattern says.
#[derive(Debug)]
struct Phrase {
    field: Field,
    text: String,
    /// The numbers of the stems of its words, with the bytes at which they stand.
    words: Vec<(u32, Range<usize>)>,
}

impl Phrase {
    /// Whether it has these words one after the other.
    fn says(&self, saying: &[BTreeSet<u32>]) -> bool {
        let is_word =
            |((word, _), meanings): (&(u32, Range<usize>), &BTreeSet<u32>)| meanings.contains(word);
        saying.len() > 1
            && (self.words.windows(saying.len())).any(|words| words.iter().zip(saying).all(is_word))
    }
}

/// What all patterns say, ready to be searched.
#[derive(Debug)]
pub struct Index {
    /// The stems of all words, each with its number.
    stems: BTreeMap<String, u32>,
    /// All words, each with the number of its stem.
    forms: BTreeMap<String, u32>,
    /// The phrases of each pattern, in the order of the ids.
    patterns: Vec<(PatternId, Vec<Phrase>)>,
}

impl Index {
    /// Reads what the patterns of a base say.
    pub fn new(base: &KnowledgeBase) -> Self {
        let mut stems = BTreeMap::new();
        let mut forms = BTreeMap::new();
        let mut weighed: BTreeMap<PatternId, Vec<&str>> = BTreeMap::new();
        for tradeoff in &base.tradeoffs {
            for pattern in tradeoff.sides.iter().flat_map(|side| &side.patterns) {
                weighed.entry(*pattern).or_default().push(&tradeoff.name);
            }
        }
        let patterns = base
            .pattern_ids()
            .map(|id| {
                let names = weighed.get(&id).into_iter().flatten();
                let names = names.map(|name| (Field::Weighed, (*name).to_owned()));
                let texts = texts(base, base.pattern(id)).into_iter().chain(names);
                let phrases = texts.flat_map(|(field, text)| {
                    phrases(&text)
                        .map(|part| Phrase {
                            field,
                            words: words(part)
                                .map(|(word, at)| {
                                    let next = stems.len() as u32;
                                    let number = *stems.entry(stem(&word)).or_insert(next);
                                    forms.entry(word).or_insert(number);
                                    (number, at)
                                })
                                .collect(),
                            text: part.to_owned(),
                        })
                        .collect::<Vec<_>>()
                });
                (id, phrases.collect())
            })
            .collect();
        Self {
            stems,
            forms,
            patterns,
        }
    }

    /// Finds patterns by a text: those with such a name, then those that speak of its words. A word that nothing says is
    /// read as the nearest in the name of a pattern or an example, if that is a slip away.
    ///
    /// A text without words finds nothing.
    pub fn search(&self, base: &KnowledgeBase, text: &str) -> Vec<Found> {
        if words(text).next().is_none() {
            return Vec::new();
        }
        self.firm(base, &self.meant(base, text))
    }

    /// What a text is read as, where a word of it is a slip of a name.
    pub fn read_as(&self, base: &KnowledgeBase, text: &str) -> Option<String> {
        let meant = self.meant(base, text);
        let asked = words(text).map(|(word, _)| word);
        (!asked.eq(words(&meant).map(|(word, _)| word))).then_some(meant)
    }

    /// The text with each word that nothing says replaced by the nearest that is in a name.
    fn meant(&self, base: &KnowledgeBase, text: &str) -> String {
        let unknown = |word: &String| self.meanings(word).is_empty();
        if !words(text).any(|(word, _)| unknown(&word)) {
            return text.to_owned();
        }
        let names: BTreeSet<String> = (base.patterns.iter())
            .flat_map(|pattern| {
                let aliases = pattern.aliases.iter().map(Text::as_str);
                let examples = pattern.examples.iter().map(|example| example.name.as_str());
                (std::iter::once(pattern.name.as_str()).chain(aliases)).chain(examples)
            })
            .flat_map(|name| words(name).map(|(word, _)| word))
            .collect();
        let near = |word: &str| {
            let first = word.chars().next();
            // What is meant is a name: somewhere in all that is written a near word can nearly always be found.
            let slips = names.iter().filter_map(|form| {
                let distance = slip(word, form)?;
                // Who slips mostly has the first letter right.
                let is_other = form.chars().next() != first;
                Some((distance, is_other, form))
            });
            slips.min().map(|(.., form)| form.clone())
        };
        let meant = words(text).map(|(word, _)| {
            let slipped = unknown(&word).then(|| near(&word)).flatten();
            slipped.unwrap_or(word)
        });
        meant.collect::<Vec<_>>().join(" ")
    }

    fn firm(&self, base: &KnowledgeBase, text: &str) -> Vec<Found> {
        let hits = names::search(base, text).into_iter();
        let mut found: Vec<Found> = hits.filter(|hit| !hit.is_loose).map(named).collect();
        add(&mut found, self.mentioned(base, text));
        found
    }

    /// The patterns that speak of the words of a query, best first: those that have most of its words, of these those that
    /// have most in one phrase. Endings such as those of plurals are no difference.
    fn mentioned(&self, base: &KnowledgeBase, query: &str) -> Vec<Found> {
        let asked: BTreeSet<String> = words(query)
            .map(|(word, _)| word)
            .filter(|word| !SMALL.contains(&word.as_str()))
            .collect();
        let terms: Vec<BTreeSet<u32>> = asked.iter().map(|word| self.meanings(word)).collect();
        if terms.is_empty() {
            return Vec::new();
        }
        // Small words tell nothing by themselves, but belong to a saying.
        let saying: Vec<BTreeSet<u32>> =
            words(query).map(|(word, _)| self.meanings(&word)).collect();
        let seen: Vec<Seen<'_>> = (self.patterns.iter())
            .filter_map(|(id, phrases)| Seen::of(*id, phrases, &terms, &saying))
            .collect();
        // What half of the base speaks of tells little.
        let rarity: Vec<f64> = (0..terms.len())
            .map(|term| {
                let having = seen.iter().filter(|seen| seen.counts[term] > 0).count();
                libm::log(1.0 + base.patterns.len() as f64 / (1 + having) as f64)
            })
            .collect();
        let mut ranked: Vec<(f64, &Seen<'_>)> = (seen.iter())
            .map(|seen| (seen.points(&rarity), seen))
            .collect();
        ranked.sort_by(|(left, first), (right, second)| {
            (second.rank().cmp(&first.rank()))
                .then(right.total_cmp(left))
                .then(first.pattern.cmp(&second.pattern))
        });
        let Some(best) = ranked.first().map(|(_, seen)| seen.rank()) else {
            return Vec::new();
        };
        // Who has fewer of the words, or has them here and there, is told only when nobody does better.
        ranked.retain(|(_, seen)| seen.rank() == best);
        let most = ranked.first().map_or(0.0, |(points, _)| *points);
        ranked.retain(|(points, _)| *points >= most * SHARE);
        ranked
            .into_iter()
            .map(|(_, seen)| Found {
                pattern: seen.pattern,
                matched: seen.matched(),
            })
            .collect()
    }

    /// The numbers that a word stands for: that of its stem, or else those of the words that begin with it.
    fn meanings(&self, word: &str) -> BTreeSet<u32> {
        if let Some(known) = self.stems.get(&stem(word)) {
            return BTreeSet::from([*known]);
        }
        if word.chars().count() < SHORTEST {
            return BTreeSet::new();
        }
        let from = self.forms.range(word.to_owned()..);
        from.take_while(|(known, _)| known.starts_with(word))
            .map(|(_, number)| *number)
            .collect()
    }
}

fn named(hit: names::Hit) -> Found {
    Found {
        pattern: hit.pattern,
        matched: None,
    }
}

fn add(found: &mut Vec<Found>, more: impl IntoIterator<Item = Found>) {
    for other in more {
        if found.iter().all(|known| known.pattern != other.pattern) {
            found.push(other);
        }
    }
}

/// How well a phrase matches: how many words it has and tells the pattern's purpose with, how many it has, whether
/// they stand there as in the search, how near they stand to each other, and what it counts for.
type Closeness = (usize, usize, bool, usize, u32);

/// What a search sees in a pattern.
struct Seen<'a> {
    pattern: PatternId,
    /// What each word of the search counts for in it.
    counts: Vec<u32>,
    /// The phrase that has most of the words, nearest to each other and to the name.
    best: &'a Phrase,
    /// How many of the words that phrase has.
    together: usize,
    /// Whether that phrase has all words of the search as they stand there, small ones too.
    says: bool,
    /// The bytes of the phrase from the first of them to the last.
    bytes: Range<usize>,
}

impl<'a> Seen<'a> {
    /// Looks for the words; none when there is none of them.
    fn of(
        pattern: PatternId,
        phrases: &'a [Phrase],
        terms: &[BTreeSet<u32>],
        saying: &[BTreeSet<u32>],
    ) -> Option<Self> {
        let mut places: Vec<Vec<Field>> = vec![Vec::new(); terms.len()];
        let mut best: Option<(Closeness, &Phrase, Range<usize>)> = None;
        for phrase in phrases {
            let mut hits: Vec<(usize, usize)> = Vec::new();
            for (at, (word, _)) in phrase.words.iter().enumerate() {
                for (term, meanings) in terms.iter().enumerate() {
                    if meanings.contains(word) {
                        hits.push((at, term));
                        if !places[term].contains(&phrase.field) {
                            places[term].push(phrase.field);
                        }
                    }
                }
            }
            let Some((together, span)) = nearest_span(&hits) else {
                continue;
            };
            // What a pattern is not for may have all the words as well.
            let told = if phrase.field.is_telling() {
                together
            } else {
                1
            };
            let key = (
                told,
                together,
                phrase.says(saying),
                usize::MAX - (span.end - span.start),
                phrase.field.weight(),
            );
            if best.as_ref().is_none_or(|(known, ..)| key > *known) {
                let (first, last) = (&phrase.words[span.start].1, &phrase.words[span.end].1);
                best = Some((key, phrase, first.start..last.end));
            }
        }
        let ((together, _, says, ..), best, bytes) = best?;
        let counts = (places.iter())
            .map(|fields| fields.iter().map(|field| field.weight()).sum())
            .collect();
        Some(Self {
            pattern,
            counts,
            best,
            together,
            says,
            bytes,
        })
    }

    /// How many of the words are there, and how many of them in one phrase.
    fn rank(&self) -> (usize, usize) {
        let matched = self.counts.iter().filter(|count| **count > 0).count();
        (matched, self.together)
    }

    /// What the words count for wherever they stand, and once more where most of them stand together, twice where
    /// they do as in the search.
    fn points(&self, rarity: &[f64]) -> f64 {
        let times = 1 + u32::from(self.says);
        let together = f64::from(self.best.field.weight() * self.together as u32 * times);
        let each = self.counts.iter().zip(rarity);
        let each = each.map(|(count, rarity)| f64::from(*count) * rarity);
        together + each.sum::<f64>()
    }

    fn matched(&self) -> Option<Matched> {
        (self.best.field != Field::Name).then(|| Matched {
            place: self.best.field.place(),
            is_telling: self.best.field.is_telling(),
            text: self.best.text.clone(),
            words: self.bytes.clone(),
        })
    }
}

/// Of the places of words, each with the term that it stands for, the shortest stretch that has all the terms there are;
/// with their number.
fn nearest_span(hits: &[(usize, usize)]) -> Option<(usize, Range<usize>)> {
    let all: BTreeSet<usize> = hits.iter().map(|(_, term)| *term).collect();
    let spans = hits.iter().enumerate().filter_map(|(index, (start, _))| {
        let mut left = all.clone();
        let end = hits[index..].iter().find_map(|(at, term)| {
            left.remove(term);
            left.is_empty().then_some(*at)
        })?;
        Some(*start..end)
    });
    let shortest = spans.min_by_key(|span| span.end - span.start)?;
    Some((all.len(), shortest))
}

/// What a pattern says.
fn texts(base: &KnowledgeBase, pattern: &Pattern) -> Vec<(Field, String)> {
    let mut texts: Vec<(Field, String)> = Vec::new();
    let mut add = |field: Field, text: &str| texts.push((field, text.to_owned()));
    add(Field::Name, &pattern.name);
    add(Field::Name, &pattern.id);
    for alias in &pattern.aliases {
        add(Field::Alias, alias);
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
        (Field::Mistake, &guidance.mistakes),
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
        add(Field::Source, &source.title);
        add(Field::Source, &source.id);
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
        add(Field::Fact, name);
        add(Field::Fact, id);
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

/// The sentences of a text, and what a semicolon separates in them.
fn phrases(text: &str) -> impl Iterator<Item = &str> {
    text.split("; ")
        .flat_map(|part| part.split(". "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// The words of a text, folded, with the bytes at which they stand.
fn words(text: &str) -> impl Iterator<Item = (String, Range<usize>)> + '_ {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let after = text.get(rest..)?;
        let start = rest + after.find(char::is_alphanumeric)?;
        let word = text.get(start..)?;
        let length = word
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(word.len());
        rest = start + length;
        let word = part(text, start..rest);
        Some((word.chars().map(names::folded).collect(), start..rest))
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_matched_stay_in_an_excerpt() {
        let text = "Leave it until growth doubles the load of the one machine there is".to_owned();
        let at = text.find("doubles").unwrap_or_default();
        let matched = Matched {
            is_telling: true,
            place: "use when",
            words: at..at + "doubles".len(),
            text,
        };
        for room in 12..70 {
            let shown = matched.excerpt(room, "…");
            assert!(shown.contains("doubles"), "{room}: {shown}");
            assert!(shown.chars().count() <= room, "{room}: {shown}");
        }
        assert_eq!(matched.excerpt(80, "…"), matched.text);
    }

    #[test]
    fn the_shortest_stretch_with_all_words_is_found() {
        let hits = [(0, 0), (4, 1), (6, 0), (9, 1)];
        assert_eq!(nearest_span(&hits), Some((2, 4..6)));
        assert_eq!(nearest_span(&[]), None);
    }
}
