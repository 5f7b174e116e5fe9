//! From the bytes of a file to its text.

use crate::{Pointer, Position, Problem};

/// The maximum size of a text, in bytes. Google's largest document has 6 MiB.
pub const LARGEST: usize = 64 << 20;

/// Decodes bytes as UTF-8, the encoding of JSON:
/// [RFC 8259, section 8.1](https://www.rfc-editor.org/rfc/rfc8259#section-8.1).
///
/// ```
/// let problem = discovery::decode(b"{\n\"title\": \"caf\xe9\"}").unwrap_err();
/// assert_eq!(problem.to_string(), "error: 2:14: the byte 0xE9 is not UTF-8\n  help: save the file as UTF-8");
/// ```
///
/// # Errors
///
/// Reports the first byte that is not UTF-8, or a text that is UTF-16.
pub fn decode(bytes: &[u8]) -> Result<&str, Problem> {
    let problem = |before: &str, message: String| {
        let at = before.len();
        Problem::error(Pointer::ROOT, message).with_position(Position::of(before, at..at))
    };
    // UTF-16 shows in a byte order mark, or in the first character: in JSON that is ASCII.
    if let [0xfe, 0xff, ..] | [0xff, 0xfe, ..] | [0, _, ..] | [_, 0, ..] = bytes {
        let message = "the text is UTF-16, but JSON must be UTF-8".to_owned();
        let help = "save the file as UTF-8; `>` of Windows PowerShell writes UTF-16";
        return Err(problem("", message).with_help(help));
    }
    str::from_utf8(bytes).map_err(|error| {
        let (valid, rest) = bytes.split_at(error.valid_up_to());
        let byte = rest.first().copied().unwrap_or_default();
        let message = format!("the byte 0x{byte:02X} is not UTF-8");
        let valid = str::from_utf8(valid).unwrap_or_default();
        problem(valid, message).with_help("save the file as UTF-8")
    })
}
