//! A release gate: uploads an app to Checks, waits for its report, and exits with 10 if checks failed.
#![allow(clippy::print_stdout, reason = "a program prints its results")]

use std::{env, fs, process::ExitCode, time::Duration};

use anyhow::{Context as _, Result};
use google_checks_v1alpha::schemas::report::{AnalyzeUploadRequest, check::State};
use google_checks_v1alpha::{Checks, runtime::Media};
use indicatif::ProgressBar;

const SEVERITIES: [&str; 3] = ["OPPORTUNITY", "POTENTIAL", "PRIORITY"];

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let variable = |name| env::var(name).with_context(|| format!("{name} is not set"));
    let input = env::args().nth(1).context("usage: checks-gate FILE|OPERATION")?;
    let fail_on = variable("CHECKS_FAIL_ON")?;
    let least = SEVERITIES.iter().position(|severity| *severity == fail_on);
    let least = least.with_context(|| format!("CHECKS_FAIL_ON is not one of {SEVERITIES:?}"))?;

    let mut builder = Checks::builder().with_quota_project(variable("CHECKS_QUOTA_PROJECT")?);
    builder = match env::var("CHECKS_KEY_FILE") {
        Ok(path) => builder.with_service_account_file(path),
        Err(_) => builder.with_service_account_key(variable("CHECKS_KEY")?), // JSON or its base64
    };
    if let Ok(url) = env::var("CHECKS_ENDPOINT") {
        builder = builder.with_endpoint(url);
    }
    let checks = builder.build().await?;
    let apps = checks.accounts().apps();

    let poller = if input.starts_with("accounts/") {
        apps.operations().get(&input).poller().with_response()
    } else {
        let media =
            Media::from_path(&input).await.with_context(|| format!("cannot read {input}"))?;
        let bar = ProgressBar::new(media.length().unwrap_or_default());
        let kind = input.ends_with(".aab").then_some("ANDROID_AAB"); // by default .apk or .ipa
        let metadata = AnalyzeUploadRequest::default().set_app_binary_file_type(kind);
        let upload = checks.media().upload(variable("CHECKS_APP")?, metadata).with_media(media);
        upload.with_progress(move |sent, _| bar.set_position(sent)).poller()
    };
    let mut poller = poller.with_deadline(Duration::from_secs(45 * 60));
    let operation = poller.start().await.with_context(|| format!("cannot analyze {input}"))?;
    let operation = operation.name.clone().unwrap_or_default();
    println!("To continue waiting after an interruption: checks-gate {operation}");
    let report = poller.until_done().await.with_context(|| format!("{operation} has no report"))?;
    let report = apps.reports().get(report.name.context("the report has no name")?);
    let report = report.fields("name,checks(type,state,severity)").send().await?;
    fs::write("checks_results.json", serde_json::to_string_pretty(&report)?)?;

    let lesser = &SEVERITIES[..least];
    let mut failed = report.checks;
    failed.retain(|check| check.state == Some(State::Failed));
    failed.retain(|check| !check.severity.as_ref().is_some_and(|it| lesser.contains(&it.as_str())));
    for check in &failed {
        println!("failed: {}", serde_json::to_string(check)?);
    }
    Ok(ExitCode::from(if failed.is_empty() { 0 } else { 10 }))
}
