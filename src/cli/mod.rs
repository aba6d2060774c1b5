//! The command line: arguments in, text or JSON out.
//!
//! Each command is a file with one `run`. Everything goes through one buffered `output::Output`; errors come back as
//! values and are printed here.

mod arguments;
mod check;
mod clock;
mod environment;
mod estimate;
mod explain;
mod export;
mod input;
mod interactive;
mod json;
mod kb;
mod kb_fmt;
mod kb_schema;
mod kb_stats;
mod kb_test;
mod kb_witness;
mod key_order;
mod knowledge;
mod names;
mod new;
mod output;
mod output_schema;
mod patterns;
mod recommend;
mod show;
mod style;

use crate::failure::{self, Outcome};
use crate::knowledge::KnowledgeBase;
use crate::problem::Problem;
use arguments::{Arguments, Command};
use clap::builder::PossibleValuesParser;
use clap::error::ErrorKind;
use clap::{CommandFactory as _, FromArgMatches as _};
use environment::Environment;
use output::Output;
use std::io::{self, BufWriter, IsTerminal as _, StdoutLock, Write as _};
use std::panic;
use std::path::PathBuf;
use std::process::ExitCode;
use style::{ColorChoice, Role, Style};

/// Standard output as commands see it.
type Stdout = Output<BufWriter<StdoutLock<'static>>>;

/// Runs the program with the arguments and the environment of the process.
pub fn main() -> ExitCode {
    panic::catch_unwind(run).unwrap_or_else(|_| {
        to_stderr("error: this is a fault of archadvisor, not of your input; please report it with the text above");
        ExitCode::from(failure::INTERNAL)
    })
}

fn run() -> ExitCode {
    let environment = Environment::of_process();
    let arguments = match parse(&environment) {
        Ok(arguments) => arguments,
        Err(error) => {
            // What stands where a command stands is one mistyped, whatever clap takes the words after it for.
            if error.use_stderr()
                && let Some(word) = first_word()
                && let Err(failure) = interactive::check_name(&word)
            {
                to_stderr(&failure::message(&failure.into()));
                return ExitCode::from(failure::BAD_INPUT);
            }
            let code = if error.use_stderr() {
                failure::BAD_INPUT
            } else {
                0
            };
            // Nothing is left to do when not even this can be written.
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let choice = arguments.global.color;
    let style = Style::decide(
        choice,
        |name| environment.variable(name),
        io::stdout().is_terminal(),
    );
    let mut output = Output::stdout(style);
    let outcome = dispatch(arguments, &environment, &mut output);
    let outcome = outcome.and_then(|outcome| {
        output.flush()?;
        Ok(outcome)
    });
    match outcome {
        Ok(outcome) => ExitCode::from(outcome.code()),
        Err(error) if failure::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = output.flush();
            let style = Style::decide(
                choice,
                |name| environment.variable(name),
                io::stderr().is_terminal(),
            );
            to_stderr(&highlight(&failure::message(&error), style));
            ExitCode::from(failure::BAD_INPUT)
        }
    }
}

fn parse(environment: &Environment) -> Result<Arguments, clap::Error> {
    // Whoever types nothing more waits for no table of what could be typed.
    if std::env::args_os().len() <= 1 {
        return Ok(Arguments::default());
    }
    // Colour of clap's own help and errors is told before they are made.
    let mut words = std::env::args().skip(1);
    let mut choice = ColorChoice::Auto;
    while let Some(word) = words.next() {
        let value = if word == "--color" {
            words.next()
        } else {
            word.strip_prefix("--color=").map(str::to_owned)
        };
        choice = match value.as_deref() {
            Some("always") => ColorChoice::Always,
            Some("never") => ColorChoice::Never,
            _ => choice,
        };
    }
    let colour = match choice {
        ColorChoice::Always => clap::ColorChoice::Always,
        ColorChoice::Never => clap::ColorChoice::Never,
        // clap obeys the same variables, but for TERM.
        ColorChoice::Auto
            if environment
                .variable("TERM")
                .is_none_or(|term| term == "dumb") =>
        {
            if environment.variable("CLICOLOR_FORCE").is_some() {
                clap::ColorChoice::Auto
            } else {
                clap::ColorChoice::Never
            }
        }
        ColorChoice::Auto => clap::ColorChoice::Auto,
    };
    let matches = command().color(colour).try_get_matches()?;
    let arguments = Arguments::from_arg_matches(&matches)?;
    // Global options stand on both sides of a command; what is for the terminal UI does not go with one.
    let interactive = &arguments.interactive;
    if arguments.command.is_some() && (interactive.design.is_some() || interactive.browse) {
        let message = "a design file or `--browse` cannot stand before a command";
        return Err(command()
            .color(colour)
            .error(ErrorKind::ArgumentConflict, message));
    }
    // Of values on both sides clap would keep the later ones only.
    let folders = std::env::args_os()
        .take_while(|word| word != "--")
        .filter(|word| word == "--kb" || word.to_string_lossy().starts_with("--kb="));
    if folders.count() > arguments.global.kb.len() {
        let message = "`--kb` may be repeated, but on one side of the command only";
        return Err(command()
            .color(colour)
            .error(ErrorKind::ArgumentConflict, message));
    }
    Ok(arguments)
}

/// The word that stands where a command does, when it is none.
fn first_word() -> Option<PathBuf> {
    let mut words = std::env::args_os().skip(1);
    loop {
        let word = words.next()?;
        match word.to_str() {
            // Their values are words of their own.
            Some("--kb" | "--color") => drop(words.next()),
            Some(option) if option.starts_with('-') => {}
            _ => {
                let mut known = command();
                known.build();
                let is_command = known.find_subcommand(&word).is_some();
                return (!is_command).then(|| PathBuf::from(word));
            }
        }
    }
}

/// The command line as clap sees it: help, completions and the manual page are made from it.
fn command() -> clap::Command {
    Arguments::command().max_term_width(100)
}

fn dispatch(
    arguments: Arguments,
    environment: &Environment,
    output: &mut Stdout,
) -> anyhow::Result<Outcome> {
    let folders = &arguments.global.kb;
    let shelf = knowledge::Shelf {
        folders,
        environment,
    };
    let Some(command) = arguments.command else {
        return interactive::run(
            shelf,
            &arguments.interactive,
            arguments.global.color,
            environment,
        );
    };
    match command {
        Command::Patterns(arguments) => {
            patterns::run(knowledge::base(folders, environment)?, &arguments, output)
        }
        Command::Show(arguments) => {
            show::run(knowledge::base(folders, environment)?, &arguments, output)
        }
        Command::Estimate(arguments) => estimate::run(shelf, &arguments, output),
        Command::Recommend(arguments) => recommend::run(shelf, &arguments, output),
        Command::Explain(arguments) => explain::run(shelf, &arguments, output),
        Command::Check(arguments) => check::run(shelf, &arguments, output),
        Command::New(arguments) => {
            new::run(knowledge::base(folders, environment)?, &arguments, output)
        }
        Command::Export(arguments) => export::run(shelf, &arguments, output),
        Command::Kb(arguments) => kb::run(&arguments.command, folders, environment, output),
        Command::Completions { shell } => {
            completions(knowledge::base(folders, environment)?, shell, output)
        }
        Command::Man => manual(output),
    }
}

fn completions(
    base: &KnowledgeBase,
    shell: clap_complete::Shell,
    output: &mut Stdout,
) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    let mut command = with_ids(base, command());
    clap_complete::generate(shell, &mut command, "archadvisor", &mut script);
    output.raw(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Fine)
}

