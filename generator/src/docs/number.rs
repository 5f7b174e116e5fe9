//! Numbers that mark list items.

/// Returns true for `1.` or `12)`.
pub(super) fn is_number(word: &str) -> bool {
    let digits = word.strip_suffix(['.', ')']).unwrap_or_default();
    (1..10).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Returns true if `word` is the number after `marker`, written the same way.
pub(super) fn follows(marker: &str, word: &str) -> bool {
    let split = |word: &str| {
        let (digits, end) = word.split_at_checked(word.len().checked_sub(1)?)?;
        Some((digits.parse::<u32>().ok()?, end == "."))
    };
    match (split(marker), split(word)) {
        (Some((number, end)), Some((next, next_end))) => number + 1 == next && end == next_end,
        _ => false,
    }
}
