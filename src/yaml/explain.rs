//! Syntax errors in words for a person.

use crate::problem::printable;

/// A syntax error in words for a person, with what usually mends it.
pub(super) fn explain(info: &str) -> (String, Option<&'static str>) {
    let (message, help): (&str, &str) = if info.contains("tab") {
        ("a tab is used for indentation", "indent with spaces")
    } else if info.contains("mapping values are not allowed") {
        (
            "a `:` where no key can be",
            "put a text that contains `: ` in quotes, and check the indentation",
        )
    } else if info.contains("':' may not precede") || info.contains("valid YAML whitespace") {
        ("a space is missing", "write a space after `:` and `-`")
    } else if info.contains("simple key expect") {
        (
            "this line is no `key: value`",
            "a `:` and a space must follow the key; check the indentation",
        )
    } else if info.contains("unexpected end of stream")
        || info.contains("invalid indentation in quoted scalar")
    {
        ("a quote is opened and not closed", "add the closing quote")
    } else if info.contains("trailing content after double-quoted") {
        (
            "there is text after the closing quote",
            "write a quote inside double quotes as `\\\"`, inside single quotes as `''`",
        )
    } else if info.contains("invalid indentation") || info.contains("did not find expected key") {
        (
            "the indentation does not fit the lines above",
            "align it with the keys above",
        )
    } else if info.contains("did not find expected '-'") {
        (
            "an entry of a list must begin with `- `",
            "align it with the entries above",
        )
    } else if info.contains("expected ',' or ']'") {
        ("a list in brackets is not closed", "add `,` or `]`")
    } else if info.contains("illegal placement of ':'") {
        ("a bracket or brace above is not closed", "add `]` or `}`")
    } else if info.contains("expected ',' or '}'") {
        ("a mapping in braces is not closed", "add `,` or `}`")
    } else if info.contains("unexpected character") {
        (
            "a text cannot begin with this character",
            "put the text in quotes",
        )
    } else if info.contains("anchor") || info.contains("alias") {
        (
            "anchors and aliases (`&name`, `*name`) are not supported here",
            "a text that begins with `&` or `*` needs quotes",
        )
    } else if info.contains("ecursion limit") {
        ("lists and mappings are nested too deep", "")
    } else {
        return (format!("not valid YAML: {}", printable(info)), None);
    };
    (message.to_owned(), (!help.is_empty()).then_some(help))
}
