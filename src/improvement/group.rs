//! Process improvement groups: the staff who work on a process with its owner, how many residents work with them, and their meetings.

use chrono::NaiveDate;

use super::process::ProcessId;
use super::store::groups as store;
use crate::app::App;
use crate::db::{self, Tx};
use crate::thread::id::AccountId;

/// How a group came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Staff from anywhere who came forward.
    Volunteers,
    /// The team whose work the process is.
    FunctionalTeam,
}

impl Basis {
    /// Every basis, in the order in which it is offered.
    pub const ALL: [Self; 2] = [Self::Volunteers, Self::FunctionalTeam];

    /// The word kept in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Volunteers => "volunteers",
            Self::FunctionalTeam => "functional_team",
        }
    }

    /// The basis as people read it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Volunteers => "Volunteers from across the landlord",
            Self::FunctionalTeam => "The team whose work it is",
        }
    }
}

impl std::str::FromStr for Basis {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|basis| basis.code() == text).ok_or(())
    }
}

/// A group as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub basis: Basis,
    /// How many residents work with it.
    pub residents: i64,
    /// Everybody who is or was in it, by the day they came.
    pub members: Vec<Member>,
}

/// One person's time in a group.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Member {
    pub member_id: i64,
    pub name: String,
    pub from_on: NaiveDate,
    pub until_on: Option<NaiveDate>,
}

/// A meeting of a group.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Meeting {
    pub held_on: NaiveDate,
    /// How many residents were there.
    pub residents: i64,
    pub notes: String,
}

/// Sets up a group or changes it: names that are new join today, names that are gone leave today.
///
/// # Errors
/// When the database refuses.
pub async fn set(
    app: &App,
    tx: &mut Tx,
    process: ProcessId,
    basis: Basis,
    residents: i64,
    names: &[String],
) -> Result<(), db::Error> {
    let today = app.clock.today();
    store::save(tx, process, basis, residents, app.clock.now()).await?;
    let members = store::list_members(tx, process).await?;
    let now: Vec<&Member> = members.iter().filter(|member| member.until_on.is_none()).collect();
    for gone in now.iter().filter(|member| !names.contains(&member.name)) {
        store::end_member(tx, gone.member_id, today).await?;
    }
    for name in names.iter().filter(|name| now.iter().all(|member| member.name != **name)) {
        store::insert_member(tx, process, name, today).await?;
    }
    Ok(())
}

/// Keeps the notes of a meeting.
///
/// # Errors
/// When the database refuses.
pub async fn note_meeting(
    app: &App,
    tx: &mut Tx,
    process: ProcessId,
    by: AccountId,
    meeting: &Meeting,
) -> Result<(), db::Error> {
    store::insert_meeting(tx, process, meeting, by, app.clock.now()).await
}

/// The names of a box with one to a line, each once.
#[must_use]
pub fn names(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in text.lines().map(str::trim).filter(|name| !name.is_empty()) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_one_to_a_line_and_once() {
        assert_eq!(names(" Pat Lane \n\nJo Field\nPat Lane"), ["Pat Lane", "Jo Field"]);
    }
}
