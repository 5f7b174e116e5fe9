//! Uploads a file to Drive, lists the files of this program, and downloads the file.

use discovery_login::Login;
use google_drive_v3::runtime::Media;
use google_drive_v3::{Drive, schemas::File, scopes};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let login = Login::from_file("client_secret.json")?.with_scopes([scopes::DRIVE_FILE]);
    let drive = Drive::builder().with_credentials(login.credentials().await?);
    let drive = drive.build().await?;

    let file = File::default().set_name("notes.txt");
    let notes = Media::from_path("notes.txt").await?;
    let upload = drive.files().create(file).with_media(notes);
    let uploaded = upload.with_resumable(false).send().await?;

    let mut files = drive.files().list().by_item();
    while let Some(file) = files.next().await {
        println!("{}", file?.name.unwrap_or_default());
    }

    let id = uploaded.id.ok_or("the file has no ID")?;
    drive.files().get(id).download().to_path("copy.txt").await?;
    Ok(())
}
