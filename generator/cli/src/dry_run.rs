//! Requests that are printed as `curl` commands instead of being sent.

use std::sync::{Arc, Mutex};

use discovery_runtime::{Call, Error, Reply, Result, Transport};

/// A transport that records the first request, and fails.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recorder(Arc<Mutex<Option<String>>>);

impl Recorder {
    /// Returns the recorded request.
    pub(crate) fn command(&self) -> Option<String> {
        let command = self.0.lock();
        command
            .unwrap_or_else(|poisoned| poisoned.into_inner())
            .clone()
    }
}

impl Transport for Recorder {
    async fn send(&self, call: Call) -> Result<Reply> {
        let mut command = format!("curl -X {} {}", call.http_method(), quoted(call.url()));
        let headers = call
            .headers()
            .iter()
            .filter(|(_, value)| !value.is_sensitive());
        for (name, value) in headers {
            let value = String::from_utf8_lossy(value.as_bytes());
            command.push_str(&format!(
                " \\\n  -H {}",
                quoted(&format!("{name}: {value}"))
            ));
        }
        match call
            .body()
            .as_bytes()
            .map(|bytes| std::str::from_utf8(bytes))
        {
            Some(Ok("")) => {}
            Some(Ok(text)) => command.push_str(&format!(" \\\n  --data-binary {}", quoted(text))),
            Some(Err(_)) | None => command.push_str(" \\\n  --data-binary @MEDIA"),
        }
        let mut recorded = self
            .0
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        recorded.get_or_insert(command);
        Err(Error::exhausted("a dry run sends nothing"))
    }
}

/// Quotes a word for a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
