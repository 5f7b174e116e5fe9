//! The metadata server of Google Cloud.

use std::{env, fs, time::Duration};

use tokio::time::sleep;

use super::tls;

/// The variable that names another host, as in Google's own libraries.
const HOST: &str = "GCE_METADATA_HOST";
const DEFAULT_HOST: &str = "metadata.google.internal";
/// The file by which Google's machines say what they are.
const PRODUCT: &str = "/sys/class/dmi/id/product_name";
/// The time that the server gets for a reply.
const PATIENCE: Duration = Duration::from_secs(1);
/// The pauses before further attempts: on some platforms the server starts with the program.
const PAUSES: [Duration; 2] = [Duration::from_millis(200), Duration::from_millis(500)];

/// Returns the host of the metadata server, wherever the program runs.
pub(super) fn host() -> String {
    let named = env::var(HOST).ok();
    named.unwrap_or_else(|| DEFAULT_HOST.to_owned())
}

/// Returns whether a metadata server answers, after a few seconds at most. On a machine of Google's
/// there is one, even if it does not answer yet.
///
/// This is called first, since the credentials would wait for a server that is not there.
pub(super) async fn is_present(host: &str) -> bool {
    if host == DEFAULT_HOST && is_on_google() {
        return true;
    }
    for pause in PAUSES {
        if answers(host).await {
            return true;
        }
        sleep(pause).await;
    }
    answers(host).await
}

fn is_on_google() -> bool {
    fs::read_to_string(PRODUCT).is_ok_and(|product| product.trim().starts_with("Google"))
}

/// Returns whether the host answers as a metadata server does. Some networks have an answer to every
/// name.
async fn answers(host: &str) -> bool {
    const FLAVOR: &str = "metadata-flavor";
    let Ok(client) = tls::plain_client(PATIENCE) else {
        return false;
    };
    let request = client
        .get(format!("http://{host}/"))
        .header(FLAVOR, "Google");
    let reply = request.send().await;
    reply.is_ok_and(|reply| {
        reply
            .headers()
            .get(FLAVOR)
            .is_some_and(|flavor| flavor == "Google")
    })
}
