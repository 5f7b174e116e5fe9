//! Characters that Markdown may take for markup, and the conditions under which it does.

/// The bytes at which the reader of prose stops.
pub(super) const STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let marks = b" `[]<*_\\~:";
    let mut index = 0;
    while index < marks.len() {
        stops[marks[index] as usize] = true;
        index += 1;
    }
    stops
};

/// Returns true if `word`, which has no space, can be copied as it is.
pub(super) fn is_plain(word: &str) -> bool {
    if word.starts_with('{') || word.starts_with("--") && word.len() > 2 {
        // An object, or an option of a command line.
        return false;
    }
    let mut at = 0;
    let bytes = word.as_bytes();
    while let Some(found) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(|&b| STOPS[usize::from(b)]))
    {
        at += found;
        let harmless = match byte(word, at) {
            b':' => byte(word, at + 1) != b'/',
            b'_' => !is_active(word, at),
            _ => false,
        };
        if !harmless {
            return false;
        }
        at += run(word, at, byte(word, at));
    }
    true
}

/// Returns the byte at `at`; a space outside of `source`.
pub(super) fn byte(source: &str, at: usize) -> u8 {
    source.as_bytes().get(at).copied().unwrap_or(b' ')
}

/// Returns the number of bytes from `at` on that are `mark`.
pub(super) fn run(source: &str, at: usize, mark: u8) -> usize {
    let rest = source.as_bytes().get(at..).unwrap_or_default();
    rest.iter().take_while(|&&b| b == mark).count()
}

/// Returns true if the mark at `at` could begin markup unless escaped.
pub(super) fn is_active(source: &str, at: usize) -> bool {
    let mark = byte(source, at);
    match mark {
        b'[' => true,
        b'<' => matches!(byte(source, at + 1), b'/' | b'!' | b'?' | b'a'..=b'z' | b'A'..=b'Z'),
        // rustdoc strikes through between single tildes as well.
        b'~' => before(source, at) != b' ',
        b'*' | b'_' => opens(source, at, mark),
        _ => false,
    }
}

/// Returns true if the run of `mark` around `at` can open emphasis: CommonMark's left-flanking rule.
///
/// Emphasis that is never opened needs no escape at its end.
fn opens(source: &str, at: usize, mark: u8) -> bool {
    let bytes = source.as_bytes().get(..at).unwrap_or_default();
    let start = at - bytes.iter().rev().take_while(|&&b| b == mark).count();
    let before = before(source, start);
    let after = byte(source, at + run(source, at, mark));
    let open_before = before == b' ' || before.is_ascii_punctuation();
    let flanks = after != b' ' && (!after.is_ascii_punctuation() || open_before);
    flanks && (mark == b'*' || open_before)
}

fn before(source: &str, at: usize) -> u8 {
    at.checked_sub(1).map_or(b' ', |at| byte(source, at))
}

/// Returns the offset of the stars that close the emphasis opened at `at`.
///
/// Stricter than CommonMark: `a/*b*/c` is a path.
pub(super) fn emphasis(source: &str, at: usize) -> Option<usize> {
    let stars = run(source, at, b'*');
    let text = at + stars;
    if stars > 3 || !b" (\"'[:>".contains(&before(source, at)) || byte(source, text) == b' ' {
        return None;
    }
    let end = text + source.get(text..)?.find('*')?;
    let after = byte(source, end + stars);
    let closes = run(source, end, b'*') == stars
        && before(source, end) != b' '
        && b" .,;:!?)\"'-]".contains(&after);
    closes.then_some(end)
}

/// Splits `word` into leading punctuation, core and trailing punctuation.
pub(super) fn trim(word: &str) -> (&str, &str, &str) {
    let (mut start, mut end) = (0, word.len());
    while let Some(core) = word.get(start..end) {
        let inside = core.get(1..).unwrap_or_default();
        match core.as_bytes() {
            [.., b'.' | b',' | b';' | b':' | b'!'] => end -= 1,
            [.., before, b'?'] if !b")]}".contains(before) => end -= 1,
            [b'"', ..] => start += 1,
            [b'\'', ..] => start += 1,
            [.., b'"'] if unpaired(core, '"', '"') => end -= 1,
            [.., b'\''] if unpaired(core, '\'', '\'') => end -= 1,
            [b'(', ..] if unpaired(core, ')', '(') || closes_last(inside) => start += 1,
            [.., b')'] if unpaired(core, '(', ')') => end -= 1,
            _ => break,
        }
    }
    let (before, rest) = word.split_at_checked(start).unwrap_or_default();
    let (core, after) = rest
        .split_at_checked(end.saturating_sub(start))
        .unwrap_or_default();
    (before, core, after)
}

/// Returns true if `text` has more of `close` than of `open`, or an odd number if they are the same.
pub(super) fn unpaired(text: &str, open: char, close: char) -> bool {
    let closed = text.matches(close).count();
    if open == close {
        closed % 2 == 1
    } else {
        closed > text.matches(open).count()
    }
}

/// Returns true if only the last bracket of `inside` closes the one in front of it.
fn closes_last(inside: &str) -> bool {
    let mut depth = 1usize;
    let closed = inside.bytes().position(|b| {
        depth = if b == b'(' {
            depth + 1
        } else {
            depth - usize::from(b == b')')
        };
        depth == 0
    });
    closed == inside.len().checked_sub(1)
}

/// Returns true if `code` should be shown as code, because escapes would make it hard to read.
pub(super) fn is_code(source: &str, at: usize, code: &str) -> bool {
    let marks = (at..at + code.len())
        .filter(|&at| is_active(source, at))
        .count();
    let is_wildcard = code.bytes().all(|b| b == b'*' || b == b'_');
    let is_option = code.starts_with("--") && byte(code, 2).is_ascii_alphanumeric();
    match marks {
        0 => is_option,
        1 if code.contains('[') => is_index(code),
        _ if unpaired(code, ']', '[') => false,
        1 => is_wildcard || is_tag(code) || code.contains(['/', '.', '{']),
        _ => code.contains(|c: char| c.is_ascii_alphanumeric() || c == '*') || is_wildcard,
    }
}

/// `filters[0]`.
fn is_index(code: &str) -> bool {
    let (name, index) = code.split_once('[').unwrap_or_default();
    name.ends_with(|c: char| c.is_ascii_alphanumeric()) && index.contains(']')
}

/// `<name>`.
fn is_tag(code: &str) -> bool {
    code.starts_with('<') && code.ends_with('>')
}
