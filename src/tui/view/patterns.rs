//! The patterns browser: by quality axis, by category, or by search.

use super::paint;
use crate::knowledge::{AxisId, PatternId};
use crate::search::Matched;
use crate::tui::edit;
use crate::tui::editor::{Input, Target};
use crate::tui::layout;
use crate::tui::model::{Browser, Model};
use crate::tui::rows::{self, PatternRow};
use crate::tui::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// What is said where nothing was found, and what may find it.
const NOTHING: &str = "Nothing fits. Try one word, a product, or what it is to do: retry, redis, cache. Inputs and \
                       decisions are found with / on the other screens.";

pub(super) fn draw(model: &Model, frame: &mut Frame<'_>, body: Rect, browser: &Browser) {
    let (facet_area, area) = layout::process(body);
    let searching = matches!(&model.editor, Some(editor) if editor.target == Target::Search);
    if let Some(facet_area) = facet_area {
        facets(model, frame, facet_area, browser, searching);
    }
    let theme = model.theme;
    let rows = rows::patterns(model, browser.facet, &browser.query);
    let real = rows
        .iter()
        .filter(|row| matches!(row, PatternRow::Pattern(..)))
        .count();
    let inner = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    };
    let width = usize::from(inner.width);
    if searching {
        if let Some(Input::Text(field)) = model.editor.as_ref().map(|editor| &editor.input) {
            let count = format!("{real} of {}", model.base.patterns.len());
            let top = Rect { height: 1, ..inner };
            paint::field(frame, top, theme, ("/", field, &count), u16::MAX);
        }
    } else if browser.query.is_empty() {
        let (title, remark) = facet_title(model, browser.facet);
        paint::line(
            frame,
            inner,
            0,
            paint::heading(theme, &title, &remark, width),
        );
    } else {
        let remark = format!(
            "{real} of {}; esc clears the search",
            model.base.patterns.len()
        );
        paint::line(
            frame,
            inner,
            0,
            paint::heading(theme, &format!("/{}", browser.query), &remark, width),
        );
    }
    let preview_height = if body.height >= 14 { 3 } else { 0 };
    let list = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1 + preview_height),
        ..area
    };
    if real == 0 {
        let area = Rect {
            x: list.x + 1,
            y: list.y + 1,
            width: list.width.saturating_sub(1),
            height: list.height.saturating_sub(1),
        };
        let lines = paint::wrapped(NOTHING, area.width.into(), "", theme.muted());
        paint::lines(frame, area, lines, 0);
    }
    paint::list(
        frame,
        list,
        rows.len(),
        browser.at,
        1,
        |frame, row_area, index, selected| {
            let Some(row) = rows.get(index) else { return };
            let line = match row {
                PatternRow::Helps => Line::styled(" helps it", theme.muted()),
                PatternRow::Hurts => Line::styled(" hurts it", theme.muted()),
                PatternRow::Pattern(id, value) => {
                    pattern_line(model, *id, *value, browser, row_area.width.into())
                }
            };
            paint::line(frame, row_area, 0, line);
            if selected && matches!(row, PatternRow::Pattern(..)) {
                paint::select(frame, row_area, theme, browser.list || searching);
            }
        },
    );
    if preview_height > 0
        && let Some(PatternRow::Pattern(id, _)) = rows.get(browser.at)
    {
        let place = Rect {
            y: list.bottom(),
            height: preview_height,
            x: inner.x,
            width: inner.width,
        };
        paint::line(frame, place, 0, paint::rule(theme, place.width));
        let what = match matched(model, browser, *id) {
            Some(matched) => format!("{}: {}", text::title_of(matched.place), matched.text),
            None => model.base.pattern(*id).what.to_string(),
        };
        let what = text::wrap(&what, place.width.into());
        for (y, line) in what.into_iter().take(2).enumerate() {
            paint::line(frame, place, y as u16 + 1, Line::raw(line));
        }
    }
}

fn facet_title(model: &Model, facet: usize) -> (String, String) {
    match model.base.axes.get(facet) {
        Some(axis) => (axis.name.to_string(), axis.what.to_string()),
        None => {
            let categories = rows::categories(model);
            let name = categories
                .get(facet - model.base.axes.len())
                .copied()
                .unwrap_or_default();
            (text::title_of(name), "patterns of this category".to_owned())
        }
    }
}

