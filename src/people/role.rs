//! The roles that staff, shoppers and residents hold.

use std::str::FromStr;

/// What a signed-in person is here for. A person holds exactly one role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// A resident who wanted an account.
    Resident,
    /// A trained resident who files mystery shopping returns.
    Shopper,
    /// Runs surveys, focus groups and mystery shopping, reads comments, publishes what changed.
    Officer,
    /// Leads actions and answers for standards.
    Manager,
    /// Enters figures and reads results.
    Analyst,
    /// Sees results by group and looks after fairness.
    Equality,
    /// Reads plans and performance; approves standards.
    Board,
    /// Reads everything, changes nothing but the yearly audit, which nobody else changes.
    Auditor,
    /// Looks after accounts and settings, and may do all else.
    Administrator,
}

impl Role {
    /// Every role, in the order in which they are offered.
    pub const ALL: [Self; 9] = [
        Self::Resident,
        Self::Shopper,
        Self::Officer,
        Self::Manager,
        Self::Analyst,
        Self::Equality,
        Self::Board,
        Self::Auditor,
        Self::Administrator,
    ];

    /// The word kept in the database and in addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Shopper => "shopper",
            Self::Officer => "officer",
            Self::Manager => "manager",
            Self::Analyst => "analyst",
            Self::Equality => "equality",
            Self::Board => "board",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
        }
    }

    /// The role as people call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Resident => "Resident",
            Self::Shopper => "Mystery shopper",
            Self::Officer => "Consultation officer",
            Self::Manager => "Service manager",
            Self::Analyst => "Performance analyst",
            Self::Equality => "Equality lead",
            Self::Board => "Board or panel member",
            Self::Auditor => "Auditor",
            Self::Administrator => "Administrator",
        }
    }

    /// True for those who use the staff workspace.
    #[must_use]
    pub fn is_staff(self) -> bool {
        !matches!(self, Self::Resident | Self::Shopper)
    }
}

impl FromStr for Role {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|role| role.code() == text).ok_or(())
    }
}
