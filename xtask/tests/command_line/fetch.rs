//! `cargo xtask fetch`: accepted and refused documents.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::revisions::{add_field, later, rename_field, revision};
use crate::sandbox::{DOCUMENT, Run, Sandbox};
use crate::server::Server;

const HELD: &str = "discovery/documents/tiny.v1.json";
const OVERLAY: &str = "discovery/documents/tiny.v1.overlay.json";

/// A workspace that holds a document, and a server that publishes others.
struct Setup {
    sandbox: Sandbox,
    server: Server,
}

impl Setup {
    /// The server publishes `document`.
    fn new(document: &str) -> Self {
        let sandbox = Sandbox::new();
        sandbox.document("tiny.v1", DOCUMENT);
        let server = Server::new();
        server.answer("/rest", "200 OK", document);
        let setup = Self { sandbox, server };
        setup.list(&[("tiny", "v1", &setup.server.url("/rest"))]);
        setup
    }

    /// The server's directory lists these APIs.
    fn list(&self, apis: &[(&str, &str, &str)]) {
        let item = |(name, version, url): &(&str, &str, &str)| json!({"name": name, "version": version, "discoveryRestUrl": url});
        let items: Vec<Value> = apis.iter().map(item).collect();
        let list = json!({"kind": "discovery#directoryList", "items": items});
        self.server.answer("/apis", "200 OK", list.to_string());
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let directory = ["fetch", "--directory", &self.server.url("/apis")];
        self.sandbox.run(&[&directory, arguments].concat())
    }

