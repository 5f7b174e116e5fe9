//! Reads how a method takes media.

use super::cursor::Cursor;
use super::level::Level;
use super::variables;
use crate::problem::quoted;
use crate::template::Template;
use crate::{MediaUpload, UploadProtocol};

/// Reads `mediaUpload`.
pub(super) fn media_upload(cursor: Cursor<'_>) -> Option<MediaUpload> {
    let mut object = cursor.object(Level::MediaUpload)?;
    let mut read = MediaUpload {
        accept: object.texts("accept"),
        max_size: object.take("maxSize").and_then(max_size),
        ..MediaUpload::default()
    };
    let protocols = object.need("protocols");
    if let Some(mut protocols) = protocols.and_then(|cursor| cursor.object(Level::UploadProtocols))
    {
        read.simple = protocols.take("simple").and_then(protocol);
        read.resumable = protocols.take("resumable").and_then(protocol);
        protocols.finish();
    }
    object.finish();
    Some(read)
}

fn protocol(cursor: Cursor<'_>) -> Option<UploadProtocol> {
    let mut object = cursor.object(Level::UploadProtocol)?;
    let read = UploadProtocol {
        path: object.need("path").and_then(path).unwrap_or_default(),
        multipart: object.flag("multipart"),
    };
    object.finish();
    Some(read)
}

fn path(cursor: Cursor<'_>) -> Option<String> {
    cursor.checked_string(|path| {
        let Some(relative) = path.strip_prefix('/') else {
            let message = format!("the upload path {} is not absolute", quoted(path));
            return Some((message, "begin it with a slash: `/upload/…`".to_owned()));
        };
        let fault = Template::parse(relative).err()?;
        Some(variables::malformed(relative, &fault))
    })
}

fn max_size(cursor: Cursor<'_>) -> Option<u64> {
    let mut bytes = None;
    cursor.checked_string(|text| {
        bytes = size(text);
        let message = format!("{} is not a size", quoted(text));
        let help = "write a number of bytes, or a number and `KB`, `MB`, `GB` or `TB`";
        bytes.is_none().then(|| (message, help.to_owned()))
    })?;
    bytes
}

/// The bytes that a text like `10737418240` or `10GB` stands for. The units are powers of 1024.
fn size(text: &str) -> Option<u64> {
    let units = [("KB", 10), ("MB", 20), ("GB", 30), ("TB", 40)];
    let unit = units
        .iter()
        .find_map(|(unit, power)| Some((text.strip_suffix(unit)?, *power)));
    let (number, power) = unit.unwrap_or((text, 0));
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    number.parse::<u64>().ok()?.checked_mul(1 << power)
}
