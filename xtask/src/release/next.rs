//! The version that follows another: <https://doc.rust-lang.org/cargo/reference/semver.html>.

use semver::{Prerelease, Version};

use crate::diff::Class;

/// Returns the lowest version for changes of this class. No two contents share a version, so even an
/// unchanged API has a next one.
pub(super) fn version(from: &Version, class: Class) -> Version {
    let Version {
        major,
        minor,
        patch,
        ..
    } = *from;
    if from.pre != Prerelease::EMPTY {
        // 1.0.0-rc.1 promises nothing, and comes before 1.0.0.
        return Version::new(major, minor, patch);
    }
    match (class, major, minor) {
        (Class::Breaking, 0, 1..) => Version::new(0, minor + 1, 0),
        (Class::Breaking, 1.., _) => Version::new(major + 1, 0, 0),
        (Class::Additive, 1.., _) => Version::new(major, minor + 1, 0),
        _ => Version::new(major, minor, patch + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_follow_the_class_of_changes() {
        let cases = [
            ("0.1.3", "0.1.4", "0.1.4", "0.1.4", "0.2.0"),
            ("0.0.3", "0.0.4", "0.0.4", "0.0.4", "0.0.4"),
            ("1.2.3", "1.2.4", "1.2.4", "1.3.0", "2.0.0"),
            ("1.0.0-rc.1", "1.0.0", "1.0.0", "1.0.0", "1.0.0"),
            ("0.1.3+20251112", "0.1.4", "0.1.4", "0.1.4", "0.2.0"),
        ];
        for (from, same, documentation, additive, breaking) in cases {
            let from = Version::parse(from).unwrap();
            let next = |class| version(&from, class).to_string();
            assert_eq!(next(Class::Same), same, "{from}");
            assert_eq!(next(Class::Documentation), documentation, "{from}");
            assert_eq!(next(Class::Additive), additive, "{from}");
            assert_eq!(next(Class::Breaking), breaking, "{from}");
        }
    }
}
