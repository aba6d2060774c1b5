//! One decision: its options side by side, the reckoning of the selected one, and the record.

use super::{editing, paint};
use crate::knowledge::{DecisionId, PatternId, Pick};
use crate::reasoning::{Certainty, DecisionState, OptionAdvice, ReasonKind, Verdict, precedent};
use crate::report::words;
use crate::tui::editor::{self, Editor};
use crate::tui::layout;
use crate::tui::model::Model;
use crate::tui::rows::{self, DecisionRow};
use crate::tui::text;
use crate::tui::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// The width at which the list of options shows everything.
const LIST: u16 = 86;

/// Below this height the head keeps to a line for the question and one for how the decision stands.
const LOW: u16 = 14;

/// From this height on the head takes what it needs.
const HIGH: u16 = 26;

/// The question, and how the decision stands: how sure the advice is, and what it rests on.
fn head(model: &Model, body: Rect, id: DecisionId) -> Vec<Line<'static>> {
    let theme = model.theme;
    let entry = model.base.decision(id);
    let width = usize::from(body.width.saturating_sub(2));
    let most = match body.height {
        ..LOW => 1,
        LOW..HIGH => 2,
        _ => 4,
    };
    let mut question = text::wrap(&entry.question, width);
    if question.len() > most {
        question = vec![text::fit(&entry.question, width, theme.glyphs.ellipsis).into_owned()];
    }
    let mut lines: Vec<Line<'static>> = (question.into_iter())
        .map(|line| Line::styled(line, theme.title()))
        .collect();
    // The name that other lists call it by stands beside its question where there is room.
    if let [line] = lines.as_mut_slice()
        && line.width() + 2 + text::width(&entry.name) <= width
    {
        line.push_span(Span::styled(format!("  {}", entry.name), theme.muted()));
    }
    // As many names of what it rests on as there is room for; the certainty is never cut for them.
    let rests = model.advice().decision(id).hinges_on.len();
    let told = (0..=rests)
        .rev()
        .map(|named| text::wrap(&standing(model, id, named), width))
        .find(|told| told.len() <= most);
    let told = told.unwrap_or_else(|| {
        let mut told = text::wrap(&standing(model, id, 0), width);
        told.truncate(most);
        told
    });
    lines.extend((told.into_iter()).map(|line| Line::styled(line, theme.muted())));
    lines
}

/// How a decision stands, with so many names of what the advice rests on.
fn standing(model: &Model, id: DecisionId, named: usize) -> String {
    let advice = model.advice().decision(id);
    let one = model.base.decision(id).pick == Pick::One;
    let many = if one { "one" } else { "any number" };
    let without = |list: &[PatternId], other: &[PatternId]| -> Vec<PatternId> {
        let left = list.iter().filter(|pattern| !other.contains(pattern));
        left.copied().collect()
    };
    let missing = without(&advice.recommended, &advice.chosen);
    let against = without(&advice.chosen, &advice.recommended);
    let stands = match advice.state {
        DecisionState::NotApplicable => return "does not arise in this design".to_owned(),
        DecisionState::Chosen if !advice.arises => {
            return format!("chosen, {} in this design", words::MOOT);
        }
        _ if one && advice.recommended.is_empty() => {
            let chosen = advice.state == DecisionState::Chosen;
            let chosen = if chosen { "chosen; " } else { "" };
            return format!("choose {many}; {chosen}nothing fits, so nothing is advised");
        }
        DecisionState::Open if one => String::new(),
        DecisionState::Open => "advised, ".to_owned(),
        DecisionState::Chosen if missing.is_empty() && against.is_empty() => {
            "chosen; advised, ".to_owned()
        }
        DecisionState::Chosen if one => {
            format!("chosen; advised instead: {}, ", model.names(&missing))
        }
        DecisionState::Chosen => {
            let told = [("advised besides", &missing), ("not advised", &against)]
                .into_iter()
                .filter(|(_, patterns)| !patterns.is_empty())
                .map(|(word, patterns)| format!("{word}: {}; ", model.names(patterns)));
            format!("chosen; {}the advice is ", told.collect::<String>())
        }
    };
    let (stays, of) = advice.share;
    // Of an open one it counts on what it rests, whatever the priorities.
    let settled = advice.certainty != Certainty::Open;
    let share = if one && of > 0 && settled {
        let percent = u64::from(stays) * 100 / u64::from(of);
        format!(" ({percent}% of nearby priorities agree)")
    } else {
        String::new()
    };
    let certainty = words::certainty(advice.certainty);
    let rests = rests_on(model, id, named);
    format!("choose {many}; {stands}{certainty}{share}{rests}")
}

