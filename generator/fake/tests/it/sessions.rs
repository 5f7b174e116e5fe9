//! Uploads in several requests.

use discovery_fake::Fake;
use serde_json::json;

use crate::support::{ARCHIVE, Got, fake, get, send};

const UNIT: usize = 256 * 1024;

/// Begins an upload, and returns the path of its session.
fn begun(fake: &Fake) -> String {
    let headers = [("x-upload-content-type", "text/plain")];
    let line = "POST upload/archive/v1/b/b/o?uploadType=resumable";
    let reply = send(fake, line, &headers, json!({"name": "r"}).to_string());
    assert_eq!(reply.status, 200);
    reply
        .header("location")
        .strip_prefix("http://127.0.0.1/")
        .unwrap()
        .to_owned()
}

fn part(fake: &Fake, session: &str, range: &str, body: Vec<u8>) -> Got {
    send(
        fake,
        &format!("PUT {session}"),
        &[("content-range", range)],
        body,
    )
}

#[test]
fn an_upload_continues_where_it_ended() {
    let fake = fake(ARCHIVE);
    let session = begun(&fake);
    let total = UNIT + 3;
    let first = part(
        &fake,
        &session,
        &format!("bytes 0-{}/*", UNIT - 1),
        vec![1; UNIT],
    );
    assert_eq!(
        (first.status, first.header("range")),
        (308, &*format!("bytes=0-{}", UNIT - 1))
    );
    let state = part(&fake, &session, "bytes */*", Vec::new());
    assert_eq!(
        (state.status, state.header("range")),
        (308, &*format!("bytes=0-{}", UNIT - 1))
    );
    assert_eq!(get(&fake, "GET archive/v1/b/b/o/r").status, 404);
    let range = format!("bytes {UNIT}-{}/{total}", total - 1);
    let object = part(&fake, &session, &range, vec![2; 3]).ok();
    assert_eq!(object["size"], total.to_string());
    assert_eq!(object["contentType"], "text/plain");
    let again = part(&fake, &session, &format!("bytes */{total}"), Vec::new()).ok();
    assert_eq!(again, object);
}

#[test]
fn bytes_that_are_there_are_skipped() {
    let fake = fake(ARCHIVE);
    let session = begun(&fake);
    part(
        &fake,
        &session,
        &format!("bytes 0-{}/*", UNIT - 1),
        vec![1; UNIT],
    );
    let range = format!("bytes 0-{UNIT}/{}", UNIT + 1);
    let object = part(&fake, &session, &range, vec![1; UNIT + 1]).ok();
    assert_eq!(object["size"], (UNIT + 1).to_string());
}

#[test]
fn an_empty_or_whole_upload_needs_no_range() {
    let fake = fake(ARCHIVE);
    let session = begun(&fake);
    assert_eq!(
        part(&fake, &session, "bytes */0", Vec::new()).ok()["size"],
        "0"
    );
    get(&fake, "DELETE archive/v1/b/b/o/r");
    let session = begun(&fake);
    assert_eq!(
        send(&fake, &format!("PUT {session}"), &[], "abc").ok()["size"],
        "3"
    );
}

#[test]
fn wrong_parts_are_refused() {
    let fake = fake(ARCHIVE);
    let session = begun(&fake);
    let state = part(&fake, &session, "bytes */*", Vec::new());
    assert_eq!((state.status, state.header("range")), (308, ""));
    assert_eq!(
        part(&fake, &session, "bytes 0-9/*", vec![0; 10]).status,
        400
    );
    assert_eq!(
        part(&fake, &session, "bytes 0-9/10", vec![0; 9]).status,
        400
    );
    assert_eq!(
        part(&fake, &session, "bytes 5-9/10", vec![0; 5]).status,
        503
    );
    assert_eq!(
        part(&fake, &session, "bytes 9-5/10", vec![0; 5]).status,
        400
    );
    assert_eq!(part(&fake, &session, "nonsense", vec![0; 5]).status, 400);
    assert_eq!(get(&fake, &format!("DELETE {session}")).status, 499);
    assert_eq!(part(&fake, &session, "bytes */*", Vec::new()).status, 404);
}

#[test]
fn a_client_that_cannot_read_308_gets_200() {
    let fake = fake(ARCHIVE);
    let session = begun(&fake);
    let headers = [
        ("content-range", "bytes */*"),
        ("x-guploader-no-308", "yes"),
    ];
    let state = send(&fake, &format!("PUT {session}"), &headers, "");
    assert_eq!(
        (state.status, state.header("x-http-status-code-override")),
        (200, "308")
    );
}
