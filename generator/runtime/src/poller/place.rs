//! Where an operation lives: which of a document's resources asks for it, and by which values.

use serde_json::{Map, Value};

use super::service::{Action, OperationService};
use super::template::{self, Segment, Values};
use crate::{call::request::Request, poller::operation::Operation};

/// What is known of an operation when it is asked for.
pub(super) struct Known<'a> {
    /// As it was last seen, if it was.
    pub(super) operation: Option<&'a Operation>,
    /// All that the service sent of it: `zone`, `region`, `selfLink` are no part of AIP-151.
    pub(super) members: Option<&'a Map<String, Value>>,
    /// The request that started it, or got it first.
    pub(super) started: &'a Request,
}

/// What speaks for a place, the more the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Evidence {
    /// Each value was found somewhere: in the operation, its name, or the request that started it.
    Parts,
    /// The operation's name has all of them.
    Name,
    /// The operation's URL has all of them, though it may be of another version of the API.
    Link,
    /// The operation's URL is one of this method.
    OwnLink,
    /// The caller found it there.
    Given,
}

/// A resource of operations and the values by which it is asked.
struct Place {
    evidence: Evidence,
    service: &'static OperationService,
    values: Values,
}

impl Place {
    /// Of two places for which the same speaks, the one with more values tells more.
    fn rank(&self) -> (Evidence, usize) {
        (self.evidence, self.values.len())
    }
}

/// The request that does something with the operation, if the document has a method for that.
pub(super) fn request(
    services: &'static [OperationService],
    known: &Known<'_>,
    action: Action,
) -> Option<Request> {
    let places: Vec<Place> = services
        .iter()
        .filter_map(|service| known.place(service))
        .collect();
    let client = &known.started.client;
    let Some(best) = places.iter().map(Place::rank).max() else {
        let (service, values) = known.only_path(services, action)?;
        return service.request(client, values, action);
    };
    let mut best = places.into_iter().filter(|place| place.rank() == best);
    let mut request = best.find_map(|place| place.service.request(client, place.values, action))?;
    if action == Action::Get && request.method.id() == known.started.method.id() {
        request.query = known.started.query.clone();
    }
    Some(request)
}

impl Known<'_> {
    fn name(&self) -> Option<&str> {
        self.operation?.name.as_deref()
    }

    fn place(&self, service: &'static OperationService) -> Option<Place> {
        let found = |evidence, values| Place {
            evidence,
            service,
            values,
        };
        let given = || Some(found(Evidence::Given, self.given(service)?));
        let named = || {
            let (evidence, values) = self.linked(service).or_else(|| self.named(service))?;
            Some(found(evidence, values))
        };
        let parts = || Some(found(Evidence::Parts, self.parts(service)?));
        given().or_else(named).or_else(parts)
    }

    /// The values of the request, if it was one about this operation.
    fn given(&self, service: &OperationService) -> Option<Values> {
        service
            .is_method(self.started.method)
            .then(|| {
                let variables = service.variables().iter();
                variables
                    .map(|(variable, _)| Some((*variable, self.argument(variable)?.to_owned())))
                    .collect()
            })
            .flatten()
    }

    /// The values that the operation's URL has.
    fn linked(&self, service: &OperationService) -> Option<(Evidence, Values)> {
        let link = self.members?.get("selfLink")?.as_str()?;
        let template = template::segments(service.path())?;
        let fits = |variable: &str, value: &str| service.fits(variable, value);
        let read = |template: &[Segment]| {
            is_bounded(template, service)
                .then(|| template::in_link(template, link, &fits))
                .flatten()
        };
        read(&template)
            .map(|values| (Evidence::OwnLink, values))
            .or_else(|| Some((Evidence::Link, read(template::of_name(&template))?)))
    }

    /// The values that the operation's name has.
    fn named(&self, service: &OperationService) -> Option<(Evidence, Values)> {
        let template = template::segments(service.path())?;
        let template = template::of_name(&template);
        // A short name would be a value of any `{x}`.
        let tells = template.len() > 1 || is_bounded(template, service);
        let fits = |variable: &str, value: &str| service.fits(variable, value);
        let values = template::in_name(template, self.name()?, &fits)?;
        tells.then_some((Evidence::Name, values))
    }

    /// A single variable is the operation's name. Of several the last is the last part of the name,
    /// and the others come from the operation (`zone` is the URL of a zone) or from the request
    /// that started it.
    fn parts(&self, service: &OperationService) -> Option<Values> {
        let name = self.name()?;
        let (last, others) = service.variables().split_last()?;
        let whole = others.is_empty() && service.path().contains("{+");
        let mut values = Vec::with_capacity(others.len() + 1);
        for (variable, _) in others {
            values.push((*variable, self.value(variable)?.to_owned()));
        }
        values.push((
            last.0,
            if whole { name } else { last_part(name) }.to_owned(),
        ));
        let fit = |(variable, value): &(&str, String)| service.fits(variable, value);
        values.iter().all(fit).then_some(values)
    }

    fn value(&self, variable: &str) -> Option<&str> {
        let own = self.members.and_then(|members| members.get(variable));
        own.and_then(Value::as_str)
            .map(last_part)
            .or_else(|| self.argument(variable))
    }

    /// A path parameter of the request that started the operation.
    fn argument(&self, variable: &str) -> Option<&str> {
        let mut values = self.started.path.iter();
        values.find_map(|given| (given.name == variable).then_some(given.value.as_str()))
    }

    /// A name that fits no pattern, by the only path that takes whole names: a document may leave
    /// out some of the resources that have operations, but not the path.
    fn only_path(
        &self,
        services: &'static [OperationService],
        action: Action,
    ) -> Option<(&'static OperationService, Values)> {
        let name = self.name().filter(|name| name.contains('/'))?;
        let mut paths = services.iter().filter_map(|service| {
            let [(variable, _)] = service.variables() else {
                return None;
            };
            let path = service.method(action)?.path();
            path.contains("{+").then_some((path, service, *variable))
        });
        let (path, service, variable) = paths.next()?;
        paths
            .all(|(other, ..)| other == path)
            .then(|| (service, vec![(variable, name.to_owned())]))
    }
}

/// Whether the template says where its first variable begins: by what is before it, or by its
/// pattern if it may be several segments.
fn is_bounded(template: &[Segment], service: &OperationService) -> bool {
    match template.first() {
        Some(Segment::Variable {
            name,
            reserved: true,
        }) => service.has_pattern(name),
        Some(Segment::Literal(_)) => true,
        Some(Segment::Variable { .. }) | None => false,
    }
}

/// `operation-1` of `projects/p/operations/operation-1`, `us-east1-b` of the URL of a zone.
fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}
