//! Latency and throughput of calls by the generated client and by hand-written code with reqwest
//! and serde, over persistent loopback connections.
//!
//! `cargo bench -p benchmarks --bench calls -- ours 100` (or `rival`) makes 100 rounds of 1,600
//! concurrent calls without measuring, for a profiler or an instruction counter.

#[path = "calls/by_hand.rs"]
mod by_hand;
#[path = "calls/programs.rs"]
mod programs;
#[path = "calls/server.rs"]
mod server;

use std::time::Instant;

use benchmarks::{Side, Unit, compare, compare_pairs, median, seconds};
use programs::{NAMES, Program};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

const ROUNDS: usize = 60;
/// Sequential calls of one round.
const CALLS: u32 = 250;
/// The number of concurrent tasks, and the calls that each makes in one round.
const CONCURRENT: (u32, u32) = (64, 25);

fn main() {
    let url = server::start();
    let (runtime, ours, rival) = programs::start(&url);
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    if let [side, rounds, ..] = &arguments[..] {
        for _ in 0..rounds.parse().expect("a number of rounds") {
            match &**side {
                "ours" => throughput(&runtime, &ours),
                _ => throughput(&runtime, &rival),
            };
        }
        return;
    }
    compare_pairs(
        "median latency of apps.get",
        Unit::Seconds,
        ROUNDS,
        NAMES,
        || runtime.block_on(latencies(&ours, &rival)),
    );
    compare(
        "throughput of 64 concurrent apps.get",
        Unit::Rate,
        ROUNDS,
        Side {
            name: NAMES[0],
            measure: &mut || throughput(&runtime, &ours),
        },
        Side {
            name: NAMES[1],
            measure: &mut || throughput(&runtime, &rival),
        },
    );
}

/// Returns the median time of a call by each side, in seconds. The sides alternate call by call, so
/// that machine load affects both.
async fn latencies(ours: &impl Program, rival: &impl Program) -> (f64, f64) {
    let (mut our, mut their) = (Vec::new(), Vec::new());
    for call in 0..CALLS {
        if call % 2 == 0 {
            our.push(latency(ours).await);
            their.push(latency(rival).await);
        } else {
            their.push(latency(rival).await);
            our.push(latency(ours).await);
        }
    }
    (median(&mut our), median(&mut their))
}

async fn latency(program: &impl Program) -> f64 {
    let start = Instant::now();
    program.call().await;
    start.elapsed().as_secs_f64()
}

/// Returns calls per second.
fn throughput(runtime: &Runtime, program: &impl Program) -> f64 {
    let (tasks, calls) = CONCURRENT;
    let time = seconds(|| {
        runtime.block_on(async {
            let mut running = JoinSet::new();
            for _ in 0..tasks {
                let program = program.clone();
                running.spawn(async move {
                    for _ in 0..calls {
                        program.call().await;
                    }
                });
            }
            while let Some(result) = running.join_next().await {
                result.expect("a task without a panic");
            }
        });
    });
    f64::from(tasks * calls) / time
}
