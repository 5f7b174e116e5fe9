//! An OAuth client of a scripted server on loopback, and users who log in to it.

#![allow(dead_code, unused_imports, reason = "each test program uses a part")]

#[path = "../../../runtime/tests/support/mod.rs"]
mod loopback;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use discovery_login::{Credentials, FileStore, Login, OAuthClient, Prompt};
use google_cloud_auth::credentials::CacheableResource;
use http::Extensions;
use reqwest::Url;
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

pub(crate) use loopback::{Answer, GET, Recorded, SERVICE, Server};

pub(crate) const SCOPE: &str = "https://www.googleapis.com/auth/drive.file";
/// Each of these may be on the wire, and nowhere else.
pub(crate) const SECRETS: [&str; 4] = ["top-code", "top-secret", "top-refresh", "top-access"];

/// Returns the values of a form or a query by their names.
pub(crate) fn form(text: &str) -> BTreeMap<String, String> {
    let url = Url::parse(&format!("http://form/?{text}")).unwrap();
    url.query_pairs().into_owned().collect()
}

/// Returns the reply to a request for tokens; it expires after an hour.
pub(crate) fn tokens(scope: &str) -> Answer {
    Answer::json(
        "200 OK",
        &format!(
            r#"{{"access_token": "top-access", "refresh_token": "top-refresh", "expires_in": 3599,
            "scope": "{scope}", "token_type": "Bearer"}}"#
        ),
    )
}

/// Returns the reply of an OAuth server that refuses.
pub(crate) fn refusal(code: &str) -> Answer {
    let body = format!(r#"{{"error": "{code}", "error_description": "Because."}}"#);
    Answer::json("400 Bad Request", &body)
}

pub(crate) fn client(url: &str) -> OAuthClient {
    let json = serde_json::json!({"installed": {
        "client_id": "id.apps.googleusercontent.com",
        "client_secret": "top-secret",
        "auth_uri": format!("{url}/auth"),
        "device_authorization_uri": format!("{url}/device"),
        "token_uri": format!("{url}/token"),
        "revocation_uri": format!("{url}/revoke"),
    }});
    OAuthClient::from_json(&json.to_string()).unwrap()
}

/// A login whose store is empty at first, and whose user must not be disturbed.
pub(crate) fn login(url: &str, folder: &TempDir) -> Login {
    Login::new(client(url))
        .with_scopes([SCOPE])
        .with_store(FileStore::new(folder.path()))
        .with_prompt(|prompt| panic!("{prompt:?}"))
}

/// A user, and the address to which this user was sent last.
#[derive(Clone, Default)]
pub(crate) struct User(Arc<Mutex<String>>);

impl User {
    /// Lets the user return to the program with each of these queries, in which `STATE` stands for
    /// the state of the login.
    pub(crate) fn visits(
        &self,
        queries: &'static [&'static str],
    ) -> impl Fn(Prompt<'_>) + Send + Sync + 'static {
        let user = self.clone();
        move |prompt| {
            let Prompt::Browser { url } = prompt else {
                panic!("{prompt:?}")
            };
            *user.0.lock().unwrap() = url.to_owned();
            let address = user.address();
            tokio::spawn(async move {
                for query in queries {
                    let query = query.replace("STATE", &address["state"]);
                    visit(&address["redirect_uri"], &query).await;
                }
            });
        }
    }

    /// Lets the user allow what is requested.
    pub(crate) fn allows(&self) -> impl Fn(Prompt<'_>) + Send + Sync + 'static {
        self.visits(&["GET /?state=STATE&code=top-code&scope=x"])
    }

    /// The query of the address to which the user was sent.
    pub(crate) fn address(&self) -> BTreeMap<String, String> {
        let url = Url::parse(&self.0.lock().unwrap()).unwrap();
        url.query_pairs().into_owned().collect()
    }
}

async fn visit(url: &str, line: &str) {
    let host = url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).await.unwrap();
    let request = format!("{line} HTTP/1.1\r\nhost: {host}\r\naccept: */*\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).await.unwrap();
    let expected = if line.contains("state=") && !line.contains("state=other") {
        "HTTP/1.1 200 OK\r\n"
    } else {
        "HTTP/1.1 404 Not Found\r\n"
    };
    assert!(reply.starts_with(expected), "{line}: {reply}");
}

/// Returns the value of the header by which credentials authorize a request.
pub(crate) async fn authorization(credentials: &Credentials) -> String {
    match credentials.headers(Extensions::new()).await.unwrap() {
        CacheableResource::New { data, .. } => data["authorization"].to_str().unwrap().to_owned(),
        CacheableResource::NotModified => panic!("without a tag there is always a header"),
    }
}
