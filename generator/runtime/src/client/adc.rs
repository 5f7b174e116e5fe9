//! [Application Default Credentials](https://google.aip.dev/auth/4110): where the environment has them.

use std::{
    env, fmt,
    path::{Path, PathBuf},
};

use super::metadata;

/// The variable that names a file of credentials.
const FILE: &str = "GOOGLE_APPLICATION_CREDENTIALS";

/// The place of Application Default Credentials.
pub(super) enum AdcLocation {
    /// The file that the environment names.
    Named(PathBuf),
    /// The file that `gcloud` writes.
    Gcloud(PathBuf),
    /// The metadata server of this host.
    Metadata(String),
}

impl AdcLocation {
    /// Looks where [`google_cloud_auth`] does, and in the same order.
    ///
    /// # Errors
    ///
    /// If there are no credentials: no file, and no metadata server. The message says how to get some.
    pub(super) async fn find() -> Result<Self, String> {
        if let Some(file) = env::var_os(FILE) {
            return Ok(Self::Named(file.into()));
        }
        let gcloud = gcloud_file().filter(|file| file.exists());
        if let Some(file) = gcloud {
            return Ok(Self::Gcloud(file));
        }
        let host = metadata::host();
        match metadata::is_present(&host).await {
            true => Ok(Self::Metadata(host)),
            false => Err(absent(&host)),
        }
    }
}

/// Returns the message of an environment without credentials.
fn absent(host: &str) -> String {
    format!(
        "by Application Default Credentials, since there are none: run `gcloud auth \
         application-default login`, or set {FILE} to the file of a key (no metadata server answers \
         at {host}),"
    )
}

#[cfg(not(windows))]
fn gcloud_file() -> Option<PathBuf> {
    let home = env::var_os("HOME")?;
    Some(Path::new(&home).join(".config/gcloud/application_default_credentials.json"))
}

#[cfg(windows)]
fn gcloud_file() -> Option<PathBuf> {
    let data = env::var_os("APPDATA")?;
    Some(Path::new(&data).join("gcloud/application_default_credentials.json"))
}

impl fmt::Display for AdcLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Application Default Credentials (")?;
        match self {
            Self::Named(file) => write!(f, "the file {file:?} that {FILE} names)"),
            Self::Gcloud(file) => write!(f, "gcloud's file {file:?})"),
            Self::Metadata(host) => write!(f, "the metadata server at {host})"),
        }
    }
}
