//! Field masks of requests: the
//! [system parameter](https://docs.cloud.google.com/apis/docs/system-parameters) `fields`, and the header
//! that has the same meaning.
//!
//! A mask is a list such as `reports(name,checks/state),nextPageToken`. Services take `.` for `/`.

use google_cloud_gax::options::{RequestOptions, internal::RequestOptionsExt as _};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::{extras::Extras, options::Options, query::Query};
use crate::error::invalid::{Problem, excerpt};

const PARAMETERS: [&str; 2] = ["fields", "$fields"];
const HEADER: HeaderName = HeaderName::from_static("x-goog-fieldmask");

/// Adds fields to the masks of a request, if it has any. A field within another is written `outer/inner`.
pub(crate) fn extend(
    query: &mut Query,
    options: &mut Options,
    fields: &[&str],
) -> Result<(), Problem> {
    for name in PARAMETERS {
        let custom = Extras::of(options).and_then(|extras| extras.parameter(name));
        let is_custom = custom.is_some();
        let mask = custom.or_else(|| query.get(name)).unwrap_or_default();
        let Some(mask) = extended(mask, fields, name)? else {
            continue;
        };
        match options.get_extension_mut::<Extras>() {
            Some(extras) if is_custom => extras.set_parameter(name, mask),
            _ => query.set(name, [mask]),
        }
    }
    let Some(mask) = header(options) else {
        return Ok(());
    };
    if let Some(mask) = extended(&mask.replace('.', "/"), fields, HEADER.as_str())? {
        let mask = HeaderValue::try_from(mask.replace('/', ".")).map_err(|_| Problem::Header {
            name: "x-goog-fieldmask",
            value: mask,
        })?;
        if let Some(headers) = options.get_extension_mut::<HeaderMap>() {
            headers.insert(HEADER, mask);
        }
    }
    Ok(())
}

/// Returns whether the masks of a request, if it has any, have a field.
pub(crate) fn has(query: &Query, options: &RequestOptions, field: &str) -> bool {
    let custom = |name| Extras::of(options)?.parameter(name);
    let parameters = PARAMETERS.iter();
    let parameters = parameters.filter_map(|name| custom(name).or_else(|| query.get(name)));
    let header = header(options);
    let mut masks = parameters.chain(header.as_deref());
    masks.all(|mask| is_unset(mask) || covers(mask, field) == Some(true))
}

fn header(options: &RequestOptions) -> Option<String> {
    let mask = options.get_extension::<HeaderMap>()?.get(HEADER)?;
    Some(mask.to_str().ok()?.to_owned())
}

fn is_unset(mask: &str) -> bool {
    mask.trim().is_empty()
}

/// Returns the mask with the fields that it lacks, `None` if it lacks none.
fn extended(mask: &str, fields: &[&str], name: &str) -> Result<Option<String>, Problem> {
    if is_unset(mask) {
        return Ok(None);
    }
    let mut extended = mask.to_owned();
    for field in fields {
        match covers(&extended, field) {
            Some(true) => {}
            Some(false) => {
                extended.push(',');
                extended.push_str(field);
            }
            None => {
                let mask = excerpt(mask);
                return Err(Problem::Other(format!(
                    "the field mask `{name}` must have `{field}`, which cannot be added to {mask}"
                )));
            }
        }
    }
    Ok((extended != mask).then_some(extended))
}

/// Returns whether a mask has a field, at least in part; `None` if the mask is malformed.
fn covers(mask: &str, field: &str) -> Option<bool> {
    let (first, rest) = match field.split_once('/') {
        Some((first, rest)) => (first, Some(rest)),
        None => (field, None),
    };
    let mut covered = false;
    for item in items(mask)? {
        let end = item.find(['/', '.', '(']).unwrap_or(item.len());
        let (name, inner) = item.split_at_checked(end)?;
        let inner = match inner.strip_prefix('(') {
            Some(list) => list.strip_suffix(')')?,
            None => inner.get(1..).unwrap_or_default(),
        };
        let is_whole = end == item.len();
        let name = name.trim();
        if name.is_empty() || !is_whole && items(inner).is_none() {
            return None;
        }
        covered |= (name == "*" || name == first)
            && match rest {
                Some(rest) if !is_whole => covers(inner, rest)?,
                _ => true,
            };
    }
    Some(covered)
}

/// Splits a list at its commas, other than those in parentheses.
fn items(list: &str) -> Option<Vec<&str>> {
    let mut depth = 0_usize;
    let mut items = Vec::new();
    let mut start = 0;
    for (at, character) in list.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1)?,
            ',' if depth == 0 => {
                items.push(list.get(start..at)?.trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(list.get(start..)?.trim());
    (depth == 0 && items.iter().all(|item| !item.is_empty())).then_some(items)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_token(mask: &str) -> Option<String> {
        let fields = ["nextPageToken", "page/next"];
        extended(mask, &fields, "fields").ok()?
    }

    #[test]
    fn fields_that_a_mask_lacks_are_appended() {
        for (mask, extended) in [
            ("reports", "reports,nextPageToken,page/next"),
            (
                "reports(name,checks)",
                "reports(name,checks),nextPageToken,page/next",
            ),
            ("page/total", "page/total,nextPageToken,page/next"),
            (
                "page(total), nextPageToken",
                "page(total), nextPageToken,page/next",
            ),
            (
                "a.nextPageToken,page.next",
                "a.nextPageToken,page.next,nextPageToken",
            ),
            ("nextPageTokens,page", "nextPageTokens,page,nextPageToken"),
            (
                "reports(nextPageToken,page/next)",
                "reports(nextPageToken,page/next),nextPageToken,page/next",
            ),
        ] {
            assert_eq!(with_token(mask).as_deref(), Some(extended));
        }
    }

    #[test]
    fn a_mask_that_has_them_stays_as_it_is() {
        for mask in [
            "",
            " ",
            "*",
            "nextPageToken,page",
            "page(next,total),nextPageToken",
            "page.next , reports/name,nextPageToken",
            "page/*,nextPageToken",
        ] {
            assert_eq!(
                extended(mask, &["nextPageToken", "page/next"], "fields"),
                Ok(None)
            );
        }
    }

    #[test]
    fn a_malformed_mask_is_refused() {
        for mask in [
            "a(", "a)", "a(b", "a,,b", "a,", ",a", "a(b)c", "(a)", "a()", "a/", "/a", "a(b))(c",
        ] {
            let error = extended(mask, &["x"], "fields").unwrap_err().to_string();
            let expected = "the field mask `fields` must have `x`, which cannot be added to ";
            assert_eq!(error, format!("{expected}{mask:?}"));
        }
    }
}
