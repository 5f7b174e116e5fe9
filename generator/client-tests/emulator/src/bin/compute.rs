//! Stops an instance of Compute Engine, waits until it has stopped, and prints the instances.

use google_compute_v1::Compute;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let compute = Compute::builder().build().await?; // Application Default Credentials
    let (project, zone) = ("project", "europe-west1-b");

    let stop = compute.instances().stop(project, zone, "server");
    stop.poller().until_done().await?;

    let mut instances = compute.instances().list(project, zone).by_item();
    while let Some(instance) = instances.next().await {
        let instance = instance?;
        println!("{:?}: {:?}", instance.name, instance.status);
    }
    Ok(())
}
