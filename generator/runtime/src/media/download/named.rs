//! Downloads of URLs that replies name.

use reqwest::Url;

use super::Download;
use crate::{
    client::Client,
    description::{http_method::HttpMethod, method::Method},
    media::trust,
};

/// The method of a download that a URL names.
static BY_URL: Method = Method::new("download", HttpMethod::Get, &[]);

impl Client {
    /// Requests the media at a URL that a reply named, such as `mediaLink` or `downloadUri`, with the
    /// client's credentials.
    ///
    /// The URL has to be at the host of the client's endpoint, or at one of Google's over TLS; no
    /// other may see the credentials. It is called as it is.
    pub fn download_url(&self, url: impl AsRef<str>) -> Download {
        let universe = self.0.universe.domain();
        let url = Url::parse(url.as_ref()).map_err(|_| "the media is not at a URL".to_owned());
        let url = url.and_then(|url| {
            let endpoint = self.0.endpoint.url();
            if trust::is_same_host(&url, endpoint) || trust::is_googles(&url, universe) {
                return Ok(url);
            }
            let shown = trust::shown(&url);
            Err(format!(
                "{shown} is neither at the client's endpoint nor at a host of Google's over https, and \
                 must not see the credentials"
            ))
        });
        Download::new(self.request(&BY_URL), Some(url))
    }
}
