//! Decoding of a 10 MB page of reports by the generated client, against `serde_json::from_slice`
//! into hand-written structs.

#[path = "decoding/by_hand.rs"]
mod by_hand;

use benchmarks::{Side, Unit, compare, seconds};
use google_checks_v1alpha::Checks;
use google_checks_v1alpha::runtime::{Bytes, Call, Reply, Result, Transport};
use google_checks_v1alpha::schemas::report::ListReportsResponse;
use tokio::runtime::Builder;

const REPORT: &str = include_str!("../../client-tests/tests/fixtures/report.json");
const SIZE: usize = 10_000_000;
const ROUNDS: usize = 40;

/// Replies to every call with the page.
#[derive(Clone, Debug)]
struct Page(Bytes);

impl Transport for Page {
    async fn send(&self, _: Call) -> Result<Reply> {
        Ok(Reply::new(200).with_body(self.0.clone()))
    }
}

fn main() {
    let (page, reports) = page();
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let builder = Checks::builder().with_transport(Page(page.clone()));
    let checks = runtime.block_on(builder.build()).expect("a client");
    let report = |title, ours: &mut dyn FnMut() -> usize| {
        compare(
            title,
            Unit::Seconds,
            ROUNDS,
            Side {
                name: "google-checks-v1alpha",
                measure: &mut || seconds(|| assert_eq!(ours(), reports)),
            },
            Side {
                name: "serde_json::from_slice by hand",
                measure: &mut || seconds(|| assert_eq!(by_hand(&page), reports)),
            },
        );
    };
    report("types alone", &mut || {
        let read: ListReportsResponse = serde_json::from_slice(&page).expect("a page");
        read.reports.len()
    });
    report("reports.list, without the network", &mut || {
        let list = checks.accounts().apps().reports().list("accounts/1/apps/2");
        runtime.block_on(list.send()).expect("a page").reports.len()
    });
}

fn by_hand(page: &[u8]) -> usize {
    let read: by_hand::Reports = serde_json::from_slice(page).expect("a page");
    read.reports.len()
}

/// Returns a page of at least [`SIZE`] bytes, and the number of its reports.
fn page() -> (Bytes, usize) {
    let count = SIZE / REPORT.len() + 1;
    let text = format!("{{\"reports\": [{}]}}", vec![REPORT; count].join(","));
    (text.into(), count)
}
