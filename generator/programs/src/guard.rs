//! A guard for a language model: a `tower` layer in which Checks classifies each prompt and answer.

use google_checks_v1alpha::Checks;
use google_checks_v1alpha::schemas::aisafety::{classify_content_response_policy_result::*, *};
use tokio::time::{Duration, timeout};
use tower::{BoxError, Layer, ServiceExt as _, service_fn, util::BoxCloneService};

/// A service that takes a prompt and returns the answer of the model.
pub type Model = BoxCloneService<String, String, BoxError>;

#[derive(Clone, Debug)]
pub struct Guard {
    pub checks: Checks,
    pub policies: Vec<ClassifyContentRequestPolicyConfig>,
    pub timeout: Duration,
    /// Lets text pass that Checks does not classify in time.
    pub fail_open: bool,
}

#[derive(Debug, thiserror::Error)]
#[error("the text violates {}", .0.policy_type.as_ref().map_or("a policy", |it| it.as_str()))]
pub struct Violation(pub ClassifyContentResponsePolicyResult);

impl Layer<Model> for Guard {
    type Service = Model;
    fn layer(&self, model: Model) -> Model {
        let guard = self.clone();
        Model::new(service_fn(move |prompt| guard.clone().ask(model.clone(), prompt)))
    }
}

impl Guard {
    async fn ask(self, model: Model, prompt: String) -> Result<String, BoxError> {
        self.check(&prompt, None).await?;
        let answer = model.oneshot(prompt.clone()).await?;
        self.check(&answer, Some(prompt)).await?;
        Ok(answer)
    }

    async fn check(&self, text: &str, prompt: Option<String>) -> Result<(), BoxError> {
        let text = TextInput::default().set_content(text);
        let request = ClassifyContentRequest::default()
            .set_input(ClassifyContentRequestInputContent::default().set_text_input(text))
            .set_context(prompt.map(|it| ClassifyContentRequestContext::default().set_prompt(it)))
            .set_policies(self.policies.clone());
        let call = self.checks.aisafety().classify_content(request).send();
        let outcome: Result<_, BoxError> = async { Ok(timeout(self.timeout, call).await??) }.await;
        let results = match outcome {
            Err(_) if self.fail_open => return Ok(()),
            outcome => outcome?.policy_results,
        };
        let of = |wanted| results.iter().filter(move |it| it.violation_result.as_ref() == wanted);
        if let Some(result) = of(Some(&ViolationResult::Violative)).next() {
            return Err(Violation(result.clone()).into());
        }
        let safe = of(Some(&ViolationResult::NonViolative)).count();
        let passes = self.fail_open || safe >= self.policies.len();
        if passes { Ok(()) } else { Err("Checks did not classify the text".into()) }
    }
}
