//! The conflicts: the list, and for the selected one the mechanism, the evidence and the ways out.

use super::{advisor, paint};
use crate::design::Waiver;
use crate::knowledge::AxisId;
use crate::reasoning::{Change, Conflict, ConflictKind};
use crate::report::words::{self, Idle};
use crate::tui::layout;
use crate::tui::model::Model;
use crate::tui::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Below this height the detail needs every line.
const LOW: u16 = 14;

pub(super) fn draw(
    model: &Model,
    frame: &mut Frame<'_>,
    body: Rect,
    (at, way, scroll): (usize, Option<usize>, usize),
) {
    let theme = model.theme;
    let head = Rect {
        x: body.x + 1,
        width: body.width.saturating_sub(2),
        ..body
    };
    let open: usize = model.conflict_counts().iter().sum();
    let conflicts = model.conflicts();
    let waived = conflicts.len() - open;
    let idle = model.idle_waivers();
    let waivers = match idle.len() {
        0 => String::new(),
        idle => format!(", {} idle", text::count(idle, "waiver")),
    };
    let remark = format!("{open} open, {waived} accepted{waivers}");
    paint::line(
        frame,
        head,
        0,
        paint::heading(theme, "Conflicts", &remark, head.width.into()),
    );
    let below = Rect {
        y: body.y + 1,
        height: body.height.saturating_sub(1),
        ..body
    };
    if conflicts.is_empty() && idle.is_empty() {
        let text = "Nothing in this design contradicts anything else in it, as far as is known.";
        for (y, line) in paint::wrapped(text, head.width.into(), "", theme.muted())
            .into_iter()
            .enumerate()
        {
            paint::line(frame, Rect { x: head.x, ..below }, y as u16 + 1, line);
        }
        return;
    }
    let (list, detail) = areas(model, body, way.is_some());
    paint::list(
        frame,
        list,
        model.conflict_rows(),
        at,
        1,
        |frame, row, index, selected| {
            let width = usize::from(row.width);
            let waiver = || idle.get(index.checked_sub(conflicts.len())?).copied();
            let line = match conflicts.get(index) {
                Some(conflict) => Some(conflict_line(model, conflict, width)),
                None => waiver().map(|waiver| idle_line(model, waiver, width)),
            };
            paint::line(frame, row, 0, line.unwrap_or_default());
            if selected {
                paint::select(frame, row, theme, way.is_none());
            }
        },
    );
    if let Some(conflict) = conflicts.get(at) {
        let edge = Rect {
            y: detail.y.saturating_sub(1),
            height: 1,
            ..body
        };
        paint::line(frame, edge, 0, paint::rule(theme, edge.width));
        let all = whole(model, conflict, detail.width.into());
        let hidden = all.len().saturating_sub(detail.height.into());
        let scroll = scroll.min(hidden);
        if way.is_none() && hidden > 0 && !model.is_busy() {
            let told = if scroll < hidden {
                " pgdn reads on "
            } else {
                " the end: pgup goes back "
            };
            let wide = text::width(told) as u16;
            let mark = Rect {
                x: body.right().saturating_sub(wide + 2),
                width: wide,
                ..edge
            };
            paint::line(frame, mark, 0, Line::styled(told, theme.accent()));
        }
        // At first what is most important of all parts; then all of it, line by line.
        if way.is_none() && scroll > 0 {
            paint::lines(frame, detail, all, scroll);
        } else {
            self::detail(model, frame, detail, conflict, way);
        }
    } else if let Some(waiver) = model.selected_waiver() {
        let edge = Rect {
            y: detail.y.saturating_sub(1),
            height: 1,
            ..body
        };
        paint::line(frame, edge, 0, paint::rule(theme, edge.width));
        paint::lines(
            frame,
            detail,
            idle_detail(model, waiver, detail.width.into()),
            0,
        );
    }
}

/// A waiver without a conflict, in one line.
fn idle_line(model: &Model, waiver: &Waiver, width: usize) -> Line<'static> {
    let theme = model.theme;
    let room = width.saturating_sub(15);
    let told = format!("waives {}, which is not there", waiver.conflict);
    Line::from(vec![
        Span::raw("     "),
        Span::styled(text::pad("idle", 9, ""), theme.muted()),
        Span::raw(text::fit(&told, room, theme.glyphs.ellipsis).into_owned()),
    ])
}

