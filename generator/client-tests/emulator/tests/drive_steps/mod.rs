//! The steps that are tested against each server of Drive.

use google_drive_v3::Drive;
use google_drive_v3::files::List;
use google_drive_v3::schemas::File;

use crate::support;

/// Returns a client of the server at the URL in `variable`.
pub(crate) async fn client(variable: &str, token: &'static str) -> Drive {
    Drive::builder()
        .with_endpoint(support::url(variable))
        .with_credentials(support::token(token))
        .build()
        .await
        .unwrap()
}

/// Creates, reads and renames a file, and returns its id.
pub(crate) async fn create_read_and_change(drive: &Drive) -> String {
    let files = drive.files();
    let file = File::default()
        .set_name("report.txt")
        .set_mime_type("text/plain");
    let id = files.create(file).send().await.unwrap().id.unwrap();
    let read = files.get(&id).send().await.unwrap();
    assert_eq!(read.name.as_deref(), Some("report.txt"));

    let change = File::default().set_name("final.txt");
    let changed = files.update(&id, change).send().await.unwrap();
    assert_eq!(changed.name.as_deref(), Some("final.txt"));
    id
}

pub(crate) async fn assert_missing(drive: &Drive, id: &str) {
    let error = drive.files().get(id).send().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(404));
}

pub(crate) async fn upload_and_download(drive: &Drive) {
    let files = drive.files();
    let content = b"some text\n".repeat(1000);
    let file = File::default()
        .set_name("media.txt")
        .set_mime_type("text/plain");
    let upload = files.create(file).with_media(content.clone());
    let created = upload.with_resumable(false).send().await.unwrap();
    let media = files.get(created.id.unwrap()).download();
    assert_eq!(media.to_bytes(usize::MAX).await.unwrap(), content);
}

/// Creates five files, `listed0` to `listed4`.
pub(crate) async fn create_listed(drive: &Drive) {
    for number in 0..5 {
        let file = File::default().set_name(format!("listed{number}"));
        drive.files().create(file).send().await.unwrap();
    }
}

/// Returns the names in a list, over pages of two files.
pub(crate) async fn names(list: List) -> Vec<String> {
    let mut items = list.page_size(2).by_item();
    let mut names = Vec::new();
    while let Some(item) = items.next().await {
        names.push(item.unwrap().name.unwrap());
    }
    names
}
