//! The program itself in a pseudo-terminal: what a person types goes in, what a terminal shows is looked at.
//!
//! Nothing here sleeps for a fixed time or matches raw bytes: a terminal emulator keeps the screen, and each test waits
//! until the screen is as it should be.

mod hangup;
mod knowledge;
mod sessions;
mod walk;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// How long a screen is waited for; slow machines can set `PTY_TIMEOUT` in seconds.
fn patience() -> Duration {
    let seconds = std::env::var("PTY_TIMEOUT")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(30);
    Duration::from_secs(seconds)
}

/// A number of rows or columns, as the emulator takes it.
fn cells(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap()
}

/// A run of the program.
struct Session {
    parser: Arc<Mutex<vt100::Parser>>,
    writer: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
}

/// How to start the program.
struct Start<'a> {
    folder: &'a Path,
    arguments: &'a [&'a str],
    variables: &'a [(&'a str, &'a str)],
    size: (u16, u16),
}

impl<'a> Start<'a> {
    /// In a folder, with a design file, at 80×24.
    fn at(folder: &'a Path, arguments: &'a [&'a str]) -> Self {
        Self {
            folder,
            arguments,
            variables: &[],
            size: (80, 24),
        }
    }

    fn go(self) -> Session {
        let (cols, rows) = self.size;
        let pair = native_pty_system()
            .openpty(PtySize {
                rows,
                cols,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_archadvisor"));
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("HOME", self.folder);
        for (name, value) in self.variables {
            command.env(name, value);
        }
        command.cwd(self.folder);
        command.args(self.arguments);
        let child = pair.slave.spawn_command(command).unwrap();
        // While this side stays open, the end of the program would not be noticed.
        drop(pair.slave);
        let parser = Arc::new(Mutex::new(vt100::Parser::new(cells(rows), cells(cols), 0)));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let fed = Arc::clone(&parser);
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read) = reader.read(&mut bytes) {
                if read == 0 {
                    break;
                }
                fed.lock().unwrap().process(&bytes[..read]);
            }
        });
        Session {
            parser,
            writer: pair.master.take_writer().unwrap(),
            master: pair.master,
            child,
        }
    }
}

impl Session {
    /// Types text as it is; `\r` is Enter, `\x1b` Escape, `\t` Tab.
    fn keys(&mut self, text: &str) -> &mut Self {
        self.writer.write_all(text.as_bytes()).unwrap();
        self.writer.flush().unwrap();
        self
    }

    fn contents(&self) -> String {
        self.parser.lock().unwrap().screen().contents()
    }

    /// Waits until the screen is as wanted.
    #[track_caller]
    fn until(&mut self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) -> &mut Self {
        let begun = Instant::now();
        loop {
            if wanted(self.parser.lock().unwrap().screen()) {
                return self;
            }
            assert!(
                begun.elapsed() < patience(),
                "waited for {what}; the screen is\n{}",
                self.contents()
            );
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until the screen shows a text.
    #[track_caller]
    fn sees(&mut self, text: &str) -> &mut Self {
        self.until(text, |screen| screen.contents().contains(text))
    }

    /// Waits until the screen no longer shows a text.
    #[track_caller]
    fn sees_no(&mut self, text: &str) -> &mut Self {
        self.until(&format!("the end of {text}"), |screen| {
            !screen.contents().contains(text)
        })
    }

    /// Escape. What follows it at once would be read as one longer sequence, so this waits until the screen has changed,
    /// or for as long as a busy machine may need to read one key.
    fn escape(&mut self) -> &mut Self {
        let before = self.contents();
        self.keys("\x1b");
        let sent = Instant::now();
        while self.contents() == before && sent.elapsed() < Duration::from_secs(2) {
            thread::sleep(Duration::from_millis(5));
        }
        self
    }

    /// Waits for the end of the program and returns its exit code.
    #[track_caller]
    fn ends(&mut self) -> u32 {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(
                begun.elapsed() < patience(),
                "waited for the end; the screen is\n{}",
                self.contents()
            );
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Sends a signal by name.
    fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        let status = std::process::Command::new("kill")
            .args([&format!("-{name}"), &id])
            .status()
            .unwrap();
        assert!(status.success());
    }

    /// Waits until the terminal is as it was before the program came.
    #[track_caller]
    fn is_restored(&mut self) {
        self.until("the terminal restored", |screen| {
            !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
        });
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
