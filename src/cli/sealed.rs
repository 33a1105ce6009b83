//! What `doorstep doctor`, `restore` and `rotate-keys` say of sealed answers and their keys.

use super::{Outcome, say, text};
use crate::app::App;
use crate::audit::{self, Actor};
use crate::keyring::Shut;
use crate::questionnaires::sealed::kept;
use crate::surveys::reseal;

/// Whether everything sealed can be opened; where not, a sentence without its subject.
///
/// # Errors
/// What is wrong, and what to do.
pub(super) async fn look(app: &App) -> Result<String, String> {
    let keyring = app.db.keyring();
    let mut tx = app.db.read().await.map_err(text)?;
    let census = kept::census(&mut tx).await.map_err(text)?;
    drop(tx);
    let names = keyring.keys().map_err(text)?.names();
    if census.shut.is_empty() {
        return Ok(match (names.last(), census.sealed) {
            (None, 0) => "there are none, and no key yet".to_owned(),
            (_, 0) => format!("there are none; the keys are in {}", keyring.whereabouts()),
            (_, sealed) => format!("all {sealed} can be opened with the keys in {}", keyring.whereabouts()),
        });
    }
    let why = census.shut.iter().map(|(shut, many)| match shut {
        Shut::NoKey(name) => format!(
            "of {many} responses cannot be opened: the key {name} is not in {}. Put the file back from where its copy is kept",
            keyring.whereabouts()
        ),
        Shut::Altered => format!("of {many} responses were altered outside the program"),
    });
    Err(why.collect::<Vec<_>>().join("; "))
}

/// Makes a new key and seals with it what others have sealed.
pub(super) async fn rotate(app: &App) -> Outcome {
    let name = reseal::add_key(&app.db).await.map_err(text)?;
    say(&format!("The key {name} is in {}, and seals from now on.", app.db.keyring().whereabouts()));
    let done = reseal::all(&app.db).await.map_err(text)?;
    let mut tx = app.db.write().await.map_err(text)?;
    audit::record(&mut tx, app.clock.now(), &Actor::system(), "made a key for sealed answers", "database", "")
        .await
        .map_err(text)?;
    tx.commit().await.map_err(text)?;
    say(&format!("{} things were sealed with it anew.", done.sealed));
    if done.shut > 0 {
        say(&format!("{} stay as they were, because their key is missing.", done.shut));
    }
    say("Keep the older keys for as long as you keep backups that were made before.");
    Ok(())
}
