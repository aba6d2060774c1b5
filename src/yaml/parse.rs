//! From bytes to a [`Document`]: limits first, then the events of the YAML parser.

use super::explain::explain;
use super::position::Positions;
use super::scalar;
use super::{Document, Limits, Node, Span, Style, Value};
use crate::problem::{self, Gathered, Place, Problem, Severity, printable, shortened};
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};

/// Faulty characters reported at most; a binary file would report each of its bytes.
const MOST_CHARACTERS: usize = 10;

/// Reads a document from bytes.
///
/// The document is `None` when it cannot be read as a whole; the problems then say why. Duplicate
/// keys are problems too, but leave the document readable: the first of them counts.
pub fn parse_bytes(file: &str, bytes: &[u8], limits: &Limits) -> (Option<Document>, Vec<Problem>) {
    if let Some(problem) = too_long(bytes.len(), limits) {
        return (None, vec![problem]);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => parse(file, text.to_owned(), limits),
        Err(error) => {
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let before = String::from_utf8_lossy(valid);
            let (line, column) = Positions::new(&before).line_column(before.len());
            let all = String::from_utf8_lossy(bytes);
            let (excerpt, from) = problem::excerpt(&all, before.len(), column as usize);
            let problem = Problem::error("the file is not UTF-8 text")
                .at(Place {
                    file: file.to_owned(),
                    line,
                    column,
                    excerpt,
                    from,
                })
                .help("save it with the encoding UTF-8");
            (None, vec![problem])
        }
    }
}

/// Reads a document from text. See [`parse_bytes`].
pub fn parse(file: &str, text: String, limits: &Limits) -> (Option<Document>, Vec<Problem>) {
    if let Some(problem) = too_long(text.len(), limits) {
        return (None, vec![problem]);
    }
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    let positions = Positions::new(&text);
    let mut reader = Reader {
        file,
        text: &text,
        positions: &positions,
        limits,
        problems: Vec::new(),
        duplicates: Gathered::default(),
        previous_end: 0,
        nodes: 0,
        after_question: false,
    };
    reader.check_characters();
    if !reader.problems.is_empty() {
        return (None, reader.problems);
    }
    let root = reader.read();
    let mut problems = reader.duplicates.finish();
    problems.extend(reader.problems);
    let document = root.map(|root| Document {
        file: file.to_owned(),
        root,
        text,
    });
    (document, problems)
}

fn too_long(length: usize, limits: &Limits) -> Option<Problem> {
    (length > limits.bytes).then(|| {
        Problem::error(format!(
            "the file is too long: {length} bytes, at most {} are read",
            limits.bytes
        ))
    })
}

/// A list or mapping that has begun and not ended.
struct Open {
    start: usize,
    /// Where it ends as far as is known: after its last part.
    end: usize,
    kind: Kind,
}

enum Kind {
    Sequence(Vec<Node>),
    Mapping {
        entries: Vec<(Node, Node)>,
        key: Option<Node>,
    },
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    positions: &'a Positions<'a>,
    limits: &'a Limits,
    /// Why reading stopped.
    problems: Vec<Problem>,
    /// Keys that are there twice.
    duplicates: Gathered,
    /// Where the last scalar or bracket ended: what lies between it and the next node are
    /// indicators, spaces and comments.
    previous_end: usize,
    nodes: usize,
    /// Whether the last scalar followed a `?` indicator.
    after_question: bool,
}

