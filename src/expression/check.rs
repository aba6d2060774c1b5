//! Names, types and dimensions: from syntax to an expression that cannot fail.

use super::parse::{Kind, Syntax};
use super::{
    Arithmetic, Comparison, Dimension, Expression, FactId, Fault, Function, Node, PatternId, Unit,
    parse,
};
use crate::problem::nearest;

/// What an expression may refer to.
pub trait Scope {
    /// Looks a fact up by name.
    fn fact(&self, name: &str) -> Option<(FactId, FactType)>;
    /// Looks a pattern up by id.
    fn pattern(&self, name: &str) -> Option<PatternId>;
    /// Suggests an existing fact for a wrong name.
    fn nearest_fact(&self, name: &str) -> Option<String>;
    /// Suggests an existing pattern for a wrong id.
    fn nearest_pattern(&self, name: &str) -> Option<String>;
    /// Returns the unit that a number without one takes where it is compared with a fact; none where it stays plain.
    fn bare_unit(&self, _fact: FactId) -> Option<Unit> {
        None
    }
}

/// The type of a fact.
#[derive(Debug, Clone, PartialEq)]
pub enum FactType {
    /// A number of a dimension.
    Number(Dimension),
    /// Yes or no.
    Bool,
    /// One of these values.
    Choice(Vec<String>),
}

#[derive(Debug, Clone, PartialEq)]
enum Type {
    Number { dimension: Dimension, literal: bool },
    Bool,
    Choice(Vec<String>),
    Text(String),
}

struct Checker<'a, S: Scope> {
    scope: &'a S,
    text: &'a str,
    nodes: Vec<Node>,
    functions: bool,
    faults: Vec<Fault>,
}

/// Parses and checks a condition: an expression that is true or false.
///
/// # Errors
/// Returns every fault found, in the order of the text.
pub fn compile_condition<S: Scope>(text: &str, scope: &S) -> Result<Expression, Vec<Fault>> {
    compile(text, scope, false, |kind| match kind {
        Type::Bool => None,
        _ => Some("a condition must be true or false, such as a comparison".to_owned()),
    })
}

/// Parses and checks a formula whose result has this type.
///
/// # Errors
/// Returns every fault found, in the order of the text.
pub fn compile_formula<S: Scope>(
    text: &str,
    scope: &S,
    wanted: &FactType,
) -> Result<Expression, Vec<Fault>> {
    compile(text, scope, true, |kind| match (kind, wanted) {
        (Type::Bool, FactType::Bool) => None,
        (Type::Number { dimension, .. }, FactType::Number(wanted)) if dimension == wanted => None,
        (Type::Number { dimension, .. }, FactType::Number(wanted)) => Some(format!(
            "the formula gives {}, the unit says {}",
            dimension.describe(),
            wanted.describe()
        )),
        _ => Some("the formula does not give the declared type".to_owned()),
    })
}

/// Returns the type that a formula gives of itself, whatever is declared; none where it is faulty or gives a choice.
pub fn formula_type<S: Scope>(text: &str, scope: &S) -> Option<FactType> {
    let syntax = parse(text).ok()?;
    let mut checker = Checker {
        scope,
        text,
        nodes: Vec::new(),
        functions: true,
        faults: Vec::new(),
    };
    match checker.expression(&syntax)?.1 {
        Type::Number { dimension, .. } => Some(FactType::Number(dimension)),
        Type::Bool => Some(FactType::Bool),
        Type::Choice(_) | Type::Text(_) => None,
    }
}

fn compile<S: Scope>(
    text: &str,
    scope: &S,
    functions: bool,
    verdict: impl Fn(&Type) -> Option<String>,
) -> Result<Expression, Vec<Fault>> {
    let syntax = parse(text).map_err(|fault| vec![fault])?;
    let mut checker = Checker {
        scope,
        text,
        nodes: Vec::new(),
        functions,
        faults: Vec::new(),
    };
    if let Some((_, kind)) = checker.expression(&syntax)
        && let Some(message) = verdict(&kind)
    {
        checker.fault(syntax.at, message, None);
    }
    if checker.nodes.len() > usize::from(u16::MAX) {
        checker.fault(0, "the expression is too long".to_owned(), None);
    }
    if checker.faults.is_empty() {
        Ok(Expression {
            nodes: checker.nodes,
        })
    } else {
        Err(checker.faults)
    }
}

