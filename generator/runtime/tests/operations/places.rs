//! The resources of operations, found by their names, their URLs, and the requests that started them.

use discovery_runtime::{
    HttpMethod, Method, OperationService, Pattern, Poller, Request,
    Segment::{Literal, Reserved, Variable},
    Value,
};
use serde_json::json;

use crate::script::{Answer, Script};
use crate::services::{APPS, BUCKETS, COMPUTE, GKE, get};

/// Returns the second request, after a reply with the operation to the first.
async fn second(
    first: impl FnOnce(&discovery_runtime::Client) -> Request,
    answer: Value,
) -> String {
    let script = Script::new([Answer::json(&answer), Answer::json(&answer)]);
    let mut poller = Poller::new(first(&script.client().await));
    poller.poll().await;
    match poller.poll().await {
        Some(discovery_runtime::PollingResult::PollingError(error)) => error.to_string(),
        _ => script.lines().pop().unwrap(),
    }
}

fn path(request: Request, values: &[(&'static str, &str)]) -> Request {
    values.iter().fold(request, |request, (name, value)| {
        request.path(name, (*value).to_owned())
    })
}

/// A cluster is created below a location; the operation has a short name and a URL.
#[tokio::test(start_paused = true)]
async fn a_url_says_where_an_operation_lives() {
    static CREATE: Method = Method::new(
        "gke.clusters.create",
        HttpMethod::Post,
        &[Literal("v1/"), Reserved("parent"), Literal("/clusters")],
    )
    .with_operations(GKE);
    let table = [
        (
            "v1/projects/7/locations/l/operations/o",
            "v1/projects/7/locations/l/operations/o",
        ),
        (
            "v1/projects/7/zones/z/operations/o",
            "v1/projects/7/zones/z/operations/o",
        ),
        // The example in the document has another version.
        (
            "v1alpha1/projects/7/locations/l/operations/o",
            "v1/projects/7/locations/l/operations/o",
        ),
        (
            "v1alpha1/projects/7/zones/z/operations/o",
            "v1/projects/7/zones/z/operations/o",
        ),
    ];
    for (link, target) in table {
        let link = format!("https://container.googleapis.com/{link}");
        let operation = json!({"name": "o", "status": "RUNNING", "selfLink": link});
        let create = |client: &discovery_runtime::Client| {
            path(
                client.request(&CREATE),
                &[("parent", "projects/p/locations/l")],
            )
        };
        assert_eq!(
            second(create, operation).await,
            format!("GET {target}"),
            "{link}"
        );
    }
}

/// The name of the operation in the response does not matter.
#[tokio::test(start_paused = true)]
async fn a_fetched_operation_is_polled_by_the_same_values() {
    static GET: Method = get(
        "gke.locations.operations.get",
        &[Literal("v1/"), Reserved("name")],
    )
    .with_operations(GKE);
    let name = "projects/p/locations/l/operations/o";
    let stored = |client: &discovery_runtime::Client| {
        path(client.request(&GET), &[("name", name)]).query("fields", "status".to_owned())
    };
    let short = json!({"name": "o", "status": "RUNNING"});
    let again = format!("GET v1/{name}?fields=status");
    assert_eq!(second(stored, short).await, again);
    assert_eq!(second(stored, json!({"status": "RUNNING"})).await, again);
}

#[tokio::test(start_paused = true)]
async fn a_fetched_operation_is_cancelled_by_the_same_values() {
    static GET: Method = get(
        "gke.locations.operations.get",
        &[Literal("v1/"), Reserved("name")],
    )
    .with_operations(GKE);
    let name = "projects/p/locations/l/operations/o";
    let answers = [json!({"name": "o", "status": "RUNNING"}), json!({})];
    let script = Script::new(answers.iter().map(Answer::json));
    let request = path(script.client().await.request(&GET), &[("name", name)]);
    Poller::new(request).cancel().await.unwrap();
    let cancel = format!("POST v1/{name}:cancel");
    assert_eq!(script.lines(), [format!("GET v1/{name}"), cancel]);
}

#[tokio::test(start_paused = true)]
async fn a_name_has_the_values_of_several_variables() {
    static CREATE: Method =
        Method::new("apps.create", HttpMethod::Post, &[Literal("v1/apps")]).with_operations(APPS);
    static DEPLOY: Method = Method::new(
        "apps.applications.deploy",
        HttpMethod::Post,
        &[
            Literal("v1/projects/"),
            Variable("projectsId"),
            Literal("/locations/"),
            Variable("locationsId"),
            Literal(":deploy"),
        ],
    )
    .with_operations(APPS);
    let create = |client: &discovery_runtime::Client| client.request(&CREATE);
    let line = second(create, json!({"name": "apps/a/operations/o"})).await;
    assert_eq!(line, "GET v1/apps/a/operations/o");
    let name = json!({"name": "projects/p/locations/l/operations/o"});
    let line = second(create, name).await;
    assert_eq!(line, "GET v1/projects/p/locations/l/operations/o");
    // The name is more specific than the request.
    let deploy = |client: &discovery_runtime::Client| {
        path(
            client.request(&DEPLOY),
            &[("projectsId", "p"), ("locationsId", "l")],
        )
    };
    let line = second(deploy, json!({"name": "apps/a/operations/o"})).await;
    assert_eq!(line, "GET v1/apps/a/operations/o");
}

#[tokio::test(start_paused = true)]
async fn the_rest_comes_from_the_request() {
    static RELOCATE: Method = Method::new(
        "storage.relocate",
        HttpMethod::Post,
        &[Literal("b/"), Variable("bucket"), Literal("/relocate")],
    )
    .with_operations(BUCKETS);
    let relocate =
        |client: &discovery_runtime::Client| path(client.request(&RELOCATE), &[("bucket", "b1")]);
    let name = "projects/_/buckets/b1/operations/o";
    let line = second(relocate, json!({"name": name})).await;
    assert_eq!(line, "GET b/b1/operations/o");
    // An invalid URL is ignored.
    for link in ["", "x", "https://h", "https://h/b/../operations/o"] {
        let operation = json!({"name": name, "selfLink": link});
        assert_eq!(second(relocate, operation).await, "GET b/b1/operations/o");
    }
}

#[tokio::test(start_paused = true)]
async fn an_operation_is_of_a_zone_a_region_or_global() {
    static INSERT: Method = Method::new(
        "compute.instances.insert",
        HttpMethod::Post,
        &[
            Literal("projects/"),
            Variable("project"),
            Literal("/zones/"),
            Variable("zone"),
            Literal("/instances"),
        ],
    )
    .with_operations(COMPUTE);
    let insert = |client: &discovery_runtime::Client| {
        path(client.request(&INSERT), &[("project", "p"), ("zone", "z")])
    };
    let url = |rest: &str| format!("https://www.googleapis.com/compute/v1/{rest}");
    let zone = json!({"name": "o", "status": "RUNNING", "zone": url("projects/p/zones/z2")});
    let line = second(insert, zone).await;
    assert_eq!(line, "GET projects/p/zones/z2/operations/o");
    let bare = json!({"id": "17", "status": "PENDING"});
    assert_eq!(
        second(insert, bare).await,
        "GET projects/p/zones/z/operations/17"
    );
    for place in [
        "projects/p/zones/z/operations/o",
        "projects/example.com:p/regions/r/operations/o",
        "projects/p/global/operations/o",
        "locations/global/operations/o",
        "folders/1/zones/z/operations/o",
    ] {
        let operation = json!({"name": "o", "status": "RUNNING", "selfLink": url(place)});
        let encoded = place.replace(':', "%3A");
        assert_eq!(second(insert, operation).await, format!("GET {encoded}"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_is_sent_to_the_service_of_the_operation() {
    static START: Method = Method::new("compute.start", HttpMethod::Post, &[Literal("start")])
        .with_operations(COMPUTE);
    for (place, wait) in [
        ("zones/z", "POST projects/p/zones/z/operations/o/wait"),
        ("global", "GET projects/p/global/operations/o"),
    ] {
        let link = format!("https://h/projects/p/{place}/operations/o");
        let operation = json!({"name": "o", "status": "RUNNING", "selfLink": link});
        let done = json!({"name": "o", "status": "DONE"});
        let script = Script::new([Answer::json(&operation), Answer::json(&done)]);
        let poller = Poller::new(script.client().await.request(&START));
        let poller = poller.with_server_wait(std::time::Duration::from_secs(60));
        poller.until_done().await.unwrap();
        assert_eq!(script.lines(), ["POST start", wait]);
    }
}

/// Documents omit some resources; if a single path takes whole names, it is used.
#[tokio::test(start_paused = true)]
async fn a_name_that_fits_no_pattern_goes_to_the_only_path() {
    static ONE: Pattern = Pattern::new("^projects/[^/]+/operations/[^/]+$");
    static OTHER: Pattern = Pattern::new("^folders/[^/]+/operations/[^/]+$");
    static SAME: &[OperationService] = &[
        OperationService::new(
            get("a.get", &[Literal("v1/"), Reserved("name")]),
            &[("name", Some(&ONE))],
        ),
        OperationService::new(
            get("b.get", &[Literal("v1/"), Reserved("name")]),
            &[("name", Some(&OTHER))],
        ),
    ];
    static SEVERAL: &[OperationService] = &[
        OperationService::new(
            get("a.get", &[Literal("v1/"), Reserved("name")]),
            &[("name", Some(&ONE))],
        ),
        OperationService::new(
            get("b.get", &[Literal("v2/"), Reserved("name")]),
            &[("name", Some(&OTHER))],
        ),
    ];
    static START: Method =
        Method::new("same.start", HttpMethod::Post, &[Literal("v1/start")]).with_operations(SAME);
    static START_SEVERAL: Method =
        Method::new("several.start", HttpMethod::Post, &[Literal("v1/start")])
            .with_operations(SEVERAL);
    let operation = json!({"name": "organizations/1/operations/o"});
    let line = second(|client| client.request(&START), operation.clone()).await;
    assert_eq!(line, "GET v1/organizations/1/operations/o");
    let line = second(|client| client.request(&START_SEVERAL), operation).await;
    assert!(line.contains("has no method that gets"), "{line}");
    // A short name is not of this form.
    let line = second(|client| client.request(&START), json!({"name": "o"})).await;
    assert!(line.contains("has no method that gets"), "{line}");
}
