//! Compares the document with these tests: a new method, field or enum value in the document fails
//! here until it is tested.

use std::collections::{BTreeMap, BTreeSet};

use discovery_runtime::OpenEnum;
use google_checks_v1alpha::schemas::{aisafety, repo_scan, report};
use serde_json::Value;

use crate::support::parse;
use crate::{messages, methods, uploads};

/// Returns the document that the client was generated from, as published.
pub(crate) fn load() -> Value {
    parse(include_str!(
        "../../../../discovery/documents/checks.v1alpha.json"
    ))
}

/// Collects all methods below a resource, by id.
fn methods_of<'a>(resource: &'a Value, found: &mut BTreeMap<&'a str, &'a Value>) {
    for (_, method) in entries(&resource["methods"]) {
        found.insert(method["id"].as_str().unwrap(), method);
    }
    for (_, resource) in entries(&resource["resources"]) {
        methods_of(resource, found);
    }
}

/// Returns the entries of an object that may be absent.
fn entries(object: &Value) -> impl Iterator<Item = (&String, &Value)> {
    object.as_object().into_iter().flatten()
}

/// Returns all methods of a document, by id.
pub(crate) fn methods_in(document: &Value) -> BTreeMap<&str, &Value> {
    let mut found = BTreeMap::new();
    methods_of(document, &mut found);
    found
}

/// Returns the name and the definition of the only path parameter of a method.
pub(crate) fn path_parameter(method: &Value) -> (&str, &Value) {
    let mut parameters = entries(&method["parameters"]);
    let found = parameters.find(|(_, parameter)| parameter["location"] == "path");
    let (name, parameter) = found.unwrap();
    (name, parameter)
}

#[test]
fn every_method_is_called_once() {
    let document = load();
    let calls = methods::all();
    let called: Vec<&str> = calls.iter().map(|call| call.id).collect();
    let mut sorted = called.clone();
    sorted.sort_unstable();
    let known: Vec<&str> = methods_in(&document).into_keys().collect();
    assert_eq!(sorted, known);
}

/// Checks paths against `flatPath`, which has no variables that span segments, and so is
/// independent of the template that the generator reads.
#[test]
fn requests_go_where_the_document_says() {
    let document = load();
    let methods = methods_in(&document);
    for call in methods::all() {
        let method = methods[call.id];
        let (verb, target) = call.line.split_once(" /").unwrap();
        assert_eq!(verb, method["httpMethod"], "{}", call.id);
        let path = target.split('?').next().unwrap();
        let path = path.strip_prefix("upload/").unwrap_or(path);
        let template = method["flatPath"].as_str().unwrap();
        assert!(fits(template, path), "{}: {path}", call.id);
    }
}

/// Reports if a path matches a template whose variables are one segment each.
fn fits(template: &str, path: &str) -> bool {
    let (wanted, given) = (template.split('/'), path.split('/'));
    wanted.clone().count() == given.clone().count()
        && wanted
            .zip(given)
            .all(|(wanted, given)| match wanted.split_once('}') {
                Some((_, verb)) => given.ends_with(verb) && given.len() > verb.len(),
                None => wanted == given,
            })
}

#[test]
fn fixtures_have_every_response_field() {
    let answers = methods::all().into_iter();
    assert_complete("response", answers.map(|call| (call.id, call.answer())));
}

#[test]
fn messages_have_every_request_field() {
    let messages = [
        ("checks.accounts.apps.operations.wait", messages::WAIT),
        (
            "checks.accounts.repos.scans.generate",
            messages::GENERATE_SCAN,
        ),
        (
            "checks.aisafety.classifyContent",
            messages::CLASSIFY_CONTENT,
        ),
        ("checks.media.upload", uploads::METADATA),
    ];
    assert_complete("request", messages.map(|(id, text)| (id, text.to_owned())));
}

/// Fails if the `response` or `request` schema of a method has a field that is in none of these
/// messages, or if a message has a field that is not in its schema.
fn assert_complete(kind: &str, messages: impl IntoIterator<Item = (&'static str, String)>) {
    let document = load();
    let mut fields = Fields {
        schemas: &document["schemas"],
        seen: BTreeSet::new(),
        known: BTreeSet::new(),
    };
    let methods = methods_in(&document);
    for method in methods.values() {
        if let Some(schema) = method[kind]["$ref"].as_str() {
            fields.know(schema);
        }
    }
    for (id, text) in messages {
        fields.see(methods[id][kind]["$ref"].as_str().unwrap(), &parse(&text));
    }
    let missing: Vec<_> = fields.known.difference(&fields.seen).collect();
    assert!(missing.is_empty(), "missing from every {kind}: {missing:?}");
}

/// Fields of schemas, written `Schema.field`.
struct Fields<'a> {
    schemas: &'a Value,
    seen: BTreeSet<String>,
    known: BTreeSet<String>,
}

