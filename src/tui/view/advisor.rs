//! The advisor: what the last change brought about, what to do next, and how the whole design stands.

use super::paint;
use crate::knowledge::{AxisId, DecisionId, Pick};
use crate::reasoning::verdict::AxisLabel;
use crate::reasoning::{AxisVerdict, DecisionAdvice, DecisionState, Question, Severity};
use crate::report::words;
use crate::tui::diff::Shift;
use crate::tui::layout;
use crate::tui::model::Model;
use crate::tui::text;
use crate::tui::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Draws the advisor as a column of a wide screen, or as a strip of two to four lines.
pub(super) fn draw(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let theme = model.theme;
    if layout::is_wide(model.size) {
        paint::edge(frame, area, theme);
        let inner = Rect {
            x: area.x + 1,
            width: area.width.saturating_sub(2),
            ..area
        };
        paint::lines(
            frame,
            inner,
            column(model, usize::from(inner.width), usize::from(inner.height)),
            0,
        );
    } else {
        paint::line(frame, area, 0, paint::rule(theme, area.width));
        let inner = Rect {
            x: 1,
            y: area.y + 1,
            width: area.width.saturating_sub(2),
            height: area.height.saturating_sub(1),
        };
        let mut lines = strip(model, usize::from(inner.width));
        if inner.height < 3 {
            lines.swap(1, 2);
        }
        paint::lines(frame, inner, lines, 0);
    }
}

fn strip(model: &Model, width: usize) -> Vec<Line<'static>> {
    let theme = model.theme;
    let label = |name: &str| Span::styled(text::pad(name, 11, ""), theme.muted());
    let room = width.saturating_sub(11);
    let changed = match model.shifts.as_slice() {
        [] if model.last.is_none() => {
            "nothing yet: answer an input, and its effect shows here".to_owned()
        }
        [] => "no recommendation, hazard, conflict or verdict".to_owned(),
        [only] => sentence(model, only),
        [first, rest @ ..] => {
            let more = format!(" (+{} more)", rest.len());
            let first = sentence(model, first);
            let room = room.saturating_sub(text::width(&more));
            format!("{}{more}", text::fit(&first, room, theme.glyphs.ellipsis))
        }
    };
    let axes: Vec<Span<'static>> = (model.advice().verdicts.iter())
        .map(|verdict| {
            let name = model.axis_short(verdict.axis);
            let word = format!("{name}{} ", verdict_sign(theme, verdict.label));
            Span::styled(word, label_style(theme, verdict.label))
        })
        .collect();
    let size =
        |spans: &[Span<'_>]| -> usize { spans.iter().map(|span| text::width(&span.content)).sum() };
    let mut state = vec![label("Conflicts")];
    // The axes stay whole rather than the words beside the signs, which the help explains.
    let worded = severity_spans(model);
    if 11 + size(&worded) + size(&axes) <= width + 1 {
        state.extend(worded);
    } else {
        state.extend(severity_signs(model));
    }
    state.extend(axes);
    vec![
        Line::from(vec![
            label("Changed"),
            Span::raw(text::fit(&changed, room, theme.glyphs.ellipsis).into_owned()),
        ]),
        Line::from(state),
        Line::from(vec![
            label("Next"),
            Span::raw(text::fit(&next(model), room, theme.glyphs.ellipsis).into_owned()),
        ]),
    ]
}

