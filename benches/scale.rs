//! Results of very many answers, on both databases: (f) a million answers to twenty questions, (g) a tenth of them to
//! fifteen. Some answers are sent by forms, so that the program itself codes them; the database then multiplies them.

use std::time::Instant;

use serde_json::{Value, json};

use crate::answers::{self, Questions};
use crate::harness::chance::Chance;
use crate::harness::checker::Checker;
use crate::harness::client::{self, Client};
use crate::harness::form::{Field, Form};
use crate::harness::place::{Engine, Place, postgres};
use crate::harness::server::Server;
use crate::harness::{Outcome, ensure, staff};
use crate::{middle, round, usage};

/// Twenty questions, the first of which divides the results.
const TWENTY: [&str; 20] = [
    "one_choice",
    "scale",
    "scale",
    "scale",
    "scale",
    "scale",
    "scale",
    "scale",
    "scale",
    "scale",
    "scale",
    "scale",
    "one_choice",
    "one_choice",
    "one_choice",
    "several_choices",
    "zero_to_ten",
    "grid",
    "number",
    "short_text",
];
/// How many answers are sent by forms.
const SEEDS: u64 = 1_000;
/// How many answers one statement adds.
const AT_ONCE: u64 = 50_000;
/// How often each page is asked for; the middle one counts.
const TURNS: usize = 9;

/// How many answers (f) has: a million, or fewer for a trial.
fn size() -> Outcome<u64> {
    let set = std::env::var("DOORSTEP_BENCH_RESPONSES").ok();
    Ok(set.map_or(Ok(1_000_000), |text| text.parse())?)
}

/// Both groups on every database there is.
///
/// # Errors
/// When the program refuses anything.
pub async fn results() -> Outcome<Value> {
    let mut found = serde_json::Map::new();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        if engine == Engine::Postgres && postgres().is_none() {
            println!("(f) (g) on postgres: not measured, since TEST_POSTGRES_URL names no server");
            continue;
        }
        let place = Place::new(engine, "scale").await?;
        place.must_run(&["example"])?;
        found.insert(engine.name().to_owned(), on(&place, engine.name()).await?);
        place.clear();
    }
    Ok(Value::Object(found))
}