impl<'a> Fields<'a> {
    /// Records the fields of a schema and of the schemas that it refers to.
    fn know(&mut self, schema: &str) {
        for (name, field) in entries(self.of(schema)) {
            let new = self.known.insert(format!("{schema}.{name}"));
            if let (true, Some(inner)) = (new, referred(field)) {
                self.know(inner);
            }
        }
    }

    /// Records the fields that a message has.
    fn see(&mut self, schema: &str, message: &Value) {
        for (name, value) in entries(message) {
            let field = self.of(schema).get(name);
            let field = field.unwrap_or_else(|| panic!("{schema} has no field `{name}`"));
            self.seen.insert(format!("{schema}.{name}"));
            let Some(inner) = referred(field) else {
                continue;
            };
            for value in value.as_array().unwrap_or(&vec![value.clone()]) {
                self.see(inner, value);
            }
        }
    }

    fn of(&self, schema: &str) -> &'a Value {
        &self.schemas[schema]["properties"]
    }
}

/// Returns the schema that a field, or an element of a list field, refers to.
fn referred(field: &Value) -> Option<&str> {
    field["$ref"].as_str().or(field["items"]["$ref"].as_str())
}

fn names<T: OpenEnum>() -> Vec<&'static str> {
    T::VALUES.iter().map(|(name, _)| *name).collect()
}

#[test]
fn enums_have_every_value() {
    const AISAFETY: &str = "GoogleChecksAisafetyV1alpha";
    const SCAN: &str = "GoogleChecksRepoScanV1alpha";
    const REPORT: &str = "GoogleChecksReportV1alpha";
    #[rustfmt::skip]
    let enums = [
        (AISAFETY, "ClassifyContentRequest.classifierVersion", names::<aisafety::classify_content_request::ClassifierVersion>()),
        (AISAFETY, "ClassifyContentRequestPolicyConfig.policyType", names::<aisafety::classify_content_request_policy_config::PolicyType>()),
        (AISAFETY, "ClassifyContentResponsePolicyResult.policyType", names::<aisafety::classify_content_response_policy_result::PolicyType>()),
        (AISAFETY, "ClassifyContentResponsePolicyResult.violationResult", names::<aisafety::classify_content_response_policy_result::ViolationResult>()),
        (SCAN, "CodeScanDataTypeClassification.dataType", names::<repo_scan::code_scan_data_type_classification::DataType>()),
        (SCAN, "Source.dataType", names::<repo_scan::source::DataType>()),
        (REPORT, "AnalyzeUploadRequest.appBinaryFileType", names::<report::analyze_upload_request::AppBinaryFileType>()),
        (REPORT, "AppBundle.releaseType", names::<report::app_bundle::ReleaseType>()),
        (REPORT, "Check.severity", names::<report::check::Severity>()),
        (REPORT, "Check.state", names::<report::check::State>()),
        (REPORT, "Check.type", names::<report::check::Type>()),
        (REPORT, "CheckCitation.type", names::<report::check_citation::Type>()),
        (REPORT, "CheckDataTypeEvidence.dataType", names::<report::check_data_type_evidence::DataType>()),
        (REPORT, "CheckStateMetadata.badges", names::<report::check_state_metadata::Badges>()),
        (REPORT, "DataMonitoringDataTypeResult.dataType", names::<report::data_monitoring_data_type_result::DataType>()),
        (REPORT, "DataMonitoringResultMetadata.badges", names::<report::data_monitoring_result_metadata::Badges>()),
        (REPORT, "DataTypeEndpointEvidence.exfiltratedDataType", names::<report::data_type_endpoint_evidence::ExfiltratedDataType>()),
    ];
    let generated = enums.map(|(package, field, names)| (format!("{package}{field}"), names));
    assert_eq!(BTreeMap::from(generated), enums_in(&load()));
}

/// Returns the values of every enum in a document, by field.
fn enums_in(document: &Value) -> BTreeMap<String, Vec<&str>> {
    let mut found = BTreeMap::new();
    for (schema, content) in entries(&document["schemas"]) {
        for (name, field) in entries(&content["properties"]) {
            let values = field["enum"]
                .as_array()
                .or(field["items"]["enum"].as_array());
            if let Some(values) = values {
                let values = values.iter().filter_map(Value::as_str).collect();
                found.insert(format!("{schema}.{name}"), values);
            }
        }
    }
    found
}
