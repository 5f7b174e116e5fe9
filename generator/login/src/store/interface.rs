//! The functions of a store.

use std::{fmt::Debug, io, sync::Arc};

use tokio::task;

use crate::error::{Error, Result};

/// A place for logins.
///
/// A login is JSON with a secret, by which anyone can act for the user. Its name consists of the ID of
/// the OAuth client and, with [`Login::with_account`](crate::Login::with_account), the account. Functions
/// may block: they are called on a thread of their own.
pub trait Store: Debug + Send + Sync + 'static {
    /// Returns the login of this name, if there is one.
    fn load(&self, name: &str) -> io::Result<Option<String>>;

    /// Stores the login under this name, in place of an earlier one.
    fn save(&self, name: &str, login: &str) -> io::Result<()>;

    /// Deletes the login of this name, if there is one.
    fn delete(&self, name: &str) -> io::Result<()>;

    /// Returns the place of this name, for messages.
    fn place(&self, name: &str) -> String;
}

/// A name in a store, whose functions are called on a thread of their own.
#[derive(Clone, Debug)]
pub(crate) struct NamedStore {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) name: String,
}

impl NamedStore {
    pub(crate) async fn load(self) -> Result<Option<String>> {
        self.run("read", |named| named.store.load(&named.name))
            .await
    }

    pub(crate) async fn save(self, login: String) -> Result<()> {
        self.run("save", move |named| named.store.save(&named.name, &login))
            .await
    }

    pub(crate) async fn delete(self) -> Result<()> {
        self.run("delete", |named| named.store.delete(&named.name))
            .await
    }

    async fn run<T: Send + 'static>(
        self,
        action: &'static str,
        work: impl FnOnce(&Self) -> io::Result<T> + Send + 'static,
    ) -> Result<T> {
        let place = self.store.place(&self.name);
        let done = task::spawn_blocking(move || work(&self)).await;
        let done = done.unwrap_or_else(|panic| Err(io::Error::other(panic)));
        done.map_err(|source| Error::Store {
            action,
            place,
            source,
        })
    }
}
