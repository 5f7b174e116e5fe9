//! Requests to the user.

use std::io::{self, Write as _};

/// A request to the user to log in.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Prompt<'a> {
    /// Open this page in a browser on this machine.
    Browser {
        /// The address of the page.
        url: &'a str,
    },
    /// Open this page on any device and enter the code.
    Device {
        /// The address of the page.
        url: &'a str,
        /// The code.
        code: &'a str,
    },
}

impl Prompt<'_> {
    /// Prints the request to standard error, and opens the page in the browser, if there is one.
    pub fn show(self) {
        // Standard error may be closed; the browser opens all the same.
        let _ = match self {
            Self::Browser { url } => writeln!(io::stderr(), "Log in at\n\n    {url}\n"),
            Self::Device { url, code } => {
                writeln!(
                    io::stderr(),
                    "Log in at\n\n    {url}\n\nwith the code {code}\n"
                )
            }
        };
        #[cfg(feature = "browser")]
        if let Self::Browser { url } = self {
            let url = url.to_owned();
            // A browser in the terminal returns when it is left. Without any, the printed address
            // is enough.
            std::thread::spawn(move || webbrowser::open(&url));
        }
    }
}
