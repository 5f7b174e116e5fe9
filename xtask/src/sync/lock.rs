//! A lock, so that one run at a time writes.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use crate::message::Message;

/// The lock of a workspace: held until it is dropped or the process ends, however that ends.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits until no other run holds the lock; its file is in the folder `target`.
    pub(crate) fn acquire(target: &Path) -> Result<Self, Message> {
        let path = target.join("xtask.lock");
        let lock = || -> io::Result<File> {
            fs::create_dir_all(target)?;
            let file = File::create(&path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let _ = writeln!(io::stderr(), "    Blocking waiting for another xtask");
                    file.lock()?;
                }
                // Some network file systems have no locks; cargo goes on without, too.
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(error),
            }
            Ok(file)
        };
        let file = lock().map_err(|error| Message::io("lock", &path, &error))?;
        Ok(Self { _file: file })
    }
}