impl<S: Scope> Checker<'_, S> {
    fn fault(&mut self, at: usize, message: String, help: Option<String>) {
        let offset = self.text.get(..at).unwrap_or_default().chars().count();
        self.faults.push(Fault {
            offset,
            message,
            help,
        });
    }

    fn push(&mut self, node: Node) -> u16 {
        self.nodes.push(node);
        (self.nodes.len() - 1) as u16
    }

    /// Checks one expression; `None` means that a fault was noted and its type is not known.
    fn expression(&mut self, syntax: &Syntax) -> Option<(u16, Type)> {
        match &syntax.kind {
            Kind::Number(value, unit) => {
                let dimension = unit.as_ref().map_or(Dimension::NONE, |unit| unit.dimension);
                Some((
                    self.push(Node::Number(*value)),
                    Type::Number {
                        dimension,
                        literal: unit.is_none(),
                    },
                ))
            }
            Kind::Bool(value) => Some((self.push(Node::Bool(*value)), Type::Bool)),
            Kind::Text(text) => Some((self.push(Node::Choice(0)), Type::Text(text.clone()))),
            Kind::Name(name) => self.name(syntax.at, name),
            Kind::List(_) => {
                self.fault(
                    syntax.at,
                    "a list can stand only after `in`".to_owned(),
                    None,
                );
                None
            }
            Kind::Call(name, arguments) => self.call(syntax.at, name, arguments),
            Kind::Not(inner) => {
                let inner = self.truth(inner)?;
                Some((self.push(Node::Not(inner)), Type::Bool))
            }
            Kind::And(left, right) => {
                let (left, right) = (self.truth(left), self.truth(right));
                Some((self.push(Node::And(left?, right?)), Type::Bool))
            }
            Kind::Or(left, right) => {
                let (left, right) = (self.truth(left), self.truth(right));
                Some((self.push(Node::Or(left?, right?)), Type::Bool))
            }
            Kind::Compare(operator, left, right) => self.compare(syntax.at, *operator, left, right),
            Kind::In(negated, left, right) => self.membership(*negated, left, right),
            Kind::Arithmetic(operator, left, right) => self.arithmetic(*operator, left, right),
        }
    }

    fn name(&mut self, at: usize, name: &str) -> Option<(u16, Type)> {
        let Some((id, kind)) = self.scope.fact(name) else {
            let help = self
                .scope
                .nearest_fact(name)
                .map(|near| format!("did you mean `{near}`?"));
            self.fault(
                at,
                format!("there is no requirement or quantity `{name}`"),
                help,
            );
            return None;
        };
        let kind = match kind {
            FactType::Number(dimension) => Type::Number {
                dimension,
                literal: false,
            },
            FactType::Bool => Type::Bool,
            FactType::Choice(values) => Type::Choice(values),
        };
        Some((self.push(Node::Fact(id)), kind))
    }

    fn truth(&mut self, syntax: &Syntax) -> Option<u16> {
        let (index, kind) = self.expression(syntax)?;
        if kind == Type::Bool {
            return Some(index);
        }
        self.fault(
            syntax.at,
            "this must be true or false, such as a comparison".to_owned(),
            None,
        );
        None
    }

    fn number(&mut self, syntax: &Syntax) -> Option<(u16, Dimension, bool)> {
        if let (index, Type::Number { dimension, literal }) = self.expression(syntax)? {
            Some((index, dimension, literal))
        } else {
            self.fault(syntax.at, "this must be a number".to_owned(), None);
            None
        }
    }

    fn is_zero(&self, index: u16) -> bool {
        let node = self.nodes.get(usize::from(index));
        matches!(node, Some(Node::Number(number)) if *number == 0.0)
    }

    fn call(&mut self, at: usize, name: &str, arguments: &[Syntax]) -> Option<(u16, Type)> {
        match (name, arguments) {
            (
                "chosen",
                [
                    Syntax {
                        kind: Kind::Text(id),
                        at,
                    },
                ],
            ) => {
                let Some(pattern) = self.scope.pattern(id) else {
                    let help = self
                        .scope
                        .nearest_pattern(id)
                        .map(|near| format!("did you mean `{near}`?"));
                    self.fault(*at, format!("there is no pattern `{id}`"), help);
                    return None;
                };
                Some((self.push(Node::Chosen(pattern)), Type::Bool))
            }
            (
                "stated",
                [
                    Syntax {
                        kind: Kind::Name(fact),
                        at,
                    },
                ],
            ) => {
                let Some((id, _)) = self.scope.fact(fact) else {
                    let help = self
                        .scope
                        .nearest_fact(fact)
                        .map(|near| format!("did you mean `{near}`?"));
                    self.fault(*at, format!("there is no requirement `{fact}`"), help);
                    return None;
                };
                Some((self.push(Node::Stated(id)), Type::Bool))
            }
            ("chosen" | "stated", _) => {
                let help = Some("write chosen('pattern-id') or stated(requirement)".to_owned());
                self.fault(at, format!("`{name}` takes one name"), help);
                None
            }
            _ if !self.functions => {
                let help = Some(
                    "conditions may use chosen('pattern-id') and stated(requirement)".to_owned(),
                );
                self.fault(
                    at,
                    format!("there is no function `{name}` in conditions"),
                    help,
                );
                None
            }
            ("max" | "min", [left, right]) => {
                let (left_number, right_number) = (self.number(left), self.number(right));
                let (left_index, dimension, left_literal) = left_number?;
                let (right_index, other, right_literal) = right_number?;
                if dimension != other {
                    self.mismatch(right.at, dimension, other);
                    return None;
                }
                let function = if name == "max" {
                    Function::Max
                } else {
                    Function::Min
                };
                let literal = left_literal && right_literal;
                Some((
                    self.push(Node::Call(function, left_index, right_index)),
                    Type::Number { dimension, literal },
                ))
            }
            ("if", [condition, left, right]) => {
                let condition = self.truth(condition);
                let (left_number, right_number) = (self.number(left), self.number(right));
                let (left_index, dimension, _) = left_number?;
                let (right_index, other, _) = right_number?;
                if dimension != other {
                    self.mismatch(right.at, dimension, other);
                    return None;
                }
                Some((
                    self.push(Node::If(condition?, left_index, right_index)),
                    Type::Number {
                        dimension,
                        literal: false,
                    },
                ))
            }
            ("ceil" | "ln" | "sqrt" | "harmonic", [inner]) => {
                let (index, dimension, _) = self.number(inner)?;
                self.plain(inner.at, name, dimension)?;
                let function = match name {
                    "ceil" => Function::Ceil,
                    "ln" => Function::Ln,
                    "sqrt" => Function::Sqrt,
                    _ => Function::Harmonic,
                };
                Some((
                    self.push(Node::Call(function, index, index)),
                    Type::Number {
                        dimension,
                        literal: false,
                    },
                ))
            }
            ("pow", [base, exponent]) => {
                let (base_number, exponent_number) = (self.number(base), self.number(exponent));
                let (base_index, base_dimension, _) = base_number?;
                let (exponent_index, exponent_dimension, _) = exponent_number?;
                self.plain(base.at, name, base_dimension)?;
                self.plain(exponent.at, name, exponent_dimension)?;
                let node = Node::Call(Function::Pow, base_index, exponent_index);
                Some((
                    self.push(node),
                    Type::Number {
                        dimension: Dimension::NONE,
                        literal: false,
                    },
                ))
            }
            _ => {
                let known = ["if", "max", "min", "ceil", "ln", "sqrt", "pow", "harmonic"];
                let help = nearest(name, known).map(|near| format!("did you mean `{near}`?"));
                self.fault(
                    at,
                    format!(
                        "there is no function `{name}` with {} arguments",
                        arguments.len()
                    ),
                    help,
                );
                None
            }
        }
    }

    fn plain(&mut self, at: usize, name: &str, dimension: Dimension) -> Option<()> {
        if dimension == Dimension::NONE {
            return Some(());
        }
        self.fault(
            at,
            format!(
                "`{name}` takes a plain number, not {}",
                dimension.describe()
            ),
            None,
        );
        None
    }

    fn mismatch(&mut self, at: usize, left: Dimension, right: Dimension) {
        let help = if right == Dimension::NONE {
            Some("give the number a unit".to_owned())
        } else {
            None
        };
        self.fault(
            at,
            format!(
                "{} cannot be combined with {}",
                left.describe(),
                right.describe()
            ),
            help,
        );
    }

    fn compare(
        &mut self,
        at: usize,
        operator: Comparison,
        left: &Syntax,
        right: &Syntax,
    ) -> Option<(u16, Type)> {
        let (left_checked, right_checked) = (self.expression(left), self.expression(right));
        let (left_index, left_type) = left_checked?;
        let (right_index, right_type) = right_checked?;
        match (&left_type, &right_type) {
            (
                Type::Number { dimension, .. },
                Type::Number {
                    dimension: other, ..
                },
            ) => {
                let bare = self.take_unit(left_index, (right_index, &right_type))
                    || self.take_unit(right_index, (left_index, &left_type));
                if dimension != other && !bare {
                    self.mismatch(right.at, *dimension, *other);
                    return None;
                }
            }
            (Type::Choice(values), Type::Text(text)) => {
                self.equality(at, operator)?;
                let choice = self.choice(right.at, values, text)?;
                *self.nodes.get_mut(usize::from(right_index))? = Node::Choice(choice);
            }
            (Type::Text(text), Type::Choice(values)) => {
                self.equality(at, operator)?;
                let choice = self.choice(left.at, values, text)?;
                *self.nodes.get_mut(usize::from(left_index))? = Node::Choice(choice);
            }
            (Type::Choice(left_values), Type::Choice(right_values))
                if left_values == right_values =>
            {
                self.equality(at, operator)?;
            }
            (Type::Bool, Type::Bool) => self.equality(at, operator)?,
            _ => {
                self.fault(
                    right.at,
                    "the two sides are of different kinds".to_owned(),
                    None,
                );
                return None;
            }
        }
        Some((
            self.push(Node::Compare(operator, left_index, right_index)),
            Type::Bool,
        ))
    }

    /// Gives a number without a unit the one of the fact it is compared with, if the scope says so; returns whether it did.
    fn take_unit(&mut self, fact: u16, (number, kind): (u16, &Type)) -> bool {
        let Type::Number { literal: true, .. } = kind else {
            return false;
        };
        let Some(Node::Fact(fact)) = self.nodes.get(usize::from(fact)) else {
            return false;
        };
        match (
            self.scope.bare_unit(*fact),
            self.nodes.get_mut(usize::from(number)),
        ) {
            (Some(unit), Some(Node::Number(value))) => {
                *value = unit.to_base(*value);
                true
            }
            _ => false,
        }
    }

    fn equality(&mut self, at: usize, operator: Comparison) -> Option<()> {
        if matches!(operator, Comparison::Equal | Comparison::NotEqual) {
            return Some(());
        }
        let help = Some("compare choices with `==`, `!=`, `in` or `not in`".to_owned());
        self.fault(at, "only numbers have an order".to_owned(), help);
        None
    }

    fn choice(&mut self, at: usize, values: &[String], text: &str) -> Option<u8> {
        if let Some(index) = values.iter().position(|value| value == text) {
            return Some(index as u8);
        }
        let help = nearest(text, values.iter().map(String::as_str))
            .map(|near| format!("did you mean '{near}'?"))
            .or_else(|| Some(format!("one of: {}", values.join(", "))));
        self.fault(at, format!("'{text}' is not one of its values"), help);
        None
    }

    fn membership(&mut self, negated: bool, left: &Syntax, right: &Syntax) -> Option<(u16, Type)> {
        let (index, kind) = self.expression(left)?;
        let (Type::Choice(values), Kind::List(items)) = (kind, &right.kind) else {
            self.fault(
                left.at,
                "`in` asks whether a choice is one of a list of texts".to_owned(),
                None,
            );
            return None;
        };
        let mut mask = 0_u32;
        let mut sound = true;
        for item in items {
            if let Kind::Text(text) = &item.kind {
                match self.choice(item.at, &values, text) {
                    Some(choice) => mask |= 1 << choice,
                    None => sound = false,
                }
            } else {
                self.fault(
                    item.at,
                    "the list must hold texts in single quotes".to_owned(),
                    None,
                );
                sound = false;
            }
        }
        if !sound {
            return None;
        }
        let mut node = self.push(Node::In(index, mask));
        if negated {
            node = self.push(Node::Not(node));
        }
        Some((node, Type::Bool))
    }

    fn arithmetic(
        &mut self,
        operator: Arithmetic,
        left: &Syntax,
        right: &Syntax,
    ) -> Option<(u16, Type)> {
        let (left_number, right_number) = (self.number(left), self.number(right));
        let (left_index, left_dimension, left_literal) = left_number?;
        let (right_index, right_dimension, right_literal) = right_number?;
        let dimension = match operator {
            Arithmetic::Add | Arithmetic::Subtract => {
                if left_dimension != right_dimension {
                    self.mismatch(right.at, left_dimension, right_dimension);
                    return None;
                }
                left_dimension
            }
            Arithmetic::Multiply => left_dimension.combine(right_dimension, 1),
            Arithmetic::Divide if self.is_zero(right_index) => {
                self.fault(right.at, "nothing can be divided by zero".to_owned(), None);
                return None;
            }
            Arithmetic::Divide => left_dimension.combine(right_dimension, -1),
        };
        let literal = left_literal && right_literal;
        Some((
            self.push(Node::Arithmetic(operator, left_index, right_index)),
            Type::Number { dimension, literal },
        ))
    }
}
