//! Times at which steps are repeated, by a paused clock.

use std::time::Duration;

use discovery_runtime::{Code, Error, Media, Reply, Upload, Value};
use http::{HeaderValue, header};
use tokio::io::AsyncWriteExt as _;

use crate::{
    data::{GET, INSERT, bytes},
    support::fake::{Fake, Outcome},
};

fn begun() -> Reply {
    let url = HeaderValue::from_static("https://checks.googleapis.com/upload?upload_id=1");
    Reply::new(200).with_header(header::LOCATION, url)
}

fn incomplete(range: &'static str) -> Reply {
    Reply::new(308).with_header(header::RANGE, HeaderValue::from_static(range))
}

fn busy() -> Reply {
    Reply::error(Code::Unavailable, "busy")
}

async fn uploaded(fake: &Fake) -> Result<(), Error> {
    sent(fake, bytes(300_000).into()).await
}

async fn sent(fake: &Fake, media: Media) -> Result<(), Error> {
    let builder = fake
        .builder()
        .with_attempt_timeout(Duration::from_secs(100));
    let client = builder.build().await.unwrap();
    let request = client.request(&INSERT).path("bucket", "mine");
    let upload: Upload<Value, _> = request.upload_resumable(media);
    upload
        .with_resumable(true)
        .with_chunk_size(1)
        .send_empty()
        .await
}

/// Returns the error of a limit that was reached.
fn limited(reason: &str) -> Reply {
    let error = serde_json::json!({"code": 403, "message": "m", "errors": [{"reason": reason}]});
    Reply::new(403).with_body(serde_json::json!({ "error": error }).to_string())
}

#[tokio::test(start_paused = true)]
async fn a_rate_limit_is_waited_for_and_a_daily_one_is_not() {
    let rate = || limited("userRateLimitExceeded");
    let fake = Fake::new([rate(), begun(), rate(), incomplete("bytes=0-262143")]);
    uploaded(&fake).await.unwrap();
    assert!(fake.seconds().len() > 4, "{:?}", fake.seconds());

    let fake = Fake::new([limited("dailyLimitExceeded")]);
    let error = uploaded(&fake).await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(403));
    assert_eq!(fake.seconds(), [0.0]);
}

#[tokio::test(start_paused = true)]
async fn steps_that_fail_are_repeated_after_a_wait() {
    let script: [Outcome; 7] = [
        busy().into(),
        begun().into(),
        Error::io("reset").into(),
        busy().into(),
        incomplete("bytes=0-99999").into(),
        busy().into(),
        incomplete("bytes=0-99999").into(),
    ];
    let fake = Fake::new(script);
    uploaded(&fake).await.unwrap();
    assert_eq!(fake.seconds(), [0.0, 1.0, 1.0, 2.0, 3.0, 3.0, 4.0, 4.0]);
    let ranges = fake.header("content-range");
    assert_eq!(
        ranges,
        [
            "",
            "",
            "bytes 0-262143/300000",
            "bytes */300000",
            "bytes */300000",
            "bytes 100000-299999/300000",
            "bytes */300000",
            "bytes 100000-299999/300000",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_step_that_hangs_is_ended() {
    let script = [
        begun().into(),
        Outcome::Hangs,
        incomplete("bytes=0-262143").into(),
    ];
    let fake = Fake::new(script);
    uploaded(&fake).await.unwrap();
    assert_eq!(fake.seconds(), [0.0, 0.0, 101.0, 101.0]);
    assert_eq!(
        fake.header("content-range")[3],
        "bytes 262144-299999/300000"
    );
}

/// A body that ends after a while, without a byte.
struct Late(std::pin::Pin<Box<tokio::time::Sleep>>);

impl futures_core::Stream for Late {
    type Item = discovery_runtime::Result<discovery_runtime::Bytes>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        self.0.as_mut().poll(context).map(|()| None)
    }
}

/// To begin takes 4 of the 100 seconds of the step, so that 96 are left for the media.
#[tokio::test(start_paused = true)]
async fn the_limit_is_for_the_whole_of_a_step() {
    let late = Late(Box::pin(tokio::time::sleep(Duration::from_secs(4))));
    let fake = Fake::new([
        begun().with_stream(late).into(),
        Outcome::Hangs,
        incomplete("bytes=0-262143").into(),
    ]);
    uploaded(&fake).await.unwrap();
    assert_eq!(fake.seconds(), [0.0, 4.0, 101.0, 101.0]);
}

/// Media that takes longer to come than a step may is no fault of the service.
#[tokio::test(start_paused = true)]
async fn the_limit_is_not_for_reading_the_media() {
    let fake = Fake::new([begun(), incomplete("bytes=0-262143")]);
    let (reader, mut writer) = tokio::io::duplex(300_000);
    let media = Media::from_reader(reader, Some(300_000));
    let written = async move {
        tokio::time::sleep(Duration::from_secs(500)).await;
        writer.write_all(&bytes(300_000)).await.unwrap();
    };
    let (sent, ()) = tokio::join!(sent(&fake, media), written);
    sent.unwrap();
    assert_eq!(fake.seconds(), [0.0, 500.0, 500.0]);
}

#[tokio::test(start_paused = true)]
async fn the_service_may_request_a_longer_wait() {
    let patience = HeaderValue::from_static("30");
    let later = busy().with_header(header::RETRY_AFTER, patience);
    let fake = Fake::new([begun(), later, incomplete("bytes=0-262143")]);
    uploaded(&fake).await.unwrap();
    assert_eq!(fake.seconds(), [0.0, 0.0, 31.0, 31.0]);
}

/// A body that gives one piece and then nothing.
struct Stalled(bool);

impl futures_core::Stream for Stalled {
    type Item = discovery_runtime::Result<discovery_runtime::Bytes>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        if std::mem::replace(&mut self.0, true) {
            return std::task::Poll::Pending;
        }
        std::task::Poll::Ready(Some(Ok("01234".into())))
    }
}

#[tokio::test(start_paused = true)]
async fn a_download_that_is_silent_for_too_long_is_resumed() {
    let length = |length| (header::CONTENT_LENGTH, HeaderValue::from_static(length));
    let range = |range| (header::CONTENT_RANGE, HeaderValue::from_static(range));
    let reply =
        |status, (name, value): (_, HeaderValue)| Reply::new(status).with_header(name, value);
    let fake = Fake::new([
        reply(200, length("10")).with_stream(Stalled(false)),
        busy(),
        reply(206, range("bytes 5-9/10")).with_body("56789"),
    ]);
    let builder = fake
        .builder()
        .with_attempt_timeout(Duration::from_secs(100));
    let client = builder.build().await.unwrap();
    let request = client.request(&GET).path("bucket", "b").path("object", "o");
    let all = request.download().to_bytes(10).await.unwrap();
    assert_eq!(all, "0123456789");
    assert_eq!(fake.seconds(), [0.0, 101.0, 102.0]);
    assert_eq!(fake.header("range"), ["", "bytes=5-", "bytes=5-"]);
}