/// The answers not given that could overturn the advice, so many of them by name.
fn rests_on(model: &Model, id: DecisionId, named: usize) -> String {
    let facts = &model.advice().decision(id).hinges_on;
    let names: Vec<&str> = (facts.iter().take(named))
        .map(|fact| model.base.fact(*fact).1)
        .collect();
    match (names.len(), facts.len() - names.len()) {
        (0, 0) => String::new(),
        (0, all) => format!(": rests on {}", text::count(all, "answer")),
        (_, 0) => format!(": rests on {}", names.join(", ")),
        (_, more) => format!(": rests on {} and {more} more", names.join(", ")),
    }
}

fn split(model: &Model, body: Rect, id: DecisionId, focus: bool) -> (Rect, Rect) {
    let high = (head(model, body, id).len() as u16).min(body.height);
    let top = Rect {
        y: body.y + high,
        height: body.height.saturating_sub(high),
        ..body
    };
    let all = rows::decision(model, id);
    let is_option = |row: &&DecisionRow| matches!(row, DecisionRow::Option(_));
    let options = all.iter().filter(is_option).count() as u16 + 1;
    let rows = all.len() as u16 + 2;
    // An editor takes the room of the detail; the detail, while it is read, that of the list.
    let wanted = match focus {
        _ if model.editor.is_some() => top.height,
        true => (top.height / 4).max(4),
        // All options, as long as the detail keeps a few lines.
        false => (top.height * 11 / 20)
            .max(6)
            .max(options.min(top.height.saturating_sub(6))),
    };
    let wanted = if model.editor.is_some() {
        wanted
    } else {
        wanted.min(rows)
    };
    layout::detail(top, LIST, wanted)
}

pub(super) fn draw(
    model: &Model,
    frame: &mut Frame<'_>,
    body: Rect,
    id: DecisionId,
    at: usize,
    focus: bool,
    scroll: usize,
) {
    let theme = model.theme;
    let place = Rect {
        x: body.x + 1,
        width: body.width.saturating_sub(2),
        ..body
    };
    paint::lines(frame, place, head(model, body, id), 0);
    let (list, detail) = split(model, body, id, focus);
    options(model, frame, list, id, at, !focus);
    if detail.height > 0 {
        if detail.y > list.y {
            paint::line(
                frame,
                Rect {
                    y: detail.y.saturating_sub(1),
                    height: 1,
                    ..body
                },
                0,
                paint::rule(theme, body.width),
            );
        } else {
            paint::edge(
                frame,
                Rect {
                    x: detail.x.saturating_sub(1),
                    ..detail
                },
                theme,
            );
        }
        let lines = detail_lines(model, id, at, detail.width.into());
        let hidden = lines.len().saturating_sub(usize::from(detail.height));
        paint::lines(frame, detail, lines, scroll);
        if hidden > 0 {
            let keys = if focus { "j k scroll" } else { "tab" };
            let text = paint::scroll_hint(keys, hidden, scroll);
            let width = text::width(&text) as u16;
            let mark = Rect {
                x: body.right().saturating_sub(width + 2),
                y: detail.y.saturating_sub(1),
                width,
                height: 1,
            };
            paint::line(frame, mark, 0, Line::styled(text, theme.accent()));
        }
    }
}

/// Which columns there is room for.
struct Columns {
    name: usize,
    bar: usize,
    axes: bool,
}

impl Columns {
    /// The cells of the bar and the space before it.
    fn bar_width(&self) -> usize {
        self.bar + usize::from(self.bar > 0)
    }
}

fn columns_for(width: usize, axes: usize) -> Columns {
    // Marker and sign, verdict, score.
    let fixed = 4 + 12 + 5;
    let axes_width = axes * 4;
    let name = width.saturating_sub(fixed + axes_width);
    if name >= 18 {
        let bar = if name >= 34 { 8 } else { 0 };
        Columns {
            name: (name - bar - usize::from(bar > 0)).min(40),
            bar,
            axes: true,
        }
    } else {
        let bar = if width >= 56 { 8 } else { 0 };
        Columns {
            name: width.saturating_sub(fixed + bar + 1).max(8),
            bar,
            axes: false,
        }
    }
}

