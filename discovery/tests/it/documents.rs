//! Documents as Google publishes them.

use discovery::{Document, Location};
use insta::assert_snapshot;

use crate::support::reported;

const CHECKS: &str = include_str!("../../documents/checks.v1alpha.json");
const CHECKS_OVERLAY: &str = include_str!("../../documents/checks.v1alpha.overlay.json");
const CHECKS_2023: &str = include_str!("../documents/checks.v1alpha.20230703.json");
const OAUTH2: &str = include_str!("../documents/oauth2.v2.json");
const TRANSLATE: &str = include_str!("../documents/translate.v2.json");
const ADSENSE_HOST: &str = include_str!("../documents/adsensehost.v4.1.json");

#[track_caller]
fn parse(text: &str, overlay: Option<&str>) -> Document {
    let parsed = Document::parse(text, overlay).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(parsed.warnings.is_empty(), "{}", parsed.warnings);
    parsed.document
}

#[test]
fn methods_at_the_root() {
    let oauth2 = parse(OAUTH2, None);
    assert_eq!(
        oauth2.methods["tokeninfo"].path.to_string(),
        "oauth2/v2/tokeninfo"
    );
    assert_eq!(
        oauth2.resources["userinfo"].methods["get"].id,
        "oauth2.userinfo.get"
    );
}

#[test]
fn the_tree_of_methods() {
    let checks = parse(CHECKS, None);
    let apps = ["accounts", "apps"];
    let found: Vec<_> = checks
        .methods()
        .filter(|node| node.resources == apps)
        .collect();
    let names: Vec<_> = found.iter().map(|node| node.name).collect();
    assert_eq!(names, ["get", "list"]);
    assert_eq!(
        found[0].pointer(),
        "/resources/accounts/resources/apps/methods/get"
    );
    let paths: Vec<_> = checks.resources().map(|node| node.path).collect();
    assert!(paths.is_sorted(), "{paths:?}");
    assert!(paths.contains(&vec!["accounts", "apps", "operations"]));
    let oauth2 = parse(OAUTH2, None);
    let first = oauth2.methods().next().expect("a method");
    assert_eq!(first.pointer(), "/methods/tokeninfo");
}

#[test]
fn a_schema_that_is_an_array() {
    let translate = parse(TRANSLATE, None);
    assert_eq!(translate.features, ["dataWrapper"]);
    assert!(translate.schemas["DetectionsResource"].items.is_some());
}

#[test]
fn labels() {
    let adsense = parse(ADSENSE_HOST, None);
    assert_eq!(
        (adsense.name.as_str(), adsense.version.as_str()),
        ("adsensehost", "v4.1")
    );
    assert_eq!(adsense.labels, ["limited_availability"]);
}

#[test]
fn checks() {
    let checks = parse(CHECKS, Some(CHECKS_OVERLAY));
    assert_eq!(checks.scopes.len(), 1);
    assert!(
        checks
            .scopes
            .contains_key("https://www.googleapis.com/auth/checks")
    );
    let apps = &checks.resources["accounts"].resources["apps"];
    let cancel = &apps.resources["operations"].methods["cancel"];
    assert_eq!(cancel.path.to_string(), "v1alpha/{+name}:cancel");
    assert_eq!(cancel.parameters["name"].location, Location::Path);
    let upload = &checks.resources["media"].methods["upload"];
    let media = upload.media_upload.as_ref().expect("a media upload");
    assert_eq!(media.max_size, Some(10 << 30));
    let info = upload.operation_info.as_ref().expect("operation info");
    let response = info.response_type.as_ref().expect("a response type");
    assert_eq!(
        response.reference(),
        Some("GoogleChecksReportV1alphaReport")
    );
}

#[test]
fn checks_without_its_overlay() {
    assert!(parse(CHECKS, None).scopes.is_empty());
}

#[test]
fn an_overlay_does_not_fit_an_older_revision() {
    assert_eq!(reported(CHECKS_2023, None), "");
    assert_snapshot!(reported(CHECKS_2023, Some(CHECKS_OVERLAY)), @"
    error: overlay /resources/accounts/resources/repos: changes a resource that the document does not have
      help: the document has changed: remove the entry, or correct it; to add a complete one, give it `methods` or `resources`, all of them complete

    error: overlay /resources/media: changes a resource that the document does not have
      help: the document has changed: remove the entry, or correct it; to add a complete one, give it `methods` or `resources`, all of them complete
    ");
}
