//! Sets a document of a collection of Firestore, and prints the documents of the collection.

use google_firestore_v1::Firestore;
use google_firestore_v1::schemas::{Document, Value};

const DOCUMENTS: &str = "projects/project/databases/(default)/documents";

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let firestore = Firestore::builder().build().await?; // Application Default Credentials
    let documents = firestore.projects().databases().documents();

    let city = Document::default().set_fields([
        ("name", Value::default().set_string_value("Rome")),
        ("population", Value::default().set_integer_value(2_800_000)),
    ]);
    let name = format!("{DOCUMENTS}/cities/rome");
    documents.patch(name, city).send().await?;

    let mut cities = documents.list_documents(DOCUMENTS, "cities").by_item();
    while let Some(city) = cities.next().await {
        for (name, value) in city?.fields {
            println!("{name}: {value:?}");
        }
    }
    Ok(())
}
