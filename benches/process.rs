//! What the whole program costs, beside the least that any program costs: `cargo bench --bench process`.
//!
//! Seconds say little across machines, and on one machine they drift. So the program is measured in turns with an
//! empty `main` and a bare ratatui screen that are built the same way, and what counts is the ratio of medians.
//! Targets are printed beside the figures and never asserted: a busy machine is no fault of the program.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints, and may fail by panicking"
)]

#[cfg(target_os = "linux")]
fn main() {
    linux::main();
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("The whole-process bench reads /proc, so it measures on Linux only.");
}

#[cfg(target_os = "linux")]
mod linux {
    use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
    use std::io::{Read, Write};
    use std::num::NonZero;
    use std::path::{Path, PathBuf};
    use std::process::{Command, Stdio};
    use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
    use std::time::{Duration, Instant};
    use std::{env, fs, thread};

    /// How often each command is run.
    const RUNS: usize = 80;
    /// How often each interface is started, by size.
    const SESSIONS: usize = 15;
    /// How many keys are typed in a session.
    const KEYS: usize = 20;
    /// How long a screen may take before something is wrong.
    const PATIENCE: Duration = Duration::from_secs(20);

    pub(super) fn main() {
        let Some(programs) = build() else {
            println!("The programs to compare could not be built.");
            std::process::exit(1);
        };
        queries(&programs);
        interfaces(&programs);
    }

    struct Programs {
        empty: PathBuf,
        hello: PathBuf,
        archadvisor: PathBuf,
    }

    /// Builds the program and the baselines in one profile.
    fn build() -> Option<Programs> {
        let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let names = [
            "--bin",
            "archadvisor",
            "--example",
            "baseline-empty",
            "--example",
            "baseline-hello",
        ];
        let built = Command::new(cargo)
            .args(["build", "--release", "--quiet"])
            .args(names)
            .status()
            .ok()?;
        let folder = Path::new(env!("CARGO_BIN_EXE_archadvisor")).parent()?;
        built.success().then(|| Programs {
            empty: folder.join("examples/baseline-empty"),
            hello: folder.join("examples/baseline-hello"),
            archadvisor: folder.join("archadvisor"),
        })
    }

