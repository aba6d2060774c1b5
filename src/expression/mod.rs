//! The small total language in which the knowledge base states conditions and formulas.
//!
//! ```text
//! or    := and {"or" and}          and  := not {"and" not}          not := ["not"] compare
//! compare := sum [("<"|"<="|">"|">="|"=="|"!="|"in"|"not in") sum]
//! sum   := product {("+"|"-") product}      product := atom {("*"|"/") atom}
//! atom  := number [unit] | 'text' | true | false | name | name "(" or {"," or} ")" | "(" or {"," or} ")"
//! ```
//!
//! An expression is checked once, when the knowledge is loaded: every name exists, every comparison is between things
//! of one dimension (time, data, length, money or plain numbers), every text constant is one of the values of the
//! requirement it is compared with. Evaluation then cannot fail. It is three-valued, over intervals: an input that is
//! not known is the whole range it may take, and a comparison is true or false only when it holds or fails for all of it.

mod check;
mod eval;
mod grounds;
mod parse;
mod unit;

pub use check::{FactType, Scope, compile_condition, compile_formula, formula_type};
pub use eval::{Facts, Interval, Truth, Value};
pub use grounds::Ground;
use parse::parse;
pub use unit::{Dimension, Number, Unit, format_number, parse_number};

use serde::{Deserialize, Serialize};

/// Index of a fact: a requirement or a quantity, in the order of the knowledge base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FactId(pub u16);

/// Index of a pattern in the knowledge base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PatternId(pub u16);

/// What is wrong with the text of an expression, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Offset in characters from the start of the expression.
    pub offset: usize,
    /// What is wrong.
    pub message: String,
    /// What would mend it.
    pub help: Option<String>,
}

/// A comparison operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
}

/// An arithmetic operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// A function that formulas may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Function {
    /// `max(a, b)`
    Max,
    /// `min(a, b)`
    Min,
    /// `ceil(a)`: the next whole number
    Ceil,
    /// `ln(a)`: natural logarithm
    Ln,
    /// `sqrt(a)`
    Sqrt,
    /// `pow(a, b)`
    Pow,
    /// `harmonic(n)`: 1 + 1/2 + … + 1/n, the weight of the n most popular items under Zipf's law
    Harmonic,
}

/// One node of a compiled expression; children come before their parents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Node {
    /// A number, in base units (seconds, bytes, metres, money).
    Number(f64),
    /// `true` or `false`.
    Bool(bool),
    /// One of the values of a choice, by its place in the list.
    Choice(u8),
    /// The value of a fact.
    Fact(FactId),
    /// `stated(fact)`: whether the user gave it.
    Stated(FactId),
    /// `chosen('pattern')`: whether an earlier decision took this pattern.
    Chosen(PatternId),
    /// Negation.
    Not(u16),
    /// Both.
    And(u16, u16),
    /// Either.
    Or(u16, u16),
    /// A comparison of two numbers, choices or truth values.
    Compare(Comparison, u16, u16),
    /// Whether a choice is one of a set (a bit per value).
    In(u16, u32),
    /// Arithmetic on two numbers.
    Arithmetic(Arithmetic, u16, u16),
    /// A function of one number, or of two.
    Call(Function, u16, u16),
    /// `if(condition, a, b)`: one number or the other.
    If(u16, u16, u16),
}

/// A checked expression, ready to evaluate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Expression {
    nodes: Vec<Node>,
}

impl Expression {
    /// Returns the nodes, children before parents; the last is the root.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Returns whether it consists of alternatives, each of which suffices.
    pub fn is_either(&self) -> bool {
        matches!(self.nodes.last(), Some(Node::Or(..)))
    }

    /// Returns the facts the expression reads directly, each once, in order of first use.
    pub fn facts(&self) -> Vec<FactId> {
        let mut found = Vec::new();
        for node in &self.nodes {
            if let Node::Fact(id) | Node::Stated(id) = node
                && !found.contains(id)
            {
                found.push(*id);
            }
        }
        found
    }

    /// Returns the facts that the part with this root reads, each once.
    pub(crate) fn facts_of(&self, root: u16) -> Vec<FactId> {
        let mut found = Vec::new();
        let mut todo = vec![root];
        while let Some(index) = todo.pop() {
            match self.nodes.get(usize::from(index)) {
                Some(Node::Fact(id) | Node::Stated(id)) if !found.contains(id) => found.push(*id),
                Some(Node::Not(inner) | Node::In(inner, _)) => todo.push(*inner),
                Some(
                    Node::And(left, right)
                    | Node::Or(left, right)
                    | Node::Compare(_, left, right)
                    | Node::Arithmetic(_, left, right)
                    | Node::Call(_, left, right),
                ) => todo.extend([*right, *left]),
                Some(Node::If(condition, left, right)) => {
                    todo.extend([*right, *left, *condition]);
                }
                _ => {}
            }
        }
        found
    }

    /// Returns the patterns that the expression asks about with `chosen(…)`.
    pub fn patterns(&self) -> impl Iterator<Item = PatternId> + '_ {
        self.nodes.iter().filter_map(|node| match node {
            Node::Chosen(id) => Some(*id),
            _ => None,
        })
    }
}
