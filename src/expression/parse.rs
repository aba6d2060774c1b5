//! Text to syntax tree.

use super::unit::{scan_decimal, scan_multiplier};
use super::{Arithmetic, Comparison, Fault, Unit};
use winnow::ascii::multispace0;
use winnow::combinator::{alt, cut_err, delimited, opt, peek, preceded, separated, terminated};
use winnow::error::{ContextError, ErrMode, ParserError, StrContext, StrContextValue};
use winnow::prelude::*;
use winnow::stream::{LocatingSlice, Location};
use winnow::token::{any, literal, one_of, take_till, take_while};

/// A parsed expression, names not yet resolved; `at` is an offset in bytes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Syntax {
    /// Where it starts.
    pub(super) at: usize,
    /// What it is.
    pub(super) kind: Kind,
}

/// The forms of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// A number in base units with the unit it was written in.
    Number(f64, Option<Unit>),
    /// `'text'`
    Text(String),
    /// `true`, `false`
    Bool(bool),
    /// A fact.
    Name(String),
    /// `(a, b, …)` after `in`
    List(Vec<Syntax>),
    /// `name(a, …)`
    Call(String, Vec<Syntax>),
    /// `not a`
    Not(Box<Syntax>),
    /// `a and b`
    And(Box<Syntax>, Box<Syntax>),
    /// `a or b`
    Or(Box<Syntax>, Box<Syntax>),
    /// `a < b`
    Compare(Comparison, Box<Syntax>, Box<Syntax>),
    /// `a in b`, `a not in b` (`true`)
    In(bool, Box<Syntax>, Box<Syntax>),
    /// `a + b`
    Arithmetic(Arithmetic, Box<Syntax>, Box<Syntax>),
}

type Input<'a> = LocatingSlice<&'a str>;

/// Nesting beyond this is refused, so that a hostile overlay cannot exhaust the stack.
const MAX_DEPTH: usize = 64;

/// Longer expressions are refused for the same reason: a chain of `or` nests as deep as it is long.
const MAX_LENGTH: usize = 4_000;

/// Parses an expression.
///
/// # Errors
/// Returns the place where the text stops making sense, and what could stand there.
pub(super) fn parse(text: &str) -> Result<Syntax, Fault> {
    if text.len() > MAX_LENGTH {
        return Err(Fault {
            offset: 0,
            message: format!("the expression is longer than {MAX_LENGTH} characters"),
            help: None,
        });
    }
    let mut depth = 0_usize;
    for (offset, character) in text.chars().enumerate() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(Fault {
                offset,
                message: format!("more than {MAX_DEPTH} levels of parentheses"),
                help: None,
            });
        }
    }
    let not_count = text
        .split_whitespace()
        .filter(|word| *word == "not")
        .count();
    if not_count > MAX_DEPTH {
        return Err(Fault {
            offset: 0,
            message: format!("more than {MAX_DEPTH} times `not`"),
            help: None,
        });
    }
    preceded(multispace0, or)
        .parse(LocatingSlice::new(text))
        .map_err(|error| {
            let byte = error.offset().min(text.len());
            let offset = text.get(..byte).unwrap_or_default().chars().count();
            let found: String = text
                .get(byte..)
                .unwrap_or_default()
                .chars()
                .take(12)
                .collect();
            let message = if found.trim().is_empty() {
                "the expression ends too early".to_owned()
            } else {
                format!(
                    "unexpected `{}`",
                    found.split_whitespace().next().unwrap_or_default()
                )
            };
            let expected: Vec<String> = error
                .inner()
                .context()
                .filter_map(|context| match context {
                    StrContext::Expected(value) => Some(value.to_string()),
                    _ => None,
                })
                .collect();
            let help = if expected.is_empty() {
                Some("an expression reads like `rps > 100/s and stage != 'prototype'`".to_owned())
            } else {
                Some(format!("expected {}", expected.join(" or ")))
            };
            Fault {
                offset,
                message,
                help,
            }
        })
}

fn expected(what: &'static str) -> StrContext {
    StrContext::Expected(StrContextValue::Description(what))
}

fn spaced<'a, O, P>(parser: P) -> impl Parser<Input<'a>, O, ErrMode<ContextError>>
where
    P: Parser<Input<'a>, O, ErrMode<ContextError>>,
{
    terminated(parser, multispace0)
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

/// A keyword: the word, and not the start of a longer one.
fn keyword<'a>(word: &'static str) -> impl Parser<Input<'a>, (), ErrMode<ContextError>> {
    spaced(terminated(
        literal(word),
        peek(alt((
            one_of(|c: char| !is_word(c)).void(),
            winnow::combinator::eof.void(),
        ))),
    ))
    .void()
}

fn boxed(at: usize, kind: Kind) -> Syntax {
    Syntax { at, kind }
}

