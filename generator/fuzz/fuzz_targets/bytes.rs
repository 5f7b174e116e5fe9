//! Any bytes at all are refused, or they become a package that holds nothing but a client: the
//! invariant of `generator/tests/hostile`.
//!
//! The bytes before a line of `---` are the document, and those behind it the overlay.

#![no_main]

#[path = "../../tests/hostile/invariant.rs"]
mod invariant;
#[path = "../../tests/hostile/manifest.rs"]
mod manifest;
#[path = "../../tests/hostile/markdown.rs"]
mod markdown;
#[path = "../../tests/hostile/paths.rs"]
mod paths;
#[path = "../../tests/hostile/rust.rs"]
mod rust;
#[path = "../../tests/hostile/types.rs"]
mod types;
#[allow(
    dead_code,
    reason = "of these words only the canary is looked for here"
)]
#[path = "../../tests/hostile/words.rs"]
mod words;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (document, overlay) = match text.split_once("\n---\n") {
        Some((document, overlay)) => (document, Some(overlay)),
        None => (&*text, None),
    };
    if let Err(fault) = invariant::check(document, overlay) {
        panic!("{fault}");
    }
});