fn column(model: &Model, width: usize, height: usize) -> Vec<Line<'static>> {
    let theme = model.theme;
    let mut lines = Vec::new();
    // The verdicts and the conflicts are always there; the rest gets what is left.
    let fixed = model.advice().verdicts.len() + 5;
    let free = height.saturating_sub(fixed);
    let remark = model
        .last
        .as_deref()
        .map_or(String::new(), |last| format!("by {last}"));
    lines.push(paint::heading(theme, "What changed", &remark, width));
    let mut changed = Vec::new();
    if model.shifts.is_empty() {
        let text = if model.last.is_none() {
            "Nothing yet. Answer an input, and what it changes shows here."
        } else {
            "No recommendation, hazard, conflict or verdict."
        };
        changed.extend(paint::wrapped(text, width, "", theme.muted()));
    }
    for shift in &model.shifts {
        let mut wrapped = paint::wrapped(
            &sentence(model, shift),
            width.saturating_sub(2),
            "  ",
            theme.text(),
        );
        wrapped.truncate(2);
        if let Some(first) = wrapped.first_mut()
            && let Some(margin) = first.spans.first_mut()
        {
            *margin = Span::styled(
                text::pad(sign(theme, shift), 2, ""),
                shift_style(theme, shift),
            );
        }
        changed.extend(wrapped);
    }
    let most = (free / 2).max(3);
    if changed.len() > most {
        changed.truncate(most - 1);
        changed.push(Line::styled(
            format!("  {} and more", theme.glyphs.ellipsis),
            theme.muted(),
        ));
    }
    lines.extend(changed);
    lines.push(Line::default());
    lines.push(paint::heading(theme, "Next", "", width));
    let mut wrapped = paint::wrapped(&next(model), width, "", theme.text());
    wrapped.truncate(3);
    lines.extend(wrapped);
    lines.push(Line::default());
    let room = height.saturating_sub(lines.len() + fixed);
    if room >= 3 {
        lines.push(paint::heading(theme, "Recommended", "", width));
        lines.extend(recommendations(model, width, room - 2));
        lines.push(Line::default());
    }
    let conflicts: usize = model.conflict_counts().iter().sum();
    lines.push(paint::heading(
        theme,
        "Conflicts",
        &format!("{conflicts} open"),
        width,
    ));
    lines.push(Line::from(severity_spans(model)));
    lines.push(Line::default());
    lines.push(paint::heading(
        theme,
        "Quality axes",
        "as the design stands",
        width,
    ));
    let widest = |words: &mut dyn Iterator<Item = usize>| words.max().unwrap_or(0);
    let names = &mut model.base.axes.iter().map(|axis| text::width(&axis.name));
    let labels = &mut (model.advice().verdicts.iter())
        .map(|verdict| text::width(words::axis(verdict.label)));
    // The bar takes five cells, and what stands between the columns three.
    let room = width.saturating_sub(widest(labels) + 8);
    let name_width = (widest(names) + 1).min(room.max(17));
    for verdict in &model.advice().verdicts {
        let (hurt, help) = extremes(verdict);
        let name = &model.base.axis(verdict.axis).name;
        let mut spans = vec![Span::raw(text::pad(
            name,
            name_width,
            theme.glyphs.ellipsis,
        ))];
        spans.extend(paint::balance(theme, hurt, help));
        spans.push(Span::styled(
            format!("  {}", words::axis(verdict.label)),
            label_style(theme, verdict.label),
        ));
        lines.push(Line::from(spans));
    }
    lines
}

/// Returns the top decisions with what is taken and how sure that is, in at most `most` lines.
pub(super) fn recommendations(model: &Model, width: usize, most: usize) -> Vec<Line<'static>> {
    let theme = model.theme;
    let word_width = if width >= 46 { 11 } else { 0 };
    let top: Vec<DecisionId> = (model.top_decisions().into_iter())
        .filter(|id| model.base.decision(*id).pick == Pick::One)
        .take(most)
        .collect();
    // Where no word has room, a sign says what was chosen and what nothing fits.
    let sign_width = if word_width == 0 { 2 } else { 0 };
    let both = width.saturating_sub(1 + word_width + sign_width).min(76);
    let cells: Vec<(usize, usize)> = (top.iter())
        .map(|id| {
            let name = text::width(&model.base.decision(*id).name);
            (name, text::width(&model.taken(*id)))
        })
        .collect();
    // The place of the second column that leaves most rows whole, the nearest to the left of them.
    let whole = |at: &usize| {
        let fits = |(name, taken): &&(usize, usize)| name <= at && taken + at <= both;
        cells.iter().filter(fits).count()
    };
    let name_width = (10..=28.min(both)).rev().max_by_key(whole).unwrap_or(10);
    // The columns stand below each other unless that would cut a name or a choice though both have room.
    let name_cells = |name: &str, taken: &str| {
        let (wanted, needed) = (text::width(name), text::width(taken));
        if wanted + needed <= both {
            name_width.clamp(wanted, both - needed)
        } else {
            name_width.min(wanted)
        }
    };
    let is_cut = |id: &DecisionId| {
        text::width(&model.base.decision(*id).name) > name_width
            || text::width(&model.taken(*id)) > both - name_width
    };
    // Where there is room, what one line would cut gets a second.
    let mut spare = most.saturating_sub(top.len());
    let mut lines = Vec::new();
    for id in top.into_iter().take(most) {
        let word = standing(model.advice().decision(id));
        if spare > 0 && is_cut(&id) {
            spare -= 1;
            lines.extend(in_two_lines(model, id, word, width));
            continue;
        }
        let (name, taken) = (&model.base.decision(id).name, model.taken(id));
        let cells = name_cells(name, &taken);
        let ellipsis = theme.glyphs.ellipsis;
        let sign = match word {
            CHOSEN => theme.glyphs.done,
            STUCK => "!",
            _ => "",
        };
        lines.push(Line::from(vec![
            Span::raw(text::pad(sign, sign_width, "")),
            Span::styled(text::pad(name, cells, ellipsis), theme.muted()),
            Span::raw(" "),
            Span::raw(text::pad(&taken, both - cells, ellipsis)),
            Span::styled(
                text::fit(&format!(" {word}"), word_width, "").into_owned(),
                theme.muted(),
            ),
        ]));
    }
    lines
}

