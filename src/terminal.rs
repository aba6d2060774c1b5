//! The terminal itself: what it can do, entering and leaving it cleanly, signals, and the loop around the interface.
//!
//! However the program ends (a key, a signal, a panic), the terminal is left as it was found: no raw mode, no alternate
//! screen, no bracketed paste, a visible cursor.

use crate::tui::{self, Effect, Model, Msg, Theme};
use crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste};
use crossterm::execute;
use crossterm::terminal::EnterAlternateScreen;
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Stdout, stdout};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// How long the program has to end by itself after a signal.
const GRACE: Duration = Duration::from_millis(500);

/// How often signals are looked for while nothing is typed.
const POLL: Duration = Duration::from_millis(100);

/// After how many polls without a key it is looked whether another program changed the file: a second.
const LOOK: u32 = 10;

/// What a terminal can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// Whether there is a terminal that can show the interface at all.
    pub interactive: bool,
    /// Whether colours are wanted.
    pub colour: bool,
    /// Whether it shows more than ASCII.
    pub unicode: bool,
}

impl Capabilities {
    /// Works out what a terminal can do from the environment and from whether standard output is one.
    pub fn detect(environment: &BTreeMap<String, String>, is_terminal: bool) -> Self {
        let set = |name: &str| {
            environment
                .get(name)
                .map(String::as_str)
                .filter(|value| !value.is_empty())
        };
        let kind = set("TERM");
        let locale = set("LC_ALL")
            .or_else(|| set("LC_CTYPE"))
            .or_else(|| set("LANG"));
        let folded = locale.map(|locale| locale.to_lowercase().replace('-', ""));
        Self {
            interactive: is_terminal && kind.is_some_and(|kind| kind != "dumb"),
            colour: set("NO_COLOR").is_none(),
            // Without a word on the locale, today's terminals show Unicode; the old C locale says that they do not.
            unicode: folded.is_none_or(|locale| locale.contains("utf8")),
        }
    }

    /// Returns the theme that suits.
    pub fn theme(self) -> Theme {
        Theme::new(self.colour, self.unicode)
    }
}

/// How the interface ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The user left.
    Left,
    /// A signal asked the program to end; the exit code is 128 plus its number.
    Signal(i32),
}

/// Shows the interface until the user leaves or a signal ends the program.
///
/// `perform` carries out an effect and returns the message with its outcome; suspending and leaving are done here. The
/// first that it is asked for is [`Effect::Begin`], after the first frame and before the first key is read.
///
/// # Errors
/// When the terminal cannot be set up, read or written.
pub fn run(mut model: Model, mut perform: impl FnMut(Effect) -> Option<Msg>) -> io::Result<Ended> {
    let mut signals = Signals::register()?;
    let mut screen = Screen::enter()?;
    let size = screen.terminal.size()?;
    tui::update(&mut model, Msg::Resized(size.width, size.height));
    screen.draw(&model)?;
    let mut messages: Vec<Msg> = perform(Effect::Begin).into_iter().collect();
    while let Some(message) = messages.pop() {
        for effect in tui::update(&mut model, message) {
            messages.extend(perform(effect));
        }
    }
    if let Some(message) = perform(Effect::Resume) {
        tui::update(&mut model, message);
        perform(Effect::Draft(model.draft()));
    }
    signals.watch();
    // The first frame did not wait for the advice; the second, a few milliseconds later, has it.
    model.advice();
    let mut dirty = true;
    let mut typed = false;
    let mut idle = 0;
    loop {
        if dirty {
            screen.draw(&model)?;
            dirty = false;
        }
        // After the frame, so that the disk does not hold it up.
        if std::mem::take(&mut typed) {
            perform(Effect::Draft(model.draft()));
        }
        if let Some(signal) = signals.received() {
            perform(Effect::Draft(model.draft()));
            return Ok(Ended::Signal(signal));
        }
        if !event::poll(POLL)? {
            idle += 1;
            if idle % LOOK == 0
                && !model.is_busy()
                && let Some(message) = perform(Effect::Look)
            {
                tui::update(&mut model, message);
                dirty = true;
            }
            continue;
        }
        idle = 0;
        // Everything that is waiting is handled before the next frame, so that held keys and pastes do not lag.
        loop {
            if let Some(message) = tui::message(&event::read()?) {
                dirty = true;
                let mut messages = vec![message];
                while let Some(message) = messages.pop() {
                    for effect in tui::update(&mut model, message) {
                        match effect {
                            Effect::Quit => {
                                perform(Effect::Draft(model.draft()));
                                return Ok(Ended::Left);
                            }
                            Effect::Suspend => {
                                screen.suspend()?;
                                let size = screen.terminal.size()?;
                                messages.push(Msg::Resized(size.width, size.height));
                            }
                            effect => messages.extend(perform(effect)),
                        }
                    }
                }
            }
            if !event::poll(Duration::ZERO)? {
                break;
            }
        }
        typed = true;
    }
}

/// The terminal while the interface has it; it is given back when this is dropped.
struct Screen {
    terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
}

/// A frame goes to the terminal in one piece, which is the fastest and never shows half of it.
const FRAME: usize = 1 << 16;

