//! `cargo xtask serve`: a stateful fake of APIs over HTTP.

mod text;

use std::net::SocketAddr;

use discovery::Document;
use discovery_fake::server::Server;
use discovery_fake::{Coverage, Fake, Settings};
use rayon::prelude::*;
use tokio::runtime::Runtime;

pub use crate::cli::Serve as Request;
use crate::documents::{self, DocumentPaths};
use crate::message::Message;
use crate::workspace::Workspace;

/// A fake that is ready, and its server unless only a report was requested.
#[derive(Debug)]
pub struct Serving {
    /// The coverage of each API, by its id.
    apis: Vec<(String, Coverage)>,
    /// The server, the runtime that drives it, and the address.
    server: Option<(Server, Runtime, SocketAddr)>,
}

/// Reads the documents and listens.
///
/// # Errors
///
/// All errors of the documents, a state file that cannot be used, or an address that cannot be listened on.
pub fn start(workspace: &Workspace, request: &Request) -> Result<Serving, Vec<Message>> {
    let paths = paths(workspace, request)?;
    let parsed: Vec<_> = paths.par_iter().map(parse).collect();
    let (mut documents, mut errors) = (Vec::new(), Vec::new());
    for one in parsed {
        match one {
            Ok(document) => documents.push(document),
            Err(messages) => errors.extend(messages),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let settings = Settings {
        operation_polls: request.operation_polls,
        ..Settings::default()
    };
    let mut fake = Fake::of(documents)
        .with_seed(request.seed)
        .with_settings(settings);
    if let Some(path) = &request.state {
        fake = fake
            .with_state_file(path)
            .map_err(|error| vec![Message::io("use", path, &error)])?;
    }
    let apis = fake.coverage();
    let server = match request.report {
        true => None,
        false => Some(listen(fake, request).map_err(|error| vec![error])?),
    };
    Ok(Serving { apis, server })
}

impl Serving {
    /// Returns the report, and the endpoints for clients.
    pub fn text(&self) -> String {
        let address = self.server.as_ref().map(|(_, _, address)| *address);
        text::text(&self.apis, address)
    }

    /// Serves until the process ends. Returns immediately if only a report was requested.
    pub fn run(self) {
        if let Some((server, runtime, _)) = self.server {
            runtime.block_on(async {
                server.run().await;
            });
        }
    }
}

fn listen(fake: Fake, request: &Request) -> Result<(Server, Runtime, SocketAddr), Message> {
    let address = SocketAddr::new(request.address, request.port);
    let bound = Runtime::new().and_then(|runtime| {
        let server = runtime.block_on(Server::bind(fake, address))?;
        let address = server.address()?;
        Ok((server, runtime, address))
    });
    bound.map_err(|error| {
        let help = "choose another port by `--port`, or a free one by `--port 0`";
        Message::error(format!("cannot listen on {address}: {error}")).help(help)
    })
}

/// Returns the documents that the request names.
fn paths(workspace: &Workspace, request: &Request) -> Result<Vec<DocumentPaths>, Vec<Message>> {
    let own = [workspace.documents()];
    let named = if request.document.is_empty() {
        &own[..]
    } else {
        &request.document
    };
    let (mut paths, mut errors) = (Vec::new(), Vec::new());
    for path in named {
        if path.is_dir() {
            let (found, problems) = documents::list(path);
            paths.extend(found);
            errors.extend(problems);
        } else {
            paths.push(DocumentPaths::with_overlay(path.clone()));
        }
    }
    if errors.is_empty() {
        Ok(paths)
    } else {
        Err(errors)
    }
}

fn parse(paths: &DocumentPaths) -> Result<Document, Vec<Message>> {
    let files = paths.read().map_err(|error| vec![error])?;
    let parsed = files.parse()?;
    Ok(parsed.document().clone())
}