/// A decision with what is taken below it.
fn in_two_lines(
    model: &Model,
    id: DecisionId,
    word: &'static str,
    width: usize,
) -> [Line<'static>; 2] {
    let theme = model.theme;
    let room = width.saturating_sub(text::width(word) + 1);
    let taken = format!("  {}", model.taken(id));
    [
        Line::styled(model.base.decision(id).name.to_string(), theme.muted()),
        Line::from(vec![
            Span::raw(text::fit(&taken, room, theme.glyphs.ellipsis).into_owned()),
            Span::styled(format!(" {word}"), theme.muted()),
        ]),
    ]
}

/// The word for a decision that the user took.
const CHOSEN: &str = "chosen";

/// The word for a decision in which nothing fits.
const STUCK: &str = "stuck";

/// Returns the word for how a decision for one option stands.
pub(super) fn standing(advice: &DecisionAdvice) -> &'static str {
    match advice.state {
        DecisionState::Chosen => CHOSEN,
        _ if advice.taken().is_empty() => STUCK,
        _ => words::certainty(advice.certainty),
    }
}

/// Returns what to do next, in a sentence.
pub(super) fn next(model: &Model) -> String {
    let [high, ..] = model.conflict_counts();
    if high > 0 {
        return format!("look at {} (c)", text::count(high, "severe conflict"));
    }
    if let Some(denial) = model.denials().first() {
        let (_, name, _) = model.base.fact(denial.requirement);
        return format!("settle “{name}”: the {} contradict it", denial.section);
    }
    if let Some(question) = model.advice().questions.first() {
        let (_, name, _) = model.base.fact(question.requirement);
        return format!("answer “{name}”: {} on it", bears(question));
    }
    match model.next_step() {
        Some(step) => format!(
            "go through step {}: {}",
            step + 1,
            model.base.steps[step].name
        ),
        None => "export the summary (e)".to_owned(),
    }
}

fn bears(question: &Question) -> String {
    match (question.decisions.len(), question.practices.len()) {
        (0, 1) => "1 practice rests".to_owned(),
        (0, many) => format!("{many} practices rest"),
        (1, _) => "1 decision rests".to_owned(),
        (many, _) => format!("{many} decisions rest"),
    }
}

/// Returns the numbers of open conflicts, each with its sign.
fn severity_signs(model: &Model) -> Vec<Span<'static>> {
    let theme = model.theme;
    if model.conflict_counts() == [0; 3] {
        return vec![Span::styled("none  ", theme.muted())];
    }
    let severities = [Severity::High, Severity::Medium, Severity::Low];
    (severities.into_iter().zip(model.conflict_counts()))
        .filter(|(_, number)| *number > 0)
        .map(|(severity, number)| {
            let text = format!("{} {number}  ", severity_sign(severity));
            Span::styled(text, severity_style(theme, severity))
        })
        .collect()
}

/// Returns the numbers of open conflicts, each with sign and word.
pub(super) fn severity_spans(model: &Model) -> Vec<Span<'static>> {
    let theme = model.theme;
    let [high, medium, low] = model.conflict_counts();
    if high + medium + low == 0 {
        return vec![Span::styled("none open  ", theme.muted())];
    }
    [
        ("!!", high, "high", theme.error()),
        ("!", medium, "medium", theme.bad()),
        ("~", low, "low", theme.text()),
    ]
    .into_iter()
    .filter(|(_, number, ..)| *number > 0)
    .map(|(sign, number, word, style)| Span::styled(format!("{sign} {number} {word}  "), style))
    .collect()
}

/// Returns the sign of a severity.
pub(super) fn severity_sign(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "!!",
        Severity::Medium => "!",
        Severity::Low => "~",
    }
}

/// Returns the style of a severity.
pub(super) fn severity_style(theme: Theme, severity: Severity) -> Style {
    match severity {
        Severity::High => theme.error(),
        Severity::Medium => theme.bad(),
        Severity::Low => theme.text(),
    }
}

fn extremes(verdict: &AxisVerdict) -> (i8, i8) {
    (
        verdict.hurts.first().map_or(0, |(_, effect)| *effect),
        verdict.helps.first().map_or(0, |(_, effect)| *effect),
    )
}

