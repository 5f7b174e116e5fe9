//! Downloads and uploads through random faults: none is misreported, and nothing is stored twice.

mod calls;
mod download_model;
mod downloads;
mod faults;
mod objects;
mod outcome;
mod service;
mod upload_model;
mod uploads;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
    time::Duration,
};

use discovery_runtime::Result;

use crate::{
    leak_detector::DETECTOR,
    random::seed,
    support::{
        catalogue::Fault,
        plan::Plan,
        run::{call_of, concurrently},
        server::Seen,
    },
};
use calls::Kind;
use faults::{DownloadFault, GENERAL, UploadFault};
use objects::{Form, Shown, object};
use outcome::{Outcome, Refusal};
use service::{MediaServer, part};

/// The number of calls, enough for ten thousand faults.
const CALLS: u64 = 4_500;

/// A call and its result.
struct Ended {
    call: u64,
    result: Result<Shown>,
}

#[tokio::test(flavor = "multi_thread")]
async fn media_meets_ten_thousand_faults() {
    DETECTOR.install();
    let plan = Plan { seed: seed() };
    let service = MediaServer::start(plan).await;
    let client = calls::client(&service.server.url).await;
    let start = |call| {
        let client = client.clone();
        async move {
            let result = Kind::of(plan, call).send(&client, plan, call).await;
            Ended { call, result }
        }
    };
    let mut ended = Vec::new();
    let collect = |call: Ended| {
        DETECTOR.inspect_result(Some(&call.result));
        ended.push(call);
    };
    concurrently(CALLS, start, collect).await;
    drop(client);
    let gone = service.server.until(|tally| tally.open == tally.held);
    let gone = tokio::time::timeout(Duration::from_secs(60), gone).await;
    gone.expect("all connections are closed");

    ended.iter().for_each(|call| judge(plan, call, &service));
    service
        .server
        .seen()
        .iter()
        .for_each(|seen| assert_right_bytes(plan, seen));
    assert_all_kinds(plan, &ended, &service);
    DETECTOR.assert_no_secret();
}

/// Checks that a call ended as it has to, and stored its media at most once.
fn judge(plan: Plan, ended: &Ended, service: &MediaServer) {
    let Ended { call, result } = ended;
    let kind = Kind::of(plan, *call);
    let expected = kind.expected(plan, *call);
    let state = service.state(*call);
    let context = || format!("{call} {kind:?} {result:?}, not {expected:?}: {state:?}");
    match result {
        Ok(bytes) => assert!(
            expected.outcome == Outcome::Done(bytes.clone()),
            "{}",
            context()
        ),
        Err(error) => assert!(expected.outcome.fits(error), "{}", context()),
    }
    assert_eq!(state.faults.len(), expected.requests, "{}", context());
    assert!(state.store.completions <= 1, "{}", context());
    assert_eq!(state.store.repetitions, 0, "{}", context());
    let stored = kind != Kind::Download && result.is_ok();
    assert!(!stored || state.store.completions == 1, "{}", context());
}

/// Checks that a request with a part of media carries that part.
fn assert_right_bytes(plan: Plan, seen: &Seen) {
    let request = &seen.request;
    let Some((first, end)) = part(request) else {
        return;
    };
    // Otherwise only the head was read.
    if !request.body.is_empty() {
        let object = object(plan, call_of(request), Form::default());
        assert!(request.body == object[first..end], "{}", request.head);
    }
}

/// Checks that every fault and every refusal occurred.
fn assert_all_kinds(plan: Plan, ended: &[Ended], service: &MediaServer) {
    let mut met = BTreeMap::<String, usize>::new();
    let mut refusals = BTreeSet::new();
    for Ended { call, .. } in ended {
        let kind = Kind::of(plan, *call);
        for fault in service.state(*call).faults {
            let is_download = kind == Kind::Download;
            *met.entry(format!("{is_download} {fault}")).or_default() += 1;
        }
        if let Outcome::Refused(refusal) = kind.expected(plan, *call).outcome {
            refusals.insert(refusal);
        }
    }
    let nothing: usize = [true, false]
        .iter()
        .filter_map(|is_download| met.remove(&format!("{is_download} Nothing")))
        .sum();
    let faults: usize = met.values().sum();
    assert!(faults >= 10_000, "{faults} faults, {nothing} without");
    for (is_download, fault) in all() {
        let known = met.get(&format!("{is_download} {fault:?}"));
        assert!(known.is_some(), "{is_download} {fault:?}: {met:?}");
    }
    assert!(Refusal::ALL.iter().all(|kind| refusals.contains(kind)));
}

/// Returns all faults, and if they are those of downloads.
fn all() -> Vec<(bool, Box<dyn Debug>)> {
    let general = GENERAL.into_iter().chain([Fault::Unauthenticated]);
    let mut all: Vec<(bool, Box<dyn Debug>)> = Vec::new();
    for fault in general {
        all.push((true, Box::new(DownloadFault::General(fault))));
        all.push((false, Box::new(UploadFault::General(fault))));
    }
    for fault in DownloadFault::SPECIAL {
        all.push((true, Box::new(fault)));
    }
    for fault in UploadFault::SPECIAL {
        all.push((false, Box::new(fault)));
    }
    all
}
