//! V37: a wrong try at signing in tells nobody whether an address has an account: not by its status, its headers, its words, nor by the time it takes.
//!
//! Time is compared as a ratio of two medians measured turn about, so that neither the processor nor its other work matters.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::Setup;
use crate::harness::client::{Answer, Client, encode_all, page};
use crate::harness::form::Form;
use crate::harness::{Outcome, ensure, staff};
use crate::report::Report;

/// Wrong tries at one address: half of what it is allowed.
const PER_ADDRESS: usize = 5;
/// The ratio of the medians beyond which time would tell.
const MOST: f64 = 1.5;

pub async fn run(setup: Setup) -> Outcome<Report> {
    // Each pair of tries comes from a network address of its own, so that none has too many.
    let place = setup.place().await?.with("DOORSTEP_TRUSTED_PROXIES", "127.0.0.1");
    place.must_run(&["example"])?;
    let tries: usize = setup.tiered(60, 400);
    let look = place.look().await?;
    for number in 0..tries.div_ceil(PER_ADDRESS) {
        let sql = format!(
            "INSERT INTO accounts (email, name, role, password_hash, is_example, created_at) \
             SELECT '{}', name, role, password_hash, is_example, created_at FROM accounts WHERE email = '{}'",
            known(number),
            staff::OFFICER
        );
        ensure(look.change(&sql).await? == 1, || "an account could not be made".to_owned())?;
    }
    look.close().await;
    let server = place.serve().await?;
    let mut stranger = Stranger::new(server.visitor()).await?;
    staff::signed_in(&server, &known(0)).await?;

    let (mut for_known, mut for_unknown) = (Vec::new(), Vec::new());
    for number in 0..tries {
        let (one, other) = (known(number / PER_ADDRESS), unknown(number / PER_ADDRESS));
        // Turn about, so that whoever comes second gains nothing.
        let pair = if number.is_multiple_of(2) { [&one, &other] } else { [&other, &one] };
        let mut said = Vec::new();
        for email in pair {
            let (answer, took) = stranger.try_wrong(email).await?;
            said.push(bare(&answer.expect(422)?, email));
            if *email == one { for_known.push(took) } else { for_unknown.push(took) }
        }
        stranger.moves();
        ensure(said.first() == said.last(), || format!("{one} and {other} are told apart: {said:?}"))?;
    }
    let (known_takes, unknown_takes) = (median(for_known), median(for_unknown));
    let ratio = known_takes.max(unknown_takes) / known_takes.min(unknown_takes).max(f64::MIN_POSITIVE);
    ensure(ratio <= MOST, || {
        format!("a known address takes {known_takes:.2} ms and an unknown one {unknown_takes:.2} ms: {ratio:.2} times")
    })?;

    // Too many tries: the same refusal for both.
    for _ in 0..PER_ADDRESS {
        for email in [&known(0), &unknown(0)] {
            stranger.try_wrong(email).await?.0.expect(422)?;
        }
    }
    let mut refusals = Vec::new();
    for email in [&known(0), &unknown(0)] {
        refusals.push(bare(&stranger.try_wrong(email).await?.0.expect(429)?, email));
    }
    ensure(refusals.first() == refusals.last(), || format!("too many tries tell them apart: {refusals:?}"))?;
    server.stop().await?;
    place.clear();
    let hundredths = |number: f64| (number * 100.0).round() / 100.0;
    Ok(Report::of(json!({
        "tries_each": tries,
        "known_ms": hundredths(known_takes),
        "unknown_ms": hundredths(unknown_takes),
        "ratio": hundredths(ratio),
        "difference_ms": hundredths((known_takes - unknown_takes).abs()),
    })))
}

// Both have the same length.
fn known(number: usize) -> String {
    format!("known{number:03}@lab.example")
}

fn unknown(number: usize) -> String {
    format!("never{number:03}@lab.example")
}

/// Somebody without a password who tries addresses from changing network addresses.
struct Stranger {
    client: Client,
    form: Form,
    from: usize,
}

impl Stranger {
    async fn new(mut client: Client) -> Outcome<Self> {
        let html = page(&mut client, "/sign-in").await?.text();
        Ok(Self { client, form: Form::find(&html, "/sign-in")?.expect(&["email", "password"])?, from: 0 })
    }

    /// Goes on from another network address.
    fn moves(&mut self) {
        self.from += 1;
    }

    async fn try_wrong(&mut self, email: &str) -> Outcome<(Answer, Duration)> {
        let body = encode_all(&self.form.fill(&[("email", email), ("password", "not-this-one-7-otters")]));
        let from = format!("198.18.{}.{}", self.from / 250, self.from % 250 + 1);
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("x-forwarded-for", from.as_str())];
        self.client.forget();
        self.client.connect().await?;
        let began = Instant::now();
        let answer = self.client.send("POST", "/sign-in", &headers, body.as_bytes()).await?;
        Ok((answer, began.elapsed()))
    }
}

/// An answer without what must differ: the moment, a page's nonce, and the address that was typed.
fn bare(answer: &Answer, email: &str) -> String {
    let headers = answer.headers.iter().filter(|(name, _)| name != "date");
    let headers: Vec<String> = headers.map(|(name, value)| format!("{name}: {value}")).collect();
    let whole = format!("{}\n{}\n{}", answer.status, headers.join("\n"), answer.text()).replace(email, "ADDRESS");
    let mut parts = whole.split("nonce");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| {
        let part = part.trim_start_matches(['-', '=', '"']);
        out + "nonce"
            + part.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric() || "+/=_-".contains(letter))
    })
}

/// The middle one, in milliseconds.
fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times.get(times.len() / 2).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}
