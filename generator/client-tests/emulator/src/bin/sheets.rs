//! Creates a spreadsheet, appends a row to it, and prints its cells.

use discovery_login::Login;
use google_sheets_v4::runtime::Value;
use google_sheets_v4::schemas::{Spreadsheet, ValueRange};
use google_sheets_v4::{Sheets, scopes};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let login = Login::from_file("client_secret.json")?.with_scopes([scopes::DRIVE_FILE]);
    let sheets = Sheets::builder().with_credentials(login.credentials().await?);
    let sheets = sheets.build().await?;
    let spreadsheets = sheets.spreadsheets();

    let created = spreadsheets.create(Spreadsheet::default()).send().await?;
    let id = created.spreadsheet_id.ok_or("the spreadsheet has no ID")?;

    let row = vec![Value::from("Rome"), Value::from(2_800_000)];
    let rows = ValueRange::default().set_values([row]);
    let append = spreadsheets.values().append(&id, "A1", rows);
    append.value_input_option("USER_ENTERED").send().await?;

    let range = spreadsheets.values().get(&id, "A1:B10").send().await?;
    for row in range.values {
        println!("{row:?}");
    }
    Ok(())
}
