//! The fake over HTTP/1.1.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Limited};
use hyper::body::{Body, Frame, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;

use crate::{Fake, delivery};

/// The maximum size of a request's body.
const MAX_BODY: usize = 1 << 30;

/// A server that accepts connections.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    fake: Fake,
}

impl Server {
    /// Listens on an address.
    ///
    /// # Errors
    ///
    /// If the address is in use or is not one of this machine.
    pub async fn bind(fake: Fake, address: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        Ok(Self { listener, fake })
    }

    /// Returns the address, with the port that the system chose for port 0.
    ///
    /// # Errors
    ///
    /// If the system cannot report it.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves connections until the future is dropped.
    pub async fn run(self) -> Infallible {
        loop {
            // The client may have closed the connection already, or the process may have no free file
            // descriptors for the moment.
            let Ok((stream, _)) = self.listener.accept().await else {
                tokio::time::sleep(Duration::from_millis(10)).await;
                continue;
            };
            let fake = self.fake.clone();
            tokio::spawn(async move {
                let service = service_fn(|request| serve(&fake, request));
                let mut builder = http1::Builder::new();
                let connection = builder
                    .timer(TokioTimer::new())
                    .serve_connection(TokioIo::new(stream), service);
                // The client may close the connection, and rules do.
                let _closed = connection.await;
            });
        }
    }
}

/// The connection is closed.
type Closed = io::Error;

async fn serve(fake: &Fake, request: Request<Incoming>) -> Result<Response<Part>, Closed> {
    let (parts, body) = request.into_parts();
    let body = Limited::new(body, MAX_BODY)
        .collect()
        .await
        .map_err(Closed::other)?;
    let reply = fake.call(Request::from_parts(parts, body.to_bytes()));
    let delivery = delivery::begin(&reply).await;
    let delivery = delivery.ok_or_else(|| Closed::other("a rule closed the connection"))?;
    Ok(reply.map(|body| Part::new(body, delivery.cut_after)))
}

/// A body, or its start and an error.
struct Part {
    length: u64,
    start: Option<Bytes>,
    end: End,
}

/// The end of a body.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Whole,
    /// The start is still to be written: an error would discard what is buffered.
    Flushes,
    Fails,
}

impl Part {
    fn new(body: Bytes, cut_after: Option<usize>) -> Self {
        let length = u64::try_from(body.len()).unwrap_or(u64::MAX);
        let end = cut_after.unwrap_or(body.len()).min(body.len());
        let start = body.slice(..end);
        Self {
            length,
            start: (!start.is_empty()).then_some(start),
            end: if cut_after.is_some() {
                End::Flushes
            } else {
                End::Whole
            },
        }
    }
}

impl Body for Part {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(start) = self.start.take() {
            return Poll::Ready(Some(Ok(Frame::data(start))));
        }
        match self.end {
            End::Whole => Poll::Ready(None),
            End::Flushes => {
                self.end = End::Fails;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            End::Fails => {
                self.end = End::Whole;
                Poll::Ready(Some(Err(Closed::other("a rule cut the body"))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.start.is_none() && self.end == End::Whole
    }

    fn size_hint(&self) -> hyper::body::SizeHint {
        hyper::body::SizeHint::with_exact(self.length)
    }
}