/// What is said of a waiver without a conflict: why it has none, what it would do, and how it goes.
fn idle_detail(model: &Model, waiver: &Waiver, width: usize) -> Vec<Line<'static>> {
    let theme = model.theme;
    let id = &waiver.conflict;
    let told = match words::idle(&model.base, model.advice(), id) {
        Idle::Stale => format!(
            "The conflict {id} does not stand any longer. Should it come back, it is accepted without a word."
        ),
        Idle::Unknown(Some(near)) => format!("No conflict is called {id}; did you mean {near}?"),
        Idle::Unknown(None) => format!("No conflict is called {id}."),
    };
    let mut lines = paint::wrapped(&told, width, "", theme.text());
    if !waiver.because.is_empty() {
        let reason = format!("Its reason: {}", waiver.because);
        lines.extend(paint::wrapped(&reason, width, "", theme.accent()));
    }
    let told = "Backspace takes the waiver out; u brings it back.";
    lines.extend(paint::wrapped(told, width, "", theme.muted()));
    lines
}

/// Where the list goes, and the detail of the selected conflict.
fn areas(model: &Model, body: Rect, chooses: bool) -> (Rect, Rect) {
    let below = Rect {
        y: body.y + 1,
        height: body.height.saturating_sub(1),
        ..body
    };
    // While a way out is chosen, the list gives its room to the detail.
    let share = match (chooses, below.height < LOW) {
        (true, true) => 1,
        (true, false) => (below.height / 5).max(3),
        (false, true) => 3,
        (false, false) => (below.height * 2 / 5).max(3),
    };
    let high = (model.conflict_rows() as u16).min(share);
    // The messages take the whole width: beside the detail each of them would be cut.
    layout::detail(below, body.width, high)
}

/// Returns the number of lines of a conflict's detail, and how many there is room for.
pub(super) fn extent(model: &Model, body: Rect, at: usize) -> (usize, usize) {
    let (_, area) = areas(model, body, false);
    let conflicts = model.conflicts();
    let Some(conflict) = conflicts.get(at) else {
        return (0, 0);
    };
    let lines = whole(model, conflict, area.width.into());
    (lines.len(), area.height.into())
}

/// Returns how far a key reads on: no further than what is seen at first of the lines above the ways out.
pub(in crate::tui) fn page(model: &Model) -> usize {
    let (_, area) = areas(model, layout::regions(model).body, false);
    (usize::from(area.height) / 2).saturating_sub(2).max(1)
}

/// All that is said of a conflict, and all of its ways out.
fn whole(model: &Model, conflict: &Conflict, width: usize) -> Vec<Line<'static>> {
    let (mut lines, _) = said(model, conflict, width);
    lines.push(Line::default());
    lines.push(paint::heading(model.theme, "Ways out", "", width));
    if conflict.ways_out.is_empty() {
        lines.extend(none_known(model, conflict, width));
    }
    for index in 0..conflict.ways_out.len() {
        lines.extend(way_lines(model, conflict, index, width));
    }
    lines
}

/// What to do where the program knows no way out.
fn none_known(model: &Model, conflict: &Conflict, width: usize) -> Vec<Line<'static>> {
    let accept = match conflict.waived {
        Some(_) => "it is accepted",
        None => "accept it with a reason (w), or choose otherwise (o opens what it is about)",
    };
    let told = format!("The program knows none: {accept}.");
    paint::wrapped(&told, width, "  ", model.theme.muted())
}

/// A conflict in one line. Where its message does not fit, a choice that helps one quality and hurts another is told without
/// the reasons: what it costs is not what is cut.
pub(super) fn headline(model: &Model, conflict: &Conflict, room: usize) -> String {
    let ellipsis = model.theme.glyphs.ellipsis;
    let sides = (conflict.kind, &*conflict.axes, &*conflict.patterns);
    let (ConflictKind::Axes, &[helped, hurt], &[pattern, ..]) = sides else {
        return text::fit_words(&conflict.message, room, ellipsis);
    };
    if text::width(&conflict.message) <= room {
        return conflict.message.clone();
    }
    let name = &model.base.pattern(pattern).name;
    let axis = |id: AxisId| model.base.axis(id).name.to_lowercase();
    let told = format!("{name} helps {} and hurts {}", axis(helped), axis(hurt));
    if text::width(&told) <= room {
        return told;
    }
    let codes = advisor::codes(model, helped, hurt);
    let left = room.saturating_sub(text::width(&codes) + 2);
    format!("{codes}  {}", text::fit_middle(name, left, ellipsis))
}

