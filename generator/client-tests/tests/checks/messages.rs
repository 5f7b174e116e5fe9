//! Requests with every field set, and the bytes that they serialize to.

use discovery_runtime::Duration;
use google_checks_v1alpha::schemas::WaitOperationRequest;
use google_checks_v1alpha::schemas::aisafety::{
    ClassifyContentRequest, ClassifyContentRequestContext, ClassifyContentRequestInputContent,
    ClassifyContentRequestPolicyConfig, TextInput, classify_content_request::ClassifierVersion,
    classify_content_request_policy_config::PolicyType,
};
use google_checks_v1alpha::schemas::repo_scan::{
    CliAnalysis, CodeAttribution, CodeScan, CodeScanDataTypeClassification, GenerateScanRequest,
    PullRequest, ScmMetadata, Source, SourceCode, code_scan_data_type_classification, source,
};

pub(crate) const WAIT: &str = r#"{"timeout":"90.5s"}"#;

pub(crate) fn wait() -> WaitOperationRequest {
    WaitOperationRequest::default().set_timeout(Duration::clamp(90, 500_000_000))
}

pub(crate) const CLASSIFY_CONTENT: &str = concat!(
    r#"{"classifierVersion":"LATEST","#,
    r#""context":{"prompt":"say \"hi\"\n"},"#,
    r#""input":{"textInput":{"content":"héllo 🧀","languageCode":"fr"}},"#,
    r#""policies":[{"policyType":"HATE_SPEECH","threshold":0.1},"#,
    r#"{"policyType":"NEW_POLICY","threshold":"NaN"}]}"#,
);

pub(crate) fn classify_content() -> ClassifyContentRequest {
    let text = TextInput::default()
        .set_content("héllo 🧀")
        .set_language_code("fr");
    let policy = ClassifyContentRequestPolicyConfig::default;
    ClassifyContentRequest::default()
        .set_classifier_version(ClassifierVersion::Latest)
        .set_context(ClassifyContentRequestContext::default().set_prompt("say \"hi\"\n"))
        .set_input(ClassifyContentRequestInputContent::default().set_text_input(text))
        .set_policies([
            policy()
                .set_policy_type(PolicyType::HateSpeech)
                .set_threshold(0.1),
            policy()
                .set_policy_type("NEW_POLICY")
                .set_threshold(f32::NAN),
        ])
}

pub(crate) const GENERATE_SCAN: &str = concat!(
    r#"{"cliAnalysis":{"codeScans":[{"dataTypeClassifications":["#,
    r#"{"dataType":"DATA_TYPE_PHONE_NUMBER","lineNumber":0}],"#,
    r#""sourceCode":{"code":"tel = \"\"\n","endLine":41,"path":"a/b.py","startLine":40}}],"#,
    r#""sources":[{"codeAttribution":{"codeExcerpt":"<tel>","lineNumber":42,"path":"a/b.py","#,
    r#""startLineNumber":40},"dataType":"DATA_TYPE_PHONE_NUMBER","falsePositive":false}]},"#,
    r#""cliVersion":"1.4.2","localScanPath":"services/billing","#,
    r#""scmMetadata":{"branch":"feature/über","#,
    r#""pullRequest":{"baseBranch":"main","prNumber":"1742"},"#,
    r#""remoteUri":"https://github.com/example/billing.git","revisionId":"db5bcc20"}}"#,
);

pub(crate) fn generate_scan() -> GenerateScanRequest {
    let pull_request = PullRequest::default()
        .set_base_branch("main")
        .set_pr_number("1742");
    let scm = ScmMetadata::default()
        .set_branch("feature/über")
        .set_pull_request(pull_request)
        .set_remote_uri("https://github.com/example/billing.git")
        .set_revision_id("db5bcc20");
    let analysis = CliAnalysis::default()
        .set_code_scans([code_scan()])
        .set_sources([found()]);
    GenerateScanRequest::default()
        .set_cli_analysis(analysis)
        .set_cli_version("1.4.2")
        .set_local_scan_path("services/billing")
        .set_scm_metadata(scm)
}

fn code_scan() -> CodeScan {
    let classification = CodeScanDataTypeClassification::default()
        .set_data_type(code_scan_data_type_classification::DataType::DataTypePhoneNumber)
        .set_line_number(0);
    let code = SourceCode::default()
        .set_code("tel = \"\"\n")
        .set_end_line(41)
        .set_path("a/b.py")
        .set_start_line(40);
    CodeScan::default()
        .set_data_type_classifications([classification])
        .set_source_code(code)
}

fn found() -> Source {
    let place = CodeAttribution::default()
        .set_code_excerpt("<tel>")
        .set_line_number(42)
        .set_path("a/b.py")
        .set_start_line_number(40);
    Source::default()
        .set_code_attribution(place)
        .set_data_type(source::DataType::DataTypePhoneNumber)
        .set_false_positive(false)
}
