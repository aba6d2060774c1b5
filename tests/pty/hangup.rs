//! A terminal that goes away, as when a window is closed or a connection breaks.

use super::{cells, patience};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::io::Read;
use std::thread;
use std::time::{Duration, Instant};

#[test]
fn the_program_ends_with_its_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let pair = native_pty_system().openpty(PtySize::default()).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_archadvisor"));
    command.env_clear();
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    command.env("HOME", folder.path());
    command.cwd(folder.path());
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut parser = vt100::Parser::new(cells(24), cells(80), 0);
    let mut bytes = [0; 4096];
    while !parser.screen().contents().contains("archadvisor") {
        let read = reader.read(&mut bytes).unwrap();
        parser.process(&bytes[..read]);
    }
    // Nothing of the terminal is left: the kernel sends a hangup, and every read and write fails from now on.
    drop(reader);
    drop(pair.master);
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() >= patience() {
            child.kill().unwrap();
            panic!("the program outlives its terminal");
        }
        thread::sleep(Duration::from_millis(20));
    }
}
