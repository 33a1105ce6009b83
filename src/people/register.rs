//! A resident makes an account for themselves: without a password, until they follow the link sent to the address.

use super::invite::{self, INVITATION_LASTS, NewPerson, one_time_link};
use super::letter::AccountLetter;
use super::{Role, reset};
use crate::app::App;
use crate::audit::Actor;
use crate::db::{self, Tx};
use crate::settings;

/// Makes a resident's account and sends its one-time link. Who has an account already gets a link to choose a new password: the answer is the same, so that nobody learns who has one. Too many in an hour for one address send nothing.
///
/// # Errors
/// When the database refuses.
pub async fn register(app: &App, tx: &mut Tx, by: &Actor, email: &str, name: &str) -> Result<(), db::Error> {
    if !reset::may_ask(app, tx, email).await? {
        return Ok(());
    }
    let person = NewPerson { email, name, role: Role::Resident };
    let Some(account) = invite::add(app, tx, by, person, "made an account").await? else {
        return reset::send_link(app, tx, email).await;
    };
    let link = one_time_link(app, tx, Some(account), "invitation", INVITATION_LASTS).await?;
    let landlord = settings::store::find(tx).await?;
    let letter = AccountLetter {
        to: email,
        name,
        subject: format!("Choose a password for your account with {}", landlord.name),
        why: format!(
            "You get this because you, or somebody who typed your address, asked for an account with {}.",
            landlord.name
        ),
        ask: "Choose a password here within seven days, and the account is yours:",
        link: &link,
        otherwise: "If it was not you, do nothing: nobody can use the account without this link.",
    };
    letter.post(app, tx, &landlord).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::mail;
    use crate::settings::Landlord;
    use crate::testing::app_on;

    db_test!(whoever_registers_gets_a_letter_of_their_own_and_a_second_time_one_to_choose_a_new_password, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let landlord = Landlord { name: "Mill Lane Homes".into(), phone: "01632 960 001".into(), ..Landlord::default() };
        settings::store::save(&mut tx, &landlord, app.clock.now()).await.unwrap();
        let nobody = Actor::system();
        for _ in 0..2 {
            register(&app, &mut tx, &nobody, "mo@example.org", "Mo").await.unwrap();
        }
        let letters = mail::store::list(&mut tx, 9).await.unwrap();
        let first = letters.iter().find(|letter| letter.subject == "Choose a password for your account with Mill Lane Homes").unwrap();
        for words in ["Hello Mo\n", "asked for an account with Mill Lane Homes", "/link/", "Phone us on 01632 960 001"] {
            assert!(first.body.contains(words), "{words}: {}", first.body);
        }
        assert!(!first.body.contains("invited"));
        assert!(letters.iter().any(|letter| letter.subject == "Choose a new password" && letter.body.starts_with("Hello Mo\n")));
        assert_eq!(letters.len(), 2);
    });
}
