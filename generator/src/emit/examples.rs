//! The files below `examples/`: programs that take `--endpoint`, so that they run against a local server.

pub(super) mod call;
mod cancel;
mod program;
pub(super) mod quickstart;
mod upload;

use super::file::File;
use crate::model::Api;

pub(super) fn files(api: &Api) -> Vec<File> {
    let (names, examples) = (&api.names, &api.examples);
    let cancel = examples.cancel.as_ref();
    let quickstart = examples.quickstart.as_ref();
    let upload = examples.upload.as_ref();
    let files = [
        (
            "cancel",
            cancel.map(|example| cancel::program(names, example)),
        ),
        (
            "quickstart",
            quickstart.map(|command| quickstart::program(names, command)),
        ),
        (
            "upload",
            upload.map(|command| upload::program(names, command)),
        ),
    ];
    let files = files.into_iter();
    files
        .filter_map(|(name, tokens)| Some(File::new(format!("examples/{name}.rs"), tokens?)))
        .collect()
}
