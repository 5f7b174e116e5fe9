//! Rules: replies and faults in place of what the fake would do.

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::incoming::Incoming;
use crate::status::{Code, Failure};

/// A reply or a fault for some calls.
///
/// A rule with a status or a body replies in place of the fake; one without changes the delivery of
/// the fake's reply.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Rule {
    /// The id of a method, or its start before a `*`. Without one, all methods.
    pub method: Option<String>,
    /// The number of calls; without one, all calls.
    pub times: Option<u32>,
    /// The status of the reply.
    pub status: Option<u16>,
    /// The reason in the details of an error, such as `RATE_LIMIT_EXCEEDED`.
    pub reason: Option<String>,
    /// The body of the reply. Without one, a status from 400 has an error.
    pub body: Option<Value>,
    /// Headers of the reply.
    pub headers: BTreeMap<String, String>,
    /// `Retry-After`, in seconds.
    pub retry_after: Option<u32>,
    /// The delivery of the reply.
    #[serde(flatten)]
    pub delivery: Delivery,
}

/// Faults in the delivery of a reply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Delivery {
    /// The time before the reply, in milliseconds.
    pub latency: u64,
    /// The connection is closed without a reply.
    pub reset: bool,
    /// There is no reply, and the connection stays open.
    pub stall: bool,
    /// The connection is closed after this number of bytes of the body.
    pub cut_after: Option<usize>,
}

/// The rules of a fake, and how often each header with a rule was used.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    rules: Vec<Rule>,
    used: HashMap<String, u32>,
}

impl Rules {
    pub(crate) fn add(&mut self, rule: Rule) {
        self.rules.push(rule);
    }

    pub(crate) fn all(&self) -> &[Rule] {
        &self.rules
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Returns the rule for a call, and counts it: that of the header `x-fake-rule`, or the first one for
    /// the method.
    pub(crate) fn take(
        &mut self,
        request: &Incoming,
        method: &str,
    ) -> Result<Option<Rule>, Failure> {
        if let Some(header) = request.header("x-fake-rule") {
            return self.of_header(header, method);
        }
        let position = self.rules.iter().position(|rule| rule.is_for(method));
        let Some(rule) = position.and_then(|at| self.rules.get_mut(at)) else {
            return Ok(None);
        };
        if let Some(times) = &mut rule.times {
            *times = times.saturating_sub(1);
        }
        let taken = rule.clone();
        self.rules.retain(|rule| rule.times != Some(0));
        Ok(Some(taken))
    }

    fn of_header(&mut self, header: &str, method: &str) -> Result<Option<Rule>, Failure> {
        let rule: Rule = serde_json::from_str(header).map_err(|error| {
            Failure::new(
                Code::InvalidArgument,
                format!("x-fake-rule is not a rule in JSON: {error}"),
            )
        })?;
        let used = self.used.entry(format!("{method} {header}")).or_default();
        *used = used.saturating_add(1);
        let is_over = rule.times.is_some_and(|times| *used > times);
        Ok((!is_over && rule.is_for(method)).then_some(rule))
    }
}

impl Rule {
    fn is_for(&self, method: &str) -> bool {
        self.times != Some(0)
            && match self.method.as_deref() {
                None => true,
                Some(pattern) => match pattern.strip_suffix('*') {
                    Some(start) => method.starts_with(start),
                    None => method == pattern,
                },
            }
    }

    /// Returns the reply of the rule, if it has one.
    pub(crate) fn reply(&self) -> Option<Response<Bytes>> {
        let status = self.status.or(self.body.as_ref().map(|_| 200))?;
        let mut reply = match &self.body {
            Some(body) => Response::new(Bytes::from(body.to_string())),
            None if status >= 400 => self.failure(status).reply(),
            None => Response::new(Bytes::from_static(b"{}")),
        };
        *reply.status_mut() =
            StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let json = HeaderValue::from_static("application/json; charset=UTF-8");
        reply.headers_mut().insert("content-type", json);
        if let Some(seconds) = self.retry_after {
            reply
                .headers_mut()
                .insert("retry-after", HeaderValue::from(seconds));
        }
        for (name, value) in &self.headers {
            if let (Ok(name), Ok(value)) =
                (name.parse::<HeaderName>(), HeaderValue::try_from(value))
            {
                reply.headers_mut().insert(name, value);
            }
        }
        Some(reply)
    }

    fn failure(&self, status: u16) -> Failure {
        let failure =
            Failure::new(Code::of_http(status), "A rule of the fake says so.").with_http(status);
        let Some(reason) = &self.reason else {
            return failure;
        };
        failure.with_detail(json!({
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": reason,
            "domain": "googleapis.com",
        }))
    }
}
