//! Who is looking: nobody, or a signed-in person.

use crate::people::{Account, Role};
use crate::settings::Landlord;
use std::sync::Arc;

/// The person behind a request.
#[derive(Debug, Clone, Default)]
pub struct Viewer {
    /// The account, when signed in.
    pub account: Option<Account>,
    /// The session, when signed in.
    pub session_id: Option<i64>,
}

impl Viewer {
    /// The role, when signed in.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        self.account.as_ref().map(|account| account.role)
    }
}

/// What the surroundings of a page need to know.
#[derive(Clone)]
pub struct Surroundings {
    pub landlord: Arc<Landlord>,
    pub viewer: Viewer,
    pub path: String,
    pub notice: Option<String>,
    /// Style sheet and bundle addresses.
    pub publication: i64,
}
