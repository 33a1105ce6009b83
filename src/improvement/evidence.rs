//! What shows that an activity was done and what it brought: a file, a link, or a record within Doorstep.

use chrono::{DateTime, Utc};

use super::store::activities as store;
use crate::app::App;
use crate::db::{self, Tx};
use crate::thread::id::{AccountId, ActionId, ActivityId, FindingId, FocusGroupId, StandardId, SurveyId};
use crate::thread::{self, Record};

/// What a piece of evidence is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// A kept file, by its key.
    File(String),
    /// An address on the web.
    Link(String),
    /// A record within Doorstep, which stays joined to the activity.
    Record(Record),
}

impl Proof {
    /// The word kept in the database.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::File(_) => "file",
            Self::Link(_) => "link",
            Self::Record(_) => "record",
        }
    }

    /// Where it leads; empty for a file.
    #[must_use]
    pub fn address(&self) -> String {
        match self {
            Self::File(_) => String::new(),
            Self::Link(address) => address.clone(),
            Self::Record(record) => href(*record).unwrap_or_default(),
        }
    }

    /// The key of the file.
    #[must_use]
    pub fn file(&self) -> Option<String> {
        match self {
            Self::File(id) => Some(id.clone()),
            Self::Link(_) | Self::Record(_) => None,
        }
    }

    /// A web address as typed; none when it is not one.
    #[must_use]
    pub fn typed(address: &str) -> Option<Self> {
        let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
        let plain = !address.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>'));
        (plain && rest.contains('.') && address.len() <= 500).then(|| Self::Link(address.to_owned()))
    }
}

/// The page of a record that can be evidence, for staff; none for one that cannot.
#[must_use]
pub fn href(record: Record) -> Option<String> {
    Some(match record {
        Record::Standard(id) => format!("/staff/standards/{id}"),
        Record::Action(id) => format!("/staff/plan/actions/{id}"),
        Record::Survey(id) => format!("/staff/surveys/{id}/results"),
        Record::FocusGroup(id) => format!("/staff/focus-groups/{id}"),
        Record::Finding(id) => format!("/staff/what-changed/{id}"),
        Record::Return(_)
        | Record::Comment(_)
        | Record::Theme(_)
        | Record::Activity(_)
        | Record::AuditFinding(_)
        | Record::Decision(_)
        | Record::Research(_) => return None,
    })
}

/// A record as a form sends it: "survey-12".
#[must_use]
pub fn record(code: &str) -> Option<Record> {
    let (kind, id) = code.split_once('-')?;
    let id: i64 = id.parse().ok()?;
    Some(match kind {
        "standard" => Record::Standard(StandardId(id)),
        "action" => Record::Action(ActionId(id)),
        "survey" => Record::Survey(SurveyId(id)),
        "group" => Record::FocusGroup(FocusGroupId(id)),
        "finding" => Record::Finding(FindingId(id)),
        _ => return None,
    })
}

/// A piece of evidence as it was attached. It is never taken away.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Evidence {
    pub evidence_id: i64,
    pub activity_id: ActivityId,
    pub kind: String,
    pub title: String,
    pub address: String,
    pub file_id: Option<String>,
    pub attached_by: AccountId,
    pub attached_at: DateTime<Utc>,
}

impl Evidence {
    /// Where it can be read.
    #[must_use]
    pub fn href(&self) -> String {
        if self.file_id.is_some() {
            format!("/staff/improvement/evidence/{}", self.evidence_id)
        } else {
            self.address.clone()
        }
    }
}

/// A piece of evidence to be attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvidence {
    pub activity: ActivityId,
    pub title: String,
    pub proof: Proof,
}

/// Attaches a piece of evidence to an activity.
///
/// # Errors
/// When the database refuses.
pub async fn attach(app: &App, tx: &mut Tx, by: AccountId, new: &NewEvidence) -> Result<(), db::Error> {
    let now = app.clock.now();
    store::insert_evidence(tx, new, by, now).await?;
    if let Proof::Record(record) = new.proof {
        thread::connect(tx, record, Record::Activity(new.activity), now).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_web_address_is_a_link_and_only_known_records_are_evidence() {
        assert_eq!(Proof::typed("https://example.org/a"), Some(Proof::Link("https://example.org/a".into())));
        for wrong in
            ["javascript:alert(1)", "//evil.example", "/staff", "https://a b.org", "https://a.org/\"><script>", ""]
        {
            assert_eq!(Proof::typed(wrong), None, "{wrong}");
        }
        assert_eq!(record("survey-12"), Some(Record::Survey(SurveyId(12))));
        for wrong in ["survey", "survey-x", "return-1", ""] {
            assert_eq!(record(wrong), None, "{wrong}");
        }
    }
}
