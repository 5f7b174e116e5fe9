//! Many calls with random faults, each of which must end as expected and reveal no secret.

use std::{
    collections::{BTreeMap, HashMap},
    env,
    time::Duration,
};

use crate::{
    leak_detector::DETECTOR,
    support::{
        catalogue::{Class, Fault, REPLACED},
        plan::Plan,
        run::{self, Ended, Kind},
        server::FaultServer,
    },
};

/// The default seed. Set `FAULT_SEED` for another run.
const SEED: u64 = 20_251_112;

/// The number of calls, enough for ten thousand faults.
const CALLS: u64 = 10_000;

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_faults() {
    DETECTOR.install();
    let met = run(Plan { seed: seed() }).await;
    let faults: usize = met.values().sum();
    assert!(faults >= 10_000, "{faults}");
    assert_eq!(met.len(), Fault::ALL.len() - 1, "{met:?}");
    DETECTOR.assert_no_secret();
}

/// Returns the seed of this run.
pub(crate) fn seed() -> u64 {
    let seed = env::var("FAULT_SEED").ok();
    seed.map_or(SEED, |seed| seed.parse().unwrap())
}

/// Makes all calls, and returns the number of times that each fault occurred.
async fn run(plan: Plan) -> BTreeMap<Fault, usize> {
    let tasks = || {
        tokio::runtime::Handle::current()
            .metrics()
            .num_alive_tasks()
    };
    let server = run::serve(plan).await;
    let tasks_before = tasks();
    let checks = run::builder(&server).build().await.unwrap();
    let mut ended = Vec::new();
    run::call_all(plan, &checks, CALLS, |call| {
        DETECTOR.inspect_result(call.result.as_ref());
        ended.push(call);
    })
    .await;
    assert_eq!(u64::try_from(ended.len()), Ok(CALLS));

    drop(checks);
    let gone = server.until(|tally| tally.open == 0);
    let gone = tokio::time::timeout(Duration::from_secs(20), gone).await;
    gone.expect("all connections are closed");
    while tasks() > tasks_before {
        tokio::task::yield_now().await;
    }
    judge(plan, &ended, &server)
}

fn judge(plan: Plan, ended: &[Ended], server: &FaultServer) -> BTreeMap<Fault, usize> {
    let mut requests: HashMap<u64, usize> = HashMap::new();
    for seen in server.seen() {
        *requests.entry(run::call_of(&seen.request)).or_default() += 1;
    }
    let mut met: BTreeMap<Fault, usize> = BTreeMap::new();
    let mut late = 0;
    for call in ended {
        let count = requests.get(&call.call).copied().unwrap_or_default();
        let faults = (0..count).map(|request| plan.fault(call.call, request));
        faults
            .filter(|fault| *fault != Fault::Nothing)
            .for_each(|fault| *met.entry(fault).or_default() += 1);
        assert_no_duplicate(plan, call, count);
        late += usize::from(!assert_ends_as_it_has_to(plan, call, count));
    }
    // On a machine under load an attempt may exceed its timeout.
    assert!(late * 100 <= ended.len(), "{late} calls were late");
    met
}

/// Checks that a call that may change state is carried out at most once.
fn assert_no_duplicate(plan: Plan, call: &Ended, count: usize) {
    if call.kind == Kind::Generate {
        let faults = (0..count).map(|request| plan.fault(call.call, request));
        let carried_out = faults.filter(|fault| fault.class() != Class::Unauthenticated);
        assert!(carried_out.count() <= 1, "{call:?}: {count} requests");
    }
}

/// Checks the outcome of a call, and reports if it was in time.
fn assert_ends_as_it_has_to(plan: Plan, call: &Ended, count: usize) -> bool {
    let expected = plan.expected(call.call, call.kind.is_idempotent());
    let is_success = expected.last.class() == Class::Success;
    assert!(count <= expected.requests, "{call:?}: {count} {expected:?}");
    match &call.result {
        None => true,
        Some(Err(error)) if error.is_timeout() && expected.class() != Class::Slow => false,
        Some(Ok(name)) => {
            let good = match expected.last {
                Fault::NotUtf8 => REPLACED.to_owned(),
                _ => run::answer(call.call, expected.requests - 1),
            };
            assert!(is_success, "{call:?}: {expected:?}");
            assert_eq!(name.as_ref(), Some(&good), "{expected:?}");
            assert_eq!(count, expected.requests, "{call:?}: {expected:?}");
            true
        }
        Some(Err(error)) => {
            assert!(expected.fits(error), "{call:?}: {expected:?}");
            assert_eq!(count, expected.requests, "{call:?}: {expected:?}");
            true
        }
    }
}
