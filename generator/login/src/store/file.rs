//! Logins in files.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use etcetera::BaseStrategy as _;
use oauth2::url::form_urlencoded;
use tempfile::NamedTempFile;

use super::interface::Store;

/// A folder with a file for each login, which only the user of the operating system can read.
#[derive(Clone, Debug)]
pub struct FileStore {
    folder: Option<PathBuf>,
}

impl FileStore {
    /// Stores logins in this folder, which is created if necessary.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: Some(folder.into()),
        }
    }

    fn folder(&self) -> io::Result<&Path> {
        self.folder
            .as_deref()
            .ok_or_else(|| io::Error::other("this user has no home directory"))
    }

    fn file(&self, name: &str) -> io::Result<PathBuf> {
        let name: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
        Ok(self.folder()?.join(format!("{name}.json")))
    }
}

/// The folder `discovery-login` among the settings of the user.
impl Default for FileStore {
    fn default() -> Self {
        let strategy = etcetera::choose_base_strategy().ok();
        Self {
            folder: strategy.map(|strategy| strategy.config_dir().join("discovery-login")),
        }
    }
}

impl Store for FileStore {
    fn load(&self, name: &str) -> io::Result<Option<String>> {
        present(fs::read_to_string(self.file(name)?))
    }

    /// Replaces the file at once, so that another program reads the old or the new login.
    fn save(&self, name: &str, login: &str) -> io::Result<()> {
        let folder = self.folder()?;
        create_private(folder)?;
        // Only the user can read a temporary file.
        let mut file = NamedTempFile::new_in(folder)?;
        file.write_all(login.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(self.file(name)?)?;
        Ok(())
    }

    fn delete(&self, name: &str) -> io::Result<()> {
        present(fs::remove_file(self.file(name)?)).map(drop)
    }

    fn place(&self, name: &str) -> String {
        match self.file(name) {
            Ok(file) => format!("{file:?}"),
            Err(_) => "the settings".to_owned(),
        }
    }
}

fn create_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn present<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