fn options(
    model: &Model,
    frame: &mut Frame<'_>,
    area: Rect,
    id: DecisionId,
    at: usize,
    focused: bool,
) {
    let theme = model.theme;
    let rows = rows::decision(model, id);
    let advice = model.advice().decision(id);
    // The last column is for the marks of the list.
    let width = usize::from(area.width).saturating_sub(1);
    let columns = columns_for(width, model.base.axes.len());
    let most = advice
        .options
        .iter()
        .map(|option| option.score.max(0))
        .max()
        .unwrap_or(0);
    let mut header = vec![Span::styled(
        format!(
            "    {}{}{}",
            text::pad("option", columns.name, ""),
            text::pad(" verdict", 12, ""),
            text::pad_left("score", 5, "")
        ),
        theme.muted(),
    )];
    header.push(Span::raw(" ".repeat(columns.bar_width())));
    if columns.axes {
        for axis in model.base.axis_ids() {
            header.push(Span::styled(
                text::pad_left(model.axis_short(axis), 4, ""),
                theme.muted(),
            ));
        }
    }
    paint::line(frame, area, 0, Line::from(header));
    let list = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    };
    let editor = model.editor.as_ref().filter(|editor| editor.is_inline());
    let inner_width = usize::from(list.width.saturating_sub(5));
    let below = editor.map_or(0, |editor| editing::height(model, editor, inner_width));
    paint::list(
        frame,
        list,
        rows.len(),
        at,
        1 + below,
        |frame, area, index, selected| {
            let Some(row) = rows.get(index) else { return };
            let line = match row {
                DecisionRow::Option(pattern) => option_line(model, id, *pattern, &columns, most),
                row => record_line(model, id, *row, area.width.into()),
            };
            paint::line(frame, area, 0, line);
            if selected {
                paint::select(frame, area, theme, focused && editor.is_none());
                if let Some(editor) = editor {
                    draw_below(model, frame, area, editor);
                }
            }
        },
    );
}

fn draw_below(model: &Model, frame: &mut Frame<'_>, area: Rect, editor: &Editor) {
    let inner = Rect {
        x: area.x + 4,
        y: area.y + 1,
        width: area.width.saturating_sub(5),
        height: area.height.saturating_sub(1),
    };
    editing::draw(model, frame, inner, editor);
}

fn verdict_style(theme: Theme, verdict: Verdict) -> Style {
    match verdict {
        Verdict::Recommended => theme.good(),
        Verdict::Viable => theme.text(),
        Verdict::Discouraged => theme.bad(),
        Verdict::RuledOut => theme.error(),
    }
}

fn option_line(
    model: &Model,
    id: DecisionId,
    pattern: PatternId,
    columns: &Columns,
    most: i32,
) -> Line<'static> {
    let theme = model.theme;
    let advice = model.advice().decision(id);
    let name = text::pad(
        &model.base.pattern(pattern).name,
        columns.name,
        theme.glyphs.ellipsis,
    );
    let chosen = advice.chosen.contains(&pattern);
    let mark = if chosen { theme.glyphs.done } else { " " };
    let mut spans = vec![
        Span::raw("  "),
        Span::styled(format!("{mark} "), theme.accent()),
    ];
    let Some(option) = advice.option(pattern) else {
        spans.push(Span::raw(name));
        return Line::from(spans);
    };
    spans.push(if chosen {
        Span::styled(name, theme.title())
    } else {
        Span::raw(name)
    });
    spans.push(Span::styled(
        text::pad(&format!(" {}", words::verdict(option.verdict)), 12, ""),
        verdict_style(theme, option.verdict),
    ));
    spans.push(Span::raw(text::pad_left(
        &paint::signed(theme, option.score),
        5,
        "",
    )));
    if columns.bar > 0 {
        spans.push(Span::raw(" "));
        let bar = paint::bar(theme, option.score.into(), most.into(), columns.bar);
        spans.push(Span::styled(bar, theme.accent()));
    }
    if columns.axes {
        for contribution in &option.contributions {
            let shown = if contribution.effect == 0 {
                theme.glyphs.open.to_owned()
            } else {
                paint::signed(theme, contribution.effect.into())
            };
            spans.push(Span::styled(
                text::pad_left(&shown, 4, ""),
                paint::sign_style(theme, contribution.effect.into()),
            ));
        }
    }
    Line::from(spans)
}

