//! How the components of the diagram are drawn and joined. What belongs to which is said by decisions and patterns.

use crate::knowledge::Component;

/// How a component is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A box.
    Box,
    /// A box with round ends, for what is outside.
    Round,
    /// A cylinder.
    Cylinder,
    /// A box with double sides, for queues.
    Queue,
}

/// Components in the order in which they are drawn: id, what it is, shape, whether it lies in the place of the system.
pub(super) const COMPONENTS: &[(Component, &str, &str, Shape, bool)] = &[
    (
        Component::Clients,
        "clients",
        "Clients",
        Shape::Round,
        false,
    ),
    (Component::Edge, "edge", "Edge", Shape::Box, false),
    (Component::Entry, "entry", "Entry", Shape::Box, true),
    (Component::Push, "push", "Push", Shape::Box, true),
    (Component::App, "app", "Application", Shape::Box, true),
    (Component::Cache, "cache", "Cache", Shape::Cylinder, true),
    (Component::Queue, "queue", "Messages", Shape::Queue, true),
    (Component::Workers, "workers", "Workers", Shape::Box, true),
    (
        Component::Store,
        "store",
        "Main store",
        Shape::Cylinder,
        true,
    ),
    (
        Component::Copies,
        "copies",
        "Read copies",
        Shape::Cylinder,
        true,
    ),
    (Component::Search, "search", "Search", Shape::Cylinder, true),
    (
        Component::Model,
        "model",
        "Language model",
        Shape::Round,
        false,
    ),
    (
        Component::Blobs,
        "blobs",
        "Files and media",
        Shape::Cylinder,
        true,
    ),
    (
        Component::Analytics,
        "analytics",
        "Analytics",
        Shape::Box,
        true,
    ),
    (
        Component::SecondRegion,
        "second",
        "Second region",
        Shape::Box,
        false,
    ),
];

/// The way of a request; components that are not there are skipped.
pub(super) const REQUEST_PATH: &[Component] = &[
    Component::Clients,
    Component::Edge,
    Component::Entry,
    Component::App,
];

/// Other joins, drawn when both ends are there: from, to, what passes, whether it happens later.
pub(super) const JOINS: &[(Component, Component, &str, bool)] = &[
    (Component::App, Component::Push, "changes", true),
    (Component::Push, Component::Clients, "pushes", true),
    (Component::App, Component::Cache, "", false),
    (Component::App, Component::Store, "", false),
    (Component::App, Component::Copies, "reads", false),
    (Component::Store, Component::Copies, "copies", true),
    (Component::App, Component::Search, "searches", false),
    (Component::Store, Component::Search, "indexes", true),
    (Component::App, Component::Model, "asks", false),
    (Component::App, Component::Blobs, "", false),
    (Component::App, Component::Queue, "messages", true),
    (Component::Queue, Component::Workers, "", true),
    (Component::Workers, Component::Store, "", false),
    (Component::Store, Component::Analytics, "data", true),
    (Component::Store, Component::SecondRegion, "copies", true),
];
