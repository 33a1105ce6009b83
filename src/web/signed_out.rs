//! A form that was sent after its sender's session ended: where they come back to, and what they typed, so that it can be copied.

use leptos::prelude::*;

use super::form::{CARRIED, HONEYPOT};
use super::{Page, Req, cookie};
use crate::permissions::{TABLE, Who};
use crate::ui;

/// What was sent with a form: pairs of name and value, and the names of files.
pub(super) struct Sent {
    pub fields: Vec<(String, String)>,
    files: Vec<String>,
}

impl Sent {
    /// What a request holds of a form.
    pub fn of(req: &Req) -> Self {
        let files = req.uploads.iter().filter(|upload| !upload.bytes.is_empty()).map(|upload| upload.name.clone());
        Self { files: files.collect(), fields: req.fields.clone() }
    }

    /// True when there was nothing but a button.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.files.is_empty()
    }

    /// What the person wrote or chose, by what the field is called. Passwords and what a page put in are left out.
    fn typed(&self) -> Vec<(String, String)> {
        let fields = self.fields.iter().filter(|(name, value)| {
            let is_typed = !name.starts_with(CARRIED) && name != HONEYPOT && !name.contains("password");
            is_typed && !value.trim().is_empty()
        });
        fields.map(|(name, value)| (called(name), value.replace("\r\n", "\n"))).collect()
    }
}

/// A field's name in words: "what-changed" is "What changed".
fn called(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The address to sign in at, from which one comes back to the nearest page at or above an address.
pub(super) fn sign_in(path: &str) -> String {
    format!("/sign-in?next={}", cookie::encode(page_at(path)))
}

/// The nearest address at or above this one that can be opened as a page.
fn page_at(path: &str) -> &str {
    let mut at = path;
    while !is_page(at) {
        match at.rsplit_once('/') {
            Some((above, _)) if !above.is_empty() => at = above,
            _ => return "/",
        }
    }
    at
}

/// True when the row of the permission table that answers there can be read by somebody.
fn is_page(path: &str) -> bool {
    let rows = TABLE.iter().filter(|(row, _, _)| fits(row, path));
    // As in the router, a row that names a part comes before one that leaves it open.
    rows.min_by_key(|(row, _, _)| row.matches('{').count()).is_some_and(|(_, reads, _)| *reads != Who::Nobody)
}

fn fits(row: &str, path: &str) -> bool {
    row.split('/').count() == path.split('/').count()
        && row.split('/').zip(path.split('/')).all(|(part, asked)| part.starts_with('{') || part == asked)
}

/// The page: what happened, what was typed, and the way to sign in. It stays open while that is done.
pub(super) fn page(path: &str, sent: &Sent) -> Page {
    let (to, typed, files) = (sign_in(path), sent.typed(), sent.files.join(", "));
    Page::new("You were signed out", move || {
        let kept = !typed.is_empty();
        let way = if kept {
            view! {
                <p class="govuk-body">"What you typed is below. Copy it, or leave this page open until you have sent it again."</p>
                <p class="govuk-body"><a class="govuk-link" href=to target="_blank" rel="noopener">"Sign in (opens in a new tab)"</a></p>
            }
            .into_any()
        } else {
            view! { <p class="govuk-body"><a class="govuk-link" href=to>"Sign in"</a></p> }.into_any()
        };
        let rows = typed.iter().map(|(name, value)| (name.as_str(), ui::paragraphs(value))).collect();
        let typed = kept.then(|| view! { <h2 class="govuk-heading-m">"What you typed"</h2> {ui::facts(rows)} });
        let files = (!files.is_empty()).then(
            || view! { <p class="govuk-body">"Files are not kept. Choose them again when you send the form: "{files}</p> },
        );
        view! {
            <h1 class="govuk-heading-l">"You were signed out"</h1>
            <p class="govuk-body">"Nothing was saved. Sign in, then send again."</p>
            {way}
            {typed}
            {files}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_signs_in_comes_back_to_a_page() {
        for (sent_to, page) in [
            ("/staff/people", "/staff/people"),
            ("/staff/people/7", "/staff/people/7"),
            ("/staff/surveys/7/questions/q1/move", "/staff/surveys/7/questions/q1"),
            ("/staff/surveys/7/publish", "/staff/surveys/7"),
            ("/account/sessions", "/account"),
            ("/sign-out", "/"),
            ("/nowhere/at/all", "/"),
        ] {
            assert_eq!(page_at(sent_to), page, "{sent_to}");
        }
        assert_eq!(sign_in("/staff/surveys/7/close"), "/sign-in?next=%2Fstaff%2Fsurveys%2F7");
    }

    #[test]
    fn only_what_a_person_typed_is_shown_again() {
        let pairs = [
            ("what-changed", "New\r\nwords"),
            ("new-password", "maple"),
            ("~key", "1a2b"),
            ("~step", "save"),
            ("place", "The hall"),
            ("note", "  "),
        ];
        let fields = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let sent = Sent { fields, files: Vec::new() };
        let typed = [("What changed", "New\nwords"), ("Place", "The hall")];
        assert_eq!(sent.typed(), typed.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert!(!sent.is_empty());
        assert!(Sent { fields: Vec::new(), files: Vec::new() }.is_empty());
    }
}
