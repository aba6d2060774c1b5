//! The command line: what may be typed, and the help that says so.

use super::style::ColorChoice;
use crate::problem::printable;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  archadvisor new --sample ticket-flash-sale  start from a bundled design
  archadvisor                                 walk through the ten steps
  archadvisor recommend --set peak_rps=12k --set avail_target=99.95%
  archadvisor patterns --axis consistency     what helps it and what hurts it
  archadvisor show saga                       one pattern, with reasons and sources
  archadvisor check --fail-on medium          in CI: exit 1 when conflicts stand

Exit codes: 0 fine, 1 the answer is no, 2 usage or bad input, 70 internal fault.";

/// Architecture tradeoffs in the terminal: answers in, recommendations with reasons out
///
/// Walks you through a ten-step design process, recommends patterns at every step, says why in numbers that add up,
/// shows what each choice costs on the other quality axes, and flags conflicts with their ways out. Deterministic and
/// offline: the same design gives the same advice, and every figure can be traced to a rule and its source.
#[derive(Debug, Default, Parser)]
#[command(name = "archadvisor", version, after_long_help = EXAMPLES)]
#[command(
    override_usage = "archadvisor [OPTIONS] [DESIGN]\n       archadvisor [OPTIONS] <COMMAND>"
)]
#[command(subcommand_negates_reqs = true, disable_help_subcommand = true)]
pub(super) struct Arguments {
    /// Options of every command.
    #[command(flatten)]
    pub(super) global: GlobalArguments,

    /// What to do; the terminal UI, when absent.
    #[command(subcommand)]
    pub(super) command: Option<Command>,

    /// Options of the terminal UI.
    #[command(flatten)]
    pub(super) interactive: InteractiveArguments,
}

/// Options of every command.
#[derive(Debug, Default, Args)]
pub(super) struct GlobalArguments {
    /// Lay a folder of knowledge over the built-in base (can be repeated, later wins)
    ///
    /// `pack:NAME` names a bundled sector pack: ads-telemetry, eu-public, games, health or payments. Folders in
    /// `$ARCHADVISOR_KB`, separated as in `$PATH`, are laid first.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        help_heading = "Global options"
    )]
    pub(super) kb: Vec<PathBuf>,

    /// When to use colour
    ///
    /// `auto` obeys `NO_COLOR`, `CLICOLOR_FORCE` and `TERM=dumb`, and uses none when the output is piped.
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        value_enum,
        default_value_t,
        help_heading = "Global options"
    )]
    pub(super) color: ColorChoice,
}

/// Options of the terminal UI.
#[derive(Debug, Default, Args)]
pub(super) struct InteractiveArguments {
    /// The design file to work on; by default `archadvisor.yaml` here or in a folder above
    #[arg(value_name = "DESIGN")]
    pub(super) design: Option<PathBuf>,

    /// Open the pattern browser instead of the process
    #[arg(long)]
    pub(super) browse: bool,
}

/// Commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Create a design file, blank or a copy of a bundled design
    New(NewArguments),
    /// Browse patterns by quality axis: what helps it, what hurts it, when and why
    Patterns(PatternsArguments),
    /// Show one pattern, decision, axis, tradeoff, requirement, quantity, step, source, hazard or rule
    Show(ShowArguments),
    /// Compute load, data, latency and availability figures, with every derivation
    Estimate(EstimateArguments),
    /// Recommend patterns for every decision of the ten steps
    Recommend(RecommendArguments),
    /// Explain why a pattern is recommended, or why it is not
    Explain(ExplainArguments),
    /// Check designs for conflicts; exit 1 when some stand
    Check(CheckArguments),
    /// Export a design as a document
    Export(ExportArguments),
    /// Look after knowledge: check it, test it, count it
    Kb(KbArguments),
    /// Print a completion script for a shell
    #[command(
        after_long_help = "Examples:\n  archadvisor completions bash > ~/.local/share/bash-completion/completions/archadvisor\n  archadvisor completions zsh > ~/.zfunc/_archadvisor\n  archadvisor completions fish > ~/.config/fish/completions/archadvisor.fish"
    )]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(
        after_long_help = "Examples:\n  archadvisor man > ~/.local/share/man/man1/archadvisor.1"
    )]
    Man,
}