fn conflict_line(model: &Model, conflict: &Conflict, width: usize) -> Line<'static> {
    let theme = model.theme;
    let style = advisor::severity_style(theme, conflict.severity);
    let word = if conflict.waived.is_some() {
        "accepted"
    } else {
        conflict.severity.word()
    };
    let ways = match (conflict.ways_out.len(), &conflict.waived) {
        (0, Some(_)) => String::new(),
        (0, None) => "w accepts it".to_owned(),
        (1, _) => "1 way out".to_owned(),
        (ways, _) => format!("{ways} ways out"),
    };
    let ways_width = if width >= 72 { 13 } else { 0 };
    let room = width.saturating_sub(15 + ways_width);
    let message = headline(model, conflict, room);
    Line::from(vec![
        Span::raw("  "),
        Span::styled(
            text::pad(advisor::severity_sign(conflict.severity), 3, ""),
            style,
        ),
        Span::styled(
            text::pad(word, 9, ""),
            if conflict.waived.is_some() {
                theme.muted()
            } else {
                style
            },
        ),
        Span::raw(text::pad(&message, room, "")),
        Span::styled(text::pad_left(&ways, ways_width, ""), theme.muted()),
    ])
}

/// What is said of a conflict above its ways out, and how many lines of it are never cut.
fn said(model: &Model, conflict: &Conflict, width: usize) -> (Vec<Line<'static>>, usize) {
    let theme = model.theme;
    let base = &model.base;
    let kind = conflict.kind.word().replace('-', " ");
    let sign = format!(
        "{} {}",
        advisor::severity_sign(conflict.severity),
        conflict.severity.word()
    );
    // The id begins with the kind: where there is no room for both, it stands alone.
    let (id_width, room) = (
        text::width(&conflict.id),
        width.saturating_sub(text::width(&sign) + 2),
    );
    let both = id_width + text::width(&kind) + 2 <= room;
    let beside = id_width <= room;
    let mut head = vec![
        Span::styled(sign, advisor::severity_style(theme, conflict.severity)),
        Span::raw("  "),
    ];
    if both || !beside {
        head.push(Span::styled(format!("{kind}  "), theme.title()));
    }
    if beside {
        head.push(Span::styled(conflict.id.clone(), theme.muted()));
    }
    let mut lines = vec![Line::from(head)];
    lines.extend(paint::wrapped(&conflict.message, width, "", theme.text()));
    if let Some(reason) = &conflict.waived {
        lines.extend(paint::wrapped(
            &format!("Accepted: {reason}"),
            width,
            "",
            theme.accent(),
        ));
    }
    // The message is never cut for the sake of what follows.
    let least = lines.len();
    if !beside {
        lines.extend(paint::wrapped(&conflict.id, width, "", theme.muted()));
    }
    lines.extend(middle_ways(model, conflict, width));
    let mut evidence = Vec::new();
    if !conflict.patterns.is_empty() {
        evidence.push(format!("patterns: {}", model.names(&conflict.patterns)));
    }
    let facts = words::evidence(base, model.advice(), conflict);
    if !facts.is_empty() {
        evidence.push(facts);
    }
    if !conflict.sources.is_empty() {
        let sources: Vec<&str> = conflict
            .sources
            .iter()
            .map(|id| base.source(*id).title.as_str())
            .collect();
        evidence.push(format!("sources: {}", sources.join("; ")));
    }
    for line in evidence {
        lines.extend(paint::wrapped(&line, width, "", theme.muted()));
    }
    (lines, least)
}

