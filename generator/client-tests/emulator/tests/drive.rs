//! Drive, as the npm package `emulate` serves it.

mod drive_steps;
mod support;

use drive_steps::names;
use google_drive_v3::Drive;

async fn client() -> Drive {
    drive_steps::client("GOOGLE_EMULATOR_HOST", "test_token_admin").await
}

/// The emulator has no `delete` of a file.
#[tokio::test]
async fn a_file_is_created_read_and_changed() {
    let drive = client().await;
    drive_steps::create_read_and_change(&drive).await;
    drive_steps::assert_missing(&drive, "none").await;
}

#[tokio::test]
async fn a_file_is_uploaded_and_downloaded() {
    drive_steps::upload_and_download(&client().await).await;
}

/// The emulator ignores `name contains`.
#[tokio::test]
async fn files_are_listed_over_pages() {
    let drive = client().await;
    drive_steps::create_listed(&drive).await;
    let mut names = names(drive.files().list()).await;
    names.retain(|name| name.starts_with("listed"));
    assert_eq!(names.len(), 5);
}
