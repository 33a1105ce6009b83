//! How far two people agree on the themes, and what they saw differently.

use leptos::prelude::*;

use super::{Here, back, heading, here, too_few};
use crate::permissions;
use crate::questionnaires::response::Word;
use crate::statistics::agreement::{Agreement, Strength};
use crate::surveys::verbatims::sample::{self, LEAST, LEAST_SHARE, Refused, USUAL_SHARE};
use crate::surveys::verbatims::standing::Turn;
use crate::surveys::verbatims::theme::Theme;
use crate::thread::id::AccountId;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// `/staff/surveys/{id}/words/{key}/check`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let here = here(&req).await?;
    let form = Form::filled(&[("share", &USUAL_SHARE.to_string())]);
    Ok(page(&req, here, form).into())
}

/// Draws the answers that a second person codes.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let here = here(&req).await?;
    let mut form = req.form();
    let share = form.whole("share", LEAST_SHARE..=100, "Enter the share to check in per cent, from 10 to 100");
    let Some(share) = share.filter(|_| here.may_read) else { return Ok(page(&req, here, form).into()) };
    let mut tx = req.app.db.write().await?;
    match sample::draw(&mut tx, &req.app.random, here.of, share).await {
        Ok(many) => {
            let detail = here.detail(&format!("{many} answers, {share}%"));
            req.audit(&mut tx, "drew answers to check", &here.object(), &detail).await?;
            tx.commit().await?;
            let done =
                format!("{} were drawn. Somebody else can check them now", ui::counted(many, "answer", "answers"));
            Ok(Reply::redirect(format!("{}/check", here.at())).saying(done))
        }
        Err(Refused::Internal(error)) => Err(error.into()),
        Err(refused) => {
            drop(tx);
            form.error("share", refused.in_words().unwrap_or_default());
            Ok(page(&req, here, form).into())
        }
    }
}

fn page(req: &Req, here: Here, form: Form) -> Page {
    let may_code = permissions::may_post(req.viewer.role(), super::CODE);
    let by = req.viewer.account.as_ref().map(|account| account.id);
    let error_form = form.clone();
    Page::staff("Check by a second person", move || {
        let standing = &here.standing;
        let is_drawn = !standing.frame.seed.is_empty();
        let body = if !here.may_read {
            ().into_any()
        } else if is_drawn {
            drawn(&here, by.filter(|_| may_code))
        } else {
            let offer = (may_code && standing.frame.published_at.is_none() && !standing.words.is_empty()).then(|| draw_form(&form));
            view! { <p>"No answers were drawn yet."</p>{offer} }.into_any()
        };
        view! {
            {back(&here)}
            {ui::error_summary(&form)}
            {heading(&here, "Check by a second person")}
            <p class="ds-lead">"Some answers, drawn by chance, are put under themes by somebody else, who does not see what the first person found. How far the two agree says how clear the themes are."</p>
            {too_few(&here)}
            {body}
        }
    })
    .with_form(&error_form)
}

fn draw_form(form: &Form) -> AnyView {
    let hint = format!(
        "At least {LEAST} answers are drawn, or all of them where there are fewer. They are drawn once: answers that come later are not among them."
    );
    view! {
        <form method="post" novalidate>
            {ui::text(form, "share", "Share to check").hint(hint).number().width(3).suffix("%").view()}
            {ui::button("Draw the answers to check")}
        </form>
    }
    .into_any()
}

