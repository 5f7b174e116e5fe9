//! The request that the arguments describe.

use clap::ArgMatches;
use discovery_runtime::{Client, HttpBody, Request};

use crate::api::{Api, Method};
use crate::body;
use crate::failure::Failure;
use crate::parameters;
use crate::statics;

/// Builds the request of a method.
pub(crate) fn build(
    api: &Api,
    method: &Method,
    matches: &ArgMatches,
    client: &Client,
) -> Result<Request, Failure> {
    let mut request = client.request(statics::method(api, method));
    for parameter in &method.parameters {
        let name = statics::text(&parameter.name);
        let values = matches.get_many::<String>(&parameters::id(parameter));
        let values: Vec<String> = values.into_iter().flatten().cloned().collect();
        match (parameter.in_path, values.into_iter().next_back()) {
            (true, Some(value)) => {
                request = match &parameter.schema.pattern {
                    Some(pattern) => request.path_matching(name, value, statics::pattern(pattern)),
                    None => request.path(name, value),
                };
            }
            (false, Some(_)) => {
                let values = matches.get_many::<String>(&parameters::id(parameter));
                let values: Vec<String> = values.into_iter().flatten().cloned().collect();
                request.set_query_all::<String>(name, values);
            }
            (_, None) => {}
        }
    }
    if let Some(mask) = body::update_mask(method, matches)?
        && !matches.contains_id("parameter updateMask")
    {
        request.set_query::<String>("updateMask", mask);
    }
    if let Some(json) = body::json(api, method, matches)? {
        request = request.json(&json);
    }
    if method.request.as_ref().is_some_and(|request| request.raw)
        && let Some(text) = matches.get_one::<String>("body")
    {
        let content_type = matches
            .get_one::<String>("content-type")
            .cloned()
            .unwrap_or_default();
        request = request.http_body(&HttpBody::new(content_type, body::content(text)?));
    }
    Ok(request)
}
