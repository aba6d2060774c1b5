//! The least that a terminal interface costs: a list, a wrapped paragraph and a footer, as the ratatui guide would
//! write them.

use ratatui::crossterm::event::{self, Event, KeyCode};
use ratatui::layout::{Constraint, Layout};
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::{Block, List, ListState, Paragraph, Wrap};
use std::io;

fn main() -> io::Result<()> {
    let mut terminal = ratatui::try_init()?;
    let mut selected = ListState::default().with_selected(Some(0));
    let text = "The same number of cells is filled as a screen of the advisor would. ".repeat(30);
    loop {
        terminal.draw(|frame| {
            let [body, footer] =
                Layout::vertical([Constraint::Fill(1), Constraint::Length(1)]).areas(frame.area());
            let [left, right] =
                Layout::horizontal([Constraint::Percentage(40), Constraint::Fill(1)]).areas(body);
            let items = (0..60).map(|number| format!("item number {number}"));
            let list = List::new(items)
                .block(Block::bordered().title("List"))
                .highlight_style(Style::new().add_modifier(Modifier::REVERSED));
            frame.render_stateful_widget(list, left, &mut selected);
            let prose = Paragraph::new(text.as_str())
                .wrap(Wrap { trim: true })
                .block(Block::bordered().title("Text"));
            frame.render_widget(prose, right);
            frame.render_widget(Line::from("q quit   ? help").right_aligned(), footer);
        })?;
        if let Event::Key(key) = event::read()? {
            match key.code {
                KeyCode::Char('q') => break,
                KeyCode::Char('j') => selected.select_next(),
                KeyCode::Char('k') => selected.select_previous(),
                _ => {}
            }
        }
    }
    ratatui::try_restore()
}
