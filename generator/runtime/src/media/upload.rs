//! Uploads.

use std::{fmt, marker::PhantomData};

use bytes::Bytes;
use google_cloud_gax::options::{RequestOptions, internal::RequestBuilder};
use http::HeaderValue;
use serde::de::DeserializeOwned;

use super::{Media, Payload, multipart::Envelope, source::Source, types};
use crate::{
    InvalidRequest, Request, Result, error,
    invalid::Problem,
    method::UploadPath,
    response::{self, Reading},
    send::{Destination, Prepared},
};

/// A request that uploads media, and is answered by an `R`.
///
/// Metadata and media go out in one `multipart/related` body; media alone as it is.
#[must_use]
pub struct Upload<R> {
    request: Request,
    media: Media,
    response: PhantomData<fn() -> R>,
}

impl Request {
    /// Uploads media along with the request's body, which becomes the media's metadata.
    pub fn upload<R>(self, media: impl Into<Media>) -> Upload<R> {
        Upload {
            request: self,
            media: media.into(),
            response: PhantomData,
        }
    }
}

impl<R> Upload<R> {
    /// Says what the media is, such as `image/png`.
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.media = self.media.with_content_type(content_type);
        self
    }

    /// Uploads the media and ignores the response's body.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send), except that any body will do.
    pub async fn send_empty(self) -> Result<()> {
        let request = self.prepare()?;
        request.send(Reading::Ignored).await.map(drop)
    }

    fn prepare(mut self) -> Result<Prepared> {
        let metadata = self.request.take_json()?;
        let id = self.request.method.id();
        let metadata = metadata.filter(|json| json.as_ref() != b"{}");
        self.build(metadata)
            .map_err(|problem| error::invalid_request(InvalidRequest::new(id, problem)))
    }

    fn build(mut self, metadata: Option<Bytes>) -> std::result::Result<Prepared, Problem> {
        let Some(upload) = self.request.method.media_upload() else {
            return Err(Problem::Other("the method takes no media".to_owned()));
        };
        let content_type = self.media.content_type().to_owned();
        check(upload, &self.media, metadata.is_some())?;
        let envelope = metadata.map(|metadata| {
            let in_memory: &[u8] = match &self.media.source {
                Source::Bytes(bytes) => bytes,
                _ => &[],
            };
            Envelope::new(&metadata, &content_type, in_memory)
        });
        // Also keeps line breaks out of the part's header.
        let own_type = header_value(&content_type)?;
        let (protocol, content_type, head, tail) = match envelope {
            None => ("media", own_type, Bytes::new(), Bytes::new()),
            Some(envelope) => {
                let whole = header_value(&envelope.content_type)?;
                ("multipart", whole, envelope.head, envelope.tail)
            }
        };
        self.request.set_query("uploadType", protocol);
        let payload = Payload::Media {
            head,
            source: self.media.source,
            length: self.media.length,
            limit: upload.limit(),
            tail,
        };
        let destination = Destination::Upload(upload.path());
        Prepared::new(self.request, &destination, Some((content_type, payload)))
    }
}

impl<R: DeserializeOwned> Upload<R> {
    /// Uploads the media and reads the JSON of the response.
    ///
    /// # Errors
    ///
    /// Those of [`Request::send`]; and if the media is larger than the method takes, of a type that
    /// it does not take, or cannot be read.
    pub async fn send(self) -> Result<R> {
        let (method, service) = (self.request.method, self.request.client.service());
        let response = self.prepare()?.send(Reading::Whole).await?;
        response::decode(service, method, response)
    }
}

impl<R> RequestBuilder for Upload<R> {
    fn request_options(&mut self) -> &mut RequestOptions {
        self.request.options()
    }
}

impl<R> fmt::Debug for Upload<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("request", &self.request)
            .field("media", &self.media)
            .finish()
    }
}

/// What can be refused before a byte is sent.
fn check(upload: &UploadPath, media: &Media, metadata: bool) -> std::result::Result<(), Problem> {
    let content_type = media.content_type();
    if !types::accepts(upload.accepted(), content_type) {
        return Err(Problem::Other(format!(
            "the media is `{content_type}`, but the method accepts only {}",
            upload.accepted().join(", ")
        )));
    }
    if let (Some(length), Some(limit)) = (media.length, upload.limit())
        && length > limit
    {
        return Err(Problem::Other(format!(
            "the media has {length} bytes, but the method takes at most {limit}"
        )));
    }
    if metadata && !upload.allows_multipart() {
        return Err(Problem::Other(
            "the method takes no metadata along with media".to_owned(),
        ));
    }
    Ok(())
}

fn header_value(content_type: &str) -> std::result::Result<HeaderValue, Problem> {
    HeaderValue::from_str(content_type).map_err(|_| Problem::Header {
        name: "content-type",
        value: content_type.to_owned(),
    })
}
