//! Mutants of documents, by the thousand here and by the million on request.
//!
//! They derive from the cases of this package, three published documents and, on request, a folder of
//! others.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use crate::invariant::{self, Outcome};
use crate::mutate::mutate;
use crate::random::Random;
use crate::support;
use crate::tree::Tree;

/// Documents up to this size, in bytes, are mutated often.
const SMALL: usize = 4 << 10;

/// Documents up to this size are mutated sometimes. Larger ones, such as that of Checks, take as long as
/// hundreds of small ones.
const LARGE: usize = 20 << 10;

/// A mutant, and perhaps an overlay for it.
struct Mutant {
    document: String,
    overlay: Option<String>,
}

/// The documents from which mutants derive.
struct Stock {
    small: Vec<Tree>,
    large: Vec<Tree>,
    huge: Vec<Tree>,
}

impl Stock {
    /// Returns the documents of this repository, and `more`.
    fn new(more: Vec<String>) -> Self {
        let texts = support::texts().into_iter().map(|(_, text)| text);
        let texts: Vec<_> = texts.chain(more).collect();
        let of_size = |from: usize, to: usize| {
            let texts = texts.iter().filter(|text| (from..to).contains(&text.len()));
            texts.map(|text| Tree::parse(text)).collect()
        };
        Self {
            small: of_size(0, SMALL),
            large: of_size(SMALL, LARGE),
            huge: of_size(LARGE, usize::MAX),
        }
    }

    /// Returns the mutant of a number, independent of all others.
    fn mutant(&self, seed: u64, index: u64) -> Mutant {
        let random = &mut Random::of(seed, index);
        let stock = match random.below(240) {
            0 => &self.huge,
            1..20 => &self.large,
            _ => &self.small,
        };
        let mut document = random.choose(stock).clone();
        let overlay = random.one_in(10).then(|| {
            let mut overlay = document.clone();
            mutate(&mut overlay, &self.small, random);
            overlay.to_string()
        });
        mutate(&mut document, &self.small, random);
        Mutant {
            document: document.to_string(),
            overlay,
        }
    }
}

/// The result of a run.
#[derive(Debug, Default)]
struct Tally {
    unread: AtomicU64,
    refused: AtomicU64,
    generated: AtomicU64,
    finds: Mutex<BTreeMap<String, Find>>,
}

/// A fault that several mutants share.
#[derive(Debug)]
struct Find {
    count: u64,
    first: String,
}

impl Tally {
    fn count(&self) -> u64 {
        [&self.unread, &self.refused, &self.generated]
            .iter()
            .map(|counter| counter.load(Ordering::Relaxed))
            .sum()
    }

    fn add(&self, outcome: Outcome) {
        let counter = match outcome {
            Outcome::Unread => &self.unread,
            Outcome::Refused => &self.refused,
            Outcome::Generated => &self.generated,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// Keeps the shortest of the mutants with the same fault.
    fn find(&self, fault: &str, mutant: &Mutant, number: &str) {
        let kind = fault.lines().next().unwrap_or_default();
        let Mutant { document, overlay } = mutant;
        let overlay = overlay.as_deref().unwrap_or_default();
        let shown = format!("{number}: {fault}\n{document}\noverlay: {overlay}");
        let mut finds = self.finds.lock().expect("no panic");
        let find = finds.entry(kind.to_owned()).or_insert_with(|| Find {
            count: 0,
            first: shown.clone(),
        });
        find.count += 1;
        if shown.len() < find.first.len() {
            find.first = shown;
        }
    }

    fn finds(&self) -> String {
        let finds = self.finds.lock().expect("no panic");
        let finds = finds
            .values()
            .map(|Find { count, first }| format!("{count} times, such as {first}"));
        finds.collect::<Vec<_>>().join("\n\n")
    }
}

/// Checks the first `count` mutants of a seed, on all cores.
fn run(stock: &Stock, seed: u64, count: u64, progress: &(dyn Fn(&Tally) + Sync)) -> Tally {
    let tally = Tally::default();
    let next = AtomicU64::new(0);
    let workers = thread::available_parallelism().map_or(2, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= count {
                        return;
                    }
                    let mutant = stock.mutant(seed, index);
                    match invariant::check(&mutant.document, mutant.overlay.as_deref()) {
                        Ok(outcome) => tally.add(outcome),
                        Err(fault) => {
                            tally.find(&fault, &mutant, &format!("mutant {index} of seed {seed}"));
                        }
                    }
                    if index % 10_000 == 9_999 {
                        progress(&tally);
                    }
                }
            });
        }
    });
    tally
}

#[test]
fn some_thousand_mutants() {
    let tally = run(&Stock::new(Vec::new()), 1, 3_000, &|_| {});
    assert_eq!(tally.count(), 3_000, "{}", tally.finds());
    // If all mutants were refused, nothing would have been generated.
    assert!(tally.generated.load(Ordering::Relaxed) > 500, "{tally:?}");
}

/// Returns the documents of a folder, in the order of their names.
fn documents(folder: OsString) -> Vec<String> {
    let entries = fs::read_dir(&folder).expect("the folder DOCUMENTS");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let is_document = |path: &PathBuf| {
        let name = path.to_string_lossy();
        name.ends_with(".json") && !name.ends_with(".overlay.json")
    };
    let mut paths: Vec<_> = paths.filter(is_document).collect();
    paths.sort();
    let read = |path: &PathBuf| fs::read_to_string(path).expect("a text");
    let texts = paths.iter().map(read);
    texts
        .filter(|text| serde_json::from_str::<serde_json::Value>(text).is_ok())
        .collect()
}

/// Checks `MUTANTS` mutants of the seed `MUTANTS_SEED`, also of the documents in the folder `DOCUMENTS`
/// (relative to this package, or absolute). Reports progress, and at the end the shortest mutant of each
/// fault. The same three values give the same run.
///
/// ```sh
/// MUTANTS=1000000 MUTANTS_SEED=7 DOCUMENTS=/some/folder \
///     cargo test --release -p generator --test hostile -- --ignored --nocapture by_the_million
/// ```
#[test]
#[ignore = "takes as long as it is told to"]
#[expect(clippy::print_stderr, reason = "a long run says how far it is")]
fn by_the_million() {
    let number = |name: &str, default| {
        let text = std::env::var(name).ok();
        text.map_or(default, |text| text.parse().expect("a number"))
    };
    let (seed, count) = (number("MUTANTS_SEED", 7), number("MUTANTS", 1_000_000));
    let more = std::env::var_os("DOCUMENTS").map(documents);
    let stock = Stock::new(more.unwrap_or_default());
    let tally = run(&stock, seed, count, &|tally| {
        let finds = tally.finds.lock().expect("no panic");
        eprintln!(
            "{} of {count} mutants, {} finds",
            tally.count(),
            finds.len()
        );
        for (fault, Find { count, .. }) in &*finds {
            eprintln!("  {count} times: {fault}");
        }
    });
    eprintln!(
        "seed {seed}: {count} mutants, {:?} generated, {:?} refused, {:?} unread",
        tally.generated, tally.refused, tally.unread
    );
    assert_eq!(tally.count(), count, "{}", tally.finds());
}
