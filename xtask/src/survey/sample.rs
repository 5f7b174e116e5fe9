//! Which packages are compiled.

use std::collections::BTreeSet;

use super::generate::{Finding, Made};

/// `count` of the documents that have a package, in the order of their files. A seed always gives
/// the same ones, and another document in the folder pushes out no more than one.
pub(super) fn choose(findings: &[Finding], count: usize, seed: u64) -> Vec<(&Finding, &Made)> {
    let mut names = BTreeSet::new();
    let made = findings
        .iter()
        .filter_map(|finding| Some((finding, finding.made.as_ref()?)));
    // Some documents are published under two names; a workspace takes a package once.
    let mut chosen: Vec<_> = made.filter(|(_, made)| names.insert(&made.name)).collect();
    chosen.sort_by_cached_key(|(_, made)| rank(seed, &made.name));
    chosen.truncate(count);
    chosen.sort_by(|(a, _), (b, _)| a.paths.document.cmp(&b.paths.document));
    chosen
}

/// A number that the seed and the name decide, in no order that either of them has: FNV-1a of the
/// name, mixed as in SplitMix64.
fn rank(seed: u64, name: &str) -> u64 {
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut mixed = hash ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::Paths;

    fn finding(file: &str, name: &str) -> Finding {
        Finding {
            paths: Paths {
                document: file.into(),
                overlay: None,
            },
            made: (!name.is_empty()).then(|| Made {
                name: name.to_owned(),
                methods: 0,
                schemas: 0,
                bytes: 0,
            }),
            messages: Vec::new(),
        }
    }

    fn chosen(findings: &[Finding], count: usize, seed: u64) -> Vec<&str> {
        let chosen = choose(findings, count, seed);
        chosen
            .iter()
            .map(|(finding, _)| finding.paths.document.to_str().unwrap())
            .collect()
    }

    #[test]
    fn a_seed_gives_the_same_documents_however_many_there_are() {
        let mut findings: Vec<_> = (0..100)
            .map(|n| finding(&format!("{n:03}.json"), &format!("n{n}")))
            .collect();
        let before: BTreeSet<String> = chosen(&findings, 10, 7)
            .into_iter()
            .map(str::to_owned)
            .collect();
        assert_eq!(before.len(), 10);
        assert_ne!(chosen(&findings, 10, 8), chosen(&findings, 10, 7));
        findings.push(finding("new.json", "new"));
        let after: BTreeSet<String> = chosen(&findings, 10, 7)
            .into_iter()
            .map(str::to_owned)
            .collect();
        assert!(before.difference(&after).count() <= 1);
        assert_eq!(chosen(&findings, 1000, 7).len(), 101);
    }

    #[test]
    fn packages_are_chosen_once_and_failures_never() {
        let findings = [
            finding("a.json", "a"),
            finding("b.json", ""),
            finding("c.json", "a"),
        ];
        assert_eq!(chosen(&findings, 9, 0), ["a.json"]);
    }
}
