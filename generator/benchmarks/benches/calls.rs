//! Calls of the generated client against the same by hand, with reqwest and serde, over connections
//! on the loopback that are kept alive: latency, throughput, allocations.

#[path = "calls/programs.rs"]
mod programs;
#[path = "calls/server.rs"]
mod server;

use std::alloc::System;
use std::time::Instant;

use benchmarks::{Side, Unit, compare, median, seconds};
use programs::{Generated, HandWritten, Program};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const ROUNDS: usize = 60;
/// Calls of one round, one after the other.
const CALLS: u32 = 250;
/// Calls under way at once, and how often each of them is made in one round.
const CONCURRENT: (u32, u32) = (64, 25);

fn main() {
    let url = server::start();
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let ours = runtime.block_on(Generated::new(&url));
    let rival = HandWritten::new(&url);
    let report = |title, unit, ours: &mut dyn FnMut() -> f64, rival: &mut dyn FnMut() -> f64| {
        let ours = Side {
            name: "google-checks-v1alpha",
            measure: ours,
        };
        let rival = Side {
            name: "reqwest and serde by hand",
            measure: rival,
        };
        compare(title, unit, ROUNDS, ours, rival);
    };
    report(
        "median latency of apps.get",
        Unit::Seconds,
        &mut || latency(&runtime, &ours),
        &mut || latency(&runtime, &rival),
    );
    report(
        "throughput of 64 concurrent apps.get",
        Unit::Rate,
        &mut || throughput(&runtime, &ours),
        &mut || throughput(&runtime, &rival),
    );
    report(
        "allocations per apps.get",
        Unit::Count,
        &mut || allocations(&runtime, &ours),
        &mut || allocations(&runtime, &rival),
    );
}

/// The median time of a call, in seconds.
fn latency(runtime: &Runtime, program: &impl Program) -> f64 {
    runtime.block_on(async {
        let mut times = Vec::new();
        for _ in 0..CALLS {
            let start = Instant::now();
            program.call().await;
            times.push(start.elapsed().as_secs_f64());
        }
        median(&mut times)
    })
}

/// Calls in a second.
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

/// Allocations of a call. The server makes none.
fn allocations(runtime: &Runtime, program: &impl Program) -> f64 {
    runtime.block_on(async {
        let region = Region::new(ALLOCATOR);
        for _ in 0..CALLS {
            program.call().await;
        }
        let change = region.change();
        (change.allocations + change.reallocations) as f64 / f64::from(CALLS)
    })
}
