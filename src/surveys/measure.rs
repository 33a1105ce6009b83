//! What residents' answers say about a standard, for performance and the standard's own page.

use chrono::NaiveDate;

use crate::db::{self, Tx};
use crate::questionnaires::count::Counting;
use crate::questionnaires::kinds::facet::Facet;
use crate::questionnaires::store as responses;
use crate::statistics::counts::Counts;
use crate::statistics::disclosure::{self, Policy};
use crate::statistics::table::Table;
use crate::surveys::in_words::{self, Sought};
use crate::surveys::store;
use crate::thread::id::StandardId;

/// What residents said about a standard in a period.
#[derive(Clone, Debug)]
pub struct Satisfaction {
    /// The released figures: base, per cent satisfied with its interval, distribution.
    pub table: Table,
    /// The day of the latest answer counted.
    pub last_on: NaiveDate,
}

/// A resident's own words to a question about a standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verbatim {
    /// The words.
    pub words: String,
    /// The day they arrived.
    pub on: NaiveDate,
    /// The title of the survey.
    pub survey: String,
}

/// Per cent satisfied, over the five-point questions that measure the standard, of the answers that
/// arrived between two days (both included). None when nobody answered such a question.
///
/// # Errors
/// When the database refuses.
pub async fn satisfaction_for_standard(
    tx: &mut Tx,
    standard: StandardId,
    from: NaiveDate,
    to: NaiveDate,
    policy: &Policy,
) -> Result<Option<Satisfaction>, db::Error> {
    let mut total: Option<Counts> = None;
    let mut last_on = None;
    for (version_id, key) in responses::list_measuring(tx, standard).await? {
        let Some(asked) = store::find_by_version(tx, version_id).await? else { continue };
        let questionnaire = &asked.version.questionnaire;
        let question = u16::try_from(key).ok().and_then(|key| questionnaire.find(key));
        let Some(question) = question.filter(|question| question.kind.has_share()) else { continue };
        // Of a question with several items no one item stands for the standard.
        if question.kind.facets() != [Facet::whole()] {
            continue;
        }
        let counting = Counting::of(&asked.version).between(from, to).of_facet(question, &Facet::whole());
        let counted = counting.run(tx).await?;
        let Some(counts) = counted.counts(question, &Facet::whole(), &[]) else { continue };
        // Satisfaction and agreement are different scales: the first one found is the measure.
        let fits = match &mut total {
            Some(total) => total.add(&counts),
            None => {
                total = Some(counts);
                true
            }
        };
        let last = counted.days().map(|(_, last)| last);
        if fits && last.is_some() {
            last_on = last_on.max(last);
        }
    }
    let found = total.zip(last_on);
    Ok(found.map(|(counts, last_on)| Satisfaction { table: disclosure::release(&counts, policy), last_on }))
}

/// Residents' own words to the questions about a standard, newest first, at most `most`. For staff: the
/// words have not been read by anybody yet. A survey that too few answered in that time gives none.
///
/// # Errors
/// When the database refuses.
pub async fn verbatims_for_standard(
    tx: &mut Tx,
    standard: StandardId,
    from: NaiveDate,
    to: NaiveDate,
    most: usize,
    policy: &Policy,
) -> Result<Vec<Verbatim>, db::Error> {
    let mut found = Vec::new();
    for (version_id, key) in responses::list_measuring(tx, standard).await? {
        let Some(asked) = store::find_by_version(tx, version_id).await? else { continue };
        let question = u16::try_from(key).ok().and_then(|key| asked.version.questionnaire.find(key));
        let Some(question) = question.filter(|question| question.kind.is_words()) else { continue };
        if !policy.admits(Counting::of(&asked.version).between(from, to).run(tx).await?.people()) {
            continue;
        }
        let newest = in_words::newest(tx, &asked, question, &Sought { days: (from, to), group: None }, most).await?;
        let survey = &asked.survey.title;
        found.extend(newest.into_iter().map(|(words, on)| Verbatim { words, on, survey: survey.clone() }));
    }
    found.sort_by_key(|verbatim| std::cmp::Reverse(verbatim.on));
    found.truncate(most);
    Ok(found)
}
