//! R06: PostgreSQL stopped as if by a power cut while people answer, away for a while, and back. Nobody gets a receipt for
//! what is not stored, whoever asks hears soon that nothing was saved, and the program finds its way back by itself.

use std::os::unix::fs::MetadataExt as _;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::Setup;
use crate::crash::stored;
use crate::harness::chance::Chance;
use crate::harness::client::{Client, Failure};
use crate::harness::ledger::Ledger;
use crate::harness::survey::{OpenSurvey, STORED};
use crate::harness::{Outcome, beside, ensure};
use crate::report::Report;

/// How soon somebody must hear that nothing was saved.
const HEARD_WITHIN: Duration = Duration::from_secs(2);
/// How soon the program must be ready again once the database is.
const BACK_WITHIN: Duration = Duration::from_secs(10);
/// How long what was on its way when the database went may take to be answered.
const SETTLES_WITHIN: Duration = Duration::from_secs(2);

pub async fn run(setup: Setup) -> Outcome<Report> {
    let cluster = match Cluster::find() {
        Ok(cluster) => cluster,
        Err(why) => return Ok(Report::of(json!({})).not_checked(&why)),
    };
    let place = setup.place().await?;
    place.must_run(&["example"])?;
    let server = place.serve().await?;
    let survey = OpenSurvey::find(&place, &server).await?;
    let before = stored(&place, STORED).await?;
    let (people, away) = setup.tiered((40, 6), (200, 60));
    let load = Arc::new(Load::default());
    let crowd: Vec<_> = (0..people)
        .map(|number| {
            let chance = Chance::new(setup.seed, number + 1);
            beside(answer(server.visitor(), survey.clone(), chance, Arc::clone(&load)))
        })
        .collect();

    tokio::time::sleep(Duration::from_secs(1)).await;
    cluster.stop()?;
    tokio::time::sleep(SETTLES_WITHIN).await;
    load.away.store(true, Ordering::Relaxed);
    let health = server.visitor().get("/healthz").await?.status;
    let ready = server.visitor().get("/readyz").await?.status;
    tokio::time::sleep(Duration::from_secs(away)).await;
    load.away.store(false, Ordering::Relaxed);
    cluster.start()?;
    let began = Instant::now();
    while server.visitor().get("/readyz").await?.status != 200 {
        ensure(began.elapsed() < BACK_WITHIN, || format!("not ready {BACK_WITHIN:?} after the database was"))?;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let back_after = began.elapsed();
    let refused = load.refused.load(Ordering::Relaxed);
    let receipts = load.book.tally().acknowledged;
    tokio::time::sleep(Duration::from_secs(1)).await;
    load.over.store(true, Ordering::Relaxed);
    for person in crowd {
        person.await??;
    }
    server.stop().await?;

    ensure((health, ready) == (200, 503), || format!("/healthz said {health}, /readyz {ready} without a database"))?;
    let tally = load.book.tally();
    ensure(refused > 0 && receipts > 0, || format!("{receipts} receipts, {refused} refusals: no load"))?;
    ensure(tally.acknowledged > receipts, || "nothing was taken after the database was back".to_owned())?;
    let odd = load.book.refusals_other_than(&[503]);
    ensure(odd.is_empty(), || format!("{} forms were refused otherwise, first with {:?}", odd.len(), odd.first()))?;
    let slow = load.slow.load(Ordering::Relaxed);
    ensure(slow == 0, || format!("{slow} people waited longer than {HEARD_WITHIN:?} to hear that nothing was saved"))?;
    let look = place.look().await?;
    let now: Vec<String> = look.texts(STORED).await?.into_iter().filter(|key| !before.contains(key)).collect();
    load.book.check_but_for_refusals(&now)?;
    look.integrity().await?;
    look.close().await;
    place.must_run(&["doctor"])?;
    place.clear();
    Ok(Report::of(json!({
        "people": people,
        "seconds_away": away,
        "acknowledged": tally.acknowledged,
        "lost": 0,
        "refused_meanwhile": refused,
        "slower_than_2_s": slow,
        "ready_after_ms": u64::try_from(back_after.as_millis()).unwrap_or(u64::MAX),
    })))
}

/// What the crowd shares.
#[derive(Default)]
struct Load {
    book: Ledger,
    /// The database has been away for a while.
    away: AtomicBool,
    over: AtomicBool,
    refused: AtomicU64,
    slow: AtomicU64,
}

/// Somebody who answers again and again, each time under a new key.
async fn answer(mut client: Client, survey: OpenSurvey, mut chance: Chance, load: Arc<Load>) -> Outcome<()> {
    while !load.over.load(Ordering::Relaxed) {
        let key = chance.key();
        load.book.sent(&key);
        let (away, began) = (load.away.load(Ordering::Relaxed), Instant::now());
        let answer = survey.send(&mut client, &key).await;
        client.forget();
        load.book.ended(&key, &answer);
        match answer {
            Ok(answer) if answer.status == 503 => {
                ensure(answer.header("retry-after").is_some(), || "a refusal without Retry-After".to_owned())?;
                load.refused.fetch_add(1, Ordering::Relaxed);
                load.slow.fetch_add(u64::from(away && began.elapsed() > HEARD_WITHIN), Ordering::Relaxed);
                tokio::time::sleep(Duration::from_millis(chance.between(100, 500))).await;
            }
            Ok(_) => {}
            Err(Failure::NotSent(why) | Failure::Cut(why)) => {
                return Err(format!("the program itself hung up: {why}").into());
            }
        }
    }
    Ok(())
}

/// The test cluster, which this test alone may stop: the lab runs one test at a time.
struct Cluster {
    program: PathBuf,
    data: PathBuf,
}

impl Cluster {
    fn find() -> Result<Self, String> {
        let named = |name| std::env::var_os(name).map(PathBuf::from).ok_or(format!("{name} is not set"));
        Ok(Self { program: named("TEST_POSTGRES_BIN")?.join("pg_ctl"), data: named("TEST_POSTGRES_DATA")? })
    }

    fn stop(&self) -> Outcome<()> {
        self.control(&["-m", "immediate", "-w", "stop"])
    }

    /// Starts it as it was started before.
    fn start(&self) -> Outcome<()> {
        let before = std::fs::read_to_string(self.data.join("postmaster.opts"))?;
        // The first word is the program, the next two name the data folder, which pg_ctl adds itself.
        let options = before.trim().splitn(4, ' ').nth(3).unwrap_or_default().to_owned();
        let log = self.data.with_file_name("server.log").to_string_lossy().into_owned();
        self.control(&["-l", &log, "-w", "-o", &options, "start"])
    }

    /// Runs pg_ctl as whoever owns the data, since it refuses root.
    fn control(&self, arguments: &[&str]) -> Outcome<()> {
        let owner = std::fs::metadata(&self.data)?;
        let ours = std::fs::metadata("/proc/self")?.uid() == owner.uid();
        let mut command = if ours {
            Command::new(&self.program)
        } else {
            let mut command = Command::new("setpriv");
            command
                .arg(format!("--reuid={}", owner.uid()))
                .arg(format!("--regid={}", owner.gid()))
                .arg("--clear-groups")
                .arg(&self.program);
            command
        };
        let data = self.data.with_file_name("");
        let status = command
            .arg("-D")
            .arg(&self.data)
            .args(arguments)
            .current_dir(data)
            .stdout(std::process::Stdio::null())
            .status()?;
        ensure(status.success(), || format!("pg_ctl {arguments:?} ended with {status}"))
    }
}
