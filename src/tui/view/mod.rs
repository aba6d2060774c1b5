//! Drawing: `view(model, frame)` and nothing else. The model is read, never changed.

mod advisor;
mod conflicts;
mod decision;
mod editing;
mod find;
mod home;
mod overlay;
mod paint;
mod pattern;
mod patterns;
mod process;
mod quick;
mod record;
mod summary;
mod table;

use super::command::{self, Command};
use super::editor::Target;
use super::layout::{self, Regions};
use super::model::{Model, Overlay, Save, Screen};
use super::text;
use super::theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

pub(super) use conflicts::page as conflict_page;
pub(super) use find::page as found_page;
pub(super) use overlay::answers;

/// Draws the model.
pub fn view(model: &Model, frame: &mut Frame<'_>) {
    if layout::is_too_small(model.size) {
        too_small(model, frame);
    } else {
        let regions = layout::regions(model);
        header(model, frame, regions);
        match model.screen() {
            Screen::Home { at } => home::draw(model, frame, regions.body, *at),
            Screen::Process(process) => process::draw(model, frame, regions.body, process),
            Screen::Quick { at } => quick::draw(model, frame, regions.body, *at),
            Screen::Decision {
                id,
                at,
                detail,
                scroll,
            } => {
                decision::draw(model, frame, regions.body, *id, *at, *detail, *scroll);
            }
            Screen::Record { of, at } => record::draw(model, frame, regions.body, *of, *at),
            Screen::Patterns(browser) => patterns::draw(model, frame, regions.body, browser),
            Screen::Pattern { id, scroll } => {
                pattern::draw(model, frame, regions.body, *id, *scroll)
            }
            Screen::Conflicts { at, way, scroll } => {
                conflicts::draw(model, frame, regions.body, (*at, *way, *scroll));
            }
            Screen::Summary { scroll } => summary::draw(model, frame, regions.body, *scroll),
        }
        if let Some(area) = regions.advisor {
            advisor::draw(model, frame, area);
        }
        if let (Some(area), Some(editor)) = (regions.sheet, &model.editor) {
            paint::line(frame, area, 0, paint::rule(model.theme, area.width));
            let inner = Rect {
                x: 2,
                y: area.y + 1,
                width: area.width.saturating_sub(4),
                height: area.height.saturating_sub(1),
            };
            editing::draw(model, frame, inner, editor);
        }
        footer(model, frame, regions.footer);
        match &model.overlay {
            Some(Overlay::Help { scroll, here }) => overlay::help(model, frame, *scroll, here),
            Some(Overlay::Find { field, at }) => find::draw(model, frame, field, *at),
            Some(Overlay::Dialog { about, at }) => overlay::dialog(model, frame, about, *at),
            None => {}
        }
    }
    if *model.theme.glyphs == theme::ASCII {
        to_ascii(frame);
    }
}

/// Returns how far the text that has the focus can be scrolled.
pub(super) fn scroll_limit(model: &Model) -> usize {
    let body = layout::regions(model).body;
    let (content, height) = match (&model.overlay, model.screen()) {
        (Some(Overlay::Help { here, .. }), _) => overlay::help_extent(model, here),
        (_, Screen::Decision { id, at, detail, .. }) => {
            decision::detail_extent(model, body, *id, *at, *detail)
        }
        (_, Screen::Pattern { id, .. }) => pattern::extent(model, body, *id),
        (_, Screen::Summary { .. }) => summary::extent(model, body),
        (_, Screen::Conflicts { at, way: None, .. }) => conflicts::extent(model, body, *at),
        _ => (0, 0),
    };
    content.saturating_sub(height)
}

fn too_small(model: &Model, frame: &mut Frame<'_>) {
    let (width, height) = model.size;
    let (least_width, least_height) = layout::SMALLEST;
    let area = frame.area();
    let room = usize::from(area.width).max(1);
    let times = model.theme.glyphs.times;
    let message = format!(
        "archadvisor needs {least_width}{times}{least_height}, this is {width}{times}{height}. q quits."
    );
    for (y, line) in text::wrap(&message, room).into_iter().enumerate() {
        paint::line(frame, area, y as u16, line);
    }
}

fn header(model: &Model, frame: &mut Frame<'_>, regions: Regions) {
    let theme = model.theme;
    let width = usize::from(regions.header.width);
    let (state, style) = match (&model.read_only, &model.save) {
        (Some(_), _) => ("read-only".to_owned(), theme.bad()),
        (None, Save::Unchanged | Save::Saving | Save::Saved) if model.is_typing() => {
            ("not saved yet".to_owned(), theme.bad())
        }
        (None, Save::Unchanged) => (String::new(), theme.muted()),
        (None, Save::Saving) => ("saving".to_owned(), theme.muted()),
        (None, Save::Saved) => ("saved".to_owned(), theme.muted()),
        (None, Save::Failed(_)) => ("NOT SAVED".to_owned(), theme.error()),
    };
    let file = text::fit(&model.file, width / 3, theme.glyphs.ellipsis).into_owned();
    let gap = if state.is_empty() || file.is_empty() {
        ""
    } else {
        "  "
    };
    let right = text::width(&state) + text::width(gap) + text::width(&file) + 1;
    let here = place(model);
    let program = " archadvisor  ";
    let room = width.saturating_sub(right + text::width(program) + 2);
    let title = text::fit(model.title(), room, theme.glyphs.ellipsis).into_owned();
    let mut spans = vec![
        Span::styled(program, theme.accent().patch(theme.title())),
        Span::styled(title.clone(), theme.title()),
    ];
    let left = text::width(program) + text::width(&title);
    if !here.is_empty() && left + text::width(&here) + 3 + right < width {
        spans.push(Span::styled(
            format!(" {} {here}", theme.glyphs.dot),
            theme.muted(),
        ));
    }
    let used: usize = spans.iter().map(|span| text::width(&span.content)).sum();
    spans.push(Span::raw(" ".repeat(width.saturating_sub(used + right))));
    spans.push(Span::styled(state, style));
    spans.push(Span::raw(gap));
    spans.push(Span::styled(file, theme.muted()));
    paint::line(frame, regions.header, 0, Line::from(spans));
    if regions.body.y > 1 {
        let area = Rect {
            y: 1,
            height: 1,
            ..regions.header
        };
        paint::line(frame, area, 0, paint::rule(theme, area.width));
    }
}

