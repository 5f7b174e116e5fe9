//! Resource names: how they are sent, and which are refused.

use discovery_runtime::{Error, InvalidRequest};

use crate::calls::ACCOUNT;
use crate::support::{Unvisited, builder, json, serving};
use crate::{document, messages};

/// A name never ends the path, begins a query or reaches another resource. The custom verb after it
/// is not encoded.
#[tokio::test]
async fn names_are_encoded() {
    let table = [
        ("a b?c#d", "a%20b%3Fc%23d"),
        ("a%2Fb", "a%252Fb"),
        ("%2e%2e", "%252e%252e"),
        ("100%", "100%25"),
        ("é*(", "%C3%A9%2A%28"),
        ("日本語🧀", "%E6%97%A5%E6%9C%AC%E8%AA%9E%F0%9F%A7%80"),
        (
            "[x]:@!$&'()*+,;=",
            "%5Bx%5D%3A%40%21%24%26%27%28%29%2A%2B%2C%3B%3D",
        ),
        ("x:cancel", "x%3Acancel"),
        ("\"<>\\^`{|}", "%22%3C%3E%5C%5E%60%7B%7C%7D"),
        ("-_.~", "-_.~"),
        ("...", "..."),
        ("a..", "a.."),
    ];
    for (id, encoded) in table {
        let (server, checks) = serving(json("{}")).await;
        let name = format!("accounts/1/apps/2/operations/{id}");
        let operations = checks.accounts().apps().operations();
        operations.cancel(name).send().await.unwrap();
        assert_eq!(
            server.request().line(),
            format!(
                "POST /v1alpha/accounts/1/apps/2/operations/{encoded}:cancel\
                 ?alt=json&prettyPrint=false HTTP/1.1"
            )
        );
    }
}

#[tokio::test]
async fn the_base_path_precedes_the_name() {
    let (server, _) = serving(json("{}")).await;
    let endpoint = format!("{}/proxy/checks/", server.url);
    let checks = builder(&endpoint).build().await.unwrap();
    checks.accounts().apps().list(ACCOUNT).send().await.unwrap();
    assert_eq!(
        server.request().target(),
        "/proxy/checks/v1alpha/accounts/1/apps?alt=json&prettyPrint=false"
    );
}

/// Returns the error of cancelling an operation with that name, without sending anything.
async fn refused(name: &str) -> Error {
    let server = Unvisited::new();
    let operations = server.client().await.accounts().apps().operations();
    let error = operations.cancel(name).send().await.unwrap_err();
    server.assert_unvisited();
    error
}

const CANCEL: &str = "checks.accounts.apps.operations.cancel";
const PATTERN: &str =
    "parameter `name` must match `^accounts/[^/]+/apps/[^/]+/operations/[^/]+$`, got";
const DOTS: &str = "parameter `name` must not have a segment `.` or `..`, got";

async fn assert_refused(name: &str, message: &str) {
    let error = refused(name).await;
    assert!(error.is_binding(), "{error:?}");
    assert_eq!(
        error.to_string(),
        format!("cannot find a matching binding to send the request: {CANCEL}: {message} {name:?}")
    );
}

#[tokio::test]
async fn names_of_other_resources_are_refused() {
    for name in [
        "3",
        "accounts/1/apps/2",
        "accounts/1/apps/2/operations/",
        "accounts//apps/2/operations/3",
        "accounts/1/repos/2/operations/3",
        "accounts/1/apps/2/operations/3/",
        "accounts/1/apps/2/operations/3/4",
        "/accounts/1/apps/2/operations/3",
        "v1alpha/accounts/1/apps/2/operations/3",
        "Accounts/1/apps/2/operations/3",
    ] {
        assert_refused(name, PATTERN).await;
    }
}

/// Each method uses the pattern in the document.
#[tokio::test]
async fn every_method_validates_its_name() {
    let document = document::load();
    let methods = document::methods_in(&document);
    let server = Unvisited::new();
    let checks = server.client().await;
    let (apps, repos) = (checks.accounts().apps(), checks.accounts().repos());
    let mut judged = 0;
    macro_rules! assert_validated {
        ($($id:literal: $call:expr;)+) => {$(
            let error = $call.send().await.unwrap_err().to_string();
            let (name, parameter) = document::path_parameter(methods[concat!("checks.", $id)]);
            let pattern = parameter["pattern"].as_str().unwrap();
            assert!(error.ends_with(&format!(
                concat!("checks.", $id, ": parameter `{}` must match `{}`, got \"x/..x\""),
                name, pattern
            )), "{error}");
            judged += 1;
        )+};
    }
    let name = "x/..x";
    assert_validated! {
        "accounts.apps.get": apps.get(name);
        "accounts.apps.list": apps.list(name);
        "accounts.apps.operations.cancel": apps.operations().cancel(name);
        "accounts.apps.operations.delete": apps.operations().delete(name);
        "accounts.apps.operations.get": apps.operations().get(name);
        "accounts.apps.operations.list": apps.operations().list(name);
        "accounts.apps.operations.wait": apps.operations().wait(name).with_request(messages::wait());
        "accounts.apps.reports.get": apps.reports().get(name);
        "accounts.apps.reports.list": apps.reports().list(name);
        "accounts.repos.operations.get": repos.operations().get(name);
        "accounts.repos.scans.generate": repos.scans().generate(name, messages::generate_scan());
        "accounts.repos.scans.get": repos.scans().get(name);
        "accounts.repos.scans.list": repos.scans().list(name);
        "media.upload": checks.media().upload(name, Default::default());
    }
    server.assert_unvisited();
    let with_names = methods
        .values()
        .filter(|method| method["path"].as_str().unwrap().contains('{'));
    assert_eq!(judged, with_names.count());
}

/// The patterns in the document admit these names, but they would reach other resources.
#[tokio::test]
async fn names_with_dot_segments_are_refused() {
    for name in [
        "accounts/../apps/2/operations/3",
        "accounts/1/apps/./operations/3",
        "accounts/1/apps/2/operations/..",
        "accounts/1/apps/2/operations/.",
        "accounts/../apps/../operations/..",
    ] {
        assert_refused(name, DOTS).await;
    }
}

#[tokio::test]
async fn an_empty_name_is_refused() {
    assert_refused("", "parameter `name` must not be empty, got").await;
}

#[tokio::test]
async fn an_error_names_the_method_and_the_parameter() {
    let error = refused("..").await;
    let source = std::error::Error::source(&error).unwrap();
    let invalid: &InvalidRequest = source.downcast_ref().unwrap();
    assert_eq!(invalid.method(), CANCEL);
    assert_eq!(invalid.parameter(), Some("name"));
}

#[tokio::test]
async fn a_long_name_is_truncated_in_errors() {
    let name = "é".repeat(1000);
    let error = refused(&name).await.to_string();
    let shown = format!("got \"{}\"... (2000 bytes)", "é".repeat(80));
    assert!(error.ends_with(&shown), "{error}");
}
