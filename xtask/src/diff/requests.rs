//! The request that a method sends: verb and URL, whatever its variables are called.

use generator::surface::{Argument, Method, OperationService, Segment};
use serde_json::Value;

use super::facts;

/// Returns the verb and the path of a request. A variable is called by the position of its argument,
/// since callers do not write its name.
pub(super) fn shape(service_path: &str, method: &Method) -> String {
    let path = positional(&method.path, &method.arguments);
    format!("{} {service_path}{path}", method.verb)
}

/// Returns a path with the positions of arguments in place of variables.
pub(super) fn positional(path: &[Segment], arguments: &[Argument]) -> String {
    let position = |name: &str| arguments.iter().position(|argument| argument.wire == name);
    template(path, &|name| {
        position(name).map_or_else(|| name.to_owned(), |position| position.to_string())
    })
}

/// Returns the verb and the path of a request as the document has them.
pub(super) fn text(service_path: &str, method: &Method) -> String {
    let path = template(&method.path, &str::to_owned);
    format!("{} {service_path}{path}", method.verb)
}

/// Returns the same after the names of the arguments, whose order may be the only difference.
pub(super) fn text_with_arguments(service_path: &str, method: &Method) -> String {
    let arguments = method.arguments.iter();
    let names: Vec<_> = arguments.map(|argument| argument.wire.as_str()).collect();
    format!("({}) {}", names.join(", "), text(service_path, method))
}

/// Returns the calls that follow operations, with their paths as text.
pub(super) fn of_operations(service: &OperationService) -> Value {
    let mut facts = facts::tree(service);
    let calls = [
        ("get", Some(&service.get)),
        ("cancel", service.cancel.as_ref()),
        ("wait", service.wait.as_ref()),
    ];
    for (name, call) in calls {
        if let Some(call) = call {
            facts[name]["path"] = template(&call.path, &str::to_owned).into();
        }
    }
    facts
}

fn template(path: &[Segment], name: &dyn Fn(&str) -> String) -> String {
    let segments = path.iter().map(|segment| match segment {
        Segment::Literal(text) => text.clone(),
        Segment::Variable(variable) => {
            let reserved = if variable.reserved { "+" } else { "" };
            format!("{{{reserved}{}}}", name(&variable.name))
        }
    });
    segments.collect()
}