/// An axis that is helped and one that is hurt, in the fewest cells: `sca+ cos-`.
pub(super) fn codes(model: &Model, helped: AxisId, hurt: AxisId) -> String {
    let sign = |label| verdict_sign(model.theme, label);
    format!(
        "{}{} {}{}",
        model.axis_short(helped),
        sign(AxisLabel::Helped),
        model.axis_short(hurt),
        sign(AxisLabel::Hurt)
    )
}

/// The verdict on an axis as a sign: `++`, `+`, `+-`, `-`, `--`, or a dot where nothing touches it.
pub(super) fn verdict_sign(theme: Theme, label: AxisLabel) -> String {
    let minus = theme.glyphs.minus;
    match label {
        AxisLabel::Made => "++".to_owned(),
        AxisLabel::Helped => "+".to_owned(),
        AxisLabel::Contested => format!("+{minus}"),
        AxisLabel::Untouched => theme.glyphs.open.to_owned(),
        AxisLabel::Hurt => minus.to_owned(),
        AxisLabel::Broken => format!("{minus}{minus}"),
    }
}

fn label_style(theme: Theme, label: AxisLabel) -> Style {
    match label {
        AxisLabel::Made | AxisLabel::Helped => theme.good(),
        AxisLabel::Untouched => theme.muted(),
        AxisLabel::Contested | AxisLabel::Hurt | AxisLabel::Broken => theme.bad(),
    }
}

fn sign(theme: Theme, shift: &Shift) -> &'static str {
    match shift {
        Shift::Taken { .. } | Shift::Axis(..) => theme.glyphs.arrow,
        Shift::Arose(_) | Shift::TakenUp(_) => "+",
        Shift::Gone(_) | Shift::GivenUp(_) | Shift::Averted(_) => "-",
        Shift::Endangered(_, closed_by) if closed_by.is_empty() => "!",
        Shift::Endangered(..) => theme.glyphs.done,
        Shift::Opened(severity, _) => severity_sign(*severity),
        Shift::Settled(..) => theme.glyphs.done,
        Shift::Accepted(severity, _) => severity_sign(*severity),
    }
}

fn shift_style(theme: Theme, shift: &Shift) -> Style {
    match shift {
        Shift::Opened(severity, _) => severity_style(theme, *severity),
        _ => theme.accent(),
    }
}

/// Returns a difference as a sentence.
pub(super) fn sentence(model: &Model, shift: &Shift) -> String {
    let base = &model.base;
    let arrow = model.theme.glyphs.arrow;
    match shift {
        Shift::Taken { decision, from, to } if base.decision(*decision).pick == Pick::Many => {
            let gained: Vec<_> = to.iter().filter(|id| !from.contains(id)).copied().collect();
            let lost: Vec<_> = from.iter().filter(|id| !to.contains(id)).copied().collect();
            let mut text = format!("{}:", base.decision(*decision).name);
            if !gained.is_empty() {
                text = format!("{text} with {}", model.names(&gained));
            }
            if !lost.is_empty() {
                let comma = if gained.is_empty() { "" } else { "," };
                text = format!("{text}{comma} without {}", model.names(&lost));
            }
            text
        }
        Shift::Taken { decision, from, to } => {
            format!(
                "{}: {} {arrow} {}",
                base.decision(*decision).name,
                model.names(from),
                model.names(to)
            )
        }
        Shift::Arose(id) => {
            format!(
                "{} arises: {}",
                base.decision(*id).name,
                model.names(model.advice().decision(*id).taken())
            )
        }
        Shift::Gone(id) => format!("{} no longer arises", base.decision(*id).name),
        Shift::TakenUp(id) => format!("practice taken up: {}", base.pattern(*id).name),
        Shift::GivenUp(id) => format!("practice given up: {}", base.pattern(*id).name),
        Shift::Endangered(id, closed_by) => {
            let name = &base.hazard(*id).name;
            if closed_by.is_empty() {
                format!("new hazard: {name}, open")
            } else {
                format!("new hazard: {name}, closed by {}", model.names(closed_by))
            }
        }
        Shift::Averted(id) => format!("hazard gone: {}", base.hazard(*id).name),
        Shift::Opened(severity, message) => format!("conflict ({}): {message}", severity.word()),
        Shift::Settled(severity, message) => format!("settled ({}): {message}", severity.word()),
        Shift::Accepted(severity, message) => {
            format!("accepted ({}): {message}", severity.word())
        }
        Shift::Axis(axis, from, to) => format!(
            "{}: {} {arrow} {}",
            base.axis(*axis).name,
            words::axis(*from),
            words::axis(*to)
        ),
    }
}
