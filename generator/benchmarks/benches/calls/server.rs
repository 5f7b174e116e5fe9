//! A service that answers every request with the same app, on as many connections as are made.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

const APP: &str = r#"{"name":"accounts/1/apps/2","title":"An app"}"#;

/// Starts the service, and says where it is.
pub(crate) fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || serve(stream));
        }
    });
    format!("http://{address}")
}

/// Answers until the client goes. No request has a body, and none comes before the last was
/// answered.
fn serve(mut stream: TcpStream) {
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\n\
         Content-Length: {}\r\n\r\n{APP}",
        APP.len()
    );
    stream.set_nodelay(true).expect("a socket without delay");
    let mut request = [0; 4096];
    let mut filled = 0;
    while let Ok(read @ 1..) = stream.read(&mut request[filled..]) {
        filled += read;
        if request[..filled].ends_with(b"\r\n\r\n") {
            filled = 0;
            if stream.write_all(answer.as_bytes()).is_err() {
                return;
            }
        }
    }
}
