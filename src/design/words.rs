//! The words that a design file uses for fixed choices.

macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$what:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$what])* $variant,)+
        }

        impl $name {
            /// All choices, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The words for [`Self::ALL`].
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word that the file uses.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            /// The choice that a word of the file stands for.
            pub fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

words! {
    /// What an operation does with data.
    Kind {
        /// It returns data.
        Read = "read",
        /// It changes data.
        Write = "write",
    }
}

words! {
    /// Whether the caller of an operation waits for its outcome.
    Timing {
        /// The caller waits.
        Sync = "sync",
        /// The caller goes on; the outcome comes later.
        Async = "async",
    }
}

words! {
    /// How records of an entity are found.
    By {
        /// By their id.
        Key = "key",
        /// By a range of an ordered attribute.
        Range = "range",
        /// By following relations.
        Hops = "hops",
        /// By words in their text.
        Text = "text",
        /// Many at once, as sums and counts.
        Aggregate = "aggregate",
    }
}

words! {
    /// Where a decision stands.
    Status {
        /// Under discussion.
        Proposed = "proposed",
        /// In force.
        Accepted = "accepted",
        /// Replaced by a later one.
        Superseded = "superseded",
    }
}

words! {
    /// How much there is of confidence or reversibility.
    Level {
        /// Little.
        Low = "low",
        /// Some.
        Medium = "medium",
        /// Much.
        High = "high",
    }
}

words! {
    /// How far a step of the process is.
    #[derive(Default)]
    State {
        /// Not begun.
        #[default]
        Open = "open",
        /// Begun.
        InProgress = "in-progress",
        /// Finished.
        Done = "done",
        /// Left out for a reason.
        Skipped = "skipped",
    }
}
