//! Writing a return: one form for a phone, kept on every press, with photos that stay whatever happens to the rest.

use leptos::prelude::*;

use crate::db::Tx;
use crate::files;
use crate::mystery_shopping::assignment::Assignment;
use crate::mystery_shopping::cited::{self, Cited};
use crate::mystery_shopping::draft;
use crate::mystery_shopping::file_return::may_write;
use crate::mystery_shopping::key::AssignmentId;
use crate::mystery_shopping::outcome::Outcome;
use crate::mystery_shopping::photo::{self, MOST_PHOTOS, NewPhoto, PhotoError};
use crate::mystery_shopping::scenario::{Item, Scenario};
use crate::mystery_shopping::shop_return::Photo;
use crate::mystery_shopping::store::{assignments, drafts, photos, scenarios};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// How many photos can be chosen at once.
const SLOTS: [usize; 2] = [1, 2];
const PHOTO_KINDS: &str = "image/jpeg,image/png,image/webp";

/// A shop being written.
pub(super) struct Open {
    pub assignment: Assignment,
    pub scenario: Scenario,
    pub standards: Vec<Cited>,
    pub photos: Vec<Photo>,
    pub form: Form,
}

/// The shopper's own shop with what they have typed and the photos they have sent so far.
pub(super) async fn load(tx: &mut Tx, req: &Req) -> Result<Open, PageError> {
    let id: AssignmentId = req.id("id")?;
    let assignment = assignments::find_own(tx, id, req.account()?.id).await?.ok_or(PageError::NotFound)?;
    let scenario = scenarios::find_version(tx, assignment.scenario_version_id).await?.ok_or(PageError::NotFound)?;
    let standards = cited::choices(tx).await?;
    let photos = photos::list(tx, id).await?;
    let mut form = Form::new(drafts::find(tx, id).await?.unwrap_or_default());
    describe(&mut form, &photos);
    Ok(Open { assignment, scenario, standards, photos, form })
}

/// Puts the kept descriptions into the form.
fn describe(form: &mut Form, photos: &[Photo]) {
    for photo in photos {
        form.set(&draft::photo_field(photo), &photo.words);
    }
}

/// Where somebody goes who cannot write now.
pub(super) fn elsewhere(open: &Open) -> Reply {
    let at = open.assignment.assignment_id;
    if open.assignment.return_id.is_some() {
        return Reply::redirect(format!("/shops/{at}/receipt"));
    }
    Reply::redirect(format!("/shops/{at}"))
        .saying("You can write your return once you have said yes and the first day has come.")
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let open = load(&mut tx, &req).await?;
    if !may_write(&open.assignment, req.today()) {
        return Ok(elsewhere(&open));
    }
    Ok(page(open).into())
}

pub(super) fn page(open: Open) -> Page {
    let refused = open.form.clone();
    Page::new(format!("Your return: {}", open.assignment.title), move || {
        let Open { assignment, scenario, standards, photos, form } = open;
        let base = format!("/shops/{}", assignment.assignment_id);
        let items = scenario.items.iter().map(|item| question(&form, item, &standards)).collect_view();
        view! {
            {ui::error_summary(&form)}
            <a class="govuk-back-link" href=base.clone()>"The shop and its brief"</a>
            <h1>"Your return: "{assignment.title.clone()}</h1>
            <p>"Say what happened, not whether you would have done it another way. What you type is kept each time you press a button."</p>
            <form method="post" action=format!("{base}/return") enctype="multipart/form-data" novalidate>
                <h2>"When"</h2>
                {ui::day(&form, "on", "Which day did you do it?", "For example, 12 11 2026")}
                {ui::text(&form, "began", "When did you begin?").hint("The time, like 14:05 or 2:05pm").width(10).view()}
                {ui::text(&form, "ended", "When did you finish?").width(10).view()}
                <h2>"Did we do what we promised?"</h2>
                {items}
                <h2>"What happened"</h2>
                {ui::textarea(&form, "facts", "What happened, in your own words")
                    .hint("What you saw and heard, in order. Leave out names where you can.")
                    .rows(8).limit(draft::LONGEST_FACTS).view()}
                <h2 id="photos">"Photos"</h2>
                <p>"You can send photos if they help. No people, please. We remove the place and time that a phone hides in a photo."</p>
                {kept(&form, &base, &photos)}
                {slots(&form, photos.len())}
                <h2>"About you"</h2>
                {ui::radios(&form, "recognised", "Did anybody recognise you, or guess that it was a test?", [("yes", "Yes"), ("no", "No")]).view()}
                {ui::radios(&form, "unsafe", "Did something feel unsafe?", [("yes", "Yes"), ("no", "No")]).view()}
                {ui::textarea(&form, "unsafe-words", "If yes, what felt unsafe?").rows(3).view()}
                {ui::checkbox(&form, "truthful", "yes", "What I have written is true, and I did this shop myself")}
                <div class="govuk-button-group">
                    <button type="submit" class="govuk-button" name="step" value="check">"Check before sending"</button>
                    <button type="submit" class="govuk-button govuk-button--secondary" name="step" value="keep">"Keep it and come back later"</button>
                </div>
            </form>
        }
    })
    .with_form(&refused)
}

fn question(form: &Form, item: &Item, standards: &[Cited]) -> AnyView {
    let hint = format!("Our promise: {}", cited::title(standards, item.standard));
    let choices = Outcome::ALL.map(|outcome| (outcome.code(), outcome.label()));
    let value = (!item.measure.is_empty()).then(|| {
        let label = format!("How many {}?", item.measure);
        ui::text(form, &draft::value_field(item), label)
            .hint("Leave empty if you could not tell")
            .number()
            .width(5)
            .view()
    });
    view! {
        {ui::radios(form, &draft::outcome_field(item), item.wording.clone(), choices).hint(hint).view()}
        {value}
    }
    .into_any()
}