async fn on(place: &Place, engine: &str) -> Outcome<Value> {
    let all = size()?;
    let server = place.serve().await?;
    let mut officer = staff::signed_in(&server, staff::OFFICER).await?;
    let twenty = answers::build(&server, &mut officer, "Bench of twenty", &TWENTY).await?;
    send(&server, &twenty).await?;
    let homes: Vec<(String, String)> = (0..3).map(|at| (format!("homes-{at}"), "4000".to_owned())).collect();
    officer.post(&format!("{}/homes", twenty.staff), &homes).await?.expect(303)?;
    let fifteen = answers::build(&server, &mut officer, "Bench of fifteen", &answers::FIFTEEN).await?;
    send(&server, &fifteen).await?;
    let few = Warm::of(&mut officer, &twenty).await?;
    server.stop().await?;

    let look = place.look().await?;
    multiply(&look, place.engine, &twenty, all).await?;
    multiply(&look, place.engine, &fifteen, all / 10).await?;
    println!("(f) {engine}: {all} answers to 20 questions");

    let server = place.serve().await?;
    let mut officer = staff::signed_in(&server, staff::OFFICER).await?;
    let cold = timed(&mut officer, &format!("{}/figures.csv", twenty.staff)).await?;
    said("cold first figures", cold, "≤ 5,000 ms", cold <= 5_000.0);
    let many = Warm::of(&mut officer, &twenty).await?;
    for ((name, small), (_, large)) in few.all().into_iter().zip(many.all()) {
        said(name, large, "≤ 100 ms", large <= 100.0);
        let ratio = large / small;
        println!("        at {SEEDS} answers     {small:>10.1} ms; ratio {ratio:.2}, aim < 3{}", missed(ratio < 3.0));
    }
    let memory = usage::most_memory_mib(&server)?;
    println!("    memory at most     {memory:>10.1} MiB; aim < 1,024{}", missed(memory < 1_024.0));
    let plain = plain_sql(&look, &twenty).await?;
    let ratio = plain / many.cross;
    println!("    plain SQL          {plain:>10.1} ms for the same cross-tab: {ratio:.1} times as long");
    server.stop().await?;

    let export = export(place, &twenty, all).await?;
    let memory_of_export = export.memory;
    println!(
        "    export             {:>10.1} ms, {:.0} MB, memory at most {memory_of_export:.1} MiB; aim < 200{}",
        export.ms,
        export.megabytes,
        missed(memory_of_export < 200.0)
    );

    let tenth = all / 10;
    println!("(g) {engine}: {tenth} answers to 15 questions");
    let server = place.serve().await?;
    let mut officer = staff::signed_in(&server, staff::OFFICER).await?;
    timed(&mut officer, &format!("{}/results", fifteen.staff)).await?;
    let page = again(&mut officer, &format!("{}/results", fifteen.staff)).await?;
    said("results page", page, "≤ 100 ms", page <= 100.0);
    let (bytes, requests) = survey_page(&server, &fifteen).await?;
    println!(
        "    survey page        {bytes:>10} bytes packed, {requests} requests; aim ≤ 30,720{}",
        missed(bytes <= 30_720)
    );
    server.stop().await?;
    let file = self::export(place, &fifteen, tenth).await?;
    said("CSV of answers", file.ms, "≤ 1,500 ms", file.ms <= 1_500.0);
    look.close().await;
    Ok(json!({
        "answers": all, "cold_ms": round(cold), "warm_ms": many.json(), "warm_ms_of_1000": few.json(),
        "memory_mib": round(memory), "plain_sql_ms": round(plain),
        "export_ms": round(export.ms), "export_mib": round(memory_of_export),
        "g_page_ms": round(page), "g_csv_ms": round(file.ms), "g_survey_bytes": bytes, "g_survey_requests": requests,
    }))
}

fn missed(reached: bool) -> &'static str {
    if reached { "" } else { "  MISSED" }
}

fn said(name: &str, ms: f64, aim: &str, reached: bool) {
    println!("    {name:<18} {ms:>10.1} ms; aim {aim}{}", missed(reached));
}

/// Pages of figures once they are in memory, in milliseconds at the client beside the server.
struct Warm {
    figures: f64,
    weighted: f64,
    cross: f64,
    filtered: f64,
}

impl Warm {
    async fn of(officer: &mut Client, of: &Questions) -> Outcome<Self> {
        let at = &of.staff;
        timed(officer, &format!("{at}/figures.csv")).await?;
        Ok(Self {
            figures: again(officer, &format!("{at}/figures.csv")).await?,
            weighted: again(officer, &format!("{at}/results")).await?,
            cross: each(officer, |turn| format!("{at}/cross-tab?rows={}-0&columns=1-0", turn + 2)).await?,
            filtered: each(officer, |turn| format!("{at}/cross-tab?rows={}-0&columns=1-0&only=13-0-0", turn + 2))
                .await?,
        })
    }

