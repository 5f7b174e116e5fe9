//! Versions of media, as the service distinguishes them.

use http::{HeaderMap, HeaderValue, header};

use crate::media::checksum::Reported;

/// The validators of a version.
#[derive(Clone, Debug, Default)]
pub(super) struct Version {
    etag: Option<HeaderValue>,
    generation: Option<HeaderValue>,
    modified: Option<HeaderValue>,
    checksums: Reported,
}

impl Version {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        Self {
            etag: headers.get(header::ETAG).cloned(),
            generation: headers.get("x-goog-generation").cloned(),
            modified: headers.get(header::LAST_MODIFIED).cloned(),
            checksums: Reported::from_headers(headers),
        }
    }

    /// Returns a tag that the service can be held to, by `If-Match`: a weak one never matches
    /// ([RFC 9110, section 13.1.1](https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1)).
    pub(super) fn condition(&self) -> Option<&HeaderValue> {
        let strong = |tag: &&HeaderValue| !tag.as_bytes().starts_with(b"W/");
        self.etag.as_ref().filter(strong)
    }

    /// Returns whether a later reply is of this version. A service that distinguishes versions does so
    /// always: a reply without a validator of the first is of another version.
    pub(super) fn admits(&self, later: &Self) -> bool {
        let tags = [
            same(&self.etag, &later.etag),
            same(&self.generation, &later.generation),
        ];
        if tags.contains(&Some(false)) || self.checksums.contradicts(&later.checksums) {
            return false;
        }
        // Metadata has a date as well, so that a tag says more.
        tags.contains(&Some(true))
            || same(&self.modified, &later.modified).unwrap_or_else(|| self.is_unnamed())
    }

    /// Adds the validators that only a later reply has.
    pub(super) fn bind(&mut self, later: Self) {
        let Self {
            etag,
            generation,
            modified,
            checksums,
        } = later;
        self.etag = self.etag.take().or(etag);
        self.generation = self.generation.take().or(generation);
        self.modified = self.modified.take().or(modified);
        self.checksums.bind(checksums);
    }

    /// Returns whether nothing distinguishes it from other versions.
    pub(super) fn is_unnamed(&self) -> bool {
        self.etag.is_none() && self.generation.is_none() && self.modified.is_none()
    }
}

/// Returns whether two values are the same, if there are two.
fn same(own: &Option<HeaderValue>, later: &Option<HeaderValue>) -> Option<bool> {
    Some(own.as_ref()? == later.as_ref()?)
}
