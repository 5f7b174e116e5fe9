//! A TLS server with its own certificate authority, over HTTP/2 or HTTP/1.1.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use bytes::Bytes;
use h2::{Reason, RecvStream, server::SendResponse};
use http::{HeaderMap, Request, Response};
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};
use rustls::{
    RootCertStore, ServerConfig, crypto::ring, pki_types::PrivateKeyDer,
    server::WebPkiClientVerifier,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

/// A request, received over either protocol.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    pub(crate) protocol: &'static str,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
}

/// The reaction of the server to a request over HTTP/2.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reply {
    Answer(&'static str),
    Reset(Reason),
}

pub(crate) struct TlsServer {
    pub(crate) url: String,
    /// The certificate of the authority, in PEM.
    pub(crate) authority: String,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    heard: Mutex<Vec<Heard>>,
    connections: AtomicUsize,
    script: Mutex<std::vec::IntoIter<Reply>>,
}

const GOOD: &str = r#"{"name":"good"}"#;

impl TlsServer {
    /// Starts a server that offers these protocols. It replies by the script, and then with
    /// success.
    pub(crate) async fn start(protocols: &[&str], script: impl Into<Vec<Reply>>) -> Self {
        Self::serve(Authority::new(), protocols, script.into(), false).await
    }

    /// Starts a server that requires a client certificate of its authority. Returns an identity
    /// with such a certificate, in PEM, too.
    pub(crate) async fn for_the_certified(protocols: &[&str]) -> (Self, String) {
        let authority = Authority::new();
        let (certificate, key) = authority.certify("a-client");
        let identity = certificate.pem() + &key.serialize_pem();
        let server = Self::serve(authority, protocols, Vec::new(), true).await;
        (server, identity)
    }

    async fn serve(
        authority: Authority,
        protocols: &[&str],
        script: Vec<Reply>,
        demanding: bool,
    ) -> Self {
        let config = authority.config(protocols, demanding);
        let authority = authority.root.pem();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            heard: Mutex::default(),
            connections: AtomicUsize::new(0),
            script: Mutex::new(script.into_iter()),
        });
        let (server, acceptor) = (shared.clone(), TlsAcceptor::from(Arc::new(config)));
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, acceptor.clone(), server.clone()));
            }
        });
        let url = format!("https://localhost:{port}");
        Self {
            url,
            authority,
            shared,
            task,
        }
    }

    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.shared.heard.lock().unwrap().clone()
    }

    /// Returns the number of connections that completed the handshake.
    pub(crate) fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }
}

impl Drop for TlsServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A certificate authority for servers and clients.
struct Authority {
    root: Certificate,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Self {
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        authority.key_usages.push(KeyUsagePurpose::KeyCertSign);
        let key = KeyPair::generate().unwrap();
        Self {
            root: authority.self_signed(&key).unwrap(),
            issuer: Issuer::new(authority, key),
        }
    }

    fn certify(&self, name: &str) -> (Certificate, KeyPair) {
        let key = KeyPair::generate().unwrap();
        let leaf = CertificateParams::new(vec![name.to_owned()]).unwrap();
        (leaf.signed_by(&key, &self.issuer).unwrap(), key)
    }

    /// Returns the configuration of a server, which may require client certificates.
    fn config(&self, protocols: &[&str], demanding: bool) -> ServerConfig {
        let provider = Arc::new(ring::default_provider());
        let builder = ServerConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(self.root.der().clone()).unwrap();
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
        let builder = match demanding {
            true => builder.with_client_cert_verifier(verifier.build().unwrap()),
            false => builder.with_no_client_auth(),
        };
        let (leaf, key) = self.certify("localhost");
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let mut config = builder.with_single_cert(vec![leaf.into()], key).unwrap();
        let protocols = protocols.iter().map(|name| name.as_bytes().to_vec());
        config.alpn_protocols = protocols.collect();
        config
    }
}

async fn serve(stream: TcpStream, acceptor: TlsAcceptor, shared: Arc<Shared>) {
    let Ok(stream) = acceptor.accept(stream).await else {
        return;
    };
    shared.connections.fetch_add(1, Ordering::SeqCst);
    if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
        let mut connection = h2::server::handshake(stream).await.unwrap();
        while let Some(Ok((request, respond))) = connection.accept().await {
            tokio::spawn(answer(request, respond, shared.clone()));
        }
    } else {
        answer_plainly(stream, &shared).await;
    }
}

async fn answer(
    mut request: Request<RecvStream>,
    mut respond: SendResponse<Bytes>,
    shared: Arc<Shared>,
) {
    while let Some(Ok(piece)) = request.body_mut().data().await {
        let _ = request
            .body_mut()
            .flow_control()
            .release_capacity(piece.len());
    }
    shared.heard.lock().unwrap().push(Heard {
        protocol: "HTTP/2",
        method: request.method().to_string(),
        path: request.uri().path().to_owned(),
        headers: request.headers().clone(),
    });
    let reply = shared.script.lock().unwrap().next();
    match reply.unwrap_or(Reply::Answer(GOOD)) {
        Reply::Reset(reason) => respond.send_reset(reason),
        Reply::Answer(text) => {
            let mut body = respond.send_response(Response::new(()), false).unwrap();
            body.send_data(Bytes::from_static(text.as_bytes()), true)
                .unwrap();
        }
    }
}

/// Serves one request after another over HTTP/1.1. No request has a body.
async fn answer_plainly(mut stream: TlsStream<TcpStream>, shared: &Shared) {
    let mut buffer = Vec::new();
    while stream
        .read_buf(&mut buffer)
        .await
        .is_ok_and(|count| count > 0)
    {
        if !buffer.ends_with(b"\r\n\r\n") {
            continue;
        }
        let head = String::from_utf8(std::mem::take(&mut buffer)).unwrap();
        let mut line = head.lines().next().unwrap().split(' ');
        let (method, path) = (line.next().unwrap(), line.next().unwrap());
        shared.heard.lock().unwrap().push(Heard {
            protocol: "HTTP/1.1",
            method: method.to_owned(),
            path: path.split('?').next().unwrap().to_owned(),
            headers: HeaderMap::new(),
        });
        let answer = format!(
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{GOOD}",
            GOOD.len()
        );
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}
