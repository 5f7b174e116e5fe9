//! Tables of names, with the surprises of heck and of real documents.

use std::collections::{BTreeMap, BTreeSet};

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
fn values() {
    for (name, expected) in [
        ("FAILED_CHECK", "FailedCheck"),
        ("1", "_1"),
        ("-1", "Minus1"),
        ("_1", "_1"),
        ("<", "LessThan"),
        ("<=", "LessThanEqual"),
        ("+", "Plus"),
        ("é", "Ue9"),
        ("", "Unnamed"),
    ] {
        assert_eq!(Ident::value(name).to_string(), expected, "{name}");
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
fn functions_and_builders() {
    for (name, function, builder) in [
        ("setLabels", "set_labels", "SetLabels"),
        ("listIPv4", "list_i_pv4", "ListIPv4"),
        ("delete", "delete", "Delete"),
        ("move", "r#move", "Move"),
        ("ListBackups", "list_backups_", "ListBackups_"),
        ("list-backups", "list_backups_", "ListBackups_"),
        ("exportSBOM", "export_sbom_", "ExportSbom_"),
    ] {
        assert_eq!(Ident::function(name).to_string(), function);
        assert_eq!(Ident::builder(name).to_string(), builder);
    }
}

#[test]
fn schemas_keep_their_names_where_possible() {
    for (name, expected) in [
        ("HTTPHealthCheck", "HTTPHealthCheck"),
        ("HttpHealthCheck", "HttpHealthCheck"),
        ("dataWrapper", "dataWrapper"),
        ("Google_Protobuf_Empty", "Google_Protobuf_Empty"),
        ("Self", "Self_"),
        ("Self_", "Self__"),
        ("Option", "Option_"),
        ("thing", "thing_T"),
        ("Thing_T", "Thing_T_"),
        ("3D", "_3D_"),
        ("_3D", "__3D_"),
        ("Foo.Bar", "Foo_u2e_Bar_"),
        ("-", "_u2d__T"),
        ("", "__T"),
    ] {
        assert_eq!(Ident::schema(name, &["Option"]).to_string(), expected);
    }
}

#[test]
fn modules() {
    for (name, expected) in [
        ("Report", "report"),
        ("HttpHealthCheck", "http_health_check"),
        ("HTTPHealthCheck", "http__health_check"),
        ("GRPCTLSHealthCheck", "grpctls__health_check"),
        ("RouteToMCP", "route_to_mcp_"),
        ("OAuthToken", "o_auth_token"),
        ("Hl7V2Store", "hl7_v2_store"),
        ("DailyVO2Max", "daily_vo2__max"),
        ("Campaign_GeoTarget", "campaign___geo_target"),
        ("Type", "r#type"),
        ("Super", "_super"),
        ("Core", "_core"),
        ("dataWrapper", "__data_wrapper"),
        ("Foo_", "___foo_0"),
    ] {
        let module = Ident::module(name, |module| module == "core");
        assert_eq!(module.to_string(), expected);
    }
}

/// Returns all combinations of up to four of these parts.
fn spellings() -> BTreeSet<String> {
    let parts = [
        "A", "b", "Cd", "_", "__", "1", "V1", "T", "Google", "Demo", "-",
    ];
    let mut spellings = BTreeSet::from([String::new()]);
    for _ in 0..4 {
        let longer = spellings
            .iter()
            .flat_map(|name| parts.map(|part| format!("{name}{part}")));
        spellings = longer.chain(spellings.clone()).collect();
    }
    spellings
}

/// Returns package, type and module of nested types of a schema of `demo:v1`.
fn encoded(name: &str) -> (Option<String>, String, String) {
    let reserved = |module: &str| module == "b";
    let split = split_package(name);
    let own = split.map_or(name, |split| split.own);
    let package = split.map(|split| split.module("demo", "v1", reserved).to_string());
    let is_root = package.is_none();
    let nested = Ident::module(own, |module| {
        reserved(module) || (is_root && is_package_module(module))
    });
    (
        package,
        Ident::schema(own, &["Cd"]).to_string(),
        nested.to_string(),
    )
}

#[test]
fn no_two_schemas_meet() {
    let mut taken = BTreeMap::new();
    let mut packages = BTreeMap::new();
    for name in spellings() {
        let (package, ty, nested) = encoded(&name);
        for path in [(package.clone(), ty), (package.clone(), nested)] {
            let other = taken.insert(path.clone(), name.clone());
            assert_eq!(other, None, "{path:?} of {name}");
        }
        if let (Some(module), Some(split)) = (package, split_package(&name)) {
            let package = (split.package.to_owned(), split.separator);
            let other = packages.insert(module.clone(), package.clone());
            assert!(
                other.is_none_or(|other| other == package),
                "{module} of {name}"
            );
        }
    }
    // The short names of the packages of the API itself are the exception.
    for (module, (package, _)) in packages {
        let met = taken.get(&(None, module.clone()));
        let is_short = package.starts_with("GoogleDemo") && !is_package_module(&module);
        assert!(
            met.is_none() || is_short,
            "{module} of {package} and {met:?}"
        );
    }
}

#[test]
fn packages() {
    use packages::Separator::{Underscore, Underscores, Version};
    for (schema, expected) in [
        (
            "GoogleChecksReportV1alphaReport",
            Some(("GoogleChecksReportV1alpha", Version, "Report")),
        ),
        (
            "GoogleCloudVideointelligenceV1p3beta1Entity",
            Some(("GoogleCloudVideointelligenceV1p3beta1", Version, "Entity")),
        ),
        (
            "GoogleCloudVideointelligenceV1_AnnotateVideoProgress",
            Some((
                "GoogleCloudVideointelligenceV1",
                Underscore,
                "AnnotateVideoProgress",
            )),
        ),
        (
            "GoogleLongrunning__Operation",
            Some(("GoogleLongrunning", Underscores, "Operation")),
        ),
        (
            "GoogleAdsSearchads360V23Common__AdSchedule",
            Some(("GoogleAdsSearchads360V23Common", Underscores, "AdSchedule")),
        ),
        ("Operation", None),
        ("Foo__Bar", None),
        ("IPV4Address", None),
        ("GoogleRpcStatus", None),
        ("GoogleChecksReportV1alpha", None),
        ("__Foo", None),
    ] {
        let split = split_package(schema);
        let split = split.map(|split| (split.package, split.separator, split.own));
        assert_eq!(split, expected, "{schema}");
    }
}

#[test]
fn package_modules() {
    for (schema, name, version, expected) in [
        (
            "GoogleChecksReportV1alphaReport",
            "checks",
            "v1alpha",
            "report",
        ),
        (
            "GoogleChecksRepoScanV1alphaScan",
            "checks",
            "v1alpha",
            "repo_scan",
        ),
        (
            "GoogleChecksV1alphaScan",
            "checks",
            "v1alpha",
            "checks_v1alpha",
        ),
        (
            "GoogleCloudDiscoveryengineV1Document",
            "discoveryengine",
            "v1",
            "cloud_discoveryengine_v1",
        ),
        (
            "GoogleCloudDiscoveryengineV1alphaDocument",
            "discoveryengine",
            "v1",
            "cloud_discoveryengine_v1alpha",
        ),
        (
            "GoogleCloudVideointelligenceV1p3beta1Entity",
            "videointelligence",
            "v1",
            "cloud_videointelligence_v1p3beta1",
        ),
        ("GoogleIamV1Policy", "sts", "v1", "iam_v1"),
        ("GoogleIamV1_Policy", "sts", "v1", "google_iam_v1"),
        ("GoogleIamV1__Policy", "sts", "v1", "google_iam_v1_"),
        (
            "GoogleAdsSearchads360V23Common__AdSchedule",
            "searchads360",
            "v23",
            "google_ads_searchads360_v23_common",
        ),
        (
            "GoogleLongrunning__Operation",
            "apim",
            "v1alpha",
            "google_longrunning",
        ),
        ("GoogleDemoABTestV1Foo", "demo", "v1", "ab__test"),
        ("GoogleDemoAbTestV1Foo", "demo", "v1", "ab_test"),
        ("GoogleDemoDemoV1Foo", "demo", "v1", "demo"),
        ("GoogleDemoV1Foo", "demo", "v1", "demo_v1"),
        (
            "GoogleCloudDemoReportV1Foo",
            "demo",
            "v1",
            "cloud_demo_report_v1",
        ),
        ("GoogleDemoReportV1Foo", "demo", "v1", "report"),
    ] {
        let split = split_package(schema).expect("a package");
        let module = split.module(name, version, |_| false);
        assert_eq!(module.to_string(), expected, "{schema}");
    }
}

#[test]
fn kebab_case() {
    assert_eq!(kebab("directory_v1.1"), "directory-v1-1");
}

#[test]
fn a_table_never_gives_a_name_twice() {
    let mut table = NameTable::reserving(&["Resource"]);
    let given: Vec<_> = ["resource", "get", "GET", "Get"]
        .map(|name| table.assign(Ident::camel(name)).to_string())
        .into();
    assert_eq!(given, ["Resource_", "Get", "Get_", "Get2"]);
}
