//! A loopback server that records requests and replies by a script.

#![allow(dead_code, unused_imports, reason = "each test program uses a part")]

pub(crate) mod fake;
mod methods;

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use discovery_runtime::{Client, ClientBuilder};
use google_cloud_auth::credentials::{Credentials, anonymous};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

pub(crate) use methods::{CANCEL, CREATE, DELETE, GET, OPERATION, PATCH, PUT, SERVICE};

/// A recorded request.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Recorded {
    /// The request line, such as `GET /v1 HTTP/1.1`.
    pub(crate) fn line(&self) -> &str {
        self.head.lines().next().unwrap()
    }

    /// The path and query.
    pub(crate) fn target(&self) -> &str {
        self.line().split(' ').nth(1).unwrap()
    }

    /// All values of a header, in order.
    pub(crate) fn header(&self, name: &str) -> Vec<&str> {
        let fields = self.head.lines().filter_map(|line| line.split_once(": "));
        fields
            .filter_map(|(known, value)| known.eq_ignore_ascii_case(name).then_some(value))
            .collect()
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// The bytes of a reply; without any, the connection is closed instead.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    bytes: Vec<u8>,
    close: bool,
}

impl Answer {
    pub(crate) fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            bytes: bytes.into(),
            close: true,
        }
    }

    pub(crate) fn new(status: &str, headers: &[&str], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n", body.len());
        for header in headers {
            head.push_str(header);
            head.push_str("\r\n");
        }
        head.push_str("\r\n");
        Self {
            bytes: [head.as_bytes(), body].concat(),
            close: false,
        }
    }

    pub(crate) fn json(status: &str, body: &str) -> Self {
        Self::new(
            status,
            &["content-type: application/json; charset=UTF-8"],
            body,
        )
    }

    pub(crate) fn ok() -> Self {
        Self::json("200 OK", "{}")
    }
}

/// The server. It replies to requests in the order of its script, on any connection, and closes the
/// connection at the end of the script.
pub(crate) struct Server {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Recorded>>>,
    task: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start(script: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let script: Vec<Answer> = script.into_iter().collect();
        let script = Arc::new(Mutex::new(script.into_iter()));
        let recorder = seen.clone();
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, recorder.clone(), script.clone()));
            }
        });
        Self { url, seen, task }
    }

    /// A client of the server that calls without credentials.
    pub(crate) async fn client(&self) -> Client {
        self.builder().build().await.unwrap()
    }

    pub(crate) fn builder(&self) -> ClientBuilder<Client> {
        ClientBuilder::new(&SERVICE)
            .with_endpoint(&self.url)
            .with_credentials(anonymous())
            .with_backoff_policy(fake::Fixed(Duration::ZERO))
            .with_retry_throttler(fake::Patient)
    }

    pub(crate) fn requests(&self) -> Vec<Recorded> {
        self.seen.lock().unwrap().clone()
    }

    /// The only request.
    pub(crate) fn request(&self) -> Recorded {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests.into_iter().next().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

pub(crate) fn anonymous() -> Credentials {
    anonymous::Builder::new().build()
}

async fn serve(
    mut stream: TcpStream,
    seen: Arc<Mutex<Vec<Recorded>>>,
    script: Arc<Mutex<std::vec::IntoIter<Answer>>>,
) {
    let mut buffer = Vec::new();
    while let Some(request) = read_request(&mut stream, &mut buffer).await {
        seen.lock().unwrap().push(request);
        let answer = script.lock().unwrap().next();
        let Some(answer) = answer else { return };
        if stream.write_all(&answer.bytes).await.is_err() || answer.close {
            return;
        }
    }
}

/// Reads the next request of a connection, `None` at its end.
async fn read_request(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Recorded> {
    let end = read_until(stream, buffer, b"\r\n\r\n").await?;
    let head = String::from_utf8(buffer.drain(..end).collect()).unwrap();
    let mut request = Recorded {
        head,
        body: Vec::new(),
    };
    if request.header("transfer-encoding") == ["chunked"] {
        loop {
            let end = read_until(stream, buffer, b"\r\n").await?;
            let line: Vec<u8> = buffer.drain(..end).collect();
            let size = std::str::from_utf8(&line).unwrap().trim().to_owned();
            let size = usize::from_str_radix(&size, 16).unwrap();
            read_bytes(stream, buffer, size + 2).await?;
            request.body.extend(buffer.drain(..size));
            buffer.drain(..2);
            if size == 0 {
                return Some(request);
            }
        }
    }
    if let [length] = request.header("content-length")[..] {
        let length = length.parse().unwrap();
        read_bytes(stream, buffer, length).await?;
        request.body = buffer.drain(..length).collect();
    }
    Some(request)
}

pub(crate) async fn read_until(
    stream: &mut TcpStream,
    buffer: &mut Vec<u8>,
    mark: &[u8],
) -> Option<usize> {
    loop {
        if let Some(start) = buffer.windows(mark.len()).position(|window| window == mark) {
            return Some(start + mark.len());
        }
        read_more(stream, buffer).await?;
    }
}

pub(crate) async fn read_bytes(
    stream: &mut TcpStream,
    buffer: &mut Vec<u8>,
    length: usize,
) -> Option<()> {
    while buffer.len() < length {
        read_more(stream, buffer).await?;
    }
    Some(())
}

async fn read_more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<()> {
    match stream.read_buf(buffer).await {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(()),
    }
}
