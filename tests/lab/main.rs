//! The lab: fault tests that start the program as a child, hurt it, and hold what it acknowledged against what it stored.
//!
//! `cargo test --features ssr --test lab -- quick` runs the short forms, `-- full` the long ones. Test ids (`R01`, `commands`) choose
//! tests, `--seed N` repeats a run. Every test prints one JSON line. PostgreSQL is tested where `TEST_POSTGRES_URL` names
//! a server, as `.ci/postgres.sh` does; another program than the one just built is tested by naming it in `DOORSTEP_LAB_BIN`.

#![expect(
    clippy::disallowed_methods,
    reason = "the lab starts processes and tasks, and its clock and settings are the machine's"
)]
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "results go to standard output, troubles to standard error"
)]

mod addresses;
mod away;
mod backup;
mod commands;
mod crash;
mod defaults;
mod doctor;
mod flush;
mod full_disk;
mod harness;
mod letters;
mod load;
mod mailbox;
mod places;
mod repeat;
mod report;
mod set_up;
mod silence;
mod stop;

use std::process::ExitCode;
use std::time::{Instant, SystemTime};

use futures::future::BoxFuture;

use harness::Outcome;
use harness::place::{self, Engine, Place};
use report::Report;

/// How much is asked of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    /// With every change.
    Quick,
    /// Before a release.
    Full,
}

/// What a test is given.
#[derive(Clone)]
pub struct Setup {
    pub tier: Tier,
    pub seed: u64,
    pub engine: Engine,
    id: &'static str,
}

impl Setup {
    /// An empty installation.
    ///
    /// # Errors
    /// When it cannot be made.
    pub async fn place(&self) -> Outcome<Place> {
        Place::new(self.engine, self.id).await
    }

    /// The first number in the quick tier, the second in the full one.
    #[must_use]
    pub fn tiered<T>(&self, quick: T, full: T) -> T {
        if self.tier == Tier::Quick { quick } else { full }
    }
}

type Run = fn(Setup) -> BoxFuture<'static, Outcome<Report>>;

/// A test: its id in the list of promises, the engines it is run on, and what it promises.
struct Test {
    id: &'static str,
    promise: &'static str,
    engines: &'static [Engine],
    run: Run,
}

const BOTH: &[Engine] = &[Engine::Sqlite, Engine::Postgres];
const ON_SQLITE: &[Engine] = &[Engine::Sqlite];
const ON_POSTGRES: &[Engine] = &[Engine::Postgres];

