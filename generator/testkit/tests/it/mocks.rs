//! Rules by request builder.

use std::panic::{AssertUnwindSafe, catch_unwind};

use discovery_testkit::Mock;
use google_checks_v1alpha::accounts::apps;
use google_checks_v1alpha::accounts::apps::operations;
use google_checks_v1alpha::runtime::{Code, Reply};
use google_checks_v1alpha::schemas::account::App;
use google_checks_v1alpha::{Checks, Result};

const APP: &str = "accounts/1/apps/2";

async fn client(mock: &Mock) -> Checks {
    Checks::builder()
        .with_transport(mock.transport())
        .build()
        .await
        .unwrap()
}

/// Returns the text with which a mock fails its test.
fn failure(mock: Mock) -> String {
    let panic = catch_unwind(AssertUnwindSafe(|| drop(mock))).unwrap_err();
    *panic.downcast::<String>().unwrap()
}

async fn title(client: &Checks, name: &str) -> Result<Option<String>> {
    Ok(client.accounts().apps().get(name).send().await?.title)
}

#[tokio::test]
async fn the_first_rule_that_fits_replies() {
    let mock = Mock::new();
    mock.when::<apps::Get>()
        .with(|call| call.path_parameter("name") == Some(APP))
        .times(1)
        .reply(App::default().set_title("first"));
    mock.when::<apps::Get>()
        .reply(App::default().set_title("others"));
    let client = client(&mock).await;
    assert_eq!(title(&client, APP).await.unwrap().as_deref(), Some("first"));
    assert_eq!(
        title(&client, APP).await.unwrap().as_deref(),
        Some("others")
    );
    assert_eq!(
        (mock.count::<apps::Get>(), mock.count::<apps::List>()),
        (2, 0)
    );
    assert!(
        mock.calls()[1].url.contains("/v1alpha/accounts/1/apps/2?"),
        "{:?}",
        mock.calls()
    );
}

#[tokio::test(start_paused = true)]
async fn replies_come_in_a_sequence_and_errors_are_retried() {
    let mock = Mock::new();
    mock.when::<apps::Get>()
        .times(1)
        .error(Code::Unavailable, "busy");
    let titles = ["1", "2"].map(|title| App::default().set_title(title));
    mock.when::<apps::Get>().times(3).sequence(titles);
    let client = client(&mock).await;
    for expected in ["1", "2", "2"] {
        assert_eq!(
            title(&client, APP).await.unwrap().as_deref(),
            Some(expected)
        );
    }
    assert_eq!(mock.count::<apps::Get>(), 4);
}

#[tokio::test]
async fn a_method_without_a_response_replies_with_an_empty_message() {
    let mock = Mock::new();
    mock.when::<operations::Cancel>().reply(());
    mock.when::<operations::Delete>()
        .reply_with(|number| Ok(Reply::new(if number == 0 { 404 } else { 204 })));
    let operations = client(&mock).await.accounts().apps().operations();
    let name = format!("{APP}/operations/3");
    operations.cancel(&name).send().await.unwrap();
    let error = operations.delete(&name).send().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(404));
    operations.delete(&name).send().await.unwrap();
}

#[tokio::test]
async fn a_call_without_a_rule_fails_the_test() {
    let mock = Mock::new();
    mock.when::<apps::Get>()
        .with(|call| call.path_parameter("name") == Some("accounts/1/apps/9"))
        .with(|call| call.method().starts_with("checks."))
        .reply(App::default());
    let client = client(&mock).await;
    let error = title(&client, APP).await.unwrap_err();
    let text = format!("{error:?}");
    assert!(
        text.contains("no rule fits checks.accounts.apps.get (GET https://checks.googleapis.com/"),
        "{text}"
    );
    assert!(
        text.contains("the nearest rule meets 1 of its 2 conditions"),
        "{text}"
    );
    client
        .accounts()
        .apps()
        .list("accounts/1")
        .send()
        .await
        .unwrap_err();
    let text = failure(mock);
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(
        text.ends_with("there are rules for checks.accounts.apps.get only"),
        "{text}"
    );
}

#[tokio::test]
async fn a_rule_that_was_not_used_fails_the_test() {
    let mock = Mock::new();
    mock.when::<apps::Get>().times(2).reply(App::default());
    title(&client(&mock).await, APP).await.unwrap();
    assert_eq!(
        failure(mock),
        "the rule for checks.accounts.apps.get was used 1 of 2 times"
    );

    let mock = Mock::new();
    mock.when::<apps::Get>().times(1).reply(App::default());
    let client = client(&mock).await;
    title(&client, APP).await.unwrap();
    title(&client, APP).await.unwrap_err();
    assert!(failure(mock).ends_with("the rule for it is used up, after 1 calls"));
}
