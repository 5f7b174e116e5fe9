//! The command `schema`, which prints the fields of a message.

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Map, Value};

use crate::api::{Api, Kind, Schema};
use crate::failure::Failure;
use crate::names::suggestion;
use crate::output::Output;

/// The depth to which an example shows messages in messages.
const DEPTH: usize = 6;

/// Adds the command.
pub(crate) fn add_to(command: Command) -> Command {
    let name = Arg::new("name")
        .value_name("NAME")
        .required(true)
        .help("The name of a schema");
    let example = Arg::new("example-body")
        .long("example-body")
        .action(ArgAction::SetTrue);
    let example = example.help("Print JSON with all fields that a caller can set");
    let about = "Print the fields of a message, with their types and descriptions";
    command.subcommand(Command::new("schema").about(about).arg(name).arg(example))
}

/// Prints the schema that the arguments name.
pub(crate) fn print(
    api: &Api,
    matches: &ArgMatches,
    output: &mut Output<'_>,
) -> Result<(), Failure> {
    let name = matches
        .get_one::<String>("name")
        .map(String::as_str)
        .unwrap_or_default();
    let Some(schema) = api.schemas.get(name) else {
        let names = api.schemas.keys().map(String::as_str);
        let hint = suggestion(name, names);
        return Err(Failure::invalid(format!(
            "this API has no schema `{name}`{hint}"
        )));
    };
    if matches.get_flag("example-body") {
        return output.line(&format!("{:#}", example(api, schema, DEPTH)));
    }
    output.line(&format!("{name}: {}", one_line(&schema.description)))?;
    for (name, property) in &schema.properties {
        let marks = [
            (property.read_only, ", read only"),
            (property.deprecated, ", deprecated"),
        ];
        let marks = marks
            .iter()
            .filter_map(|(is_set, text)| is_set.then_some(*text));
        let marks: String = marks.collect();
        output.line(&format!("\n  {name} ({}{marks})", kind(property)))?;
        if !property.description.is_empty() {
            output.line(&format!("      {}", one_line(&property.description)))?;
        }
        for (value, description) in &property.values {
            output.line(&format!("      {value}: {}", one_line(description)))?;
        }
    }
    Ok(())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn kind(schema: &Schema) -> String {
    let items = || {
        schema
            .items
            .as_deref()
            .map_or_else(|| "any".to_owned(), kind)
    };
    match &schema.kind {
        Kind::Reference(name) => name.clone(),
        Kind::Array => format!("list of {}", items()),
        Kind::Map => format!("map of {}", items()),
        Kind::String if !schema.values.is_empty() => "enum".to_owned(),
        Kind::Any => "any".to_owned(),
        Kind::Boolean => "boolean".to_owned(),
        Kind::Object => "object".to_owned(),
        Kind::Integer => schema
            .format
            .clone()
            .unwrap_or_else(|| "integer".to_owned()),
        Kind::Number => schema.format.clone().unwrap_or_else(|| "number".to_owned()),
        Kind::String => schema.format.clone().unwrap_or_else(|| "string".to_owned()),
    }
}

/// Returns JSON with every field that a caller can set.
fn example(api: &Api, schema: &Schema, depth: usize) -> Value {
    let schema = api.resolve(schema);
    let items = |depth| match schema.items.as_deref() {
        Some(items) if depth > 0 => example(api, items, depth - 1),
        _ => Value::Null,
    };
    match &schema.kind {
        Kind::Object if depth > 0 => {
            let fields = schema
                .properties
                .iter()
                .filter(|(_, property)| !property.read_only);
            let fields = fields.map(|(name, own)| (name.clone(), example(api, own, depth - 1)));
            fields.collect::<Map<_, _>>().into()
        }
        Kind::Object | Kind::Reference(_) => Map::new().into(),
        Kind::Map => Map::from_iter([("KEY".to_owned(), items(depth))]).into(),
        Kind::Array => vec![items(depth)].into(),
        Kind::Boolean => false.into(),
        Kind::Integer | Kind::Number => 0.into(),
        Kind::String => match (schema.values.first(), schema.format.as_deref()) {
            (Some((name, _)), _) => name.as_str().into(),
            (None, Some("int64" | "uint64")) => "0".into(),
            (None, Some("google-datetime" | "date-time")) => "2025-01-31T09:30:00Z".into(),
            (None, Some("google-duration")) => "3.5s".into(),
            (None, _) => "".into(),
        },
        Kind::Any => Value::Null,
    }
}
