//! Home: what this is, what to do next, how far the steps are, and what is recommended so far.

use super::{advisor, paint, process};
use crate::design::State;
use crate::tui::model::Model;
use crate::tui::rows::{self, HomeRow};
use crate::tui::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Lines longer than this are hard to follow.
const WIDEST: u16 = 116;

pub(super) fn draw(model: &Model, frame: &mut Frame<'_>, body: Rect, at: usize) {
    let theme = model.theme;
    let body = Rect {
        width: body.width.min(WIDEST),
        ..body
    };
    let area = Rect {
        x: body.x + 2,
        width: body.width.saturating_sub(4),
        ..body
    };
    let width = usize::from(area.width);
    let mut y = 0;
    let about = if model.design.context.is_empty() {
        "Answer what you know about your system. Patterns are recommended, with reasons in numbers \
         that add up, what each costs on the other qualities, and every conflict with its ways out."
    } else {
        &model.design.context
    };
    for line in text::wrap(about, width.min(96)).into_iter().take(3) {
        paint::line(frame, area, y, Line::styled(line, theme.muted()));
        y += 1;
    }
    y += u16::from(body.height >= 19);
    for (index, row) in rows::home(model).into_iter().enumerate() {
        let place = Rect {
            x: body.x,
            y: area.y + y,
            width: body.width,
            height: 1,
        };
        if place.y >= body.bottom() {
            return;
        }
        let (title, detail, key) = action(model, row);
        let name_width = 24.min(width / 2);
        let room = width.saturating_sub(name_width + 6);
        let line = Line::from(vec![
            Span::raw("  "),
            Span::raw(text::pad(&title, name_width, theme.glyphs.ellipsis)),
            Span::styled(
                text::pad(&detail, room, theme.glyphs.ellipsis),
                theme.muted(),
            ),
            Span::styled(text::pad_left(key, 4, ""), theme.accent()),
        ]);
        paint::line(frame, place, 0, line);
        if index == at {
            paint::select(frame, place, theme, true);
        }
        y += 1;
    }
    y += 1;
    let rest = Rect {
        y: area.y + y,
        height: area.height.saturating_sub(y),
        ..area
    };
    let wide = width >= 70;
    let left_width = if wide { 32 } else { area.width };
    steps(
        model,
        frame,
        Rect {
            width: left_width,
            ..rest
        },
    );
    if wide {
        let right = Rect {
            x: rest.x + left_width + 3,
            width: rest.width.saturating_sub(left_width + 3),
            ..rest
        };
        so_far(model, frame, right);
    }
}

/// The advice so far; only its heading until there is some.
fn so_far(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let theme = model.theme;
    let width = usize::from(area.width);
    let mut lines = vec![paint::heading(theme, "Advice so far", "", width)];
    if model.is_advised() {
        let mut conflicts = advisor::severity_spans(model);
        conflicts.insert(0, Span::styled("Conflicts ", theme.muted()));
        let wanted: usize = (conflicts.iter())
            .map(|span| text::width(&span.content))
            .sum();
        // The gap behind the last of them may be cut.
        if wanted > width + 2 {
            for span in &mut conflicts {
                span.content = format!("{} ", span.content.trim_end()).into();
            }
        }
        lines.push(Line::from(conflicts));
        if let Some(problem) = model.problems.first() {
            let more = match model.problems.len() {
                1 => String::new(),
                all => format!(" (+{} more)", all - 1),
            };
            let text = format!("! the file: {}{more}", problem.message);
            lines.push(Line::styled(
                text::fit(&text, width, theme.glyphs.ellipsis).into_owned(),
                theme.bad(),
            ));
        }
        if let Some(shift) = model.shifts.first() {
            let changed = format!("{:<11}{}", "Changed", advisor::sentence(model, shift));
            lines.push(Line::styled(
                text::fit(&changed, width, theme.glyphs.ellipsis).into_owned(),
                theme.muted(),
            ));
        }
        let room = usize::from(area.height).saturating_sub(lines.len());
        lines.extend(advisor::recommendations(model, width, room));
    }
    paint::lines(frame, area, lines, 0);
}

fn action(model: &Model, row: HomeRow) -> (String, String, &'static str) {
    match row {
        HomeRow::Quick => {
            let questions = model.quick_questions();
            let given = questions
                .iter()
                .filter(|fact| model.is_given(**fact))
                .count();
            let detail = match given {
                0 => format!("{} questions to a first recommendation", questions.len()),
                given if given == questions.len() => format!("all {given} questions answered"),
                given => format!("{given} of {} questions answered", questions.len()),
            };
            ("Quick start".to_owned(), detail, "Q")
        }
        HomeRow::Continue(step) => {
            let entry = &model.base.steps[step];
            let begun = (0..model.base.steps.len()).any(|step| model.state(step) != State::Open);
            let verb = if begun { "continue at" } else { "begin with" };
            (
                "Ten steps".to_owned(),
                format!("{verb} {}, {}", entry.number, entry.name),
                "p",
            )
        }
        HomeRow::Conflicts => {
            let open = (model.is_advised()).then(|| model.conflict_counts().iter().sum::<usize>());
            let detail = match open {
                None => String::new(),
                Some(0) => "none open".to_owned(),
                Some(1) => "1 is open, with its ways out".to_owned(),
                Some(open) => format!("{open} are open, each with its ways out"),
            };
            ("Conflicts".to_owned(), detail, "c")
        }
        HomeRow::Patterns => {
            let detail = format!("{} by quality or category", model.base.patterns.len());
            ("Patterns".to_owned(), detail, "b")
        }
        HomeRow::Summary => (
            "Summary and export".to_owned(),
            "the decision record as Markdown".to_owned(),
            "s",
        ),
    }
}

fn steps(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let theme = model.theme;
    let done = (0..model.base.steps.len())
        .filter(|step| matches!(model.state(*step), State::Done | State::Skipped))
        .count();
    let remark = format!("{done} of {} done", model.base.steps.len());
    paint::line(
        frame,
        area,
        0,
        paint::heading(theme, "Ten steps", &remark, area.width.into()),
    );
    for (index, step) in model.base.steps.iter().enumerate() {
        let (glyph, style) = process::state_glyph(theme, model.state(index));
        let mut spans = vec![
            Span::raw(format!("{:>2} ", step.number)),
            Span::styled(glyph, style),
            Span::raw(" "),
            Span::raw(text::pad(
                &text::title_of(&step.id),
                14,
                theme.glyphs.ellipsis,
            )),
            Span::raw(" "),
        ];
        // Which decisions a step has is known when the advice is.
        if model.is_advised() {
            let (done, all) = model.progress(index);
            spans.extend(paint::gauge(theme, done, all, 6));
            spans.push(Span::styled(format!(" {done}/{all}"), theme.muted()));
        }
        paint::line(frame, area, index as u16 + 1, Line::from(spans));
    }
}
