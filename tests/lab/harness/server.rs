//! The program as a child: started, waited for, killed or stopped.

use std::fs::OpenOptions;
use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::client::Client;
use super::place::Place;
use super::{Outcome, ensure};

/// How long a server may take to become ready before the lab gives up: far above what any test asks.
const READY_WITHIN: Duration = Duration::from_mins(1);
/// How long a server may take to stop.
const STOPPED_WITHIN: Duration = Duration::from_secs(25);

/// A running server. Dropping it kills it.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    /// From the start of the process to the first yes of `/readyz`.
    pub ready_after: Duration,
}

impl Server {
    /// Starts the program in a place and waits until it is ready.
    ///
    /// # Errors
    /// When it ends or stays unready; what it wrote to its log goes with the error.
    pub async fn start(place: &Place) -> Outcome<Self> {
        Self::start_as(place, place.command(&["serve"])).await
    }

    /// Starts a command that runs the server, and waits until it is ready.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub async fn start_as(place: &Place, mut command: Command) -> Outcome<Self> {
        let log = OpenOptions::new().create(true).append(true).open(place.log())?;
        let began = Instant::now();
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn()?;
        let mut server = Self { child, address: place.address, ready_after: Duration::ZERO };
        loop {
            if server.is_ready().await {
                server.ready_after = began.elapsed();
                return Ok(server);
            }
            let ended = server.child.try_wait()?;
            ensure(ended.is_none() && began.elapsed() < READY_WITHIN, || {
                let log = std::fs::read_to_string(place.log()).unwrap_or_default();
                let last: Vec<&str> = log.lines().rev().take(5).collect();
                format!("the server did not become ready: {}", last.into_iter().rev().collect::<Vec<_>>().join(" / "))
            })?;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn is_ready(&self) -> bool {
        Client::new(self.address).get("/readyz").await.is_ok_and(|answer| answer.status == 200)
    }

    /// Somebody who visits this server.
    #[must_use]
    pub fn visitor(&self) -> Client {
        Client::new(self.address)
    }

    /// The number of its process.
    #[must_use]
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as a power cut would end the process: SIGKILL, at once.
    ///
    /// # Errors
    /// When the signal cannot be sent.
    pub fn kill(&mut self) -> Outcome<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Asks it to stop, as a service manager does.
    ///
    /// # Errors
    /// When the signal cannot be sent.
    pub fn ask_to_stop(&self) -> Outcome<()> {
        signal(self.child.id(), "TERM")
    }

    /// Waits for its end.
    ///
    /// # Errors
    /// When it goes on longer than it may.
    pub async fn ended(&mut self) -> Outcome<ExitStatus> {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            ensure(began.elapsed() < STOPPED_WITHIN, || "the server did not stop in 25 seconds".to_owned())?;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Asks it to stop and waits until it has.
    ///
    /// # Errors
    /// When it does not stop, or ends with anything but 0.
    pub async fn stop(mut self) -> Outcome<()> {
        self.ask_to_stop()?;
        let status = self.ended().await?;
        ensure(status.success(), || format!("the server ended with {status}"))
    }
}

/// Sends a signal to a process.
///
/// # Errors
/// When it cannot be sent.
pub fn signal(process: u32, name: &str) -> Outcome<()> {
    let status = Command::new("kill").arg(format!("-{name}")).arg(process.to_string()).status()?;
    ensure(status.success(), || format!("SIG{name} could not be sent"))
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
