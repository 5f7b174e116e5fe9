//! Downloads to files: all of it, or nothing at all.

use std::path::Path;

use crate::{
    data::bytes,
    downloads::{SIZE, download, media},
    support::{Answer, Server},
};

fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect()
}

#[tokio::test]
async fn a_file_appears_with_all_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.bin");
    for size in [0, 1, SIZE, 30 * SIZE] {
        let bytes = bytes(size);
        let server = Server::start([media(&[], &bytes)]).await;
        assert_eq!(download(&server).await.to_path(&path).await.unwrap(), size);
        assert!(std::fs::read(&path).unwrap() == bytes);
        assert_eq!(names_in(folder.path()), ["a.bin"]);
    }
}

#[tokio::test]
async fn a_download_that_fails_leaves_things_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.bin");
    let bytes = bytes(30 * SIZE);
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 3000001\r\n\r\n";
    let broken = Answer::raw([head.as_bytes(), &bytes[..]].concat());
    for (script, before) in [
        (vec![Answer::json("404 Not Found", "{}")], None),
        (vec![media(&["x-goog-hash: crc32c=AAAAAA=="], &bytes)], None),
        (vec![broken, Answer::new("403 No", &[], "")], Some("before")),
    ] {
        if let Some(before) = before {
            std::fs::write(&path, before).unwrap();
        }
        let server = Server::start(script).await;
        download(&server).await.to_path(&path).await.unwrap_err();
        let left = std::fs::read_to_string(&path).ok();
        assert_eq!(left.as_deref(), before);
        assert_eq!(names_in(folder.path()).len(), usize::from(before.is_some()));
    }
}

#[tokio::test]
async fn a_download_that_is_dropped_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.bin");
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let client = crate::data::builder(&url).build().await.unwrap();
    let request = client.request(&crate::data::GET).path("bucket", "b");
    let (begun, mut began) = tokio::sync::mpsc::channel(1);
    let download = request.path("object", "o").download();
    let download = download.with_progress(move |_, _| {
        let _ = begun.try_send(());
    });
    let task = tokio::spawn(async move { download.to_path(path).await });
    // A service that sends half of the declared body, and then nothing.
    let (mut stream, _) = listener.accept().await.unwrap();
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 4000000\r\n\r\n";
    let half = [head.as_bytes(), &bytes(2_000_000)].concat();
    tokio::io::AsyncWriteExt::write_all(&mut stream, &half)
        .await
        .unwrap();
    began.recv().await.unwrap();
    assert_eq!(names_in(folder.path()).len(), 1);
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
    // A thread still writes, and cleans up when it is done.
    while !names_in(folder.path()).is_empty() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_path_that_cannot_be_written_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("none/a.bin");
    for (path, reason) in [
        (missing.as_path(), "No such file or directory (os error 2)"),
        (Path::new("/"), "it names no file"),
    ] {
        let server = Server::start([media(&[], "data")]).await;
        let error = download(&server).await.to_path(path).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "cannot deserialize the response because {} cannot be written: {reason}",
                path.display()
            )
        );
    }
    // A folder has the name.
    let server = Server::start([media(&[], "data")]).await;
    std::fs::create_dir(folder.path().join("a")).unwrap();
    let path = folder.path().join("a");
    download(&server).await.to_path(&path).await.unwrap_err();
    assert_eq!(names_in(folder.path()), ["a"]);
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_is_replaced_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.bin");
    for mode in [0o600, 0o640, 0o755, 0o444] {
        std::fs::write(&path, "before").unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
        let server = Server::start([media(&[], "data")]).await;
        download(&server).await.to_path(&path).await.unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "data");
        let kept = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(kept & 0o7777, mode);
        std::fs::remove_file(&path).unwrap();
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_stays_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("file"), folder.path().join("link"));
    std::fs::write(&file, "before").unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let server = Server::start([media(&[], "data")]).await;
    download(&server).await.to_path(&link).await.unwrap();
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "data");
}

/// Such a name is refused before anything is requested.
#[tokio::test]
async fn a_name_that_no_file_can_have_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let names = [
        folder.path().to_owned(),
        folder.path().join(".."),
        folder.path().join("no/a"),
    ];
    for path in names
        .iter()
        .map(|path| path.as_path())
        .chain([Path::new("/dev/null")])
    {
        let server = Server::start([media(&[], "data")]).await;
        download(&server).await.to_path(path).await.unwrap_err();
        assert!(server.requests().is_empty(), "{}", path.display());
    }
    assert!(names_in(folder.path()).is_empty());
}
