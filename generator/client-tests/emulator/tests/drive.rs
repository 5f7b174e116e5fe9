//! Drive, as the npm package `emulate` serves it.

mod support;

use google_drive_v3::Drive;
use google_drive_v3::schemas::File;

async fn client() -> Drive {
    let url = support::url("GOOGLE_EMULATOR_HOST");
    Drive::builder()
        .with_endpoint(url)
        .with_credentials(support::token("test_token_admin"))
        .build()
        .await
        .unwrap()
}

/// The emulator has no `delete` of a file.
#[tokio::test]
async fn a_file_is_created_read_and_changed() {
    let drive = client().await;
    let files = drive.files();
    let created = files
        .create(
            File::default()
                .set_name("report.txt")
                .set_mime_type("text/plain"),
        )
        .send()
        .await
        .unwrap();
    let id = created.id.unwrap();
    let read = files.get(&id).send().await.unwrap();
    assert_eq!(read.name.as_deref(), Some("report.txt"));

    let change = File::default().set_name("final.txt");
    let changed = files.update(&id, change).send().await.unwrap();
    assert_eq!(changed.name.as_deref(), Some("final.txt"));

    let error = files.get("none").send().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(404));
}

#[tokio::test]
async fn a_file_is_uploaded_and_downloaded() {
    let drive = client().await;
    let files = drive.files();
    let content = b"some text\n".repeat(1000);
    let metadata = File::default()
        .set_name("media.txt")
        .set_mime_type("text/plain");
    let created = files
        .create(metadata)
        .with_media(content.clone())
        .with_resumable(false)
        .send()
        .await
        .unwrap();
    let media = files.get(created.id.unwrap()).download();
    assert_eq!(media.to_bytes(usize::MAX).await.unwrap(), content);
}

#[tokio::test]
async fn files_are_listed_over_pages() {
    let drive = client().await;
    let files = drive.files();
    for number in 0..5 {
        let file = File::default().set_name(format!("listed{number}"));
        files.create(file).send().await.unwrap();
    }
    // The emulator ignores `name contains`.
    let mut items = files.list().page_size(2).by_item();
    let mut count = 0;
    while let Some(item) = items.next().await {
        let name = item.unwrap().name.unwrap();
        count += usize::from(name.starts_with("listed"));
    }
    assert_eq!(count, 5);
}
