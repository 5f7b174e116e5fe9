//! A transport that replies from a file.

use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use discovery_runtime::{Call, Error, Reply, Result, Transport};
use http::{HeaderName, HeaderValue};

use super::file::{self, Content, Exchange};
use super::secrets;

/// The order in which calls have to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// That of the file.
    Strict,
    /// Any. Each recorded reply is returned once, the last one for a call again and again.
    Lenient,
}

/// Replies with what a [`Recorder`](super::recorder::Recorder) recorded.
///
/// A call fits a recorded one with the same method, HTTP method, path, query and body. Hosts may differ.
#[derive(Debug)]
pub struct Replay {
    order: Order,
    remaining: Mutex<Vec<(Exchange, bool)>>,
}

impl Replay {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or has something else in it; the error names the line.
    pub fn new(path: &Path, order: Order) -> io::Result<Self> {
        let exchanges = file::read(path)?;
        let remaining = exchanges.into_iter().map(|exchange| (exchange, false));
        Ok(Self {
            order,
            remaining: Mutex::new(remaining.collect()),
        })
    }

    /// Returns the number of recorded calls that were not made.
    pub fn remaining(&self) -> usize {
        let remaining = self
            .remaining
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        remaining.iter().filter(|(_, is_used)| !is_used).count()
    }

    fn take(&self, wanted: &Wanted) -> Result<Exchange, String> {
        let mut remaining = self
            .remaining
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let next = remaining.iter().position(|(_, is_used)| !is_used);
        let found = match self.order {
            Order::Strict => {
                next.filter(|at| remaining.get(*at).is_some_and(|(one, _)| wanted.fits(one)))
            }
            Order::Lenient => {
                let fits = |(one, is_used): &(Exchange, bool)| wanted.fits(one) && !is_used;
                let unused = remaining.iter().position(fits);
                unused.or_else(|| remaining.iter().rposition(|(one, _)| wanted.fits(one)))
            }
        };
        if let Some((exchange, is_used)) = found.and_then(|at| remaining.get_mut(at)) {
            *is_used = true;
            return Ok(exchange.clone());
        }
        let next = next.and_then(|at| remaining.get(at));
        let next = match next {
            Some((next, _)) => format!("the next one is {} {}", next.verb, path_of(&next.url)),
            None => "all recorded calls were made".to_owned(),
        };
        Err(format!(
            "{} {} was not recorded here: {next}",
            wanted.verb, wanted.path
        ))
    }
}

impl Transport for Replay {
    async fn send(&self, call: Call) -> Result<Reply> {
        let method = call.method();
        let verb = call.http_method().as_str();
        let path = path_of(&secrets::url(call.url()));
        let body = call.into_body().collect().await?;
        let body = Content::of(&body);
        let wanted = Wanted {
            method,
            verb,
            path,
            body,
        };
        let exchange = self.take(&wanted).map_err(Error::binding)?;
        let mut reply = Reply::new(exchange.status).with_body(exchange.reply.bytes());
        for (name, value) in &exchange.headers {
            if let (Ok(name), Ok(value)) =
                (name.parse::<HeaderName>(), HeaderValue::try_from(value))
            {
                reply = reply.with_header(name, value);
            }
        }
        Ok(reply)
    }
}

/// A call that needs a reply.
struct Wanted {
    method: &'static str,
    verb: &'static str,
    path: String,
    body: Content,
}

impl Wanted {
    fn fits(&self, exchange: &Exchange) -> bool {
        self.method == exchange.method
            && self.verb == exchange.verb
            && self.path == path_of(&exchange.url)
            && self.body == exchange.request
    }
}

/// Returns the path and the query of a URL.
fn path_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/')
        .and_then(|at| rest.get(at..))
        .unwrap_or("/")
        .to_owned()
}
