//! What a request, a job or a command may reach.

use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

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
    /// What the clock had made of public pages at the last look; none before the first.
    shown_by_the_clock: Mutex<Option<String>>,
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(config: Config, db: Db, clock: Clock, random: Random, mailer: Mailer) -> Self {
        Self(Arc::new(Parts { config, db, clock, random, mailer, shown_by_the_clock: Mutex::new(None) }))
    }

    /// Keeps what the clock makes of public pages now. True when that differs from the last look.
    #[must_use]
    pub fn clock_changed_pages(&self, shown: String) -> bool {
        let mut last = self.shown_by_the_clock.lock().unwrap_or_else(PoisonError::into_inner);
        last.replace(shown.clone()).is_some_and(|last| last != shown)
    }
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
