//! The client of the comparison: one transfer, and its memory.

use std::fs;
use std::path::Path;

use discovery_runtime::{
    Client, ClientBuilder, DownloadVia, HttpMethod, Media, MediaUpload, Method, Result,
    Segment::{Literal, Variable},
    Service, Value,
};
use google_cloud_auth::credentials::anonymous;
use tokio::runtime::Builder;

static SERVICE: Service = Service::new("media", "v1", "https://media.example.com/");
static INSERT: Method = Method::new("media.insert", HttpMethod::Post, &[Literal("v1/media")])
    .with_upload(MediaUpload::new(&[Literal("upload/v1/media")]).with_multipart(true));
static GET: Method = Method::new(
    "media.get",
    HttpMethod::Get,
    &[Literal("v1/media/"), Variable("size")],
)
.with_download(DownloadVia::Method);

/// The direction and the target of a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transfer {
    /// Uploads a file.
    Upload,
    /// Downloads media to a file.
    Download,
    /// Downloads media and discards it.
    Discard,
}

impl Transfer {
    const ALL: [Self; 3] = [Self::Upload, Self::Download, Self::Discard];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Upload => "transfer-upload",
            Self::Download => "transfer-download",
            Self::Discard => "transfer-discard",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }
}

pub(crate) fn upload_url(server: &str) -> String {
    format!("{server}/upload/v1/media?uploadType=media")
}

pub(crate) fn download_url(server: &str, size: u64) -> String {
    format!("{server}/v1/media/{size}?alt=media")
}

/// Makes a transfer, and prints the growth of memory. The URL is that of the service for an upload,
/// and of the media for a download.
pub(crate) fn run(transfer: Transfer, url: &str, path: &Path) {
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let grown = runtime.block_on(async {
        let (server, size) = match url.split_once("/v1/media/") {
            Some((server, rest)) => (server, rest.trim_end_matches("?alt=media")),
            None => (url, "0"),
        };
        let client = client(server).await.expect("a client");
        // One small call creates the resources of every call: connection, buffers, threads.
        download(&client, "1").to_bytes(1).await.expect("a byte");
        let idle = memory("VmRSS").unwrap_or_default();
        match transfer {
            Transfer::Upload => upload(&client, path).await,
            Transfer::Download => download(&client, size).to_path(path).await.map(drop),
            Transfer::Discard => {
                let download = download(&client, size);
                download.to_writer(tokio::io::sink()).await.map(drop)
            }
        }
        .expect("a transfer");
        memory("VmHWM").unwrap_or_default().saturating_sub(idle)
    });
    println!("{:.1} MiB", grown as f64 / 1024.0);
}

async fn client(server: &str) -> Result<Client> {
    ClientBuilder::new(&SERVICE)
        .with_endpoint(server)
        .with_credentials(anonymous::Builder::new().build())
        .build()
        .await
}

async fn upload(client: &Client, path: &Path) -> Result<()> {
    let media = Media::from_path(path).await?;
    let upload = client.request(&INSERT).upload::<Value>(media);
    upload.send().await.map(drop)
}

fn download(client: &Client, size: &str) -> discovery_runtime::Download {
    client
        .request(&GET)
        .path("size", size.to_owned())
        .download()
}

/// Returns a memory figure of this process, in KiB, where the system has one (Linux, `proc(5)`).
fn memory(name: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let value = line.strip_prefix(':')?.trim().strip_suffix("kB")?;
    value.trim().parse().ok()
}
