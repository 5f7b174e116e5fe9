//! Gmail, as the npm package `emulate` serves it.

mod support;

use google_gmail_v1::runtime::Bytes;
use google_gmail_v1::schemas::{Label, Message, ModifyMessageRequest};
use google_gmail_v1::{Gmail, scopes};
use support::account;
use support::program::Home;

async fn client() -> Gmail {
    let url = support::url("GOOGLE_EMULATOR_HOST");
    Gmail::builder()
        .with_endpoint(url)
        .with_credentials(support::token("test_token_admin"))
        .build()
        .await
        .unwrap()
}

fn mail(subject: &str) -> Message {
    let text = format!("To: a@example.com\r\nSubject: {subject}\r\n\r\n~~ text ?> \u{fc}\r\n");
    Message::default().set_raw(Bytes::from(text))
}

#[tokio::test]
async fn a_message_is_sent_read_labelled_and_deleted() {
    let gmail = client().await;
    let messages = gmail.users().messages();
    let sent = messages.send("me", mail("Sent")).send().await.unwrap();
    let id = sent.id.unwrap();

    let read = messages.get("me", &id).send().await.unwrap();
    let headers = read.payload.unwrap().headers;
    let subject = headers
        .iter()
        .find(|header| header.name.as_deref() == Some("Subject"));
    assert_eq!(subject.unwrap().value.as_deref(), Some("Sent"));

    let request = ModifyMessageRequest::default().set_add_label_ids(["STARRED"]);
    let starred = messages.modify("me", &id, request).send().await.unwrap();
    assert!(starred.label_ids.iter().any(|label| label == "STARRED"));

    messages.delete("me", &id).send().await.unwrap();
    let error = messages.get("me", &id).send().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(404));
}

#[tokio::test]
async fn messages_are_listed_over_pages() {
    let gmail = client().await;
    let messages = gmail.users().messages();
    for _ in 0..5 {
        let send = messages.send("me", mail("Listed"));
        send.send().await.unwrap();
    }
    let mut items = messages
        .list("me")
        .q("subject:Listed")
        .max_results(2)
        .by_item();
    let mut count = 0;
    while let Some(item) = items.next().await {
        assert!(item.unwrap().id.is_some());
        count += 1;
    }
    assert_eq!(count, 5);
}

#[tokio::test]
async fn a_label_is_created_patched_and_deleted() {
    let gmail = client().await;
    let labels = gmail.users().labels();
    let created = labels
        .create("me", Label::default().set_name("Life"))
        .send()
        .await
        .unwrap();
    let id = created.id.unwrap();
    let change = Label::default().set_name("Work");
    let patched = labels.patch("me", &id, change).send().await.unwrap();
    assert_eq!(patched.name.as_deref(), Some("Work"));
    labels.delete("me", &id).send().await.unwrap();
    let error = labels.get("me", &id).send().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(404));
}

#[tokio::test]
async fn the_first_program_sends_and_lists() {
    let home = Home::new();
    account::log_in(&home, &[scopes::GMAIL_SEND, scopes::GMAIL_READONLY]).await;
    let url = support::url("GOOGLE_EMULATOR_HOST");
    let program = env!("CARGO_BIN_EXE_gmail");
    let printed = home.run(program, "gmail.googleapis.com", &url).await;
    assert!(printed.contains("This is Rust."), "{printed}");
}
