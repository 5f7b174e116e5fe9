//! Gets an app by the generated client. `.ci/binary-size` compares it with `call_by_hand`.

#![allow(clippy::print_stdout, reason = "the result of the program")]

use std::error::Error;

use google_checks_v1alpha::Checks;
use tokio::runtime::Builder;

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(call(std::env::args().nth(1).ok_or("usage: call NAME")?))
}

async fn call(name: String) -> Result<(), Box<dyn Error>> {
    let checks = Checks::builder().build().await?;
    let app = checks.accounts().apps().get(name).send().await?;
    println!("{}", app.title.unwrap_or_default());
    Ok(())
}
