//! Reads media uploads.

use super::cursor::{Cursor, Fault};
use super::variables;
use crate::problem::quoted;
use crate::template::Template;
use crate::{MediaUpload, UploadProtocol};

/// Reads `mediaUpload`.
pub(super) fn media_upload(cursor: Cursor<'_>) -> Option<MediaUpload> {
    let mut object = cursor.object("media upload")?;
    let mut read = MediaUpload {
        accept: object.texts("accept"),
        max_size: object
            .take("maxSize")
            .and_then(|size| size.parsed(max_size)),
        ..MediaUpload::default()
    };
    let protocols = object.need("protocols");
    let protocols = protocols.and_then(|cursor| cursor.object("set of upload protocols"));
    if let Some(mut protocols) = protocols {
        read.simple = protocols.take("simple").and_then(protocol);
        read.resumable = protocols.take("resumable").and_then(protocol);
        protocols.finish();
    }
    object.finish();
    Some(read)
}

fn protocol(cursor: Cursor<'_>) -> Option<UploadProtocol> {
    let mut object = cursor.object("upload protocol")?;
    let path = object.need("path").and_then(|cursor| cursor.parsed(path));
    let multipart = object.flag("multipart");
    object.finish();
    Some(UploadProtocol {
        path: path?,
        multipart,
    })
}

fn path(path: &str) -> Result<Template, Fault> {
    match path.strip_prefix('/') {
        Some(relative) => variables::template(relative),
        None => {
            let message = format!("the upload path {} is not absolute", quoted(path));
            Err((message, "begin it with a slash: `/upload/…`".to_owned()))
        }
    }
}

/// Parses a number of bytes like `10737418240` or `10GB`. The units are powers of 1024.
fn max_size(text: &str) -> Result<u64, Fault> {
    let units = [("KB", 10), ("MB", 20), ("GB", 30), ("TB", 40)];
    let unit = units
        .iter()
        .find_map(|(unit, power)| Some((text.strip_suffix(unit)?, *power)));
    let (number, power) = unit.unwrap_or((text, 0));
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
    let bytes = number.parse::<u64>().ok().filter(|_| is_number);
    bytes
        .and_then(|bytes| bytes.checked_mul(1 << power))
        .ok_or_else(|| {
            let message = format!("{} is not a size", quoted(text));
            let help = "write a number of bytes, or a number and `KB`, `MB`, `GB`, or `TB`";
            (message, help.to_owned())
        })
}