/// Where one is, for the header.
fn place(model: &Model) -> String {
    match model.screen() {
        Screen::Home { .. } => String::new(),
        Screen::Process(process) => {
            format!("step {} of {}", process.step + 1, model.base.steps.len())
        }
        Screen::Quick { .. } => "quick start".to_owned(),
        Screen::Decision { id, .. } => {
            format!("step {}", model.base.decision(*id).step.index() + 1)
        }
        Screen::Record { of, .. } => match of {
            super::model::Record::Interface(_) => "interface".to_owned(),
            super::model::Record::Entity(_) => "entity".to_owned(),
        },
        Screen::Patterns(_) | Screen::Pattern { .. } => "patterns".to_owned(),
        Screen::Conflicts { .. } => "conflicts".to_owned(),
        Screen::Summary { .. } => "summary".to_owned(),
    }
}

/// How many lines a message takes at most.
const MOST_TOAST: usize = 5;

/// How many hints the footer shows at most.
const MOST_HINTS: usize = 6;

fn footer(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let theme = model.theme;
    let width = usize::from(area.width);
    if let Some(toast) = &model.toast {
        let style = if toast.error {
            theme.error()
        } else {
            theme.title()
        };
        // What does not fit on the line grows upward over what is there: an explanation is worth nothing in half.
        let mut lines = paint::wrapped(&toast.text, width.saturating_sub(1), " ", style);
        lines.truncate(MOST_TOAST.min(usize::from(area.bottom())));
        let high = lines.len() as u16;
        let place = Rect {
            y: area.bottom() - high,
            height: high,
            ..area
        };
        frame.render_widget(Clear, place);
        paint::lines(frame, place, lines, 0);
        return;
    }
    let mut hints: Vec<(String, &str)> = command::hints(model)
        .into_iter()
        .map(|binding| match binding.command {
            Command::Step(_) => ("1-9, 0".to_owned(), "to a step"),
            Command::Open if command::number_row(model) => {
                (format!("{}, 0-9", binding.keys[0]), binding.title)
            }
            _ => (binding.keys[0].to_string(), binding.title),
        })
        .collect();
    let finds = matches!(model.overlay, Some(Overlay::Find { .. }));
    if finds || matches!(&model.editor, Some(editor) if editor.target == Target::Search) {
        hints.insert(0, (theme.glyphs.up_down.to_owned(), "select"));
    }
    let size = |hint: &(String, &str)| text::width(&hint.0) + 1 + text::width(hint.1) + 3;
    // The help is the last hint and always stays; others go from the right.
    let help = hints
        .iter()
        .position(|(_, title)| *title == "help")
        .map(|index| hints.remove(index));
    hints.truncate(MOST_HINTS - 1);
    let mut room = width.saturating_sub(1 + help.as_ref().map_or(0, size));
    let mut spans = vec![Span::raw(" ")];
    for hint in &hints {
        // A long one that does not fit must not hide a short one.
        if size(hint) > room {
            continue;
        }
        room -= size(hint);
        push_hint(theme, &mut spans, hint);
    }
    if let Some(hint) = &help {
        spans.push(Span::raw(" ".repeat(room)));
        push_hint(theme, &mut spans, hint);
    }
    paint::line(frame, area, 0, Line::from(spans));
}

fn push_hint(theme: theme::Theme, spans: &mut Vec<Span<'static>>, (key, title): &(String, &str)) {
    spans.push(Span::styled(
        key.clone(),
        theme.accent().patch(theme.title()),
    ));
    spans.push(Span::styled(format!(" {title}   "), theme.muted()));
}

/// Replaces what a terminal without Unicode cannot show; each character by one of the same width.
fn to_ascii(frame: &mut Frame<'_>) {
    for cell in &mut frame.buffer_mut().content {
        if cell.symbol().is_ascii() {
            continue;
        }
        let plain = match cell.symbol() {
            "“" | "”" | "„" => "\"",
            "‘" | "’" => "'",
            "−" | "–" | "—" | "‑" => "-",
            "×" => "x",
            "…" => ".",
            "→" => ">",
            "←" => "<",
            "≥" => ">",
            "≤" => "<",
            "≈" => "~",
            "·" | "•" => "-",
            "▴" => "^",
            "▾" => "v",
            "✓" => "x",
            "µ" => "u",
            "\u{a0}" => " ",
            _ => "?",
        };
        cell.set_symbol(plain);
    }
}
