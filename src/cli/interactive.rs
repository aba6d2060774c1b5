//! The terminal UI: opens the design, shows it, and does what the interface asks of files and terminal.

use super::arguments::InteractiveArguments;
use super::clock;
use super::environment::Environment;
use super::input;
use super::key_order::key_order;
use super::knowledge::Shelf;
use super::style::ColorChoice;
use crate::builtin;
use crate::design::{Access, Design, text};
use crate::failure::{Failure, Outcome};
use crate::problem::{Problem, nearest, printable};
use crate::report::markdown;
use crate::store::{self, DesignFile, Recovered, StoreError};
use crate::terminal::{self, Capabilities, Ended};
use crate::tui::{Draft, Effect, Exported, Knowledge, Model, Msg, Pack, Saved, Setup};
use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Shows the terminal UI.
pub(super) fn run(
    shelf: Shelf<'_>,
    arguments: &InteractiveArguments,
    choice: ColorChoice,
    environment: &Environment,
) -> anyhow::Result<Outcome> {
    if let Some(path) = &arguments.design {
        check_name(path)?;
    }
    let mut capabilities = Capabilities::detect(&environment.texts(), io::stdout().is_terminal());
    if !capabilities.interactive {
        let help = "for text, use a command: archadvisor recommend, archadvisor patterns, archadvisor --help";
        return Err(Failure::with_help("the terminal UI needs a terminal", help).into());
    }
    match choice {
        ColorChoice::Always => capabilities.colour = true,
        ColorChoice::Never => capabilities.colour = false,
        ColorChoice::Auto => {}
    }
    let path = match &arguments.design {
        Some(path) if path.as_os_str() == "-" => {
            let help = "name a file; `archadvisor recommend -` reads standard input";
            return Err(
                Failure::with_help("the terminal UI cannot save to standard input", help).into(),
            );
        }
        Some(path) => path.clone(),
        None => input::look_upward().unwrap_or_else(|| PathBuf::from(store::DESIGN_FILE)),
    };
    let mut desk = Desk::open(&path, environment)?;
    let design = desk.opened.clone();
    let base = shelf.with_packs(&design.packs)?;
    let base = Rc::new(base);
    let setup = Setup {
        base: Rc::clone(&base),
        design,
        file: path.to_string_lossy().into_owned(),
        export: path.with_extension("md").to_string_lossy().into_owned(),
        read_only: desk.read_only.clone(),
        notice: desk.notice.take(),
        today: clock::today(),
        theme: capabilities.theme(),
        size: crossterm::terminal::size().unwrap_or((80, 24)),
        browse: arguments.browse,
        markdown: markdown::document,
        brief: markdown::brief,
        packs,
    };
    let perform = |effect| match effect {
        Effect::Begin => {
            desk.order = key_order(&base);
            desk.begin()
        }
        Effect::Consult(packs) => {
            let base = shelf.with_packs(&packs).map_err(|error| error.to_string());
            if let Ok(base) = &base {
                desk.order = key_order(base);
            }
            Some(Msg::Consulted(
                packs,
                base.map(|base| Knowledge(Rc::new(base))),
            ))
        }
        effect => desk.perform(effect),
    };
    match terminal::run(Model::new(setup), perform)? {
        Ended::Left => Ok(Outcome::Fine),
        Ended::Signal(signal) => Ok(Outcome::Signal(u8::try_from(signal).unwrap_or(0))),
    }
}

/// The sector packs that are bundled.
fn packs() -> Vec<Pack> {
    let pack = |name: &str| Pack {
        name: name.to_owned(),
        title: builtin::pack_title(name).to_owned(),
    };
    builtin::packs().into_iter().map(pack).collect()
}

/// A mistyped command must not become the name of a new design.
pub(super) fn check_name(path: &Path) -> Result<(), Failure> {
    let is_design = path
        .extension()
        .is_some_and(|extension| extension == "yaml" || extension == "yml");
    if is_design || path.exists() || path.as_os_str() == "-" {
        return Ok(());
    }
    let name = path.to_string_lossy();
    let command = super::command();
    let near = nearest(
        &name,
        command.get_subcommands().map(clap::Command::get_name),
    );
    let help = match near {
        Some(near) => format!("did you mean `archadvisor {near}`?"),
        None => {
            "a new design is a file that ends in `.yaml`; `archadvisor --help` lists the commands"
                .to_owned()
        }
    };
    Err(Failure::with_help(
        &format!("there is no command and no file `{name}`"),
        &help,
    ))
}

