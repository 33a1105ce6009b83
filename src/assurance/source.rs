//! The records within Doorstep that can be evidence for a requirement, beside those that `thread` joins: a version of a standard, what mystery shoppers found, a sign-off report.

use chrono::NaiveDate;

use crate::db::{self, Tx};
use crate::improvement::sign_off::{Decision, SignOffId};
use crate::thread::Record;
use crate::thread::id::{StandardId, StandardVersionId};
use crate::{decisions, improvement, records, research, standards, surveys};

/// A record that can be evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A version of a standard, as it was worded.
    Version(StandardVersionId),
    /// What mystery shoppers found on a standard.
    Shops(StandardId),
    /// An approved sign-off report.
    SignOff(SignOffId),
    /// A survey's published results, a focus group, a finding, an action, a decision, a piece of research.
    Record(Record),
}

impl Source {
    /// The source as forms and rows hold it: `version-3`, `shops-3`, `signoff-3`, or the record's own code.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Version(id) => format!("version-{id}"),
            Self::Shops(id) => format!("shops-{id}"),
            Self::SignOff(id) => format!("signoff-{id}"),
            Self::Record(record) => record.code(),
        }
    }

    /// Reads what `code` wrote.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let (kind, id) = code.split_once('-')?;
        match kind {
            "version" => id.parse().ok().map(Self::Version),
            "shops" => id.parse().ok().map(Self::Shops),
            "signoff" => id.parse().ok().map(Self::SignOff),
            _ => Record::from_code(code).map(Self::Record),
        }
    }
}

/// Everything that can be attached now: the code of each, and its name.
///
/// # Errors
/// When the database refuses.
pub async fn choices(tx: &mut Tx, today: NaiveDate) -> Result<Vec<(String, String)>, db::Error> {
    let mut all = Vec::new();
    for one in decisions::list_published(tx).await? {
        all.push((Record::Decision(one.decision_id).code(), format!("Decision: {}", one.text.title)));
    }
    // A standard is attached by the version in force, so that it stays as it was worded.
    let standards = standards::list_published(tx).await?;
    let others = records::choices(tx, today).await?;
    let surveys = surveys::list_published(tx).await?;
    let with_results = |id| surveys.iter().any(|survey| survey.id == id && survey.results_published_at.is_some());
    all.extend(others.into_iter().filter(|(code, _)| match Record::from_code(code) {
        Some(Record::Standard(_)) => false,
        // What a survey shows are its results.
        Some(Record::Survey(id)) => with_results(id),
        _ => true,
    }));
    for one in &standards {
        all.push((Source::Version(one.version_id).code(), format!("Standard: {}, version {}", one.title, one.number)));
    }
    for one in standards.iter().filter(|one| one.counts(standards::Source::Shop)) {
        all.push((Source::Shops(one.id).code(), format!("Mystery shops: {}", one.title)));
    }
    for one in improvement::list_sign_offs(tx).await? {
        let approved = one.decided.as_ref().is_some_and(|decided| decided.decision == Decision::Approved);
        let activity = improvement::find_activity_version(tx, one.activity_version_id).await?;
        if let Some(activity) = activity.filter(|_| approved) {
            all.push((Source::SignOff(one.id).code(), format!("Sign-off report: {}", activity.wording.what)));
        }
    }
    for one in research::list(tx).await? {
        all.push((Record::Research(one.id).code(), format!("Research: {}", one.title)));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::thread::id::SurveyId;

    #[test]
    fn a_source_is_read_from_its_code() {
        for source in [
            Source::Version(StandardVersionId(3)),
            Source::Shops(StandardId(4)),
            Source::SignOff(SignOffId(5)),
            Source::Record(Record::Survey(SurveyId(6))),
        ] {
            assert_eq!(Source::from_code(&source.code()), Some(source));
        }
        for wrong in ["", "version", "version-x", "person-1"] {
            assert_eq!(Source::from_code(wrong), None, "{wrong}");
        }
    }
}
