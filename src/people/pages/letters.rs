//! E-mail as staff see it: what left, what waits, what failed and can be sent again.

use leptos::prelude::*;

use crate::clock;
use crate::mail::store;
use crate::people;
use crate::permissions;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let letters = store::list(&mut tx, 200).await?;
    // The subject of a letter would say who does mystery shopping.
    let accounts = people::store::list(&mut tx).await?;
    let role = req.viewer.role();
    let is_kept =
        |recipient: &str| accounts.iter().any(|account| account.email == recipient && !super::may_know(role, account));
    let (kept, letters): (Vec<_>, Vec<_>) = letters.into_iter().partition(|letter| is_kept(&letter.recipient));
    let folder = req.app.mailer.folder().is_some();
    let may_resend = permissions::may_post(req.viewer.role(), "/staff/letters");
    Ok(Page::staff("E-mail", move || {
        let rows = letters.into_iter().map(|letter| {
            let (code, word) = match (letter.sent_at, letter.failed_at) {
                (Some(_), _) if letter.is_in_folder => ("unclassified", "Written to a file"),
                (Some(_), _) => ("done", "Sent"),
                (None, Some(_)) => ("late", "Failed"),
                (None, None) if letter.attempts > 0 => ("unclassified", "Trying again"),
                (None, None) => ("on-track", "Waiting"),
            };
            let again = letter.failed_at.filter(|_| may_resend).map(|_| view! {
                <form method="post" action="/staff/letters">
                    {ui::carried("letter", letter.letter_id.to_string())}
                    <button type="submit" class="govuk-button govuk-button--secondary">"Send again" <span class="govuk-visually-hidden">{format!(" to {}", letter.recipient)}</span></button>
                </form>
            });
            view! {
                <tr class="govuk-table__row">
                    <td class="govuk-table__cell">{clock::day_and_time(letter.created_at)}</td>
                    <td class="govuk-table__cell">{letter.recipient.clone()}</td>
                    <td class="govuk-table__cell">{letter.subject}</td>
                    <td class="govuk-table__cell">{crate::ui::status(code, word)} {letter.last_error}</td>
                    <td class="govuk-table__cell">{again}</td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        view! {
            <h1 class="govuk-heading-l">"E-mail"</h1>
            {folder.then(|| view! {
                <div class="govuk-inset-text">"No mail server is set, so letters are written as .eml files to the folder " <code>"mail"</code> " in the data folder. Set DOORSTEP_SMTP_URL to send them."</div>
            })}
            <p class="govuk-body">"A letter that cannot be sent is tried for 72 hours, then shown here as failed."</p>
            {(!kept.is_empty()).then(|| {
                let letters = ui::counted(kept.len(), "letter to a mystery shopper is", "letters to mystery shoppers are");
                view! { <p class="govuk-body">{format!("{letters} not shown: who they are is for those who run the programme.")}</p> }
            })}
            <div class="ds-scroll" tabindex="0" role="region" aria-label="E-mail">
                <table class="govuk-table ds-table">
                    <thead><tr class="govuk-table__row">
                        <th scope="col" class="govuk-table__header">"Written"</th>
                        <th scope="col" class="govuk-table__header">"To"</th>
                        <th scope="col" class="govuk-table__header">"Subject"</th>
                        <th scope="col" class="govuk-table__header">"State"</th>
                        <th scope="col" class="govuk-table__header">"Send again"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    })
    .into())
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let letter: i64 = req.form().value("letter").parse().map_err(|_| PageError::NotFound)?;
    let mut tx = req.app.db.write().await?;
    if store::resend(&mut tx, letter, req.now()).await? {
        req.audit(&mut tx, "sent a letter again", &format!("letter {letter}"), "").await?;
    }
    tx.commit().await?;
    Ok(Reply::redirect("/staff/letters").saying("It will be sent again in a moment."))
}
