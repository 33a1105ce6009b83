//! R05: a disk that is full, and one that refuses to write. Answers are then neither taken nor lost: the page says so and
//! carries them, everything already stored can be read, and once there is room again the same answers are taken.

use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

use crate::Setup;
use crate::harness::chance::Chance;
use crate::harness::client::{Answer, Client};
use crate::harness::place::{Place, program};
use crate::harness::server::Server;
use crate::harness::survey::{OpenSurvey, STORED};
use crate::harness::{Outcome, ensure};
use crate::report::Report;

/// The size of the small disk: room for the example landlord and little more.
const DISK: &str = "size=48m";

pub async fn run(setup: Setup) -> Outcome<Report> {
    let refusing = setup.place().await?;
    refusing.must_run(&["example"])?;
    let unwilling = unwilling_disk(&setup, &refusing).await?;
    refusing.clear();
    let place = setup.place().await?;
    let found = match SmallDisk::mount(&place.data()) {
        Ok(disk) => {
            place.must_run(&["example"])?;
            full_disk(&setup, &place, &disk).await?
        }
        Err(why) => {
            place.clear();
            return Ok(Report::of(json!({ "kept_while_writing_failed": unwilling }))
                .not_checked(&format!("a full disk: {why}")));
        }
    };
    place.clear();
    Ok(Report::of(json!({ "kept_while_writing_failed": unwilling, "kept_while_full": found })))
}

/// The kernel refuses to let files grow: every write of the database fails with an error.
async fn unwilling_disk(setup: &Setup, place: &Place) -> Outcome<usize> {
    // Without this the kernel would end the process instead of failing its write.
    let run = "trap '' XFSZ; exec \"$0\" serve";
    let program = program().to_string_lossy().into_owned();
    let server = Server::start_as(place, place.settle(Command::new("sh"), &["-c", run, &program])).await?;
    let limit = |bytes: &str| limit_files(server.process(), bytes);
    let refused = trouble(setup, place, &server, || limit("1"), || limit("unlimited")).await?;
    server.stop().await?;
    Ok(refused)
}

async fn full_disk(setup: &Setup, place: &Place, disk: &SmallDisk) -> Outcome<usize> {
    let server = place.serve().await?;
    let refused = trouble(setup, place, &server, || disk.fill(), || disk.make_room()).await?;
    server.stop().await?;
    Ok(refused)
}

/// Sends answers before, during and after a trouble. Returns how many were refused with everything typed on the page.
async fn trouble(
    setup: &Setup,
    place: &Place,
    server: &Server,
    begin: impl Fn() -> Outcome<()>,
    end: impl Fn() -> Outcome<()>,
) -> Outcome<usize> {
    let survey = OpenSurvey::find(place, server).await?;
    let mut chance = Chance::new(setup.seed, 5);
    let (before, after) = (chance.key(), chance.key());
    let keys: Vec<String> = (0..setup.tiered(10, 100)).map(|_| chance.key()).collect();
    let mut client = server.visitor();
    send(&survey, &mut client, &before).await?.expect(303)?;
    begin()?;
    let mut refused = Vec::new();
    for key in &keys {
        let answer = send(&survey, &mut client, key).await?;
        // A last row may still fit into a page of the log that was there before.
        if answer.status == 303 {
            continue;
        }
        let answer = answer.expect(503)?;
        ensure(answer.header("retry-after").is_some(), || "the refusal does not say when to try again".to_owned())?;
        let page = answer.text();
        ensure(page.contains("Not saved") && page.contains(key.as_str()), || {
            "the refusal does not say that nothing was saved, or does not carry the answers".to_owned()
        })?;
        refused.push(key);
    }
    ensure(refused.len() > keys.len() / 2, || {
        format!("only {} of {} forms met the trouble", refused.len(), keys.len())
    })?;
    for path in ["/", "/standards", "/surveys", "/healthz"] {
        let mut visitor = server.visitor();
        visitor.get(path).await?.expect(200).map_err(|why| format!("{path} while nothing can be written: {why}"))?;
    }
    let looked = place.look().await?;
    let stored = looked.texts(STORED).await?;
    ensure(!refused.iter().any(|key| stored.contains(key)), || "what was refused is stored".to_owned())?;
    looked.close().await;
    end()?;
    for key in refused.iter().copied().chain([&after]) {
        send(&survey, &mut client, key).await?.expect(303)?;
    }
    let looked = place.look().await?;
    let stored = looked.texts(STORED).await?;
    for key in keys.iter().chain([&before, &after]) {
        let times = stored.iter().filter(|one| *one == key).count();
        ensure(times == 1, || format!("an acknowledged answer is stored {times} times"))?;
    }
    looked.integrity().await?;
    looked.close().await;
    Ok(refused.len())
}

async fn send(survey: &OpenSurvey, client: &mut Client, key: &str) -> Outcome<Answer> {
    let answer = survey.send(client, key).await?;
    client.forget();
    Ok(answer)
}

/// Sets how large the files of a process may become.
fn limit_files(process: u32, bytes: &str) -> Outcome<()> {
    let status = Command::new("prlimit")
        .args(["--pid", &process.to_string(), &format!("--fsize={bytes}:")])
        .status()
        .map_err(|why| format!("prlimit: {why}"))?;
    ensure(status.success(), || "prlimit did not work".to_owned())
}

/// A small disk of its own, mounted where the data folder is. Dropping it takes it away.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// Mounts it; the words say why that is not possible here.
    fn mount(folder: &Path) -> Result<Self, String> {
        std::fs::create_dir_all(folder).map_err(|why| why.to_string())?;
        let output = Command::new("mount").args(["-t", "tmpfs", "-o", DISK, "tmpfs"]).arg(folder).output();
        match output {
            Ok(output) if output.status.success() => Ok(Self(folder.to_owned())),
            Ok(output) => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
            Err(why) => Err(why.to_string()),
        }
    }

    fn ballast(&self) -> PathBuf {
        self.0.join("ballast")
    }

    /// Takes all the room that is left.
    fn fill(&self) -> Outcome<()> {
        let mut file = File::create(self.ballast())?;
        for size in [1 << 16, 1 << 12, 1] {
            let some = vec![0; size];
            loop {
                match file.write(&some) {
                    Ok(0) => break,
                    Ok(_) => {}
                    Err(full) if full.kind() == ErrorKind::StorageFull => break,
                    Err(other) => return Err(other.into()),
                }
            }
        }
        Ok(())
    }

    fn make_room(&self) -> Outcome<()> {
        Ok(std::fs::remove_file(self.ballast())?)
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}
