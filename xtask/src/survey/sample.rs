//! The sample of packages that are compiled.

use std::collections::BTreeSet;

use super::generate::{Finding, Generated};

/// Chooses `count` documents with a package, sorted by file. The same seed chooses the same
/// documents, and another document in the folder replaces at most one of them.
pub(super) fn choose(findings: &[Finding], count: usize, seed: u64) -> Vec<(&Finding, &Generated)> {
    let mut names = BTreeSet::new();
    let packages = findings
        .iter()
        .filter_map(|finding| Some((finding, finding.generated.as_ref()?)));
    // Some documents are published under two names; a workspace has a package once.
    let unique = packages.filter(|(_, package)| names.insert(&package.name));
    let mut chosen: Vec<_> = unique.collect();
    chosen.sort_by_cached_key(|(_, package)| rank(seed, &package.name));
    chosen.truncate(count);
    chosen.sort_by(|(a, _), (b, _)| a.paths.document.cmp(&b.paths.document));
    chosen
}

/// Returns a hash of the seed and the name: FNV-1a of the name, mixed as in SplitMix64.
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
    use crate::documents::DocumentPaths;

    fn finding(file: &str, name: &str) -> Finding {
        Finding {
            paths: DocumentPaths {
                document: file.into(),
                overlay: None,
            },
            generated: (!name.is_empty()).then(|| Generated {
                name: name.to_owned(),
                ..Generated::default()
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
