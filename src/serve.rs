//! The accept loop: a cap on connections, five seconds for headers, and a stop that lets what is under way finish.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::ServiceExt as _;

use crate::app::App;
use crate::jobs::{Handlers, Sweep, runner};
use crate::mail::outbox;
use crate::web::dispatch::{Peer, Web};

/// How long a client may take to send its request's head.
const HEADER_DEADLINE: Duration = Duration::from_secs(5);
/// How long requests under way may take to finish after a stop.
const STOP_DEADLINE: Duration = Duration::from_secs(20);
/// How often jobs, letters and public changes of other nodes are looked for.
const POLL: Duration = Duration::from_secs(1);

/// Serves until told to stop, then finishes what is under way.
pub async fn run(listener: TcpListener, router: axum::Router, connections: usize, stop: impl Future<Output = ()>) {
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
            (Ok((stream, peer)), Ok(permit)) => connect(&graceful, stream, peer.ip(), router.clone(), permit),
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
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(STOP_DEADLINE) => tracing::warn!("some connections did not finish in time"),
    }
}

fn connect(
    graceful: &GracefulShutdown,
    stream: TcpStream,
    peer: std::net::IpAddr,
    router: axum::Router,
    permit: OwnedSemaphorePermit,
) {
    let _ = stream.set_nodelay(true);
    let service = hyper::service::service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(peer));
        router.clone().oneshot(request)
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

/// Runs jobs, letters and sweeps until the program ends.
pub fn work(web: Arc<Web>, handlers: Handlers, sweeps: &'static [(&'static str, Sweep)]) {
    spawn(async move {
        let mut turn = tokio::time::interval(POLL);
        turn.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut turns: u64 = 0;
        loop {
            turn.tick().await;
            turns += 1;
            if let Err(error) = one_turn(&web.app, &handlers).await {
                tracing::warn!(%error, "background work could not reach the database");
            }
            if turns % 10 == 1 {
                runner::sweep(&web.app, sweeps).await;
                web.limit.forget_quiet();
            }
        }
    });
}

async fn one_turn(app: &App, handlers: &Handlers) -> Result<(), crate::db::Error> {
    app.db.refresh_publication().await?;
    runner::run_due(app, handlers).await?;
    outbox::drain(app).await?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "connections and the one worker live as long as the program")]
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
