//! Creates a contact, and prints the names of all contacts.

use discovery_login::Login;
use google_people_v1::schemas::{Name, Person};
use google_people_v1::{People, scopes};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let login = Login::from_file("client_secret.json")?.with_scopes([scopes::CONTACTS]);
    let people = People::builder().with_credentials(login.credentials().await?);
    let people = people.build().await?;

    let ann = Name::default().set_given_name("Ann");
    let contact = Person::default().set_names([ann]);
    people.people().create_contact(contact).send().await?;

    let connections = people.people().connections();
    let list = connections.list("people/me").person_fields("names");
    let mut persons = list.by_item();
    while let Some(person) = persons.next().await {
        for name in person?.names {
            println!("{}", name.display_name.unwrap_or_default());
        }
    }
    Ok(())
}
