//! Calls that follow long-running operations.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::methods::Segment;
use super::skip::is_default;

/// A resource of operations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct OperationService {
    /// The call that gets an operation.
    pub get: OperationCall,
    /// The regular expressions that the values of its path must match, by variable.
    #[serde(skip_serializing_if = "is_default")]
    pub patterns: BTreeMap<String, String>,
    /// The call that cancels one.
    #[serde(skip_serializing_if = "is_default")]
    pub cancel: Option<OperationCall>,
    /// The call that waits for one.
    #[serde(skip_serializing_if = "is_default")]
    pub wait: Option<OperationCall>,
    /// The place of the timeout in the call that waits.
    #[serde(skip_serializing_if = "is_default")]
    pub wait_timeout: Option<WaitTimeout>,
}

/// A call that takes nothing but an operation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct OperationCall {
    /// The name in the document.
    pub id: String,
    /// The HTTP method.
    pub verb: String,
    /// The path, relative to root URL and service path.
    pub path: Vec<Segment>,
    /// The value of the header that selects the behaviour of the server.
    #[serde(skip_serializing_if = "is_default")]
    pub api_version: Option<String>,
}

/// The place of the timeout in a call that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitTimeout {
    /// In a field of its request body.
    Body,
    /// In a query parameter.
    Query,
}
