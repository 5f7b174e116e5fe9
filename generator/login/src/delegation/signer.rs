//! Signatures of a service account, by its key or by IAM.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use discovery_runtime::{
    Client, HttpMethod, Method,
    Segment::{Literal, Reserved},
    Service,
};
use google_cloud_auth::{credentials::service_account, signer};
use serde_json::{Value, json};

use crate::error::{Error, Result, excerpt};

/// The IAM Service Account Credentials API.
pub(super) static IAM: Service = Service::new(
    "iamcredentials",
    "v1",
    "https://iamcredentials.googleapis.com/",
)
.with_scopes(&["https://www.googleapis.com/auth/cloud-platform"])
.with_package(env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));

static SIGN_JWT: Method = Method::new(
    "iamcredentials.projects.serviceAccounts.signJwt",
    HttpMethod::Post,
    &[Literal("v1/"), Reserved("name"), Literal(":signJwt")],
);

/// A signer of JSON Web Tokens.
#[derive(Clone, Debug)]
pub(super) struct Signer {
    /// The email address of the service account.
    pub(super) account: String,
    /// Its numeric client ID, or a description of where to find it.
    pub(super) client: String,
    method: SigningMethod,
}

#[derive(Clone, Debug)]
enum SigningMethod {
    Key { id: Value, signer: signer::Signer },
    Iam(Client),
}

impl Signer {
    pub(super) fn iam(account: String, client: Client) -> Self {
        Self {
            client: format!("(the field uniqueId of {account})"),
            account,
            method: SigningMethod::Iam(client),
        }
    }

    /// Returns a signer by the key of a service account.
    ///
    /// # Errors
    ///
    /// If this is something else. The message holds nothing of it.
    pub(super) fn key(key: Value, place: &str) -> Result<Self> {
        let problem = || {
            Error::Configuration(format!(
                "{place} is not the key of a service account: create one at \
                 https://console.cloud.google.com/iam-admin/serviceaccounts"
            ))
        };
        let account = key["client_email"].as_str().ok_or_else(problem)?.to_owned();
        let client = key["client_id"].as_str().map_or_else(
            || format!("(the field uniqueId of {account})"),
            str::to_owned,
        );
        let id = key["private_key_id"].clone();
        discovery_runtime::install_crypto_provider()
            .map_err(|cause| Error::Configuration(cause.to_string()))?;
        let builder = service_account::Builder::new(key);
        let signer = builder.build_signer().map_err(|_| problem())?;
        Ok(Self {
            account,
            client,
            method: SigningMethod::Key { id, signer },
        })
    }

    /// Returns a signed JSON Web Token with these claims.
    pub(super) async fn sign(&self, claims: &Value) -> Result<String> {
        match &self.method {
            SigningMethod::Iam(client) => self.sign_by_iam(client, claims).await,
            SigningMethod::Key { id, signer } => {
                let header = json!({"alg": "RS256", "typ": "JWT", "kid": id});
                let encoded = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
                let unsigned = format!("{}.{}", encoded(&header), encoded(claims));
                let signature = signer.sign(&unsigned).await.map_err(|_| {
                    let account = &self.account;
                    Error::Configuration(format!(
                        "the private key of {account} cannot sign: download the key again"
                    ))
                })?;
                Ok(format!("{unsigned}.{}", URL_SAFE_NO_PAD.encode(signature)))
            }
        }
    }

    async fn sign_by_iam(&self, client: &Client, claims: &Value) -> Result<String> {
        let name = format!("projects/-/serviceAccounts/{}", self.account);
        let request = client.request(&SIGN_JWT).path("name", name);
        let mut request = request.json(&json!({"payload": claims.to_string()}));
        request.options().set_idempotency(true);
        let reply = request.send::<Value>().await;
        let failed = |reason: String, is_transient| Error::NotSigned {
            account: self.account.clone(),
            reason: excerpt(&reason),
            is_transient,
        };
        let reply = reply.map_err(|error| match error.status() {
            Some(status) => failed(status.message.clone(), false),
            None => failed(error.to_string(), error.is_transient_and_before_rpc()),
        })?;
        let jwt = reply["signedJwt"].as_str();
        let jwt = jwt.ok_or_else(|| failed("IAM signed nothing".to_owned(), false))?;
        Ok(jwt.to_owned())
    }
}
