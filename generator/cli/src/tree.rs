//! The tree of commands: resources, and the methods in them.

use std::collections::{BTreeMap, HashSet};

use clap::Command;

use crate::api::{Api, Method};
use crate::completions;
use crate::flags;
use crate::names::kebab;
use crate::parameters;
use crate::schema_page;
use crate::statics;

/// A resource, or the root.
#[derive(Default)]
struct Node<'a> {
    resources: BTreeMap<&'a str, Node<'a>>,
    methods: Vec<&'a Method>,
}

/// Builds the command of an API.
///
/// Given the words of a command line, it leaves out the arguments of methods that these cannot name: a
/// large API has thousands of arguments.
pub(crate) fn command(api: &Api, words: Option<&HashSet<&str>>) -> Command {
    let mut root = Node::default();
    for method in &api.methods {
        let mut node = &mut root;
        for name in &method.resources {
            node = node.resources.entry(name).or_default();
        }
        node.methods.push(method);
    }
    let command = Command::new(statics::text(&api.name))
        .version(statics::text(&api.version))
        .about(api.title.clone())
        .long_about(format!("{}\n\n{}", api.title, api.description));
    let command = flags::global(completions::add_to(schema_page::add_to(command)));
    #[cfg(feature = "login")]
    let command = crate::login::add_to(command);
    add(api, &root, command, words)
}

fn add(api: &Api, node: &Node<'_>, command: Command, words: Option<&HashSet<&str>>) -> Command {
    let mut command = command
        .subcommand_required(true)
        .arg_required_else_help(true);
    for (name, resource) in &node.resources {
        let own = named(name).about(format!("The resource {name}"));
        command = command.subcommand(add(api, resource, own, words));
    }
    for method in &node.methods {
        let name = method_name(node, method);
        let own = named(&name).about(first_sentence(&method.description));
        let own = own.long_about(long_about(method));
        let is_wanted = words.is_none_or(|words| {
            words.contains(name.as_str()) || words.contains(kebab(&name).as_str())
        });
        command = command.subcommand(match is_wanted {
            true => parameters::add_to(own, api, method),
            false => own,
        });
    }
    command
}

/// Finds the method of a chain of subcommands.
pub(crate) fn find<'a>(api: &'a Api, names: &[&str]) -> Option<&'a Method> {
    let (last, resources) = names.split_last()?;
    let last = last.strip_suffix('_').unwrap_or(last);
    let mut methods = api.methods.iter();
    methods.find(|method| method.name == last && method.resources == resources)
}

/// Returns the name of a method's command; one that is called like a resource beside it gets `_`.
fn method_name(node: &Node<'_>, method: &Method) -> String {
    let is_taken = node.resources.contains_key(method.name.as_str());
    let suffix = if is_taken || ["completions", "help", "logout", "schema"].contains(&&*method.name)
    {
        "_"
    } else {
        ""
    };
    format!("{}{suffix}", method.name)
}

fn named(name: &str) -> Command {
    let command = Command::new(statics::text(name));
    match kebab(name) {
        alias if alias != name => command.alias(statics::text(&alias)),
        _ => command,
    }
}

fn first_sentence(text: &str) -> String {
    let text = text.lines().next().unwrap_or_default();
    match text.split_once(". ") {
        Some((sentence, _)) => sentence.to_owned(),
        None => text.trim_end_matches('.').to_owned(),
    }
}

fn long_about(method: &Method) -> String {
    let note = if method.deprecated {
        "Deprecated. "
    } else {
        ""
    };
    format!("{note}{}\n\n{}", method.description, method.call.id)
}
