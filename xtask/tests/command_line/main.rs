//! The built command, run in a small workspace of its own.

mod batch;
mod codegen;
mod depend;
mod diff;
#[cfg(feature = "fetch")]
mod fetch;
#[cfg(unix)]
mod interruption;
#[cfg(unix)]
mod kill;
mod mistakes;
mod only;
mod publish;
mod revisions;
mod runtimes;
mod sandbox;
#[cfg(feature = "serve")]
mod serve;
#[cfg(feature = "fetch")]
mod server;
#[cfg(feature = "survey")]
mod survey;
mod usage;
mod versions;
