//! Operations that are started by uploads.

use std::sync::{Arc, Mutex};

use discovery_runtime::{
    Any, HttpMethod, Media, MediaUpload, Method, Operation, Poller, Resumable, Segment::Literal,
    Simple, Upload,
};

use crate::script::{OPERATION, OPERATIONS, Script, broken, done, running};

static UPLOAD: Method = Method::new(
    "things.upload",
    HttpMethod::Post,
    &[Literal("v1/things:upload")],
)
.with_upload(MediaUpload::new(&[Literal("upload/v1/things:upload")]).with_resumable(true))
.with_operations(OPERATIONS);

fn media() -> Media {
    Media::from_bytes(vec![b'x'; 100_000])
}

#[tokio::test(start_paused = true)]
async fn media_that_starts_an_operation_reports_its_progress() {
    let script = Script::new([running(), done()]);
    let client = script.client().await;
    let progress = Arc::new(Mutex::new(0));
    let position = progress.clone();
    let upload: Upload<Operation, Simple> = client.request(&UPLOAD).upload(media());
    let poller: Poller = upload
        .with_progress(move |sent, _| *position.lock().unwrap() = sent)
        .poller();
    assert!(script.lines().is_empty());
    let made: Any = poller.until_done().await.unwrap();
    assert_eq!(made.as_object()["title"], "made");
    assert_eq!(*progress.lock().unwrap(), 100_000);
    let [upload, get] = &script.lines()[..] else {
        panic!()
    };
    assert!(
        upload.starts_with("POST upload/v1/things:upload?"),
        "{upload:.80}"
    );
    assert_eq!(*get, format!("GET v1/{OPERATION}"));
}

#[tokio::test(start_paused = true)]
async fn an_upload_that_may_go_out_in_steps_starts_one_too() {
    let script = Script::new([running(), done()]);
    let client = script.client().await;
    let upload: Upload<Operation, Resumable> = client.request(&UPLOAD).upload_resumable(media());
    upload.poller().until_done().await.unwrap();
    assert_eq!(script.lines().len(), 2);

    let script = Script::new([broken()]);
    let client = script.client().await;
    let upload: Upload<Operation, Resumable> = client.request(&UPLOAD).upload_resumable(media());
    let error = upload.poller().until_done().await.unwrap_err();
    assert!(error.is_io(), "{error}");
}
