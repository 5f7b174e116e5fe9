//! A service that keeps an upload, by raw bytes on the loopback, and fails as the test says.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use crate::data::UNIT;

/// The fault of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing is read.
    BeforeHead,
    /// The first bytes of the head are read.
    InHead,
    /// The head and so many bytes of the body are read, and kept.
    InBody(u64),
    /// The request is carried out, without a reply.
    BeforeReply,
    /// The request is carried out, and so many bytes of the reply sent.
    InReply(usize),
    /// The request is read, not carried out, and answered by an error.
    Error(&'static str),
    /// An error is sent before the body is read.
    Early(&'static str),
    /// The request is carried out, and this sent as it is.
    Says(&'static str),
    /// Stored bytes beyond this are lost, and those of the request as well.
    Loses(usize),
}

/// The dialect of the service.
#[derive(Clone, Debug)]
pub(crate) struct Dialect {
    /// Keeps only multiples of this of a body that breaks off.
    pub(crate) granule: u64,
    /// Keeps at most this of a chunk that is not the last.
    pub(crate) appetite: u64,
    /// Keeps no more of the last chunk either.
    pub(crate) picky: bool,
    /// Sends `bytes=0-0` when it has nothing.
    pub(crate) zero_range: bool,
    /// Sends 200, and 308 in a header.
    pub(crate) no_308: bool,
    /// Where sessions are; the service's own URL unless given.
    pub(crate) location: Option<String>,
    /// Members of the response.
    pub(crate) response: Option<String>,
}

impl Default for Dialect {
    fn default() -> Self {
        Self {
            granule: 1,
            appetite: u64::MAX,
            picky: false,
            zero_range: false,
            no_308: false,
            location: None,
            response: None,
        }
    }
}

#[derive(Default)]
struct State {
    log: Vec<String>,
    heads: Vec<String>,
    metadata: Vec<u8>,
    sessions: usize,
    object: Vec<u8>,
    complete: bool,
}

pub(crate) struct Store {
    pub(crate) url: String,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

impl Store {
    pub(crate) async fn new() -> Self {
        Self::with(Dialect::default(), []).await
    }

    /// A store with faults, by the number of the request.
    pub(crate) async fn with(
        dialect: Dialect,
        faults: impl IntoIterator<Item = (usize, Fault)>,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State::default()));
        let mut service = Service {
            url: url.clone(),
            dialect,
            faults: faults.into_iter().collect(),
            state: state.clone(),
        };
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                service.serve(stream).await;
            }
        });
        Self { url, state, task }
    }

    /// The requests, such as `POST`, `PUT 0-9/10` and `PUT */10`.
    pub(crate) fn log(&self) -> Vec<String> {
        self.state.lock().unwrap().log.clone()
    }

    /// The heads of all requests that were read.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.state.lock().unwrap().heads.clone()
    }

    pub(crate) fn metadata(&self) -> String {
        let state = self.state.lock().unwrap();
        String::from_utf8(state.metadata.clone()).unwrap()
    }

    /// The object, if it is complete.
    pub(crate) fn object(&self) -> Option<Vec<u8>> {
        let state = self.state.lock().unwrap();
        state.complete.then(|| state.object.clone())
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Service {
    url: String,
    dialect: Dialect,
    faults: HashMap<usize, Fault>,
    state: Arc<Mutex<State>>,
}

impl Service {
    /// One request; connections are not used again, so that each request is seen.
    async fn serve(&mut self, mut stream: TcpStream) {
        let number = self.state.lock().unwrap().log.len();
        let fault = self.faults.get(&number).cloned();
        if matches!(fault, Some(Fault::BeforeHead | Fault::InHead)) {
            if fault == Some(Fault::InHead) {
                stream.read_exact(&mut [0; 20]).await.unwrap();
            }
            self.state.lock().unwrap().log.push("lost".to_owned());
            return;
        }
        let mut buffer = Vec::new();
        let end = loop {
            if let Some(at) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
                break at + 4;
            }
            if !matches!(stream.read_buf(&mut buffer).await, Ok(1..)) {
                return;
            }
        };
        let head = String::from_utf8(buffer.drain(..end).collect()).unwrap();
        let line = log_line(&head);
        {
            let mut state = self.state.lock().unwrap();
            state.log.push(line);
            state.heads.push(head.clone());
        }
        if let Some(Fault::Early(status)) = fault {
            let reply = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
            let _ = stream.write_all(reply.as_bytes()).await;
        }
        let promised: u64 = header(&head, "content-length").parse().unwrap();
        let wanted = match fault {
            Some(Fault::InBody(bytes)) => bytes.min(promised),
            _ => promised,
        };
        while (buffer.len() as u64) < wanted {
            if !matches!(stream.read_buf(&mut buffer).await, Ok(1..)) {
                return;
            }
        }
        buffer.truncate(usize::try_from(wanted).unwrap());
        let whole = matches!(
            fault,
            None | Some(Fault::BeforeReply | Fault::InReply(_) | Fault::Says(_))
        );
        let reply = match fault {
            Some(Fault::Error(status)) => {
                let body = r#"{"error":{"message":"no"}}"#;
                let length = body.len();
                format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n\r\n{body}")
            }
            Some(Fault::Early(_)) => String::new(),
            Some(Fault::Loses(beyond)) => {
                let mut state = self.state.lock().unwrap();
                state.object.truncate(beyond);
                self.reply(&state)
            }
            _ => self.act(&head, &buffer, whole),
        };
        let said = match fault {
            Some(Fault::BeforeReply | Fault::InBody(_)) => return,
            Some(Fault::InReply(bytes)) => reply[..bytes].to_owned(),
            Some(Fault::Says(said)) => said.to_owned(),
            _ => reply,
        };
        let _ = stream.write_all(said.as_bytes()).await;
        let _ = stream.shutdown().await;
        // The other end closes first, so that nothing it sent is answered by a reset.
        while matches!(stream.read_buf(&mut buffer).await, Ok(1..)) {}
    }

    /// Carries out a request, with as much of its body as came.
    fn act(&self, head: &str, body: &[u8], whole: bool) -> String {
        let mut state = self.state.lock().unwrap();
        if head.starts_with("POST") {
            state.metadata = body.to_vec();
            state.sessions += 1;
            state.object.clear();
            state.complete = false;
            let url = self.dialect.location.as_ref().unwrap_or(&self.url);
            let (path, id) = (target(head).split('?').next().unwrap(), state.sessions);
            return format!(
                "HTTP/1.1 200 OK\r\nlocation: {url}{path}?upload_id={id}\r\n\
                 content-length: 0\r\nconnection: close\r\n\r\n"
            );
        }
        self.keep(&mut state, head, body, whole);
        self.reply(&state)
    }

    fn keep(&self, state: &mut State, head: &str, body: &[u8], whole: bool) {
        let range = header(head, "content-range")
            .strip_prefix("bytes ")
            .unwrap();
        let (part, total) = range.split_once('/').unwrap();
        let total: Option<u64> = (total != "*").then(|| total.parse().unwrap());
        if let Some((first, last)) = part.split_once('-') {
            let (first, last): (u64, u64) = (first.parse().unwrap(), last.parse().unwrap());
            assert_eq!(
                header(head, "content-length"),
                (last + 1 - first).to_string()
            );
            let is_last = total == Some(last + 1);
            assert!(is_last || (last + 1 - first) % UNIT == 0, "{range}");
            let at = usize::try_from(first).unwrap();
            assert!(at <= state.object.len(), "{range} leaves a gap");
            // Bytes that were stored before must come again unchanged.
            let again = body.len().min(state.object.len() - at);
            assert!(
                state.object[at..at + again] == body[..again],
                "{range} differs"
            );
            let mut kept = body.len() as u64;
            if !whole {
                kept -= kept % self.dialect.granule;
            }
            if !is_last || self.dialect.picky {
                kept = kept.min(self.dialect.appetite);
            }
            let kept = usize::try_from(kept).unwrap();
            if at + kept > state.object.len() {
                state.object.truncate(at);
                state.object.extend_from_slice(&body[..kept]);
            }
        }
        state.complete |= total == Some(state.object.len() as u64) && whole;
    }

    fn reply(&self, state: &State) -> String {
        if state.complete {
            let checksum = crc32c::crc32c(&state.object).to_be_bytes();
            let checksum = base64(&checksum);
            let size = state.object.len();
            let own = format!(r#"{{"name":"a","size":"{size}","crc32c":"{checksum}"}}"#);
            let body = self.dialect.response.as_ref().unwrap_or(&own);
            let length = body.len();
            return format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\
                 content-length: {length}\r\nconnection: close\r\n\r\n{body}"
            );
        }
        let range = match state.object.len() {
            0 if self.dialect.zero_range => "range: bytes=0-0\r\n".to_owned(),
            0 => String::new(),
            stored => format!("range: bytes=0-{}\r\n", stored - 1),
        };
        let status = if self.dialect.no_308 {
            "200 OK\r\nx-http-status-code-override: 308"
        } else {
            "308 Resume Incomplete"
        };
        format!("HTTP/1.1 {status}\r\n{range}content-length: 0\r\nconnection: close\r\n\r\n")
    }
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

fn log_line(head: &str) -> String {
    let range = header(head, "content-range");
    let line = format!(
        "{} {}",
        head.split(' ').next().unwrap(),
        range.trim_start_matches("bytes ")
    );
    line.trim_end().to_owned()
}

fn target(head: &str) -> &str {
    head.split(' ').nth(1).unwrap()
}

/// A header's value, empty if there is none.
pub(crate) fn header<'a>(head: &'a str, name: &str) -> &'a str {
    let fields = head.lines().filter_map(|line| line.split_once(": "));
    let mut found = fields.filter(|(known, _)| known.eq_ignore_ascii_case(name));
    found.next().map_or("", |(_, value)| value)
}
