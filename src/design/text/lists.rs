//! The changes to a list.

use super::align::{Place, align};
use super::emit;
use super::patch::{Patch, Slot, below};
use crate::design::outline::Outline;
use crate::yaml::Node;
use std::ops::Range;

impl<'d> Patch<'d> {
    /// Changes a list.
    pub(super) fn list(&mut self, slot: Slot<'d>, old: &[Outline], new: &[Outline]) {
        let items = self.items(slot.value);
        let Some(first) = self.first_dash(slot.value) else {
            return;
        };
        if items.len() != old.len() {
            return;
        }
        let old_names: Vec<&str> = old.iter().map(Outline::identity).collect();
        let new_names: Vec<&str> = new.iter().map(Outline::identity).collect();
        let column = self.lines.column(first);
        let mut gone = vec![true; items.len()];
        let mut at = self.lines.start(first);
        for (value, place) in new.iter().zip(align(&old_names, &new_names)) {
            match place {
                Place::New => {
                    let text = emit::item(value, column, self.step);
                    self.insert(at, below(column), &text);
                }
                Place::Kept(index) => {
                    if let (Some(item), Some(old)) = (items.get(index), old.get(index)) {
                        self.item(*item, old, value);
                        at = self.after(*item);
                    }
                    if let Some(gone) = gone.get_mut(index) {
                        *gone = false;
                    }
                }
                Place::Moved(index) => {
                    if let (Some(item), Some(old)) = (items.get(index), old.get(index)) {
                        let since = self.edits.len();
                        self.item(*item, old, value);
                        let range = self.item_lines(*item);
                        let text = self.edits.cut(&self.doc.text, &range, since);
                        self.insert_as_is(at, below(column), text);
                    }
                }
            }
        }
        for (item, _) in items.iter().zip(&gone).filter(|(_, gone)| **gone) {
            let lines = self.item_lines(*item);
            self.remove_lines(lines);
        }
    }

    fn item(&mut self, slot: Slot<'d>, old: &Outline, new: &Outline) {
        if old != new {
            self.set(slot, Some(old), new);
        }
    }

    fn item_lines(&self, slot: Slot<'_>) -> Range<usize> {
        self.lines.start(slot.after)..self.after(slot)
    }

    fn first_dash(&self, node: &Node) -> Option<usize> {
        let first = node.items().first()?;
        self.dash(node.span.start, first.span.start)
    }

    /// The entries of a list that say something.
    fn items(&self, node: &'d Node) -> Vec<Slot<'d>> {
        let mut from = node.span.start;
        let mut items = Vec::new();
        for value in node.items() {
            let Some(dash) = self.dash(from, value.span.start) else {
                continue;
            };
            from = value.span.end.max(dash + 1);
            if !value.is_null() {
                items.push(Slot {
                    value,
                    column: self.lines.column(dash),
                    after: dash + 1,
                    is_key: false,
                    is_item: true,
                });
            }
        }
        items
    }

    /// The first dash between the end of one list entry and the start of the next.
    fn dash(&self, from: usize, until: usize) -> Option<usize> {
        let mut offset = from;
        loop {
            let gap = self.lines.slice(offset..until);
            let found = gap.find(['-', '#'])?;
            if gap.get(found..)?.starts_with('-') {
                return Some(offset + found);
            }
            offset = self.lines.next(offset + found);
        }
    }
}
