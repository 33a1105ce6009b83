//! What a request, a job or a command may reach.

use std::ops::Deref;
use std::sync::Arc;

use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::mail::Mailer;
use crate::random::Random;

/// The running program. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// The parts of the program that are made once.
pub struct Parts {
    pub config: Config,
    pub db: Db,
    pub clock: Clock,
    pub random: Random,
    pub mailer: Mailer,
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(config: Config, db: Db, clock: Clock, random: Random, mailer: Mailer) -> Self {
        Self(Arc::new(Parts { config, db, clock, random, mailer }))
    }
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
