//! What the program is told by its surroundings; passed in, so that commands can be run without them.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;

/// The environment variables that matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Environment {
    variables: BTreeMap<String, OsString>,
}

impl Environment {
    const NAMES: [&str; 11] = [
        "ARCHADVISOR_KB",
        "ARCHADVISOR_STATE_DIR",
        "CLICOLOR_FORCE",
        "HOME",
        "LANG",
        "LC_ALL",
        "LC_CTYPE",
        "LOCALAPPDATA",
        "NO_COLOR",
        "TERM",
        "XDG_STATE_HOME",
    ];

    /// Reads the environment of the process.
    pub(super) fn of_process() -> Self {
        let known = Self::NAMES
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), env::var_os(name)?)));
        Self {
            variables: known.collect(),
        }
    }

    /// Returns an environment of these variables only.
    #[cfg(test)]
    pub(super) fn of(variables: impl IntoIterator<Item = (&'static str, OsString)>) -> Self {
        let variables = variables
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        Self { variables }
    }

    /// Returns the value of a variable, unless it is empty or absent.
    pub(super) fn variable(&self, name: &str) -> Option<OsString> {
        self.variables
            .get(name)
            .filter(|value| !value.is_empty())
            .cloned()
    }

    /// Returns the variables that are text.
    pub(super) fn texts(&self) -> BTreeMap<String, String> {
        self.variables
            .iter()
            .filter_map(|(name, value)| Some((name.clone(), value.to_str()?.to_owned())))
            .collect()
    }
}
