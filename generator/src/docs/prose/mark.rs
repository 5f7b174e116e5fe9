//! The characters that Markdown may take for markup, and when it does.

/// The bytes at which the reader of prose stops.
pub(super) const STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let marks = b" `[<*_\\~:";
    let mut index = 0;
    while index < marks.len() {
        stops[marks[index] as usize] = true;
        index += 1;
    }
    stops
};

/// Whether `word`, which holds no space, can be copied as it is.
pub(super) fn is_plain(word: &str) -> bool {
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
    !(word.starts_with("--") && word.len() > 2)
}

/// The byte at `at`, a space outside of `source`.
pub(super) fn byte(source: &str, at: usize) -> u8 {
    source.as_bytes().get(at).copied().unwrap_or(b' ')
}

/// How many bytes from `at` on are `mark`.
pub(super) fn run(source: &str, at: usize, mark: u8) -> usize {
    let rest = source.as_bytes().get(at..).unwrap_or_default();
    rest.iter().take_while(|&&b| b == mark).count()
}

/// Whether the mark at `at` could begin markup if it were not escaped.
pub(super) fn is_active(source: &str, at: usize) -> bool {
    let mark = byte(source, at);
    match mark {
        b'[' => true,
        b'<' => matches!(byte(source, at + 1), b'/' | b'!' | b'?' | b'a'..=b'z' | b'A'..=b'Z'),
        // A single one is struck through as well, from one to the next.
        b'~' => before(source, at) != b' ',
        b'*' | b'_' => opens(source, at, mark),
        _ => false,
    }
}

/// Whether the run of `mark` around `at` can open emphasis: CommonMark's left-flanking rule.
///
/// What cannot be opened need not be kept from closing.
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

/// The end of the emphasis that the stars at `at` begin: where the stars are that close it.
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

/// The parts of `word` before, within and after its quotes, brackets and punctuation.
pub(super) fn trim(word: &str) -> (&str, &str, &str) {
    let mut core = word.trim_start_matches(['(', '"', '\'']);
    let lead = word.len() - core.len();
    while let Some(last) = core.chars().next_back() {
        let before = core.trim_end_matches(last);
        let is_outside = match last {
            '.' | ',' | ';' | ':' | '!' => true,
            '?' => !before.ends_with([')', ']', '}']),
            ')' => core.matches(')').count() > core.matches('(').count(),
            '"' | '\'' => core.matches(last).count() % 2 == 1,
            _ => false,
        };
        if !is_outside {
            break;
        }
        core = core.get(..core.len() - last.len_utf8()).unwrap_or_default();
    }
    let (before, rest) = word.split_at_checked(lead).unwrap_or_default();
    let (core, after) = rest.split_at_checked(core.len()).unwrap_or_default();
    (before, core, after)
}

/// Whether `code` should be shown as code: with its marks escaped it could hardly be read.
pub(super) fn is_code(source: &str, at: usize, code: &str) -> bool {
    let marks = (at..at + code.len())
        .filter(|&at| is_active(source, at))
        .count();
    let is_tag = code.starts_with('<') && code.ends_with('>');
    let is_option = code.starts_with("--") && byte(code, 2).is_ascii_alphanumeric();
    let is_word = code.bytes().any(|b| b.is_ascii_alphanumeric() || b == b'*');
    is_word && (marks > 1 || is_option || marks == 1 && (is_tag || code.contains('/')))
}
