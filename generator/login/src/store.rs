//! Places for logins between two runs of a program.

mod file;
mod interface;
#[cfg(feature = "keyring")]
mod keyring;

pub use file::FileStore;
pub(crate) use interface::NamedStore;
pub use interface::Store;
#[cfg(feature = "keyring")]
pub use keyring::KeyringStore;
