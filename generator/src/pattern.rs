//! The `pattern` of a parameter: whether clients can check it, and a sample value.

mod described;

use regex_lite::{Regex, RegexBuilder};

pub(crate) use described::refused;

/// Longer patterns are refused; published ones have at most some two hundred bytes.
const MAX_LENGTH: usize = 4096;
/// Deeper nesting is refused.
const MAX_NESTING: u32 = 50;
/// The maximal size of a compiled pattern in bytes: bounded repetitions (`{0,254}`) multiply.
const MAX_COMPILED: usize = 1 << 20;

/// Checks that a client can match whole values against `pattern`: `^(?:pattern)$`.
///
/// A second pair of anchors is harmless, and the group keeps an alternation (`^a$|^b$`, `a|b`) together.
///
/// # Errors
///
/// If the pattern cannot be compiled: the reason.
pub(crate) fn check(pattern: &str) -> Result<(), String> {
    if pattern.len() > MAX_LENGTH {
        let length = pattern.len();
        return Err(format!("it has {length} bytes, more than {MAX_LENGTH}"));
    }
    // On its own first: `a)(b` becomes valid by being wrapped, and `a)|(b` changes its meaning.
    compile(pattern)?;
    whole(pattern).map(drop)
}

/// Returns whether a client sends a value, by a pattern that has been checked.
pub(crate) fn accepts(pattern: &str, value: &str) -> bool {
    whole(pattern).is_ok_and(|pattern| pattern.is_match(value))
}

fn whole(pattern: &str) -> Result<Regex, String> {
    compile(&format!("^(?:{pattern})$"))
}

fn compile(pattern: &str) -> Result<Regex, String> {
    RegexBuilder::new(pattern)
        .nest_limit(MAX_NESTING)
        .size_limit(MAX_COMPILED)
        .build()
        .map_err(|error| error.to_string())
}

/// Returns a readable value for `pattern`: `accounts/ACCOUNT/apps/APP` for `^accounts/[^/]+/apps/[^/]+$`.
///
/// Only a pattern of literal and arbitrary segments has one, and only if each arbitrary segment follows
/// the literal that names it.
pub(crate) fn example(pattern: &str) -> Option<String> {
    let path = pattern.strip_prefix('^')?.strip_suffix('$')?;
    let mut value = String::with_capacity(path.len());
    let (mut collection, mut named) = (None, false);
    for segment in segments(path) {
        if !value.is_empty() {
            value.push('/');
        }
        if is_literal(segment) {
            value.push_str(segment);
            collection = Some(segment);
        } else if matches!(segment, "[^/]+" | "[^/]*" | ".*" | ".+") {
            push_placeholder(&mut value, collection.take()?);
            named = true;
        } else {
            return None;
        }
    }
    named.then_some(value)
}

/// Splits at the slashes that are not part of `[^/]`.
fn segments(path: &str) -> impl Iterator<Item = &str> {
    let mut after_caret = false;
    path.split(move |c| {
        let splits = c == '/' && !after_caret;
        after_caret = c == '^';
        splits
    })
}

fn is_literal(segment: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-_~@".contains(&b);
    !segment.is_empty() && segment.bytes().all(is_plain)
}

/// `dataStores` holds the value `DATA_STORE`.
fn push_placeholder(value: &mut String, collection: &str) {
    let (stem, ending) = singular(collection);
    let mut after_lower = false;
    for c in stem.chars().chain(ending.chars()) {
        if c.is_ascii_uppercase() && after_lower {
            value.push('_');
        }
        after_lower = !c.is_ascii_uppercase();
        value.push(if c == '-' {
            '_'
        } else {
            c.to_ascii_uppercase()
        });
    }
}

