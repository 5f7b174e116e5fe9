//! Names on the command line.

/// Returns a name in kebab case: `pageSize` is `page-size`. Marks in front are left out.
pub(crate) fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    let mut previous = '-';
    for c in name.chars() {
        if c.is_ascii_uppercase() && (previous.is_ascii_lowercase() || previous.is_ascii_digit()) {
            kebab.push('-');
        }
        previous = c;
        kebab.push(if c == '_' {
            '-'
        } else {
            c.to_ascii_lowercase()
        });
    }
    kebab.trim_start_matches(['-', '$', '.']).to_owned()
}

/// Returns the end of a message about an unknown name: the nearest known one, or nothing.
pub(crate) fn suggestion<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let scored = known
        .into_iter()
        .map(|known| (strsim::jaro_winkler(name, known), known));
    let nearest = scored.max_by(|(a, _), (b, _)| a.total_cmp(b));
    match nearest {
        Some((score, known)) if score > 0.7 => format!("; did you mean `{known}`?"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_separated() {
        let table = [
            ("pageSize", "page-size"),
            ("updateMask", "update-mask"),
            ("requestMask.includeField", "request-mask.include-field"),
            ("sha1Hash", "sha1-hash"),
            ("max_results", "max-results"),
            ("IPAddress", "ipaddress"),
            ("q", "q"),
            ("_password", "password"),
        ];
        for (name, expected) in table {
            assert_eq!(kebab(name), expected);
        }
    }

    #[test]
    fn only_a_near_name_is_suggested() {
        let known = ["displayName", "description"];
        assert_eq!(
            suggestion("dispayName", known),
            "; did you mean `displayName`?"
        );
        assert_eq!(suggestion("x", known), "");
    }
}
