//! Sessions: kept, continued, lost, and elsewhere.

use std::error::Error as _;

use discovery_runtime::{Error, MediaError, Resumable, Upload, UploadSession, Value};

use crate::{
    data::{INSERT, Kind, ProgressLog, SIZE, UNIT, builder, bytes, insert},
    steps::{chunks, upload},
    store::{Dialect, Fault, Store, header},
};

fn media_error(error: &Error) -> &MediaError {
    error.source().unwrap().downcast_ref().unwrap()
}

/// Begins an upload that breaks off in its second chunk and is not continued.
async fn interrupted(store: &Store) -> String {
    let client = builder(&store.url)
        .with_retry_policy(google_cloud_gax::retry_policy::NeverRetry)
        .build()
        .await
        .unwrap();
    let request = client.request(&INSERT).path("bucket", "mine");
    let upload: Upload<Value, Resumable> = request.upload_resumable(bytes(SIZE));
    let mut upload = upload.with_chunk_size(UNIT);
    let session = upload.start().await.unwrap();
    upload.send().await.unwrap_err();
    session.to_string()
}

#[tokio::test]
async fn another_process_continues_a_session() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = bytes(SIZE);
    for kind in Kind::ALL {
        // The session begins, and takes a chunk and a part of the next.
        let store = Store::with(Dialect::default(), [(2, Fault::InBody(100_000))]).await;
        let kept = interrupted(&store).await;
        let before = store.log().len();
        let progress = ProgressLog::default();
        let media = kind.media(&folder, &bytes).await;
        let upload = upload(&store.url, media)
            .await
            .with_progress(progress.callback());
        let session: UploadSession = kept.parse().unwrap();
        let response = upload.with_session(session).send().await.unwrap();
        assert_eq!(response["size"], "900000");
        let total = if kind.has_length() { "900000" } else { "*" };
        assert_eq!(store.log()[before], format!("PUT */{total}"));
        let rest = chunks(UNIT + 100_000, SIZE, kind.has_length());
        assert_eq!(store.log()[before + 1..], rest, "{kind:?}");
        assert!(store.object().unwrap() == bytes, "{kind:?}");
        assert_eq!(progress.positions()[0], UNIT + 100_000);
        assert_eq!(progress.all().last(), Some(&(SIZE, Some(SIZE))));
    }
}

#[tokio::test]
async fn bytes_that_another_process_sent_count_for_the_checksum() {
    let folder = tempfile::tempdir().unwrap();
    for kind in Kind::ALL {
        let dialect = Dialect {
            response: Some(r#"{"crc32c":"AAAAAA=="}"#.to_owned()),
            ..Dialect::default()
        };
        let store = Store::with(dialect, [(2, Fault::InBody(100_000))]).await;
        let kept = interrupted(&store).await;
        let media = kind.media(&folder, &bytes(SIZE)).await;
        let upload = upload(&store.url, media).await;
        let error = upload
            .with_session(kept.parse().unwrap())
            .send()
            .await
            .unwrap_err();
        assert!(
            error.to_string().contains("CRC32C is `DrgQcg==`"),
            "{kind:?} {error}"
        );
    }
}

#[tokio::test]
async fn a_session_that_is_complete_answers_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = bytes(SIZE);
    for kind in Kind::ALL {
        let store = Store::new().await;
        let mut first = upload(&store.url, bytes.clone().into()).await;
        let session = first.start().await.unwrap();
        first.send().await.unwrap();
        let before = store.log().len();
        let media = kind.media(&folder, &bytes).await;
        let again = upload(&store.url, media).await.with_session(session);
        assert_eq!(again.send().await.unwrap()["size"], "900000");
        assert_eq!(store.log().len(), before + 1);
    }
}

#[tokio::test]
async fn a_lost_session_of_the_caller_is_an_error() {
    for status in ["404 Not Found", "410 Gone"] {
        let store = Store::with(Dialect::default(), [(1, Fault::Error(status))]).await;
        let mut upload = upload(&store.url, bytes(SIZE).into()).await;
        let session = upload.start().await.unwrap();
        let error = upload.with_session(session).send().await.unwrap_err();
        assert_eq!(error.http_status_code(), status[..3].parse().ok());
        assert_eq!(
            error.status().unwrap().message,
            "the upload's session is gone, with the 0 bytes that it had: start again"
        );
        let error = media_error(&error);
        assert!(matches!(error, MediaError::SessionLost { stored: 0, .. }));
        assert_eq!(store.log(), ["POST", "PUT */900000"]);
    }
}

#[tokio::test]
async fn a_lost_session_is_replaced_if_the_media_can_be_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = bytes(SIZE);
    for kind in Kind::ALL {
        let whole = chunks(0, SIZE, kind.has_length());
        for failing in [0, 2] {
            let gone = (failing + 1, Fault::Error("410 Gone"));
            let store = Store::with(Dialect::default(), [gone]).await;
            let media = kind.media(&folder, &bytes).await;
            let result = upload(&store.url, media).await.send().await;
            let mut expected = vec!["POST".to_owned()];
            expected.extend_from_slice(&whole[..=failing]);
            if kind.is_rewindable() || failing == 0 {
                result.unwrap();
                expected.push("POST".to_owned());
                expected.extend_from_slice(&whole);
                assert!(store.object().unwrap() == bytes, "{kind:?}");
            } else {
                let error = result.unwrap_err();
                let stored = 2 * UNIT;
                assert_eq!(
                    error.status().unwrap().message,
                    format!(
                        "the upload's session is gone, with the {stored} bytes that it had: start \
                         again"
                    )
                );
            }
            assert_eq!(store.log(), expected, "{kind:?}");
        }
    }
}