/// The design's file, and what is known of it.
struct Desk {
    file: DesignFile,
    order: text::KeyOrder,
    /// What the file holds, as far as it was read or written here.
    text: Option<String>,
    /// Whether the journal holds what is being typed.
    drafted: bool,
    /// What was being typed when the program ended last time.
    left: Option<Draft>,
    /// Another program's version, until the person has decided between the two.
    theirs: Option<(Vec<u8>, Option<Design>)>,
    opened: Design,
    /// The folder for journals.
    state: Option<PathBuf>,
    read_only: Option<String>,
    notice: Option<String>,
}

impl Desk {
    fn open(path: &Path, environment: &Environment) -> anyhow::Result<Self> {
        let (file, bytes) = DesignFile::open(path).map_err(|error| store_failure(&error))?;
        let mut desk = Self {
            file,
            order: text::KeyOrder::default(),
            text: None,
            drafted: false,
            left: None,
            theirs: None,
            opened: Design::default(),
            state: store::state_dir(|name| environment.variable(name)),
            read_only: None,
            notice: None,
        };
        if let Some(bytes) = bytes
            && let Err(mut failure) = desk.read(path, &bytes)
        {
            // The file cannot be used, but what was not saved last time still can.
            if let Ok(Some(recovered)) = desk.keep_journal() {
                let beside = desk.put_beside(&recovered)?;
                let text = format!("what was not saved last time is in `{}`", beside.display());
                failure.problems.push(Problem::warning(printable(&text)));
            }
            return Err(failure.into());
        }
        if let Some(error) = desk.file.protection() {
            desk.read_only.get_or_insert(error.to_string());
            desk.notice
                .get_or_insert(format!("Read-only: {error}; {}", error.help()));
        }
        Ok(desk)
    }

    fn keep_journal(&mut self) -> Result<Option<Recovered>, StoreError> {
        match &self.state {
            Some(state) => self.file.keep_journal(state),
            None => Ok(None),
        }
    }

    /// Begins to keep a journal, and looks into the one of last time.
    fn begin(&mut self) -> Option<Msg> {
        let kept = self.keep_journal();
        if self.read_only.is_none() {
            self.left = self.file.draft().and_then(Draft::from_text);
            self.drafted = self.left.is_some();
        }
        match kept {
            Ok(recovered) => self.recover(recovered?).unwrap_or_else(|failure| {
                let told = failure.problems.first().map(short);
                told.map(Msg::Told)
            }),
            Err(error) => Some(Msg::Told(format!("{error}: {}", error.help()))),
        }
    }

    fn read(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        let (opened, problems) = Design::from_bytes(&path.to_string_lossy(), bytes);
        let Some(opened) = opened else {
            return Err(Failure { problems });
        };
        self.text = Some(String::from_utf8_lossy(bytes).into_owned());
        self.opened = opened.design;
        if let Access::ReadOnly { reason } = opened.access {
            self.notice = problems
                .iter()
                .find(|problem| problem.is_error())
                .map(short);
            self.read_only = Some(reason);
        }
        Ok(())
    }

    /// Takes up what was typed but not saved when the program ended last time.
    fn recover(&mut self, recovered: Recovered) -> Result<Option<Msg>, Failure> {
        let path = self.file.path().to_string_lossy();
        let (ours, _) = Design::from_bytes(&path, recovered.text.as_bytes());
        let ours = ours.filter(|_| !recovered.file_changed && self.read_only.is_none());
        let Some(ours) = ours else {
            // Neither version is lost: theirs stays in the file, ours goes beside it.
            let beside = self.put_beside(&recovered)?;
            return Ok(Some(Msg::Told(format!(
                "What was not saved last time is in {}",
                beside.display()
            ))));
        };
        if ours.design == self.opened {
            self.file.forget().map_err(|error| store_failure(&error))?;
            return Ok(None);
        }
        Ok(Some(Msg::Recovered(Box::new(ours.design))))
    }

    /// Puts what was recovered into a file of its own.
    fn put_beside(&mut self, recovered: &Recovered) -> Result<PathBuf, Failure> {
        let beside = self.file.write_beside(&recovered.text);
        let beside = beside.map_err(|error| store_failure(&error))?;
        self.file.forget().map_err(|error| store_failure(&error))?;
        Ok(beside)
    }

