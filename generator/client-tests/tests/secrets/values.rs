//! Secrets of the tests.

pub(crate) const KEY: &str = "AIza-s3cr3tKeyOfTheFaultTests";
pub(crate) const REFRESH: &str = "1//s3cr3tRefreshTokenOfTheFaultTests";
pub(crate) const CLIENT: &str = "GOCSPX-s3cr3tOfTheFaultTests";
/// A part of all secrets, including [`TOKEN`](crate::support::tokens::TOKEN), that no encoding hides.
pub(crate) const MARK: &str = "s3cr3t";