fn detail(
    model: &Model,
    frame: &mut Frame<'_>,
    area: Rect,
    conflict: &Conflict,
    way: Option<usize>,
) {
    let theme = model.theme;
    let width = usize::from(area.width);
    let (mut lines, least) = said(model, conflict, width);
    let ways = conflict.ways_out.len();
    let whole: Vec<Vec<Line<'static>>> = (0..ways)
        .map(|index| way_lines(model, conflict, index, width))
        .collect();
    // The ways out need room: what says more about the conflict gives way first.
    let wanted = whole.iter().map(Vec::len).sum::<usize>().max(1) + 1;
    let height = usize::from(area.height);
    let wanted = wanted.min(height / 2 + 1);
    let gap = usize::from(area.height >= LOW / 2 + 2);
    let room = height.saturating_sub(wanted + gap);
    let room = room.max(least.min(height.saturating_sub(2))).max(1);
    if lines.len() > room {
        lines.truncate(room);
        if room != least
            && let Some(last) = lines.last_mut()
        {
            last.push_span(Span::styled(
                format!(" {}", theme.glyphs.ellipsis),
                theme.muted(),
            ));
        }
    }
    let top = (lines.len() + gap) as u16;
    paint::lines(frame, area, lines, 0);
    let below = Rect {
        y: area.y + top,
        height: area.height.saturating_sub(top),
        ..area
    };
    let remark = match way.and_then(|way| conflict.ways_out.get(way)) {
        None if ways == 0 => "",
        None => "the smallest change first",
        Some(way) => match way.change {
            None => "yours to do; w records how it was settled",
            Some(Change::Revisit(_)) => "enter opens the answer",
            Some(_) => "enter takes it; u undoes it",
        },
    };
    paint::line(
        frame,
        below,
        0,
        paint::heading(theme, "Ways out", remark, width),
    );
    let list = Rect {
        x: below.x.saturating_sub(1),
        width: below.width + 1,
        y: below.y + 1,
        height: below.height.saturating_sub(1),
    };
    if ways == 0 {
        let told = none_known(model, conflict, list.width.into());
        paint::lines(frame, list, told, 0);
    }
    // Where not all fit, only the selected one says below what it brings and costs.
    let fits = whole.iter().map(Vec::len).sum::<usize>() <= usize::from(list.height);
    let blocks = whole.into_iter().enumerate().map(|(index, block)| {
        if fits || way == Some(index) {
            block
        } else {
            vec![way_line(model, conflict, index, width)]
        }
    });
    paint::blocks(
        frame,
        list,
        blocks.collect(),
        way,
        theme,
        model.editor.is_none(),
    );
}

/// A way out in full: what to do, and below it what that brings and costs.
fn way_lines(model: &Model, conflict: &Conflict, index: usize, width: usize) -> Vec<Line<'static>> {
    let theme = model.theme;
    let Some(way) = conflict.ways_out.get(index) else {
        return Vec::new();
    };
    let mut lines = paint::wrapped(&way.action, width, "    ", theme.text());
    if let Some(margin) = lines.first_mut().and_then(|line| line.spans.first_mut()) {
        *margin = Span::raw(text::pad(&format!("  {}", index + 1), 4, ""));
    }
    if !way.effect.is_empty() {
        lines.extend(paint::wrapped(&way.effect, width, "    ", theme.muted()));
    }
    lines
}

/// A way out in one line, with as much of its effect as there is room for.
fn way_line(model: &Model, conflict: &Conflict, index: usize, width: usize) -> Line<'static> {
    let theme = model.theme;
    let Some(way) = conflict.ways_out.get(index) else {
        return Line::default();
    };
    let room = width.saturating_sub(text::width(&way.action) + 6);
    let beside = if room < 12 {
        String::new()
    } else {
        text::fit(&way.effect, room, theme.glyphs.ellipsis).into_owned()
    };
    Line::from(vec![
        Span::raw(text::pad(&format!("  {}", index + 1), 4, "")),
        Span::raw(way.action.clone()),
        Span::styled(format!("  {beside}"), theme.muted()),
    ])
}

/// What lies between the sides of a conflict between two axes.
fn middle_ways(model: &Model, conflict: &Conflict, width: usize) -> Vec<Line<'static>> {
    let ways = conflict.middle.iter().flat_map(|way| {
        let text = format!("middle way: {}: {}", way.action, way.effect);
        paint::wrapped(&text, width, "", model.theme.text())
    });
    ways.collect()
}