fn record_line(model: &Model, id: DecisionId, row: DecisionRow, width: usize) -> Line<'static> {
    let theme = model.theme;
    let nothing = crate::design::Decision::default();
    let decision = model
        .design
        .decisions
        .get(model.base.decision(id).id.as_str())
        .unwrap_or(&nothing);
    let value = match row {
        DecisionRow::Option(_) => String::new(),
        DecisionRow::Because => decision.because.lines().collect::<Vec<_>>().join(" "),
        DecisionRow::Status => decision
            .status
            .map_or("", crate::design::Status::word)
            .to_owned(),
        DecisionRow::Confidence => decision
            .confidence
            .map_or("", crate::design::Level::word)
            .to_owned(),
        DecisionRow::Reversibility => decision
            .reversibility
            .map_or("", crate::design::Level::word)
            .to_owned(),
        DecisionRow::Decided => decision.decided.clone(),
        DecisionRow::ReviewWhen => decision.review.when.clone(),
        DecisionRow::ReviewOn => decision.review.on.clone(),
    };
    let (value, style) = if value.is_empty() {
        ("?".to_owned(), theme.muted())
    } else {
        (value, theme.text())
    };
    Line::from(vec![
        Span::raw("    "),
        Span::styled(text::pad(editor::part(row), 16, ""), theme.muted()),
        Span::styled(
            text::fit(&value, width.saturating_sub(22), theme.glyphs.ellipsis).into_owned(),
            style,
        ),
    ])
}

/// Returns the number of lines of the detail, and how many there is room for.
pub(super) fn detail_extent(
    model: &Model,
    body: Rect,
    id: DecisionId,
    at: usize,
    focus: bool,
) -> (usize, usize) {
    let (_, detail) = split(model, body, id, focus);
    (
        detail_lines(model, id, at, detail.width.into()).len(),
        detail.height.into(),
    )
}

fn detail_lines(model: &Model, id: DecisionId, at: usize, width: usize) -> Vec<Line<'static>> {
    let theme = model.theme;
    let advice = model.advice().decision(id);
    match rows::decision(model, id).get(at) {
        Some(DecisionRow::Option(pattern)) => match advice.option(*pattern) {
            Some(option) => option_detail(model, id, option, width),
            None => paint::wrapped(&model.base.pattern(*pattern).what, width, "", theme.text()),
        },
        _ => paint::wrapped(
            "The record of this decision goes into the summary.",
            width,
            "",
            theme.muted(),
        ),
    }
}

