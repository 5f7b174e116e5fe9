//! The [Discovery directory](https://developers.google.com/discovery/v1/reference/apis/list): a list of
//! APIs with the addresses of their documents.

use serde_json::Value;

use crate::message::{Message, printable};

/// The value of `kind` in a directory.
const KIND: &str = "discovery#directoryList";

/// The APIs that a directory lists.
#[derive(Debug)]
pub(super) struct Directory {
    /// Its address.
    url: String,
    listed: Vec<Listed>,
}

#[derive(Debug)]
struct Listed {
    name: String,
    version: String,
    /// The address of the document, if listed.
    url: Option<String>,
    title: String,
    description: String,
}

impl Directory {
    pub(super) fn parse(url: &str, text: &str) -> Result<Self, Message> {
        let wrong = |text: String| {
            Message::error(text)
                .place(url)
                .help("open the address in a browser: a proxy or a login page may be in the way")
        };
        let directory: Value = serde_json::from_str(text)
            .map_err(|error| wrong(format!("the directory of APIs is not JSON: {error}")))?;
        let items = directory.get("items").and_then(Value::as_array);
        match items {
            Some(items) if directory.get("kind").and_then(Value::as_str) == Some(KIND) => {
                Ok(Self {
                    url: url.to_owned(),
                    listed: items.iter().filter_map(Listed::read).collect(),
                })
            }
            _ => Err(wrong(format!(
                "the reply is not a directory of APIs: its kind is not `{KIND}`"
            ))),
        }
    }

    /// Returns a line for each API that contains all words, whatever their case: its name, its version
    /// and its title.
    pub(super) fn search(&self, words: &[String]) -> String {
        let words: Vec<_> = words.iter().map(|word| word.to_lowercase()).collect();
        let found = self.listed.iter().filter(|listed| {
            let text = listed.text().to_lowercase();
            words.iter().all(|word| text.contains(word))
        });
        let mut found: Vec<_> = found.collect();
        found.sort_by_key(|listed| (&listed.name, &listed.version));
        let name = |listed: &Listed| format!("{} {}", listed.name, listed.version);
        let width = found.iter().map(|listed| name(listed).len()).max();
        let width = width.unwrap_or_default();
        let line = |listed: &&Listed| {
            let line = format!("{:width$}  {}", name(listed), listed.title);
            printable(line.trim_end()) + "\n"
        };
        found.iter().map(line).collect()
    }

    /// Returns the address of a document. One that is not listed may still be published.
    pub(super) fn url(&self, name: &str, version: &str) -> Result<String, Message> {
        let same_name = || self.listed.iter().filter(|listed| listed.name == name);
        if let Some(listed) = same_name().find(|listed| listed.version == version)
            && let Some(url) = &listed.url
        {
            return Ok(url.clone());
        }
        let versions: Vec<_> = same_name().map(|listed| listed.version.as_str()).collect();
        if versions.is_empty() || versions.contains(&version) {
            return Ok(format!(
                "https://{name}.googleapis.com/$discovery/rest?version={version}"
            ));
        }
        let text = format!(
            "`{name}` has no version {version}, only {}",
            versions.join(", ")
        );
        Err(Message::error(text)
            .place(&self.url)
            .help("correct the version; `--url URL` fetches a document that is not listed"))
    }
}

impl Listed {
    /// Returns all that a search finds.
    fn text(&self) -> String {
        let Self {
            name,
            version,
            title,
            description,
            ..
        } = self;
        format!("{name} {version} {title} {description}")
    }

    fn read(item: &Value) -> Option<Self> {
        let text = |key: &str| item.get(key)?.as_str().map(str::to_owned);
        Some(Self {
            name: text("name")?,
            version: text("version")?,
            url: text("discoveryRestUrl"),
            title: text("title").unwrap_or_default(),
            description: text("description").unwrap_or_default(),
        })
    }
}