fn facets(model: &Model, frame: &mut Frame<'_>, area: Rect, browser: &Browser, searching: bool) {
    let theme = model.theme;
    paint::edge(
        frame,
        Rect {
            x: area.right() + 1,
            ..area
        },
        theme,
    );
    let axes = model.base.axes.len();
    let categories = rows::categories(model);
    // Two headings stand among the facets; the list knows them as rows of their own.
    let all = axes + categories.len() + 3;
    let width = usize::from(area.width).saturating_sub(3);
    let row_of = |facet: usize| if facet < axes { facet + 1 } else { facet + 3 };
    paint::list(
        frame,
        area,
        all,
        row_of(browser.facet),
        1,
        |frame, row, index, selected| {
            let line = if index == 0 {
                Line::styled(" Quality axes", theme.title())
            } else if index <= axes {
                Line::raw(format!(
                    "  {}",
                    text::fit(
                        &model.base.axes[index - 1].name,
                        width,
                        theme.glyphs.ellipsis
                    )
                ))
            } else if index == axes + 1 {
                Line::default()
            } else if index == axes + 2 {
                Line::styled(" Categories", theme.title())
            } else {
                let name = categories
                    .get(index - axes - 3)
                    .copied()
                    .unwrap_or_default();
                Line::raw(format!(
                    "  {}",
                    text::fit(&text::title_of(name), width, theme.glyphs.ellipsis)
                ))
            };
            paint::line(frame, row, 0, line);
            if selected {
                paint::select(frame, row, theme, !browser.list && !searching);
            }
        },
    );
}

fn pattern_line(
    model: &Model,
    id: PatternId,
    value: Option<i8>,
    browser: &Browser,
    width: usize,
) -> Line<'static> {
    let theme = model.theme;
    let entry = model.base.pattern(id);
    let mark = if edit::is_chosen(&model.design, &model.base, id) {
        theme.glyphs.done
    } else {
        " "
    };
    let name_width = if width >= 60 { 34 } else { (width / 2).max(12) };
    let mut spans = vec![Span::raw("  ")];
    if let Some(value) = value {
        spans.push(Span::styled(
            text::pad_left(&paint::signed(theme, value.into()), 2, ""),
            paint::sign_style(theme, value.into()),
        ));
        spans.push(Span::raw(" "));
    }
    spans.push(Span::styled(mark, theme.accent()));
    spans.push(Span::raw(" "));
    spans.push(Span::raw(text::pad(
        &entry.name,
        name_width,
        theme.glyphs.ellipsis,
    )));
    let used: usize = spans.iter().map(|span| text::width(&span.content)).sum();
    let room = width.saturating_sub(used + 2);
    let detail = match value {
        Some(value) => condition(model, id, AxisId(browser.facet as u8), value),
        None => match matched(model, browser, id) {
            Some(matched) => matched.excerpt(room.saturating_sub(1), theme.glyphs.ellipsis),
            None => text::title_of(&entry.category),
        },
    };
    spans.push(Span::styled(
        format!(" {}", text::fit(&detail, room, theme.glyphs.ellipsis)),
        theme.muted(),
    ));
    Line::from(spans)
}

/// What of a pattern matched the search, when that was not its name.
fn matched(model: &Model, browser: &Browser, id: PatternId) -> Option<Matched> {
    let found = (!browser.query.trim().is_empty()).then(|| model.found(&browser.query))?;
    let found = found.iter().find(|found| found.pattern == id)?;
    found.matched.clone()
}

/// Returns when a pattern has this effect on an axis; empty when it always has.
fn condition(model: &Model, id: PatternId, axis: AxisId, value: i8) -> String {
    let entry = model.base.pattern(id);
    let cases = entry
        .effects
        .iter()
        .filter(|effect| effect.axis == axis)
        .flat_map(|effect| &effect.cases);
    let mut found = cases.filter(|claim| claim.value == value);
    let always = found.clone().any(|claim| claim.when.is_none());
    if always {
        return String::new();
    }
    found
        .find_map(|claim| claim.when.as_ref())
        .map_or(String::new(), |condition| {
            format!("when {}", condition.text)
        })
}