fn or(input: &mut Input<'_>) -> ModalResult<Syntax> {
    let mut left = and.parse_next(input)?;
    while opt(keyword("or")).parse_next(input)?.is_some() {
        let right = cut_err(and).parse_next(input)?;
        left = boxed(left.at, Kind::Or(Box::new(left), Box::new(right)));
    }
    Ok(left)
}

fn and(input: &mut Input<'_>) -> ModalResult<Syntax> {
    let mut left = not.parse_next(input)?;
    while opt(keyword("and")).parse_next(input)?.is_some() {
        let right = cut_err(not).parse_next(input)?;
        left = boxed(left.at, Kind::And(Box::new(left), Box::new(right)));
    }
    Ok(left)
}

fn not(input: &mut Input<'_>) -> ModalResult<Syntax> {
    let at = input.current_token_start();
    if opt(keyword("not")).parse_next(input)?.is_some() {
        let inner = cut_err(not).parse_next(input)?;
        return Ok(boxed(at, Kind::Not(Box::new(inner))));
    }
    comparison(input)
}

fn comparison(input: &mut Input<'_>) -> ModalResult<Syntax> {
    let left = sum.parse_next(input)?;
    if opt(keyword("in")).parse_next(input)?.is_some() {
        let right = cut_err(list).parse_next(input)?;
        return Ok(boxed(
            left.at,
            Kind::In(false, Box::new(left), Box::new(right)),
        ));
    }
    if opt((keyword("not"), keyword("in")))
        .parse_next(input)?
        .is_some()
    {
        let right = cut_err(list).parse_next(input)?;
        return Ok(boxed(
            left.at,
            Kind::In(true, Box::new(left), Box::new(right)),
        ));
    }
    let operator = opt(spaced(alt((
        literal("<=").value(Comparison::LessOrEqual),
        literal(">=").value(Comparison::GreaterOrEqual),
        literal("==").value(Comparison::Equal),
        literal("!=").value(Comparison::NotEqual),
        literal("<").value(Comparison::Less),
        literal(">").value(Comparison::Greater),
    ))))
    .parse_next(input)?;
    match operator {
        None => Ok(left),
        Some(operator) => {
            let right = cut_err(sum).parse_next(input)?;
            Ok(boxed(
                left.at,
                Kind::Compare(operator, Box::new(left), Box::new(right)),
            ))
        }
    }
}

fn sum(input: &mut Input<'_>) -> ModalResult<Syntax> {
    let mut left = product.parse_next(input)?;
    while let Some(sign) = opt(spaced(one_of(['+', '-']))).parse_next(input)? {
        let right = cut_err(product).parse_next(input)?;
        let operator = if sign == '+' {
            Arithmetic::Add
        } else {
            Arithmetic::Subtract
        };
        left = boxed(
            left.at,
            Kind::Arithmetic(operator, Box::new(left), Box::new(right)),
        );
    }
    Ok(left)
}

fn product(input: &mut Input<'_>) -> ModalResult<Syntax> {
    let mut left = atom.parse_next(input)?;
    while let Some(sign) = opt(spaced(one_of(['*', '/']))).parse_next(input)? {
        let right = cut_err(atom).parse_next(input)?;
        let operator = if sign == '*' {
            Arithmetic::Multiply
        } else {
            Arithmetic::Divide
        };
        left = boxed(
            left.at,
            Kind::Arithmetic(operator, Box::new(left), Box::new(right)),
        );
    }
    Ok(left)
}

fn atom(input: &mut Input<'_>) -> ModalResult<Syntax> {
    spaced(alt((
        number,
        text,
        keyword("true")
            .with_span()
            .map(|((), span)| boxed(span.start, Kind::Bool(true))),
        keyword("false")
            .with_span()
            .map(|((), span)| boxed(span.start, Kind::Bool(false))),
        call_or_name,
        delimited(
            spaced('('),
            cut_err(or),
            cut_err(')').context(expected("`)`")),
        ),
    )))
    .context(expected("a fact, a number or a text in single quotes"))
    .parse_next(input)
}

fn list(input: &mut Input<'_>) -> ModalResult<Syntax> {
    let at = input.current_token_start();
    let items: Vec<Syntax> = delimited(spaced('('), separated(1.., atom, spaced(',')), spaced(')'))
        .context(expected("a list in parentheses such as ('a', 'b')"))
        .parse_next(input)?;
    Ok(boxed(at, Kind::List(items)))
}

fn text(input: &mut Input<'_>) -> ModalResult<Syntax> {
    let at = input.current_token_start();
    let inner: &str = delimited(
        '\'',
        take_till(0.., '\''),
        cut_err('\'').context(expected("a closing quote `'`")),
    )
    .parse_next(input)?;
    Ok(boxed(at, Kind::Text(inner.to_owned())))
}

