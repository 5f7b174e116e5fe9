//! The page on this machine to which a browser returns after the login.

use std::{io, time::Duration};

use oauth2::url::Url;
use tokio::{
    io::{
        AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _,
        BufReader,
    },
    net::TcpListener,
    task::JoinSet,
    time::timeout,
};

/// The longest request that is read.
const LONGEST: u64 = 64 * 1024;
/// The time in which a browser has to send its request.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A server of one page.
pub(crate) struct RedirectPage {
    listener: TcpListener,
    url: String,
}

/// The result of a login in a browser.
pub(crate) enum Returned {
    /// The authorization code.
    Code(String),
    /// The code of an error.
    Error(String),
}

impl RedirectPage {
    /// Starts the server, on a free port of the loopback interface.
    pub(crate) async fn open() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        Ok(Self { listener, url })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Waits until a browser returns with this state. Other requests do not count: browsers request
    /// icons, and connect in advance.
    pub(crate) async fn returned(&self, state: &str) -> io::Result<Returned> {
        let mut visits = JoinSet::new();
        loop {
            tokio::select! {
                accepted = self.listener.accept() => {
                    let (page, state) = (self.url.clone(), state.to_owned());
                    visits.spawn(timeout(TIMEOUT, visit(accepted?.0, page, state)));
                }
                Some(visited) = visits.join_next() => {
                    if let Ok(Ok(Ok(Some(returned)))) = visited {
                        return Ok(returned);
                    }
                }
            }
        }
    }
}

/// Serves one connection; returns the result of the login if the browser brought it.
async fn visit(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    page: String,
    state: String,
) -> io::Result<Option<Returned>> {
    let mut lines = BufReader::new(&mut stream).take(LONGEST).lines();
    let first = lines.next_line().await?.unwrap_or_default();
    while lines
        .next_line()
        .await?
        .is_some_and(|line| !line.is_empty())
    {}
    let returned = returned(&first, &page, &state);
    let (status, text) = match &returned {
        Some(Returned::Code(_)) => ("200 OK", "You are logged in. You may close this window."),
        Some(Returned::Error(_)) => ("200 OK", "The login failed. Return to the program."),
        None => ("404 Not Found", "There is nothing here."),
    };
    let length = text.len();
    let reply = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/plain\r\ncontent-length: {length}\r\n\
         connection: close\r\n\r\n{text}"
    );
    // The browser has brought the result, even if it does not wait for the page.
    let _unread = stream.write_all(reply.as_bytes()).await;
    let _unread = stream.shutdown().await;
    Ok(returned)
}

/// Reads the result of the login from the first line of a request.
fn returned(line: &str, page: &str, state: &str) -> Option<Returned> {
    let target = line.strip_prefix("GET ")?.split(' ').next()?;
    let url = Url::parse(&format!("{page}{target}")).ok()?;
    let value = |name| {
        let mut query = url.query_pairs();
        query.find_map(|(known, value)| (known == name).then(|| value.into_owned()))
    };
    if value("state")? != state {
        return None;
    }
    let error = value("error").map(Returned::Error);
    error.or_else(|| value("code").map(Returned::Code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_browser_that_does_not_wait_for_the_page_has_brought_the_code() {
        let (mut browser, page) = tokio::io::duplex(1_024);
        let request = b"GET /?state=s&code=c HTTP/1.1\r\n\r\n";
        browser.write_all(request).await.unwrap();
        drop(browser);
        let returned = visit(page, "http://127.0.0.1".to_owned(), "s".to_owned()).await;
        assert!(matches!(returned, Ok(Some(Returned::Code(code))) if code == "c"));
    }
}
