//! R04 and R24: `doctor` reads the database's version and settings, finds each fault put there, says what to do, and ends with something other than 0.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::json;

use crate::Setup;
use crate::harness::place::{Engine, Place};
use crate::harness::proxy::Proxy;
use crate::harness::{Outcome, ensure};
use crate::report::Report;

/// The oldest SQLite without the fault that corrupts a database when two connections write and checkpoint at once.
const OLDEST_SQLITE: [u32; 3] = [3, 51, 3];

/// Found before PostgreSQL's own function by whoever looks into the schema `lab` first.
const FAST_CLOCK: &str = "CREATE FUNCTION lab.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS $$ SELECT pg_catalog.clock_timestamp() + interval '10 minutes' $$";

/// R04
pub async fn engine(setup: Setup) -> Outcome<Report> {
    let place = setup.place().await?;
    place.must_run(&["migrate"])?;
    let said = place.must_run(&["doctor"])?.said;
    let wanted: &[(&str, &str)] = match setup.engine {
        Engine::Sqlite => &[
            ("journal_mode", "wal"),
            ("synchronous", "2"),
            ("foreign_keys", "1"),
            ("busy_timeout", "5000"),
            ("secure_delete", "1"),
            ("mmap_size", "0"),
            ("quick_check", "ok"),
        ],
        Engine::Postgres => &[("synchronous_commit", "on")],
    };
    for (name, value) in wanted {
        ensure(found(&said, name) == Some(value), || format!("{name} should be {value}: {said}"))?;
    }
    let mut figures = json!({ "settings": wanted.len() });
    if setup.engine == Engine::Sqlite {
        let version = found(&said, "sqlite_version").ok_or("doctor does not say which SQLite it uses")?;
        let parts: Vec<u32> = version.split('.').map_while(|part| part.parse().ok()).collect();
        ensure(parts.as_slice() >= OLDEST_SQLITE.as_slice(), || format!("SQLite {version} can lose data"))?;
        figures = json!({ "settings": wanted.len(), "sqlite_version": version });
    } else {
        // PostgreSQL that acknowledges before the disk does is refused.
        let hasty = Place { url: place.url.replace("%3Don", "%3Doff"), ..place.clone() };
        let ran = hasty.run(&["serve"])?;
        ensure(ran.code != Some(0) && ran.said.contains("synchronous_commit"), || {
            format!("a hasty PostgreSQL was accepted: {}", ran.said)
        })?;
    }
    place.clear();
    Ok(Report::of(figures))
}

/// What doctor found a setting to be.
fn found<'a>(said: &'a str, name: &str) -> Option<&'a str> {
    let start = format!("ok    {name}: ");
    said.lines().find_map(|line| line.strip_prefix(start.as_str()))
}

/// R24
pub async fn run(setup: Setup) -> Outcome<Report> {
    let place = setup.place().await?;
    place.must_run(&["example"])?;
    place.must_run(&["doctor"])?;
    let mut faults = 0;
    let mut finds = |place: &Place, name: &str, advice: &str| -> Outcome<()> {
        faults += 1;
        let ran = place.run(&["doctor"])?;
        let line = ran.said.lines().find(|line| line.starts_with(&format!("WRONG {name}:")));
        let line = line.ok_or_else(|| format!("doctor did not find the fault of {name}: {}", ran.said))?;
        ensure(line.contains(advice), || format!("doctor does not say \"{advice}\": {line}"))?;
        ensure(ran.code.is_some_and(|code| code != 0), || format!("doctor found {name} and ended with 0"))
    };

    let open = place.clone().with("DOORSTEP_LISTEN", "0.0.0.0:3000");
    finds(&open, "address", "DOORSTEP_BASE_URL")?;

    let private = std::fs::metadata(place.data())?.permissions();
    chmod(&place.data(), 0o755)?;
    finds(&place, "data folder", "chmod")?;
    std::fs::set_permissions(place.data(), private)?;
    if setup.engine == Engine::Sqlite {
        let file = place.data().join("doorstep.db");
        chmod(&file, 0o644)?;
        finds(&place, "database file", "chmod")?;
        chmod(&file, 0o600)?;
    }

    // A proxy that passes the name on is fine. One that puts another in its place is found: a name of the inner network, or the address behind it, as proxies do when nothing is asked of them.
    let inner = place.address.to_string();
    for host in [None, Some("inner.example"), Some(inner.as_str())] {
        let proxy = Proxy::start(place.address, host).await?;
        let behind = place.clone().with("DOORSTEP_BASE_URL", &proxy.url());
        let server = behind.serve().await?;
        if host.is_none() {
            let said = behind.must_run(&["doctor"])?.said;
            ensure(found(&said, "proxy").is_some_and(|line| line.contains("passes")), || {
                format!("doctor did not ask through the proxy: {said}")
            })?;
        } else {
            finds(&behind, "proxy", "Host")?;
        }
        server.stop().await?;
    }

    let look = place.look().await?;
    // SQLite has no clock of its own. PostgreSQL's is put ten minutes on, for whoever comes by this way.
    if setup.engine == Engine::Postgres {
        look.change("CREATE SCHEMA lab").await?;
        look.change(FAST_CLOCK).await?;
        let way = "%3Don%20-c%20search_path%3Dlab,public,pg_catalog";
        finds(&Place { url: place.url.replace("%3Don", way), ..place.clone() }, "clock", "seconds ahead")?;
    }
    look.change("CREATE TABLE lab_kept AS SELECT * FROM _sqlx_migrations").await?;
    look.change("DELETE FROM _sqlx_migrations WHERE version = (SELECT MAX(version) FROM _sqlx_migrations)").await?;
    finds(&place, "shape", "doorstep migrate")?;
    look.change("DELETE FROM _sqlx_migrations").await?;
    look.change("INSERT INTO _sqlx_migrations SELECT * FROM lab_kept").await?;
    look.change("DROP TABLE lab_kept").await?;
    place.must_run(&["doctor"])?;

    // A few changes to be logged, one of them altered afterwards.
    for number in 0..3 {
        place.must_run(&["staff", "invite", &format!("lab{number}@lab.example"), "--role", "officer"])?;
    }
    let entries = look.number("SELECT COUNT(*) FROM audit_entries").await?;
    ensure(entries >= 3, || "inviting staff left nothing in the log of changes".to_owned())?;
    place.must_run(&["doctor"])?;
    look.change("UPDATE audit_entries SET object = 'account 0' WHERE number = 2").await?;
    finds(&place, "log of changes", "entry 2")?;
    look.close().await;
    place.clear();
    Ok(Report::of(json!({ "faults": faults, "found": faults })))
}

fn chmod(path: &Path, mode: u32) -> Outcome<()> {
    Ok(std::fs::set_permissions(path, Permissions::from_mode(mode))?)
}
