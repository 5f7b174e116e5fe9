//! `cargo xtask serve`: its report, and a request to the server.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use insta::assert_snapshot;

use crate::sandbox::{DOCUMENT, Sandbox};

/// A server that is ended at the end of the test.
struct Running {
    process: Child,
    address: String,
}

impl Running {
    fn new(sandbox: &Sandbox, arguments: &[&str]) -> Self {
        let mut command = sandbox.command(env!("CARGO_BIN_EXE_xtask"));
        let arguments = [&["serve", "--port", "0"][..], arguments].concat();
        let mut process = command
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut lines = lines.map_while(Result::ok);
        let address =
            lines.find_map(|line| Some(line.strip_prefix("Serving on http://")?.to_owned()));
        let address = address.expect("the server printed its address");
        Self { process, address }
    }

    /// Sends a request, and returns the reply.
    fn send(&self, line: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        let request = format!(
            "{line} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}",
            self.address
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        reply
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn the_report_counts_the_methods_of_each_document() {
    let sandbox = Sandbox::new();
    sandbox.document("tiny.v1", DOCUMENT);
    sandbox.document("other.v1", &DOCUMENT.replace("\"tiny", "\"other"));
    assert_snapshot!(sandbox.run(&["serve", "--report"]), @"
    API       methods  with state  samples  not served
    other:v1        1           1        0           0
    tiny:v1         1           1        0           0
    2 APIs          2           2        0           0
    exit code 0
    ");
    let one = [
        "serve",
        "--report",
        "--document",
        "discovery/documents/tiny.v1.json",
    ];
    assert_snapshot!(sandbox.run(&one), @"
    API      methods  with state  samples  not served
    tiny:v1        1           1        0           0
    exit code 0
    ");
}

#[test]
fn resources_are_kept_from_run_to_run() {
    let sandbox = Sandbox::new();
    sandbox.document("tiny.v1", DOCUMENT);
    let state = r#"{"tiny:v1/v1/things/1": {"name": "things/1"}}"#;
    let running = Running::new(&sandbox, &["--state", "state.json"]);
    assert!(
        running
            .send("PUT /__state", state)
            .starts_with("HTTP/1.1 200 OK\r\n")
    );
    drop(running);
    let running = Running::new(&sandbox, &["--state", "state.json"]);
    assert!(
        running
            .send("GET /__state", "")
            .contains("\"name\": \"things/1\"")
    );
}

#[test]
fn mistakes_are_errors() {
    let sandbox = Sandbox::new();
    sandbox.document("tiny.v1", DOCUMENT);
    sandbox.write("notes.txt", "a\nb\n");
    sandbox.write("broken.json", "{");
    assert_snapshot!(sandbox.run(&["serve", "--document", "none.json"]), @"
    error: there is no file none.json

    exit code 1
    ");
    assert_snapshot!(sandbox.run(&["serve", "--document", "broken.json"]), @"
    error: the text is not JSON: EOF while parsing an object
     --> broken.json:1:1
      |
    1 | {
      | ^
      |
      = help: use the file as it was published

    exit code 1
    ");
    assert_snapshot!(sandbox.run(&["serve", "--state", "notes.txt"]), @"
    error: cannot use notes.txt: line 1 is not an entry of a state file: expected value at line 1 column 1

    exit code 1
    ");
    let elsewhere = sandbox.run(&["serve", "--address", "192.0.2.1", "--port", "0"]);
    assert_eq!(elsewhere.code, 1);
    assert!(
        elsewhere
            .stderr
            .starts_with("error: cannot listen on 192.0.2.1:0: "),
        "{elsewhere}"
    );
}