/// The design to look at.
#[derive(Debug, Args)]
pub(super) struct DesignArguments {
    /// The design file, `-` for standard input; by default `archadvisor.yaml` here or in a folder above
    #[arg(value_name = "DESIGN")]
    pub(super) design: Option<PathBuf>,

    #[command(flatten)]
    pub(super) set: SetArguments,
}

impl DesignArguments {
    /// Another command on the same design and the same knowledge, as a hint names it.
    pub(super) fn again(&self, knowledge: &[PathBuf], command: &str, rest: &str) -> String {
        let mut words = vec!["archadvisor".to_owned(), command.to_owned()];
        words.extend(self.design.as_deref().map(quoted));
        words.extend((!rest.is_empty()).then(|| rest.to_owned()));
        words.extend((!self.set.set.is_empty()).then(|| "--set …".to_owned()));
        words.extend(
            knowledge
                .iter()
                .map(|folder| format!("--kb {}", quoted(folder))),
        );
        words.join(" ")
    }
}

/// A word as a shell takes it, with nothing in it that a terminal obeys.
fn quoted(path: &Path) -> String {
    let word = path.to_string_lossy();
    let is_plain = |c: char| c.is_alphanumeric() || "-_./+,@:=".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.into_owned();
    }
    format!("'{}'", printable(&word).replace('\'', r"'\''"))
}

/// Answers given on the command line.
#[derive(Debug, Args)]
pub(super) struct SetArguments {
    /// Answer or choose something, as the design file would (can be repeated)
    ///
    /// The keys and spellings are those of the design file: `peak_rps=12k`, `priorities.security=critical`,
    /// `decisions.store=relational-db`, `title=Shop`. A decision takes several options separated by commas. An empty
    /// value takes an answer back. Without a design file, only what is set is known.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub(super) set: Vec<String>,
}

/// Output as data.
#[derive(Debug, Args)]
pub(super) struct JsonArguments {
    /// Write JSON for programs to read
    #[arg(long)]
    pub(super) json: bool,
}

/// `new`
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  archadvisor new\n  archadvisor new shop.yaml --sample ticket-flash-sale\n  archadvisor new - --sample telemetry-fleet | archadvisor recommend -"
)]
pub(super) struct NewArguments {
    /// The file to create, `-` for standard output
    #[arg(value_name = "FILE", default_value = "archadvisor.yaml")]
    pub(super) file: PathBuf,

    /// Start from a bundled design: ticket-flash-sale, telemetry-fleet, internal-crud-tool or hospital-records
    #[arg(long, value_name = "NAME")]
    pub(super) sample: Option<String>,
}

/// `patterns`
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  archadvisor patterns --axis consistency\n  archadvisor patterns --decision store\n  archadvisor patterns --category cache --axis cost\n  archadvisor patterns --search 'event sourcing' --json"
)]
pub(super) struct PatternsArguments {
    /// List what helps and what hurts this quality axis, strongest first (can be repeated)
    #[arg(long, value_name = "AXIS")]
    pub(super) axis: Vec<String>,

    /// Only the options of this decision
    #[arg(long, value_name = "DECISION")]
    pub(super) decision: Option<String>,

    /// Only patterns of this category
    #[arg(long, value_name = "CATEGORY")]
    pub(super) category: Option<String>,

    /// Only patterns that fit these words, best first: by name, then by what they say of themselves and take away
    #[arg(long, value_name = "TEXT")]
    pub(super) search: Option<String>,

    #[command(flatten)]
    pub(super) json: JsonArguments,
}

