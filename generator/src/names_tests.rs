//! Tables of names, with what heck and real documents do to them.

use super::*;

#[test]
fn snake_case() {
    for (name, expected) in [
        ("pageSize", "page_size"),
        (
            "options.requestedPolicyVersion",
            "options_requested_policy_version",
        ),
        ("max-results", "max_results"),
        ("$.xgafv", "xgafv"),
        ("$ref", "r#ref"),
        ("@type", "r#type"),
        ("_type", "r#type"),
        ("gen", "r#gen"),
        ("override", "r#override"),
        ("self", "self_"),
        ("super", "super_"),
        ("IPv4Address", "i_pv4_address"),
        ("2FA", "_2fa"),
        ("$", "unnamed"),
        ("", "unnamed"),
        ("naïve", "na_ve"),
        ("union", "union"),
    ] {
        assert_eq!(Ident::snake(name).to_string(), expected, "{name}");
    }
}

#[test]
fn upper_camel_case() {
    for (name, expected) in [
        ("FAILED_CHECK", "FailedCheck"),
        ("SELF", "Self_"),
        ("self", "Self_"),
        ("7DAYS", "_7days"),
        ("AD_ID.ORG", "AdIdOrg"),
        ("activated", "Activated"),
        ("", "Unnamed"),
    ] {
        assert_eq!(Ident::camel(name).to_string(), expected, "{name}");
    }
}

#[test]
fn constants() {
    assert_eq!(
        Ident::constant("cloud-platform.read-only").to_string(),
        "CLOUD_PLATFORM_READ_ONLY"
    );
}

#[test]
fn schema_names_stay_as_they_are_where_they_can() {
    for (name, expected) in [
        ("HTTPHealthCheck", "HTTPHealthCheck"),
        ("HttpHealthCheck", "HttpHealthCheck"),
        ("dataWrapper", "DataWrapper"),
        ("Google_Protobuf_Empty", "GoogleProtobufEmpty"),
        ("Self", "Self_"),
    ] {
        assert_eq!(Ident::schema(name).to_string(), expected, "{name}");
    }
}

#[test]
fn serde_derives_the_name_of_most_fields() {
    for (name, expected) in [
        ("resultsUri", "resultsUri"),
        ("type", "type"),
        ("self", "self"),
        ("IPProtocol", "ipProtocol"),
    ] {
        assert_eq!(serde_camel_case(&Ident::snake(name)), expected, "{name}");
    }
}

#[test]
fn packages() {
    for (schema, expected) in [
        (
            "GoogleChecksReportV1alphaReport",
            Some(("GoogleChecksReportV1alpha", "Report")),
        ),
        (
            "GoogleCloudVideointelligenceV1p3beta1Entity",
            Some(("GoogleCloudVideointelligenceV1p3beta1", "Entity")),
        ),
        (
            "GoogleCloudVideointelligenceV1_AnnotateVideoProgress",
            Some(("GoogleCloudVideointelligenceV1", "AnnotateVideoProgress")),
        ),
        (
            "GoogleLongrunning__Operation",
            Some(("GoogleLongrunning", "Operation")),
        ),
        (
            "GoogleAdsSearchads360V23Common__AdSchedule",
            Some(("GoogleAdsSearchads360V23Common", "AdSchedule")),
        ),
        ("Operation", None),
        ("IPV4Address", None),
        ("GoogleRpcStatus", None),
        ("GoogleChecksReportV1alpha", None),
        ("__Foo", None),
    ] {
        assert_eq!(split_package(schema), expected, "{schema}");
    }
}

#[test]
fn package_modules() {
    for (package, name, version, expected) in [
        ("GoogleChecksReportV1alpha", "checks", "v1alpha", "report"),
        (
            "GoogleChecksRepoScanV1alpha",
            "checks",
            "v1alpha",
            "repo_scan",
        ),
        (
            "GoogleCloudDiscoveryengineV1",
            "discoveryengine",
            "v1",
            "discoveryengine",
        ),
        (
            "GoogleCloudDiscoveryengineV1alpha",
            "discoveryengine",
            "v1",
            "cloud_discoveryengine_v1alpha",
        ),
        (
            "GoogleCloudVideointelligenceV1p3beta1",
            "videointelligence",
            "v1",
            "cloud_videointelligence_v1p3beta1",
        ),
        ("GoogleIamV1", "sts", "v1", "iam_v1"),
        (
            "GoogleAdsSearchads360V23Common",
            "searchads360",
            "v23",
            "ads_searchads360_v23_common",
        ),
        ("GoogleLongrunning", "apim", "v1alpha", "longrunning"),
    ] {
        assert_eq!(
            package_module(package, name, version).to_string(),
            expected,
            "{package}"
        );
    }
}

#[test]
fn kebab_case() {
    assert_eq!(kebab("directory_v1.1"), "directory-v1-1");
}

#[test]
fn a_scope_never_gives_a_name_twice() {
    let mut scope = Scope::reserving(&["Resource"]);
    let given: Vec<_> = ["resource", "get", "GET", "Get"]
        .map(|name| scope.assign(Ident::camel(name)).to_string())
        .into();
    assert_eq!(given, ["Resource_", "Get", "Get_", "Get2"]);
}