    fn all(&self) -> [(&'static str, f64); 4] {
        [
            ("all distributions", self.figures),
            ("weighted results", self.weighted),
            ("cross-tab", self.cross),
            ("filtered cross-tab", self.filtered),
        ]
    }

    fn json(&self) -> Value {
        self.all()
            .into_iter()
            .map(|(name, ms)| (name.to_owned(), json!(round(ms))))
            .collect::<serde_json::Map<_, _>>()
            .into()
    }
}

async fn timed(officer: &mut Client, path: &str) -> Outcome<f64> {
    let began = Instant::now();
    officer.get(path).await?.expect(200).map_err(|why| format!("{path}: {why}"))?;
    Ok(began.elapsed().as_secs_f64() * 1_000.0)
}

async fn again(officer: &mut Client, path: &str) -> Outcome<f64> {
    each(officer, |_| path.to_owned()).await
}

/// Another page each turn, so that none was counted before.
async fn each(officer: &mut Client, path: impl Fn(usize) -> String) -> Outcome<f64> {
    let mut spent = Vec::new();
    for turn in 0..TURNS {
        spent.push(timed(officer, &path(turn)).await?);
    }
    Ok(middle(spent))
}

/// Sends the first answers as people would: each by a form, every question answered by chance.
async fn send(server: &Server, to: &Questions) -> Outcome<()> {
    let (mut visitor, mut chance) = (server.visitor(), Chance::new(7, 0));
    let path = format!("/surveys/{}/all", to.slug);
    let page = client::page(&mut visitor, &path).await?.text();
    let form = Form::find(&page, "/all")?.expect(&["key", "seal"])?;
    for _ in 0..SEEDS {
        let key = chance.key();
        let mut own = by_chance(&form, &key);
        own.extend([("key".to_owned(), key), ("seal".to_owned(), String::new())]);
        visitor.forget();
        visitor.post(&path, &own).await?.expect(303)?;
    }
    Ok(())
}

/// An answer to every question, decided by the digits of a random key.
fn by_chance(form: &Form, key: &str) -> Vec<(String, String)> {
    let digit = |at: usize| usize::from(key.as_bytes().get(at % key.len()).copied().unwrap_or(0) % 16);
    let mut names: Vec<&str> = form.fields.iter().map(|field| field.name.as_str()).collect();
    names.dedup();
    let asked = names.into_iter().filter(|name| name.starts_with('q'));
    let mut sent = Vec::new();
    for (at, name) in asked.enumerate() {
        let fields: Vec<&Field> = form.fields.iter().filter(|field| field.name == name).collect();
        let Some(first) = fields.first() else { continue };
        let choices: Vec<&&Field> =
            fields.iter().filter(|field| !["na", "other"].contains(&field.value.as_str())).collect();
        let picked = |chosen: usize| choices.get(chosen % choices.len().max(1)).map(|field| field.value.clone());
        match first.kind.as_str() {
            "radio" | "select" => sent.extend(picked(digit(at) + digit(at + 1)).map(|value| (name.to_owned(), value))),
            "checkbox" => {
                let mut values: Vec<Option<String>> = vec![picked(digit(at)), picked(digit(at + 1))];
                values.dedup();
                sent.extend(values.into_iter().flatten().map(|value| (name.to_owned(), value)));
            }
            _ => sent.push((name.to_owned(), part(name, digit(at)))),
        }
    }
    sent
}

fn part(name: &str, digit: usize) -> String {
    match name.rsplit('-').next() {
        Some("year") => "2026".to_owned(),
        _ => (digit % 12 + 1).to_string(),
    }
}

/// Adds copies of the answers that were sent until there are so many, with keys and references of their own.
async fn multiply(look: &Checker, engine: Engine, of: &Questions, all: u64) -> Outcome<()> {
    let survey = of.staff.rsplit('/').next().unwrap_or_default();
    let version = look.number(&format!("SELECT version_id FROM surveys WHERE survey_id = {survey}")).await?;
    let copies = all / SEEDS;
    let step = AT_ONCE / SEEDS;
    let mut from = 1;
    while from < copies {
        let to = (from + step - 1).min(copies - 1);
        look.change(&format!(
            "WITH RECURSIVE series(k) AS (SELECT {from} UNION ALL SELECT k + 1 FROM series WHERE k < {to}) \
             INSERT INTO responses (version_id, number, codes, channel, received_on, reference, submission_key, digest) \
             SELECT version_id, number + {SEEDS} * k, codes, CASE k % 5 WHEN 0 THEN 'post' WHEN 1 THEN 'telephone' ELSE channel END, \
             received_on, reference || '-' || k, submission_key || '-' || k, digest FROM series, responses \
             WHERE version_id = {version} AND number <= {SEEDS}"
        ))
        .await?;
        look.change(&format!(
            "INSERT INTO answers (response_id, question_key, value, word_key) \
             SELECT copies.response_id, answers.question_key, answers.value, answers.word_key || '-' || copies.number \
             FROM responses AS copies \
             JOIN responses AS seeds ON seeds.version_id = copies.version_id AND seeds.number = (copies.number - 1) % {SEEDS} + 1 \
             JOIN answers ON answers.response_id = seeds.response_id \
             WHERE copies.version_id = {version} AND copies.number > {} AND copies.number <= {}",
            SEEDS * from,
            SEEDS * (to + 1)
        ))
        .await?;
        from = to + 1;
    }
    // As they lie after mixing, which would otherwise begin in the middle of what is measured.
    let done = copies * SEEDS;
    look.change(&format!("UPDATE tallies SET responses = {done}, mixed = {done} WHERE version_id = {version}")).await?;
    let stored = look.number(&format!("SELECT COUNT(*) FROM responses WHERE version_id = {version}")).await?;
    ensure(u64::try_from(stored)? == copies * SEEDS, || format!("{stored} answers are stored"))?;
    match engine {
        Engine::Sqlite => look.change("PRAGMA wal_checkpoint(TRUNCATE)").await.map(drop),
        Engine::Postgres => look.change("ANALYZE").await.map(drop),
    }
}

/// The same cross-tab by the database alone, in milliseconds.
async fn plain_sql(look: &Checker, of: &Questions) -> Outcome<f64> {
    let survey = of.staff.rsplit('/').next().unwrap_or_default();
    let sql = format!(
        "SELECT COUNT(*) || '' FROM responses JOIN surveys ON surveys.version_id = responses.version_id \
         WHERE survey_id = {survey} GROUP BY substr(codes, 1, 1), substr(codes, 2, 1)"
    );
    let mut spent = Vec::new();
    for _ in 0..3 {
        let began = Instant::now();
        look.texts(&sql).await?;
        spent.push(began.elapsed().as_secs_f64() * 1_000.0);
    }
    Ok(middle(spent))
}

/// What taking every answer out of the program took.
struct Export {
    ms: f64,
    megabytes: f64,
    memory: f64,
}

/// Every answer as a file, from a process that has done nothing else.
async fn export(place: &Place, of: &Questions, all: u64) -> Outcome<Export> {
    let server = place.serve().await?;
    let mut officer = staff::signed_in(&server, staff::OFFICER).await?;
    let began = Instant::now();
    let file = officer.post(&format!("{}/answers", of.staff), &[]).await?.expect(200)?;
    let ms = began.elapsed().as_secs_f64() * 1_000.0;
    let lines = u64::try_from(file.body.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count())?;
    ensure(lines == all / SEEDS * SEEDS + 1, || format!("the file has {lines} lines"))?;
    let megabytes = f64::from(u32::try_from(file.body.len())?) / 1e6;
    let memory = usage::most_memory_mib(&server)?;
    server.stop().await?;
    Ok(Export { ms, megabytes, memory })
}

/// The survey's first page as a browser gets it: its bytes packed, and how many requests it takes with what it names.
async fn survey_page(server: &Server, of: &Questions) -> Outcome<(usize, usize)> {
    let path = format!("/surveys/{}/all", of.slug);
    let packed = server.visitor().send("GET", &path, &[("accept-encoding", "gzip")], b"").await?.expect(200)?;
    ensure(packed.header("content-encoding") == Some("gzip"), || "the page is not packed".to_owned())?;
    let page = client::page(&mut server.visitor(), &path).await?.text();
    let named = |tag: &str, mark: &str| {
        page.split(tag).skip(1).filter(|rest| rest.split('>').next().unwrap_or_default().contains(mark)).count()
    };
    let requests =
        1 + named("<link", "stylesheet") + named("<link", "preload") + named("<script", "src=") + named("<img", "src=");
    Ok((packed.body.len(), requests))
}
