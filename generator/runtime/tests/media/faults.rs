//! Uploads in steps through every fault at every request: nothing is lost or sent needlessly.

use discovery_runtime::{Bytes, Upload, Value};

use crate::{
    data::{Kind, SIZE, UNIT, bytes, insert},
    steps::{chunks, upload},
    store::{Dialect, Fault, Store},
};

/// Breaks in every class of place, and how much of a whole chunk is stored then.
fn breaks() -> Vec<(Fault, u64)> {
    vec![
        (Fault::BeforeHead, 0),
        (Fault::InHead, 0),
        (Fault::InBody(0), 0),
        (Fault::InBody(100_000), 100_000),
        (Fault::InBody(UNIT - 1), UNIT - 1),
        (Fault::InBody(UNIT), UNIT),
        (Fault::BeforeReply, UNIT),
        (Fault::InReply(1), UNIT),
        (Fault::InReply(40), UNIT),
    ]
}

/// Broken connections, and errors that pass.
fn faults() -> Vec<(Fault, u64)> {
    let errors = [
        (Fault::Error("503 Busy"), 0),
        (Fault::Error("500 Oops"), 0),
        (Fault::Error("502 Gateway"), 0),
        (Fault::Error("504 Late"), 0),
        (Fault::Error("429 Slow Down"), 0),
        (Fault::Error("408 Late"), 0),
        (Fault::Early("503 Busy"), 0),
    ];
    breaks().into_iter().chain(errors).collect()
}

fn asks(kind: Kind) -> String {
    format!("PUT */{}", if kind.has_length() { "900000" } else { "*" })
}

/// The query once the end of the media is known, as it is after it was sent.
fn asks_at_end() -> String {
    "PUT */900000".to_owned()
}

fn said(fault: &Fault, line: &str) -> String {
    match fault {
        Fault::BeforeHead | Fault::InHead => "lost".to_owned(),
        _ => line.to_owned(),
    }
}

/// The total need not be known before the last chunk is sent.
fn said_by(kind: Kind, line: &str) -> String {
    match line.split_once('/') {
        Some((range, _)) if !kind.has_length() && !range.ends_with("899999") => range.to_owned(),
        _ => line.to_owned(),
    }
}

async fn uploads(kind: Kind, faults: Vec<(usize, Fault)>, bytes: &Bytes, expected: &[String]) {
    let folder = tempfile::tempdir().unwrap();
    let context = format!("{kind:?} {faults:?}");
    let store = Store::with(Dialect::default(), faults).await;
    let media = kind.media(&folder, bytes).await;
    let response = upload(&store.url, media).await.send().await;
    let log: Vec<_> = store.log().iter().map(|line| said_by(kind, line)).collect();
    let expected: Vec<_> = expected.iter().map(|line| said_by(kind, line)).collect();
    assert_eq!(log, expected, "{context}");
    assert_eq!(response.unwrap()["size"], "900000", "{context}");
    assert!(store.object().unwrap() == *bytes, "{context}");
}

#[tokio::test]
async fn a_start_that_fails_is_repeated() {
    let bytes = bytes(SIZE);
    for kind in Kind::ALL {
        for (fault, _) in faults() {
            let mut expected = vec![said(&fault, "POST"), "POST".to_owned()];
            expected.extend(chunks(0, SIZE, kind.has_length()));
            uploads(kind, vec![(0, fault)], &bytes, &expected).await;
        }
    }
}

#[tokio::test]
async fn a_chunk_that_fails_is_continued_from_the_confirmed_byte() {
    let bytes = bytes(SIZE);
    let last = chunks(0, SIZE, true).len();
    for kind in Kind::ALL {
        let whole = chunks(0, SIZE, kind.has_length());
        for failing in 0..last - 1 {
            let faults = if failing == 0 { faults() } else { breaks() };
            for (fault, stored) in faults {
                let from = failing as u64 * UNIT + stored;
                let mut expected = vec!["POST".to_owned()];
                expected.extend_from_slice(&whole[..failing]);
                expected.push(said(&fault, &whole[failing]));
                expected.push(asks(kind));
                expected.extend(chunks(from, SIZE, kind.has_length()));
                uploads(kind, vec![(failing + 1, fault)], &bytes, &expected).await;
            }
        }
    }
}

#[tokio::test]
async fn the_last_chunk_is_not_sent_again_if_it_arrived() {
    let bytes = bytes(SIZE);
    let rest = SIZE % UNIT;
    for kind in Kind::ALL {
        let whole = chunks(0, SIZE, kind.has_length());
        let (last, before) = whole.split_last().unwrap();
        for (fault, stored) in faults() {
            let done = matches!(fault, Fault::BeforeReply | Fault::InReply(_));
            let stored = if done { rest } else { stored.min(rest) };
            let from = SIZE - rest + stored;
            let mut expected = vec!["POST".to_owned()];
            expected.extend_from_slice(before);
            expected.push(said(&fault, last));
            expected.push(asks_at_end());
            if !done {
                // Asking with the total also ends an upload of which all is stored.
                expected.extend(chunks(from, SIZE, kind.has_length()));
            }
            let failing = whole.len();
            uploads(kind, vec![(failing, fault)], &bytes, &expected).await;
        }
    }
}

