//! Speed and memory as ratios: each figure is set against a limit of the machine or a peer measured in the same run.
//!
//! `make bench` builds the release program, installs the peers (nginx, wrk, sqlite3) and runs this. Nothing is asserted:
//! the figures are said as they are.

#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark starts processes and tasks, and its clock and settings are the machine's"
)]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "figures go to standard output")]

mod answers;
#[path = "../tests/lab/harness/mod.rs"]
#[expect(dead_code, reason = "the fault tests use the rest of it")]
mod harness;
mod peers;
mod scale;
mod usage;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use harness::chance::Chance;
use harness::group::OpenGroup;
use harness::place::{Engine, Place};
use harness::server::Server;
use harness::{Outcome, client, staff};

/// How long each load lasts.
const LOAD: Duration = Duration::from_secs(5);
/// How many times a measurement is repeated; the middle one counts.
const TURNS: usize = 3;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("bench: {why}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Outcome<()> {
    println!("{} × {}", std::thread::available_parallelism()?, processor());
    // `cargo bench … -- scale` measures (f) and (g) alone, which need no peer.
    if std::env::args().any(|word| word == "scale") {
        println!("{}", json!({ "processor": processor(), "f_g": scale::results().await? }));
        return Ok(());
    }
    let place = Place::new(Engine::Sqlite, "bench").await?;
    place.must_run(&["example"])?;

    // Signing in and building a questionnaire take memory of their own: another process does that.
    let server = place.serve().await?;
    let mut officer = staff::signed_in(&server, staff::OFFICER).await?;
    let questions = answers::build(&server, &mut officer, "Bench of fifteen", &answers::FIFTEEN).await?;
    let mut groups = Vec::new();
    for number in 0..TURNS {
        groups.push(OpenGroup::plan(&server, &mut officer, &format!("bench-{number}"), 20).await?);
    }
    server.stop().await?;

    let server = place.serve().await?;
    println!("    ready after        {:>10.0} ms", server.ready_after.as_secs_f64() * 1000.0);
    tokio::time::sleep(Duration::from_secs(2)).await;
    let rest = usage::memory_mib(&server)?;

    let (pages, pages_memory) = cached_pages(&place, &server).await?;
    let (saves, saves_memory) = durable_saves(&place, &server, &questions).await?;
    let cpu = answers::processor_ms(&server, &questions, 400).await?;
    let rush = last_places(&place, &server, &groups).await?;

    println!(
        "(e) memory at rest     {rest:>10.1} MiB; {pages_memory:.1} under (a), {saves_memory:.1} under (b); aim ≤ 64"
    );
    let memory = json!({ "rest": round(rest), "under_a": round(pages_memory), "under_b": round(saves_memory) });
    server.stop().await?;
    place.clear();
    let results = scale::results().await?;
    let all = json!({
        "processor": processor(), "a": pages, "b": saves, "c_ms": round(cpu), "d": rush, "e_mib": memory, "f_g": results,
    });
    println!("{all}");
    Ok(())
}

fn processor() -> String {
    let about = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = about.lines().find_map(|line| line.strip_prefix("model name"));
    line.map_or_else(|| "unknown processor".into(), |line| line.trim_start_matches([' ', '\t', ':']).to_owned())
}

fn round(figure: f64) -> f64 {
    (figure * 1000.0).round() / 1000.0
}

/// The middle one of some figures.
fn middle(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(0.0)
}

/// (a) A public standard's page from the page cache, against nginx with the same bytes in a file.
async fn cached_pages(place: &Place, server: &Server) -> Outcome<(Value, f64)> {
    let mut visitor = server.visitor();
    let list = client::page(&mut visitor, "/standards").await?.text();
    let is_standard = |path: &str| path.strip_prefix("/standards/").is_some_and(|slug| !slug.contains(['/', '.', '?']));
    let mut links = list.split("href=\"").filter_map(|rest| rest.split('"').next());
    let path = links.find(|path| is_standard(path)).ok_or("the list of standards leads to no standard")?.to_owned();
    let bytes = client::page(&mut visitor, &path).await?.body;
    let nginx = peers::Nginx::start(&place.folder, &bytes)?;
    let (mut ours, mut theirs, mut memory) = (Vec::new(), Vec::new(), 0.0_f64);
    for _ in 0..TURNS {
        let url = format!("http://{}{path}", server.address);
        let (rate, used) = peers::wrk(&url, LOAD, || usage::memory_mib(server)).await?;
        ours.push(rate);
        memory = memory.max(used);
        let (rate, _) = peers::wrk(&nginx.url(), LOAD, || Ok(0.0)).await?;
        theirs.push(rate);
    }
    let (ours, theirs) = (middle(ours), middle(theirs));
    println!(
        "(a) cached page        {ours:>10.0} /s; nginx {theirs:.0} /s, {} bytes; ratio {:.2}, aim ≥ 0.5",
        bytes.len(),
        ours / theirs
    );
    let found = json!({ "ours": round(ours), "nginx": round(theirs), "ratio": round(ours / theirs) });
    Ok((found, memory))
}

/// (b) Pages of a survey saved by 32 people at once, against bare one-row commits on the same disk.
async fn durable_saves(place: &Place, server: &Server, questions: &answers::Questions) -> Outcome<(Value, f64)> {
    let (mut ours, mut bare, mut memory) = (Vec::new(), Vec::new(), 0.0_f64);
    for _ in 0..TURNS {
        let (rate, used) = answers::save_pages(server, questions, 32, LOAD).await?;
        ours.push(rate);
        memory = memory.max(used);
        bare.push(peers::bare_commits(&place.folder)?);
    }
    let (ours, bare) = (middle(ours), middle(bare));
    println!("(b) durable saves      {ours:>10.0} /s; bare commits {bare:.0} /s; ratio {:.2}, aim ≥ 0.5", ours / bare);
    Ok((json!({ "ours": round(ours), "bare": round(bare), "ratio": round(ours / bare) }), memory))
}

/// (d) Sixty-four people at the same moment for the last twenty places.
async fn last_places(place: &Place, server: &Server, groups: &[OpenGroup]) -> Outcome<Value> {
    let mut chance = Chance::new(1, 0);
    let (mut seconds, mut waiting) = (Vec::new(), 0);
    for group in groups {
        let began = Instant::now();
        let told = group.crowd(&[server], 64, &mut chance, |_| false).await?;
        seconds.push(began.elapsed().as_secs_f64());
        waiting = group.check(place, &told).await?;
    }
    let seconds = middle(seconds);
    println!(
        "(d) 64 for 20 places   {seconds:>10.3} s; {} in, {waiting} waiting; aim ≤ 0.5 (pretix: 16)",
        64 - waiting
    );
    Ok(json!({ "seconds": round(seconds), "in": 64 - waiting, "waiting": waiting }))
}
