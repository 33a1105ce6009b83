//! What comes after asking for a link: the same page whether or not an account has the address.

use leptos::prelude::*;

use crate::shell;
use crate::web::{Page, Req};

/// The part of the query that shows it in place of the form.
const SENT: (&str, &str) = ("sent", "yes");

/// Where to go once a link was asked for at `form`.
pub(super) fn after(form: &str) -> String {
    format!("{form}?{}={}", SENT.0, SENT.1)
}

/// True when a link was just asked for.
pub(super) fn is_asked(req: &Req) -> bool {
    req.query(SENT.0) == Some(SENT.1)
}

/// The page. `form` is where the address is typed.
pub(super) fn page(req: &Req, form: &'static str) -> Page {
    let phone = req.landlord.phone.clone();
    Page::new("Check your e-mail", move || {
        let phone = (!phone.is_empty()).then(|| view! { <li>"phone us on "{shell::phone(&phone)}</li> });
        view! {
            <h1 class="govuk-heading-l">"Check your e-mail"</h1>
            <p>"Open our letter and follow the link in it to choose your password. Then you can sign in. The letter says how long its link works."</p>
            <p>"If it has not come after a few minutes:"</p>
            <ul>
                <li>"look in your spam or junk folder"</li>
                <li>"make sure the address was right, and "<a href=form>"ask for another link"</a></li>
                {phone}
            </ul>
            <p><a href="/sign-in">"Go to the sign-in page"</a></p>
        }
    })
}
