//! Reports as written by hand for one program: only the fields of the page, strings instead of
//! enums, and no support for `null` or unknown values.

#![allow(dead_code, reason = "the fields are only decoded")]

use google_checks_v1alpha::runtime::Timestamp;
use serde::Deserialize;

macro_rules! messages {
    ($($name:ident { $($field:ident: $type:ty,)* })*) => {$(
        #[derive(Debug, Default, Deserialize)]
        #[serde(default, rename_all = "camelCase")]
        pub(crate) struct $name { $(pub(crate) $field: $type,)* }
    )*};
}

messages! {
    Reports { reports: Vec<Report>, }
    Report {
        name: String,
        results_uri: Option<String>,
        app_bundle: Option<AppBundle>,
        checks: Vec<Check>,
        data_monitoring: Option<DataMonitoring>,
    }
    AppBundle {
        bundle_id: Option<String>,
        code_reference_id: Option<String>,
        release_type: Option<String>,
        version: Option<String>,
        version_id: Option<String>,
    }
    Check {
        r#type: Option<String>,
        state: Option<String>,
        severity: Option<String>,
        region_codes: Vec<String>,
        citations: Vec<Citation>,
        state_metadata: Option<StateMetadata>,
        evidence: Option<Evidence>,
    }
    Citation { r#type: Option<String>, }
    StateMetadata {
        badges: Vec<String>,
        first_failing_time: Option<Timestamp>,
        last_failing_time: Option<Timestamp>,
    }
    Evidence {
        data_security: Option<DataSecurity>,
        data_types: Vec<DataType>,
        endpoint_restriction_violations: Vec<EndpointDetails>,
        endpoints: Vec<EndpointEvidence>,
        permission_restriction_violations: Vec<PermissionDetails>,
        permissions: Vec<PermissionEvidence>,
        privacy_policy_texts: Vec<PolicyText>,
        sdk_issues: Vec<SdkEvidence>,
        sdk_restriction_violations: Vec<SdkDetails>,
        sdks: Vec<SdkEvidence>,
    }
    DataSecurity { data_in_transit_info: Vec<InTransit>, }
    InTransit { uri: Option<String>, }
    DataType {
        data_type: Option<String>,
        data_type_evidence: Option<DataTypeEvidence>,
        metadata: Option<Metadata>,
    }
    DataTypeEvidence {
        endpoints: Vec<DataTypeEndpoint>,
        permissions: Vec<PermissionEvidence>,
        privacy_policy_texts: Vec<PolicyText>,
    }
    DataTypeEndpoint {
        exfiltrated_data_type: Option<String>,
        attributed_sdks: Vec<SdkEvidence>,
        endpoint_details: Vec<EndpointEvidence>,
    }
    EndpointDetails { endpoint_details: Vec<EndpointEvidence>, }
    EndpointEvidence {
        endpoint: Option<Endpoint>,
        hit_count: Option<i32>,
        metadata: Option<Metadata>,
    }
    Endpoint { domain: Option<String>, }
    PermissionDetails { permission_details: Vec<PermissionEvidence>, }
    PermissionEvidence { permission: Option<Identified>, metadata: Option<Metadata>, }
    SdkDetails { sdk_details: Vec<SdkEvidence>, }
    SdkEvidence {
        sdk: Option<Identified>,
        sdk_version: Option<String>,
        metadata: Option<Metadata>,
    }
    Identified { id: Option<String>, }
    PolicyText { policy_fragment: Option<PolicyFragment>, }
    PolicyFragment { html_content: Option<String>, source_uri: Option<String>, }
    DataMonitoring {
        data_types: Vec<DataType>,
        endpoints: Vec<EndpointEvidence>,
        permissions: Vec<PermissionEvidence>,
        sdks: Vec<SdkEvidence>,
    }
    Metadata {
        badges: Vec<String>,
        first_detected_time: Option<Timestamp>,
        last_detected_app_version: Option<String>,
        last_detected_time: Option<Timestamp>,
    }
}