fn kept(form: &Form, base: &str, photos: &[Photo]) -> AnyView {
    let all = photos.iter().enumerate().map(|(at, photo)| {
        let which = format!("Photo {}", at + 1);
        let words = ui::text(form, &draft::photo_field(photo), format!("What does photo {} show?", at + 1)).view();
        let remove = format!("remove-{}", photo.photo_id);
        let href = format!("{base}/photos/{}", photo.file_id);
        view! {
            <figure class="ds-photo">
                <img src=href.clone() alt=format!("{which}, as you sent it")/>
                <figcaption>{which.clone()}" is kept. "<a class="govuk-link" href=href>"Open it"<span class="govuk-visually-hidden">": "{which.clone()}</span></a></figcaption>
            </figure>
            {words}
            {ui::checkbox(form, &remove, "yes", format!("Remove photo {}", at + 1))}
        }
    });
    all.collect_view().into_any()
}

fn slots(form: &Form, kept: usize) -> AnyView {
    let left = usize::try_from(MOST_PHOTOS).unwrap_or(0).saturating_sub(kept);
    if left == 0 {
        return view! { <p>{format!("You have sent {MOST_PHOTOS} photos, which is the most. Remove one to add another.")}</p> }.into_any();
    }
    let slots = SLOTS.into_iter().take(left).map(|slot| {
        view! {
            {ui::file(form, &format!("photo-{slot}"), if slot == 1 { "Add a photo" } else { "Add another photo" }, "A JPG, PNG or WebP of up to 10 MB", PHOTO_KINDS)}
            {ui::text(form, &format!("photo-{slot}-words"), if slot == 1 { "What does it show?" } else { "What does the other photo show?" }).hint("A few words, for people who cannot see it").view()}
        }
    });
    view! {
        {slots.collect_view()}
        <button type="submit" class="govuk-button govuk-button--secondary" name="step" value="photos">"Keep these photos"</button>
    }
    .into_any()
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    // Pictures are decoded before the transaction opens: they take time, and others write meanwhile.
    let drawn = draw(&req, &mut form).await;
    let (now, account) = (req.now(), req.account()?.id);
    let mut tx = req.app.db.write().await?;
    let mut open = load(&mut tx, &req).await?;
    if !may_write(&open.assignment, req.today()) {
        return Ok(elsewhere(&open));
    }
    let id = open.assignment.assignment_id;
    let mut gone = Vec::new();
    for kept in &open.photos {
        if form.has(&format!("remove-{}", kept.photo_id), "yes") {
            gone.extend(photo::remove(&mut tx, id, kept.photo_id).await?);
        } else {
            let words = short(form.value(&draft::photo_field(kept)));
            photos::set_words(&mut tx, id, kept.photo_id, &words).await?;
        }
    }
    let mut added = 0;
    for (slot, new) in &drawn {
        let field = format!("photo-{slot}-words");
        match photo::keep(&req.app, &mut tx, now, id, account, new).await {
            Ok(_) => {
                form.set(&field, "");
                added += 1;
            }
            Err(PhotoError::Upload(files::UploadError::Database(error))) => return Err(error.into()),
            Err(refusal) => form.error(&format!("photo-{slot}"), refusal.to_string()),
        }
    }
    let typed = form.fields().iter().filter(|(name, _)| is_typed(name)).cloned().collect();
    drafts::save(&mut tx, id, &typed, now).await?;
    if added > 0 || !gone.is_empty() {
        let detail = format!("{added} added, {} removed", gone.len());
        req.audit(&mut tx, "changed the photos of a shop", &format!("shop {id}"), &detail).await?;
    }
    let step = form.value("step").to_owned();
    open.photos = photos::list(&mut tx, id).await?;
    tx.commit().await?;
    for file_id in &gone {
        files::erase(&req.app, file_id).await;
    }
    describe(&mut form, &open.photos);
    match step.as_str() {
        "photos" if form.is_valid() => return Ok(Reply::redirect(format!("/shops/{id}/return#photos"))),
        "keep" if form.is_valid() => {
            let until = crate::clock::day(open.assignment.closes_on);
            return Ok(
                Reply::redirect(format!("/shops/{id}")).saying(format!("Kept. Come back and send it by {until}."))
            );
        }
        "photos" | "keep" => {}
        _ => {
            if draft::read(&mut form, &open.scenario.items, &open.photos, now).is_some() {
                return Ok(Reply::redirect(format!("/shops/{id}/check")));
            }
        }
    }
    open.form = form;
    Ok(page(open).into())
}

async fn draw(req: &Req, form: &mut Form) -> Vec<(usize, NewPhoto)> {
    let mut drawn = Vec::new();
    for slot in SLOTS {
        let field = format!("photo-{slot}");
        let Some(upload) = req.upload(&field) else { continue };
        match files::draw_photo(upload.bytes.clone()).await {
            Ok(bytes) => {
                let words = short(form.value(&format!("photo-{slot}-words")));
                drawn.push((slot, NewPhoto { name: upload.name.clone(), drawn: bytes, words }));
            }
            Err(refusal) => form.error(&field, refusal.to_string()),
        }
    }
    drawn
}

fn short(words: &str) -> String {
    words.trim().chars().take(draft::LONGEST_WORDS).collect()
}

/// What belongs in the draft: everything but photos, which have rows of their own, and the button pressed.
fn is_typed(name: &str) -> bool {
    name != "step" && !name.starts_with("photo-") && !name.starts_with("remove-")
}
