//! Requests of any content: every one has a reply.

use bytes::Bytes;
use http::Request;
use proptest::prelude::*;

use crate::support::{ARCHIVE, FLEET, LIBRARY, document};
use discovery_fake::Fake;

/// Pieces of requests that mean something to some method.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "v1", "shelves", "a", "books", "operations", "fleet/v1", "projects", "p", "zones", "z", "trucks",
            "aggregated", "archive/v1", "b", "o", "upload", "download", "-", ":undelete", ":batchGet", "settings",
            "library/v1", "..", "%2F", "%", "%25", "", "*",
        ]).prop_map(str::to_owned),
        1 => "[ -~]{0,8}",
    ]
}

fn query() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "pageSize",
        "pageToken",
        "filter",
        "orderBy",
        "updateMask",
        "fields",
        "uploadType",
        "upload_id",
        "alt",
        "shelfId",
        "requestId",
        "validateOnly",
        "names",
        "name",
        "project",
        "prettyPrint",
    ]);
    let value = prop_oneof![
        Just("media".to_owned()),
        Just("resumable".to_owned()),
        Just("multipart".to_owned()),
        Just("true".to_owned()),
        "[-a-z=<>:()\"*., é]{0,12}",
        "[0-9-]{1,20}",
    ];
    (name, value).prop_map(|(name, value)| {
        let value: String = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
        format!("{name}={value}")
    })
}

fn body() -> impl Strategy<Value = Vec<u8>> {
    let json = prop::sample::select(vec![
        "{}",
        "[]",
        "null",
        "{\"theme\":\"A\"}",
        "{\"theme\":{}}",
        "{\"labels\":[]}",
        "{\"policy\":7}",
        "{\"name\":\"a/../b\"}",
        "{\"book\":{\"title\":null},\"bookId\":\"\"}",
        "{\"location\":{\"room\":{}}}",
        "{\"etag\":[]}",
        "{\"permissions\":\"x\"}",
        "{\"a",
    ]);
    prop_oneof![3 => json.prop_map(|text| text.as_bytes().to_vec()), 1 => prop::collection::vec(any::<u8>(), 0..64)]
}

fn headers() -> impl Strategy<Value = Vec<(&'static str, &'static str)>> {
    let header = prop::sample::select(vec![
        ("content-range", "bytes 0-0/1"),
        (
            "content-range",
            "bytes 18446744073709551615-18446744073709551615/*",
        ),
        ("content-range", "bytes */18446744073709551615"),
        ("range", "bytes=-0"),
        ("range", "bytes=0-18446744073709551615"),
        ("if-match", "x"),
        ("if-none-match", "*"),
        ("x-fake-operation-polls", "0"),
        ("x-fake-page-size-limit", "0"),
        ("content-type", "multipart/related; boundary=x"),
        ("x-fake-rule", "{\"times\":0}"),
        ("x-http-method-override", "PATCH"),
    ]);
    prop::collection::vec(header, 0..3)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 150 } else { 2_000 }))]

    #[test]
    fn every_request_has_a_reply(
        requests in prop::collection::vec((
            prop::sample::select(vec!["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]),
            prop::collection::vec(piece(), 0..8),
            prop::collection::vec(query(), 0..4),
            headers(),
            body(),
        ), 1..20)
    ) {
        let fake = Fake::of([LIBRARY, FLEET, ARCHIVE].map(document));
        for (verb, pieces, queries, headers, body) in requests {
            let path = pieces.join("/").replace("/:", ":");
            let uri = format!("http://127.0.0.1/{path}?{}", queries.join("&"));
            let mut request = Request::builder().method(verb).uri(uri);
            for (name, value) in headers {
                request = request.header(name, value);
            }
            // Some texts are no URI.
            let Ok(request) = request.body(Bytes::from(body)) else { continue };
            let reply = fake.call(request);
            prop_assert!(reply.status().as_u16() >= 200);
            prop_assert!(reply.status().as_u16() != 500);
        }
    }
}