    /// Looks whether another program changed the file.
    fn look(&mut self) -> Option<Msg> {
        let theirs = self.file.changed()?;
        let (opened, _) = Design::from_bytes("theirs", &theirs);
        let design = opened.map(|opened| opened.design);
        self.theirs = Some((theirs, design.clone()));
        Some(Msg::Changed(design.map(Box::new)))
    }

    fn perform(&mut self, effect: Effect) -> Option<Msg> {
        match effect {
            Effect::Save {
                revision,
                design,
                overwrite,
            } => {
                let saved = self.save(&design, overwrite).unwrap_or_else(Saved::Failed);
                Some(Msg::Saved(revision, saved))
            }
            Effect::Export {
                path,
                text,
                overwrite,
            } => {
                let target = Path::new(&path);
                let exported = if store::is_same_file(self.file.path(), target) {
                    Exported::Failed("this is the design itself: name another file".to_owned())
                } else {
                    export(target, &text, overwrite)
                };
                Some(Msg::Exported(path, exported))
            }
            Effect::Copy(text) => {
                let copied = execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text));
                Some(Msg::Copied(copied.map_err(|error| error.to_string())))
            }
            Effect::Draft(draft) => {
                self.draft(draft.as_ref());
                None
            }
            Effect::Begin => self.begin(),
            Effect::Resume => self.left.take().map(Msg::Drafted),
            Effect::Look => self.look(),
            Effect::Consult(_) | Effect::Suspend | Effect::Quit => None,
        }
    }

    /// Keeps what is being typed in the journal, or takes it out again. That it cannot is told by the next save.
    fn draft(&mut self, draft: Option<&Draft>) {
        match draft {
            Some(draft) => self.drafted |= self.file.record_draft(&draft.to_text()).is_ok(),
            None if self.drafted => self.drafted = self.file.record_draft("").is_err(),
            None => {}
        }
    }

    fn save(&mut self, design: &Design, overwrite: bool) -> Result<Saved, String> {
        if let Some((bytes, theirs)) = self.theirs.take() {
            // The person has seen both: either ours goes on top, or theirs was taken over.
            if overwrite || theirs.as_ref() == Some(design) {
                self.text = String::from_utf8(bytes.clone()).ok();
                self.file.accept(bytes);
            } else {
                self.theirs = Some((bytes, theirs));
            }
        }
        let text = self.text_of(design)?;
        match self
            .file
            .save(&text)
            .map_err(|error| format!("{error}: {}", error.help()))?
        {
            store::Saved::Written => {
                self.text = Some(text);
                Ok(Saved::Done)
            }
            store::Saved::Conflict { theirs } => {
                let (opened, _) = Design::from_bytes("theirs", &theirs);
                let design = opened.map(|opened| opened.design);
                self.theirs = Some((theirs, design.clone()));
                Ok(Saved::Changed(design.map(Box::new)))
            }
        }
    }

    fn text_of(&self, design: &Design) -> Result<String, String> {
        match text::update(self.text.as_deref(), design, &self.order) {
            Ok(text) => Ok(text),
            // Over a file that is broken only a whole new one can go, and only when that was asked for.
            Err(text::UpdateError::Broken(_))
                if self.theirs.is_none() && self.read_only.is_none() =>
            {
                text::update(None, design, &self.order).map_err(|error| error.to_string())
            }
            Err(error) => Err(error.to_string()),
        }
    }
}

fn export(path: &Path, text: &str, overwrite: bool) -> Exported {
    if !overwrite && path.exists() {
        return Exported::Exists;
    }
    match store::write(path, text.as_bytes()) {
        Ok(()) => Exported::Done,
        Err(error) => Exported::Failed(format!("{error}: {}", error.help())),
    }
}

/// A store's error as a failure, with what to do about it.
pub(super) fn store_failure(error: &StoreError) -> Failure {
    let cause = std::error::Error::source(error)
        .map(|source| format!(": {source}"))
        .unwrap_or_default();
    Failure::with_help(&format!("{error}{cause}"), error.help())
}