    /// Returns the messages of a refused run; nothing must have changed.
    #[track_caller]
    fn refused(&self, arguments: &[&str]) -> String {
        let before = self.sandbox.tree();
        let run = self.run(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{run}");
        assert_eq!(self.sandbox.tree(), before);
        self.server.anonymous(&run.stderr)
    }
}

#[test]
fn a_new_revision_replaces_the_old_one_byte_for_byte() {
    let published = later(add_field) + "\n \t\n";
    let setup = Setup::new(&published);
    let overlay = r#"{"title": "Small API"}"#;
    setup.sandbox.write(OVERLAY, overlay);
    assert_snapshot!(setup.run(&["tiny", "v1"]), @"
         Fetched tiny:v1, revision 20260101 -> 20260202
           Wrote discovery/documents/tiny.v1.json

    google-tiny-v1, revision 20260101 -> 20260202: additive

    Additions

    - Added the field `size: Option<i32>` to the type `schemas::Thing`.

            Next look at the difference, then run `cargo xtask codegen`
    exit code 0
    ");
    assert_eq!(setup.sandbox.read(HELD), published);
    assert_eq!(setup.sandbox.read(OVERLAY), overlay);
    let before = setup.sandbox.tree();
    assert_snapshot!(setup.run(&["tiny", "v1"]), @"
       Unchanged tiny:v1, revision 20260202
    exit code 0
    ");
    assert_eq!(setup.sandbox.tree(), before);
}

#[test]
fn all_documents_that_are_held_are_fetched() {
    let setup = Setup::new(&later(rename_field));
    let other = |text: &str| text.replace("tiny", "huge");
    setup.sandbox.document("huge.v1", &other(DOCUMENT));
    setup.server.answer("/huge", "200 OK", other(DOCUMENT));
    let (tiny, huge) = (setup.server.url("/rest"), setup.server.url("/huge"));
    setup.list(&[("tiny", "v1", &tiny), ("huge", "v1", &huge)]);
    assert_snapshot!(setup.run(&[]), @"
       Unchanged huge:v1, revision 20260101
         Fetched tiny:v1, revision 20260101 -> 20260202
           Wrote discovery/documents/tiny.v1.json

    google-tiny-v1, revision 20260101 -> 20260202: breaking

    Breaking changes

    - Removed the field `name: Option<String>` from the type `schemas::Thing`.

    Additions

    - Added the field `title: Option<String>` to the type `schemas::Thing`.

            Next look at the difference, then run `cargo xtask codegen`
    exit code 0
    ");
}

#[test]
fn a_document_that_is_not_held_is_added() {
    let setup = Setup::new(DOCUMENT);
    setup.sandbox.remove(HELD);
    assert_snapshot!(setup.run(&["tiny", "v1"]), @"
         Fetched tiny:v1, revision 20260101
           Wrote discovery/documents/tiny.v1.json
            Next look at the difference, then run `cargo xtask codegen`
    exit code 0
    ");
    assert_eq!(setup.sandbox.read(HELD), DOCUMENT);
}

#[test]
fn any_address_can_be_named() {
    let setup = Setup::new("");
    setup
        .server
        .answer("/private.json", "200 OK", later(add_field));
    let moved = "HTTP/1.1 302 Found\r\nLocation: URL\r\nContent-Length: 0\r\n\r\n";
    let moved = moved.replace("URL", &setup.server.url("/private.json"));
    setup.server.raw("/moved", moved.as_bytes());
    for path in ["/private.json", "/moved"] {
        let run = setup
            .sandbox
            .run(&["fetch", "tiny", "v1", "--url", &setup.server.url(path)]);
        assert_eq!(run.code, 0, "{run}");
        assert_eq!(setup.sandbox.read(HELD), later(add_field));
    }
}

#[test]
fn an_older_revision_is_taken_on_request_only() {
    let older = revision("20250101", |_| {});
    let setup = Setup::new(&older);
    assert_snapshot!(setup.refused(&["tiny", "v1"]), @"
    error: tiny v1: the published revision 20250101 is older than the held 20260101
       = help: servers may differ for some days after a change: try again later, or take it with `--allow-older`

    error: 1 error, nothing replaced
    ");
    let run = setup.run(&["tiny", "v1", "--allow-older"]);
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(setup.sandbox.read(HELD), older);
}

/// It may be older.
#[test]
fn a_revision_that_is_not_a_number_is_taken_on_request_only() {
    for name in ["", "latest"] {
        let other = revision(name, |_| {});
        let setup = Setup::new(&other);
        assert_eq!(
            setup.refused(&["tiny", "v1"]),
            format!(
                "\
            error: tiny v1: the published revision `{name}` is not a number, and may be older than the held 20260101\n   \
               = help: compare the two, and take it with `--allow-older`\n\n\
            error: 1 error, nothing replaced\n\n"
            )
        );
        let run = setup.run(&["tiny", "v1", "--allow-older"]);
        assert_eq!(run.code, 0, "{run}");
        assert_eq!(setup.sandbox.read(HELD), other);
    }
}

/// A document behind a login, or one of an API that is not published.
#[test]
fn a_file_is_taken_over_like_a_published_document() {
    let sandbox = Sandbox::new();
    sandbox.document("tiny.v1", DOCUMENT);
    sandbox.write("in/new one.json", &later(add_field));
    sandbox.write("in/bad.json", &DOCUMENT.replace("\"GET\"", "\"GOT\""));
    sandbox.write("in/old.json", &revision("20250101", |_| {}));
    let fetch = |url: &str| sandbox.run(&["fetch", "tiny", "v1", "--url", url]);
    assert_snapshot!(fetch("in/bad.json"), @r#"
    error: `GOT` is not a known value
      --> in/bad.json:30:25
       |
    30 |           "httpMethod": "GOT",
       |                         ^^^^^
       |
       = note: at /resources/things/methods/get/httpMethod
       = help: the known values are `GET`, `HEAD`, `POST`, `PUT`, `PATCH`, `DELETE`

    error: 1 error, nothing replaced

    exit code 1
    "#);
    assert_eq!(fetch("in/old.json").code, 1);
    assert_eq!(sandbox.read(HELD), DOCUMENT);
    assert_snapshot!(fetch("in/new one.json"), @"
         Fetched tiny:v1, revision 20260101 -> 20260202
           Wrote discovery/documents/tiny.v1.json

    google-tiny-v1, revision 20260101 -> 20260202: additive

    Additions

    - Added the field `size: Option<i32>` to the type `schemas::Thing`.

            Next look at the difference, then run `cargo xtask codegen`
    exit code 0
    ");
    assert_eq!(sandbox.read(HELD), later(add_field));
    sandbox.document("tiny.v1", DOCUMENT);
    let url = format!("file://{}", sandbox.path("in/new one.json").display());
    assert_eq!(fetch(&url.replace(' ', "%20")).code, 0);
    assert_eq!(sandbox.read(HELD), later(add_field));
}

#[test]
fn replies_that_are_not_documents_are_refused() {
    let answers: [(&str, &[u8]); 6] = [
        ("200 OK", b"<html>Sign in"),
        ("200 OK", b"{\"title\": \"\xe9\"}"),
        ("404 Not Found", b""),
        ("403 Forbidden", b""),
        ("503 Service Unavailable", b""),
        ("204 No Content", b""),
    ];
    let said = answers.map(|(status, body)| {
        let setup = Setup::new("");
        setup.server.answer("/rest", status, body);
        setup.refused(&["tiny", "v1"])
    });
    assert_snapshot!(said.concat(), @r#"
    error: the file is a web page, not a Discovery document
      --> http://SERVER/rest
       = help: `cargo xtask fetch NAME VERSION` gets the Discovery document of an API

    error: 1 error, nothing replaced

    error: the byte 0xE9 is not UTF-8
     --> http://SERVER/rest:1:12
      |
    1 | {"title": "�"}
      |            ^
      |
      = help: save the file as UTF-8

    error: 1 error, nothing replaced

    error: http://SERVER/rest returned 404 Not Found
       = help: correct the name and the version of the API, or the URL

    error: 1 error, nothing replaced

    error: http://SERVER/rest returned 403 Forbidden
       = help: the document is not public: save it to a file, then `cargo xfetch NAME VERSION --url FILE`

    error: 1 error, nothing replaced

    error: http://SERVER/rest returned 503 Service Unavailable
       = help: try again later

    error: 1 error, nothing replaced

    error: http://SERVER/rest returned 204 No Content
       = help: open the address in a browser

    error: 1 error, nothing replaced
    "#);
}

#[test]
fn documents_that_cannot_be_used_are_refused() {
    let documents = [
        DOCUMENT.replace("tiny", "huge"),
        DOCUMENT.replace("\"GET\"", "\"GOT\""),
        DOCUMENT.replace("\"id\": \"tiny:v1\"", "\"id\": \"tiny:v2\""),
    ];
    let said = documents.map(|document| Setup::new(&document).refused(&["tiny", "v1"]));
    assert_snapshot!(said.concat(), @r#"
    error: the document describes `huge:v1`, not `tiny:v1`
      --> http://SERVER/rest
       = help: correct the URL, or the name and the version of the API

    error: 1 error, nothing replaced

    error: `GOT` is not a known value
      --> http://SERVER/rest:30:25
       |
    30 |           "httpMethod": "GOT",
       |                         ^^^^^
       |
       = note: at /resources/things/methods/get/httpMethod
       = help: the known values are `GET`, `HEAD`, `POST`, `PUT`, `PATCH`, `DELETE`

    error: 1 error, nothing replaced

    error: the document describes `tiny:v2`, not `tiny:v1`
      --> http://SERVER/rest
       = help: correct the URL, or the name and the version of the API

    error: 1 error, nothing replaced
    "#);
}

#[test]
fn an_overlay_that_no_longer_applies_keeps_the_old_document() {
    let setup = Setup::new(&later(rename_field));
    let overlay = r#"{"schemas": {"Thing": {"properties": {"name": null}}}}"#;
    setup.sandbox.write(OVERLAY, overlay);
    assert_snapshot!(setup.refused(&[]), @r#"
    error: removes what the document does not have
     --> discovery/documents/tiny.v1.overlay.json:1:47
      |
    1 | {"schemas": {"Thing": {"properties": {"name": null}}}}
      |                                               ^^^^
      |
      = note: at /schemas/Thing/properties/name
      = help: the document has changed: remove the entry, or correct it

    error: 1 error, nothing replaced
    "#);
    // The way on: first the overlay, then the document.
    setup
        .sandbox
        .write(OVERLAY, &overlay.replace("name", "title"));
    assert_snapshot!(setup.run(&[]), @"
         Fetched tiny:v1, revision 20260101 -> 20260202
           Wrote discovery/documents/tiny.v1.json
            Next look at the difference, then run `cargo xtask codegen`
    warning: the old discovery/documents/tiny.v1.json cannot be generated, so there is no diff
       = help: that is fine if its overlay was written for the new document

    exit code 0
    ");
}

#[test]
fn useless_directories_are_reported() {
    let setup = Setup::new(DOCUMENT);
    let mut said = setup.refused(&["tiny", "v9"]);
    setup.list(&[("tiny", "v1", "https://example.com/tiny.json")]);
    said += &setup.refused(&["tiny", "v1"]);
    setup.list(&[("tiny", "v1", "tiny.json")]);
    said += &setup.refused(&["tiny", "v1"]);
    setup
        .server
        .answer("/apis", "200 OK", "{\"kind\": \"other\", \"items\": []}");
    said += &setup.refused(&[]);
    setup.server.answer("/apis", "200 OK", "<html>");
    said += &setup.refused(&[]);
    setup.server.answer("/apis", "404 Not Found", "");
    said += &setup.refused(&[]);
    assert_snapshot!(said, @"
    error: `tiny` has no version v9, only v1
      --> http://SERVER/apis
       = help: correct the version; `--url URL` fetches a document that is not listed

    error: 1 error, nothing replaced

    error: https://example.com/tiny.json is not an `https` address of Google
       = help: if it is right, give it yourself: `--url URL`

    error: 1 error, nothing replaced

    error: tiny.json is not an `https` address of Google
       = help: if it is right, give it yourself: `--url URL`

    error: 1 error, nothing replaced

    error: the reply is not a directory of APIs: its kind is not `discovery#directoryList`
      --> http://SERVER/apis
       = help: open the address in a browser: a proxy or a login page may be in the way

    error: the directory of APIs is not JSON: expected value at line 1 column 1
      --> http://SERVER/apis
       = help: open the address in a browser: a proxy or a login page may be in the way

    error: http://SERVER/apis returned 404 Not Found
       = help: correct the name and the version of the API, or the URL
    ");
}

#[test]
fn addresses_that_lead_nowhere_are_reported() {
    let setup = Setup::new(DOCUMENT);
    let redirect = |to: &str| {
        let answer = format!("HTTP/1.1 301 Moved\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n");
        setup.server.raw("/rest", answer.as_bytes());
    };
    redirect(&setup.server.url("/rest"));
    let mut said = setup.refused(&["tiny", "v1"]);
    redirect("https://example.com/tiny.json");
    said += &setup.refused(&["tiny", "v1"]);
    let cut = format!("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{DOCUMENT}");
    setup.server.raw("/rest", cut.as_bytes());
    said += &setup.refused(&["tiny", "v1"]);
    setup.server.raw(
        "/rest",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n{",
    );
    said += &setup.refused(&["tiny", "v1"]);
    setup.server.raw("/rest", b"");
    said += &setup.refused(&["tiny", "v1", "--timeout", "1"]);
    setup.server.raw("/rest", b"SSH-2.0\r\n\r\n");
    said += &setup.refused(&["tiny", "v1"]);
    assert_snapshot!(said, @"
    error: http://SERVER/rest: more than 5 redirects
       = help: give the address where they end: `--url URL`

    error: 1 error, nothing replaced

    error: https://example.com/tiny.json is not an `https` address of Google
       = help: if it is right, give it yourself: `--url URL`

    error: 1 error, nothing replaced

    error: cannot read http://SERVER/rest: Peer disconnected
       = help: check whether this machine is online, and whether it needs a proxy (`HTTPS_PROXY`)

    error: 1 error, nothing replaced

    error: cannot read http://SERVER/rest: Peer disconnected
       = help: check whether this machine is online, and whether it needs a proxy (`HTTPS_PROXY`)

    error: 1 error, nothing replaced

    error: cannot read http://SERVER/rest: timed out
       = help: try again, or with a longer `--timeout SECONDS`

    error: 1 error, nothing replaced

    error: cannot read http://SERVER/rest: protocol: http parse fail: invalid HTTP version
       = help: open the address in a browser

    error: 1 error, nothing replaced
    ");
}

/// The server streams without an end, and without saying how much there is.
#[test]
fn an_endless_document_is_not_read_to_its_end() {
    let setup = Setup::new(DOCUMENT);
    let mut endless = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    endless.resize(65 << 20, b' ');
    setup.server.raw("/rest", &endless);
    assert_snapshot!(setup.refused(&["tiny", "v1"]), @"
    error: cannot read http://SERVER/rest: more than 64 MiB
       = help: Google's largest document has 6 MiB: open the address in a browser

    error: 1 error, nothing replaced
    ");
}

#[test]
fn an_unreachable_server_is_reported() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = closed.local_addr().unwrap().to_string();
    drop(closed);
    let sandbox = Sandbox::new();
    sandbox.document("tiny.v1", DOCUMENT);
    let before = sandbox.tree();
    let run = sandbox.run(&["fetch", "--directory", &format!("http://{address}/apis")]);
    assert_eq!(sandbox.tree(), before);
    assert_snapshot!(run.to_string().replace(&address, "SERVER"), @"
    error: cannot read http://SERVER/apis: Connection refused (os error 111)
       = help: check whether this machine is online, and whether it needs a proxy (`HTTPS_PROXY`)

    exit code 1
    ");
}

#[test]
fn if_one_document_is_refused_none_is_replaced() {
    let setup = Setup::new(&later(add_field));
    let huge = DOCUMENT.replace("tiny", "huge");
    setup.sandbox.document("huge.v1", &huge);
    setup
        .server
        .answer("/huge", "200 OK", huge.replace("\"GET\"", "\"GOT\""));
    let (tiny, huge) = (setup.server.url("/rest"), setup.server.url("/huge"));
    setup.list(&[("tiny", "v1", &tiny), ("huge", "v1", &huge)]);
    assert_snapshot!(setup.refused(&[]), @r#"
    error: `GOT` is not a known value
      --> http://SERVER/huge:30:25
       |
    30 |           "httpMethod": "GOT",
       |                         ^^^^^
       |
       = note: at /resources/things/methods/get/httpMethod
       = help: the known values are `GET`, `HEAD`, `POST`, `PUT`, `PATCH`, `DELETE`

    error: 1 error, nothing replaced
    "#);
}

#[test]
fn addresses_and_names_are_checked_before_any_request() {
    let sandbox = Sandbox::new();
    let runs = [
        &[
            "fetch",
            "tiny",
            "v1",
            "--url",
            "http://example.com/tiny.json",
        ][..],
        &[
            "fetch",
            "tiny",
            "v1",
            "--url",
            "file://example.com/tiny.json",
        ],
        &["fetch", "tiny", "v1", "--url", "nowhere.json"],
        &[
            "fetch",
            "tiny",
            "v1",
            "--url",
            "ftp://example.com/tiny.json",
        ],
        &["fetch", "tiny", "v1", "--url", "https://me@example.com/"],
        &["fetch", "../tiny", "v1"],
        &["fetch", "tiny", "v1/../../x"],
    ];
    let said = runs.map(|arguments| {
        let run = sandbox.run(arguments);
        assert_eq!(run.code, 1, "{run}");
        run.stderr
    });
    assert_snapshot!(said.concat(), @"
    error: http://example.com/tiny.json is not `https`
       = help: `http` is for servers on this machine

    error: `file://example.com/tiny.json` is not the URL of a local file
       = help: write `file:///path`, or just the path

    error: cannot read nowhere.json: No such file or directory (os error 2)
       = help: `--url` takes the path of a file, or an address: `https://host/path`

    error: 1 error, nothing replaced

    error: ftp://example.com/tiny.json is not `https`
       = help: `http` is for servers on this machine

    error: `https://…@example.com/` is not the address of a document
       = help: write `https://host/path`, without a user name

    error: `../tiny` is not a name or version of an API
       = help: they look like `checks v1alpha`

    error: `v1/../../x` is not a name or version of an API
       = help: they look like `checks v1alpha`
    ");
    assert_eq!(sandbox.run(&["fetch", "tiny"]).code, 2);
    assert_eq!(
        sandbox
            .run(&["fetch", "--url", "https://example.com/"])
            .code,
        2
    );
}

#[test]
fn leftovers_of_a_killed_run_are_replaced() {
    let setup = Setup::new(&later(add_field));
    let left = "discovery/documents/.new.xtask-tmp";
    setup.sandbox.write(left, "{");
    assert_eq!(setup.run(&[]).code, 0);
    assert!(!setup.sandbox.exists(left));
}

/// The overlay is for documents of this API that are not older: its problems would mislead.
#[test]
fn the_api_and_the_age_are_checked_before_the_overlay() {
    let published = [
        DOCUMENT.replace("tiny", "huge"),
        revision("20250101", rename_field),
    ];
    let said = published.map(|document| {
        let setup = Setup::new(&document.replace("\"name\": {", "\"other\": {"));
        let overlay = r#"{"schemas": {"Thing": {"properties": {"name": null}}}}"#;
        setup.sandbox.write(OVERLAY, overlay);
        setup.refused(&["tiny", "v1"])
    });
    assert_snapshot!(said.concat(), @"
    error: the document describes `huge:v1`, not `tiny:v1`
      --> http://SERVER/rest
       = help: correct the URL, or the name and the version of the API

    error: 1 error, nothing replaced

    error: tiny v1: the published revision 20250101 is older than the held 20260101
       = help: servers may differ for some days after a change: try again later, or take it with `--allow-older`

    error: 1 error, nothing replaced
    ");
}

/// The old document does not work with the new overlay, but its client is committed.
#[test]
fn a_difference_is_shown_although_the_overlay_was_corrected_first() {
    let setup = Setup::new(&later(rename_field));
    let overlay = r#"{"schemas": {"Thing": {"properties": {"name": {"deprecated": true}}}}}"#;
    setup.sandbox.write(OVERLAY, overlay);
    assert_eq!(setup.sandbox.run(&["codegen"]).code, 0);
    setup
        .sandbox
        .write(OVERLAY, &overlay.replace("name", "title"));
    assert_snapshot!(setup.run(&[]), @"
         Fetched tiny:v1, revision 20260101 -> 20260202
           Wrote discovery/documents/tiny.v1.json

    google-tiny-v1, revision 20260101 -> 20260202: breaking

    Breaking changes

    - Removed the field `name: Option<String>` from the type `schemas::Thing`.

    Additions

    - Added the field `title: Option<String>` to the type `schemas::Thing`.

            Next look at the difference, then run `cargo xtask codegen`
    exit code 0
    ");
}

#[test]
fn passwords_and_keys_in_addresses_are_not_printed() {
    let setup = Setup::new(DOCUMENT);
    let secret = |path: &str| setup.server.url(path) + "?version=v1&key=SECRET";
    let runs = [
        secret("/gone"),
        secret("/rest").replace("http://", "http://me:SECRET@"),
        "http://example.com/?SECRET".to_owned(),
        "ftp://example.com/?key=SECRET".to_owned(),
        "file:x?key=SECRET".to_owned(),
    ];
    let said = runs.map(|url| {
        let run = setup.sandbox.run(&["fetch", "tiny", "v1", "--url", &url]);
        assert_eq!(run.code, 1, "{run}");
        assert!(!run.to_string().contains("SECRET"), "{run}");
        setup.server.anonymous(&run.stderr)
    });
    assert_snapshot!(said.concat(), @"
    error: http://SERVER/gone?version=v1&key=… returned 404 Not Found
       = help: correct the name and the version of the API, or the URL

    error: 1 error, nothing replaced

    error: `http://…@SERVER/rest?version=v1&key=…` is not the address of a document
       = help: write `https://host/path`, without a user name

    error: http://example.com/?… is not `https`
       = help: `http` is for servers on this machine

    error: ftp://example.com/?key=… is not `https`
       = help: `http` is for servers on this machine

    error: `file:x?key=…` is not the URL of a local file
       = help: write `file:///path`, or just the path
    ");
    let bad = DOCUMENT.replace("\"GET\"", "\"GOT\"");
    setup
        .server
        .answer("/bad?version=v1&key=SECRET", "200 OK", bad);
    let url = secret("/bad");
    let run = setup.sandbox.run(&["fetch", "tiny", "v1", "--url", &url]);
    assert!(run.stderr.contains("/bad?version=v1&key=…:30:25"), "{run}");
}

#[test]
fn a_client_is_generated_from_the_document_of_an_api() {
    let setup = Setup::new(DOCUMENT);
    let directory = setup.server.url("/apis");
    let run = |arguments: &[&str]| {
        let codegen = ["codegen", "tiny", "v1", "--directory", &directory];
        setup.sandbox.run(&[&codegen[..], arguments].concat())
    };
    setup.sandbox.write(OVERLAY, r#"{"title": "Small API"}"#);
    let out = ["--out", "target/tiny"];
    assert_snapshot!(run(&out), @"
       Generated google-tiny-v1: 1 method, 1 type, 10 files
           Wrote target/tiny/CHANGELOG.md
           Wrote target/tiny/Cargo.toml
           Wrote target/tiny/LICENSE-APACHE
           Wrote target/tiny/LICENSE-MIT
           Wrote target/tiny/README.md
           Wrote target/tiny/examples/quickstart.rs
           Wrote target/tiny/src/lib.rs
           Wrote target/tiny/src/schemas.rs
           Wrote target/tiny/src/things.rs
           Wrote target/tiny/surface.json
        Finished 10 written, 0 unchanged, 0 removed in TIME
         Fetched target/documents/tiny.v1.json
    exit code 0
    ");
    assert_eq!(
        setup.sandbox.read("target/documents/tiny.v1.json"),
        DOCUMENT
    );
    assert!(
        setup
            .sandbox
            .read("target/tiny/README.md")
            .contains("Small API")
    );
    assert_eq!(run(&[&out[..], &["--check"]].concat()).code, 0);

    setup.server.answer("/rest", "200 OK", later(add_field));
    let check = run(&[&out[..], &["--check"]].concat());
    let help = check.stderr.lines().rfind(|line| line.contains("help"));
    assert_snapshot!(help.unwrap_or_default(), @"   = help: run `cargo xtask codegen tiny v1 --out target/tiny`");

    let other = later(|document| document["id"] = "other:v1".into());
    setup.server.answer("/rest", "200 OK", other);
    let before = setup.sandbox.tree();
    assert_snapshot!(setup.server.anonymous(&run(&out).to_string()), @"
    error: the document describes `other:v1`, not `tiny:v1`
      --> http://SERVER/rest
       = help: correct the URL, or the name and the version of the API

    exit code 1
    ");
    assert_eq!(setup.sandbox.tree(), before);
}

#[test]
fn the_directory_is_searched_for_words() {
    let setup = Setup::new(DOCUMENT);
    let items = json!([
        {"name": "youtube", "version": "v3", "title": "YouTube Data API", "description": "Videos."},
        {"name": "drive", "version": "v3", "title": "Google Drive API", "description": "Files."},
        {"name": "drive", "version": "v2", "title": "Google\u{1b}Drive API"},
        {"name": "drivelabels", "version": "v2beta"},
    ]);
    let list = json!({"kind": "discovery#directoryList", "items": items});
    setup.server.answer("/apis", "200 OK", list.to_string());
    let directory = setup.server.url("/apis");
    let run = |words: &[&str]| {
        let codegen = ["codegen", "--directory", &directory, "--list"];
        setup.sandbox.run(&[&codegen[..], words].concat())
    };
    assert_snapshot!(run(&[]), @"
    drive v2            Google/u{1b}Drive API
    drive v3            Google Drive API
    drivelabels v2beta
    youtube v3          YouTube Data API
    exit code 0
    ");
    assert_snapshot!(run(&["drive"]), @"
    drive v2            Google/u{1b}Drive API
    drive v3            Google Drive API
    drivelabels v2beta
    exit code 0
    ");
    assert_snapshot!(run(&["DRIVE", "files"]), @"
    drive v3  Google Drive API
    exit code 0
    ");
    assert_snapshot!(run(&["drive", "video"]), @"
    error: no API contains `drive video`
       = help: use fewer words, or parts of words

    exit code 1
    ");
}
