//! Mutants of real documents, by the thousand here and by the million on request.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use crate::invariant::{self, Outcome};
use crate::mutate::mutate;
use crate::random::Random;
use crate::support;
use crate::tree::Tree;

/// Larger documents come up more seldom.
const SMALL: usize = 4 << 10;

/// A mutant, and perhaps an overlay for it.
struct Mutant {
    document: String,
    overlay: Option<String>,
}

/// What mutants are made of.
struct Stock {
    small: Vec<Tree>,
    large: Vec<Tree>,
}

impl Stock {
    fn new() -> Self {
        let (small, large): (Vec<_>, Vec<_>) = support::texts()
            .into_iter()
            .map(|(_, text)| text)
            .filter(|text| text.len() < 20 << 10)
            .partition(|text| text.len() < SMALL);
        let parse = |texts: Vec<String>| texts.iter().map(|text| Tree::parse(text)).collect();
        Self {
            small: parse(small),
            large: parse(large),
        }
    }

    /// The mutant of that number, whatever came before.
    fn mutant(&self, seed: u64, index: u64) -> Mutant {
        let random = &mut Random::of(seed, index);
        let stock = if random.one_in(12) {
            &self.large
        } else {
            &self.small
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

/// What a run came to.
#[derive(Debug, Default)]
struct Tally {
    unread: AtomicU64,
    refused: AtomicU64,
    generated: AtomicU64,
    finds: Mutex<BTreeMap<String, Find>>,
}

/// The same fault of several mutants.
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

    /// Of mutants with the same fault, the shortest is the one to look at.
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
fn run(seed: u64, count: u64, progress: &(dyn Fn(&Tally) + Sync)) -> Tally {
    let stock = Stock::new();
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
    let tally = run(1, 3_000, &|_| {});
    assert_eq!(tally.count(), 3_000, "{}", tally.finds());
    // Mutants that are all refused would prove nothing of what is generated.
    assert!(tally.generated.load(Ordering::Relaxed) > 500, "{tally:?}");
}

/// `MUTANTS=1000000 MUTANTS_SEED=7 cargo test --release -p generator --test hostile -- --ignored
/// --nocapture by_the_million`
#[test]
#[ignore = "takes as long as it is told to"]
#[expect(clippy::print_stderr, reason = "a long run says how far it is")]
fn by_the_million() {
    let number = |name: &str, default| {
        let text = std::env::var(name).ok();
        text.map_or(default, |text| text.parse().expect("a number"))
    };
    let (seed, count) = (number("MUTANTS_SEED", 7), number("MUTANTS", 1_000_000));
    let tally = run(seed, count, &|tally| {
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