fn option_detail(
    model: &Model,
    id: DecisionId,
    option: &OptionAdvice,
    width: usize,
) -> Vec<Line<'static>> {
    let theme = model.theme;
    let base = &model.base;
    let pattern = base.pattern(option.pattern);
    let advice = model.advice().decision(id);
    let remark = format!(
        "rank {}, {}, score {}",
        option.rank,
        words::verdict(option.verdict),
        paint::signed(theme, option.score)
    );
    let mut lines = paint::headings(theme, &pattern.name, &remark, width);
    lines.extend(paint::wrapped(&pattern.what, width, "", theme.text()));
    let points: Vec<String> = (option.contributions.iter())
        .filter(|contribution| contribution.effect != 0)
        .map(|contribution| {
            let points = paint::signed(theme, contribution.points());
            format!("{} {points}", model.axis_short(contribution.axis))
        })
        .collect();
    if !points.is_empty() {
        let text = format!("points: {}", points.join(", "));
        lines.extend(paint::wrapped(&text, width, "", theme.muted()));
    }
    lines.extend(reasons(model, option, width));
    // In the head there may be no room for all of them.
    let hinges = match base.decision(id).pick {
        Pick::One if advice.recommended.contains(&option.pattern) => &advice.hinges_on,
        _ => &option.hinges_on,
    };
    if !hinges.is_empty() {
        let names: Vec<&str> = (hinges.iter()).map(|fact| base.fact(*fact).1).collect();
        let text = format!("rests on: {}", names.join(", "));
        lines.extend(paint::wrapped(&text, width, "", theme.muted()));
    }
    lines.push(Line::default());
    let sum = format!(
        "priority {} effect = points; they add up to {}",
        theme.glyphs.times,
        paint::signed(theme, option.score)
    );
    lines.extend(paint::headings(theme, "The score", &sum, width));
    let widest = base.axes.iter().map(|axis| text::width(&axis.name)).max();
    let name_width = (widest.unwrap_or(0) + 1).min(width.saturating_sub(17).max(17));
    for contribution in option
        .contributions
        .iter()
        .filter(|contribution| contribution.effect != 0)
    {
        let claim = contribution.claim.and_then(|claim| base.claim(claim));
        let reckoning = format!(
            "{:>2} {} {} = {}",
            contribution.priority,
            theme.glyphs.times,
            text::pad_left(&paint::signed(theme, contribution.effect.into()), 2, ""),
            text::pad_left(&paint::signed(theme, contribution.points()), 3, ""),
        );
        lines.push(Line::from(vec![
            Span::raw(text::pad(
                &base.axis(contribution.axis).name,
                name_width,
                theme.glyphs.ellipsis,
            )),
            Span::styled(
                reckoning,
                paint::sign_style(theme, contribution.effect.into()),
            ),
        ]));
        if let Some(claim) = claim {
            lines.extend(paint::wrapped(
                &claim.support.because,
                width,
                "    ",
                theme.text(),
            ));
            let when = claim
                .when
                .as_ref()
                .map_or("", |condition| condition.text.as_str());
            let sources: Vec<&str> = claim
                .support
                .sources
                .iter()
                .map(|id| base.source(*id).title.as_str())
                .collect();
            let mut about = Vec::new();
            if !when.is_empty() {
                about.push(format!("when {when}"));
            }
            if !sources.is_empty() {
                about.push(sources.join("; "));
            }
            if !about.is_empty() {
                lines.extend(paint::wrapped(
                    &about.join(" | "),
                    width,
                    "    ",
                    theme.muted(),
                ));
            }
        }
    }
    contrast(model, id, option, width, &mut lines);
    hazards(model, option.pattern, width, &mut lines);
    tradeoffs(model, id, option.pattern, width, &mut lines);
    precedents(model, id, width, &mut lines);
    if !advice.chosen.is_empty() && !advice.chosen.contains(&option.pattern) {
        lines.push(Line::default());
        lines.push(Line::styled(
            format!("Chosen now: {}", model.names(&advice.chosen)),
            theme.muted(),
        ));
    }
    lines
}

/// What sets an option apart from the one recommended, or the recommended one from the runner-up.
fn contrast(
    model: &Model,
    id: DecisionId,
    option: &OptionAdvice,
    width: usize,
    lines: &mut Vec<Line<'static>>,
) {
    let theme = model.theme;
    let advice = model.advice().decision(id);
    if model.base.decision(id).pick == Pick::Many {
        return;
    }
    let other = if option.rank == 1 {
        advice.options.get(1)
    } else {
        advice.options.first()
    };
    let Some(other) = other else { return };
    let name = &model.base.pattern(other.pattern).name;
    let difference = option.score - other.score;
    lines.push(Line::default());
    let title = if option.rank == 1 {
        "Against the runner-up"
    } else {
        "Against the first"
    };
    lines.extend(paint::headings(
        theme,
        title,
        &format!("{name}, {} points apart", paint::signed(theme, difference)),
        width,
    ));
    let mut parts: Vec<(i32, String)> = option
        .contributions
        .iter()
        .zip(&other.contributions)
        .filter(|(ours, theirs)| ours.points() != theirs.points())
        .map(|(ours, theirs)| {
            let points = ours.points() - theirs.points();
            (
                points,
                format!(
                    "{} {}",
                    model.base.axis(ours.axis).name.to_lowercase(),
                    paint::signed(theme, points)
                ),
            )
        })
        .collect();
    parts.sort_by_key(|(points, _)| std::cmp::Reverse(points.abs()));
    let parts: Vec<String> = parts.into_iter().map(|(_, part)| part).collect();
    let text = if parts.is_empty() {
        "the same on every axis; the simpler one comes first".to_owned()
    } else {
        parts.join(", ")
    };
    lines.extend(paint::wrapped(&text, width, "", theme.text()));
    if option.tier != other.tier {
        let text = "Fit comes before score: the reasons above decide, not the points.";
        lines.extend(paint::wrapped(text, width, "", theme.muted()));
    }
}