const TESTS: &[Test] = &[
    Test {
        id: "R01",
        promise: "a killed server loses nothing it acknowledged",
        engines: BOTH,
        run: |setup| Box::pin(crash::run(setup)),
    },
    Test {
        id: "R02",
        promise: "answers sent twice count once",
        engines: BOTH,
        run: |setup| Box::pin(repeat::run(setup)),
    },
    Test {
        id: "R03",
        promise: "answers are on the disk before they are acknowledged",
        engines: ON_SQLITE,
        run: |setup| Box::pin(flush::run(setup)),
    },
    Test {
        id: "R04",
        promise: "the database is a safe version with safe settings",
        engines: BOTH,
        run: |setup| Box::pin(doctor::engine(setup)),
    },
    Test {
        id: "R05",
        promise: "a disk that takes nothing loses nothing: answers are refused with everything typed, and taken once there is room",
        engines: ON_SQLITE,
        run: |setup| Box::pin(full_disk::run(setup)),
    },
    Test {
        id: "R06",
        promise: "while the database is away nobody gets a receipt, everybody hears so soon, and it comes back by itself",
        engines: ON_POSTGRES,
        run: |setup| Box::pin(away::run(setup)),
    },
    Test {
        id: "R07",
        promise: "no letter is lost, sent twice without need or out of order",
        engines: ON_SQLITE,
        run: |setup| Box::pin(letters::run(setup)),
    },
    Test {
        id: "R08",
        promise: "places are never overbooked and never left empty",
        engines: ON_SQLITE,
        run: |setup| Box::pin(places::run(setup)),
    },
    Test {
        id: "R08",
        promise: "the same with two nodes",
        engines: ON_POSTGRES,
        run: |setup| Box::pin(places::run(setup)),
    },
    Test {
        id: "R16",
        promise: "a backup under load is a whole past, and a bad one changes nothing",
        engines: ON_SQLITE,
        run: |setup| Box::pin(backup::run(setup)),
    },
    Test {
        id: "R20",
        promise: "a stop lets what is under way finish",
        engines: BOTH,
        run: |setup| Box::pin(stop::run(setup)),
    },
    Test {
        id: "R24",
        promise: "doctor finds what is wrong and says what to do",
        engines: BOTH,
        run: |setup| Box::pin(doctor::run(setup)),
    },
    Test {
        id: "V35",
        promise: "the set-up page needs the link in the log and is gone once somebody has an account",
        engines: BOTH,
        run: |setup| Box::pin(set_up::run(setup)),
    },
    Test {
        id: "V37",
        promise: "a wrong try does not tell whether an address has an account",
        engines: BOTH,
        run: |setup| Box::pin(addresses::run(setup)),
    },
    Test {
        id: "V38",
        promise: "nothing travels in the clear by default",
        engines: ON_SQLITE,
        run: |setup| Box::pin(defaults::run(setup)),
    },
    Test {
        id: "load",
        promise: "many people answer while the program is killed: everybody gets a receipt, every answer is stored once",
        engines: BOTH,
        run: |setup| Box::pin(load::run(setup)),
    },
    Test {
        id: "commands",
        promise: "commands do what they say, once, and refuse the rest",
        engines: BOTH,
        run: |setup| Box::pin(commands::run(setup)),
    },
];

/// What was asked on the command line.
struct Asked {
    tier: Tier,
    seed: Option<u64>,
    ids: Vec<String>,
}

impl Asked {
    fn read() -> Result<Self, String> {
        let mut asked = Self { tier: Tier::Quick, seed: None, ids: Vec::new() };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            match word.as_str() {
                "quick" => asked.tier = Tier::Quick,
                "full" => asked.tier = Tier::Full,
                "--seed" => {
                    asked.seed = words.next().and_then(|seed| seed.parse().ok());
                    asked.seed.ok_or("--seed needs a whole number")?;
                }
                // Cargo passes flags of its own.
                flag if flag.starts_with("--") => {}
                id if TESTS.iter().any(|test| test.id.eq_ignore_ascii_case(id)) => asked.ids.push(id.to_owned()),
                other => return Err(format!("there is no test called {other}")),
            }
        }
        Ok(asked)
    }

    fn wants(&self, test: &Test) -> bool {
        self.ids.is_empty() || self.ids.iter().any(|id| id.eq_ignore_ascii_case(test.id))
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let asked = match Asked::read() {
        Ok(asked) => asked,
        Err(why) => {
            eprintln!("lab: {why}");
            return ExitCode::FAILURE;
        }
    };
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let seed = asked.seed.unwrap_or(now);
    eprintln!("lab: {:?} forms of {}, seed {seed}", asked.tier, place::program().display());
    let mut failed = 0;
    for test in TESTS.iter().filter(|test| asked.wants(test)) {
        for engine in test.engines {
            let report = one(test, &asked, seed, *engine).await;
            failed += usize::from(!report.passed);
            println!("{}", report.line());
        }
    }
    if failed == 0 {
        return ExitCode::SUCCESS;
    }
    eprintln!("lab: {failed} failed; repeat with --seed {seed}");
    ExitCode::FAILURE
}

async fn one(test: &Test, asked: &Asked, seed: u64, engine: Engine) -> Report {
    let report = Report::new(test.id, test.promise, engine, seed);
    if engine == Engine::Postgres && place::postgres().is_none() {
        return report.not_checked("TEST_POSTGRES_URL names no server");
    }
    let began = Instant::now();
    let setup = Setup { tier: asked.tier, seed, engine, id: test.id };
    match (test.run)(setup).await {
        Ok(found) => report.passed_with(found, began.elapsed()),
        Err(why) => report.failed_with(&why.to_string(), began.elapsed()),
    }
}
