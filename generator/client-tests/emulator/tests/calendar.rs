//! Calendar, as the npm package `emulate` serves it.

mod support;

use google_calendar_v3::schemas::{Event, EventDateTime};
use google_calendar_v3::{Calendar, scopes};
use support::account;
use support::program::Home;

async fn client() -> Calendar {
    let url = support::url("GOOGLE_EMULATOR_HOST");
    Calendar::builder()
        .with_endpoint(url)
        .with_credentials(support::token("test_token_admin"))
        .build()
        .await
        .unwrap()
}

fn event(summary: &str, hour: u32) -> Event {
    let at = |hour: u32| {
        EventDateTime::default()
            .set_date_time(format!("2030-01-01T{hour:02}:00:00Z"))
            .set_time_zone("UTC")
    };
    Event::default()
        .set_summary(summary)
        .set_start(at(hour))
        .set_end(at(hour + 1))
}

/// The emulator has no `get` or `patch` of an event.
#[tokio::test]
async fn an_event_is_inserted_listed_and_deleted() {
    let calendar = client().await;
    let events = calendar.events();
    let inserted = events
        .insert("primary", event("Standup", 9))
        .send()
        .await
        .unwrap();
    let id = inserted.id.unwrap();
    let list = events.list("primary").q("Standup");
    let listed = list.clone().send().await.unwrap().items;
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].id.as_deref(), Some(id.as_str()));
    assert_eq!(listed[0].start, inserted.start);

    events.delete("primary", &id).send().await.unwrap();
    assert_eq!(list.send().await.unwrap().items, []);
    // The service replies 410 to a second deletion.
    let error = events.delete("primary", &id).send().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(404));
}

#[tokio::test]
async fn events_are_listed_over_pages() {
    let calendar = client().await;
    let events = calendar.events();
    for hour in 10..15 {
        let insert = events.insert("primary", event("Listed", hour));
        insert.send().await.unwrap();
    }
    let list = events.list("primary").q("Listed").max_results(2);
    let mut items = list.by_item();
    let mut count = 0;
    while let Some(item) = items.next().await {
        assert_eq!(item.unwrap().summary.as_deref(), Some("Listed"));
        count += 1;
    }
    assert_eq!(count, 5);
}

#[tokio::test]
async fn the_first_program_inserts_and_lists() {
    let home = Home::new();
    account::log_in(&home, &[scopes::CALENDAR_EVENTS]).await;
    let url = support::url("GOOGLE_EMULATOR_HOST");
    let program = env!("CARGO_BIN_EXE_calendar");
    let printed = home.run(program, "www.googleapis.com", &url).await;
    assert!(printed.contains("Trip to Rome\n"), "{printed}");
}