/// `show`
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  archadvisor show saga-orchestration\n  archadvisor show Postgres\n  archadvisor show consistency             the quality axis\n  archadvisor show decision/consistency    the decision of the same name\n  archadvisor show 4                       step 4\n  archadvisor show --seed S2-109           what stands for an item of the guides\n  archadvisor show precedents              all of them, as tradeoffs, decisions, hazards, axes, …\n  archadvisor show health                  a sector pack",
    override_usage = "archadvisor show [OPTIONS] [ID | --seed ITEM]"
)]
pub(super) struct ShowArguments {
    /// An id, or another name of a pattern; `KIND/ID` where an id has several meanings; all of a kind by its plural:
    /// `precedents`, `tradeoffs`, `decisions`, `hazards`; without it, the kinds that there are
    #[arg(value_name = "ID")]
    pub(super) id: Option<String>,

    /// List what stands for an item of the guides instead
    #[arg(long, value_name = "ITEM", conflicts_with = "id")]
    pub(super) seed: Option<String>,

    #[command(flatten)]
    pub(super) json: JsonArguments,
}

/// `estimate`
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  archadvisor estimate\n  archadvisor estimate --set dau=2M --set req_per_user_day=40"
)]
pub(super) struct EstimateArguments {
    #[command(flatten)]
    pub(super) design: DesignArguments,

    #[command(flatten)]
    pub(super) json: JsonArguments,
}

/// `recommend`
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  archadvisor recommend\n  archadvisor recommend shop.yaml --decision store\n  archadvisor recommend --set peak_rps=12k --set priorities.security=critical --json"
)]
pub(super) struct RecommendArguments {
    #[command(flatten)]
    pub(super) design: DesignArguments,

    /// Only this decision (can be repeated)
    #[arg(long, value_name = "DECISION")]
    pub(super) decision: Vec<String>,

    #[command(flatten)]
    pub(super) json: JsonArguments,
}

/// `explain`
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  archadvisor explain decomposition\n  archadvisor explain shop.yaml decomposition microservices\n  archadvisor explain store --set data_gb=20TB\n  archadvisor explain load-testing --set avail_target=99.95%",
    override_usage = "archadvisor explain [OPTIONS] [DESIGN] <DECISION|PRACTICE> [OPTION]"
)]
pub(super) struct ExplainArguments {
    /// The decision, and the option to explain; the recommended one, when absent. Or an option alone, or a practice. A design file (`.yaml`, `.yml` or `-`)
    /// may be named before them
    #[arg(value_name = "DECISION", required = true, num_args = 1..=3)]
    pub(super) words: Vec<String>,

    /// The design file, `-` for standard input; by default `archadvisor.yaml` here or in a folder above
    #[arg(long, value_name = "DESIGN")]
    pub(super) design: Option<PathBuf>,

    #[command(flatten)]
    pub(super) set: SetArguments,

    #[command(flatten)]
    pub(super) json: JsonArguments,
}