/// A problem on one line.
fn short(problem: &Problem) -> String {
    let line = problem
        .place
        .as_ref()
        .map(|place| format!("line {}: ", place.line))
        .unwrap_or_default();
    format!("{line}{}", problem.message)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;
    use std::fs;

    fn desk(path: &Path) -> Desk {
        let environment =
            Environment::of([("ARCHADVISOR_STATE_DIR", path.with_extension("state").into())]);
        Desk::open(path, &environment).unwrap()
    }

    /// What was not saved last time, when that is offered once the first frame is shown.
    fn offered(desk: &mut Desk) -> Option<String> {
        match desk.perform(Effect::Begin) {
            Some(Msg::Recovered(design)) => Some(design.title),
            _ => None,
        }
    }

    fn save(desk: &mut Desk, title: &str, overwrite: bool) -> Option<Msg> {
        let design = Box::new(Design {
            title: title.to_owned(),
            ..Design::default()
        });
        desk.perform(Effect::Save {
            revision: 7,
            design,
            overwrite,
        })
    }

    #[test]
    fn what_people_wrote_survives_a_save() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        fs::write(&path, "# mine\ntitle: Old # kept\nours: 1\n").unwrap();
        let mut desk = desk(&path);
        assert_eq!(desk.opened.title, "Old");
        assert_eq!(
            save(&mut desk, "New", false),
            Some(Msg::Saved(7, Saved::Done))
        );
        let text = fs::read_to_string(&path).unwrap();
        assert!(
            text.starts_with("# mine\n")
                && text.contains("title: New # kept\n")
                && text.contains("ours: 1"),
            "{text}"
        );
    }

    #[test]
    fn another_programs_change_is_noticed_and_either_version_can_win() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        let mut desk = desk(&path);
        assert_eq!(
            save(&mut desk, "Ours", false),
            Some(Msg::Saved(7, Saved::Done))
        );
        fs::write(&path, "title: Theirs # said so\n").unwrap();
        let Some(Msg::Saved(7, Saved::Changed(Some(theirs)))) = save(&mut desk, "Newer", false)
        else {
            panic!("the change went unnoticed");
        };
        assert_eq!(theirs.title, "Theirs");
        // Trying again without having decided changes nothing.
        assert!(matches!(
            save(&mut desk, "Newer", false),
            Some(Msg::Saved(7, Saved::Changed(_)))
        ));
        assert_eq!(
            save(&mut desk, "Newer", true),
            Some(Msg::Saved(7, Saved::Done))
        );
        assert!(
            fs::read_to_string(&path)
                .unwrap()
                .contains("title: Newer # said so")
        );
        // The other way round: theirs is taken over, and work goes on from there.
        fs::write(&path, "title: Theirs\n").unwrap();
        assert!(matches!(
            save(&mut desk, "Newest", false),
            Some(Msg::Saved(7, Saved::Changed(_)))
        ));
        assert_eq!(
            save(&mut desk, "Theirs", false),
            Some(Msg::Saved(7, Saved::Done))
        );
        assert_eq!(
            save(&mut desk, "Later", false),
            Some(Msg::Saved(7, Saved::Done))
        );
        assert!(fs::read_to_string(&path).unwrap().contains("title: Later"));
    }

    #[test]
    fn what_was_not_saved_is_recovered() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        fs::write(&path, "title: Old\n").unwrap();
        let mut first = desk(&path);
        assert_eq!(offered(&mut first), None);
        // As if the process had been killed between journal and file.
        first.file.record("title: Typed\n").unwrap();
        drop(first);
        let mut second = desk(&path);
        assert_eq!(second.opened.title, "Old");
        assert_eq!(offered(&mut second).as_deref(), Some("Typed"));
        drop(second);
        fs::write(&path, "title: Elsewhere\n").unwrap();
        let mut third = desk(&path);
        assert_eq!(third.opened.title, "Elsewhere");
        let told = third.perform(Effect::Begin);
        assert!(matches!(told, Some(Msg::Told(text)) if text.contains("a.ours.yaml")));
        let beside = fs::read_dir(folder.path())
            .unwrap()
            .flatten()
            .map(|entry| entry.path());
        let kept = beside
            .filter(|path| path.is_file())
            .filter_map(|path| fs::read_to_string(path).ok());
        assert!(kept.into_iter().any(|text| text == "title: Typed\n"));
    }

    #[test]
    fn what_is_being_typed_is_recovered_until_it_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        fs::write(&path, "title: Old\n").unwrap();
        let half = |text: &str| Draft {
            place: "title".to_owned(),
            text: text.to_owned(),
        };
        let mut first = desk(&path);
        assert_eq!(offered(&mut first), None);
        // A save that failed, and something else being typed after it: each comes back as what it is.
        first.file.record("title: Said\n").unwrap();
        first.perform(Effect::Draft(Some(half("Half a\nti"))));
        drop(first);
        assert_eq!(fs::read_to_string(&path).unwrap(), "title: Old\n");
        let mut second = desk(&path);
        assert_eq!(offered(&mut second).as_deref(), Some("Said"));
        let resumed = second.perform(Effect::Resume);
        assert_eq!(resumed, Some(Msg::Drafted(half("Half a\nti"))));
        assert!(save(&mut second, "Said", false).is_some());
        drop(second);
        let mut third = desk(&path);
        assert_eq!(offered(&mut third), None, "it is saved");
        assert!(fs::read_to_string(&path).unwrap().contains("title: Said"));
        third.perform(Effect::Draft(Some(half("Half a title"))));
        third.perform(Effect::Draft(None));
        drop(third);
        let mut last = desk(&path);
        assert_eq!(offered(&mut last), None);
        assert_eq!(last.perform(Effect::Resume), None, "it was left by hand");
    }

    #[test]
    fn a_journal_is_begun_when_asked_for_and_its_failure_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        let state = path.with_extension("state");
        let mut first = desk(&path);
        assert!(!state.exists(), "the first frame waits for no folder");
        assert_eq!(first.perform(Effect::Begin), None);
        assert!(state.join("journal").is_dir());
        drop(first);
        fs::remove_dir_all(&state).unwrap();
        fs::write(&state, "no folder").unwrap();
        let told = desk(&path).perform(Effect::Begin);
        assert!(matches!(told, Some(Msg::Told(text)) if text.contains("ARCHADVISOR_STATE_DIR")));
    }

    #[test]
    fn what_was_not_saved_is_recovered_beside_a_file_that_broke() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        fs::write(&path, "title: Old\n").unwrap();
        let mut first = desk(&path);
        assert_eq!(offered(&mut first), None);
        first.file.record("title: Typed\n").unwrap();
        drop(first);
        fs::write(&path, "title: [broken\n").unwrap();
        let environment =
            Environment::of([("ARCHADVISOR_STATE_DIR", path.with_extension("state").into())]);
        let message = Desk::open(&path, &environment).err().unwrap().to_string();
        let beside = folder.path().join("a.ours.yaml");
        assert!(message.contains("a.ours.yaml"), "{message}");
        assert_eq!(fs::read_to_string(beside).unwrap(), "title: Typed\n");
        assert_eq!(fs::read_to_string(&path).unwrap(), "title: [broken\n");
    }

    #[test]
    fn a_look_tells_each_change_of_another_program_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        let mut desk = desk(&path);
        assert_eq!(desk.perform(Effect::Look), None);
        assert!(save(&mut desk, "Ours", false).is_some());
        assert_eq!(desk.perform(Effect::Look), None, "our own save is none");
        fs::write(&path, "title: Theirs here\n").unwrap();
        let Some(Msg::Changed(Some(theirs))) = desk.perform(Effect::Look) else {
            panic!("the change went unnoticed");
        };
        assert_eq!(theirs.title, "Theirs here");
        assert_eq!(desk.perform(Effect::Look), None);
        assert!(matches!(
            save(&mut desk, "Ours", false),
            Some(Msg::Saved(7, Saved::Changed(_)))
        ));
    }

    #[test]
    fn an_export_never_replaces_the_design() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        let mut desk = desk(&path);
        for exists in [false, true] {
            for name in ["a.yaml", "./a.yaml"] {
                let path = folder.path().join(name).to_string_lossy().into_owned();
                let export = Effect::Export {
                    path,
                    text: "# Summary".to_owned(),
                    overwrite: true,
                };
                let Some(Msg::Exported(_, Exported::Failed(reason))) = desk.perform(export) else {
                    panic!("the design was replaced: {name}, {exists}");
                };
                assert!(reason.contains("the design itself"), "{reason}");
            }
            assert_eq!(path.exists(), exists);
            assert!(save(&mut desk, "Ours", false).is_some());
        }
        assert!(fs::read_to_string(&path).unwrap().contains("Ours"));
    }

    #[test]
    fn an_export_asks_before_it_replaces() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        assert_eq!(export(&path, "one", false), Exported::Done);
        assert_eq!(export(&path, "two", false), Exported::Exists);
        assert_eq!(export(&path, "two", true), Exported::Done);
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert!(matches!(
            export(&path.join("under"), "x", false),
            Exported::Failed(_)
        ));
    }

    #[test]
    fn a_mistyped_command_is_no_design() {
        assert!(
            check_name(Path::new("recomend"))
                .unwrap_err()
                .to_string()
                .contains("archadvisor recommend")
        );
        assert!(check_name(Path::new("shop.yaml")).is_ok());
    }
}
