//! Pages ([AIP-158](https://google.aip.dev/158)).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::call::Call;
use crate::status::Failure;

/// Parameters that a caller may change from page to page.
const OWN: [&str; 5] = [
    "pageToken",
    "pageSize",
    "maxResults",
    "fields",
    "prettyPrint",
];

/// The items of a page with their keys, and the token of the next page.
type Cut<'i, T> = (&'i [(&'i str, T)], Option<String>);

/// A page that a call requests.
#[derive(Debug)]
pub(crate) struct Page {
    size: usize,
    /// The key of the last item of the page before.
    after: Option<String>,
    /// A checksum of the parameters, which must be the same for all pages.
    query: u32,
}

impl Page {
    pub(crate) fn of(call: &Call<'_>) -> Result<Self, Failure> {
        let query = fingerprint(call);
        let after = match call.parameters.get("pageToken") {
            None => None,
            Some(token) => Some(read(token, query).ok_or_else(invalid)?),
        };
        let settings = call.settings;
        let names = ["pageSize", "maxResults"];
        let size = names
            .iter()
            .find_map(|name| call.parameters.parse::<i64>(name));
        let size = match size {
            Some(size) if size < 0 => {
                return Err(Failure::invalid_field(
                    "page_size",
                    "The page size must not be negative.",
                ));
            }
            Some(size) if size > 0 => usize::try_from(size).unwrap_or(usize::MAX),
            _ => settings.default_page_size,
        };
        let size = size.min(settings.page_size_limit).max(1);
        Ok(Self { size, after, query })
    }

    /// Returns the items of the page, and the token of the next one.
    pub(crate) fn cut<'i, T>(&self, items: &'i [(&str, T)]) -> Result<Cut<'i, T>, Failure>
    where
        T: Copy,
    {
        let start = match &self.after {
            None => 0,
            Some(after) => match items.iter().position(|(key, _)| key == after) {
                Some(at) => at + 1,
                // The last item was deleted since; by keys, the page begins behind its place.
                None if items.is_sorted_by_key(|(key, _)| *key) => {
                    items.partition_point(|(key, _)| *key < after.as_str())
                }
                None => return Err(invalid()),
            },
        };
        let rest = items.get(start..).unwrap_or_default();
        let page = rest.get(..self.size).unwrap_or(rest);
        let last = page.last().filter(|_| page.len() < rest.len());
        Ok((page, last.map(|(key, _)| token(key, self.query))))
    }
}

fn fingerprint(call: &Call<'_>) -> u32 {
    let mut text = call.key();
    for (name, values) in call
        .parameters
        .iter()
        .filter(|(name, _)| !OWN.contains(name))
    {
        text.push('\n');
        text.push_str(name);
        text.push('=');
        text.push_str(&values.join("\0"));
    }
    crc32c::crc32c(text.as_bytes())
}

fn token(key: &str, query: u32) -> String {
    URL_SAFE_NO_PAD.encode(format!("{query:08x}{key}"))
}

fn read(token: &str, query: u32) -> Option<String> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
    let (known, key) = text.split_at_checked(8)?;
    (known == format!("{query:08x}")).then(|| key.to_owned())
}

fn invalid() -> Failure {
    let text =
        "The page token is not one of this list: it must be returned with the same parameters.";
    Failure::invalid_field("page_token", text)
}
