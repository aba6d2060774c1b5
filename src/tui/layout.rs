//! Where things go: one pure function of the size and the model, used for drawing and for moving alike.

use super::model::{Model, Screen};
use ratatui::layout::Rect;

/// The smallest size in which the program can be used.
pub const SMALLEST: (u16, u16) = (40, 12);

/// From this width on, the advisor stands at the right.
const WIDE: u16 = 110;

/// The parts of the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Regions {
    /// The line at the top.
    pub header: Rect,
    /// What the screen itself fills.
    pub body: Rect,
    /// The advisor: at the right of a wide screen, else below the body; none where the body shows the advice itself.
    pub advisor: Option<Rect>,
    /// An editor at the foot.
    pub sheet: Option<Rect>,
    /// The line at the bottom.
    pub footer: Rect,
}

/// Returns whether the terminal is too small to use the program.
pub fn is_too_small(size: (u16, u16)) -> bool {
    size.0 < SMALLEST.0 || size.1 < SMALLEST.1
}

/// Returns whether the advisor stands at the right.
pub fn is_wide(size: (u16, u16)) -> bool {
    size.0 >= WIDE
}

/// Returns whether the guidance of a step is shown in full.
pub fn full_guidance(model: &Model) -> bool {
    let asked = matches!(model.screen(), Screen::Process(process) if process.guidance);
    asked || model.size.1 >= 44
}

/// Returns the parts of the screen.
pub fn regions(model: &Model) -> Regions {
    let (width, height) = model.size;
    let row = |y: u16, rows: u16| Rect {
        x: 0,
        y,
        width,
        height: rows,
    };
    let mut top = 0;
    let mut bottom = height;
    let header = row(top, 1.min(height));
    // A rule below the header, when there is room for calm.
    top += if height >= 20 { 2 } else { 1 };
    bottom = bottom.saturating_sub(1);
    let footer = row(bottom, 1.min(height));
    let mut sheet = None;
    if let Some(editor) = &model.editor
        && !editor.is_inline()
        // The quick start has room for what it asks.
        && !model.quick_asks()
        && !matches!(editor.target, super::editor::Target::Search)
    {
        let rows = if matches!(&editor.input, super::editor::Input::Choice { options, .. } if options.len() > 2)
        {
            7
        } else {
            6
        };
        let rows = rows.min(bottom.saturating_sub(top));
        bottom -= rows;
        sheet = Some(row(bottom, rows));
    }
    let own = matches!(model.screen(), Screen::Home { .. } | Screen::Quick { .. });
    let mut body = row(top, bottom.saturating_sub(top));
    let mut advisor = None;
    if !own {
        if is_wide(model.size) {
            let wanted = match width {
                190.. => 62,
                160.. => 52,
                _ => 40,
            };
            body.width = width.saturating_sub(wanted + 1);
            advisor = Some(Rect {
                x: body.width + 1,
                width: wanted,
                ..body
            });
        } else if sheet.is_none() {
            let rows = if height >= 20 { 4 } else { 2 };
            body.height = body.height.saturating_sub(rows);
            advisor = Some(row(body.bottom(), rows));
        }
    }
    Regions {
        header,
        body,
        advisor,
        sheet,
        footer,
    }
}

/// Returns the columns of the process screen: the rail of steps, and the step. The rail goes when there is no room.
pub fn process(body: Rect) -> (Option<Rect>, Rect) {
    const RAIL: u16 = 21;
    if body.width < 66 {
        return (None, body);
    }
    let rail = Rect {
        width: RAIL,
        ..body
    };
    (
        Some(rail),
        Rect {
            x: body.x + RAIL + 2,
            width: body.width - RAIL - 3,
            ..body
        },
    )
}

/// Splits a list from the detail of its selection: side by side when wide, else one above the other.
pub fn detail(body: Rect, list_width: u16, list_height: u16) -> (Rect, Rect) {
    if body.width >= list_width + 50 {
        let list = Rect {
            width: list_width,
            ..body
        };
        (
            list,
            Rect {
                x: body.x + list_width + 2,
                width: body.width - list_width - 3,
                ..body
            },
        )
    } else {
        let height = list_height.min(body.height);
        let list = Rect { height, ..body };
        let gap = u16::from(body.height > height);
        let detail = Rect {
            y: body.y + height + gap,
            height: body.height.saturating_sub(height + gap),
            x: body.x + 1,
            width: body.width.saturating_sub(2),
        };
        (list, detail)
    }
}

/// Returns the first line to show so that the block `from..to` is in sight, near the middle where possible.
///
/// It depends on nothing but the selection: a list never jumps when the window is resized or drawn again.
pub fn offset(from: usize, to: usize, all: usize, height: usize) -> usize {
    let block = to.saturating_sub(from);
    if block >= height {
        return from.min(all.saturating_sub(1));
    }
    let centred = from.saturating_sub((height - block) / 2);
    centred.min(all.saturating_sub(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selection_is_always_in_sight() {
        for height in 1..12 {
            for all in 1..30 {
                for at in 0..all {
                    let first = offset(at, at + 1, all, height);
                    assert!(
                        first <= at && at < first + height,
                        "row {at} of {all} in {height}"
                    );
                    assert!(first + height <= all.max(height));
                }
            }
        }
    }

    #[test]
    fn a_list_does_not_scroll_before_its_middle() {
        assert_eq!(offset(3, 4, 40, 10), 0);
        assert_eq!(offset(20, 21, 40, 10), 16);
        assert_eq!(offset(39, 40, 40, 10), 30);
    }
}