fn hazards(model: &Model, pattern: PatternId, width: usize, lines: &mut Vec<Line<'static>>) {
    let theme = model.theme;
    let entry = model.base.pattern(pattern);
    if entry.opens.is_empty() && entry.closes.is_empty() {
        return;
    }
    lines.push(Line::default());
    lines.push(paint::heading(theme, "Hazards", "", width));
    for id in &entry.opens {
        let hazard = model.base.hazard(*id);
        lines.extend(paint::wrapped(
            &format!("opens {}: {}", hazard.name, hazard.what),
            width,
            "",
            theme.text(),
        ));
    }
    for id in &entry.closes {
        let hazard = model.base.hazard(*id);
        lines.extend(paint::wrapped(
            &match entry.closes_if(*id) {
                Some(when) => format!("closes {} where {}", hazard.name, when.text),
                None => format!("closes {}", hazard.name),
            },
            width,
            "",
            theme.text(),
        ));
    }
}

/// The tensions that the decision is an instance of, with the side that the option stands on.
fn tradeoffs(
    model: &Model,
    id: DecisionId,
    option: PatternId,
    width: usize,
    lines: &mut Vec<Line<'static>>,
) {
    let theme = model.theme;
    let found = model.base.tradeoffs.iter();
    for tradeoff in found.filter(|tradeoff| tradeoff.decisions.contains(&id)) {
        lines.push(Line::default());
        lines.extend(paint::headings(theme, "Tradeoff", &tradeoff.name, width));
        lines.extend(paint::wrapped(&tradeoff.because, width, "", theme.text()));
        let side = (tradeoff.sides.iter()).find(|side| side.patterns.contains(&option));
        if let Some(side) = side {
            let text = format!("{} at its best: {}", side.name, side.best);
            lines.extend(paint::wrapped(&text, width, "  ", theme.good()));
            let text = format!("costs: {}", side.costs);
            lines.extend(paint::wrapped(&text, width, "  ", theme.bad()));
        }
    }
}

/// How many precedents are shown.
const MOST_PRECEDENTS: usize = 3;

/// Real systems that took this decision, those with the nearest facts first.
fn precedents(model: &Model, id: DecisionId, width: usize, lines: &mut Vec<Line<'static>>) {
    let theme = model.theme;
    let nearest = precedent::nearest(&model.base, &model.advice().facts, id);
    if nearest.is_empty() {
        return;
    }
    lines.push(Line::default());
    lines.extend(paint::headings(
        theme,
        "Who chose what",
        "the nearest to your answers first",
        width,
    ));
    for (index, _) in nearest.into_iter().take(MOST_PRECEDENTS) {
        let precedent = &model.base.precedents[index];
        let chose = (precedent.chose.iter()).find(|(decision, _)| *decision == id);
        let names = chose.map_or(String::new(), |(_, chosen)| model.names(chosen));
        let text = format!("{} ({}): {names}", precedent.system, precedent.year);
        lines.extend(paint::wrapped(&text, width, "", theme.text()));
        lines.extend(paint::wrapped(
            &precedent.lesson,
            width,
            "  ",
            theme.muted(),
        ));
    }
}
/// What speaks for an option or a practice and against it, with the conditions.
pub(super) fn reasons(model: &Model, option: &OptionAdvice, width: usize) -> Vec<Line<'static>> {
    let (theme, base) = (model.theme, &model.base);
    let mut lines = Vec::new();
    for reason in &option.reasons {
        let against = matches!(
            reason.kind,
            ReasonKind::Limit
                | ReasonKind::AtRisk
                | ReasonKind::Norm
                | ReasonKind::NoDriver
                | ReasonKind::Floor
                | ReasonKind::Requires
                | ReasonKind::Excludes
                | ReasonKind::LookAhead
                | ReasonKind::LeavesHazard
                | ReasonKind::DoesNotApply
                | ReasonKind::Outweighed
        );
        let (sign, style) = if against {
            ("! ", theme.bad())
        } else {
            ("+ ", theme.good())
        };
        let word = reason.kind.word().replace('-', " ");
        let mut wrapped = paint::wrapped(
            &format!("{word}: {}", words::told(base, model.advice(), reason)),
            width,
            "  ",
            theme.text(),
        );
        if let Some(margin) = wrapped.first_mut().and_then(|line| line.spans.first_mut()) {
            *margin = Span::styled(sign, style);
        }
        lines.extend(wrapped);
        if let Some(condition) = &reason.condition {
            lines.extend(paint::wrapped(
                &format!("when {condition}"),
                width,
                "    ",
                theme.muted(),
            ));
        }
    }
    lines
}
