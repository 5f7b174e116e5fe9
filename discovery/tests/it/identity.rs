//! The names and the URLs of an API.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{self, parse, problems, remove};

#[test]
fn kind() {
    assert_snapshot!(problems(|document| {
        document["kind"] = json!("discovery#directoryList");
        document["items"] = json!([]);
        remove(document, "name");
    }), @"
    error: /kind: the kind of the text is `discovery#directoryList`
      help: a Discovery document has the kind `discovery#restDescription`
    ");
    assert_snapshot!(problems(|document| remove(document, "kind")), @"
    error: `kind` is missing
      help: every document has it
    ");
}

#[test]
fn protocol() {
    assert_snapshot!(problems(|document| document["protocol"] = json!("rpc")), @"
    error: /protocol: the protocol of the API is `rpc`
      help: only `rest` is supported
    ");
}

#[test]
fn names() {
    for name in [
        "checks",
        "prod_tt_sasportal",
        "v4.1",
        "a-b",
        &"a".repeat(64),
    ] {
        assert_eq!(problems(|document| document["name"] = json!(name)), "");
        assert_eq!(problems(|document| document["version"] = json!(name)), "");
    }
    assert_snapshot!(problems(|document| document["name"] = json!("../../etc")), @"
    error: /name: `../../etc` cannot name a package or a file
      help: use at most 64 letters and digits, with a letter first and at most one `_`, `.` or `-` between two of them
    ");
    assert_snapshot!(problems(|document| document["version"] = json!("1")), @"
    error: /version: `1` cannot name a package or a file
      help: use at most 64 letters and digits, with a letter first and at most one `_`, `.` or `-` between two of them
    ");
    for name in [
        "",
        "-a",
        ".a",
        "a.",
        "a..1",
        "a-_b",
        "a b",
        "a/b",
        "prüfung",
        &"a".repeat(65),
    ] {
        assert!(
            problems(|document| document["name"] = json!(name)).contains("cannot name a package")
        );
    }
}

#[test]
fn root_url() {
    let url = |url: &str| problems(|document| document["rootUrl"] = json!(url));
    for harmless in [
        "https://googleapis.com/",
        "https://www.GoogleAPIs.com:8443/",
        "https://a-b.googleapis.com/d/e.f/",
    ] {
        assert_eq!(url(harmless), "");
    }
    assert_snapshot!(url("http://example.com/"), @"
    error: /rootUrl: the URL `http://example.com/` is not `https`
      help: requests and credentials go there; use `https://host/` or `https://host/path/`
    ");
    assert_snapshot!(url("https://google.com@example.com/"), @"
    error: /rootUrl: the URL `https://google.com@example.com/` has user information
      help: requests and credentials go there; use `https://host/` or `https://host/path/`
    ");
    assert_snapshot!(url("https://example.com/?a=b"), @"
    error: /rootUrl: the URL `https://example.com/?a=b` has a query
      help: requests and credentials go there; use `https://host/` or `https://host/path/`
    ");
    assert_snapshot!(url("https://example.com/#a"), @"
    error: /rootUrl: the URL `https://example.com/#a` has a fragment
      help: requests and credentials go there; use `https://host/` or `https://host/path/`
    ");
    assert_snapshot!(url("https://example.com"), @"
    error: /rootUrl: the URL `https://example.com` does not end with a slash
      help: requests and credentials go there; use `https://host/` or `https://host/path/`
    ");
    assert_snapshot!(url("https:///a/"), @"
    error: /rootUrl: the URL `https:///a/` does not name a plain host
      help: requests and credentials go there; use `https://host/` or `https://host/path/`
    ");
    assert_snapshot!(url("https://example.com/../a/"), @"
    error: /rootUrl: the URL `https://example.com/../a/` has a path that is not plain
      help: requests and credentials go there; use `https://host/` or `https://host/path/`
    ");
    for host in [
        "",
        "a b",
        "a\\b",
        "a%2fb",
        "a:",
        "a:+1",
        "[::1]",
        "a\nb",
        "ä.example",
    ] {
        assert!(
            url(&format!("https://{host}/")).contains("does not name a plain host"),
            "{host}"
        );
    }
}

/// Neither another mistake nor a second key hides a host.
#[test]
fn hosts_are_checked_whatever_else_is_wrong() {
    let text = support::document().to_string();
    let twice = |key: &str| text.replacen('{', &format!("{{{key},"), 1);
    let twice =
        twice("\"rootUrl\": \"\"").replace("https://checks.googleapis.com/", "https://a.example/");
    assert_snapshot!(support::reported(&twice, None), @"
    warning: /rootUrl: the key `rootUrl` is duplicated; the last value wins
      help: compare the values; an overlay can restore an earlier one

    error: /rootUrl: credentials would go to `a.example`, which is not a Google host
      help: if that is intended, repeat the URL in an overlay
    ");
    assert_snapshot!(problems(|document| {
        document["rootUrl"] = json!("http://a.example/");
        document["mtlsRootUrl"] = json!("https://b.example/");
        document["labels"] = json!(1);
        document["endpoints"] = json!([{ "endpointUrl": "https://c.example/", "surprise": 1 }]);
    }), @r#"
    error: /rootUrl: the URL `http://a.example/` is not `https`
      help: requests and credentials go there; use `https://host/` or `https://host/path/`

    error: /labels: expected an array, found a number
      help: the format is described at https://developers.google.com/discovery/v1/reference/apis

    warning: /endpoints/0/surprise: the key `surprise` is not known in a regional endpoint
      help: it is ignored; check whether the API has a new feature

    error: /mtlsRootUrl: credentials would go to `b.example`, which is not a Google host
      help: if that is intended, repeat the URL in an overlay

    error: /endpoints/0/endpointUrl: credentials would go to `c.example`, which is not a Google host
      help: drop the endpoints with the overlay `{"endpoints": null}`; or, if that host is intended, repeat all of `endpoints` in the overlay
    "#);
    assert_snapshot!(problems(|document| {
        document["endpoints"] = json!([1, { "endpointUrl": "https://c.example/" }]);
    }), @"
    error: /endpoints/0: expected an object, found a number
      help: the format is described at https://developers.google.com/discovery/v1/reference/apis
    ");
}

/// The user's credentials go to the URL in the document.
#[test]
fn foreign_hosts() {
    let url = |url: &str| problems(|document| document["rootUrl"] = json!(url));
    assert_snapshot!(url("https://checks.googleapis.com.example.com:8443/v1/"), @"
    error: /rootUrl: credentials would go to `checks.googleapis.com.example.com`, which is not a Google host
      help: if that is intended, repeat the URL in an overlay
    ");
    for host in [
        "evil-googleapis.com",
        "googleapis.com.example",
        "example.com/.googleapis.com",
        "xn--googleapis.com",
        "a.googleapis.comm",
        ".com",
    ] {
        let reported = url(&format!("https://{host}/"));
        assert!(
            reported.contains("is not a Google host"),
            "{host}: {reported}"
        );
    }
    assert_snapshot!(problems(|document| {
        document["mtlsRootUrl"] = json!("https://mtls.example.com/");
        document["endpoints"] = json!([
            { "endpointUrl": "https://a.rep.googleapis.com/", "location": "a" },
            { "endpointUrl": "https://b.example.com/", "location": "b" },
        ]);
    }), @r#"
    error: /mtlsRootUrl: credentials would go to `mtls.example.com`, which is not a Google host
      help: if that is intended, repeat the URL in an overlay

    error: /endpoints/1/endpointUrl: credentials would go to `b.example.com`, which is not a Google host
      help: drop the endpoints with the overlay `{"endpoints": null}`; or, if that host is intended, repeat all of `endpoints` in the overlay
    "#);
}

/// An overlay confirms a host by repeating it.
#[test]
fn an_overlay_can_confirm_another_host() {
    let elsewhere = |document: &mut Value| {
        document["rootUrl"] = json!("https://a.example/");
        document["mtlsRootUrl"] = json!("https://b.example/");
    };
    let mut document = support::document();
    elsewhere(&mut document);
    let reported =
        |overlay: Value| support::reported(&document.to_string(), Some(&overlay.to_string()));
    assert_snapshot!(reported(json!({ "rootUrl": "https://a.example/" })), @"
    error: /mtlsRootUrl: credentials would go to `b.example`, which is not a Google host
      help: if that is intended, repeat the URL in an overlay
    ");
    assert_snapshot!(reported(json!({
        "rootUrl": "https://c.example/", "mtlsRootUrl": "https://b.example/",
    })), @"");
    document["endpoints"] = json!([
        { "endpointUrl": "https://a.rep.googleapis.com/", "location": "a" },
        { "endpointUrl": "https://d.example/", "location": "d" },
    ]);
    let reported =
        |overlay: Value| support::reported(&document.to_string(), Some(&overlay.to_string()));
    let mut urls = json!({ "rootUrl": "https://a.example/", "mtlsRootUrl": "https://b.example/" });
    assert_snapshot!(reported(urls.clone()), @r#"
    error: /endpoints/1/endpointUrl: credentials would go to `d.example`, which is not a Google host
      help: drop the endpoints with the overlay `{"endpoints": null}`; or, if that host is intended, repeat all of `endpoints` in the overlay
    "#);
    urls["endpoints"] = document["endpoints"].clone();
    assert_snapshot!(reported(urls.clone()), @"");
    urls["endpoints"] = json!([{ "endpointUrl": "https://e.example/", "location": "e" }]);
    assert_snapshot!(reported(urls), @"");
    let reported = |overlay: Value| support::overlay_problems(overlay);
    assert_snapshot!(reported(json!({ "rootUrl": "https://checks.googleapis.com/" })), @"
    error: overlay /rootUrl: sets the value that the document has already
      help: the document has changed: remove the entry, or correct it
    ");
}

#[test]
fn long_urls() {
    let long = "a/".repeat(300);
    let root =
        problems(|document| document["rootUrl"] = json!(format!("https://a.example/{long}")));
    assert!(root.contains("is too long"), "{root}");
    let path = problems(|document| document["servicePath"] = json!(long));
    assert!(path.contains("is not plain: it is too long"), "{path}");
}

#[test]
fn other_urls() {
    assert_snapshot!(problems(|document| {
        document["baseUrl"] = json!("file:///etc/passwd");
        document["mtlsRootUrl"] = json!("https://example.com#");
        document["endpoints"] = json!([{ "endpointUrl": "example.com", "location": "nowhere" }, {}]);
    }), @"
    error: /baseUrl: the URL `file:///etc/passwd` is not `https`
      help: requests and credentials go there; use `https://host/` or `https://host/path/`

    error: /mtlsRootUrl: the URL `https://example.com#` has a fragment
      help: requests and credentials go there; use `https://host/` or `https://host/path/`

    error: /endpoints/0/endpointUrl: the URL `example.com` is not `https`
      help: requests and credentials go there; use `https://host/` or `https://host/path/`

    error: /endpoints/1: `endpointUrl` is missing
      help: every regional endpoint has it
    ");
}

#[test]
fn service_path() {
    let path = |path: &str| problems(|document| document["servicePath"] = json!(path));
    assert_eq!(path("youtube/v3/"), "");
    assert_snapshot!(path("/youtube/v3/"), @"
    error: /servicePath: the service path `/youtube/v3/` is not plain: character 1: a path is relative, and must not begin with a slash
      help: use an empty path, or a relative one that ends with a slash, such as `drive/v3/`
    ");
    assert_snapshot!(path("youtube/v3"), @"
    error: /servicePath: the service path `youtube/v3` is not plain: it does not end with a slash
      help: use an empty path, or a relative one that ends with a slash, such as `drive/v3/`
    ");
    assert_snapshot!(path("youtube/{version}/"), @"
    error: /servicePath: the service path `youtube/{version}/` is not plain: it has a variable
      help: use an empty path, or a relative one that ends with a slash, such as `drive/v3/`
    ");
    assert_snapshot!(path("../"), @"
    error: /servicePath: the service path `../` is not plain: character 1: a dot segment would change the path
      help: use an empty path, or a relative one that ends with a slash, such as `drive/v3/`
    ");
}

#[test]
fn all_members_of_a_document() {
    let document = parse(|document| {
        document["auth"] = json!({ "oauth2": { "scopes": {
            "https://www.googleapis.com/auth/checks": { "description": "Access the Checks API" },
        }}});
        document["endpoints"] = json!([{
            "endpointUrl": "https://checks.europe-west1.rep.googleapis.com/",
            "location": "europe-west1",
            "description": "Regional Endpoint",
            "deprecated": true,
        }]);
        document["features"] = json!(["dataWrapper"]);
        document["parameters"] = json!({ "alt": { "type": "string", "location": "query" } });
    });
    insta::assert_debug_snapshot!(document.document);
}
