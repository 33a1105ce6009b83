//! Why something about an audit was not done.

use crate::db;

/// Why something about an audit was not done.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// The audit is finished or taken back, or it is not finished yet where it has to be.
    #[error("the audit is not as it was")]
    NotSo,
    /// It is there already: an audit of that year, a response, an action.
    #[error("it is there already")]
    Already,
    /// There is nothing in that year to be drawn.
    #[error("there is nothing to draw")]
    Nothing,
    /// So many tests have no verdict.
    #[error("{0} tests are open")]
    Unfinished(usize),
    /// Nobody audits their own work, or answers their own audit.
    #[error("somebody else must do it")]
    OwnWork,
    /// The database refused.
    #[error(transparent)]
    Internal(db::Error),
}

impl From<db::Error> for AuditError {
    fn from(error: db::Error) -> Self {
        let twice = [
            "improvement_audits_year_key",
            "improvement_audit_responses_finding_id_key",
            "improvement_audit_actions_finding_id_key",
        ];
        if twice.iter().any(|name| error.is_conflict(name)) { Self::Already } else { Self::Internal(error) }
    }
}
