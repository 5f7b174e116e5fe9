//! Every method of several APIs, called by its command line at a fake of the API.

use std::ffi::OsString;

use discovery_cli::api::{Api, Kind, Method, Parameter};
use discovery_fake::Fake;
use discovery_fake::server::Server;

use crate::program::{CHECKS, DRIVE, document};

const CALENDAR: &str = "generator/client-tests/documents/calendar.v3.json";
const STORAGE: &str = "generator/client-tests/documents/storage.v1.json";

#[tokio::test]
async fn every_method_is_accepted() {
    for path in [CHECKS, CALENDAR, DRIVE, STORAGE] {
        let document = document(path);
        let api = Api::new(&document).unwrap();
        let fake = Fake::new(document);
        let server = Server::bind(fake, ([127, 0, 0, 1], 0).into())
            .await
            .unwrap();
        let url = format!("http://{}", server.address().unwrap());
        let server = tokio::spawn(server.run());
        let mut refused = Vec::new();
        for method in &api.methods {
            let mut words = words(method, &url);
            if let Some(request) = method.request.as_ref().filter(|request| !request.raw) {
                words.extend(["--body".into(), example(&api, &request.schema).await]);
            }
            let outcome = discovery_cli::call(&api, words, &mut Vec::new()).await;
            // A resource that does not exist is not the fault of the request.
            if let Err(failure) = outcome
                && failure.code() != 5
            {
                refused.push(format!("{}: {failure}", method.call.id));
            }
        }
        server.abort();
        assert!(refused.is_empty(), "{}", refused.join("\n"));
    }
}

/// Returns the example of a request body.
async fn example(api: &Api, schema: &str) -> OsString {
    let words = ["program", "schema", schema, "--example-body"];
    let mut text = Vec::new();
    discovery_cli::call(api, words.map(OsString::from), &mut text)
        .await
        .unwrap();
    String::from_utf8(text).unwrap().into()
}

/// Returns a command line that calls the method.
fn words(method: &Method, url: &str) -> Vec<OsString> {
    let mut words = vec!["program".to_owned()];
    words.extend(method.resources.iter().cloned());
    words.push(method.name.clone());
    for parameter in method
        .parameters
        .iter()
        .filter(|parameter| parameter.required)
    {
        match parameter.in_path {
            true => words.push(sample(parameter)),
            false => words.push(format!("--{}={}", parameter.name, sample(parameter))),
        }
    }
    let flags = [
        "--anonymous",
        "--retries=0",
        "--deadline=5",
        "--endpoint",
        url,
    ];
    let takes_deadline = method.long_running;
    let flags = flags
        .iter()
        .filter(|flag| takes_deadline || !flag.starts_with("--deadline"));
    words.extend(flags.map(|flag| (*flag).to_owned()));
    words.into_iter().map(OsString::from).collect()
}

/// Returns a value that the document allows.
fn sample(parameter: &Parameter) -> String {
    let schema = &parameter.schema;
    if let Some(pattern) = &schema.pattern {
        return pattern.trim_matches(['^', '$']).replace("[^/]+", "a1");
    }
    match (&schema.kind, schema.values.first()) {
        (_, Some((name, _))) => name.clone(),
        (Kind::Boolean, _) => "true".to_owned(),
        (Kind::Integer | Kind::Number, _) => "1".to_owned(),
        (_, None) if schema.format.as_deref() == Some("int64") => "1".to_owned(),
        (_, None) => "a1".to_owned(),
    }
}
