//! Which choices are components, and how components are joined: the data behind the component diagram.
//!
//! An option belongs to the component of its decision, unless it is named here itself.

/// A component of the diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Component {
    /// Browsers, apps, partners.
    Clients,
    /// Names and edge network.
    Edge,
    /// Load balancers and gateways.
    Entry,
    /// What keeps connections to clients open and sends them changes.
    Push,
    /// The deployable parts that answer requests.
    App,
    /// Cache and session store.
    Cache,
    /// Queue or log.
    Queue,
    /// What takes work from the queue.
    Workers,
    /// The main store.
    Store,
    /// Copies to read from.
    Copies,
    /// Search index.
    Search,
    /// Files and media.
    Blobs,
    /// The path to analytics.
    Analytics,
    /// A second region.
    SecondRegion,
    /// The boundary around what runs in one place.
    Place,
}

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

/// The component that the options of a decision belong to.
pub(super) const OF_DECISION: &[(&str, Component)] = &[
    ("frontend", Component::Clients),
    ("offline", Component::Clients),
    ("entry", Component::Entry),
    ("decomposition", Component::App),
    ("compute", Component::App),
    ("model-serving", Component::App),
    ("caching", Component::Cache),
    ("session", Component::Cache),
    ("backbone", Component::Queue),
    ("store", Component::Store),
    ("replication", Component::Store),
    ("scale-data", Component::Store),
    ("search", Component::Search),
    ("blobs", Component::Blobs),
    ("pipeline", Component::Analytics),
    ("topology", Component::Place),
];

/// Options that belong to another component than their decision's, or to none.
pub(super) const OF_PATTERN: &[(&str, Option<Component>)] = &[
    ("browser-cache", Some(Component::Clients)),
    ("cdn", Some(Component::Edge)),
    ("geo-dns-routing", Some(Component::Edge)),
    ("in-process-cache", Some(Component::App)),
    ("read-replicas", Some(Component::Copies)),
    ("cqrs-separate-stores", Some(Component::Copies)),
    ("materialized-view", Some(Component::Copies)),
    ("database-as-queue", Some(Component::Store)),
    ("database-text-search", Some(Component::Store)),
    ("blob-in-database", Some(Component::Store)),
    ("active-passive-regions", Some(Component::SecondRegion)),
    ("active-active-regions", Some(Component::SecondRegion)),
    ("single-copy", None),
    ("vertical-scaling", None),
    ("no-pipeline", None),
    ("server-push", Some(Component::Push)),
    ("sticky-sessions", None),
    ("token-sessions", None),
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
    (Component::App, Component::Blobs, "", false),
    (Component::App, Component::Queue, "messages", true),
    (Component::Queue, Component::Workers, "", true),
    (Component::Workers, Component::Store, "", false),
    (Component::Store, Component::Analytics, "data", true),
    (Component::Store, Component::SecondRegion, "copies", true),
];
