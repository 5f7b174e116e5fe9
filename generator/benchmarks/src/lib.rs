//! Compares two programs by measuring them in turn, so that other load on the machine affects both.
//!
//! The benchmarks of this package report ratios. Measuring one side after the other would compare
//! two moments of the machine. Here the sides alternate, and each round has its own ratio.

#![allow(clippy::print_stdout, reason = "benchmarks report on standard output")]

use std::time::Instant;

/// The unit of a figure, and its format.
#[derive(Clone, Copy, Debug)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Calls per second.
    Rate,
    /// Bytes per second.
    Throughput,
    /// A count of anything.
    Count,
}

impl Unit {
    fn show(self, figure: f64) -> String {
        match self {
            Self::Seconds if figure < 1e-3 => format!("{:.1} µs", figure * 1e6),
            Self::Seconds if figure < 1.0 => format!("{:.2} ms", figure * 1e3),
            Self::Seconds => format!("{figure:.2} s"),
            Self::Rate => format!("{figure:.0}/s"),
            Self::Throughput => format!("{:.0} MB/s", figure / 1e6),
            Self::Count => format!("{figure:.1}"),
        }
    }
}

/// One side of a comparison: its name, and a function that measures it once.
pub struct Side<'a> {
    /// The name in the report.
    pub name: &'a str,
    /// Measures once.
    pub measure: &'a mut dyn FnMut() -> f64,
}

/// Measures both sides in `rounds` rounds after a warm-up round, and prints the medians and the
/// ratio of `ours` to `rival`: its median over the rounds, and its quartiles.
pub fn compare(title: &str, unit: Unit, rounds: usize, ours: Side<'_>, rival: Side<'_>) {
    let names = [ours.name, rival.name];
    let mut round = 0_usize;
    compare_pairs(title, unit, rounds, names, || {
        round += 1;
        // The second side may profit from caches that the first has warmed.
        if round % 2 == 1 {
            let a = (ours.measure)();
            (a, (rival.measure)())
        } else {
            let b = (rival.measure)();
            ((ours.measure)(), b)
        }
    });
}

/// Compares two sides that are measured together, ours first.
pub fn compare_pairs(
    title: &str,
    unit: Unit,
    rounds: usize,
    names: [&str; 2],
    mut measure: impl FnMut() -> (f64, f64),
) {
    measure();
    let (mut our, mut their): (Vec<_>, Vec<_>) = (0..rounds).map(|_| measure()).unzip();
    let pairs = our.iter().zip(&their);
    let mut ratios: Vec<_> = pairs.map(|(ours, rival)| ours / rival).collect();
    let [low, middle, high] = [0.25, 0.5, 0.75].map(|part| quantile(&mut ratios, part));
    println!("{title}");
    println!("  {:<34}{:>12}", names[0], unit.show(median(&mut our)));
    println!("  {:<34}{:>12}", names[1], unit.show(median(&mut their)));
    println!(
        "  {:<34}{middle:>12.3}   ({low:.3} to {high:.3} in the middle half)",
        "ratio"
    );
}

/// Returns the time of one run, in seconds.
pub fn seconds<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed().as_secs_f64()
}

/// Returns the median of the figures, or zero if there are none.
pub fn median(figures: &mut [f64]) -> f64 {
    quantile(figures, 0.5)
}

fn quantile(figures: &mut [f64], part: f64) -> f64 {
    figures.sort_by(f64::total_cmp);
    let last = figures.len().saturating_sub(1) as f64;
    figures
        .get((last * part).round() as usize)
        .copied()
        .unwrap_or_default()
}
