//! Staff of the example landlord at work: signing in, filling in the forms of the workspace.

use super::Outcome;
use super::client::{self, Answer, Client};
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
    sign_in(&mut visitor, email, PASSWORD).await?.expect(303)?;
    Ok(visitor)
}

/// Sends the form for signing in, whatever comes of it.
///
/// # Errors
/// When there is no such form, or no answer.
pub async fn sign_in(visitor: &mut Client, email: &str, password: &str) -> Outcome<Answer> {
    let page = client::page(visitor, "/sign-in").await?;
    let form = Form::find(&page.text(), "/sign-in")?.expect(&["email", "password"])?;
    Ok(visitor.post("/sign-in", &form.fill(&[("email", email), ("password", password)])).await?)
}

/// Opens a one-time link and chooses a password by it.
///
/// # Errors
/// When the link leads to no form, or the form is refused.
pub async fn choose_password(visitor: &mut Client, link: &str, password: &str) -> Outcome<()> {
    let page = client::page(visitor, link).await?;
    let form = Form::find(&page.text(), link)?.expect(&["new-password"])?;
    visitor.post(link, &form.fill(&[("new-password", password)])).await?.expect(303)?;
    Ok(())
}

/// The path of a link that a command or the log printed: the beginning given, and the token after it.
///
/// # Errors
/// When nothing like it was printed.
pub fn printed_link(said: &str, beginning: &str) -> Outcome<String> {
    let at = said.rfind(beginning).ok_or_else(|| format!("no link with {beginning} was printed: {said}"))?;
    let rest = said.get(at + beginning.len()..).unwrap_or_default();
    let token: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
    Ok(format!("{beginning}{token}"))
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
