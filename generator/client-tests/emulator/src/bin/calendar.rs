//! Adds an event to the user's calendar, and prints the next ten events.

use std::time::SystemTime;

use discovery_login::Login;
use google_calendar_v3::schemas::{Event, EventDateTime};
use google_calendar_v3::{Calendar, runtime::Timestamp, scopes};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let login = Login::from_file("client_secret.json")?.with_scopes([scopes::CALENDAR_EVENTS]);
    let calendar = Calendar::builder().with_credentials(login.credentials().await?);
    let events = calendar.build().await?.events();

    let day = |date| EventDateTime::default().set_date(date);
    let trip = Event::default().set_summary("Trip to Rome");
    let trip = trip.set_start(day("2030-01-01")).set_end(day("2030-01-03"));
    events.insert("primary", trip).send().await?;

    let now = String::from(Timestamp::try_from(SystemTime::now())?);
    let list = events.list("primary").time_min(now).max_results(10);
    let list = list.single_events(true).order_by("startTime");
    for event in list.send().await?.items {
        println!("{}", event.summary.unwrap_or_default());
    }
    Ok(())
}
