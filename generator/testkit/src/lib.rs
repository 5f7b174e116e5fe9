//! Transports for tests of programs that use generated clients.
//!
//! * [`Mock`] replies by rules, which name a method by its request builder. A call that fits no rule, and a
//!   rule that was not used as often as it says, fail the test.
//! * [`Recorder`] sends calls to the service and writes them to a readable file, without secrets;
//!   [`Replay`] replies from the file.
//!
//! For a service with state, see `discovery-fake`.
//!
//! ```
//! use discovery_testkit::Mock;
//! use google_checks_v1alpha::{Checks, accounts::apps};
//! use google_checks_v1alpha::schemas::account::App;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> google_checks_v1alpha::Result<()> {
//! let mock = Mock::new();
//! mock.when::<apps::Get>()
//!     .with(|call| call.path_parameter("name") == Some("accounts/1/apps/2"))
//!     .reply(App::default().set_title("Mail"));
//! let checks = Checks::builder().with_transport(mock.transport()).build().await?;
//! let app = checks.accounts().apps().get("accounts/1/apps/2").send().await?;
//! assert_eq!(app.title.as_deref(), Some("Mail"));
//! assert_eq!(mock.count::<apps::Get>(), 1);
//! # Ok(())
//! # }
//! ```

#![warn(missing_docs)]

mod mock;
mod traffic;

pub use mock::book::Recorded;
pub use mock::rule::When;
pub use mock::{Mock, MockTransport};
pub use traffic::recorder::Recorder;
pub use traffic::replay::{Order, Replay};
