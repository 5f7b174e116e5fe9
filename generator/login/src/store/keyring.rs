//! Logins in the keyring of the operating system.

use std::io;

use keyring::{Entry, Error};

use super::interface::Store;

const SERVICE: &str = "discovery-login";

/// The keyring of the operating system: the Keychain of macOS, the Credential Manager of Windows, or
/// the Secret Service of Linux, which may ask the user for a password.
#[derive(Clone, Copy, Debug, Default)]
pub struct KeyringStore;

impl Store for KeyringStore {
    fn load(&self, name: &str) -> io::Result<Option<String>> {
        present(entry(name)?.get_password())
    }

    fn save(&self, name: &str, login: &str) -> io::Result<()> {
        entry(name)?.set_password(login).map_err(io::Error::other)
    }

    fn delete(&self, name: &str) -> io::Result<()> {
        present(entry(name)?.delete_credential()).map(drop)
    }

    fn place(&self, name: &str) -> String {
        format!("the keyring, under {name:?}")
    }
}

fn entry(name: &str) -> io::Result<Entry> {
    Entry::new(SERVICE, name).map_err(io::Error::other)
}

fn present<T>(result: Result<T, Error>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(io::Error::other(error)),
    }
}
