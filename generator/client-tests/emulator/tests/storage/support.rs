//! A client of the emulator, and the objects of the tests.

use std::env;

use google_storage_v1::Storage;
use google_storage_v1::runtime::google_cloud_auth::credentials::anonymous;
use google_storage_v1::runtime::{IntoMedia, Result};
use google_storage_v1::schemas::{Bucket, Object};

/// The unit of the chunk sizes of resumable uploads, in bytes.
pub(crate) const GRANULE: u64 = 256 * 1024;

pub(crate) async fn client() -> Storage {
    let url = env::var("STORAGE_EMULATOR_HOST")
        .expect("STORAGE_EMULATOR_HOST, the URL of an emulator: run .ci/emulator");
    let anonymous = anonymous::Builder::new().build();
    let builder = Storage::builder()
        .with_endpoint(url)
        .with_credentials(anonymous);
    builder.build().await.unwrap()
}

/// A client, and a bucket for one test.
pub(crate) struct Place {
    pub(crate) storage: Storage,
    pub(crate) bucket: &'static str,
}

impl Place {
    pub(crate) async fn new(bucket: &'static str) -> Self {
        let storage = client().await;
        let request = Bucket::default().set_name(bucket);
        storage
            .buckets()
            .insert("project", request)
            .send()
            .await
            .unwrap();
        Self { storage, bucket }
    }

    /// Uploads an object to the bucket, in one request.
    pub(crate) async fn put(&self, name: &str, media: impl IntoMedia) -> Object {
        let insert = self
            .storage
            .objects()
            .insert(self.bucket, Object::default());
        let upload = insert.name(name).with_media(media).with_resumable(false);
        upload.send().await.unwrap()
    }

    /// Returns the content of the object with this name.
    pub(crate) async fn content(&self, name: &str) -> Vec<u8> {
        let download = self.storage.objects().get(self.bucket, name).download();
        download.to_bytes(usize::MAX).await.unwrap().into()
    }

    pub(crate) async fn metadata(&self, name: &str) -> Result<Object> {
        self.storage.objects().get(self.bucket, name).send().await
    }
}

/// Returns bytes that show a piece in the wrong place.
pub(crate) fn bytes(length: u64) -> Vec<u8> {
    let byte = |at: u64| u8::try_from((at ^ (at >> 8) ^ (at >> 16)) & 0xff).unwrap();
    (0..length).map(byte).collect()
}
