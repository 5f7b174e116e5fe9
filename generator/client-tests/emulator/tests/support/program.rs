//! Programs of `src/bin`, run as they are: a proxy with a certificate authority of its own sends each host
//! of Google to a server on loopback.

#![allow(dead_code, reason = "each test uses a part")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

const KEY: &str = include_str!("../../../../runtime/tests/fixtures/service_account.json");

/// The folder in which a program runs, with its files, its settings and its credentials.
pub(crate) struct Home(TempDir);

impl Home {
    /// Returns a folder with the file `notes.txt`, and the key of a service account as Application
    /// Default Credentials.
    pub(crate) fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        home.write("notes.txt", "some notes\n");
        home.write("robot.json", KEY);
        home
    }

    pub(crate) fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Logs a user in to the programs of this folder, at a server that gives everyone a token.
    pub(crate) async fn log_in(&self, scopes: &[&str]) {
        let url = token_server().await;
        let client =
            serde_json::json!({"client_id": "id", "client_secret": "secret", "token_uri": url});
        let mut login = client.clone();
        login["type"] = "authorized_user".into();
        login["refresh_token"] = "refresh".into();
        login["scopes"] = scopes.into();
        let client = serde_json::json!({"installed": client});
        self.write("client_secret.json", &client.to_string());
        std::fs::create_dir(self.path("discovery-login")).unwrap();
        self.write("discovery-login/id.json", &login.to_string());
    }

    /// Runs a program, for which `host` is the server at `url`; returns the text that it prints.
    pub(crate) async fn run(&self, program: &str, host: &'static str, url: &str) -> String {
        let proxy = self.proxy(host, url.strip_prefix("http://").unwrap()).await;
        let mut command = Command::new(program);
        command.current_dir(self.0.path()).envs([
            ("HTTPS_PROXY", proxy.as_str()),
            ("NO_PROXY", "127.0.0.1"),
            ("API_KEY", "key"),
        ]);
        command.envs([
            ("SSL_CERT_FILE", self.path("authority.pem")),
            ("XDG_CONFIG_HOME", self.path("")),
            ("GOOGLE_APPLICATION_CREDENTIALS", self.path("robot.json")),
        ]);
        for name in [
            "https_proxy",
            "no_proxy",
            "ALL_PROXY",
            "all_proxy",
            "SSL_CERT_DIR",
        ] {
            command.env_remove(name);
        }
        let output = tokio::task::spawn_blocking(move || command.output().unwrap());
        let output = output.await.unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{program}: {errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Starts the proxy, whose authority is in `authority.pem`. Returns its URL.
    async fn proxy(&self, host: &'static str, target: &str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (authority, config) = certified(host);
        self.write("authority.pem", &authority);
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let target = target.to_owned();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(tunnel(stream, host, target.clone(), acceptor.clone()));
            }
        });
        url
    }
}

/// Starts a server that gives everyone a token. Returns its URL.
async fn token_server() -> String {
    const REPLY: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n\
        {\"access_token\": \"token\", \"token_type\": \"Bearer\"}";
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/token", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = Vec::new();
            while !is_complete(&request) {
                stream.read_buf(&mut request).await.unwrap();
            }
            stream.write_all(REPLY.as_bytes()).await.unwrap();
        }
    });
    url
}

/// Returns whether a request has a whole body.
fn is_complete(request: &[u8]) -> bool {
    let request = String::from_utf8_lossy(request);
    request.split_once("\r\n\r\n").is_some_and(|(head, body)| {
        let mut fields = head.lines().filter_map(|line| line.split_once(": "));
        let length = fields.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
        length.is_some_and(|(_, length)| body.len() >= length.parse().unwrap())
    })
}

/// Returns a certificate authority in PEM, and the configuration of a server of this name.
fn certified(host: &str) -> (String, ServerConfig) {
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.key_usages.push(KeyUsagePurpose::KeyCertSign);
    let key = KeyPair::generate().unwrap();
    let root = authority.self_signed(&key).unwrap().pem();
    let issuer = Issuer::new(authority, key);
    let key = KeyPair::generate().unwrap();
    let leaf = CertificateParams::new(vec![host.to_owned()]).unwrap();
    let leaf = leaf.signed_by(&key, &issuer).unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![leaf.into()], key)
        .unwrap();
    (root, config)
}

/// Serves one connection to the proxy.
async fn tunnel(mut stream: TcpStream, host: &str, target: String, acceptor: TlsAcceptor) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    if !head.starts_with(&format!("CONNECT {host}:443 ")) {
        let reply = stream.write_all(b"HTTP/1.1 502 Bad Gateway\r\n\r\n").await;
        return reply.unwrap();
    }
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
    let mut stream = acceptor.accept(stream).await.unwrap();
    let mut server = TcpStream::connect(target).await.unwrap();
    // A program that ends does not close its connections.
    let _ = copy_bidirectional(&mut stream, &mut server).await;
}
