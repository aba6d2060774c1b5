//! The terminal interface.
//!
//! One value, one thread: a terminal event becomes a [`Msg`], [`update`](fn@update) changes the [`Model`] and returns
//! [`Effect`]s, [`view`](fn@view) draws the model. Files, clock and environment stay outside; whoever calls `terminal::run`
//! carries out the effects and hands their outcome back as messages. Drawing happens on events only, advice is computed
//! once per change of the design.

pub mod command;
pub mod diff;
pub mod draft;
mod edit;
pub mod editor;
pub mod field;
pub mod find;
pub mod key;
pub mod layout;
pub mod message;
pub mod model;
pub mod rows;
pub mod text;
pub mod theme;
mod update;
mod view;

pub use draft::Draft;
pub use key::Key;
pub use message::{Effect, Exported, Knowledge, Msg, Saved};
pub use model::{Markdown, Model, Pack, Screen, Setup};
pub use theme::Theme;
pub use update::update;
pub use view::view;

use crossterm::event::Event;

/// Translates a terminal event; none for what means nothing here.
pub fn message(event: &Event) -> Option<Msg> {
    match event {
        Event::Key(key) if key.is_press() || key.is_repeat() => Some(Msg::Key(Key::from(*key))),
        Event::Paste(text) => Some(Msg::Paste(text.clone())),
        Event::Resize(columns, rows) => Some(Msg::Resized(*columns, *rows)),
        _ => None,
    }
}
