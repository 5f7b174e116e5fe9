//! Errors as services report them: `google.rpc.Status` with details.

use bytes::Bytes;
use http::{Response, StatusCode, header};
use serde_json::{Value, json};

/// A code of `google.rpc.Code`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    Cancelled,
    InvalidArgument,
    NotFound,
    AlreadyExists,
    PermissionDenied,
    ResourceExhausted,
    FailedPrecondition,
    Aborted,
    OutOfRange,
    Unimplemented,
    Internal,
    Unavailable,
    DeadlineExceeded,
    Unauthenticated,
    Unknown,
}

/// Each code with its number, name and HTTP status.
const CODES: [(Code, u32, &str, u16); 15] = [
    (Code::Cancelled, 1, "CANCELLED", 499),
    (Code::InvalidArgument, 3, "INVALID_ARGUMENT", 400),
    (Code::NotFound, 5, "NOT_FOUND", 404),
    (Code::PermissionDenied, 7, "PERMISSION_DENIED", 403),
    (Code::Unauthenticated, 16, "UNAUTHENTICATED", 401),
    (Code::Aborted, 10, "ABORTED", 409),
    (Code::AlreadyExists, 6, "ALREADY_EXISTS", 409),
    (Code::ResourceExhausted, 8, "RESOURCE_EXHAUSTED", 429),
    (Code::FailedPrecondition, 9, "FAILED_PRECONDITION", 400),
    (Code::OutOfRange, 11, "OUT_OF_RANGE", 400),
    (Code::Unimplemented, 12, "UNIMPLEMENTED", 501),
    (Code::Internal, 13, "INTERNAL", 500),
    (Code::Unavailable, 14, "UNAVAILABLE", 503),
    (Code::DeadlineExceeded, 4, "DEADLINE_EXCEEDED", 504),
    (Code::Unknown, 2, "UNKNOWN", 500),
];

impl Code {
    /// Returns the number in `google.rpc.Code`.
    pub(crate) fn number(self) -> u32 {
        self.row().1
    }

    /// Returns the code that an HTTP status stands for.
    pub(crate) fn of_http(status: u16) -> Self {
        let mut rows = CODES.iter();
        rows.find(|row| row.3 == status)
            .map_or(Self::Unknown, |row| row.0)
    }

    fn row(self) -> (Self, u32, &'static str, u16) {
        let mut rows = CODES.into_iter();
        let unknown = (Self::Unknown, 2, "UNKNOWN", 500);
        rows.find(|row| row.0 == self).unwrap_or(unknown)
    }
}

/// The error of a call.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Failure {
    http: u16,
    code: Code,
    message: String,
    details: Vec<Value>,
}

impl Failure {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            http: code.row().3,
            code,
            message: message.into(),
            details: Vec::new(),
        }
    }

    /// An error with an HTTP status that is not the code's own.
    pub(crate) fn with_http(mut self, status: u16) -> Self {
        self.http = status;
        self
    }

    pub(crate) fn with_detail(mut self, detail: Value) -> Self {
        self.details.push(detail);
        self
    }

    /// Invalid parts of a request, each with its place and the problem.
    pub(crate) fn invalid(violations: &[Violation]) -> Self {
        let lines = violations
            .iter()
            .map(|violation| violation.description.as_str());
        let message = lines.collect::<Vec<_>>().join("\n");
        let fields = violations.iter().map(Violation::json);
        let fields: Vec<_> = fields.collect();
        Self::new(Code::InvalidArgument, message).with_detail(json!({
            "@type": "type.googleapis.com/google.rpc.BadRequest",
            "fieldViolations": fields,
        }))
    }

    /// An invalid part of a request.
    pub(crate) fn invalid_field(field: &str, description: impl Into<String>) -> Self {
        Self::invalid(&[Violation::new(field, description)])
    }

    pub(crate) fn not_found(name: &str) -> Self {
        Self::new(Code::NotFound, format!("Resource '{name}' was not found")).with_detail(json!({
            "@type": "type.googleapis.com/google.rpc.ResourceInfo",
            "resourceName": name,
        }))
    }

    /// Returns the reply over HTTP.
    pub(crate) fn reply(&self) -> Response<Bytes> {
        let mut error = json!({
            "code": self.http,
            "message": self.message,
            "status": self.code.row().2,
        });
        if let (false, Some(error)) = (self.details.is_empty(), error.as_object_mut()) {
            error.insert("details".to_owned(), json!(self.details));
        }
        let body = format!("{:#}\n", json!({"error": error}));
        let mut reply = Response::new(Bytes::from(body));
        *reply.status_mut() = StatusCode::from_u16(self.http).unwrap_or_default();
        let json = header::HeaderValue::from_static("application/json; charset=UTF-8");
        reply.headers_mut().insert(header::CONTENT_TYPE, json);
        reply
    }
}

/// An invalid part of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Violation {
    field: String,
    description: String,
}

impl Violation {
    pub(crate) fn new(field: &str, description: impl Into<String>) -> Self {
        Self {
            field: field.to_owned(),
            description: description.into(),
        }
    }

    fn json(&self) -> Value {
        json!({"field": self.field, "description": self.description})
    }
}
