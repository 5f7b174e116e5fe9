//! Lists that span several pages.

use google_checks_v1alpha::accounts::apps::List;
use google_checks_v1alpha::schemas::account::ListAppsResponse;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::calls::{ACCOUNT, APP, REPO};
use crate::support::{Answer, Server, builder, client, json};

/// The pages of a list of five apps. The second has no apps, but has a token.
const PAGES: [&str; 4] = [
    r#"{"apps": [{"name": "1"}, {"name": "2"}], "nextPageToken": "a/b+c="}"#,
    r#"{"nextPageToken": "3"}"#,
    r#"{"apps": [{"name": "3"}, {"name": "4"}], "nextPageToken": "4"}"#,
    r#"{"apps": [{"name": "5"}], "nextPageToken": ""}"#,
];

async fn list(server: &Server) -> List {
    let apps = client(server).await.accounts().apps();
    apps.list(ACCOUNT).page_size(2).fields("*")
}

fn names(page: &ListAppsResponse) -> Vec<&str> {
    let names = page.apps.iter().map(|app| app.name.as_deref().unwrap());
    names.collect()
}

/// Returns the page tokens that were sent, in order.
fn tokens(server: &Server) -> Vec<String> {
    let requests = server.requests().into_iter();
    let token = |target: &str| {
        let (_, after) = target.split_once("&pageToken=")?;
        after.split('&').next().map(str::to_owned)
    };
    requests
        .map(|request| {
            assert!(request.target().contains("?pageSize=2&fields=%2A"));
            token(request.target()).unwrap_or_default()
        })
        .collect()
}

#[tokio::test]
async fn pages_are_fetched_one_by_one() {
    let server = Server::start(PAGES.map(json)).await;
    let mut pages = list(&server).await.by_page();
    assert_eq!(pages.page_token(), None);
    for (number, expected) in [&["1", "2"][..], &[], &["3", "4"], &["5"]]
        .iter()
        .enumerate()
    {
        assert_eq!(server.requests().len(), number, "fetched too early");
        let page = pages.next().await.unwrap().unwrap();
        assert_eq!(names(&page), *expected);
    }
    assert!(pages.next().await.is_none());
    assert!(pages.next().await.is_none());
    assert_eq!(tokens(&server), ["", "a%2Fb%2Bc%3D", "3", "4"]);
}

#[tokio::test]
async fn items_are_yielded_across_all_pages() {
    let server = Server::start(PAGES.map(json)).await;
    let mut items = list(&server).await.by_item();
    let mut found = Vec::new();
    while let Some(app) = items.next().await {
        found.push(app.unwrap().name.unwrap());
    }
    assert_eq!(found, ["1", "2", "3", "4", "5"]);
    assert!(items.next().await.is_none());
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn a_list_continues_from_a_token() {
    let server = Server::start(PAGES[2..].iter().map(|page| json(page))).await;
    let mut pages = list(&server).await.page_token("3").by_page();
    pages.next().await.unwrap().unwrap();
    assert_eq!(pages.page_token(), Some("4"));
    pages.next().await.unwrap().unwrap();
    assert_eq!(tokens(&server), ["3", "4"]);
}

#[tokio::test]
async fn a_repeated_token_ends_the_list() {
    let page = |token| {
        json(&format!(
            r#"{{"apps": [{{}}], "nextPageToken": "{token}"}}"#
        ))
    };
    let server = Server::start([page("a"), page("b"), page("a"), page("c")]).await;
    let mut pages = list(&server).await.by_page();
    for _ in 0..3 {
        pages.next().await.unwrap().unwrap();
    }
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot deserialize the response of a list: the service sent the page token \"a\" twice"
    );
    assert!(pages.next().await.is_none());
    assert_eq!(tokens(&server), ["", "a", "b"]);
}

