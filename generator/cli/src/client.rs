//! The client that the flags describe.

use std::time::Duration;

use clap::ArgMatches;
use discovery_runtime::google_cloud_auth::credentials::anonymous;
use discovery_runtime::google_cloud_gax::retry_policy::{Aip194Strict, RetryPolicyExt as _};
use discovery_runtime::{Client, ClientBuilder, Transport};

use crate::api::Api;
use crate::failure::Failure;
use crate::statics;

/// Builds the client. A transport, if given, takes the place of the network.
pub(crate) async fn build(
    api: &Api,
    matches: &ArgMatches,
    transport: Option<impl Transport>,
) -> Result<Client, Failure> {
    let text = |name| matches.get_one::<String>(name);
    let mut builder: ClientBuilder<Client> = ClientBuilder::new(statics::service(api));
    if let Some(url) = text("endpoint") {
        builder = builder.with_endpoint(url);
    }
    #[cfg(feature = "login")]
    let user = crate::login::credentials(api, matches).await?;
    #[cfg(not(feature = "login"))]
    let user = None::<discovery_runtime::google_cloud_auth::credentials::Credentials>;
    if let Some(credentials) = user {
        builder = builder.with_credentials(credentials);
    } else if let Some(file) = text("key-file") {
        builder = builder.with_service_account_file(file);
    } else if let Some(key) = text("api-key") {
        builder = builder.with_api_key(key);
    } else if matches.get_flag("anonymous") {
        builder = builder.with_credentials(anonymous::Builder::new().build());
    }
    if let Some(project) = text("quota-project") {
        builder = builder.with_quota_project(project);
    }
    if let Some(scopes) = matches.get_many::<String>("scope") {
        builder = builder.with_scopes(scopes);
    }
    if let Some(seconds) = matches.get_one::<u64>("timeout") {
        builder = builder.with_attempt_timeout(Duration::from_secs(*seconds));
    }
    if let Some(retries) = matches.get_one::<u32>("retries") {
        let policy = Aip194Strict.continue_on_too_many_requests();
        builder = builder.with_retry_policy(policy.with_attempt_limit(retries.saturating_add(1)));
    }
    if let Some(transport) = transport {
        builder = builder.with_transport(transport);
    }
    Ok(builder.build().await?)
}
