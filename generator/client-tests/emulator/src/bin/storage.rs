//! Uploads an object to Cloud Storage, lists the bucket, and downloads the object.

use google_storage_v1::runtime::Media;
use google_storage_v1::{Storage, schemas::Object};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let storage = Storage::builder().build().await?; // Application Default Credentials
    let objects = storage.objects();

    let notes = Media::from_path("notes.txt").await?;
    let insert = objects
        .insert("bucket", Object::default())
        .name("notes.txt");
    insert.with_media(notes).send().await?;

    let mut items = objects.list("bucket").by_item();
    while let Some(object) = items.next().await {
        println!("{}", object?.name.unwrap_or_default());
    }

    let download = objects.get("bucket", "notes.txt").download();
    download.to_path("copy.txt").await?;
    Ok(())
}
