//! Resource names crafted to reach other resources: each is refused, or the server receives one
//! request, for exactly that name.

#[path = "../fault_support/mod.rs"]
mod support;

use discovery_runtime::{InvalidRequest, Result};
use google_checks_v1alpha::{Checks, schemas::repo_scan::GenerateScanRequest};
use google_cloud_auth::credentials::anonymous;
use google_cloud_gax::retry_policy::NeverRetry;
use proptest::{
    collection::vec,
    prelude::*,
    sample::select,
    test_runner::{Config, TestRunner},
};
use tokio::runtime::Runtime;

use support::{
    catalogue::Fault,
    server::{FaultServer, Seen},
};

/// A method, with the text around the name in its path and the pattern of the name.
#[derive(Clone, Copy, Debug)]
enum Method {
    Get,
    List,
    Cancel,
    Generate,
}

impl Method {
    const ALL: [Self; 4] = [Self::Get, Self::List, Self::Cancel, Self::Generate];

    fn verb(self) -> &'static str {
        match self {
            Self::Get | Self::List => "GET",
            Self::Cancel | Self::Generate => "POST",
        }
    }

    /// Returns the text after the name in the path.
    fn suffix(self) -> &'static str {
        match self {
            Self::Get => "",
            Self::List => "/apps",
            Self::Cancel => ":cancel",
            Self::Generate => "/scans:generate",
        }
    }

    fn collections(self) -> &'static [&'static str] {
        match self {
            Self::Get => &["accounts", "apps"],
            Self::List => &["accounts"],
            Self::Cancel => &["accounts", "apps", "operations"],
            Self::Generate => &["accounts", "repos"],
        }
    }

    /// Returns a name that matches the pattern of the method, if no id has a slash.
    fn name(self, ids: &[String]) -> String {
        let pairs = self.collections().iter().zip(ids);
        let parts = pairs.map(|(collection, id)| format!("{collection}/{id}"));
        parts.collect::<Vec<_>>().join("/")
    }

    /// Reports if the name is valid for the method.
    fn admits(self, name: &str) -> bool {
        let segments: Vec<&str> = name.split('/').collect();
        let collections = self.collections();
        let are_collections = segments.iter().step_by(2).eq(collections);
        let is_id = |id: &&str| !matches!(*id, "" | "." | "..");
        segments.len() == 2 * collections.len()
            && are_collections
            && segments.iter().skip(1).step_by(2).all(is_id)
    }

    async fn call(self, checks: &Checks, name: &str) -> Result<()> {
        let accounts = checks.accounts();
        match self {
            Self::Get => accounts.apps().get(name).send().await.map(drop),
            Self::List => accounts.apps().list(name).send().await.map(drop),
            Self::Cancel => accounts.apps().operations().cancel(name).send().await,
            Self::Generate => {
                let scans = accounts.repos().scans();
                let request = GenerateScanRequest::default();
                scans.generate(name, request).send().await.map(drop)
            }
        }
    }
}

/// Returns text made of parts with a special meaning in URLs, HTTP, templates or file systems.
fn text() -> impl Strategy<Value = String> {
    let meaningful = select(vec![
        "/",
        "//",
        "\\",
        ".",
        "..",
        "...",
        "%",
        "%2e",
        "%2E%2e",
        "%2f",
        "%2F",
        "%5c",
        "%00",
        "%25",
        "%252e",
        "?",
        "#",
        "?alt=media",
        "#fragment",
        ":",
        ":cancel",
        ":delete",
        "@",
        "@host",
        "[::1]",
        "https://host",
        "//host",
        ";",
        "&",
        "=",
        "+",
        " ",
        "\t",
        "\r",
        "\n",
        "\r\n",
        "\0",
        "\u{7f}",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "\u{202e}",
        "\u{ff0e}\u{ff0e}",
        "\u{2215}",
        "é",
        "日本",
        "🧀",
        "{name}",
        "{+name}",
        "~",
        "*",
        "$",
        "accounts",
        "apps",
        "v1alpha",
        " HTTP/1.1\r\nHost: h\r\n\r\n",
    ]);
    let part = prop_oneof![
        4 => meaningful.prop_map(str::to_owned),
        2 => (0_u8..128).prop_map(|byte| char::from(byte).to_string()),
        1 => any::<char>().prop_map(String::from),
        1 => "[a-z0-9]{1,8}",
    ];
    vec(part, 0..6).prop_map(|parts| parts.concat())
}

fn attack() -> impl Strategy<Value = (Method, String)> {
    let method = select(Method::ALL.to_vec());
    let formed = (method.clone(), vec(text(), 3)).prop_map(|(method, ids)| {
        let name = method.name(&ids);
        (method, name)
    });
    prop_oneof![4 => formed, 1 => (method, text())]
}

fn assert_seen(method: Method, name: &str, seen: &[Seen]) {
    let [Seen { request, .. }] = seen else {
        panic!("{} requests for {name:?}", seen.len());
    };
    assert!(request.line().starts_with(&format!("{} ", method.verb())));
    assert!(request.line().ends_with(" HTTP/1.1"), "{}", request.line());
    let (path, query) = request.target().split_once('?').unwrap();
    assert_eq!(query, "alt=json&prettyPrint=false");
    let encoded = path
        .strip_prefix("/v1alpha/")
        .and_then(|rest| rest.strip_suffix(method.suffix()))
        .unwrap_or_else(|| panic!("{path}"));
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~/%".contains(&byte);
    assert!(encoded.bytes().all(is_plain), "{encoded}");
    let decoded: Vec<u8> = percent_encoding::percent_decode_str(encoded).collect();
    assert_eq!(decoded, name.as_bytes(), "{encoded}");
    assert!(
        !encoded
            .split('/')
            .any(|segment| matches!(segment, "" | "." | ".."))
    );
}

#[test]
fn a_name_reaches_its_own_resource_or_nothing() {
    let runtime = Runtime::new().unwrap();
    let (server, checks) = runtime.block_on(async {
        let server = FaultServer::start(|_| Fault::Nothing.act("{}", "")).await;
        let builder = Checks::builder().with_endpoint(&server.url);
        let builder = builder.with_credentials(anonymous::Builder::new().build());
        let builder = builder.with_retry_policy(NeverRetry);
        (server, builder.build().await.unwrap())
    });
    let config = Config {
        cases: 4000,
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new(config);
    let result = runner.run(&attack(), |(method, name)| {
        let result = runtime.block_on(method.call(&checks, &name));
        let seen = server.take_seen();
        match result {
            Ok(()) => assert_seen(method, &name, &seen),
            Err(error) => {
                let source = std::error::Error::source(&error);
                assert!(
                    source.is_some_and(|source| source.is::<InvalidRequest>()),
                    "{error:?}"
                );
                assert!(seen.is_empty(), "{error}: {seen:?}");
            }
        }
        assert_eq!(method.admits(&name), !seen.is_empty(), "{name:?}");
        Ok(())
    });
    let sent = server.tally().requests;
    if let Err(failure) = result {
        panic!("{failure}");
    }
    // Some names were accepted, and no call sent a second request.
    assert!(sent > 500, "{sent}");
    assert!(server.seen().is_empty());
}
