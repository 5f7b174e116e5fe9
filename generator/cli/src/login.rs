//! Credentials of users.

use clap::{ArgMatches, Command};
use discovery_login::{Credentials, Delegation, Login};

use crate::api::Api;
use crate::failure::Failure;

/// Adds the command `logout`.
pub(crate) fn add_to(command: Command) -> Command {
    let about = "Revoke and delete the login to the OAuth client that --login names";
    command.subcommand(Command::new("logout").about(about))
}

/// Returns the credentials of the user whom the flags name, if they name one.
pub(crate) async fn credentials(
    api: &Api,
    matches: &ArgMatches,
) -> Result<Option<Credentials>, Failure> {
    let text = |name| matches.get_one::<String>(name);
    if text("login").is_some() {
        let login = login(api, matches)?;
        return Ok(Some(login.credentials().await.map_err(failure)?));
    }
    let (Some(key), Some(user)) = (text("key-file"), text("user")) else {
        return Ok(None);
    };
    let robot = Delegation::from_key_file(key).map_err(failure)?;
    let robot = robot.with_scopes(scopes(api, matches));
    Ok(Some(robot.credentials(user).await.map_err(failure)?))
}

/// Revokes and deletes the login of the user.
pub(crate) async fn log_out(api: &Api, matches: &ArgMatches) -> Result<(), Failure> {
    login(api, matches)?.log_out().await.map_err(failure)
}

fn login(api: &Api, matches: &ArgMatches) -> Result<Login, Failure> {
    let Some(client) = matches.get_one::<String>("login") else {
        return Err(Failure::invalid(
            "--login names the file of an OAuth client",
        ));
    };
    let login = Login::from_file(client).map_err(failure)?;
    let login = login.with_scopes(scopes(api, matches));
    Ok(match matches.get_one::<String>("user") {
        Some(user) => login.with_account(user),
        None => login,
    })
}

/// Returns the scopes of the flags, or else those of the API.
fn scopes(api: &Api, matches: &ArgMatches) -> Vec<String> {
    match matches.get_many::<String>("scope") {
        Some(scopes) => scopes.cloned().collect(),
        None => api.scopes.clone(),
    }
}

fn failure(error: discovery_login::Error) -> Failure {
    Failure::credentials(error.to_string())
}
