//! `doorstep backup` and `doorstep restore`: the database and the files, in one folder.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use super::{Outcome, make_private_folder, open, say, sealed, text};
use crate::app::App;
use crate::audit::{self, Actor};
use crate::config::Config;
use crate::db::guard;
use crate::surveys::mix;
use crate::{files, mail};

const DATABASE: &str = "doorstep.db";
/// Said of a letter that waited when the backup was made.
const HELD: &str = "It waited when a backup was made that has been put back. Send it again if it did not arrive.";

/// Copies the database and the files to a folder that it makes.
///
/// # Errors
/// A line for the person who typed the command.
pub async fn backup(app: &App, folder: &Path) -> Outcome {
    if folder.exists() {
        return Err(format!("{} is there already: name a folder to be made", folder.display()));
    }
    make_private_folder(folder)?;
    mix_first(app).await?;
    if app.db.is_sqlite() {
        let copy = folder.join(DATABASE);
        guard::vacuum_into(&app.db, &copy.to_string_lossy()).await.map_err(text)?;
        mix_copy(app, &copy).await?;
    }
    // Files after the database: a file is written before its row, so that every row of the copy finds its file.
    let copied = copy_files(&app.config.data.join("files"), &folder.join("files"))?;
    say(&format!("{copied} files are in {}.", folder.display()));
    if app.db.is_sqlite() {
        say(&format!("The database is in {}.", folder.join(DATABASE).display()));
    } else {
        say("The database is on PostgreSQL. Copy it too, with:");
        say(&format!("  pg_dump --format=custom --file={}/doorstep.dump \"$DOORSTEP_DATABASE_URL\"", folder.display()));
    }
    if app.config.sealing_keys.exists() {
        say(&format!(
            "The keys of sealed answers are not in it. Copy {} too, and keep it apart from this copy: together they open what is sealed, and without it nobody can.",
            app.config.sealing_keys.display()
        ));
    }
    Ok(())
}

/// Puts the answers of every survey in an order of chance, so that no copy tells who gave which, and says what was done.
async fn mix_first(app: &App) -> Outcome {
    let mixed = mix::mix_those(&app.db, &app.random, app.clock.now(), |_| true).await.map_err(text)?;
    match mixed.len() {
        0 => say("No answers came since they were last mixed."),
        1 => say("The answers of 1 survey were mixed first, so that the copy does not tell in which order they came."),
        more => say(&format!(
            "The answers of {more} surveys were mixed first, so that the copy does not tell in which order they came."
        )),
    }
    for of in mixed.iter().filter(|of| of.mixed > 0 && of.fresh() < mix::FEWEST) {
        say(&format!(
            "Of “{}” only {} answers are new since the last mixing. Whoever lays this copy beside an earlier one can tell which they are: keep both as safe as the database.",
            of.title,
            of.fresh()
        ));
    }
    Ok(())
}

/// Mixes in the copy what came while it was made.
async fn mix_copy(app: &App, copy: &Path) -> Outcome {
    let db = guard::open(&format!("sqlite:{}", copy.display())).await.map_err(text)?;
    let mixed = mix::mix_those(&db, &app.random, app.clock.now(), |_| true).await.map_err(text);
    db.close().await;
    mixed.map(|_| ())
}

pub(super) async fn restore(config: &Config, folder: &Path) -> Outcome {
    let Some(target) = config.database_url.strip_prefix("sqlite:") else {
        copy_files(&folder.join("files"), &config.data.join("files"))?;
        say(
            "The files are back. With no doorstep running, put the database back, and hold the letters that waited when it was copied:",
        );
        say(&format!(
            "  pg_restore --clean --if-exists --dbname=\"$DOORSTEP_DATABASE_URL\" {}/doorstep.dump",
            folder.display()
        ));
        say(&format!(
            "  psql \"$DOORSTEP_DATABASE_URL\" -c \"UPDATE letters SET failed_at = now(), last_error = '{HELD}' WHERE sent_at IS NULL AND failed_at IS NULL\""
        ));
        say("Then start doorstep: letters held stand on the page E-mail, to be sent again by hand.");
        return Ok(());
    };
    let target = Path::new(target.trim_start_matches("//"));
    if target.exists() {
        return Err(format!("{} is there already: move it away first, nothing was changed", target.display()));
    }
    let source = folder.join(DATABASE);
    check(&source).await?;
    make_private_folder(&config.data)?;
    std::fs::copy(&source, target).map_err(|error| format!("{}: {error}", source.display()))?;
    std::fs::set_permissions(target, Permissions::from_mode(0o600)).map_err(text)?;
    copy_files(&folder.join("files"), &config.data.join("files"))?;
    let app = open(config.clone()).await?;
    let mut tx = app.db.write().await.map_err(text)?;
    let listed = files::store::list_ids(&mut tx).await.map_err(text)?;
    let now = app.clock.now();
    let held = mail::store::hold_waiting(&mut tx, now, HELD).await.map_err(text)?;
    audit::record(&mut tx, now, &Actor::system(), "restored a backup", "database", "").await.map_err(text)?;
    tx.commit().await.map_err(text)?;
    if let Err(why) = sealed::look(&app).await {
        say(&format!("Sealed answers {why}."));
    }
    app.db.close().await;
    let missing = listed.iter().filter(|id| !config.data.join("files").join(id).exists()).count();
    if missing > 0 {
        return Err(format!("the database is back, but {missing} of its {} files are not in the backup", listed.len()));
    }
    say(&format!("The database and {} files are back.", listed.len()));
    if held > 0 {
        say(&format!(
            "{held} letters were waiting when the backup was made and may have left since: they are on the page E-mail, to be sent again by hand."
        ));
    }
    Ok(())
}

/// Reads the copy through before anything is changed.
async fn check(source: &Path) -> Outcome {
    if !source.exists() {
        return Err(format!("{} is not there", source.display()));
    }
    let scratch = source.with_extension("checking");
    std::fs::copy(source, &scratch).map_err(text)?;
    let sound = match guard::open(&format!("sqlite:{}", scratch.display())).await {
        Err(error) => Err(error.to_string()),
        Ok(db) => {
            let findings = guard::inspect(&db).await;
            db.close().await;
            match findings {
                Ok(findings) if findings.iter().all(|finding| finding.name != "quick_check" || finding.right) => Ok(()),
                Ok(_) => Err("it is damaged".to_owned()),
                Err(error) => Err(error.to_string()),
            }
        }
    };
    for ending in ["checking", "checking-wal", "checking-shm"] {
        let _ = std::fs::remove_file(source.with_extension(ending));
    }
    sound.map_err(|why| format!("{} cannot be used: {why}. Nothing was changed", source.display()))
}

fn copy_files(from: &Path, to: &Path) -> Result<usize, String> {
    std::fs::create_dir_all(to).map_err(text)?;
    if !from.exists() {
        return Ok(0);
    }
    let mut copied = 0;
    for entry in std::fs::read_dir(from).map_err(text)? {
        let entry = entry.map_err(text)?;
        std::fs::copy(entry.path(), to.join(entry.file_name())).map_err(text)?;
        copied += 1;
    }
    Ok(copied)
}
