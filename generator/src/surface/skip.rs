//! Fields that the text of a surface leaves out.

/// Returns whether a value is the one that a missing field is read as.
pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
