//! Calls about media: their methods, their kinds and their clients.

use std::sync::LazyLock;

use discovery_runtime::{
    Bytes, Checksums, Client, ClientBuilder, DownloadVia, HttpMethod, Media, MediaUpload, Method,
    Result, Resumable,
    Segment::{Literal, Variable},
    Service, Upload, Value,
};
use tokio::io::AsyncWriteExt as _;

use super::{
    download_model,
    faults::UploadFault,
    objects::{Form, Shown, object},
    outcome::Expected,
    upload_model,
};
use crate::{
    leak_detector::DETECTOR,
    support::{
        fake::{Fixed, Patient},
        plan::Plan,
        tokens::Tokens,
    },
};

static SERVICE: Service = Service::new("things", "v1", "https://things.example.com/");
static GET: Method = Method::new(
    "things.get",
    HttpMethod::Get,
    &[Literal("things/"), Variable("thing")],
)
.with_download(DownloadVia::Service);
static INSERT: Method = Method::new(
    "things.insert",
    HttpMethod::Post,
    &[Literal("things/"), Variable("thing")],
)
.with_upload(
    MediaUpload::new(&[Literal("upload/things/"), Variable("thing")]).with_resumable(true),
);

/// More than the buffers of a connection hold.
static LARGE: LazyLock<Bytes> = LazyLock::new(|| vec![0; 64 << 20].into());

/// The kind of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Download,
    UploadInOne,
    UploadInSteps,
    /// An upload that the service reports as complete before it has the media.
    EarlyInOne,
    EarlyInSteps,
}

impl Kind {
    pub(crate) fn of(plan: Plan, call: u64) -> Self {
        match plan.number(call, 0) % 32 {
            0 => Self::EarlyInOne,
            1 => Self::EarlyInSteps,
            2..6 => Self::UploadInOne,
            6..16 => Self::UploadInSteps,
            _ => Self::Download,
        }
    }

    /// Returns the fault of a request with media, or about it.
    pub(crate) fn upload_fault(self, plan: Plan, call: u64, request: usize) -> UploadFault {
        match self {
            Self::EarlyInOne | Self::EarlyInSteps => UploadFault::EarlySuccess,
            _ => plan.upload_fault(call, request),
        }
    }

    pub(crate) fn expected(self, plan: Plan, call: u64) -> Expected {
        let fault = |request| self.upload_fault(plan, call, request);
        let total = object(plan, call, Form::default()).len();
        match self {
            Self::Download => download_model::expected(plan, call),
            Self::UploadInOne | Self::EarlyInOne => {
                upload_model::expected_in_one(call, total, fault)
            }
            Self::UploadInSteps | Self::EarlyInSteps => {
                upload_model::expected_in_steps(plan, call, total, fault)
            }
        }
    }

    /// Makes the call; returns the media, or the name of the uploaded object.
    pub(crate) async fn send(self, client: &Client, plan: Plan, call: u64) -> Result<Shown> {
        let object = object(plan, call, Form::default());
        let get = client.request(&GET).path("thing", call.to_string());
        let insert = client.request(&INSERT).path("thing", call.to_string());
        let response: Value = match self {
            Self::Download => return Ok(Shown(get.download().to_bytes(1 << 16).await?.into())),
            Self::UploadInOne => insert.upload(object).send().await?,
            Self::EarlyInOne => {
                // The reader waits after its first bytes.
                let (mut writer, reader) = tokio::io::duplex(1024);
                writer.write_all(b"begins").await.unwrap();
                let media = Media::from_reader(reader, Some(1000));
                let response = insert.upload(media).send().await;
                drop(writer);
                response?
            }
            Self::UploadInSteps => {
                let length = u64::try_from(object.len()).unwrap();
                let media = match plan.number(call, 3) % 3 {
                    0 => Media::from_bytes(object),
                    1 => Media::from_reader(std::io::Cursor::new(object), Some(length)),
                    _ => Media::from_reader(std::io::Cursor::new(object), None),
                };
                in_steps(insert.upload_resumable(media)).send().await?
            }
            Self::EarlyInSteps => {
                let upload = in_steps(insert.upload_resumable(LARGE.clone()));
                upload.with_checksums(Checksums::Off).send().await?
            }
        };
        let name = response["name"].as_str().unwrap();
        Ok(Shown(name.as_bytes().to_vec()))
    }
}

fn in_steps(upload: Upload<Value, Resumable>) -> Upload<Value, Resumable> {
    let upload = upload.with_resumable(true);
    DETECTOR.inspect("upload", &format!("{upload:?}"));
    upload
}

pub(crate) async fn client(url: &str) -> Client {
    ClientBuilder::new(&SERVICE)
        .with_endpoint(url)
        .with_credentials(Tokens::default())
        .with_backoff_policy(Fixed(std::time::Duration::ZERO))
        .with_retry_throttler(Patient)
        .build()
        .await
        .unwrap()
}