#[tokio::test]
async fn a_query_that_fails_is_repeated() {
    let bytes = bytes(SIZE);
    for kind in Kind::ALL {
        let whole = chunks(0, SIZE, kind.has_length());
        for (fault, _) in faults() {
            let first = Fault::InBody(100_000);
            let mut expected = vec!["POST".to_owned(), whole[0].clone(), whole[1].clone()];
            expected.push(said(&fault, &asks(kind)));
            expected.push(asks(kind));
            expected.extend(chunks(UNIT + 100_000, SIZE, kind.has_length()));
            uploads(kind, vec![(2, first), (3, fault)], &bytes, &expected).await;
        }
    }
}

#[tokio::test]
async fn failures_do_not_add_up_while_the_upload_makes_progress() {
    let bytes = bytes(SIZE);
    for kind in Kind::ALL {
        // Far more than ten, and after each a little more is stored.
        let faults = (0..40)
            .map(|n| (1 + 2 * n, Fault::InBody(10_000)))
            .collect();
        let mut expected = vec!["POST".to_owned()];
        for n in 0..40 {
            expected.push(chunks(n * 10_000, SIZE, kind.has_length())[0].clone());
            expected.push(asks(kind));
        }
        expected.extend(chunks(400_000, SIZE, kind.has_length()));
        uploads(kind, faults, &bytes, &expected).await;
    }
}

#[tokio::test]
async fn a_service_that_rounds_down_is_sent_whole_units_again() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = bytes(SIZE);
    for kind in Kind::ALL {
        let dialect = Dialect {
            granule: 65_536,
            ..Dialect::default()
        };
        let store = Store::with(dialect, [(2, Fault::InBody(200_000))]).await;
        let media = kind.media(&folder, &bytes).await;
        upload(&store.url, media).await.send().await.unwrap();
        let from = UNIT + 3 * 65_536;
        assert_eq!(store.log()[4..], chunks(from, SIZE, kind.has_length()));
        assert!(store.object().unwrap() == bytes);
    }
}

#[tokio::test]
async fn one_piece_that_breaks_off_is_continued_in_one_piece() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = bytes(SIZE);
    for kind in [Kind::Memory, Kind::File] {
        for (fault, stored) in [
            (Fault::BeforeHead, 0),
            (Fault::InBody(0), 0),
            (Fault::InBody(300_001), 300_001),
            (Fault::InBody(SIZE - 1), SIZE - 1),
            (Fault::Error("503 Busy"), 0),
        ] {
            let whole = said(&fault, "PUT 0-899999/900000");
            let store = Store::with(Dialect::default(), [(1, fault)]).await;
            let request = insert(&store.url).await;
            let upload = request.upload_resumable(kind.media(&folder, &bytes).await);
            let upload: Upload<Value, _> = upload.with_resumable(true);
            upload.send().await.unwrap();
            let rest = format!("PUT {stored}-899999/900000");
            assert_eq!(store.log(), ["POST", &whole, "PUT */900000", &rest]);
            assert!(store.object().unwrap() == bytes);
        }
    }
}

/// A server that says `bytes=0-0` may mean a byte or none. The byte comes again, in its place.
#[tokio::test]
async fn a_single_byte_is_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = bytes(SIZE);
    for kind in Kind::ALL {
        for (zero_range, came) in [(true, 0), (true, 1), (false, 1)] {
            let dialect = Dialect {
                zero_range,
                ..Dialect::default()
            };
            let store = Store::with(dialect, [(1, Fault::InBody(came))]).await;
            let media = kind.media(&folder, &bytes).await;
            upload(&store.url, media).await.send().await.unwrap();
            assert_eq!(store.log()[3..], chunks(0, SIZE, kind.has_length()));
            assert!(store.object().unwrap() == bytes);
        }
    }
}

/// Faults at random, by numbers that are always the same.
#[tokio::test]
async fn random_faults_leave_the_object_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut numbers = bytes(100_000).into_iter();
    let mut below = move |limit: usize| {
        let number = numbers.next().unwrap() as usize * 256 + numbers.next().unwrap() as usize;
        number % limit
    };
    let all = faults();
    for round in 0..40 {
        let kind = Kind::ALL[round % Kind::ALL.len()];
        let bytes = bytes([0, 1, UNIT, SIZE, SIZE][below(5)]);
        let dialect = Dialect {
            granule: [1, 1000, 65_536][below(3)],
            appetite: [UNIT, 200_000, 65_536][below(3)],
            zero_range: below(2) == 0,
            no_308: below(2) == 0,
            ..Dialect::default()
        };
        let faults: Vec<_> = (0..60)
            .map(|number| (number, below(4), below(all.len())))
            .filter(|(_, chance, _)| *chance == 0)
            .map(|(number, _, fault)| (number, all[fault].0.clone()))
            .collect();
        let context = format!("{round} {kind:?} {dialect:?} {faults:?}");
        let store = Store::with(dialect, faults).await;
        let media = kind.media(&folder, &bytes).await;
        let response = upload(&store.url, media).await.send().await;
        let response = response.unwrap_or_else(|error| panic!("{error} {context}"));
        assert_eq!(response["size"], bytes.len().to_string(), "{context}");
        assert!(store.object().unwrap() == bytes, "{context}");
    }
}
