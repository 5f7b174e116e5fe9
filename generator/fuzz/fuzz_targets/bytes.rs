//! Any input is either refused or becomes a package that contains only a client: the invariant of
//! `generator/tests/hostile`.
//!
//! The bytes before the first line `---` are the document, and the rest is the overlay.

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
    reason = "only the canary is used here"
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