#[tokio::test]
async fn a_session_is_replaced_once() {
    let faults = [(1, Fault::Error("404 No")), (4, Fault::Error("404 No"))];
    let store = Store::with(Dialect::default(), faults).await;
    let upload = upload(&store.url, bytes(SIZE).into()).await;
    let error = upload.send().await.unwrap_err();
    assert!(matches!(
        media_error(&error),
        MediaError::SessionLost { .. }
    ));
    let first = "PUT 0-262143/900000";
    let second = "PUT 262144-524287/900000";
    assert_eq!(store.log(), ["POST", first, "POST", first, second]);
}

#[tokio::test]
async fn credentials_are_sent_with_every_step_and_shown_in_no_error() {
    let faults = [(2, Fault::InBody(5)), (4, Fault::Error("403 No"))];
    let store = Store::with(Dialect::default(), faults).await;
    let client = builder(&store.url).with_api_key("AIza.secret").build();
    let request = client.await.unwrap().request(&INSERT).path("bucket", "b");
    let upload: Upload<Value, _> = request.upload_resumable(bytes(SIZE));
    let upload = upload.with_chunk_size(UNIT).with_resumable(true);
    let error = upload.send().await.unwrap_err();
    let heads = store.heads();
    assert_eq!(heads.len(), 5);
    for head in &heads {
        assert_eq!(header(head, "x-goog-api-key"), "AIza.secret", "{head}");
    }
    let shown = format!("{error} {error:?}");
    assert!(
        !shown.contains("secret") && !shown.contains("upload_id"),
        "{shown}"
    );
}

/// Headers of a session's replies are as secret as its URL.
#[tokio::test]
async fn headers_that_name_a_session_are_not_shown() {
    const SAID: &str = "x-guploader-uploadid: s3cr3t\r\nlocation: https://h/?upload_id=s3cr3t\r\n\
                        set-cookie: a=s3cr3t\r\nx-goog-upload-url: https://h/s3cr3t\r\n\
                        content-length: 0\r\nconnection: close\r\n\r\n";
    for status in [
        "400 No",
        "403 No",
        "404 No",
        "412 No",
        "302 Found",
        "503 Busy",
    ] {
        let said: &'static str = Box::leak(format!("HTTP/1.1 {status}\r\n{SAID}").into_boxed_str());
        for at in [0, 1, 2] {
            let faults = (at..at + 30).map(|number| (number, Fault::Says(said)));
            let store = Store::with(Dialect::default(), faults).await;
            let upload = upload(&store.url, bytes(SIZE).into()).await;
            let error = upload.send().await.unwrap_err();
            let mut shown = format!("{error} {error:?} {error:#?}");
            let mut cause = error.source();
            while let Some(error) = cause {
                shown += &format!("{error} {error:?} {error:#?}");
                cause = error.source();
            }
            assert!(!shown.contains("s3cr3t"), "{status} {at}: {shown}");
        }
    }
}

#[tokio::test]
async fn a_session_elsewhere_is_not_called() {
    let other = Store::new().await;
    let dialect = Dialect {
        location: Some(other.url.clone()),
        ..Dialect::default()
    };
    let store = Store::with(dialect, []).await;
    let client = builder(&store.url).with_api_key("AIza.secret").build();
    let client = client.await.unwrap();
    let request = || client.request(&INSERT).path("bucket", "b");
    let upload: Upload<Value, _> = request().upload_resumable(bytes(SIZE));
    let error = upload.with_resumable(true).send().await.unwrap_err();
    let message = format!(
        "cannot deserialize the response because the upload's session is at \"{}\", which must not \
         see the credentials",
        other.url
    );
    assert_eq!(error.to_string(), message);
    let shown = format!("{error:?}");
    assert!(
        !shown.contains("secret") && !shown.contains("upload_id"),
        "{shown}"
    );

    let kept: UploadSession = format!("{}/upload?upload_id=1", other.url).parse().unwrap();
    let upload: Upload<Value, _> = request().upload_resumable(bytes(SIZE));
    let upload = upload.with_session(kept);
    assert!(!format!("{upload:?}").contains("upload_id"));
    let error = upload.send().await.unwrap_err();
    assert_eq!(error.to_string(), message);
    assert_eq!(store.log(), ["POST"]);
    assert!(other.log().is_empty());
}

/// Emulators may use any name of the machine.
#[tokio::test]
async fn a_session_on_this_machine_under_another_name_is_called() {
    let dialect = Dialect::default();
    let store = Store::with(dialect, []).await;
    let url = store.url.replace("127.0.0.1", "localhost");
    let mut upload: Upload<Value, _> = insert(&url).await.upload_resumable(bytes(SIZE));
    let session = upload.start().await.unwrap();
    assert!(session.to_string().starts_with("http://127.0.0.1:"));
    upload.send().await.unwrap();
}
