//! Showing the public what people wrote: how many wrote about each theme, and some answers in their own words.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::statistics::disclosure::Policy;
use crate::surveys::survey::Asked;
use crate::surveys::verbatims::open_question::OpenQuestion;
use crate::surveys::verbatims::standing::Standing;
use crate::surveys::verbatims::{store, written};
use crate::surveys::{results, store as surveys};
use crate::thread::id::ThemeId;

/// The most answers in people's own words that the public reads of one question.
pub const MOST_SHOWN: i64 = 100;
/// How many they are unless somebody says otherwise.
pub const USUALLY_SHOWN: i64 = 10;

/// Why nothing was published.
#[derive(Debug)]
pub enum Refused {
    /// The results of the survey are not published, so answers may still come.
    ResultsNotPublished,
    /// Too few people answered to show the public their words.
    TooFew,
    /// So many answers are under no theme yet.
    Uncoded(usize),
    /// So many answers still wait for the second person.
    Unchecked(usize),
    /// So many answers wait for a third look.
    Differing(usize),
    /// There is no theme, and no answer that was let through.
    Nothing,
    /// It was done before.
    DoneBefore,
    /// The database refused.
    Internal(db::Error),
}

impl From<db::Error> for Refused {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

impl Refused {
    /// What to tell the person; none for a fault of the database.
    #[must_use]
    pub fn in_words(&self) -> Option<String> {
        let still = |many: usize| if many == 1 { "1 answer still".to_owned() } else { format!("{many} answers still") };
        let wait = |many: usize| format!("{} {}", still(many), if many == 1 { "waits" } else { "wait" });
        Some(match self {
            Self::ResultsNotPublished => "Publish the results of the survey first".to_owned(),
            Self::TooFew => "Too few people answered to show the public what they wrote".to_owned(),
            Self::Uncoded(many) => format!("{} to be put under themes", wait(*many)),
            Self::Unchecked(many) => format!("{} to be checked by a second person", wait(*many)),
            Self::Differing(many) => {
                format!("{} for a third look, because two people saw them differently", wait(*many))
            }
            Self::Nothing => "There is nothing to show yet: no themes, and no answer that may be shown".to_owned(),
            Self::DoneBefore => "This was done before".to_owned(),
            Self::Internal(_) => return None,
        })
    }
}

/// What stands against publishing, before anybody else is asked.
///
/// # Errors
/// See [`Refused`].
pub fn check(asked: &Asked, standing: &Standing) -> Result<(), Refused> {
    if standing.frame.published_at.is_some() {
        return Err(Refused::DoneBefore);
    }
    if asked.survey.results_published_at.is_none() {
        return Err(Refused::ResultsNotPublished);
    }
    let has_themes = standing.live().next().is_some();
    let uncoded = standing.words.len() - standing.coded();
    if has_themes && uncoded > 0 {
        return Err(Refused::Uncoded(uncoded));
    }
    let (checked, drawn) = standing.checked();
    if checked < drawn {
        return Err(Refused::Unchecked(drawn - checked));
    }
    let differing = standing.differing().len();
    if differing > 0 {
        return Err(Refused::Differing(differing));
    }
    Ok(())
}

/// Publishes what people wrote to a question, at most so many answers in their own words. From then on its themes and
/// what was put under them stay as they are, so that nobody can be worked out from two states.
///
/// # Errors
/// See [`Refused`]; the transaction must then be dropped.
pub async fn publish(
    tx: &mut Tx,
    asked: &Asked,
    question: OpenQuestion,
    most_shown: i64,
    policy: &Policy,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    // Held first, so that nothing is coded between the look and the publishing.
    if !store::hold(tx, question).await? {
        return Err(Refused::DoneBefore);
    }
    let standing = store::load(tx, question).await?;
    check(asked, &standing)?;
    let gathered = results::gather(tx, asked).await?;
    if !question.may_be_read(&gathered.release(asked, None, policy)) {
        return Err(Refused::TooFew);
    }
    let mut after = standing;
    after.frame.most_shown = most_shown;
    if after.live().next().is_none() && written::shown(&after).is_empty() {
        return Err(Refused::Nothing);
    }
    if !store::publish(tx, question, most_shown, now).await? {
        return Err(Refused::DoneBefore);
    }
    tx.public_changed();
    Ok(())
}

/// The name of a theme and the page on which residents read about it; none while it is not published.
///
/// # Errors
/// When the database refuses.
pub async fn published_theme(tx: &mut Tx, id: ThemeId) -> Result<Option<(String, String)>, db::Error> {
    let Some((question, theme)) = store::find_theme(tx, id).await?.filter(|(_, theme)| theme.is_live()) else {
        return Ok(None);
    };
    let is_published = store::load(tx, question).await?.frame.published_at.is_some();
    let asked = if is_published { surveys::find_by_version(tx, question.version_id).await? } else { None };
    Ok(asked.map(|asked| (theme.name, format!("{}/results", asked.survey.path()))))
}
