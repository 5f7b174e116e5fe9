//! Connections that are cut anywhere from the first byte of a request to the last of its reply.

use std::{fmt::Write as _, sync::Arc};

use discovery_runtime::{Error, ErrorExt as _, Media, Result};
use google_checks_v1alpha::{Checks, schemas::report::AnalyzeUploadRequest};
use google_cloud_gax::retry_policy::{Aip194Strict, RetryPolicyExt as _};

use crate::support::{
    catalogue::Fault,
    clock::Clock,
    kind, run,
    server::{Act, End, FaultServer, Read},
};

const APP: &str = "accounts/1/apps/2";
const OPERATION: &str = "accounts/1/apps/2/operations/3";

#[derive(Clone, Copy, Debug)]
enum Call {
    Get,
    Cancel,
    Wait,
    Upload,
}

impl Call {
    async fn send(self, checks: &Checks) -> Result<()> {
        let apps = checks.accounts().apps();
        match self {
            Self::Get => apps.get(APP).send().await.map(drop),
            Self::Cancel => apps.operations().cancel(OPERATION).send().await,
            Self::Wait => {
                let wait = apps
                    .operations()
                    .wait(OPERATION)
                    .with_request(Default::default());
                wait.send().await.map(drop)
            }
            Self::Upload => {
                let upload = checks.media().upload(APP, AnalyzeUploadRequest::default());
                let media = Media::from_bytes(vec![0; 1 << 20]);
                upload.with_media(media).send().await.map(drop)
            }
        }
    }
}

/// The point at which the connection is cut.
#[derive(Clone, Copy, Debug)]
enum Cut {
    OnConnect,
    InRequestHead,
    AfterRequestHead,
    BeforeReply,
    InReplyHead,
    InReplyBody,
}

impl Cut {
    const ALL: [Self; 6] = [
        Self::OnConnect,
        Self::InRequestHead,
        Self::AfterRequestHead,
        Self::BeforeReply,
        Self::InReplyHead,
        Self::InReplyBody,
    ];

    /// Starts a server that cuts every connection there.
    async fn serve(self) -> FaultServer {
        let good = format!(r#"{{"name":"{OPERATION}"}}"#);
        let at_first = |read| {
            Some(Act {
                read,
                bytes: Vec::new(),
                end: End::Reset,
            })
        };
        FaultServer::start_with(move |request| match (self, request) {
            (Self::OnConnect, _) => at_first(Read::Whole),
            (Self::InRequestHead, _) => at_first(Read::Begin),
            (_, None) => None,
            (Self::AfterRequestHead, _) => Some(Fault::ResetInRequest.act(&good, "")),
            (Self::BeforeReply, _) => Some(Fault::ResetBeforeHead.act(&good, "")),
            (Self::InReplyHead, _) => Some(Fault::ResetInHead.act(&good, "")),
            (Self::InReplyBody, _) => Some(Fault::ResetInBody.act(&good, "")),
        })
        .await
    }
}

/// Returns the number of connections and the outcome for the caller. The message of the error is
/// left out, since it depends on when the client detects the cut.
async fn cell(call: Call, cut: Cut) -> String {
    let server = Arc::new(cut.serve().await);
    let clock = Clock::held();
    let builder = run::builder(&server)
        .with_retry_policy(Aip194Strict.with_attempt_limit(3))
        .with_backoff_policy(clock.clone())
        .with_retry_throttler(clock.clone());
    let checks = builder.build().await.unwrap();
    let result = call.send(&checks).await;
    let outcome = match &result {
        Ok(()) => "done".to_owned(),
        Err(error) => format!("{}, attempts: {}", last(error), error.attempts()),
    };
    clock.release();
    format!("{} connections: {outcome}", server.tally().accepted)
}

fn last(error: &Error) -> &'static str {
    let source = std::error::Error::source(error);
    let attempts = source.and_then(|source| source.downcast_ref());
    kind(attempts.map_or(error, discovery_runtime::AttemptsError::last))
}

/// Calls that change state or are costly are never sent twice, even if the service seems not to
/// have received them: the client cannot know.
#[tokio::test(start_paused = true)]
async fn only_idempotent_calls_are_repeated_after_a_cut() {
    let mut table = String::new();
    for cut in Cut::ALL {
        writeln!(table, "{cut:?}").unwrap();
        for call in [Call::Get, Call::Cancel, Call::Wait, Call::Upload] {
            let cell = cell(call, cut).await;
            writeln!(table, "  {:<7} {cell}", format!("{call:?}")).unwrap();
        }
    }
    insta::assert_snapshot!(table);
}
