//! What is being typed, as it survives the end of the program: it goes back into its field, and is never taken for an
//! answer by itself.

use super::editor::{Editor, Input, Target, part, record_part};
use super::model::{Model, Record};
use super::rows::{self, DecisionRow};

/// A text that was not taken yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The field it was typed into, in words that mean the same at the next start.
    pub place: String,
    /// The text.
    pub text: String,
}

impl Draft {
    /// Returns what is in a text field of the design.
    pub fn of(model: &Model, editor: &Editor) -> Option<Self> {
        let Input::Text(field) = &editor.input else {
            return None;
        };
        let place = place(model, &editor.target)?;
        let text = field.text();
        Some(Self { place, text })
    }

    /// Returns the draft as one text.
    pub fn to_text(&self) -> String {
        format!("{}\n{}", self.place, self.text)
    }

    /// Reads a draft that was written as one text.
    pub fn from_text(text: &str) -> Option<Self> {
        let (place, text) = text.split_once('\n')?;
        let (place, text) = (place.to_owned(), text.to_owned());
        Some(Self { place, text })
    }

    /// Returns the field that the draft belongs to, if the design still has it.
    pub(super) fn target(&self, model: &Model) -> Option<Target> {
        targets(model)
            .into_iter()
            .find(|target| place(model, target).as_ref() == Some(&self.place))
    }
}

/// Returns what a text field of the design is called; none for what is no part of it.
fn place(model: &Model, target: &Target) -> Option<String> {
    let base = &model.base;
    Some(match target {
        Target::Title => "title".to_owned(),
        Target::Context => "context".to_owned(),
        Target::Notes => "notes".to_owned(),
        Target::Function(index) => format!("function {index}"),
        Target::Requirement(fact) => format!("requirement {}", base.fact(*fact).0),
        Target::Decision(id, row) => format!("decision {} {}", base.decision(*id).id, part(*row)),
        Target::Record(Record::Interface(index), row) => {
            format!("interface {index} {}", record_part(*row))
        }
        Target::Record(Record::Entity(index), row) => {
            format!("entity {index} {}", record_part(*row))
        }
        Target::NewInterface => "new interface".to_owned(),
        Target::NewEntity => "new entity".to_owned(),
        Target::Waiver(id) => format!("waiver {id}"),
        Target::Skip(step) => format!("skip {}", base.steps.get(*step)?.id),
        Target::Priority(_)
        | Target::Floor(_)
        | Target::Step(_)
        | Target::Export
        | Target::Search => return None,
    })
}

/// Returns all fields of the design.
fn targets(model: &Model) -> Vec<Target> {
    let design = &model.design;
    let mut found = vec![
        Target::Title,
        Target::Context,
        Target::Notes,
        Target::NewInterface,
        Target::NewEntity,
    ];
    found.extend((0..=design.functions.len()).map(Target::Function));
    found.extend(
        model
            .base
            .requirement_ids()
            .map(|(id, _)| Target::Requirement(id)),
    );
    for id in model.base.decision_ids() {
        let rows = rows::decision(model, id).into_iter();
        let written = rows.filter(|row| !matches!(row, DecisionRow::Option(_)));
        found.extend(written.map(|row| Target::Decision(id, row)));
    }
    let interfaces = (0..design.interfaces.len()).map(Record::Interface);
    let entities = (0..design.entities.len()).map(Record::Entity);
    for of in interfaces.chain(entities) {
        let rows = rows::record(model, of).into_iter();
        found.extend(rows.map(|row| Target::Record(of, row)));
    }
    let conflicts = model.conflicts().into_iter();
    found.extend(conflicts.map(|conflict| Target::Waiver(conflict.id.clone())));
    found.extend((0..model.base.steps.len()).map(Target::Skip));
    found
}
