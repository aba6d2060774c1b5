//! Advice does not turn back: where one answer rises step by step, what was given up is not advised again further up.

use super::situations::base;
use archadvisor::knowledge::Pick;
use archadvisor::reasoning::{Situation, advise};

/// Designs as people have them, by their answers.
const DESIGNS: &[(&str, &str)] = &[
    (
        "software for other firms",
        "tenants=400 engineers=15 teams=3 stage=growth sensitivity=pii gdpr=true external_exposure=internet \
         read_share=0.8 data_gb=300 avail_target=99.9 money_like=false api_consumers=own_ui peak_rps=60",
    ),
    (
        "a shop",
        "peak_rps=600 engineers=25 teams=4 stage=mature money_like=true sensitivity=payment pci=true \
         external_exposure=internet read_share=0.92 data_gb=500 avail_target=99.95 consistency=strong \
         seo_first_paint=true ops=2",
    ),
    (
        "devices that measure",
        "peak_rps=20000 read_share=0.05 data_shape=timeseries data_gb=5000 growth_gb_day=40 engineers=12 teams=2 \
         avail_target=99.9 consistency=eventual analytics_lag_s=60 money_like=false ops=1",
    ),
    (
        "a bank",
        "peak_rps=800 read_share=0.7 money_like=true consistency=strong multi_entity_tx=true engineers=60 teams=8 \
         ops=3 avail_target=99.99 survive=zone rpo_s=0 rto_min=5 sensitivity=payment pci=true history_needed=audit \
         data_gb=2000 stage=mature",
    ),
    (
        "an inner tool",
        "peak_rps=2 engineers=4 teams=1 external_exposure=internal avail_target=99.5 read_share=0.7 data_gb=20 \
         adhoc_queries=true stage=mature",
    ),
    (
        "one office's own machines",
        "peak_rps=200 engineers=20 teams=3 own_machines=true residency=true sensitivity=pii gdpr=true \
         avail_target=99.9 burst=daily stage=mature read_share=0.8 data_gb=3000 ops=2",
    ),
    (
        "work in the field",
        "peak_rps=10 offline_use=write engineers=9 client_kinds=2 sensitivity=pii stage=growth data_gb=40 \
         signed_in=true avail_target=99.5",
    ),
];

/// Answers that rise, each from its mildest to its hardest.
const RISING: &[(&str, &[&str])] = &[
    (
        "peak_rps",
        &[
            "1", "20", "100", "400", "1000", "3000", "8000", "20000", "60000",
        ],
    ),
    // Beyond, a canary sees too few errors: what was given up for it comes back for a reason.
    ("avail_target", &["99", "99.5", "99.9", "99.95", "99.99"]),
    (
        "data_gb",
        &["1", "50", "500", "2000", "8000", "20000", "60000"],
    ),
    (
        "p99_read_ms",
        &["1000", "500", "300", "100", "50", "30", "20", "10"],
    ),
    ("growth_12m", &["1", "1.5", "2", "3", "5", "10"]),
    ("staleness_s", &["600", "60", "10", "5", "1", "0"]),
    ("rto_min", &["1440", "240", "60", "30", "15", "5", "1"]),
];

#[test]
fn what_was_given_up_as_an_answer_rises_is_not_advised_again() {
    let base = base();
    let mut turned = Vec::new();
    for (design, answers) in DESIGNS {
        for (rising, values) in RISING {
            let mut seen: Vec<Vec<String>> = vec![Vec::new(); base.decisions.len()];
            for value in *values {
                let mut situation = Situation::default();
                for answer in answers.split_whitespace() {
                    let (id, text) = answer.split_once('=').unwrap();
                    situation.answer(base, id, text).unwrap();
                }
                situation.answer(base, rising, value).unwrap();
                for advice in advise(base, &situation).decisions {
                    let decision = base.decision(advice.id);
                    if decision.pick == Pick::Many {
                        continue;
                    }
                    let Some(taken) = advice.recommended.first() else {
                        continue;
                    };
                    let taken = base.pattern(*taken).id.as_str();
                    let before = &mut seen[advice.id.index()];
                    if before.last().is_some_and(|last| last == taken) {
                        continue;
                    }
                    before.push(taken.to_owned());
                    let again = before.iter().filter(|other| *other == taken).count() > 1;
                    if again {
                        let path = before.join(", ");
                        turned.push(format!(
                            "{design}, {rising}={value}, {}: {path}",
                            decision.id
                        ));
                    }
                }
            }
        }
    }
    assert!(turned.is_empty(), "{turned:#?}");
}
