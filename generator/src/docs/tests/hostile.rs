//! Random descriptions.

use super::{lines, summary};

const PARTS: [&str; 64] = [
    "a",
    "Foo",
    "word ",
    "`",
    "``",
    "```",
    "~~~",
    "*",
    "**",
    "***",
    "_",
    "__",
    "[",
    "]",
    "(",
    ")",
    "[x]",
    "[a](b)",
    "[t](https://a.example/z)",
    "](",
    "<",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "https://",
    "https://a.example/c",
    "\\",
    "\\\\",
    "#",
    "# H",
    "- ",
    "* ",
    "1. ",
    "2) ",
    "--",
    "---",
    "===",
    "|---|",
    "|a|b|",
    "\n",
    "\n\n",
    "\n    ",
    "\n\t",
    "\n  - ",
    "\n> ",
    " ",
    "  ",
    "&amp;",
    "![i](j)",
    "~",
    "{\"a\": 1}",
    "{ \"",
    "\u{200b}",
    "\u{e9}",
    "[^1]: x",
    "[a][b]",
    ".",
    ":",
    "\"",
    "projects/*/x",
    "```rust\n",
    "fn main() {}",
    "*/",
];

/// Returns texts of random parts, the same on every run.
fn texts() -> impl Iterator<Item = String> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below).expect("small")
    };
    (0..5000).map(move |_| {
        let length = random(30) + 1;
        (0..length).map(|_| PARTS[random(64)]).collect()
    })
}

#[test]
fn every_block_of_code_is_labelled_and_closed() {
    for text in texts() {
        let mut fence: Option<String> = None;
        for line in lines(&text, None) {
            let content = line.trim_start();
            match &fence {
                Some(open) if content == open => fence = None,
                Some(_) => {}
                None if content.starts_with("```")
                    && !content.trim_start_matches('`').contains('`') =>
                {
                    let open = content
                        .strip_suffix("text")
                        .unwrap_or_else(|| panic!("{text:?}: {line}"));
                    fence = Some(open.to_owned());
                }
                None => assert!(!content.starts_with("~~~"), "{text:?}: {line}"),
            }
        }
        assert_eq!(fence, None, "{text:?}");
    }
}

#[test]
fn lines_hold_no_odd_blanks_and_no_letter_is_lost() {
    let letters = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphabetic())
            .collect::<String>()
    };
    for text in texts() {
        let lines = lines(&text, None);
        for line in &lines {
            assert!(
                !line.ends_with(' ') && !line.contains(['\t', '\n', '\u{200b}']),
                "{text:?}: {line:?}"
            );
        }
        // Labels of fences and targets of links may change.
        if !text.contains("```") && !text.contains("~~~") && !text.contains(['[', '(']) {
            let shown = lines
                .iter()
                .filter(|line| !line.trim_start().starts_with("```"));
            let shown: String = shown.map(|line| letters(line)).collect();
            assert_eq!(shown, letters(&text).replace('\u{200b}', ""), "{text:?}");
        }
        assert!(!summary(&text, None).contains('\n'));
    }
}

#[test]
fn a_text_does_not_grow_out_of_bounds() {
    for part in PARTS
        .iter()
        .chain(&["[a](", ": 1. x ", "- a\n  ", "https://a.example/(", "a_"])
    {
        let text = part.repeat(20_000 / part.len());
        let length: usize = lines(&text, None).iter().map(|line| line.len() + 1).sum();
        assert!(length <= 3 * text.len(), "{part:?}: {length}");
    }
    let nested = format!("```{}```", "[".repeat(1000));
    assert!(lines(&nested, None).iter().all(|line| line.len() < 100));
}
