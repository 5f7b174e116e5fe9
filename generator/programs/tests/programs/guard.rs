//! The guard around a model.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use discovery_runtime::{Call, ClientBuilder, Reply, Result, Transport};
use google_checks_v1alpha::Checks;
use google_checks_v1alpha::schemas::aisafety::ClassifyContentRequestPolicyConfig;
use programs::guard::{Guard, Model, Violation};
use serde_json::{Value, json};
use tower::{BoxError, ServiceBuilder, ServiceExt as _, service_fn};

use crate::support::{Answer, Server, anonymous};

const SAFE: &str = "NON_VIOLATIVE";
const QUOTA: &str = r#"{"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "no"}}"#;

/// Returns a reply with the verdicts on the policies.
fn verdicts(dangerous: &str, harassment: &str) -> Answer {
    let results = [("DANGEROUS_CONTENT", dangerous), ("HARASSMENT", harassment)];
    let results = results.map(
        |(policy, verdict)| json!({"policyType": policy, "score": 0.4, "violationResult": verdict}),
    );
    Answer::json("200 OK", &json!({"policyResults": results}).to_string())
}

/// A model that repeats its prompts, and records them.
#[derive(Clone, Default)]
struct Parrot(Arc<Mutex<Vec<String>>>);

impl Parrot {
    fn prompts(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    async fn ask(
        &self,
        builder: ClientBuilder<Checks>,
        fail_open: bool,
    ) -> Result<String, BoxError> {
        let policy = |name| ClassifyContentRequestPolicyConfig::default().set_policy_type(name);
        let guard = Guard {
            checks: builder.build().await?,
            policies: vec![policy("DANGEROUS_CONTENT").set_threshold(0.25), policy("HARASSMENT")],
            timeout: Duration::from_secs(2),
            fail_open,
        };
        let prompts = self.0.clone();
        let model = Model::new(service_fn(move |prompt: String| {
            prompts.lock().unwrap().push(prompt.clone());
            async move { Ok(format!("{prompt}!")) }
        }));
        ServiceBuilder::new().layer(guard).service(model).oneshot("hello".to_owned()).await
    }
}

fn builder(server: &Server) -> ClientBuilder<Checks> {
    Checks::builder().with_endpoint(&server.url).with_credentials(anonymous())
}

#[tokio::test]
async fn prompt_and_answer_are_classified() {
    let server = Server::start([verdicts(SAFE, SAFE), verdicts(SAFE, SAFE)]).await;
    let answer = Parrot::default().ask(builder(&server), false).await;
    assert_eq!(answer.unwrap(), "hello!");
    let sent: Vec<Value> = server
        .requests()
        .iter()
        .map(|request| serde_json::from_str(request.text()).unwrap())
        .collect();
    let policies = json!([{"policyType": "DANGEROUS_CONTENT", "threshold": 0.25}, {"policyType": "HARASSMENT"}]);
    let expected = [
        json!({"input": {"textInput": {"content": "hello"}}, "policies": policies}),
        json!({
            "context": {"prompt": "hello"},
            "input": {"textInput": {"content": "hello!"}},
            "policies": policies,
        }),
    ];
    assert_eq!(sent, expected);
}

#[tokio::test]
async fn a_violation_is_an_error_also_for_an_open_guard() {
    let script = [
        vec![verdicts(SAFE, "VIOLATIVE")],
        vec![verdicts("CLASSIFICATION_ERROR", "VIOLATIVE")],
        vec![verdicts(SAFE, SAFE), verdicts(SAFE, "VIOLATIVE")],
    ];
    for answers in script {
        for fail_open in [true, false] {
            let calls = answers.len();
            let server = Server::start(answers.clone()).await;
            let model = Parrot::default();
            let error = model.ask(builder(&server), fail_open).await.unwrap_err();
            assert_eq!(error.to_string(), "the text violates HARASSMENT");
            assert_eq!(error.downcast_ref::<Violation>().unwrap().0.score, Some(0.4));
            // The model does not see a prompt that violates a policy.
            assert_eq!(model.prompts().len(), calls - 1);
            assert_eq!(server.requests().len(), calls);
        }
    }
}

#[tokio::test]
async fn text_that_is_not_classified_passes_an_open_guard_only() {
    let table = [
        (Answer::json("429 Too Many Requests", QUOTA), "RESOURCE_EXHAUSTED"),
        (verdicts("CLASSIFICATION_ERROR", SAFE), "Checks did not classify the text"),
        (verdicts("NEW_VERDICT", SAFE), "Checks did not classify the text"),
        (Answer::ok(), "Checks did not classify the text"),
    ];
    for (answer, expected) in table {
        let server = Server::start([answer.clone()]).await;
        let model = Parrot::default();
        let error = model.ask(builder(&server), false).await.unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        assert!(model.prompts().is_empty());

        let server = Server::start([answer.clone(), answer]).await;
        let answer = Parrot::default().ask(builder(&server), true).await;
        assert_eq!(answer.unwrap(), "hello!");
    }
}

/// Never replies.
#[derive(Debug)]
struct Silent;

impl Transport for Silent {
    async fn send(&self, _: Call) -> Result<Reply> {
        std::future::pending().await
    }
}

#[tokio::test(start_paused = true)]
async fn a_silent_service_delays_each_text_by_the_timeout() {
    for (fail_open, seconds) in [(false, 2), (true, 4)] {
        let start = tokio::time::Instant::now();
        let answer =
            Parrot::default().ask(Checks::builder().with_transport(Silent), fail_open).await;
        assert_eq!(answer.is_ok(), fail_open, "{answer:?}");
        assert_eq!(start.elapsed().as_secs(), seconds);
    }
}