    /// A scratch folder, so that neither a design nor settings of this user play a part.
    fn elsewhere() -> PathBuf {
        let folder = env::temp_dir().join(format!("archadvisor-bench-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn queries(programs: &Programs) {
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hospital-records.yaml");
        let example = example.to_string_lossy().into_owned();
        let commands: [(&str, &Path, Vec<&str>, Option<f64>); 5] = [
            ("empty main", &programs.empty, vec![], None),
            (
                "--version",
                &programs.archadvisor,
                vec!["--version"],
                Some(1.5),
            ),
            (
                "patterns --axis",
                &programs.archadvisor,
                vec!["patterns", "--axis", "consistency"],
                Some(2.5),
            ),
            (
                "show",
                &programs.archadvisor,
                vec!["show", "saga-orchestration"],
                Some(2.5),
            ),
            (
                "recommend",
                &programs.archadvisor,
                vec!["recommend", &example],
                None,
            ),
        ];
        let folder = elsewhere();
        let mut times = vec![Vec::with_capacity(RUNS); commands.len()];
        for run in 0..RUNS + 5 {
            for (times, (_, program, arguments, _)) in times.iter_mut().zip(&commands) {
                let mut command = Command::new(program);
                command
                    .args(arguments)
                    .current_dir(&folder)
                    .stdin(Stdio::null())
                    .stdout(Stdio::null());
                let started = Instant::now();
                let status = command.status().unwrap();
                let took = started.elapsed();
                assert!(status.success(), "{arguments:?} failed");
                // The first rounds only warm the caches.
                if run >= 5 {
                    times.push(took);
                }
            }
        }
        let floor = median(times.first().unwrap());
        println!(
            "\n{:<28}{:>10}{:>10}{:>10}{:>10}",
            "command", "median", "ratio", "target", "peak"
        );
        for (times, (name, program, arguments, target)) in times.iter().zip(&commands) {
            let time = median(times);
            let ratio = time.as_secs_f64() / floor.as_secs_f64();
            let target = target.map_or_else(String::new, |target| format!("<= {target:.1}"));
            let peak = (0..50)
                .map(|_| peak(program, arguments, &folder))
                .max()
                .unwrap_or_default();
            println!(
                "{name:<28}{:>10}{ratio:>10.2}{target:>10}{:>10}",
                milliseconds(time),
                megabytes(peak)
            );
        }
        // Nothing is lost when the empty folder stays.
        let _ = fs::remove_dir_all(folder);
    }

    /// The most memory that a run had, in kB, as far as it can be caught while it runs.
    fn peak(program: &Path, arguments: &[&str], folder: &Path) -> u64 {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut most = 0;
        while matches!(child.try_wait(), Ok(None)) {
            most = most.max(resident(child.id()));
        }
        most
    }

    /// The high-water mark of a process, in kB; 0 when it is gone.
    fn resident(process: u32) -> u64 {
        let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok())
            .unwrap_or_default()
    }

    fn interfaces(programs: &Programs) {
        println!(
            "\n{:<28}{:>10}{:>10}{:>10}{:>10}{:>10}{:>10}{:>10}",
            "interface", "frame", "ratio", "target", "advised", "key", "target", "peak"
        );
        for (columns, rows) in [(80, 24), (200, 60)] {
            let mut sessions = [Vec::new(), Vec::new()];
            for run in 0..=SESSIONS {
                for (sessions, program) in sessions
                    .iter_mut()
                    .zip([&programs.hello, &programs.archadvisor])
                {
                    let session = Session::run(program, columns, rows);
                    if run > 0 {
                        sessions.push(session);
                    }
                }
            }
            let of = |sessions: &[Measured], time: fn(&Measured) -> Duration| {
                median(&sessions.iter().map(time).collect::<Vec<_>>())
            };
            let floor = of(&sessions[0], |one| one.first_frame);
            for (sessions, name) in sessions.iter().zip(["ratatui hello", "archadvisor"]) {
                let frame = of(sessions, |one| one.first_frame);
                let advised = of(sessions, |one| one.advised);
                let ratio = frame.as_secs_f64() / floor.as_secs_f64();
                let key = median(
                    &sessions
                        .iter()
                        .flat_map(|one| one.keys.clone())
                        .collect::<Vec<_>>(),
                );
                let peak = sessions
                    .iter()
                    .map(|one| one.peak)
                    .max()
                    .unwrap_or_default();
                let ours = name == "archadvisor";
                let target = |text: &str| if ours { text.to_owned() } else { String::new() };
                println!(
                    "{:<28}{:>10}{ratio:>10.2}{:>10}{:>10}{:>10}{:>10}{:>10}",
                    format!("{name} {columns}x{rows}"),
                    milliseconds(frame),
                    target("<= 1.5"),
                    if ours {
                        milliseconds(advised)
                    } else {
                        String::new()
                    },
                    milliseconds(key),
                    target("<= 1 ms"),
                    megabytes(peak),
                );
            }
        }
        println!("\nTarget for memory: 10 MB resident at most.");
    }

    struct Measured {
        first_frame: Duration,
        /// When the advice was on the screen as well.
        advised: Duration,
        keys: Vec<Duration>,
        peak: u64,
    }

    /// A program in a pseudo-terminal.
    struct Session {
        child: Box<dyn Child + Send + Sync>,
        output: Receiver<(Instant, Vec<u8>)>,
        input: Box<dyn Write + Send>,
        screen: vt100::Parser,
        _master: Box<dyn MasterPty + Send>,
    }

    impl Session {
        fn run(program: &Path, columns: u16, rows: u16) -> Measured {
            let folder = elsewhere();
            let size = PtySize {
                rows,
                cols: columns,
                pixel_width: 0,
                pixel_height: 0,
            };
            let pty = native_pty_system().openpty(size).unwrap();
            let mut command = CommandBuilder::new(program);
            command.env_clear();
            command.env("TERM", "xterm-256color");
            command.env("LANG", "C.UTF-8");
            command.env("HOME", &folder);
            command.cwd(&folder);
            // Chunks get their time on arrival and are looked at later, so that the emulator's work does not count.
            let mut reader = pty.master.try_clone_reader().unwrap();
            let (sender, output) = mpsc::channel();
            let reading = thread::spawn(move || {
                let mut chunk = vec![0; 1 << 16];
                while let Ok(length @ 1..) = reader.read(&mut chunk) {
                    let bytes = chunk.get(..length).unwrap_or_default().to_vec();
                    if sender.send((Instant::now(), bytes)).is_err() {
                        break;
                    }
                }
            });
            let input = pty.master.take_writer().unwrap();
            let started = Instant::now();
            let child = pty.slave.spawn_command(command).unwrap();
            // Or the end of the output would never come.
            drop(pty.slave);
            let screen = vt100::Parser::new(nonzero(rows), nonzero(columns), 0);
            let mut session = Self {
                child,
                output,
                input,
                screen,
                _master: pty.master,
            };
            let first_frame = session.until(has_footer) - started;
            let advised = if program.ends_with("archadvisor") {
                session.until(has_advice) - started
            } else {
                first_frame
            };
            let keys = (0..KEYS)
                .map(|key| session.response(if key % 2 == 0 { b"j" } else { b"k" }))
                .collect();
            let peak = session.child.process_id().map(resident).unwrap_or_default();
            session.input.write_all(b"q").unwrap();
            session.child.wait().unwrap();
            drop(session);
            reading.join().unwrap();
            // Nothing is lost when the empty folder stays.
            let _ = fs::remove_dir_all(folder);
            Measured {
                first_frame,
                advised,
                keys,
                peak,
            }
        }

        /// When the screen was first like this.
        fn until(&mut self, shown: fn(&vt100::Screen) -> bool) -> Instant {
            let mut at = Instant::now();
            while !shown(self.screen.screen()) {
                let (arrived, bytes) = self.output.recv_timeout(PATIENCE).unwrap();
                self.screen.process(&bytes);
                at = arrived;
            }
            at
        }

        /// How long after a key the first bytes came.
        fn response(&mut self, key: &[u8]) -> Duration {
            // What is still under way belongs to what was before.
            while !matches!(
                self.output.recv_timeout(Duration::from_millis(15)),
                Err(RecvTimeoutError::Timeout)
            ) {}
            let typed = Instant::now();
            self.input.write_all(key).unwrap();
            let (at, _) = self.output.recv_timeout(PATIENCE).unwrap();
            at - typed
        }
    }

    /// Whether the last row, which is drawn last, has its last words.
    fn has_footer(screen: &vt100::Screen) -> bool {
        let (rows, columns) = (screen.size().0.get(), screen.size().1.get());
        let footer = screen.rows(0, columns).nth(usize::from(rows) - 1);
        footer.is_some_and(|footer| footer.trim_end().ends_with("help"))
    }

    /// Whether the conflicts, which are counted last, are told.
    fn has_advice(screen: &vt100::Screen) -> bool {
        screen.contents().contains("none open")
    }

    fn nonzero(cells: u16) -> NonZero<u16> {
        NonZero::new(cells).unwrap()
    }

    fn median(times: &[Duration]) -> Duration {
        let mut sorted = times.to_vec();
        sorted.sort_unstable();
        sorted.get(sorted.len() / 2).copied().unwrap_or_default()
    }

    fn milliseconds(time: Duration) -> String {
        format!("{:.2} ms", time.as_secs_f64() * 1000.0)
    }

    fn megabytes(kilobytes: u64) -> String {
        // A program that ends at once may never be caught.
        if kilobytes == 0 {
            return "not seen".to_owned();
        }
        format!("{:.1} MB", kilobytes as f64 / 1000.0)
    }
}
