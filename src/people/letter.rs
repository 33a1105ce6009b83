//! The letters about an account: who writes and why, a link with what it is for, whom to phone.

use crate::app::App;
use crate::db::{self, Tx};
use crate::mail::{self, Letter};
use crate::settings::Landlord;

/// What one of them says, before greeting, phone number and signature are put around it.
pub(super) struct AccountLetter<'a> {
    pub to: &'a str,
    pub name: &'a str,
    pub subject: String,
    /// Why the person gets it.
    pub why: String,
    /// What the link is for, and how long it works.
    pub ask: &'a str,
    pub link: &'a str,
    /// What to do when they did not ask for it.
    pub otherwise: &'a str,
}

impl AccountLetter<'_> {
    /// Puts the letter in the outbox.
    pub async fn post(&self, app: &App, tx: &mut Tx, landlord: &Landlord) -> Result<(), db::Error> {
        mail::post(tx, app.clock.now(), &self.written(landlord)).await?;
        Ok(())
    }

    fn written(&self, landlord: &Landlord) -> Letter {
        let Self { name, why, ask, link, otherwise, .. } = self;
        let phone = if landlord.phone.is_empty() {
            String::new()
        } else {
            format!("\nQuestions? Phone us on {}.\n", landlord.phone)
        };
        Letter {
            to: self.to.trim().to_owned(),
            subject: self.subject.clone(),
            body: format!("Hello {name}\n\n{why}\n\n{ask}\n{link}\n\n{otherwise}\n{phone}\n{}\n", landlord.name),
            attachment: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_greets_names_the_landlord_and_says_whom_to_phone() {
        let letter = AccountLetter {
            to: " kim@example.org ",
            name: "Kim",
            subject: "Hello".into(),
            why: "You get this because you asked.".into(),
            ask: "Go here:",
            link: "https://homes.example/link/x",
            otherwise: "If not, do nothing.",
        };
        let mut landlord =
            Landlord { name: "Mill Lane Homes".into(), phone: "01632 960 001".into(), ..Landlord::default() };
        let written = letter.written(&landlord);
        assert_eq!(written.to, "kim@example.org");
        assert!(written.body.starts_with("Hello Kim\n\nYou get this because you asked.\n\nGo here:\nhttps://"));
        assert!(written.body.ends_with("Phone us on 01632 960 001.\n\nMill Lane Homes\n"), "{}", written.body);
        landlord.phone = String::new();
        assert!(!letter.written(&landlord).body.contains("Phone"));
    }
}
