//! A server on this machine that answers what a test says.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// The reply for each path.
type Answers = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

pub(crate) struct Server {
    address: SocketAddr,
    answers: Answers,
}

impl Server {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            answers: Answers::default(),
        };
        let answers = Arc::clone(&server.answers);
        // Ends with the process: a test waits for nothing.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let answers = Arc::clone(&answers);
                thread::spawn(move || serve(stream, &answers));
            }
        });
        server
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Answers a body with a status, such as `200 OK`.
    pub(crate) fn answer(&self, path: &str, status: &str, body: impl AsRef<[u8]>) {
        let body = body.as_ref();
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        self.raw(path, &[head.as_bytes(), body].concat());
    }

    /// Answers these bytes, and closes the connection; without bytes, waits for the other side.
    pub(crate) fn raw(&self, path: &str, bytes: &[u8]) {
        let mut answers = self.answers.lock().unwrap();
        answers.insert(path.to_owned(), bytes.to_owned());
    }

    /// The text without the number of the port.
    pub(crate) fn anonymous(&self, text: &str) -> String {
        text.replace(&self.address.to_string(), "SERVER")
    }
}

fn serve(mut stream: TcpStream, answers: &Answers) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let request = lines.next().and_then(Result::ok).unwrap_or_default();
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    lines
        .by_ref()
        .take_while(|line| line.as_ref().is_ok_and(|line| !line.is_empty()))
        .for_each(drop);
    let answer = answers.lock().unwrap().get(&path).cloned();
    let answer =
        answer.unwrap_or_else(|| b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".into());
    if answer.is_empty() {
        lines.for_each(drop);
    }
    // The client may hang up during a long reply.
    let _ = stream.write_all(&answer);
}