/// The check as it stands. `by` is the person who looks, if they may code.
fn drawn(here: &Here, by: Option<AccountId>) -> AnyView {
    let (standing, at) = (&here.standing, here.at());
    let (checked, of) = standing.checked();
    let facts = vec![
        (
            "Drawn",
            format!("{} ({}% was asked for)", ui::counted(of, "answer", "answers"), standing.frame.share).into_any(),
        ),
        ("Checked", format!("{checked} of {of}").into_any()),
        (
            "Drawn by the seed",
            view! { <code>{standing.frame.seed.chars().take(16).collect::<String>()}</code> }.into_any(),
        ),
    ];
    let go = by
        .filter(|by| standing.next_second(*by, None).is_some())
        .map(|_| ui::link_button("Check answers", format!("{at}/second")));
    let differing = standing.differing();
    let differences = (!differing.is_empty()).then(|| {
        let rows = differing.iter().map(|word| difference(here, word, by.is_some())).collect_view();
        view! {
            <section class="ds-section">
                <h2>"Seen differently"</h2>
                <p>"Decide what counts for each of these answers."</p>
                <ul class="ds-list">{rows}</ul>
            </section>
        }
    });
    let settled = standing.words.iter().filter(|word| standing.coding(&word.word_key, Turn::Third).is_some()).count();
    let settled = (settled > 0).then(|| {
        view! { <p>{format!("{} settled by a third look.", ui::counted(settled, "difference was", "differences were"))}</p> }
    });
    view! {
        {ui::facts(facts)}
        <div class="ds-toolbar">{go}</div>
        {(checked > 0).then(|| table(&standing.agreement(), checked))}
        {settled}
        {differences}
    }
    .into_any()
}

fn difference(here: &Here, word: &Word, may_settle: bool) -> AnyView {
    let short: String = word.value.chars().take(120).collect();
    let names = |turn: Turn| {
        let coding = here.standing.coding(&word.word_key, turn);
        let names = coding.map(|coding| here.standing.names(&coding.themes).join(", ")).unwrap_or_default();
        if names.is_empty() { "none".to_owned() } else { names }
    };
    let said = format!("First: {}. Second: {}.", names(Turn::First), names(Turn::Second));
    let settle = may_settle.then(|| {
        view! { <a href=format!("{}/settle?word={}", here.at(), word.word_key)>"Settle it"<span class="govuk-visually-hidden">{format!(": {short}")}</span></a> }
    });
    view! {
        <li>
            <div class="ds-list__main"><p>{short.clone()}</p><p class="ds-meta">{said}</p></div>
            <div class="ds-list__aside">{settle}</div>
        </li>
    }
    .into_any()
}

fn table(agreement: &[(&Theme, Agreement)], checked: usize) -> AnyView {
    let rows = agreement.iter().map(|(theme, agreement)| {
        let per_cent = agreement.per_cent().map_or_else(String::new, |per_cent| format!("{per_cent:.0}%"));
        let kappa = agreement.kappa().map_or_else(|| "–".to_owned(), |kappa| format!("{kappa:.2}"));
        view! {
            <tr>
                <th scope="row">{theme.name.clone()}</th>
                <td class="ds-table__number">{per_cent}</td>
                <td class="ds-table__number">{kappa}</td>
                <td>{words(agreement.strength())}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="ds-section">
            <h2>"How far the two agree"</h2>
            <div class="ds-scroll" role="region" aria-label="How far the two agree" tabindex="0">
                <table class="ds-table">
                    <caption>{format!("Of {} that two people coded", ui::counted(checked, "answer", "answers"))}</caption>
                    <thead><tr>
                        <th scope="col">"Theme"</th>
                        <th scope="col" class="ds-table__number">"Said the same"</th>
                        <th scope="col" class="ds-table__number">"Kappa"</th>
                        <th scope="col">"Beyond chance"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="ds-figure-note">"Kappa (Cohen’s) is how far the two agree beyond what chance alone would give: 1 is always, 0 no more than by chance. Above 0.8 is very good, above 0.6 good, above 0.4 moderate (Altman, 1991). A theme below that needs a clearer description, or should be merged. It cannot be worked out where both said the same of every answer."</p>
        </section>
    }
    .into_any()
}

/// How good it is, in words.
fn words(strength: Option<Strength>) -> &'static str {
    match strength {
        Some(Strength::VeryGood) => "Very good",
        Some(Strength::Good) => "Good",
        Some(Strength::Moderate) => "Moderate",
        Some(Strength::Weak) => "Weak",
        None => "Cannot be worked out",
    }
}