/// `check`
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  archadvisor check\n  archadvisor check services/*/archadvisor.yaml --fail-on medium\n  archadvisor check --format json | jq '.designs[].conflicts[].id'"
)]
pub(super) struct CheckArguments {
    /// The design files, `-` for standard input; by default `archadvisor.yaml` here or in a folder above
    #[arg(value_name = "DESIGN")]
    pub(super) designs: Vec<PathBuf>,

    /// The least severity that makes the check fail
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t = FailOn::High)]
    pub(super) fail_on: FailOn,

    /// How to report
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = CheckFormat::Text)]
    pub(super) format: CheckFormat,

    /// Tell the ways out of mild conflicts too
    #[arg(long)]
    pub(super) all: bool,

    /// The day by which waivers run out and reviews are due; by default the present one
    #[arg(long, value_name = "DATE", value_parser = super::clock::day)]
    pub(super) today: Option<String>,

    #[command(flatten)]
    pub(super) set: SetArguments,

    /// The same as `--format json`
    #[arg(long, conflicts_with = "format")]
    pub(super) json: bool,
}

/// The least severity that makes a check fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// Only high.
    High,
    /// High and medium.
    Medium,
    /// Any conflict.
    Low,
    /// None: report only.
    Never,
}

/// How `check` reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// `export`
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  archadvisor export shop.yaml -o ARCHITECTURE.md\n  archadvisor export --format json"
)]
pub(super) struct ExportArguments {
    #[command(flatten)]
    pub(super) design: DesignArguments,

    /// The format
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ExportFormat::Markdown)]
    pub(super) format: ExportFormat,

    /// In Markdown, leave out what lies behind each decision: options, estimates, practices
    #[arg(long)]
    pub(super) brief: bool,

    /// Where to write, `-` for standard output; an existing file is replaced
    #[arg(short, long, value_name = "PATH")]
    pub(super) output: Option<PathBuf>,
}

/// A format of exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// A decision record for people.
    Markdown,
    /// The same for programs.
    Json,
}

/// `kb`
#[derive(Debug, Args)]
#[command(arg_required_else_help = true, disable_help_subcommand = true)]
pub(super) struct KbArguments {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: KbCommand,
}

/// Commands of `kb`.
#[derive(Debug, Subcommand)]
pub(super) enum KbCommand {
    /// Check the knowledge, overlays included; exit 1 when there are errors
    #[command(
        after_long_help = "Examples:\n  archadvisor kb lint --kb our-standards\n  archadvisor kb lint --today 2028-06-30"
    )]
    Lint {
        /// The day on which reviews are or are not due; by default the present one
        #[arg(long, value_name = "DATE", value_parser = super::clock::day)]
        today: Option<String>,
        #[command(flatten)]
        json: JsonArguments,
    },
    /// Run the golden cases of the knowledge; exit 1 when an expectation is not met
    #[command(
        after_long_help = "Examples:\n  archadvisor kb test\n  archadvisor kb test flash-sale --kb our-standards"
    )]
    Test {
        /// Only these cases
        #[arg(value_name = "CASE")]
        cases: Vec<String>,
        #[command(flatten)]
        json: JsonArguments,
    },
    /// Look for answers under which each option is recommended, and print them as a file of the knowledge; exit 1 when
    /// an option has none
    #[command(
        after_long_help = "Examples:\n  archadvisor kb witness -o knowledge/witnesses.yaml\n  archadvisor kb witness --kb our-standards"
    )]
    Witness {
        /// Where to write, `-` for standard output; an existing file is replaced
        #[arg(short, long, value_name = "PATH")]
        output: Option<PathBuf>,
    },
    /// Bring knowledge files into the one layout; comments and what they say stay
    ///
    /// Keys stand in the order of the schema, long texts are folded at 100 columns, quotes are used where they are needed.
    /// A file whose layout cannot change without a change of what it says is refused.
    #[command(
        after_long_help = "Examples:\n  archadvisor kb fmt our-standards\n  archadvisor kb fmt --check knowledge packs"
    )]
    Fmt {
        /// Files and folders; by default those of `--kb`, or else `knowledge` and `packs` here
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Write nothing: show the first line of each file that is not in the layout, and exit 1 when there is one
        #[arg(long)]
        check: bool,
    },
    /// Print the JSON Schema of a kind of file, by which editors complete and check it, or of what `--json` prints
    ///
    /// That of files lists the ids that exist in the base and in the overlays of `--kb`, so print it anew when they change.
    /// That of outputs is the same for all knowledge, and under `$defs` has each command by itself.
    #[command(
        after_long_help = "Examples:\n  archadvisor kb schema > knowledge.schema.json\n  archadvisor kb schema design > design.schema.json\n  archadvisor kb schema pattern --kb our-standards\n  archadvisor kb schema output > output.schema.json"
    )]
    Schema {
        /// `knowledge` for any knowledge file, `design`, `output`, or one kind: the key that tells it, such as `pattern` or `rules`
        #[arg(value_name = "KIND", default_value = "knowledge")]
        kind: String,
    },
    /// Count what the knowledge holds, and list the sector packs that are bundled
    Stats {
        #[command(flatten)]
        json: JsonArguments,
    },
}
