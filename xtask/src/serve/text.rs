//! The text that `cargo xtask serve` prints.

use std::fmt::Write as _;
use std::net::SocketAddr;

use discovery_fake::Coverage;

/// Returns a line for each API, totals if there are several, and the endpoints.
pub(crate) fn text(apis: &[(String, Coverage)], address: Option<SocketAddr>) -> String {
    let width = apis
        .iter()
        .map(|(id, _)| id.len())
        .max()
        .unwrap_or_default()
        .max("API".len());
    let mut text = format!(
        "{:width$}  methods  with state  samples  not served\n",
        "API"
    );
    let mut total = Coverage::default();
    for (id, coverage) in apis {
        line(&mut text, id, coverage, width);
        total.stateful += coverage.stateful;
        total.samples += coverage.samples;
        total.unserved += coverage.unserved;
    }
    if apis.len() > 1 {
        let name = format!("{} APIs", apis.len());
        line(&mut text, &name, &total, width);
    }
    if let Some(address) = address {
        text.push_str(&endpoints(apis, address));
    }
    text
}

fn line(text: &mut String, name: &str, coverage: &Coverage, width: usize) {
    let Coverage {
        stateful,
        samples,
        unserved,
        ..
    } = coverage;
    let methods = stateful + samples + unserved;
    let _ = writeln!(
        text,
        "{name:width$}  {methods:>7}  {stateful:>10}  {samples:>7}  {unserved:>10}"
    );
}

/// The number of endpoints that are listed.
const LISTED: usize = 10;

fn endpoints(apis: &[(String, Coverage)], address: SocketAddr) -> String {
    let mut text = format!("\nServing on http://{address}\n\n");
    text.push_str("In a client:\n");
    for (id, _) in apis.iter().take(LISTED) {
        let path = match apis.len() {
            1 => String::new(),
            _ => format!("/{}", id.replace(':', "/")),
        };
        let _ = writeln!(text, "    .with_endpoint(\"http://{address}{path}\")");
    }
    if apis.len() > LISTED {
        let _ = writeln!(text, "    … and so on: /NAME/VERSION");
    }
    text.push_str("\nControl: /__calls /__state /__reset /__rules /__settings /__apis\n");
    text
}