impl Screen {
    fn enter() -> io::Result<Self> {
        // The theme decides on colours: crossterm's own reading of NO_COLOR would also take bold and reverse away.
        crossterm::style::force_color_output(true);
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            // First of all the alternate screen is left, so that the message stays readable.
            let _ = execute!(stdout(), DisableBracketedPaste);
            let _ = ratatui::try_restore();
            before(info);
        }));
        crossterm::terminal::enable_raw_mode()?;
        let backend = CrosstermBackend::new(BufWriter::with_capacity(FRAME, stdout()));
        let screen = Self {
            terminal: Terminal::new(backend)?,
        };
        execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
        Ok(screen)
    }

    fn draw(&mut self, model: &Model) -> io::Result<()> {
        self.terminal.draw(|frame| tui::view(model, frame))?;
        Ok(())
    }

    /// Stops the program as Ctrl-Z does elsewhere; returns when the shell brings it back.
    #[cfg(unix)]
    fn suspend(&mut self) -> io::Result<()> {
        leave();
        signal_hook::low_level::raise(signal_hook::consts::SIGTSTP)?;
        crossterm::terminal::enable_raw_mode()?;
        execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
        self.terminal.clear()
    }

    /// Other systems have no job control: nothing happens.
    #[cfg(not(unix))]
    fn suspend(&mut self) -> io::Result<()> {
        self.terminal.clear()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        leave();
    }
}

/// Gives the terminal back. Errors are ignored: it may be gone.
fn leave() {
    let _ = execute!(stdout(), DisableBracketedPaste);
    // What was typed for this program must not reach the shell.
    let until = std::time::Instant::now() + Duration::from_millis(20);
    while std::time::Instant::now() < until && event::poll(Duration::ZERO).unwrap_or(false) {
        if event::read().is_err() {
            break;
        }
    }
    // The other form of it writes what failed to the terminal, and panics when that fails too.
    let _ = ratatui::try_restore();
    let _ = execute!(stdout(), crossterm::cursor::Show);
}

/// Signals that end the program, noticed at the next poll.
struct Signals {
    any: Arc<AtomicBool>,
    which: Arc<AtomicUsize>,
    /// Where they arrive, until somebody watches.
    #[cfg(unix)]
    arriving: Option<signal_hook::iterator::Signals>,
}

impl Signals {
    /// From here on no signal ends the program by itself.
    #[cfg(unix)]
    fn register() -> io::Result<Self> {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        let arriving = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT])?;
        Ok(Self {
            any: Arc::default(),
            which: Arc::default(),
            arriving: Some(arriving),
        })
    }

    /// Starts to watch, once: the first frame need not wait for a thread. What arrived before is not lost.
    #[cfg(unix)]
    fn watch(&mut self) {
        let Some(mut arriving) = self.arriving.take() else {
            return;
        };
        let (any, which) = (Arc::clone(&self.any), Arc::clone(&self.which));
        std::thread::spawn(move || {
            if let Some(signal) = arriving.forever().next() {
                which.store(signal as usize, Ordering::Relaxed);
                any.store(true, Ordering::Relaxed);
                // Reading from a terminal that has gone away may never return, so nobody would notice the flag. What
                // was answered is on disk already.
                std::thread::sleep(GRACE);
                // Whatever is done to the terminal now may fail or wait for ever; the end must not depend on it.
                std::thread::spawn(ratatui::try_restore);
                std::thread::sleep(GRACE);
                signal_hook::low_level::exit(128 + signal);
            }
        });
    }

    #[cfg(not(unix))]
    fn register() -> io::Result<Self> {
        Ok(Self {
            any: Arc::default(),
            which: Arc::default(),
        })
    }

    #[cfg(not(unix))]
    fn watch(&mut self) {}

    fn received(&self) -> Option<i32> {
        self.any
            .load(Ordering::Relaxed)
            .then(|| self.which.load(Ordering::Relaxed) as i32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detect(pairs: &[(&str, &str)], is_terminal: bool) -> (bool, bool, bool) {
        let environment = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let found = Capabilities::detect(&environment, is_terminal);
        (found.interactive, found.colour, found.unicode)
    }

    #[test]
    fn capabilities_follow_the_environment() {
        assert_eq!(
            detect(&[("TERM", "xterm-256color"), ("LANG", "en_GB.UTF-8")], true),
            (true, true, true)
        );
        assert_eq!(detect(&[("TERM", "xterm")], false), (false, true, true));
        assert_eq!(detect(&[("TERM", "dumb")], true), (false, true, true));
        assert_eq!(detect(&[], true), (false, true, true));
        assert_eq!(
            detect(&[("TERM", "xterm"), ("NO_COLOR", "1")], true),
            (true, false, true)
        );
        assert_eq!(
            detect(&[("TERM", "xterm"), ("NO_COLOR", "")], true),
            (true, true, true)
        );
        assert_eq!(
            detect(
                &[("TERM", "xterm"), ("LC_ALL", "C"), ("LANG", "de_DE.utf8")],
                true
            ),
            (true, true, false)
        );
    }
}
