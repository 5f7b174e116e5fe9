//! Drive, as the npm package `google-drive-mock` serves it.

mod drive_steps;
mod support;

use drive_steps::names;
use google_drive_v3::Drive;

async fn client() -> Drive {
    drive_steps::client("DRIVE_EMULATOR_HOST", "valid-token").await
}

#[tokio::test]
async fn a_file_is_created_read_changed_and_deleted() {
    let drive = client().await;
    let id = drive_steps::create_read_and_change(&drive).await;
    drive.files().delete(&id).send().await.unwrap();
    drive_steps::assert_missing(&drive, &id).await;
}

#[tokio::test]
async fn a_file_is_uploaded_and_downloaded() {
    drive_steps::upload_and_download(&client().await).await;
}

#[tokio::test]
async fn files_are_listed_over_pages() {
    let drive = client().await;
    drive_steps::create_listed(&drive).await;
    let list = drive.files().list().q("name contains 'listed'");
    assert_eq!(names(list).await.len(), 5);
}
