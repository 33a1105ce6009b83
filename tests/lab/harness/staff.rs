//! Staff of the example landlord at work: signing in, filling in the forms of the workspace.

use super::Outcome;
use super::client::{self, Client};
use super::form::Form;
use super::server::Server;

/// The password that every account of the example landlord has.
pub const PASSWORD: &str = "maple-lantern-7-otters";
/// Who runs consultation there.
pub const OFFICER: &str = "officer@larkfield.example";

/// Somebody signed in to an account of the example landlord.
///
/// # Errors
/// When they are not let in.
pub async fn signed_in(server: &Server, email: &str) -> Outcome<Client> {
    let mut visitor = server.visitor();
    let page = client::page(&mut visitor, "/sign-in").await?;
    let form = Form::find(&page.text(), "/sign-in")?;
    visitor.post("/sign-in", &form.fill(&[("email", email), ("password", PASSWORD)])).await?.expect(303)?;
    Ok(visitor)
}

/// Opens a page, fills in its form that has the first field named, and sends it to where it belongs. Returns where that led.
///
/// # Errors
/// When there is no such form, or it is refused.
pub async fn fill_in(person: &mut Client, path: &str, own: &[(&str, &str)]) -> Outcome<String> {
    let page = client::page(person, path).await?;
    let first = own.first().map(|(name, _)| *name).unwrap_or_default();
    let form = Form::with_field(&page.text(), first)?;
    let action = if form.action.is_empty() { path } else { form.action.as_str() };
    let answer = person.post(action, &form.fill(own)).await?.expect(303).map_err(|why| format!("{action}: {why}"))?;
    Ok(answer.location().to_owned())
}
