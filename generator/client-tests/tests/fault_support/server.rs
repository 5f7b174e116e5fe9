//! A server whose replies, and the fate of each connection, are chosen by the test.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
    time::Instant,
};

use super::loopback::{Recorded, read_bytes, read_until};

/// The reaction of the server to a request.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    pub(crate) read: Read,
    pub(crate) bytes: Vec<u8>,
    pub(crate) end: End,
}

/// The part of a request that is read before the server acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Read {
    /// A part of its head. Only for a new connection.
    Begin,
    Head,
    Whole,
}

/// The fate of the connection after the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// It waits for the next request.
    Keep,
    /// It is closed in good order.
    Close,
    /// It is reset.
    Reset,
    /// It stays open, and nothing more is sent.
    Stall,
    /// It stays open until the server ends, and nothing more is sent or read.
    Hold,
    /// The bytes are sent one at a time, with this delay between them.
    Drip(Duration),
    /// This many more bytes are sent, or as many as the client accepts.
    Flood(usize),
}

/// A request, with its time since the server started and its connection.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) at: Duration,
    pub(crate) connection: usize,
    pub(crate) request: Recorded,
}

/// The counters of a server.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) accepted: usize,
    pub(crate) open: usize,
    pub(crate) requests: usize,
    /// Connections that are silent, or that begin to send one byte at a time.
    pub(crate) stalled: usize,
    /// Connections that stay open until the server ends.
    pub(crate) held: usize,
    pub(crate) flooded: usize,
}

/// Chooses an act; without one the server closes the connection. A new connection has no request
/// yet, and without an act the server waits for one.
type Director = dyn Fn(Option<&Recorded>) -> Option<Act> + Send + Sync;

pub(crate) struct FaultServer {
    pub(crate) url: String,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    started: Instant,
    seen: Mutex<Vec<Seen>>,
    tally: watch::Sender<Tally>,
    director: Box<Director>,
}

impl FaultServer {
    /// Starts a server that accepts every connection, and reacts to requests as directed.
    pub(crate) async fn start(director: impl Fn(&Recorded) -> Act + Send + Sync + 'static) -> Self {
        Self::start_with(move |request| request.map(&director)).await
    }

    /// Starts a server that may also break a connection before a request arrives.
    pub(crate) async fn start_with(
        director: impl Fn(Option<&Recorded>) -> Option<Act> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Shared {
            started: Instant::now(),
            seen: Mutex::default(),
            tally: watch::Sender::default(),
            director: Box::new(director),
        });
        let server = shared.clone();
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, server.clone()));
            }
        });
        Self { url, shared, task }
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.shared.seen.lock().unwrap().clone()
    }

    /// Returns the requests since the last call.
    pub(crate) fn take_seen(&self) -> Vec<Seen> {
        std::mem::take(&mut self.shared.seen.lock().unwrap())
    }

    pub(crate) fn tally(&self) -> Tally {
        *self.shared.tally.borrow()
    }

    /// Waits until the counters reach a state.
    pub(crate) async fn until(&self, reached: impl FnMut(&Tally) -> bool) -> Tally {
        let mut tally = self.shared.tally.subscribe();
        *tally
            .wait_for(reached)
            .await
            .map(|tally| *tally)
            .as_ref()
            .unwrap()
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Shared {
    fn count(&self, change: impl FnOnce(&mut Tally)) {
        self.tally.send_modify(change);
    }
}

async fn serve(mut stream: TcpStream, shared: Arc<Shared>) {
    let mut connection = 0;
    shared.count(|tally| {
        connection = tally.accepted;
        tally.accepted += 1;
        tally.open += 1;
    });
    match (shared.director)(None) {
        Some(act) => {
            if act.read == Read::Begin {
                stream.read_exact(&mut [0; 8]).await.unwrap();
                shared.count(|tally| tally.requests += 1);
            }
            perform(act, &mut stream, &shared).await;
        }
        None => converse(&mut stream, &shared, connection).await,
    }
    drop(stream);
    shared.count(|tally| tally.open -= 1);
}

async fn converse(stream: &mut TcpStream, shared: &Shared, connection: usize) {
    let mut buffer = Vec::new();
    while let Some(mut request) = read_head(stream, &mut buffer).await {
        let act = (shared.director)(Some(&request));
        if act.as_ref().is_none_or(|act| act.read == Read::Whole)
            && read_body(stream, &mut buffer, &mut request).await.is_none()
        {
            return;
        }
        let at = shared.started.elapsed();
        shared.seen.lock().unwrap().push(Seen {
            at,
            connection,
            request,
        });
        shared.count(|tally| tally.requests += 1);
        let Some(act) = act else { return };
        if !perform(act, stream, shared).await {
            return;
        }
    }
}

/// Replies, and reports if the connection stays open.
async fn perform(act: Act, stream: &mut TcpStream, shared: &Shared) -> bool {
    if let End::Drip(apart) = act.end {
        shared.count(|tally| tally.stalled += 1);
        for byte in act.bytes {
            if stream.write_all(&[byte]).await.is_err() {
                break;
            }
            tokio::time::sleep(apart).await;
        }
        shared.count(|tally| tally.stalled -= 1);
        return false;
    }
    let sent = stream.write_all(&act.bytes).await;
    match act.end {
        End::Keep => return sent.is_ok(),
        End::Reset => stream.set_zero_linger().unwrap(),
        End::Stall => {
            shared.count(|tally| tally.stalled += 1);
            // Until the client disconnects.
            while stream
                .read(&mut [0; 1024])
                .await
                .is_ok_and(|count| count > 0)
            {}
            shared.count(|tally| tally.stalled -= 1);
        }
        End::Hold => {
            shared.count(|tally| tally.held += 1);
            std::future::pending::<()>().await;
        }
        End::Flood(bytes) => flood(bytes, stream, shared).await,
        End::Close | End::Drip(_) => {}
    }
    false
}

async fn flood(bytes: usize, stream: &mut TcpStream, shared: &Shared) {
    let chunk = [b' '; 16 * 1024];
    let mut left = bytes;
    while left > 0 {
        let count = left.min(chunk.len());
        if stream.write_all(&chunk[..count]).await.is_err() {
            return;
        }
        left -= count;
        shared.count(|tally| tally.flooded += count);
    }
}

async fn read_head(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Recorded> {
    let end = read_until(stream, buffer, b"\r\n\r\n").await?;
    Some(Recorded {
        head: String::from_utf8(buffer.drain(..end).collect()).unwrap(),
        body: Vec::new(),
    })
}

async fn read_body(
    stream: &mut TcpStream,
    buffer: &mut Vec<u8>,
    request: &mut Recorded,
) -> Option<()> {
    if let [length] = request.header("content-length")[..] {
        let length = length.parse().unwrap();
        read_bytes(stream, buffer, length).await?;
        request.body = buffer.drain(..length).collect();
    }
    Some(())
}
