//! Optional parameters, as sent in the query.

use discovery_runtime::Result;
use google_checks_v1alpha::Checks;

use crate::calls::{ACCOUNT, APP, OPERATION, REPO, REPORT};
use crate::messages;
use crate::support::{json, serving};

/// Returns the query of the request that a call sends, without the parameters of every request.
async fn query_of<F, R>(call: impl FnOnce(Checks) -> F) -> String
where
    F: Future<Output = Result<R>>,
{
    let (server, checks) = serving(json("{}")).await;
    call(checks).await.unwrap();
    let request = server.request();
    let (_, query) = request.target().split_once('?').unwrap();
    let own = query.strip_suffix("alt=json&prettyPrint=false").unwrap();
    own.trim_end_matches('&').to_owned()
}

#[tokio::test]
async fn lists_of_apps() {
    let query = query_of(|checks| {
        let list = checks.accounts().apps().list(ACCOUNT);
        list.page_size(50)
            .page_token("b/2+3=")
            .fields("apps(name,title),nextPageToken")
            .send()
    });
    assert_eq!(
        query.await,
        "pageSize=50&pageToken=b%2F2%2B3%3D&fields=apps%28name%2Ctitle%29%2CnextPageToken"
    );
}

#[tokio::test]
async fn lists_of_operations() {
    let query = query_of(|checks| {
        let list = checks.accounts().apps().operations().list(APP);
        list.filter("done = true")
            .page_size(-1)
            .page_token("t")
            .return_partial_success(true)
            .fields("*")
            .send()
    });
    assert_eq!(
        query.await,
        "filter=done%20%3D%20true&pageSize=-1&pageToken=t&returnPartialSuccess=true&fields=%2A"
    );
}

#[tokio::test]
async fn reports() {
    let query = query_of(|checks| {
        let get = checks.accounts().apps().reports().get(REPORT);
        get.checks_filter("state = FAILED")
            .fields("name,checks")
            .send()
    });
    assert_eq!(
        query.await,
        "checksFilter=state%20%3D%20FAILED&fields=name%2Cchecks"
    );
}

#[tokio::test]
async fn lists_of_reports() {
    let query = query_of(|checks| {
        let list = checks.accounts().apps().reports().list(APP);
        list.checks_filter("state = FAILED")
            .filter("appBundle.releaseType = PRE_RELEASE")
            .page_size(50)
            .page_token("t")
            .fields("reports(name,checks)")
            .send()
    });
    assert_eq!(
        query.await,
        "checksFilter=state%20%3D%20FAILED\
         &filter=appBundle.releaseType%20%3D%20PRE_RELEASE\
         &pageSize=50&pageToken=t&fields=reports%28name%2Cchecks%29"
    );
}

#[tokio::test]
async fn lists_of_scans() {
    let query = query_of(|checks| {
        let list = checks.accounts().repos().scans().list(REPO);
        list.filter("scmMetadata.branch = main")
            .page_size(50)
            .page_token("t")
            .fields("repoScans.name")
            .send()
    });
    assert_eq!(
        query.await,
        "filter=scmMetadata.branch%20%3D%20main&pageSize=50&pageToken=t&fields=repoScans.name"
    );
}

#[tokio::test]
async fn every_other_method_takes_fields() {
    macro_rules! assert_fields {
        ($($call:expr;)+) => {$(
            assert_eq!(query_of(|checks: Checks| $call(checks).fields("name").send()).await, "fields=name");
        )+};
    }
    assert_fields! {
        |checks: Checks| checks.accounts().apps().get(APP);
        |checks: Checks| checks.accounts().apps().operations().cancel(OPERATION);
        |checks: Checks| checks.accounts().apps().operations().delete(OPERATION);
        |checks: Checks| checks.accounts().apps().operations().get(OPERATION);
        |checks: Checks| checks.accounts().apps().operations().wait(OPERATION).with_request(messages::wait());
        |checks: Checks| checks.accounts().repos().operations().get("accounts/1/repos/5/operations/6");
        |checks: Checks| checks.accounts().repos().scans().generate(REPO, messages::generate_scan());
        |checks: Checks| checks.accounts().repos().scans().get("accounts/1/repos/5/scans/7");
        |checks: Checks| checks.aisafety().classify_content(messages::classify_content());
        |checks: Checks| checks.media().upload(APP, Default::default());
    }
}

/// Services distinguish an unset parameter from one that is set to a default.
#[tokio::test]
async fn explicit_defaults_are_sent() {
    let query = query_of(|checks| {
        let list = checks.accounts().apps().operations().list(APP);
        list.filter("")
            .page_size(0)
            .return_partial_success(false)
            .send()
    });
    assert_eq!(query.await, "filter=&pageSize=0&returnPartialSuccess=false");
    let query = query_of(|checks| checks.accounts().apps().operations().list(APP).send());
    assert_eq!(query.await, "");
}

#[tokio::test]
async fn a_parameter_set_twice_is_sent_once() {
    let query = query_of(|checks| {
        let list = checks.accounts().apps().list(ACCOUNT);
        list.page_size(1).page_token("t").page_size(2).send()
    });
    assert_eq!(query.await, "pageSize=2&pageToken=t");
}

/// Parameters are sent in the order in which they were set. In values, all characters but letters,
/// digits and `-_.~` are encoded.
#[tokio::test]
async fn values_are_encoded() {
    let table = [
        ("a b", "a%20b"),
        ("a+b", "a%2Bb"),
        ("a&b=c#d", "a%26b%3Dc%23d"),
        ("100%", "100%25"),
        ("%20", "%2520"),
        ("é🧀", "%C3%A9%F0%9F%A7%80"),
        ("a/b?c", "a%2Fb%3Fc"),
        ("\"<>`{}|\\^[]", "%22%3C%3E%60%7B%7D%7C%5C%5E%5B%5D"),
        ("-_.~", "-_.~"),
        ("!*'();:@$,", "%21%2A%27%28%29%3B%3A%40%24%2C"),
        ("\r\n\0", "%0D%0A%00"),
    ];
    for (value, encoded) in table {
        let query = query_of(|checks| {
            let list = checks.accounts().apps().operations().list(APP);
            list.filter(value).send()
        });
        assert_eq!(query.await, format!("filter={encoded}"));
    }
}