/// Returns the singular of a collection, in two parts. A word that is not known to be a plural stays.
fn singular(plural: &str) -> (&str, &str) {
    const ENDINGS: [(&str, &str); 14] = [
        ("aliases", "alias"),
        ("caches", "cache"),
        ("indices", "index"),
        ("people", "person"),
        ("series", "series"),
        ("ies", "y"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("sses", "ss"),
        ("uses", "us"),
        ("xes", "x"),
        ("ss", "ss"),
        ("us", "us"),
        ("s", ""),
    ];
    let matching = |(from, to)| plural.strip_suffix(from).map(|stem| (stem, to));
    ENDINGS
        .into_iter()
        .find_map(matching)
        .unwrap_or((plural, ""))
}

#[cfg(test)]
mod tests {
    use super::{check, example};

    #[test]
    fn published_patterns_compile() {
        for pattern in [
            "^accounts/[^/]+/apps/[^/]+$",
            "^projects/[^/]+/locations/[^/]+/.*$",
            r"\w[\w.-]{0,254}",
            "[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?|[1-9][0-9]{0,19}",
            "(?i)(fast|slow)",
            "[0-9]{0,20}?",
            "^a$|^b$",
            "",
        ] {
            assert_eq!(check(pattern), Ok(()), "{pattern}");
        }
    }

    #[test]
    fn a_refused_pattern_says_why() {
        let nested = format!("{}a{}", "(".repeat(60), ")".repeat(60));
        let cases = [
            ("a(b", "found open group without closing ')'"),
            ("a(?=b)", "look-around is not supported"),
            (nested.as_str(), "pattern has too much nesting"),
            ("(a{1000}){1000}", "compiled regex exceeded size limit"),
        ];
        for (pattern, reason) in cases {
            assert_eq!(check(pattern), Err(reason.to_owned()), "{pattern}");
        }
        let long = "a".repeat(5000);
        assert_eq!(
            check(&long),
            Err("it has 5000 bytes, more than 4096".to_owned())
        );
    }

    #[test]
    fn a_pattern_cannot_escape_its_group() {
        for pattern in ["a)(b", "a)|(?:b"] {
            assert_eq!(
                check(pattern),
                Err("found closing ')' without matching '('".to_owned())
            );
        }
        // The comment would hide the group's end.
        assert!(check("(?x)a # comment").is_err());
    }

    #[test]
    fn sample_values_name_the_resource() {
        for (pattern, value) in [
            ("^accounts/[^/]+/apps/[^/]+$", "accounts/ACCOUNT/apps/APP"),
            (
                "^accounts/[^/]+/apps/[^/]+/operations/.*$",
                "accounts/ACCOUNT/apps/APP/operations/OPERATION",
            ),
            (
                "^projects/[^/]+/locations/global/keyRings/[^/]+$",
                "projects/PROJECT/locations/global/keyRings/KEY_RING",
            ),
            ("^customers/[^/]+/settings$", "customers/CUSTOMER/settings"),
            (
                "^rowAccessPolicies/[^/]+$",
                "rowAccessPolicies/ROW_ACCESS_POLICY",
            ),
            ("^databases/[^/]+$", "databases/DATABASE"),
            ("^indexes/[^/]+$", "indexes/INDEX"),
            ("^processes/[^/]+$", "processes/PROCESS"),
            ("^branches/[^/]+$", "branches/BRANCH"),
            ("^data-sets/[^/]+$", "data-sets/DATA_SET"),
            ("^v1Status/[^/]+$", "v1Status/V1_STATUS"),
        ] {
            assert_eq!(example(pattern).as_deref(), Some(value), "{pattern}");
        }
    }

    #[test]
    fn other_shapes_have_no_example() {
        for pattern in [
            "",
            "^$",
            "^[^/]+$",
            "^accounts$",
            "^accounts/[^/]+/[^/]+$",
            "accounts/[^/]+",
            "^accounts/[0-9]+$",
            "^accounts/([^/]+|-)$",
            "^accounts//[^/]+$",
            "^accounts/[^/]+/$",
        ] {
            assert_eq!(example(pattern), None, "{pattern}");
        }
    }
}
