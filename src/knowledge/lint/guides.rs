//! Items of the guides that nothing stands for, and items that no guide has.

use super::Findings;
use crate::knowledge::{Guide, KnowledgeBase};
use crate::problem::{Problem, nearest, printable};

pub(super) fn check(base: &KnowledgeBase, found: &mut Findings<'_>) {
    if base.guides.is_empty() {
        return;
    }
    let homes = base.homes();
    let items: Vec<String> = (base.guides.iter()).flat_map(Guide::item_ids).collect();
    for guide in &base.guides {
        let entry = format!("guide/{}", guide.id);
        for item in guide.item_ids() {
            if !homes.contains_key(item.as_str()) && guide.of_the_program(&item).is_none() {
                let problem = Problem::warning(format!("nothing stands for the item `{item}`"))
                    .help("name it under `seed` of the entry that says the same");
                found.add(&entry, &["items"], problem);
            }
        }
    }
    let known = |item: &str| items.iter().any(|known| known == item);
    let unknown = |item: &str| {
        let problem = Problem::warning(format!("no guide has the item `{}`", printable(item)));
        match nearest(item, items.iter().map(String::as_str)) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help("correct it, or raise `items` of its guide"),
        }
    };
    for (item, entries) in homes.iter().filter(|(item, _)| !known(item)) {
        for entry in entries {
            found.add_item(entry, &["seed"], item, unknown(item));
        }
    }
    for guide in &base.guides {
        for (item, _) in guide.of_the_program.iter().filter(|(item, _)| !known(item)) {
            let entry = format!("guide/{}", guide.id);
            found.add(&entry, &["of_the_program", item], unknown(item));
        }
    }
}