/// The command line with the ids that may be typed, for completion only: when it is parsed, other names do as well.
fn with_ids(base: &KnowledgeBase, command: clap::Command) -> clap::Command {
    let owned = |id: &str| id.to_owned();
    let decisions: Vec<String> = base.decisions.ids().map(owned).collect();
    let axes: Vec<String> = base.axes.ids().map(owned).collect();
    let keys = base.requirements.ids().map(|id| format!("{id}="));
    let keys = keys.chain(axes.iter().map(|id| format!("priorities.{id}=")));
    let keys: Vec<String> = keys
        .chain(decisions.iter().map(|id| format!("decisions.{id}=")))
        .collect();
    let mut all: Vec<String> = base.patterns.ids().map(owned).collect();
    all.extend(base.requirements.ids().map(owned));
    all.extend(decisions.iter().chain(&axes).cloned());
    all.sort_unstable();
    all.dedup();
    let with = |command: clap::Command, name: &'static str, ids: &[(&'static str, &[String])]| {
        ids.iter().fold(command, |command, (argument, ids)| {
            let ids = PossibleValuesParser::new(ids.iter().cloned());
            command.mut_subcommand(name, |command| {
                command.mut_arg(argument, |argument| argument.value_parser(ids))
            })
        })
    };
    let command = with(
        command,
        "patterns",
        &[("axis", &axes), ("decision", &decisions)],
    );
    let command = with(command, "show", &[("id", &all)]);
    let command = with(
        command,
        "recommend",
        &[("decision", &decisions), ("set", &keys)],
    );
    let command = with(command, "explain", &[("words", &decisions), ("set", &keys)]);
    let command = with(command, "estimate", &[("set", &keys)]);
    with(command, "check", &[("set", &keys)])
}

fn manual(output: &mut Stdout) -> anyhow::Result<Outcome> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command()).render(&mut page)?;
    output.raw(&String::from_utf8_lossy(&page))?;
    Ok(Outcome::Fine)
}

/// The same message with its severity and its help standing out.
fn highlight(message: &str, style: Style) -> String {
    if !style.is_coloured() {
        return message.to_owned();
    }
    let mut text = String::new();
    for line in message.lines() {
        let painted = [("error:", Role::Bad), ("warning:", Role::Warn)]
            .into_iter()
            .find_map(|(word, role)| {
                line.strip_prefix(word)
                    .map(|rest| format!("{}{rest}", style.paint(role, word)))
            });
        text.push_str(painted.as_deref().unwrap_or(line));
        text.push('\n');
    }
    text.truncate(text.trim_end_matches('\n').len());
    text
}

/// Tells what was odd about a design, beside the output and not in it.
fn warn(warnings: &[Problem]) {
    for warning in warnings {
        to_stderr(&format!("{}\n", failure::safe(&warning.to_string())));
    }
}

fn to_stderr(message: &str) {
    // Nothing is left to do when standard error is gone.
    let _ = writeln!(io::stderr().lock(), "{message}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_nothing_means_what_clap_makes_of_it() {
        let matches = command().try_get_matches_from(["archadvisor"]);
        let parsed = matches.and_then(|matches| Arguments::from_arg_matches(&matches));
        let parsed = parsed.map(|arguments| format!("{arguments:?}")).ok();
        assert_eq!(parsed, Some(format!("{:?}", Arguments::default())));
    }
}
