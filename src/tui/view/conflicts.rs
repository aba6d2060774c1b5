//! The conflicts: the list, and for the selected one the mechanism, the evidence and the ways out.

use super::{advisor, paint};
use crate::reasoning::Conflict;
use crate::tui::layout;
use crate::tui::model::Model;
use crate::tui::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

pub(super) fn draw(
    model: &Model,
    frame: &mut Frame<'_>,
    body: Rect,
    at: usize,
    way: Option<usize>,
) {
    let theme = model.theme;
    let head = Rect {
        x: body.x + 1,
        width: body.width.saturating_sub(2),
        ..body
    };
    let open: usize = model.conflict_counts().iter().sum();
    let waived = model.advice.conflicts.len() - open;
    let remark = format!("{open} open, {waived} accepted");
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
    if model.advice.conflicts.is_empty() {
        let text = "Nothing in this design contradicts anything else in it, as far as is known.";
        for (y, line) in paint::wrapped(text, head.width.into(), "", theme.muted())
            .into_iter()
            .enumerate()
        {
            paint::line(frame, Rect { x: head.x, ..below }, y as u16 + 1, line);
        }
        return;
    }
    // While a way out is chosen, the list gives its room to the detail.
    let share = if way.is_some() {
        below.height / 5
    } else {
        below.height * 2 / 5
    };
    let high = (model.advice.conflicts.len() as u16).min(share.max(3));
    let (list, detail) = layout::detail(below, (body.width * 2 / 5).max(48), high);
    paint::list(
        frame,
        list,
        model.advice.conflicts.len(),
        at,
        1,
        |frame, row, index, selected| {
            let Some(conflict) = model.advice.conflicts.get(index) else {
                return;
            };
            paint::line(
                frame,
                row,
                0,
                conflict_line(model, conflict, row.width.into()),
            );
            if selected {
                paint::select(frame, row, theme, way.is_none());
            }
        },
    );
    if let Some(conflict) = model.advice.conflicts.get(at) {
        if detail.y > list.y {
            let edge = Rect {
                y: detail.y.saturating_sub(1),
                height: 1,
                ..body
            };
            paint::line(frame, edge, 0, paint::rule(theme, edge.width));
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
        self::detail(model, frame, detail, conflict, way);
    }
}

fn conflict_line(model: &Model, conflict: &Conflict, width: usize) -> Line<'static> {
    let theme = model.theme;
    let style = advisor::severity_style(theme, conflict.severity);
    let word = if conflict.waived.is_some() {
        "accepted"
    } else {
        conflict.severity.word()
    };
    let ways = match conflict.ways_out.len() {
        1 => "1 way out".to_owned(),
        ways => format!("{ways} ways out"),
    };
    let ways_width = if width >= 72 { 12 } else { 0 };
    let room = width.saturating_sub(15 + ways_width);
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
        Span::raw(text::pad(&conflict.message, room, theme.glyphs.ellipsis)),
        Span::styled(text::pad_left(&ways, ways_width, ""), theme.muted()),
    ])
}

fn detail(
    model: &Model,
    frame: &mut Frame<'_>,
    area: Rect,
    conflict: &Conflict,
    way: Option<usize>,
) {
    let theme = model.theme;
    let base = &model.base;
    let width = usize::from(area.width);
    let kind = conflict.kind.word().replace('-', " ");
    let mut lines = vec![Line::from(vec![
        Span::styled(
            format!(
                "{} {}",
                advisor::severity_sign(conflict.severity),
                conflict.severity.word()
            ),
            advisor::severity_style(theme, conflict.severity),
        ),
        Span::styled(format!("  {kind}  "), theme.title()),
        Span::styled(
            text::fit(
                &conflict.id,
                width.saturating_sub(24),
                theme.glyphs.ellipsis,
            )
            .into_owned(),
            theme.muted(),
        ),
    ])];
    lines.extend(paint::wrapped(&conflict.message, width, "", theme.text()));
    if let Some(reason) = &conflict.waived {
        lines.extend(paint::wrapped(
            &format!("Accepted: {reason}"),
            width,
            "",
            theme.accent(),
        ));
    }
    let mut evidence = Vec::new();
    if !conflict.patterns.is_empty() {
        evidence.push(format!("patterns: {}", model.names(&conflict.patterns)));
    }
    if !conflict.requirements.is_empty() {
        let facts: Vec<String> = conflict
            .requirements
            .iter()
            .map(|fact| {
                let (_, name, kind) = base.fact(*fact);
                format!(
                    "{name} = {}",
                    kind.display(model.advice.facts.state(*fact).value)
                )
            })
            .collect();
        evidence.push(facts.join(", "));
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
    // The ways out need room: the text above gives way first.
    let ways = conflict.ways_out.len();
    let wanted = (ways + 1).min(usize::from(area.height) / 2 + 1);
    let room = usize::from(area.height).saturating_sub(wanted + 1).max(2);
    if lines.len() > room {
        lines.truncate(room);
        if let Some(last) = lines.last_mut() {
            last.push_span(Span::styled(
                format!(" {}", theme.glyphs.ellipsis),
                theme.muted(),
            ));
        }
    }
    let top = lines.len() as u16 + 1;
    paint::lines(frame, area, lines, 0);
    let below = Rect {
        y: area.y + top,
        height: area.height.saturating_sub(top),
        ..area
    };
    let remark = if way.is_some() {
        "enter takes one; u undoes it"
    } else {
        "the smallest change first"
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
        paint::line(
            frame,
            list,
            0,
            Line::styled(
                "  none that the program knows; w accepts it with a reason",
                theme.muted(),
            ),
        );
    }
    // The selected way out says below what it brings and costs; the others say so beside, as far as there is room.
    let effect = |index: usize| {
        let Some(way_out) = conflict
            .ways_out
            .get(index)
            .filter(|way_out| !way_out.effect.is_empty())
        else {
            return Vec::new();
        };
        paint::wrapped(
            &way_out.effect,
            width.saturating_sub(4),
            "    ",
            theme.muted(),
        )
    };
    let below = way.map(effect).unwrap_or_default();
    paint::list(
        frame,
        list,
        ways,
        way.unwrap_or(0),
        1 + below.len(),
        |frame, row, index, selected| {
            let Some(way_out) = conflict.ways_out.get(index) else {
                return;
            };
            let action_width =
                text::width(&way_out.action).min(usize::from(row.width).saturating_sub(6));
            let room = usize::from(row.width).saturating_sub(action_width + 8);
            let beside = if selected && way.is_some() || room < 12 {
                ""
            } else {
                way_out.effect.as_str()
            };
            let line = Line::from(vec![
                Span::raw(format!("  {} ", index + 1)),
                Span::raw(text::pad(
                    &way_out.action,
                    action_width,
                    theme.glyphs.ellipsis,
                )),
                Span::styled(
                    format!("  {}", text::fit(beside, room, theme.glyphs.ellipsis)),
                    theme.muted(),
                ),
            ]);
            paint::line(frame, row, 0, line);
            if selected && way.is_some() {
                paint::select(frame, row, theme, model.editor.is_none());
                let under = Rect {
                    y: row.y + 1,
                    height: row.height.saturating_sub(1),
                    ..row
                };
                paint::lines(frame, under, below.clone(), 0);
            }
        },
    );
}
