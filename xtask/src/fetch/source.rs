//! Sources of documents: the directory of APIs, an address, or a local file.

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

use super::address::public;
use super::directory::Directory;
use super::web::Web;
use crate::cli::{Fetch as Request, Network};
use crate::documents::TextFile;
use crate::message::Message;

/// The source of one run.
pub(super) enum Source {
    /// A file, of an API that is not published or is behind a login.
    File(PathBuf),
    /// One address.
    Address(Web, String),
    /// The addresses in the directory.
    Directory(Web, Directory),
}

impl Source {
    pub(super) fn new(request: &Request) -> Result<Self, Message> {
        match &request.url {
            Some(url) => match file(url)? {
                Some(path) => Ok(Self::File(path)),
                None => {
                    let web = Web::new(url, request.network.timeout)?;
                    Ok(Self::Address(web, url.clone()))
                }
            },
            None => Self::directory(&request.network),
        }
    }

    /// The addresses in the directory.
    pub(super) fn directory(network: &Network) -> Result<Self, Message> {
        let (web, directory) = directory(network)?;
        Ok(Self::Directory(web, directory))
    }

    /// Returns the document of an API.
    pub(super) fn text(&self, name: &str, version: &str) -> Result<TextFile, Message> {
        match self {
            Self::File(path) => TextFile::read(path).map_err(|error| {
                error.help("`--url` takes the path of a file, or an address: `https://host/path`")
            }),
            Self::Address(web, url) => web.get(url),
            Self::Directory(web, directory) => web.get(&directory.url(name, version)?),
        }
    }
}

/// Reads the directory of APIs.
pub(super) fn directory(network: &Network) -> Result<(Web, Directory), Message> {
    let web = Web::new(&network.directory, network.timeout)?;
    let list = web.get(&network.directory)?;
    let directory = Directory::parse(&public(&network.directory), &list.text)?;
    Ok((web, directory))
}

/// Returns the file, if `url` is a path or the URL of a file
/// ([RFC 8089](https://www.rfc-editor.org/rfc/rfc8089)).
fn file(url: &str) -> Result<Option<PathBuf>, Message> {
    let Some(rest) = url.strip_prefix("file:") else {
        let is_path = !url.contains("://");
        return Ok(is_path.then(|| PathBuf::from(url)));
    };
    let path = match rest.strip_prefix("//") {
        Some(rest) => rest.strip_prefix("localhost").unwrap_or(rest),
        None => rest,
    };
    let path = percent_decode_str(path).decode_utf8().ok();
    let path = path.filter(|path| path.starts_with('/'));
    path.map(|path| Some(Path::new(&*path).to_owned()))
        .ok_or_else(|| {
            Message::error(format!("`{}` is not the URL of a local file", public(url)))
                .help("write `file:///path`, or just the path")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_a_path_or_a_url() {
        let cases = [
            ("checks.json", Some("checks.json")),
            ("../a b/checks.json", Some("../a b/checks.json")),
            ("file:///a%20b/checks.json", Some("/a b/checks.json")),
            ("file://localhost/checks.json", Some("/checks.json")),
            ("file:/checks.json", Some("/checks.json")),
            ("https://example.com/checks.json", None),
            ("ftp://example.com/checks.json", None),
        ];
        for (url, path) in cases {
            assert_eq!(file(url).unwrap(), path.map(PathBuf::from), "{url}");
        }
        for url in [
            "file://example.com/checks.json",
            "file:checks.json",
            "file:///%ff",
        ] {
            assert!(file(url).is_err(), "{url}");
        }
    }
}
