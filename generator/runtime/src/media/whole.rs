//! Uploads in one request.

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    body::MediaPayload,
    meter::Meter,
    multipart::RelatedBody,
    source::Source,
    upload::{Simple, Upload},
};
use crate::{
    call::{
        payload::Payload,
        prepared::{Destination, Prepared},
        response::{self, BodyUse, Response},
    },
    description::{media::MediaUpload, method::Method, service::Service},
    error::{
        self, Result,
        invalid::{InvalidRequest, Problem},
    },
    request::headers,
};

impl<R, P, S> Upload<R, P, S> {
    /// Sends metadata and media in one request.
    pub(super) async fn send_whole<T>(
        mut self,
        reading: BodyUse,
        answer: impl Fn(Response) -> Result<T>,
    ) -> Result<T> {
        let metadata = self.metadata()?;
        let upload = self
            .media_upload()
            .map_err(|problem| self.invalid(problem))?;
        let meter = self.meter(upload);
        let (source, length) = (self.media.source.clone(), self.media.length);
        let (checksums, id) = (self.checksums, self.request.method.id());
        let request = self
            .whole(upload, metadata, meter.clone())
            .map_err(|problem| error::invalid_request(InvalidRequest::new(id, problem)))?;
        let (meter, source, answer) = (&meter, &source, &answer);
        let complete = |response: Response| async move {
            meter.check_sent()?;
            let body = &response.body;
            meter.finish(source, length, checksums, body).await?;
            answer(response)
        };
        request.send(reading, complete).await
    }

    fn whole(
        mut self,
        upload: &'static MediaUpload,
        metadata: Option<Bytes>,
        meter: Meter,
    ) -> Result<Prepared, Problem> {
        if metadata.is_some() && !upload.multipart() {
            let message = "the method takes no metadata along with media";
            return Err(Problem::Other(message.to_owned()));
        }
        let content_type = self.media.content_type().to_owned();
        let related = metadata.map(|metadata| {
            let in_memory: &[u8] = match &self.media.source {
                Source::Bytes(bytes) => bytes,
                _ => &[],
            };
            RelatedBody::new(&metadata, &content_type, in_memory)
        });
        // Also keeps line breaks out of the part's header.
        let own_type = headers::value("content-type", &content_type)?;
        let (protocol, content_type, head, tail) = match related {
            None => ("media", own_type, Bytes::new(), Bytes::new()),
            Some(related) => {
                let whole = headers::value("content-type", &related.content_type)?;
                ("multipart", whole, related.head, related.tail)
            }
        };
        self.request.set_query::<String>("uploadType", protocol);
        let payload = Payload::Media(Box::new(MediaPayload {
            head,
            source: self.media.source,
            offset: 0,
            length: self.media.length,
            limit: upload.max_size(),
            tail,
            meter,
        }));
        let destination = Destination::Upload(upload.path());
        Prepared::new(self.request, &destination, Some((content_type, payload)))
    }
}

impl<R, S> Upload<R, Simple, S> {
    /// Uploads the media and ignores the response's body, except for checksums.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send), except that any body is accepted.
    pub async fn send_empty(self) -> Result<()> {
        self.send_whole(BodyUse::Ignored, |_| Ok(())).await
    }
}

impl<R: DeserializeOwned, S> Upload<R, Simple, S> {
    /// Uploads the media and reads the JSON of the response.
    ///
    /// # Errors
    ///
    /// The errors of [`Request::send`](crate::Request::send); and if the method does not take media of its size or type, the media
    /// cannot be read, or did not arrive as it was sent ([`MediaError`](crate::MediaError)).
    pub async fn send(self) -> Result<R> {
        let (method, service) = (self.request.method, self.request.client.service());
        let answer = |response| answer(service, method, response);
        self.send_whole(BodyUse::Whole, answer).await
    }
}

/// Decodes the JSON of a response. If nothing is expected, any body is accepted.
pub(super) fn answer<R: DeserializeOwned>(
    service: &Service,
    method: &'static Method,
    response: Response,
) -> Result<R> {
    match serde_json::from_value(Value::Null) {
        Ok(nothing) if size_of::<R>() == 0 => Ok(nothing),
        _ => response::decode(service, method, response),
    }
}
