//! How random tests draw: from a fixed seed, so that a run today is a run tomorrow. `PROPTEST_RNG_SEED` and
//! `PROPTEST_CASES` look elsewhere and longer, which is how to hunt.

use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

pub(crate) fn cases(count: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    ProptestConfig {
        cases: if std::env::var_os("PROPTEST_CASES").is_some() {
            asked.cases
        } else {
            count
        },
        rng_seed: match asked.rng_seed {
            RngSeed::Random => RngSeed::Fixed(1),
            given @ RngSeed::Fixed(_) => given,
        },
        failure_persistence: None,
        max_global_rejects: 20_000,
        ..asked
    }
}
