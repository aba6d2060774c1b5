//! The program as people and scripts run it.

mod errors;
mod export;
mod files;
mod findings;
mod help;
mod inferred;
mod json;
mod knowledge_files;
mod output_schema;
mod packs;
mod pages;
mod slips;
mod standing;
mod streams;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A folder of its own with the small base and a design, and no environment.
pub(crate) struct Sandbox {
    folder: TempDir,
    variables: Vec<(String, String)>,
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
        copy(&here.join("base"), &folder.path().join("base"));
        fs::copy(here.join("shop.yaml"), folder.path().join("shop.yaml")).unwrap();
        Self {
            folder,
            variables: vec![("ARCHADVISOR_KB".into(), "base".into())],
        }
    }

    /// The same without an overlay: the built-in base.
    pub(crate) fn builtin() -> Self {
        let mut sandbox = Self::new();
        sandbox.variables.clear();
        sandbox
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_archadvisor"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear();
        // Windows programs do not start without it.
        command.envs(std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root)));
        command.env("HOME", self.folder.path());
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null());
        command
    }

    pub(crate) fn output(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    pub(crate) fn fed(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        child.wait_with_output().unwrap()
    }

    /// The JSON that a command prints.
    pub(crate) fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let output = self.output(arguments);
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"))
    }

    /// What a person sees: command, exit code, output, errors.
    pub(crate) fn seen(&self, arguments: &[&str]) -> String {
        let output = self.output(arguments);
        let mut text = format!("$ archadvisor {}\n", arguments.join(" "));
        text.push_str(&stdout(&output));
        let errors = String::from_utf8(output.stderr).unwrap();
        if !errors.is_empty() {
            text.push_str("[stderr]\n");
            text.push_str(&errors);
        }
        let code = output.status.code().unwrap();
        text + &format!("[exit {code}]\n")
    }
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
