//! Files and letters that carry personal links out of the program: for few, always on record, made as they are asked for.

use leptos::prelude::*;

use crate::exchange::csv;
use crate::residents::Way;
use crate::settings::Landlord;
use crate::surveys::pages::{staff_details, staff_sample, staff_sample_form};
use crate::surveys::sample::export::{self, EVERY, Sendable};
use crate::surveys::sample::languages::Languages;
use crate::surveys::sample::mail::{Sender, how_long};
use crate::surveys::sample::mailing;
use crate::surveys::sample::store::samples;
use crate::surveys::survey::Asked;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

/// The most letters on one page: what a browser lays out in a moment.
const MOST_LETTERS: usize = 200;

/// The text messages as a file.
pub async fn texts(req: Req) -> Result<Reply, PageError> {
    let (asked, languages, made) = match make(&req, Way::Text, "exported texts to the sample", EVERY).await? {
        Made::Some(asked, languages, made, _) => (asked, languages, made),
        Made::None(reply) => return Ok(reply),
    };
    let bytes = export::texts(&languages, sender(&req), &made);
    Ok(Reply::download(&format!("{}-texts.csv", asked.survey.slug), csv::CONTENT_TYPE, bytes))
}

/// The letters as a file for a printer.
pub async fn letters(req: Req) -> Result<Reply, PageError> {
    let (asked, languages, made) = match make(&req, Way::Post, "exported letters to the sample", EVERY).await? {
        Made::Some(asked, languages, made, _) => (asked, languages, made),
        Made::None(reply) => return Ok(reply),
    };
    let bytes = export::letters(&languages, sender(&req), &made);
    Ok(Reply::download(&format!("{}-letters.csv", asked.survey.slug), csv::CONTENT_TYPE, bytes))
}

/// The letters as a page to print, one on each sheet; of very many a part, with the way to the next.
pub async fn print(req: Req) -> Result<Reply, PageError> {
    let after = req.form().value("after").parse().unwrap_or(0);
    let (asked, languages, made, rest) =
        match make(&req, Way::Post, "printed letters to the sample", (after, MOST_LETTERS)).await? {
            Made::Some(asked, languages, made, rest) => (asked, languages, made, rest),
            Made::None(reply) => return Ok(reply),
        };
    let (landlord, typed_at) = (req.landlord.clone(), sender(&req).typed_at());
    let page = Page::staff("Letters to print", move || {
        let letters = made.iter().filter_map(|one| letter(&languages, &landlord, &typed_at, one)).collect_view();
        let back = format!("/staff/surveys/{}/sample", asked.survey.id);
        let next = rest.map(|place| {
            view! {
                <form class="ds-no-print" method="post" action=format!("{back}/print")>
                    <p>"These are not all: print them, then make the next."</p>
                    {ui::carried("after", place.to_string())}
                    {ui::quiet_button("Make the next letters")}
                </form>
            }
        });
        view! {
            <a class="govuk-back-link" href=back>"Back to the sample"</a>
            <div class="ds-heading ds-no-print"><h1>"Letters to print"</h1><p class="ds-lead">{format!("{}, each on a sheet of its own. Print this page now: the links are made with it and stand nowhere else.", ui::counted(made.len(), "letter", "letters"))}</p></div>
            {next}
            {letters}
        }
    });
    Ok(page.into())
}

fn sender(req: &Req) -> Sender<'_> {
    Sender { landlord: &req.landlord.name, base_url: &req.app.config.base_url }
}

enum Made {
    /// What was made, and the place after which the rest begins.
    Some(Box<Asked>, Languages, Vec<Sendable>, Option<i64>),
    /// Nobody is to be written to; the page says why.
    None(Reply),
}

/// Makes links and codes for the homes of a way, and notes it in the log.
async fn make(req: &Req, way: Way, done: &str, part: (i64, usize)) -> Result<Made, PageError> {
    let asked = staff_details::found(req).await?;
    let mut tx = req.app.db.write().await?;
    let sample = samples::find(&mut tx, asked.survey.id).await?.ok_or(PageError::NotFound)?;
    let why = if mailing::may_ask(&asked.survey, req.now()) {
        let languages = Languages::load(&mut tx, &asked).await?;
        let of = (&asked.survey, &sample, &languages);
        let (made, rest) = export::make(&mut tx, &req.app.random, of, sender(req), way, part, req.now()).await?;
        if !made.is_empty() {
            let homes = ui::counted(made.len(), "home", "homes");
            req.audit(&mut tx, done, &format!("survey/{}", asked.survey.id), &homes).await?;
            tx.commit().await?;
            return Ok(Made::Some(Box::new(asked), languages, made, rest));
        }
        Some("There is nobody to write to in this way: they have answered, asked for no more, or had every reminder")
    } else {
        mailing::Refused::NotOpen.in_words()
    };
    drop(tx);
    let mut form = staff_sample_form::empty();
    form.error("mail", why.unwrap_or_default());
    Ok(Made::None(staff_sample::show(req, asked, form).await?))
}

/// A letter in the language of the home. The address around it is the post's, so it stays as it is.
fn letter(languages: &Languages, landlord: &Landlord, typed_at: &str, one: &Sendable) -> Option<AnyView> {
    let home = &one.household;
    let spoken = languages.of(home)?;
    let language = spoken.tongue.language();
    let say = |pattern: &str, fills: &[(&str, &str)]| spoken.tongue.fill(pattern, fills).words;
    let lines = std::iter::once(home.name.as_str()).chain(home.address.lines()).filter(|line| !line.is_empty());
    let lines: Vec<AnyView> = lines
        .enumerate()
        .map(|(at, line)| view! { {(at > 0).then(|| view! { <br/> })}{line.to_owned()} }.into_any())
        .collect();
    let drawn = "Your home was drawn from all homes of {landlord} to say how its services are.";
    let why = format!("{} {}", say(drawn, &[("landlord", landlord.name.as_str())]), how_long(spoken));
    let phone = (!landlord.phone.is_empty()).then(|| {
        let fills = [("phone", landlord.phone.as_str()), ("reference", home.reference.as_str())];
        view! { <p>{say(BY_TELEPHONE, &fills)}</p> }
    });
    let others: Vec<&str> = languages.others(spoken, home).iter().map(|other| other.name).collect();
    let others = (!others.is_empty()).then(|| view! { <p>{others.join(" · ")}</p> });
    let view = view! {
        <article class="ds-letter" lang=language.tag dir=language.direction()>
            <address class="ds-letter__address">{lines}</address>
            <h2>{spoken.survey.title.clone()}</h2>
            <p>{why}</p>
            {ui::paragraphs(&spoken.survey.introduction)}
            <div class="ds-letter__ways">
                {ui::qr(&one.link)}
                <div>
                    <p>{say("Hold the camera of a phone to the picture, or type this address:", &[])}</p>
                    <p><strong>{typed_at.to_owned()}</strong></p>
                    <p>{say("and then your code:", &[])}</p>
                    <p class="ds-letter__code">{one.code.clone()}</p>
                    {others}
                </div>
            </div>
            <p>{say(THE_CODE, &[])}</p>
            {phone}
            <p>{landlord.name.clone()}</p>
        </article>
    };
    Some(view.into_any())
}

/// What a code is.
const THE_CODE: &str = "The code is for your home and works once, for whoever of you answers. We see that your home answered, so that each is counted once. Your answers are kept apart from that: staff are not shown who said what.";
/// What somebody does who would rather answer otherwise.
const BY_TELEPHONE: &str = "If you would rather answer by telephone or on paper, or would rather not be asked, phone us on {phone} and say {reference}.";
