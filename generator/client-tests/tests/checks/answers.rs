//! Complete responses, decoded.

use discovery_runtime::Timestamp;
use google_checks_v1alpha::schemas::{
    account::App,
    aisafety::{
        ClassifyContentResponse,
        classify_content_response_policy_result::{PolicyType, ViolationResult},
    },
    repo_scan::{RepoScan, source},
    report::{
        Check, DataMonitoring, Report, app_bundle::ReleaseType, check, check_citation,
        check_data_type_evidence::DataType, check_state_metadata, data_monitoring_result_metadata,
        data_type_endpoint_evidence::ExfiltratedDataType,
    },
};

use crate::calls::{ACCOUNT, REPO, REPORT};
use crate::messages;
use crate::support::{fixture, json, serving};

fn timestamp(text: &str) -> Option<Timestamp> {
    Some(Timestamp::try_from(text).unwrap())
}

/// A string that is present.
macro_rules! some {
    ($text:literal) => {
        Some($text.to_owned())
    };
}

async fn report() -> Report {
    let (_server, checks) = serving(json(&fixture("report.json"))).await;
    let reports = checks.accounts().apps().reports();
    reports.get(REPORT).send().await.unwrap()
}

#[tokio::test]
async fn a_report_has_a_bundle_and_checks() {
    let report = report().await;
    assert_eq!(report.name.as_deref(), Some(REPORT));
    assert_eq!(
        report.results_uri.as_deref(),
        Some("https://checks.google.com/console/apps/2/reports/4")
    );
    let bundle = report.app_bundle.unwrap();
    assert_eq!(bundle.bundle_id, some!("com.example.app"));
    assert_eq!(
        bundle.code_reference_id,
        some!("db5bcc20f94055fb5bc08cbb9b0e7a5530308786")
    );
    assert_eq!(bundle.release_type, Some(ReleaseType::PreRelease));
    assert_eq!(bundle.version, some!("4.2.0-rc1"));
    assert_eq!(bundle.version_id, some!("40200"));

    let [failed, passed] = <[Check; 2]>::try_from(report.checks).unwrap();
    assert_eq!(
        failed.r#type,
        Some(check::Type::PrivacyPolicyDataTypePreciseLocation)
    );
    assert_eq!(failed.state, Some(check::State::Failed));
    assert_eq!(failed.severity, Some(check::Severity::Priority));
    assert_eq!(failed.region_codes, ["US", "DE", "001"]);
    let citations = failed.citations.into_iter().map(|citation| citation.r#type);
    assert_eq!(
        citations.collect::<Vec<_>>(),
        [
            Some(check_citation::Type::Gdpr),
            Some(check_citation::Type::QuebecBill64)
        ]
    );
    let metadata = failed.state_metadata.unwrap();
    assert_eq!(
        metadata.badges,
        [
            check_state_metadata::Badges::NewlyFailing,
            check_state_metadata::Badges::RecentlyFailing
        ]
    );
    assert_eq!(
        metadata.first_failing_time,
        timestamp("2025-10-30T23:59:59.123456789Z")
    );
    assert_eq!(
        metadata.last_failing_time,
        timestamp("2025-11-03T09:15:30Z")
    );
    assert_eq!(passed.state, Some(check::State::Passed));
    assert_eq!(passed.evidence, None);
    assert_eq!(passed.state_metadata, None);
    assert!(passed.citations.is_empty());
}

#[tokio::test]
async fn a_check_has_evidence_of_ten_kinds() {
    let evidence = report().await.checks.remove(0).evidence.unwrap();
    assert_eq!(
        evidence.data_security.unwrap().data_in_transit_info[0].uri,
        some!("http://ads.example.com/pixel?id=1")
    );
    let violation = &evidence.endpoint_restriction_violations[0].endpoint_details[0];
    let endpoint = violation.endpoint.as_ref().unwrap();
    assert_eq!(endpoint.domain, some!("tracker.example.net"));
    let endpoint = evidence.endpoints[0].endpoint.as_ref().unwrap();
    assert_eq!(endpoint.domain, some!("api.example.com"));
    let violation = &evidence.permission_restriction_violations[0].permission_details[0];
    let permission = violation.permission.as_ref().unwrap();
    assert_eq!(permission.id, some!("android.permission.READ_SMS"));
    let permission = evidence.permissions[0].permission.as_ref().unwrap();
    assert_eq!(permission.id, some!("android.permission.CAMERA"));
    let fragment = evidence.privacy_policy_texts[0].policy_fragment.as_ref();
    assert_eq!(fragment.unwrap().html_content, some!("<h1>Privacy</h1>"));
    let issue = &evidence.sdk_issues[0];
    assert_eq!(issue.sdk_version, some!("1.0.3"));
    assert_eq!(issue.sdk.as_ref().unwrap().id, some!("com.example:crypto"));
    let violation = &evidence.sdk_restriction_violations[0].sdk_details[0];
    assert_eq!(violation.sdk.as_ref().unwrap().id, some!("com.example:spy"));
    let sdk = evidence.sdks[0].sdk.as_ref().unwrap();
    assert_eq!(sdk.id, some!("com.example:core"));

    let [found] = &evidence.data_types[..] else {
        panic!()
    };
    assert_eq!(found.data_type, Some(DataType::DataTypePreciseLocation));
    let found = found.data_type_evidence.as_ref().unwrap();
    let endpoint = &found.endpoints[0];
    assert_eq!(
        endpoint.exfiltrated_data_type,
        Some(ExfiltratedDataType::ExfiltratedDataTypePreciseLocation)
    );
    let sdk = endpoint.attributed_sdks[0].sdk.as_ref().unwrap();
    assert_eq!(sdk.id, some!("com.example:ads"));
    let endpoint = endpoint.endpoint_details[0].endpoint.as_ref().unwrap();
    assert_eq!(endpoint.domain, some!("ads.example.com"));
    let permission = found.permissions[0].permission.as_ref().unwrap();
    assert_eq!(
        permission.id,
        some!("android.permission.ACCESS_FINE_LOCATION")
    );
    let text = found.privacy_policy_texts[0].policy_fragment.as_ref();
    let text = text.unwrap();
    assert_eq!(text.source_uri, some!("https://example.com/privacy"));
    assert_eq!(
        text.html_content,
        some!("<p>We don&#39;t share your <b>location</b>.</p>")
    );
}

#[tokio::test]
async fn a_report_has_data_monitoring() {
    let DataMonitoring {
        data_types,
        endpoints,
        permissions,
        sdks,
        ..
    } = *report().await.data_monitoring.unwrap();
    let metadata = data_types[0].metadata.as_ref().unwrap();
    assert_eq!(
        metadata.badges,
        [data_monitoring_result_metadata::Badges::New]
    );
    assert_eq!(
        metadata.first_detected_time,
        timestamp("2024-02-29T00:00:00Z")
    );
    assert_eq!(
        metadata.last_detected_time,
        timestamp("2025-11-03T09:15:30.123Z")
    );
    assert_eq!(metadata.last_detected_app_version, some!("4.1.9"));
    assert_eq!(endpoints[0].hit_count, Some(i32::MAX));
    let permission = permissions[0].permission.as_ref().unwrap();
    assert_eq!(permission.id, some!("android.permission.CAMERA"));
    assert_eq!(sdks[0].sdk.as_ref().unwrap().id, some!("com.example:core"));
}

#[tokio::test]
async fn a_scan_has_sources() {
    let (_server, checks) = serving(json(&fixture("repo_scan.json"))).await;
    let scans = checks.accounts().repos().scans();
    let scan: RepoScan = scans.get(format!("{REPO}/scans/7")).send().await.unwrap();
    assert_eq!(scan.name, some!("accounts/1/repos/5/scans/7"));
    assert_eq!(scan.cli_version, some!("1.4.2"));
    assert_eq!(scan.local_scan_path, some!("services/billing"));
    let scm = scan.scm_metadata.unwrap();
    assert_eq!(scm.branch, some!("feature/über"));
    let pull_request = scm.pull_request.unwrap();
    assert_eq!(pull_request.base_branch, some!("main"));
    assert_eq!(pull_request.pr_number, some!("1742"));
    let [found, dismissed] = &scan.sources[..] else {
        panic!()
    };
    assert_eq!(
        found.data_type,
        Some(source::DataType::DataTypeEmailAddress)
    );
    assert_eq!(found.false_positive, Some(false));
    let place = found.code_attribution.as_ref().unwrap();
    assert_eq!(
        place.code_excerpt,
        some!("log.info(\"mail={}\", user.email);\n")
    );
    assert_eq!(place.line_number, Some(42));
    assert_eq!(place.start_line_number, Some(40));
    assert_eq!(dismissed.false_positive, Some(true));
    let place = dismissed.code_attribution.as_ref().unwrap();
    assert_eq!(
        (place.line_number, place.start_line_number),
        (Some(0), None)
    );
}

#[tokio::test]
async fn a_classification_has_scores() {
    let (_server, checks) = serving(json(&fixture("classify_content.json"))).await;
    let aisafety = checks.aisafety();
    let response: ClassifyContentResponse = aisafety
        .classify_content(messages::classify_content())
        .send()
        .await
        .unwrap();
    let results = response.policy_results.into_iter();
    let results = results.map(|result| (result.policy_type, result.score, result.violation_result));
    assert_eq!(
        results.collect::<Vec<_>>(),
        [
            (
                Some(PolicyType::HateSpeech),
                Some(0.87),
                Some(ViolationResult::Violative)
            ),
            (
                Some(PolicyType::MedicalInfo),
                Some(0.0012),
                Some(ViolationResult::NonViolative)
            ),
            (
                Some(PolicyType::Harassment),
                None,
                Some(ViolationResult::ClassificationError)
            ),
        ]
    );
}

#[tokio::test]
async fn a_list_has_items_and_a_token() {
    let (_server, checks) = serving(json(&fixture("list_apps.json"))).await;
    let page = checks.accounts().apps().list(ACCOUNT).send().await.unwrap();
    let titles: Vec<_> = page.apps.iter().map(|app: &App| &app.title).collect();
    assert_eq!(titles, [&some!("Käse & Brot 🧀"), &None]);
    assert_eq!(
        page.next_page_token,
        some!("Ch4KHGFjY291bnRzLzEvYXBwcy8zEgYIgL+9ogY=")
    );
}
