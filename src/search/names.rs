//! Finding patterns by name.

use crate::knowledge::{KnowledgeBase, Pattern, PatternId};

/// A pattern that matches a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The pattern.
    pub pattern: PatternId,
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
                is_loose: false,
            })
            .collect();
    }
    let whole = terms.join(" ");
    let mut hits = Vec::new();
    for id in base.pattern_ids() {
        let pattern = base.pattern(id);
        let names = Names::of(pattern);
        let mut key = (Grade::Exact, 0);
        let mut matched = true;
        for term in &terms {
            let Some((grade, length)) = names.grade(term) else {
                matched = false;
                break;
            };
            key.0 = key.0.max(grade);
            key.1 += length;
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
        hits.push((key, pattern.name.chars().count(), id));
    }
    hits.sort();
    hits.into_iter()
        .map(|((grade, _), _, pattern)| Hit {
            pattern,
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

    /// How well a word matches, and in how long a name of a product: a product itself counts for more than a feature of it
    /// with a longer name.
    fn grade(&self, term: &str) -> Option<(Grade, usize)> {
        let begins = |name: &String| name.split_whitespace().any(|word| word.starts_with(term));
        let named = |name: &String| {
            if name == term {
                Some(Grade::Exact)
            } else if name.starts_with(term) {
                Some(Grade::Prefix)
            } else {
                begins(name).then_some(Grade::WordStart)
            }
        };
        if let Some(grade) = self.all.iter().filter_map(named).min() {
            return Some((grade, 0));
        }
        let examples = self.examples.iter().filter(|name| begins(name));
        if let Some(length) = examples.map(|name| name.chars().count()).min() {
            return Some((Grade::Example, length));
        }
        let is_mentioned = self.what.split_whitespace().any(|word| word == term);
        is_mentioned.then_some((Grade::Mentioned, 0))
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
