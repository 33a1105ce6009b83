//! The letters to a shopper: who writes and why, the link to the shop with what it is for, whom to phone.

use chrono::{DateTime, Utc};

use super::key::AssignmentId;
use crate::db::{self, Tx};
use crate::mail::{self, Letter};
use crate::people::Account;
use crate::settings::Landlord;

/// What one of them says, before greeting, phone number and signature are put around it.
pub(super) struct ShopLetter<'a> {
    pub to: &'a Account,
    pub subject: String,
    /// Why the person gets it.
    pub why: String,
    pub says: String,
    /// What the link is for.
    pub ask: &'a str,
    pub shop: AssignmentId,
}

impl ShopLetter<'_> {
    /// Puts the letter in the outbox.
    pub async fn post(
        self,
        tx: &mut Tx,
        now: DateTime<Utc>,
        base_url: &str,
        landlord: &Landlord,
    ) -> Result<(), db::Error> {
        mail::post(tx, now, &self.written(base_url, landlord)).await?;
        Ok(())
    }

    fn written(self, base_url: &str, landlord: &Landlord) -> Letter {
        let Self { to, subject, why, says, ask, shop } = self;
        let phone = if landlord.phone.is_empty() {
            String::new()
        } else {
            format!("\nQuestions? Phone us on {}.\n", landlord.phone)
        };
        Letter {
            to: to.email.clone(),
            subject,
            body: format!(
                "Hello {}\n\n{why}\n\n{says}\n\n{ask}\n{base_url}/shops/{shop}\n{phone}\n{}\n",
                to.name, landlord.name
            ),
            attachment: None,
        }
    }
}
