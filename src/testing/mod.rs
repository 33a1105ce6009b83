//! What tests share: a program on a fixed clock, and a browser without a window that goes through the real router.

mod architecture;
pub mod browser;
mod corpus;
pub mod forms;
mod inventory;

use chrono::{DateTime, Utc};

use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, testing};
use crate::mail::Mailer;
use crate::random::Random;

pub use browser::Browser;

/// The moment at which tests begin: a Monday noon in winter.
#[must_use]
pub fn noon() -> DateTime<Utc> {
    "2026-11-16T12:00:00Z".parse().unwrap()
}

/// A program on a database, with a fixed clock, seeded chance and a folder of its own for files and letters.
#[must_use]
pub fn app_on(db: Db) -> App {
    let random = Random::system();
    let data = std::env::temp_dir().join(format!("doorstep-test-{}", random.token()));
    std::fs::create_dir_all(&data).unwrap();
    let config = Config {
        database_url: String::new(),
        listen: "127.0.0.1:3000".parse().unwrap(),
        base_url: "http://127.0.0.1:3000".into(),
        sealing_keys: data.join("sealing.keys"),
        data,
        smtp_url: None,
        smtp_ca_file: None,
        mail_from: "Doorstep <doorstep@localhost>".into(),
        trusted_proxies: Vec::new(),
        posts_per_minute: 0,
        connections: 100,
        counting_memory: crate::db::shelf::ROOM,
        log_json: false,
    };
    let mailer = Mailer::from_config(&config).unwrap();
    App::new(config, db, Clock::fixed(noon()), Random::seeded(7), mailer)
}

/// A program on an empty SQLite database of its own.
pub async fn app() -> App {
    app_on(testing::empty(testing::Kind::Sqlite).await.unwrap())
}

/// Runs every job and sends every letter that is due now.
pub async fn run_jobs(app: &App) {
    crate::jobs::runner::run_due(app, &crate::subscriptions::handlers()).await.unwrap();
    crate::jobs::runner::sweep(app, crate::subscriptions::SWEEPS).await;
    crate::mail::outbox::drain(app).await.unwrap();
}

/// A path with something in each of its parts, for tests that walk the URL table.
#[must_use]
pub fn fill_path(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "1" } else { part }).collect::<Vec<_>>().join("/")
}
