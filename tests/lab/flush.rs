//! R03: every acknowledged form was flushed to the disk between its arrival and its answer, as the kernel saw it.

use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::Setup;
use crate::harness::chance::Chance;
use crate::harness::client::encode_all;
use crate::harness::server::{Server, signal};
use crate::harness::survey::OpenSurvey;
use crate::harness::{Outcome, ensure};
use crate::report::Report;

const CALLS: &str = "trace=fdatasync,fsync,recvfrom,read,sendto,write,writev";

pub async fn run(setup: Setup) -> Outcome<Report> {
    if let Err(why) = may_trace() {
        return Ok(Report::of(json!({})).not_checked(&why));
    }
    let place = setup.place().await?;
    place.must_run(&["example"])?;
    let trace = place.folder.join("trace.txt");
    let file = trace.to_string_lossy().into_owned();
    let program = crate::harness::place::program().to_string_lossy().into_owned();
    let arguments = ["-f", "-qq", "-s", "64", "-e", CALLS, "-o", &file, &program, "serve"];
    let mut server = Server::start_as(&place, place.settle(Command::new("strace"), &arguments)).await?;
    let survey = OpenSurvey::find(&place, &server).await?;
    let mut chance = Chance::new(setup.seed, 0);
    let mut client = server.visitor();
    let forms = setup.tiered(30, 300);
    for number in 0..forms {
        let key = chance.key();
        let body = encode_all(&survey.answers(&key));
        // The number in the address is how the trace names the form.
        let path = format!("{}?lab={number}", survey.path());
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        client.send("POST", &path, &kind, body.as_bytes()).await?.expect(303)?;
        client.forget();
    }
    // The tracer's child is the server; when it ends, so does the tracer.
    signal(child_of(server.process())?, "TERM")?;
    let ended = server.ended().await?;
    ensure(ended.success(), || format!("the traced server ended with {ended}"))?;
    let flushes = count_flushes(&std::fs::read_to_string(&trace)?, &survey.path(), forms)?;
    place.clear();
    Ok(Report::of(json!({ "forms": forms, "flushes": flushes, "forms_without_a_flush": 0 })))
}

/// Whether this machine lets one process watch another.
fn may_trace() -> Result<(), String> {
    match Command::new("strace").args(["-qq", "-e", "trace=none", "true"]).output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(format!("tracing is refused here: {}", String::from_utf8_lossy(&output.stderr).trim())),
        Err(_) => Err("strace is not installed".into()),
    }
}

fn child_of(process: u32) -> Outcome<u32> {
    let children = std::fs::read_to_string(format!("/proc/{process}/task/{process}/children"))?;
    let first = children.split_whitespace().next().ok_or("the tracer has no child")?;
    Ok(first.parse()?)
}

/// Reads the trace: for each form, in order, its arrival, at least one finished flush, then its answer. Returns the flushes within forms.
fn count_flushes(trace: &str, path: &str, forms: usize) -> Outcome<usize> {
    let path = Path::new(path).display().to_string();
    let mut lines = trace.lines();
    let mut total = 0;
    for number in 0..forms {
        let arrival = format!("\"POST {path}?lab={number} ");
        ensure(lines.any(|line| line.contains(&arrival)), || format!("form {number} does not arrive in the trace"))?;
        let mut flushes = 0;
        let answered = lines.any(|line| {
            let is_flush = line.contains("fdatasync") || line.contains("fsync");
            flushes += usize::from(is_flush && line.ends_with("= 0"));
            line.contains("\"HTTP/1.1 303")
        });
        ensure(answered, || format!("form {number} has no answer in the trace"))?;
        ensure(flushes > 0, || format!("form {number} was acknowledged before anything was flushed"))?;
        total += flushes;
    }
    Ok(total)
}
