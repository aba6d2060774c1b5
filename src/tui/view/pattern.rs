//! One pattern: what it is, its effects by case, its relations, its limits, its sources.

use super::{decision, paint};
use crate::knowledge::{KnowledgeBase, PatternId};
use crate::reasoning::DecisionState;
use crate::report::{explain, words};
use crate::tui::edit;
use crate::tui::model::Model;
use crate::tui::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

fn inner(body: Rect) -> Rect {
    Rect {
        x: body.x + 2,
        width: body.width.saturating_sub(4).min(100),
        ..body
    }
}

pub(super) fn draw(model: &Model, frame: &mut Frame<'_>, body: Rect, id: PatternId, scroll: usize) {
    let area = inner(body);
    paint::lines(frame, area, lines(model, id, area.width.into()), scroll);
}

/// Returns the number of lines, and how many there is room for.
pub(super) fn extent(model: &Model, body: Rect, id: PatternId) -> (usize, usize) {
    let area = inner(body);
    (
        lines(model, id, area.width.into()).len(),
        area.height.into(),
    )
}

fn names(base: &KnowledgeBase, list: &[PatternId], between: &str) -> String {
    list.iter()
        .map(|id| base.pattern(*id).name.as_str())
        .collect::<Vec<_>>()
        .join(between)
}

/// A heading and a list, if there is anything in it.
fn bullets(
    model: &Model,
    title: &str,
    list: &[crate::knowledge::Text],
    width: usize,
) -> Vec<Line<'static>> {
    if list.is_empty() {
        return Vec::new();
    }
    let theme = model.theme;
    let mut lines = vec![Line::default(), paint::heading(theme, title, "", width)];
    for text in list {
        let mut item = paint::wrapped(text, width, "  ", theme.text());
        if let Some(margin) = item.first_mut().and_then(|line| line.spans.first_mut()) {
            *margin = Span::styled("- ", theme.muted());
        }
        lines.extend(item);
    }
    lines
}

fn lines(model: &Model, id: PatternId, width: usize) -> Vec<Line<'static>> {
    let theme = model.theme;
    let base = &model.base;
    let entry = base.pattern(id);
    let remark = format!(
        "{}, complexity {} of 5",
        text::title_of(&entry.category).to_lowercase(),
        entry.complexity
    );
    let mut lines = paint::headings(theme, &entry.name, &remark, width);
    if !entry.aliases.is_empty() {
        let aliases: Vec<&str> = entry.aliases.iter().map(|alias| &**alias).collect();
        lines.extend(paint::wrapped(
            &format!("also: {}", aliases.join(", ")),
            width,
            "",
            theme.muted(),
        ));
    }
    lines.push(Line::default());
    lines.extend(paint::wrapped(&entry.what, width, "", theme.text()));
    let guidance = &entry.guidance;
    if let Some(plain) = &guidance.plain {
        lines.extend(paint::wrapped(plain, width, "", theme.muted()));
    }
    if entry.antipattern {
        lines.push(Line::styled(
            "An antipattern: kept to be recognised and argued against.",
            theme.bad(),
        ));
    }
    if entry.reference {
        lines.push(Line::styled(
            "A concept to read about; it is never recommended.",
            theme.muted(),
        ));
    }
    lines.push(Line::default());
    lines.extend(standing(model, id, width));
    for (title, list) in [
        ("When to use it", &guidance.use_when),
        ("When not to", &guidance.avoid_when),
    ] {
        lines.extend(bullets(model, title, list, width));
    }
    lines.push(Line::default());
    lines.extend(paint::headings(
        theme,
        "Effects",
        "the first case that holds counts",
        width,
    ));
    for effect in &entry.effects {
        for (index, claim) in effect.cases.iter().enumerate() {
            let name = if index == 0 {
                base.axis(effect.axis).name.as_str()
            } else {
                ""
            };
            let mut spans = vec![Span::raw(text::pad(name, 17, theme.glyphs.ellipsis))];
            let value = i32::from(claim.value);
            let (hurt, help) = (claim.value.min(0), claim.value.max(0));
            spans.extend(paint::balance(theme, hurt, help));
            spans.push(Span::styled(
                text::pad_left(&paint::signed(theme, value), 4, ""),
                paint::sign_style(theme, value),
            ));
            let when = match (&claim.when, effect.cases.len()) {
                (Some(condition), _) => format!("  when {}", condition.text),
                (None, 1) => String::new(),
                (None, _) => "  otherwise".to_owned(),
            };
            spans.push(Span::styled(
                text::fit(&when, width.saturating_sub(26), theme.glyphs.ellipsis).into_owned(),
                theme.muted(),
            ));
            lines.push(Line::from(spans));
            if !claim.support.because.is_empty() {
                lines.extend(paint::wrapped(
                    &claim.support.because,
                    width,
                    "    ",
                    theme.text(),
                ));
            }
        }
    }
    let mut section = |title: &str, content: Vec<String>| {
        if !content.is_empty() {
            lines.push(Line::default());
            lines.push(paint::heading(theme, title, "", width));
            for text in content {
                lines.extend(paint::wrapped(&text, width, "", theme.text()));
            }
        }
    };
    section(
        "Limits",
        entry
            .limits
            .iter()
            .map(|limit| format!("{} (ruled out when {})", limit.because, limit.when.text))
            .collect(),
    );
    let mut calls = Vec::new();
    calls.extend(
        entry
            .driver
            .iter()
            .map(|driver| format!("{} (when {})", driver.because, driver.when.text)),
    );
    calls.extend(
        entry
            .applies
            .iter()
            .map(|condition| format!("applies when {}", condition.text)),
    );
    section("What calls for it", calls);
    section(
        "Policy",
        entry
            .norm
            .iter()
            .map(|norm| format!("{} (unless {})", norm.because, norm.unless.text))
            .collect(),
    );
    let mut relations = Vec::new();
    for group in &entry.requires {
        relations.push(format!("needs {}", names(base, group, " or ")));
    }
    for (word, list) in [
        ("excludes", &entry.excludes),
        ("goes well with", &entry.complements),
        ("instead of", &entry.alternatives),
        ("a form of", &entry.specialises),
        ("leads on to", &entry.migrates_to),
    ] {
        if !list.is_empty() {
            relations.push(format!("{word} {}", names(base, list, ", ")));
        }
    }
    section("Relations", relations);
    let mut hazards: Vec<String> = entry
        .opens
        .iter()
        .map(|id| format!("opens {}: {}", base.hazard(*id).name, base.hazard(*id).what))
        .collect();
    hazards.extend(entry.closes.iter().map(|id| {
        let when = entry.closes_if(*id);
        let when = when.map_or_else(String::new, |when| format!(" (where {})", when.text));
        let hazard = base.hazard(*id);
        format!("closes {}{when}: {}", hazard.name, hazard.what)
    }));
    section("Hazards", hazards);
    for (title, list) in [
        ("How to verify that it works", &guidance.verify),
        ("Common mistakes", &guidance.mistakes),
    ] {
        section(title, list.iter().map(|text| format!("- {text}")).collect());
    }
    let examples = entry.examples.iter().map(|example| match &example.status {
        Some(status) => format!("{} ({status})", example.name),
        None => example.name.to_string(),
    });
    let examples: Vec<String> = examples.collect();
    section(
        "Examples",
        if examples.is_empty() {
            Vec::new()
        } else {
            vec![examples.join(", ")]
        },
    );
    let sources = entry.sources.iter().map(|id| {
        let source = base.source(*id);
        let authors: Vec<&str> = source.authors.iter().map(|author| &**author).collect();
        let year = source
            .year
            .map_or(String::new(), |year| format!(" ({year})"));
        let address = source
            .url
            .as_ref()
            .map_or(String::new(), |url| format!(" {url}"));
        let by = if authors.is_empty() {
            String::new()
        } else {
            format!("{}: ", authors.join(", "))
        };
        format!("{by}{}{year}{address}", source.title)
    });
    section("Sources", sources.collect());
    lines
}

