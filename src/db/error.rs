//! What can go wrong in a store function, in words a use case can act on.

use sqlx::error::ErrorKind;

use crate::keyring::NoKey;

/// A refusal by the database.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A constraint said no. The name is `<table>_<columns>_key` for a unique constraint on either engine, else the constraint's own name.
    #[error("the constraint {0} refused the change")]
    Conflict(String),
    /// A change that should touch a known number of rows touched another.
    #[error("{expected} rows should have changed, {actual} did")]
    WrongRowCount { expected: u64, actual: u64 },
    /// A stored value that the program cannot understand.
    #[error("{table}.{column} holds a value that cannot be read")]
    Corrupt { table: &'static str, column: &'static str },
    /// Answers cannot be sealed, or what is sealed not opened.
    #[error("sealed answers: {0}")]
    NoKey(#[from] NoKey),
    /// The connection or the engine failed; only this is worth trying again, and only jobs do.
    #[error("the database failed: {0}")]
    Driver(sqlx::Error),
}

impl Error {
    /// True when this is a refusal by the named constraint.
    #[must_use]
    pub fn is_conflict(&self, constraint: &str) -> bool {
        matches!(self, Self::Conflict(name) if name == constraint)
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let Some(refusal) = error.as_database_error() else { return Self::Driver(error) };
        match refusal.kind() {
            ErrorKind::UniqueViolation
            | ErrorKind::CheckViolation
            | ErrorKind::ForeignKeyViolation
            | ErrorKind::NotNullViolation => {
                let name = refusal.constraint().map_or_else(|| sqlite_constraint(refusal.message()), str::to_owned);
                Self::Conflict(name)
            }
            _ => Self::Driver(error),
        }
    }
}

/// SQLite names the columns of a unique constraint, not the constraint: this makes PostgreSQL's default name of them.
fn sqlite_constraint(message: &str) -> String {
    let detail = message.rsplit("failed: ").next().unwrap_or(message);
    if !message.starts_with("UNIQUE") {
        return detail.to_owned();
    }
    let table = detail.split('.').next().unwrap_or_default();
    let columns: Vec<&str> = detail.split(", ").filter_map(|column| column.split('.').nth(1)).collect();
    format!("{table}_{}_key", columns.join("_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unique_refusal_has_the_same_name_on_both_engines() {
        assert_eq!(sqlite_constraint("UNIQUE constraint failed: accounts.email"), "accounts_email_key");
        assert_eq!(
            sqlite_constraint("UNIQUE constraint failed: places.group_id, places.email"),
            "places_group_id_email_key"
        );
        assert_eq!(
            sqlite_constraint("CHECK constraint failed: groups_taken_within_capacity"),
            "groups_taken_within_capacity"
        );
    }
}
