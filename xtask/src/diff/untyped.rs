//! Methods that start an operation whose response type nobody names.

use std::collections::BTreeSet;

use generator::Surface;

use crate::message::Message;

/// The type of a response that the document does not name.
const ANY: &str = "runtime::Any";
/// The number of methods that the message names.
const NAMED: usize = 10;

/// Returns a warning about such methods that the old client does not have.
pub(super) fn warning(old: &Surface, new: &Surface) -> Option<Message> {
    let known = methods(old);
    let added: Vec<_> = methods(new).difference(&known).copied().collect();
    let (first, more) = (added.first()?, added.len().saturating_sub(NAMED));
    let named: Vec<_> = added
        .iter()
        .take(NAMED)
        .map(|name| format!("`{name}`"))
        .collect();
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    let path = first.replace('.', ".resources.");
    let text = format!(
        "{}: the document does not name the response of operations that start with {}{more}",
        new.package,
        named.join(", ")
    );
    let note = "their `poller` is a `Poller<Any>`, and naming the type later is a breaking change";
    let help = match path.rsplit_once(".resources.") {
        Some((resource, method)) => format!(
            "name it in the overlay now: \
             `resources.{resource}.methods.{method}.operationInfo.responseType`"
        ),
        None => format!("name it in the overlay now: `methods.{path}.operationInfo.responseType`"),
    };
    Some(Message::warning(text).note(note).help(help))
}

/// Returns the methods that start such an operation. A call that follows operations starts none.
fn methods(surface: &Surface) -> BTreeSet<&str> {
    let services = surface.operations.values();
    let calls = services.flat_map(|service| {
        let others = service.cancel.iter().chain(&service.wait);
        others.chain([&service.get]).map(|call| call.id.as_str())
    });
    let calls: BTreeSet<_> = calls.collect();
    let methods = surface.methods.iter().filter(|(_, method)| {
        let is_untyped = method
            .long_running
            .as_ref()
            .is_some_and(|it| it.response == ANY);
        is_untyped && method.verb != "GET" && !calls.contains(method.id.as_str())
    });
    methods.map(|(name, _)| name.as_str()).collect()
}
