//! The methods, by their roles.

mod aggregated;
mod batch;
mod change;
mod changes;
mod create;
mod delete;
mod filter;
mod finish;
mod get;
mod identity;
mod list;
mod lookup;
mod mask;
mod operations;
mod order;
mod output;
mod page;
mod payload;
mod policy;
mod preconditions;
mod sample;
mod values;

use crate::api::roles::Role;
use crate::call::{Answer, Call};
use crate::state::State;
use crate::status::Failure;

/// Serves a valid call.
pub(crate) fn serve(call: &Call<'_>, state: &mut State) -> Result<Answer, Failure> {
    match &call.served.role {
        Role::Get => get::get(call, state),
        Role::List { items } => list::list(call, state, items),
        Role::AggregatedList { scopes, items } => aggregated::list(call, state, scopes, items),
        Role::Create => create::create(call, state),
        Role::Patch => changes::patch(call, state),
        Role::Update => changes::update(call, state),
        Role::Delete => delete::delete(call, state),
        Role::Undelete => delete::undelete(call, state),
        Role::BatchGet { items } => batch::get(call, state, items),
        Role::GetPolicy => policy::get(call, state),
        Role::SetPolicy => policy::set(call, state),
        Role::TestPermissions => Ok(policy::test(call)),
        Role::CancelOperation => operations::cancel(call, state),
        Role::WaitOperation => operations::wait(call, state),
        Role::Act => get::act(call, state),
        Role::Produce => create::produce(call, state),
        Role::Start => operations::start(call, state),
        Role::Sample => Ok(sample::answer(call)),
    }
}
