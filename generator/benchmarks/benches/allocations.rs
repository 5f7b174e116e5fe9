//! Allocations of a call, by the generated client and by hand. Separate from `calls`, since
//! counting takes time.

#[path = "calls/by_hand.rs"]
mod by_hand;
#[path = "calls/programs.rs"]
mod programs;
#[path = "calls/server.rs"]
mod server;

use std::alloc::System;

use benchmarks::{Side, Unit, compare};
use programs::{NAMES, Program};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use tokio::runtime::Runtime;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const ROUNDS: usize = 4;
const CALLS: u32 = 250;

fn main() {
    let url = server::start();
    let (runtime, ours, rival) = programs::start(&url);
    compare(
        "allocations per apps.get",
        Unit::Count,
        ROUNDS,
        Side {
            name: NAMES[0],
            measure: &mut || allocations(&runtime, &ours),
        },
        Side {
            name: NAMES[1],
            measure: &mut || allocations(&runtime, &rival),
        },
    );
}

/// Returns the allocations of a call. The server makes none once it has a connection.
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