impl Reader<'_> {
    /// Reports the characters that no text file should hold.
    fn check_characters(&mut self) {
        let text = self.text;
        let forbidden =
            |character: char| character.is_control() && !matches!(character, '\n' | '\r' | '\t');
        // Most files have none, which their bytes tell much faster: a control character is a byte
        // below the space, a delete, or begins with this one.
        let suspect = |byte: u8| {
            matches!(byte, 0xc2 | 0x7f) || (byte < b' ' && !matches!(byte, b'\n' | b'\r' | b'\t'))
        };
        if !text.bytes().any(suspect) {
            return;
        }
        for (offset, character) in text
            .char_indices()
            .filter(|(_, character)| forbidden(*character))
            .take(MOST_CHARACTERS)
        {
            let name = if character == '\0' {
                "NUL".to_owned()
            } else {
                printable(character.encode_utf8(&mut [0; 4])).into_owned()
            };
            self.problems.push(
                Problem::error(format!("control character {name} in the text"))
                    .at(self.place(offset))
                    .help("remove it, or write it as an escape inside double quotes"),
            );
        }
    }

    /// Builds the tree, or reports why there is none.
    fn read(&mut self) -> Option<Node> {
        let mut open: Vec<Open> = Vec::new();
        let mut root = None;
        let mut documents = 0;
        for event in Parser::new_from_str(self.text) {
            let (event, span) = match event {
                Ok(event) => event,
                Err(error) => {
                    self.report_syntax(&error);
                    return None;
                }
            };
            let start = self.positions.offset(span.start.line(), span.start.col());
            let end = self.positions.offset(span.end.line(), span.end.col());
            let finished = match event {
                Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => None,
                Event::DocumentStart(explicit) => {
                    documents += 1;
                    if documents > 1 {
                        self.refuse(
                            start,
                            "a second document in the file",
                            "keep one document in a file",
                        );
                        return None;
                    }
                    if explicit {
                        self.previous_end = end;
                    }
                    None
                }
                Event::Alias(_) => {
                    self.refuse(start, "an alias (`*name`)", "write the value out");
                    return None;
                }
                Event::Scalar(text, style, anchor, tag) => {
                    self.count(start)?;
                    self.plain_node(start, anchor, tag.is_some())?;
                    Some(self.scalar(text.into_owned(), style, start, end))
                }
                Event::SequenceStart(anchor, tag) => {
                    self.count(start)?;
                    self.plain_node(start, anchor, tag.is_some())?;
                    // A list that is not indented below its key is said to start with its first
                    // entry instead of the dash.
                    let below_key = matches!(
                        open.last(),
                        Some(Open {
                            kind: Kind::Mapping { .. },
                            ..
                        })
                    );
                    let dash = self.indicators(start, &['-']).next();
                    let start = dash.filter(|_| below_key).unwrap_or(start);
                    self.open(&mut open, start, Kind::Sequence(Vec::new()))?;
                    None
                }
                Event::MappingStart(anchor, tag) => {
                    self.count(start)?;
                    self.plain_node(start, anchor, tag.is_some())?;
                    let kind = Kind::Mapping {
                        entries: Vec::new(),
                        key: None,
                    };
                    self.open(&mut open, start, kind)?;
                    None
                }
                Event::SequenceEnd | Event::MappingEnd => open.pop().map(|ended| self.close(ended)),
            };
            if let Some(node) = finished {
                match open.last_mut() {
                    Some(parent) => self.add(parent, node)?,
                    None => root = Some(node),
                }
            }
        }
        Some(root.unwrap_or(Node {
            span: self.span(0, 0),
            value: Value::Null,
        }))
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let (line, column) = self.positions.line_column(start);
        Span {
            start,
            end: end.max(start),
            line,
            column,
        }
    }

    fn place(&self, offset: usize) -> Place {
        place(self.positions, self.file, self.text, offset)
    }

    fn refuse(&mut self, offset: usize, what: &str, help: &str) {
        let problem = Problem::error(format!("{what} is not supported here"))
            .at(self.place(offset))
            .help(help);
        self.problems.push(problem);
    }

    fn count(&mut self, offset: usize) -> Option<()> {
        self.nodes += 1;
        if self.nodes <= self.limits.nodes {
            return Some(());
        }
        let problem = Problem::error(format!(
            "the file has more than {} values",
            self.limits.nodes
        ))
        .at(self.place(offset));
        self.problems.push(problem);
        None
    }

    /// Refuses anchors and tags: they make a file mean something else than it says.
    fn plain_node(&mut self, offset: usize, anchor: usize, tagged: bool) -> Option<()> {
        if anchor > 0 {
            self.refuse(
                offset,
                "an anchor (`&name`)",
                "write the value out wherever it is needed; a text that begins with `&` needs quotes",
            );
            return None;
        }
        if tagged {
            self.refuse(
                offset,
                "a tag (`!name`)",
                "remove it; a text that begins with `!` needs quotes",
            );
            return None;
        }
        Some(())
    }

    fn open(&mut self, open: &mut Vec<Open>, start: usize, kind: Kind) -> Option<()> {
        if open.len() >= self.limits.depth {
            let problem = Problem::error(format!(
                "lists and mappings are nested deeper than {} levels",
                self.limits.depth
            ))
            .at(self.place(start));
            self.problems.push(problem);
            return None;
        }
        if self.starts_flow(start) {
            self.previous_end = start + 1;
        }
        open.push(Open {
            start,
            end: start,
            kind,
        });
        Some(())
    }

    fn starts_flow(&self, offset: usize) -> bool {
        matches!(self.text.as_bytes().get(offset), Some(b'[' | b'{'))
    }

    fn close(&mut self, open: Open) -> Node {
        // The events of ends point past comments, or at a comma before the bracket, so the end is
        // found in the text. One key in a flow list, `[a: b]`, is a mapping without braces.
        let end = if self.starts_flow(open.start) {
            let bracket = match open.kind {
                Kind::Sequence(_) => ']',
                Kind::Mapping { .. } => '}',
            };
            let until = self.text.len();
            let end = self.indicators(until, &[bracket]).next();
            let end = end.map_or(until, |bracket| bracket + 1);
            self.previous_end = end;
            end
        } else {
            open.end
        };
        let span = self.span(open.start, end);
        let value = match open.kind {
            Kind::Sequence(items) => Value::Sequence(items),
            Kind::Mapping { entries, .. } => Value::Mapping(self.without_duplicates(entries)),
        };
        Node { span, value }
    }

    fn scalar(&mut self, text: String, style: ScalarStyle, start: usize, end: usize) -> Node {
        let after_question = self.indicators(start, &['?']).next().is_some();
        self.after_question = after_question;
        let (span, value) = match style {
            ScalarStyle::Plain if text.is_empty() => {
                // The event stands at the `:`, somewhere after the `-`, or in a flow mapping at
                // the indicator after the key.
                let is_value = self.text.as_bytes().get(start) == Some(&b':');
                let after = if is_value && start >= self.previous_end {
                    start + 1
                } else {
                    self.indicators(start, &['-'])
                        .last()
                        .map_or(self.previous_end, |dash| dash + 1)
                };
                (self.span(after, after), Value::Null)
            }
            ScalarStyle::Plain => (
                self.span(start, end),
                Value::Scalar {
                    text,
                    style: Style::Plain,
                },
            ),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                // The event includes the spaces and the comment after the closing quote.
                let source = self.text.get(start..end).unwrap_or_default();
                let end = start + scalar::quoted_length(source);
                (
                    self.span(start, end),
                    Value::Scalar {
                        text,
                        style: Style::Quoted,
                    },
                )
            }
            ScalarStyle::Literal | ScalarStyle::Folded => {
                // The event begins with the first line of the content and ends with the next
                // token; the header before it and the blank lines at its end are sorted out here.
                let header = self.indicators(start, &['|', '>']).next().unwrap_or(start);
                let head_end = header + line_rest(self.text, header);
                let head = self.text.get(header..head_end).unwrap_or_default();
                let head = head.split('#').next().unwrap_or_default();
                let source = self.text.get(header..end.max(head_end)).unwrap_or_default();
                let kept = if head.contains('+') {
                    // Every blank line counts, up to the line end of the last one.
                    if end < self.text.len() {
                        source.trim_end_matches(' ')
                    } else {
                        source
                    }
                } else {
                    source.trim_end_matches(['\n', '\r', ' ', '\t'])
                };
                (
                    self.span(header, header + kept.len().max(1)),
                    Value::Scalar {
                        text,
                        style: Style::Block,
                    },
                )
            }
        };
        self.previous_end = span.end.max(self.previous_end);
        Node { span, value }
    }

    /// Where some indicators stand between the previous node and an offset, comments aside.
    fn indicators(&self, until: usize, wanted: &[char]) -> impl Iterator<Item = usize> {
        let from = self.previous_end;
        let gap = self.text.get(from..until).unwrap_or_default();
        let mut before = self
            .text
            .get(..from)
            .and_then(|text| text.chars().next_back())
            .unwrap_or('\n');
        let mut in_comment = false;
        gap.char_indices().filter_map(move |(offset, character)| {
            match character {
                '\n' | '\r' => in_comment = false,
                '#' if before.is_whitespace() => in_comment = true,
                _ => {}
            }
            before = character;
            (!in_comment && wanted.contains(&character)).then_some(from + offset)
        })
    }

    /// Adds a finished node to the list or mapping it belongs to.
    fn add(&mut self, parent: &mut Open, node: Node) -> Option<()> {
        parent.end = parent.end.max(node.span.end);
        match &mut parent.kind {
            Kind::Sequence(items) => items.push(node),
            Kind::Mapping { entries, key } => match key.take() {
                None => {
                    self.check_key(&node)?;
                    *key = Some(node);
                }
                Some(name) => entries.push((name, node)),
            },
        }
        Some(())
    }

    /// Reports the keys that are there twice; the first of them counts.
    fn without_duplicates(&mut self, mut entries: Vec<(Node, Node)>) -> Vec<(Node, Node)> {
        let key = |index: &usize| entries.get(*index).and_then(|(key, _)| key.str());
        let mut order: Vec<usize> = (0..entries.len()).collect();
        // The sort is stable, so the first of equal keys stays the first.
        order.sort_by(|left, right| key(left).cmp(&key(right)));
        let mut repeated: Vec<(usize, usize)> = Vec::new();
        for group in order.chunk_by(|left, right| key(left) == key(right)) {
            if let Some((first, rest)) = group.split_first() {
                repeated.extend(rest.iter().map(|index| (*index, *first)));
            }
        }
        if repeated.is_empty() {
            return entries;
        }
        repeated.sort_unstable();
        let (positions, file, text) = (self.positions, self.file, self.text);
        for (index, first) in &repeated {
            let (Some((name, _)), Some((first, _))) = (entries.get(*index), entries.get(*first))
            else {
                continue;
            };
            self.duplicates.add("duplicate key", Severity::Error, || {
                let message = format!(
                    "`{}` is there twice, first on line {}",
                    shortened(name.str().unwrap_or_default()),
                    first.span.line
                );
                Problem::error(message)
                    .at(place(positions, file, text, name.span.start))
                    .help("remove one of the two")
            });
        }
        let mut repeated = repeated.into_iter().map(|(index, _)| index).peekable();
        let mut index = 0;
        entries.retain(|_| {
            let drop = repeated.next_if_eq(&index).is_some();
            index += 1;
            !drop
        });
        entries
    }

    /// Refuses the keys that only a program would write.
    fn check_key(&mut self, key: &Node) -> Option<()> {
        let start = key.span.start;
        match key.str() {
            None => {
                self.refuse(start, "a key that is not one text", "write `key: value`");
                None
            }
            Some("<<") if key.span.end == start + 2 => {
                self.refuse(start, "a merge key (`<<`)", "write the keys out");
                None
            }
            Some(_) if self.after_question => {
                self.refuse(start, "a key written with `?`", "write `key: value`");
                None
            }
            Some(_) => Some(()),
        }
    }

    fn report_syntax(&mut self, error: &ScanError) {
        if let Some(offset) = merge_conflict(self.text) {
            let problem = Problem::error("an unresolved merge conflict")
                .at(self.place(offset))
                .help("keep one of the two versions and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`");
            self.problems.push(problem);
            return;
        }
        let marker = error.marker();
        let offset = self.positions.offset(marker.line(), marker.col());
        let (message, help) = explain(error.info());
        let mut problem = Problem::error(message).at(self.place(offset));
        if let Some(help) = help {
            problem = problem.help(help);
        }
        self.problems.push(problem);
    }
}

/// Where a version control system left both versions of a part in the text.
fn merge_conflict(text: &str) -> Option<usize> {
    let mark = "<<<<<<< ";
    if text.starts_with(mark) {
        return Some(0);
    }
    text.match_indices(mark)
        .map(|(offset, _)| offset)
        .find(|offset| {
            text.get(..*offset)
                .is_some_and(|before| before.ends_with('\n'))
        })
}

/// The number of bytes from an offset to the end of its line.
fn line_rest(text: &str, offset: usize) -> usize {
    let rest = text.get(offset..).unwrap_or_default();
    rest.find(['\n', '\r']).unwrap_or(rest.len())
}

fn place(positions: &Positions<'_>, file: &str, text: &str, offset: usize) -> Place {
    let (line, column) = positions.line_column(offset);
    let (excerpt, from) = problem::excerpt(text, offset, column as usize);
    Place {
        file: file.to_owned(),
        line,
        column,
        excerpt,
        from,
    }
}
