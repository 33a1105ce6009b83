//! Pages about accounts.

mod account;
mod audit_log;
mod check_email;
mod forgotten;
mod letters;
mod link;
mod person;
mod register;
mod resident;
mod set_up;
mod sign_in;
mod staff;
#[cfg(test)]
mod tests;

use leptos::prelude::*;

use super::password::Weakness;
use super::{Account, Role};
use crate::permissions;
use crate::web::{Form, Route, route};

/// Who may open this page may know who the mystery shoppers are.
const SHOPPERS: &str = "/staff/mystery-shopping/shoppers/{id}";

/// The routes of people.
pub fn routes() -> Vec<Route> {
    vec![
        route("/sign-in").get(sign_in::get).post(sign_in::post),
        route("/sign-out").post(sign_in::sign_out),
        route("/forgotten-password").get(forgotten::get).post(forgotten::post),
        route("/link/{token}").get(link::get).post(link::post),
        route("/set-up").get(set_up::get).post(set_up::post),
        route("/register").get(register::get).post(register::post),
        route("/account").get(account::get).post(account::post),
        route("/account/sessions").post(account::end_session),
        route("/staff/people").get(staff::get).post(staff::post),
        route("/staff/people/{id}").get(person::get).post(person::post),
        route("/staff/audit").get(audit_log::get),
        route("/staff/letters").get(letters::get).post(letters::post),
    ]
}

/// Whether a reader of that role may know that this person has an account: of mystery shoppers only those may who run the programme.
fn may_know(reader: Option<Role>, account: &Account) -> bool {
    account.role != Role::Shopper || permissions::may_read(reader, SHOPPERS)
}

/// Says why a new password is refused, beside its field.
fn weak(form: &mut Form, weakness: Weakness) {
    form.error(
        "new-password",
        match weakness {
            _ if form.value("new-password").is_empty() => "Enter a new password",
            Weakness::TooShort => "The password must be 12 characters or more",
            Weakness::TooLong => "The password must be 128 characters or fewer",
            Weakness::Guessable => {
                "This password is easy to guess. Try three or four words that do not belong together"
            }
        },
    );
}

/// The field for a new password, with what makes a good one.
fn new_password(form: &Form) -> AnyView {
    crate::ui::password(form, "new-password", "New password", "new-password")
        .hint("At least 12 characters. Three or four words that do not belong together are easy to remember and hard to guess.")
        .view()
}
