//! One call of each method.

use discovery_runtime::Media;

use crate::messages;
use crate::sample::{Body, Sample};

pub(crate) const ACCOUNT: &str = "accounts/1";
pub(crate) const APP: &str = "accounts/1/apps/2";
pub(crate) const OPERATION: &str = "accounts/1/apps/2/operations/3";
pub(crate) const REPORT: &str = "accounts/1/apps/2/reports/4";
pub(crate) const REPO: &str = "accounts/1/repos/5";

pub(crate) fn apps_get() -> Sample {
    Sample::new("checks.accounts.apps.get", |checks| {
        checks.accounts().apps().get(APP).send()
    })
    .sends(
        "GET /v1alpha/accounts/1/apps/2?alt=json&prettyPrint=false",
        Body::Absent,
    )
    .answered_by("app.json")
}

pub(crate) fn apps_list() -> Sample {
    Sample::new("checks.accounts.apps.list", |checks| {
        checks.accounts().apps().list(ACCOUNT).send()
    })
    .sends(
        "GET /v1alpha/accounts/1/apps?alt=json&prettyPrint=false",
        Body::Absent,
    )
    .answered_by("list_apps.json")
}

pub(crate) fn operations_cancel() -> Sample {
    Sample::new("checks.accounts.apps.operations.cancel", |checks| {
        let operations = checks.accounts().apps().operations();
        operations.cancel(OPERATION).send()
    })
    .sends(
        "POST /v1alpha/accounts/1/apps/2/operations/3:cancel?alt=json&prettyPrint=false",
        Body::Empty,
    )
}

pub(crate) fn operations_delete() -> Sample {
    Sample::new("checks.accounts.apps.operations.delete", |checks| {
        let operations = checks.accounts().apps().operations();
        operations.delete(OPERATION).send()
    })
    .sends(
        "DELETE /v1alpha/accounts/1/apps/2/operations/3?alt=json&prettyPrint=false",
        Body::Absent,
    )
}

pub(crate) fn operations_get() -> Sample {
    Sample::new("checks.accounts.apps.operations.get", |checks| {
        checks.accounts().apps().operations().get(OPERATION).send()
    })
    .sends(
        "GET /v1alpha/accounts/1/apps/2/operations/3?alt=json&prettyPrint=false",
        Body::Absent,
    )
    .answered_by("operation_cancelled.json")
}

pub(crate) fn operations_list() -> Sample {
    Sample::new("checks.accounts.apps.operations.list", |checks| {
        checks.accounts().apps().operations().list(APP).send()
    })
    .sends(
        "GET /v1alpha/accounts/1/apps/2/operations?alt=json&prettyPrint=false",
        Body::Absent,
    )
    .answered_by("list_operations.json")
}

pub(crate) fn operations_wait() -> Sample {
    Sample::new("checks.accounts.apps.operations.wait", |checks| {
        let operations = checks.accounts().apps().operations();
        operations
            .wait(OPERATION)
            .with_request(messages::wait())
            .send()
    })
    .sends(
        "POST /v1alpha/accounts/1/apps/2/operations/3:wait?alt=json&prettyPrint=false",
        Body::Text("application/json", messages::WAIT),
    )
    .answered_by("operation_running.json")
}

pub(crate) fn reports_get() -> Sample {
    Sample::new("checks.accounts.apps.reports.get", |checks| {
        checks.accounts().apps().reports().get(REPORT).send()
    })
    .sends(
        "GET /v1alpha/accounts/1/apps/2/reports/4?alt=json&prettyPrint=false",
        Body::Absent,
    )
    .answered_by("report.json")
}

pub(crate) fn reports_list() -> Sample {
    Sample::new("checks.accounts.apps.reports.list", |checks| {
        checks.accounts().apps().reports().list(APP).send()
    })
    .sends(
        "GET /v1alpha/accounts/1/apps/2/reports?alt=json&prettyPrint=false",
        Body::Absent,
    )
    .answered_by("list_reports.json")
}

pub(crate) fn repos_operations_get() -> Sample {
    Sample::new("checks.accounts.repos.operations.get", |checks| {
        let operations = checks.accounts().repos().operations();
        operations.get("accounts/1/repos/5/operations/6").send()
    })
    .sends(
        "GET /v1alpha/accounts/1/repos/5/operations/6?alt=json&prettyPrint=false",
        Body::Absent,
    )
    .answered_by("operation_scan.json")
}

pub(crate) fn scans_generate() -> Sample {
    Sample::new("checks.accounts.repos.scans.generate", |checks| {
        let scans = checks.accounts().repos().scans();
        scans.generate(REPO, messages::generate_scan()).send()
    })
    .sends(
        "POST /v1alpha/accounts/1/repos/5/scans:generate?alt=json&prettyPrint=false",
        Body::Text("application/json", messages::GENERATE_SCAN),
    )
    .answered_by("operation_scan.json")
}

pub(crate) fn scans_get() -> Sample {
    Sample::new("checks.accounts.repos.scans.get", |checks| {
        let scans = checks.accounts().repos().scans();
        scans.get("accounts/1/repos/5/scans/7").send()
    })
    .sends(
        "GET /v1alpha/accounts/1/repos/5/scans/7?alt=json&prettyPrint=false",
        Body::Absent,
    )
    .answered_by("repo_scan.json")
}

pub(crate) fn scans_list() -> Sample {
    Sample::new("checks.accounts.repos.scans.list", |checks| {
        checks.accounts().repos().scans().list(REPO).send()
    })
    .sends(
        "GET /v1alpha/accounts/1/repos/5/scans?alt=json&prettyPrint=false",
        Body::Absent,
    )
    .answered_by("list_repo_scans.json")
}

pub(crate) fn classify_content() -> Sample {
    Sample::new("checks.aisafety.classifyContent", |checks| {
        let aisafety = checks.aisafety();
        aisafety
            .classify_content(messages::classify_content())
            .send()
    })
    .sends(
        "POST /v1alpha/aisafety:classifyContent?alt=json&prettyPrint=false",
        Body::Text("application/json", messages::CLASSIFY_CONTENT),
    )
    .answered_by("classify_content.json")
}

pub(crate) fn upload() -> Sample {
    Sample::new("checks.media.upload", |checks| {
        let media = Media::from_bytes("PK\u{3}\u{4}").with_content_type("application/zip");
        let upload = checks.media().upload(APP, Default::default());
        upload.with_media(media).send()
    })
    .sends(
        "POST /upload/v1alpha/accounts/1/apps/2/reports:analyzeUpload\
         ?uploadType=media&alt=json&prettyPrint=false",
        Body::Text("application/zip", "PK\u{3}\u{4}"),
    )
    .answered_by("operation_done.json")
}
