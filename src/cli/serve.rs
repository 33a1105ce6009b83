//! `doorstep serve`.

use std::fs::File;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

use super::{Outcome, text};
use crate::app::App;
use crate::db::{guard, migrate};
use crate::serve::Work;
use crate::web::dispatch::Web;
use crate::{people, router, serve, subscriptions};

/// How long the database may take to close its connections at the end.
const CLOSES_WITHIN: Duration = Duration::from_secs(2);

pub(super) async fn run(app: App) -> Outcome {
    app.config.check_exposure().map_err(text)?;
    let _lock = lock(&app)?;
    migrate::run(&app.db).await.map_err(text)?;
    // What a program that was killed left in the database's log: rows since erased or put in another order.
    guard::flush_erasure(&app.db).await.map_err(text)?;
    app.db.refresh_publication().await.map_err(text)?;
    if let Some(link) = people::set_up::first_link(&app).await.map_err(text)? {
        tracing::warn!("nobody has an account yet. Set the portal up at {link}");
    }
    // Starts the executor that Leptos needs; there is no route list to make, since routes are rows of our own table.
    drop(leptos_axum::generate_route_list(|| ()));
    let web = Arc::new(Web::new(app.clone()));
    let built = router::build(Arc::clone(&web)).map_err(text)?;
    let listener = TcpListener::bind(app.config.listen)
        .await
        .map_err(|error| format!("{} cannot be listened on: {error}", app.config.listen))?;
    super::example::say_sign_ins(&app).await?;
    super::say(&format!("Open {}", app.config.base_url));
    let work = Work::begin(web, subscriptions::handlers(), subscriptions::SWEEPS);
    tracing::info!("serving {} on {}", app.config.base_url, app.config.listen);
    serve::run(listener, built, work, app.config.connections, serve::stop_signal()).await;
    // What was given up may hold a connection until the database has taken it back.
    if tokio::time::timeout(CLOSES_WITHIN, app.db.close()).await.is_err() {
        tracing::warn!("the database had not closed every connection");
    }
    tracing::info!("stopped");
    Ok(())
}

/// Holds a file so that a second program cannot serve the same SQLite database.
fn lock(app: &App) -> Result<Option<File>, String> {
    if !app.db.is_sqlite() {
        return Ok(None);
    }
    let path = app.config.data.join("doorstep.lock");
    let file = File::create(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    file.try_lock().map_err(|_| format!("another doorstep is serving this database ({} is held)", path.display()))?;
    Ok(Some(file))
}
