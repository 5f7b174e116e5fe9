//! Sends a message to oneself, and prints the beginnings of the latest ten messages.

use discovery_login::Login;
use google_gmail_v1::{Gmail, schemas::Message, scopes};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let scopes = [scopes::GMAIL_SEND, scopes::GMAIL_READONLY];
    let login = Login::from_file("client_secret.json")?.with_scopes(scopes);
    let gmail = Gmail::builder().with_credentials(login.credentials().await?);
    let gmail = gmail.build().await?;
    let messages = gmail.users().messages();

    let text = "To: me@example.com\r\nSubject: Hello\r\n\r\nThis is Rust.\r\n";
    messages
        .send("me", Message::default().set_raw(text))
        .send()
        .await?;

    let list = messages.list("me").max_results(10).send().await?;
    for id in list.messages.into_iter().filter_map(|message| message.id) {
        let message = messages.get("me", id).send().await?;
        println!("{}", message.snippet.unwrap_or_default());
    }
    Ok(())
}
