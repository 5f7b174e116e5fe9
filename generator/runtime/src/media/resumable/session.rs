//! Sessions of resumable uploads.

use std::{fmt, str::FromStr};

use http::{HeaderMap, header};
use reqwest::Url;
use serde::{Deserialize, Serialize};

use crate::{
    call::prepared::Prepared,
    error::{self, Error, MediaError, Result},
    media::trust,
};

/// The session of a resumable upload, which can be stored as text and continued later:
///
/// ```
/// # fn main() -> Result<(), discovery_runtime::Error> {
/// use discovery_runtime::UploadSession;
/// let stored = "https://storage.googleapis.com/upload/storage/v1/b/mine/o?upload_id=ABg5";
/// let session: UploadSession = stored.parse()?;
/// assert_eq!(session.to_string(), stored);
/// # Ok(())
/// # }
/// ```
///
/// The text is a URL that lets everyone who knows it upload: keep it secret. `Debug` does not show it.
/// The service decides how long a session lasts; those of Cloud Storage last a week.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UploadSession(Url);

impl UploadSession {
    pub(super) fn new(url: Url) -> Self {
        Self(url)
    }

    /// Returns the session that a reply names.
    pub(super) fn of_reply(headers: &HeaderMap, start: &Prepared) -> Result<Self> {
        let mut locations = headers.get_all(header::LOCATION).iter();
        let location = locations.next().filter(|_| locations.next().is_none());
        let url = location
            .and_then(|location| location.to_str().ok())
            .and_then(|location| start.url.join(location).ok())
            .filter(|url| is_elsewhere(url, &start.url));
        match url {
            Some(url) => Ok(Self(url)),
            None => Err(error::media(MediaError::Protocol {
                problem: "the service began the upload without saying where".to_owned(),
            })),
        }
    }

    /// Returns its URL, if the credentials may be sent there: to where they were sent to begin it, or
    /// to another host of Google's if that was one.
    pub(super) fn admitted(&self, start: &Prepared) -> Result<Url> {
        if is_admitted(&self.0, &start.url, start.client.0.universe.domain()) {
            return Ok(self.0.clone());
        }
        Err(error::media(MediaError::SessionElsewhere {
            origin: self.0.origin().ascii_serialization(),
        }))
    }
}

/// Returns whether a URL is not that of the request that began the session.
fn is_elsewhere(session: &Url, start: &Url) -> bool {
    let query = session.query().unwrap_or_default();
    let is_named = !query.is_empty() && Some(query) != start.query();
    is_named || session.path() != start.path()
}

fn is_admitted(session: &Url, start: &Url, universe: &str) -> bool {
    let both_googles = [session, start]
        .into_iter()
        .all(|url| trust::is_googles_api(url, universe));
    trust::is_same_host(session, start) || both_googles
}

impl fmt::Display for UploadSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

impl fmt::Debug for UploadSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let origin = self.0.origin().ascii_serialization();
        f.debug_tuple("UploadSession").field(&origin).finish()
    }
}

impl FromStr for UploadSession {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let url = Url::parse(text).ok();
        let url = url.filter(|url| matches!(url.scheme(), "https" | "http"));
        url.map(Self)
            .ok_or_else(|| error::configuration("an upload session is a URL, which this is not"))
    }
}

impl TryFrom<String> for UploadSession {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<UploadSession> for String {
    fn from(session: UploadSession) -> Self {
        session.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(session: &str, start: &str) -> bool {
        let [session, start] = [session, start].map(|url| Url::parse(url).unwrap());
        is_admitted(&session, &start, "googleapis.com")
    }

    #[test]
    fn credentials_go_to_where_they_went_before_or_to_googles_own() {
        let storage = "https://storage.googleapis.com/upload";
        for (session, start) in [
            ("https://storage.googleapis.com/upload?upload_id=1", storage),
            ("https://www.googleapis.com/upload?upload_id=1", storage),
            ("https://proxy.example/upload", "https://proxy.example/x"),
            ("http://127.0.0.1:80/u", "http://127.0.0.1/x"),
            ("http://localhost:8080/u", "http://127.0.0.1:8080/x"),
            ("http://[::1]:8080/u", "http://localhost:8080/x"),
        ] {
            assert!(admitted(session, start), "{session} of {start}");
        }
    }

    #[test]
    fn credentials_go_nowhere_else() {
        let storage = "https://storage.googleapis.com/upload";
        for (session, start) in [
            ("https://example.com/upload", storage),
            ("http://storage.googleapis.com/upload", storage),
            ("https://storage.googleapis.com:8443/upload", storage),
            ("https://storage.googleapis.com.example/upload", storage),
            ("https://evilgoogleapis.com/upload", storage),
            ("https://user@storage.googleapis.com/upload", storage),
            ("https://:pass@storage.googleapis.com/upload", storage),
            ("http://127.0.0.1/upload", storage),
            (
                "https://storage.googleapis.com/u",
                "https://proxy.example/x",
            ),
            ("https://proxy.example/u", "https://other.proxy.example/x"),
            ("https://localhost:8080/u", "http://localhost:8080/x"),
            ("http://localhost:8081/u", "http://localhost:8080/x"),
            ("http://10.0.0.1:8080/u", "http://10.0.0.2:8080/x"),
            ("ftp://localhost:8080/u", "http://localhost:8080/x"),
        ] {
            assert!(!admitted(session, start), "{session} of {start}");
        }
    }

    #[test]
    fn a_session_is_text_that_debug_does_not_show() {
        let text = "https://h/upload?upload_id=secret";
        let session: UploadSession = text.parse().unwrap();
        assert_eq!(session.to_string(), text);
        assert_eq!(format!("{session:?}"), r#"UploadSession("https://h")"#);
        let json = serde_json::to_string(&session).unwrap();
        assert_eq!(json, format!("{text:?}"));
        assert_eq!(
            serde_json::from_str::<UploadSession>(&json).unwrap(),
            session
        );
        for text in ["", "upload_id=secret", "file:///etc/passwd"] {
            let error = text.parse::<UploadSession>().unwrap_err().to_string();
            let message = "an upload session is a URL, which this is not";
            assert!(error.ends_with(message), "{error}");
            assert!(serde_json::from_str::<UploadSession>(&format!("{text:?}")).is_err());
        }
    }
}
