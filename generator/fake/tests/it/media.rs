//! Media in one request.

use serde_json::json;

use crate::support::{ARCHIVE, fake, get, send};

const UPLOAD: &str = "POST upload/archive/v1/b/b/o";

#[test]
fn media_is_stored_and_downloaded() {
    let fake = fake(ARCHIVE);
    let headers = [("content-type", "text/plain")];
    let line = format!("{UPLOAD}?uploadType=media&name=a.txt");
    let object = send(&fake, &line, &headers, "Hello, world").ok();
    assert_eq!(object["name"], "a.txt");
    assert_eq!(object["size"], "12");
    assert_eq!(object["contentType"], "text/plain");
    assert_eq!(object["md5Hash"], "vG5vFrigd+9fvI1Z0LkxuQ==");
    let reply = get(&fake, "GET archive/v1/b/b/o/a.txt?alt=media");
    assert_eq!(&reply.reply.body()[..], b"Hello, world");
    assert_eq!(reply.header("content-type"), "text/plain");
    assert!(
        reply
            .header("x-goog-hash")
            .contains("md5=vG5vFrigd+9fvI1Z0LkxuQ==")
    );
    let other = get(&fake, "GET download/archive/v1/b/b/o/a.txt");
    assert_eq!(other.reply.body(), reply.reply.body());
}

#[test]
fn a_range_is_a_part_of_the_media() {
    let fake = fake(ARCHIVE);
    send(
        &fake,
        &format!("{UPLOAD}?uploadType=media&name=a"),
        &[],
        "0123456789",
    )
    .ok();
    let range = |range: &str| {
        let line = "GET archive/v1/b/b/o/a?alt=media";
        let got = send(&fake, line, &[("range", range)], "");
        let text = String::from_utf8_lossy(got.reply.body()).into_owned();
        (got.status, got.header("content-range").to_owned(), text)
    };
    let part = |status, range: &str, text: &str| (status, range.to_owned(), text.to_owned());
    assert_eq!(range("bytes=2-4"), part(206, "bytes 2-4/10", "234"));
    assert_eq!(range("bytes=8-"), part(206, "bytes 8-9/10", "89"));
    assert_eq!(range("bytes=-3"), part(206, "bytes 7-9/10", "789"));
    assert_eq!(range("bytes=5-500"), part(206, "bytes 5-9/10", "56789"));
    assert_eq!(range("bytes=10-"), part(416, "bytes */10", ""));
    assert_eq!(range("lines=1-2"), part(200, "", "0123456789"));
}

#[test]
fn metadata_and_media_come_in_one_body() {
    let fake = fake(ARCHIVE);
    let line = format!("{UPLOAD}?uploadType=multipart");
    for (boundary, end) in [("xx", "\r\n"), ("\"xx\"", "\n")] {
        let lines = [
            "--xx",
            "Content-Type: application/json",
            "",
            r#"{"name": "m"}"#,
            "--xx",
            "content-type: image/png",
            "",
            "--not\r\n\r\nthe end",
            "--xx--",
            "",
        ];
        let headers = [(
            "content-type",
            &*format!("multipart/related; boundary={boundary}"),
        )];
        let object = send(&fake, &line, &headers, lines.join(end)).ok();
        assert_eq!(
            (&object["contentType"], &object["size"]),
            (&json!("image/png"), &json!("16"))
        );
        let media = get(&fake, "GET archive/v1/b/b/o/m?alt=media");
        assert_eq!(&media.reply.body()[..], b"--not\r\n\r\nthe end");
        get(&fake, "DELETE archive/v1/b/b/o/m");
    }
    let broken = send(
        &fake,
        &line,
        &[("content-type", "multipart/related; boundary=x")],
        "--x\r\n--x--",
    );
    assert!(broken.error().2.starts_with("Invalid multipart request"));
}

#[test]
fn the_document_limits_the_size() {
    let fake = fake(ARCHIVE);
    let line = format!("{UPLOAD}?uploadType=media&name=a");
    assert_eq!(send(&fake, &line, &[], vec![0; 2_097_153]).status, 413);
    assert_eq!(send(&fake, &line, &[], vec![0; 2_097_152]).status, 200);
}

#[test]
fn a_resource_without_media_has_none() {
    let fake = fake(ARCHIVE);
    fake.put("archive:v1", "archive/v1/b/b/o/a", json!({"name": "a"}));
    assert_eq!(get(&fake, "GET archive/v1/b/b/o/a?alt=media").status, 404);
}