#[tokio::test]
async fn a_repeat_of_the_initial_token_ends_the_list() {
    let page = json(r#"{"apps": [{}], "nextPageToken": "a"}"#);
    let server = Server::start([page.clone(), page.clone(), page]).await;
    let mut pages = list(&server).await.page_token("a").by_page();
    let mut failed = false;
    while let Some(page) = pages.next().await {
        failed |= page.is_err();
    }
    assert!(failed);
    assert!(server.requests().len() <= 2);
}

#[tokio::test]
async fn an_error_ends_the_list() {
    let error = Answer::json("403 Forbidden", r#"{"error": {"message": "no"}}"#);
    let server = Server::start([json(PAGES[0]), error, json(PAGES[3])]).await;
    let mut items = list(&server).await.by_item();
    assert!(items.next().await.unwrap().is_ok());
    assert!(items.next().await.unwrap().is_ok());
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.http_status_code(), Some(403));
    assert!(items.next().await.is_none());
    assert_eq!(server.requests().len(), 2);
}

/// Covers every other list, each with its own type of items.
#[tokio::test]
async fn every_list_yields_items() {
    let server = Server::start([
        json(r#"{"operations": [{"name": "o"}], "unreachable": ["x"]}"#),
        json(r#"{"reports": [{"name": "r"}]}"#),
        json(r#"{"repoScans": [{"name": "s"}]}"#),
    ])
    .await;
    let accounts = client(&server).await.accounts();
    let mut operations = accounts.apps().operations().list(APP).by_item();
    let operation = operations.next().await.unwrap().unwrap();
    assert_eq!(operation.name.as_deref(), Some("o"));
    let mut reports = accounts.apps().reports().list(APP).by_item();
    let report = reports.next().await.unwrap().unwrap();
    assert_eq!(report.name.as_deref(), Some("r"));
    let mut scans = accounts.repos().scans().list(REPO).by_item();
    let scan = scans.next().await.unwrap().unwrap();
    assert_eq!(scan.name.as_deref(), Some("s"));
    assert!(operations.next().await.is_none());
    assert!(reports.next().await.is_none());
    assert!(scans.next().await.is_none());
}

/// The mask of Checks' own guide, without which the list would end after its first page, and one without
/// the elements.
#[tokio::test]
async fn a_field_mask_gets_the_fields_that_the_list_needs() {
    for (mask, sent) in [
        ("apps(name)", "apps%28name%29%2CnextPageToken"),
        ("nextPageToken", "nextPageToken%2Capps"),
        ("nextPageToken,apps/title", "nextPageToken%2Capps%2Ftitle"),
    ] {
        let server = Server::start(PAGES.map(json)).await;
        let apps = client(&server).await.accounts().apps();
        let mut items = apps.list(ACCOUNT).fields(mask).by_item();
        let mut count = 0;
        while let Some(app) = items.next().await {
            app.unwrap();
            count += 1;
        }
        assert_eq!(count, 5);
        for request in server.requests() {
            assert!(
                request.target().contains(&format!("?fields={sent}&")),
                "{request:?}"
            );
        }
    }
}

/// The test drops the future of `next` at each piece of the request and calls `next` again, which
/// must not start another request.
#[tokio::test]
async fn dropping_next_midway_loses_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let apps = builder(&url).build().await.unwrap().accounts().apps();
    let mut pages = apps.list(ACCOUNT).by_page();

    let (mut stream, _) = tokio::select! {
        page = pages.next() => panic!("{page:?}"),
        accepted = listener.accept() => accepted.unwrap(),
    };
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        tokio::select! {
            page = pages.next() => panic!("{page:?}"),
            byte = stream.read_u8() => head.push(byte.unwrap()),
        }
    }
    assert!(head.starts_with(b"GET /v1alpha/accounts/1/apps?alt=json"));

    answer(&mut stream, PAGES[2]).await;
    let page = pages.next().await.unwrap().unwrap();
    assert_eq!(names(&page), ["3", "4"]);
    let (page, ()) = tokio::join!(pages.next(), async {
        let mut next = [0; 46];
        stream.read_exact(&mut next).await.unwrap();
        assert_eq!(&next, b"GET /v1alpha/accounts/1/apps?pageToken=4&alt=j");
        answer(&mut stream, PAGES[3]).await;
    });
    assert_eq!(names(&page.unwrap().unwrap()), ["5"]);
}

async fn answer(stream: &mut TcpStream, body: &str) {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body.as_bytes()).await.unwrap();
}