/// How the pattern stands in this design.
fn standing(model: &Model, id: PatternId, width: usize) -> Vec<Line<'static>> {
    let theme = model.theme;
    let base = &model.base;
    let mut lines = Vec::new();
    let chosen = edit::is_chosen(&model.design, base, id);
    for decision in base.decisions_of(id) {
        let advice = model.advice().decision(decision);
        let name = &base.decision(decision).name;
        let text = match (advice.state, advice.option(id)) {
            (DecisionState::NotApplicable, _) => format!("In this design: {name} does not arise"),
            (_, Some(option)) => format!(
                "In this design: {} for “{name}”, rank {}, score {}",
                words::verdict(option.verdict),
                option.rank,
                paint::signed(theme, option.score)
            ),
            (_, None) => format!("An option of “{name}”"),
        };
        lines.extend(paint::wrapped(&text, width, "", theme.text()));
    }
    let is_practice = base.decisions_of(id).next().is_none() && entry_adoptable(model, id);
    if is_practice {
        let explained = explain::practice(base, model.situation(), model.advice(), id);
        let word = match explained.standing {
            explain::Standing::Adopted => "adopted",
            explain::Standing::Recommended => "recommended",
            explain::Standing::NotTaken => "not recommended",
        };
        let text = format!(
            "In this design: {word} as a practice, score {}",
            paint::signed(theme, explained.advice.score)
        );
        lines.extend(paint::wrapped(&text, width, "", theme.text()));
        lines.extend(decision::reasons(model, &explained.advice, width));
    }
    let text = if chosen {
        format!("{} adopted; a withdraws it", theme.glyphs.done)
    } else if entry_adoptable(model, id) {
        "a adopts it".to_owned()
    } else {
        String::new()
    };
    if !text.is_empty() {
        lines.push(Line::styled(text, theme.accent()));
    }
    lines
}

fn entry_adoptable(model: &Model, id: PatternId) -> bool {
    !model.base.pattern(id).reference
}