fn word<'a>(input: &mut Input<'a>) -> ModalResult<&'a str> {
    (
        one_of(|c: char| c.is_ascii_alphabetic() || c == '_'),
        take_while(0.., is_word),
    )
        .take()
        .parse_next(input)
}

fn call_or_name(input: &mut Input<'_>) -> ModalResult<Syntax> {
    let at = input.current_token_start();
    let name = word.parse_next(input)?;
    if matches!(name, "and" | "or" | "not" | "in") {
        return Err(ErrMode::from_input(input));
    }
    if opt((multispace0, '(', multispace0))
        .parse_next(input)?
        .is_some()
    {
        let arguments: Vec<Syntax> = cut_err(terminated(
            separated(0.., or, spaced(',')),
            literal(")").context(expected("`)`")),
        ))
        .parse_next(input)?;
        return Ok(boxed(at, Kind::Call(name.to_owned(), arguments)));
    }
    Ok(boxed(at, Kind::Name(name.to_owned())))
}

/// A number, its multiplier and, when one follows, its unit.
fn number(input: &mut Input<'_>) -> ModalResult<Syntax> {
    let at = input.current_token_start();
    let rest: &str = input.as_ref();
    if !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(ErrMode::from_input(input));
    }
    let Some((_, _, length)) = scan_decimal(rest) else {
        return Err(ErrMode::from_input(input));
    };
    let after = rest.get(length..).unwrap_or_default();
    let (_, after_multiplier) = scan_multiplier(after);
    let multiplier = after.len() - after_multiplier.len();
    let unit = unit_length(after_multiplier);
    let end = length + multiplier + unit;
    let written = rest.get(..end).unwrap_or_default();
    let Ok(parsed) = super::parse_number(written, &Unit::plain()) else {
        return Err(ErrMode::from_input(input));
    };
    for _ in 0..written.chars().count() {
        any.parse_next(input)?;
    }
    Ok(boxed(at, Kind::Number(parsed.value, parsed.unit)))
}

/// How many bytes after a number are its unit: ` TB`, `ms`, `%`, `/s`, ` GB/day`, ` 1/s`.
fn unit_length(rest: &str) -> usize {
    let blank = rest.len() - rest.trim_start_matches(' ').len();
    let body = rest.get(blank..).unwrap_or_default();
    let head = body
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '%'))
        .unwrap_or(body.len());
    let mut end = head;
    // A rate: the slash and the unit below follow without a blank, so `1000 / rtt_min_ms` stays a division.
    if let Some(below) = body.get(head..).and_then(|tail| tail.strip_prefix('/')) {
        let length = below.find(|c: char| !is_word(c)).unwrap_or(below.len());
        if length > 0 && Unit::parse(body.get(..=head + length).unwrap_or_default()).is_ok() {
            end = head + 1 + length;
        }
    }
    let candidate = body.get(..end).unwrap_or_default();
    if candidate.is_empty() || Unit::parse(candidate).is_err() {
        0
    } else {
        blank + end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precedence_is_or_and_not_comparison() {
        let parsed = parse("a or b and not c < 2").unwrap();
        let Kind::Or(_, right) = parsed.kind else {
            panic!("or binds loosest")
        };
        let Kind::And(_, right) = right.kind else {
            panic!("and binds tighter than or")
        };
        let Kind::Not(inner) = right.kind else {
            panic!("not binds tighter than and")
        };
        assert!(matches!(inner.kind, Kind::Compare(Comparison::Less, _, _)));
    }

    #[test]
    fn units_stick_to_their_number() {
        for (text, value) in [
            ("data > 8 TB", 8e12),
            ("rate > 50k/s", 50e3),
            ("share >= 99.9 %", 0.999),
            ("t < 200ms", 0.2),
        ] {
            let Kind::Compare(_, _, right) = parse(text).unwrap().kind else {
                panic!("{text}")
            };
            let Kind::Number(found, Some(_)) = right.kind else {
                panic!("{text}")
            };
            assert!((found - value).abs() < 1e-9, "{text}: {found}");
        }
        let Kind::Arithmetic(Arithmetic::Divide, _, _) = parse("1000 / rtt").unwrap().kind else {
            panic!("a spaced slash divides");
        };
    }

    #[test]
    fn a_fault_names_its_place() {
        for (text, offset) in [
            ("rps >", 5),
            ("rps > > 3", 6),
            ("a and", 5),
            ("(a or b", 7),
            ("x in 'a'", 5),
            ("a b", 2),
            ("", 0),
            ("'abc", 4),
        ] {
            let fault = parse(text).unwrap_err();
            assert_eq!(fault.offset, offset, "{text}: {fault:?}");
        }
        assert!(parse(&"(".repeat(10_000)).is_err());
        assert!(parse(&"not ".repeat(10_000)).is_err());
    }
}
