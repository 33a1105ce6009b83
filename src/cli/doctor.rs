//! `doorstep doctor`: settings, database and the log of changes, each with what to do when it is wrong.

use std::path::Path;

use chrono::TimeDelta;

use super::{Outcome, open, reach, say, sealed};
use crate::app::App;
use crate::audit;
use crate::config::{Config, KEYS};
use crate::db::{guard, migrate};
use crate::plans;

/// How far the clocks of this machine and of the database may be apart.
const LARGEST_SKEW: TimeDelta = TimeDelta::seconds(5);

pub(super) async fn run(config: Config) -> Outcome {
    let mut wrong: Vec<String> = Vec::new();
    say("Settings");
    for key in KEYS {
        let default = if key.default.is_empty() { String::new() } else { format!(" (default {})", key.default) };
        say(&format!("  {:<17} {:<28} {}{default}", key.name, key.variable, key.about));
    }
    check(
        &mut wrong,
        "address",
        config.check_exposure().map_err(|error| error.to_string()).map(|()| config.listen.to_string()),
    );
    check(&mut wrong, "data folder", private(&config.data));
    check(&mut wrong, "sealing keys", private(&config.sealing_keys));
    if let Some(path) = config.database_url.strip_prefix("sqlite:").map(|path| path.trim_start_matches("//")) {
        check(&mut wrong, "database file", private(Path::new(path)));
    }
    match open(config).await {
        Err(error) => check(&mut wrong, "database", Err(error)),
        Ok(app) => {
            match guard::inspect(&app.db).await {
                Err(error) => check(&mut wrong, "database", Err(error.to_string())),
                Ok(findings) => {
                    for finding in findings {
                        let verdict = if finding.right {
                            Ok(finding.found)
                        } else {
                            Err(format!("is {}: answers may be lost or kept after erasure", finding.found))
                        };
                        check(&mut wrong, finding.name, verdict);
                    }
                }
            }
            let shape = match migrate::applied(&app.db).await {
                Ok(Some(number)) if number >= migrate::newest() => Ok(format!("script {number}")),
                Ok(_) => Err("is older than this program: run doorstep migrate".to_owned()),
                Err(error) => Err(error.to_string()),
            };
            check(&mut wrong, "shape", shape);
            let chain = match app.db.read().await {
                Ok(mut tx) => match audit::first_broken(&mut tx).await {
                    Ok(None) => Ok("every entry fits the one before".to_owned()),
                    Ok(Some(number)) => Err(format!("entry {number} was altered or removed outside the program")),
                    Err(error) => Err(error.to_string()),
                },
                Err(error) => Err(error.to_string()),
            };
            check(&mut wrong, "log of changes", chain);
            check(&mut wrong, "sealed answers", sealed::look(&app).await);
            let frozen = match app.db.read().await {
                Ok(mut tx) => match plans::freeze::first_broken(&mut tx).await {
                    Ok(None) => Ok("every copy fits the one before".to_owned()),
                    Ok(Some((plan, number))) => {
                        Err(format!("copy {number} of plan {plan} was altered or removed outside the program"))
                    }
                    Err(error) => Err(error.to_string()),
                },
                Err(error) => Err(error.to_string()),
            };
            check(&mut wrong, "frozen plans", frozen);
            check(&mut wrong, "clock", clock(&app).await);
            check(&mut wrong, "proxy", reach::through_the_proxy(&app.config.base_url).await);
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("{} to mend: {}", wrong.len(), wrong.join(", "))) }
}

/// Clocks that differ would let one node close a survey that another still takes answers for.
async fn clock(app: &App) -> Result<String, String> {
    match guard::clock_ahead(&app.db, app.clock.now()).await.map_err(|error| error.to_string())? {
        None => Ok("the machine's own".to_owned()),
        Some(ahead) if ahead.abs() <= LARGEST_SKEW => Ok("agrees with the database's".to_owned()),
        Some(ahead) => Err(format!(
            "the database's clock is {} seconds {} this machine's: set both by NTP",
            ahead.num_seconds().abs(),
            if ahead > TimeDelta::zero() { "ahead of" } else { "behind" }
        )),
    }
}

fn check(wrong: &mut Vec<String>, name: &str, verdict: Result<String, String>) {
    match verdict {
        Ok(found) => say(&format!("ok    {name}: {found}")),
        Err(why) => {
            say(&format!("WRONG {name}: {why}"));
            wrong.push(name.to_owned());
        }
    }
}

/// A file or folder that other accounts on the machine must not read. One that is not there yet is fine.
fn private(path: &Path) -> Result<String, String> {
    use std::os::unix::fs::PermissionsExt as _;
    let Ok(found) = std::fs::metadata(path) else { return Ok(format!("{} is not there yet", path.display())) };
    let mode = found.permissions().mode() & 0o777;
    let others = mode & 0o007;
    if others == 0 {
        Ok(format!("{} ({mode:o})", path.display()))
    } else {
        Err(format!("{} can be read by others on this machine ({mode:o}): chmod o= it", path.display()))
    }
}
