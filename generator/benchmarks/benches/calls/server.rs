//! A service that replies to every request with the same app, on any number of connections.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::runtime::Builder;

const APP: &str = r#"{"name":"accounts/1/apps/2","title":"An app"}"#;

/// Starts the service, and returns its URL.
///
/// One thread serves all connections, so that its placement by the scheduler and the cost of waking
/// it (a call takes either 20 µs or 80 µs for a whole run) are the same for both clients.
pub(crate) fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    listener.set_nonblocking(true).expect("a listener");
    thread::spawn(move || {
        let runtime = Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream));
            }
        });
    });
    format!("http://{address}")
}

/// Replies until the client disconnects. No request has a body, and none arrives before the reply
/// to the previous one.
async fn serve(mut stream: TcpStream) {
    let answer = answer();
    stream.set_nodelay(true).expect("a socket without delay");
    let mut request = [0; 4096];
    let mut filled = 0;
    while let Ok(read @ 1..) = stream.read(&mut request[filled..]).await {
        filled += read;
        if request[..filled].ends_with(b"\r\n\r\n") {
            filled = 0;
            if stream.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
    }
}

fn answer() -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\n\
         Content-Length: {}\r\n\r\n{APP}",
        APP.len()
    )
}

/// Starts a service that replies to one request, and then returns its lines in alphabetical order.
pub(crate) fn start_once() -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address").to_string();
    let url = format!("http://{address}");
    let heard = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).expect("a whole request");
            request.extend(byte);
        }
        stream.write_all(answer().as_bytes()).expect("a reader");
        let request = String::from_utf8(request).expect("text");
        let mut lines: Vec<_> = request
            .lines()
            .map(|line| line.replace(&address, ""))
            .collect();
        lines.sort();
        lines
    });
    (url, heard)
}
