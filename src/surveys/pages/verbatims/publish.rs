//! Showing the public what people wrote to a question, and looking at it before.

use leptos::prelude::*;

use super::{Here, back, heading, here};
use crate::settings::small_numbers;
use crate::surveys::verbatims::publish::{self, MOST_SHOWN, Refused, USUALLY_SHOWN};
use crate::surveys::verbatims::standing::Decision;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// `/staff/surveys/{id}/words/{key}/publish`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let here = here(&req).await?;
    let form = Form::filled(&[("most", &USUALLY_SHOWN.to_string())]);
    Ok(page(here, form).into())
}

/// Publishes what people wrote.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let here = here(&req).await?;
    let mut form = req.form();
    let wrong = "Enter how many answers residents can read at most, from 0 to 100";
    let Some(most) = form.whole("most", 0..=MOST_SHOWN, wrong) else { return Ok(page(here, form).into()) };
    let policy = small_numbers::public(&req.landlord);
    let mut tx = req.app.db.write().await?;
    match publish::publish(&mut tx, &here.asked, here.of, most, &policy, req.now()).await {
        Ok(()) => {
            let detail = here.detail(&format!("at most {most} answers"));
            req.audit(&mut tx, "published what people wrote", &here.object(), &detail).await?;
            tx.commit().await?;
            Ok(Reply::redirect(here.at()).saying("What people wrote is published with the results"))
        }
        Err(Refused::Internal(error)) => Err(error.into()),
        Err(refused) => {
            drop(tx);
            form.error("most", refused.in_words().unwrap_or_default());
            Ok(page(here, form).into())
        }
    }
}

fn page(here: Here, form: Form) -> Page {
    let error_form = form.clone();
    Page::staff("Publish what people wrote", move || {
        let standing = &here.standing;
        let let_through =
            standing.words.iter().filter(|word| standing.decision(&word.word_key) == Decision::Show).count();
        let against = publish::check(&here.asked, standing).err().and_then(|refused| refused.in_words());
        let body = match against {
            Some(why) => view! { {(form.is_valid()).then(|| view! { <div class="govuk-inset-text">{why}"."</div> })} }.into_any(),
            None => view! {
                <p>{format!("{} may be shown. Where there are more than residents can read, chance chooses.", ui::counted(let_through, "answer", "answers"))}</p>
                <form method="post" novalidate>
                    {ui::text(&form, "most", "How many answers residents can read at most").hint("0 shows the themes alone.").number().width(3).view()}
                    {ui::button("Publish what people wrote")}
                </form>
            }
            .into_any(),
        };
        view! {
            {back(&here)}
            {ui::error_summary(&form)}
            {heading(&here, "Publish what people wrote")}
            <p class="ds-lead">"Residents then read with the results how many people wrote about each theme, and some of the answers."</p>
            <p>"The themes, and what was put under them, stay as they are from then on. An answer can be taken out at any time."</p>
            <div>{body}</div>
        }
    })
    .with_form(&error_form)
}
