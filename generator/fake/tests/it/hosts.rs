//! Several APIs on one address.

use bytes::Bytes;
use discovery_fake::Fake;
use http::Request;

use crate::support::{ARCHIVE, FLEET, LIBRARY, document, get};

fn all() -> Fake {
    Fake::of([LIBRARY, FLEET, ARCHIVE].map(document))
}

#[test]
fn an_api_is_known_by_its_host_its_prefix_or_its_path() {
    let fake = all();
    let host = |host: &str, path: &str| {
        let request = Request::get(path).header("host", host).body(Bytes::new());
        fake.call(request.unwrap()).status().as_u16()
    };
    assert_eq!(host("library.example.googleapis.com", "/v1/shelves"), 200);
    assert_eq!(
        host("fleet.example.googleapis.com:443", "/v1/shelves"),
        200,
        "by its path"
    );
    assert_eq!(get(&fake, "GET library/v1/v1/shelves").status, 200);
    assert_eq!(
        get(&fake, "GET fleet/v1/projects/p/zones/z/trucks").status,
        200
    );
    assert_eq!(
        get(&fake, "GET fleet/v1/fleet/v1/projects/p/zones/z/trucks").status,
        200
    );
    let missing = get(&fake, "GET library/v1/v1/nothing");
    assert_eq!(missing.status, 404);
}

#[test]
fn the_report_counts_methods_by_role() {
    let apis = get(&all(), "GET __apis").ok();
    assert_eq!(apis["library:v1"]["samples"], 1);
    assert_eq!(apis["library:v1"]["unserved"], 0);
    assert_eq!(apis["fleet:v1"]["roles"]["aggregated list"], 1);
    assert_eq!(apis["archive:v1"]["stateful"], 9);
}
