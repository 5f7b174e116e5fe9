//! The arguments of a method.

use std::collections::BTreeSet;

use clap::builder::{PossibleValue, PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction, Command};

use crate::api::{Api, Kind, Method, Parameter, Schema};
use crate::flags;
use crate::names::kebab;
use crate::scalar;
use crate::statics;

/// Adds the arguments of a method to its command.
pub(crate) fn add_to(command: Command, api: &Api, method: &Method) -> Command {
    let mut command = command;
    let mut names: BTreeSet<String> = BTreeSet::new();
    for parameter in &method.parameters {
        let mut name = kebab(&parameter.name);
        if flags::RESERVED.contains(&name.as_str()) {
            name = format!("api-{name}");
        }
        // Two names that differ in case only are both written as the document has them.
        if !names.insert(name.clone()) {
            name = parameter.name.clone();
        }
        command = command.arg(argument(parameter, &name));
    }
    match &method.request {
        Some(request) if request.raw => command = command.args(flags::raw_body()),
        Some(_) => command = command.args(flags::body()),
        None => {}
    }
    if method.upload.is_some() {
        command = command.args(flags::upload());
    }
    if method.download.is_some() {
        command = command.arg(flags::output());
    }
    if method
        .pages
        .as_ref()
        .is_some_and(|pages| pages.items.is_some())
    {
        command = command.args(flags::pages());
    }
    if method.long_running {
        command = command.args(flags::operation());
    } else if api.gets_operations(method) {
        command = command.args(flags::wait());
    }
    command
}

/// Returns the id of a parameter's argument, which is never that of a shared flag.
pub(crate) fn id(parameter: &Parameter) -> String {
    format!("parameter {}", parameter.name)
}

fn argument(parameter: &Parameter, name: &str) -> Arg {
    let argument = Arg::new(statics::text(&id(parameter)))
        .help(help(&parameter.schema))
        .required(parameter.required)
        .value_parser(parser(&parameter.schema));
    if parameter.in_path {
        return argument.value_name(statics::text(&name.to_uppercase()));
    }
    let is_boolean = parameter.schema.kind == Kind::Boolean && !parameter.repeated;
    let argument = argument
        .long(statics::text(name))
        .value_name(value_name(&parameter.schema))
        .allow_hyphen_values(!is_boolean)
        .help_heading("Parameters");
    // The name in the document, unless it is that of another flag.
    let argument = match name == kebab(&parameter.name) && name != parameter.name {
        true => argument.alias(statics::text(&parameter.name)),
        false => argument,
    };
    match (parameter.repeated, is_boolean) {
        (true, _) => argument.action(ArgAction::Append),
        (_, true) => argument
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true"),
        _ => argument,
    }
}

fn parser(schema: &Schema) -> ValueParser {
    if schema.kind == Kind::Boolean {
        return PossibleValuesParser::new(["true", "false"]).into();
    }
    if !schema.values.is_empty() {
        let values = schema.values.iter().map(|(name, description)| {
            PossibleValue::new(statics::text(name)).help(description.clone())
        });
        return PossibleValuesParser::new(values.collect::<Vec<_>>()).into();
    }
    let schema = schema.clone();
    ValueParser::new(move |text: &str| scalar::parse(&schema, text).map(scalar::text))
}

fn value_name(schema: &Schema) -> &'static str {
    match (&schema.kind, schema.format.as_deref()) {
        (Kind::Boolean, _) => "BOOL",
        (Kind::Integer, _) | (_, Some("int64" | "uint64")) => "INTEGER",
        (Kind::Number, _) => "NUMBER",
        (_, Some("google-datetime" | "date-time")) => "TIME",
        (_, Some("google-duration")) => "DURATION",
        (_, Some("google-fieldmask")) => "FIELDS",
        (_, Some("byte")) => "BASE64",
        _ => "TEXT",
    }
}

fn help(schema: &Schema) -> String {
    let mut help = schema.description.clone();
    if schema.deprecated {
        help.insert_str(0, "Deprecated. ");
    }
    let facts = [("default", &schema.default), ("pattern", &schema.pattern)];
    for (name, value) in facts {
        if let Some(value) = value {
            help.push_str(&format!(" [{name}: {value}]"));
        }
    }
    help
}
