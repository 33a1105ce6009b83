//! The accept loop: a cap on connections, five seconds for headers, and a stop that lets what is under way finish.

use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use futures::FutureExt as _;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;

use crate::jobs::{Handlers, Sweep, runner};
use crate::mail::outbox;
use crate::router::Program;
use crate::web::dispatch::Web;

/// How long a client may take to send its request's head.
const HEADER_DEADLINE: Duration = Duration::from_secs(5);
/// How long requests and background work under way may take to finish after a stop.
const STOP_DEADLINE: Duration = Duration::from_secs(20);
/// How often jobs, letters and public changes of other nodes are looked for.
const POLL: Duration = Duration::from_secs(1);

/// Serves until told to stop, then finishes what is under way. Background work that takes longer is given up: its
/// transaction is rolled back, and a job is tried again after the next start.
pub async fn run(
    listener: TcpListener,
    program: Program,
    mut work: Work,
    connections: usize,
    stop: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    let permits = Arc::new(Semaphore::new(connections));
    tokio::pin!(stop);
    loop {
        let permit = tokio::select! {
            permit = Arc::clone(&permits).acquire_owned() => permit,
            () = &mut stop => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match (accepted, permit) {
            (Ok((stream, peer)), Ok(permit)) => connect(&graceful, stream, peer.ip(), program.clone(), permit),
            (Err(error), _) => {
                // Out of file handles, most likely: going on at once would only burn the processor.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            (Ok(_), Err(_)) => break,
        }
    }
    drop(listener);
    tracing::info!("stopping: letting {} connections finish", graceful.count());
    tokio::select! {
        ((), ()) = futures::future::join(graceful.shutdown(), work.end()) => {}
        () = tokio::time::sleep(STOP_DEADLINE) => tracing::warn!("something did not finish in time and is given up"),
    }
}

fn connect(
    graceful: &GracefulShutdown,
    stream: TcpStream,
    peer: std::net::IpAddr,
    program: Program,
    permit: OwnedSemaphorePermit,
) {
    let _ = stream.set_nodelay(true);
    let service = hyper::service::service_fn(move |request: Request<Incoming>| {
        program.answer(peer, request.map(Body::new)).map(Ok::<_, Infallible>)
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_DEADLINE)
        .serve_connection(TokioIo::new(stream), service);
    let watched = graceful.watch(connection);
    spawn(async move {
        // A client that goes away is no fault of ours.
        let _ = watched.await;
        drop(permit);
    });
}

/// Jobs, sweeps and letters, until told to end. Dropping it gives up what is under way.
pub struct Work {
    ending: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

impl Work {
    /// Begins. Letters have a task of their own: a mail server that does not answer holds up nothing else.
    #[must_use]
    pub fn begin(web: Arc<Web>, handlers: Handlers, sweeps: &'static [(&'static str, Sweep)]) -> Self {
        let (ending, mut letters_end) = watch::channel(false);
        let (app, mut jobs_end) = (web.app.clone(), letters_end.clone());
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut turn = turns();
            while is_next(&mut turn, &mut letters_end).await {
                survive("letters", Box::pin(outbox::drain(&app))).await;
            }
        });
        tasks.spawn(async move {
            let (mut turn, mut number) = (turns(), 0_u64);
            while is_next(&mut turn, &mut jobs_end).await {
                number += 1;
                survive("the look for public changes", web.app.db.refresh_publication()).await;
                survive("jobs", Box::pin(runner::run_due(&web.app, &handlers))).await;
                if number % 10 == 1 {
                    runner::sweep(&web.app, sweeps).await;
                    web.limit.forget_quiet();
                }
            }
        });
        Self { ending, tasks }
    }

    /// Begins nothing more, and waits for what is under way.
    async fn end(&mut self) {
        self.ending.send_replace(true);
        while self.tasks.join_next().await.is_some() {}
    }
}

/// Waits for the next turn. False when there is none.
async fn is_next(turn: &mut tokio::time::Interval, ending: &mut watch::Receiver<bool>) -> bool {
    tokio::select! {
        biased;
        _ = ending.wait_for(|ending| *ending) => false,
        _ = turn.tick() => true,
    }
}

fn turns() -> tokio::time::Interval {
    let mut turn = tokio::time::interval(POLL);
    turn.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    turn
}

/// Does one turn of background work; neither an error nor a panic ends the turns to come.
async fn survive<T>(what: &'static str, work: impl Future<Output = Result<T, crate::db::Error>>) {
    match AssertUnwindSafe(work).catch_unwind().await {
        Ok(Ok(_)) => {}
        Ok(Err(error)) => tracing::warn!(what, %error, "background work could not reach the database"),
        Err(_) => tracing::error!(what, "background work panicked: {what}"),
    }
}

#[expect(clippy::disallowed_methods, reason = "connections live as long as the program")]
fn spawn(work: impl Future<Output = ()> + Send + 'static) {
    tokio::spawn(work);
}

/// Waits for the signal to stop: SIGTERM from a service manager, or Ctrl-C.
pub async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
