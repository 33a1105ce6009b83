//! Writing a return: one form for a phone, kept on every press, with photos that stay whatever happens to the rest.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::db::Tx;
use crate::files;
use crate::files::image;
use crate::mystery_shopping::assignment::Assignment;
use crate::mystery_shopping::cited::{self, Cited};
use crate::mystery_shopping::draft;
use crate::mystery_shopping::file_return::may_write;
use crate::mystery_shopping::key::{AssignmentId, PhotoId};
use crate::mystery_shopping::outcome::Outcome;
use crate::mystery_shopping::photo::{self, MOST_PHOTOS, NewPhoto, PhotoError};
use crate::mystery_shopping::scenario::{Item, Scenario};
use crate::mystery_shopping::shop_return::Photo;
use crate::mystery_shopping::store::{assignments, drafts, photos, scenarios};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// How many photos can be chosen at once.
const SLOTS: [usize; 2] = [1, 2];
/// The value of the button that removes a photo, before its key.
const REMOVE: &str = "remove-";

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
pub(super) fn describe(form: &mut Form, photos: &[Photo]) {
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
            <a class="govuk-back-link" href=base.clone()>"The shop and its brief"</a>
            {ui::error_summary(&form)}
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
                {slots(&form, photos.len())}
                {kept(&form, &base, &photos)}
                <h2>"About you"</h2>
                {ui::radios(&form, "recognised", "Did anybody recognise you, or guess that it was a test?", [("yes", "Yes"), ("no", "No")]).view()}
                {ui::radios(&form, "unsafe", "Did something feel unsafe?", [("yes", "Yes"), ("no", "No")]).view()}
                {ui::textarea(&form, "unsafe-words", "If yes, what felt unsafe?").rows(3).view()}
                {ui::checkbox(&form, "truthful", "yes", "What I have written is true, and I did this shop myself")}
                <div class="govuk-button-group">
                    <button type="submit" class="govuk-button" name=ui::STEP value="check">"Check before sending"</button>
                    <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="keep">"Keep it and come back later"</button>
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

/// The photos kept so far. Removing one sends the whole form, so that nothing typed is lost.
fn kept(form: &Form, base: &str, photos: &[Photo]) -> Option<AnyView> {
    if photos.is_empty() {
        return None;
    }
    let all = photos.iter().enumerate().map(|(at, photo)| {
        let which = format!("Photo {}", at + 1);
        let words = ui::text(form, &draft::photo_field(photo), format!("What does photo {} show?", at + 1)).view();
        let href = format!("{base}/photos/{}", photo.file_id);
        view! {
            <figure class="ds-photo">
                {super::photo::picture(&href, format!("{which}, as you sent it"), photo)}
                <figcaption>{which.clone()}" is kept. "<a class="govuk-link" href=href>"Open it"<span class="govuk-visually-hidden">": "{which.clone()}</span></a></figcaption>
            </figure>
            {words}
            <p><button type="submit" class="ds-link-button" name=ui::STEP value=format!("{REMOVE}{}", photo.photo_id)>"Remove this photo"<span class="govuk-visually-hidden">": "{which}</span></button></p>
        }
    });
    Some(view! { <h3 class="govuk-heading-s">"Photos kept so far"</h3> {all.collect_view()} }.into_any())
}

/// The boxes for new photos. Their button stands before those that remove one, since the first of a form is also pressed by the Enter key.
fn slots(form: &Form, kept: usize) -> AnyView {
    let left = usize::try_from(MOST_PHOTOS).unwrap_or(0).saturating_sub(kept);
    let full = (left == 0).then(|| {
        view! { <p>{format!("You have sent {MOST_PHOTOS} photos, which is the most. Remove one to add another.")}</p> }
    });
    let slots = SLOTS.into_iter().take(left).map(|slot| {
        view! {
            {ui::file(form, &format!("photo-{slot}"), if slot == 1 && kept == 0 { "Add a photo" } else { "Add another photo" }, "A JPG, PNG or WebP of up to 10 MB", image::TAKEN)}
            {ui::text(form, &slot_words(slot), match (slot, kept) { (1, 0) => "What does it show?", (1, _) => "Another photo: what does it show?", _ => "What does the other photo show?" }).hint("A few words, for people who cannot see it").view()}
        }
    });
    let label = if left == 0 { "Keep what I have written" } else { "Keep these photos" };
    view! {
        {full}
        {slots.collect_view()}
        <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="photos">{label}</button>
    }
    .into_any()
}

/// The field of a new photo's description.
fn slot_words(slot: usize) -> String {
    format!("photo-{slot}-words")
}

/// The button that was pressed.
enum Pressed {
    Check,
    Keep,
    Photos,
    Remove(PhotoId),
}

impl Pressed {
    fn read(form: &Form) -> Self {
        let step = form.value("step");
        match (step, step.strip_prefix(REMOVE).and_then(|id| id.parse().ok())) {
            (_, Some(id)) => Self::Remove(id),
            ("keep", _) => Self::Keep,
            ("photos", _) => Self::Photos,
            _ => Self::Check,
        }
    }
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    // Pictures are decoded before the transaction opens: they take time, and others write meanwhile.
    let drawn = draw(&req, &mut form).await;
    let now = req.now();
    let mut tx = req.app.db.write().await?;
    let mut open = load(&mut tx, &req).await?;
    if !may_write(&open.assignment, req.today()) {
        return Ok(elsewhere(&open));
    }
    let id = open.assignment.assignment_id;
    let pressed = Pressed::read(&form);
    let gone = change_kept(&mut tx, id, &open.photos, &form, &pressed).await?;
    let added = add(&mut tx, &req, id, &mut form, &drawn).await?;
    let typed = form.fields().iter().filter(|(name, _)| is_typed(name)).cloned().collect();
    drafts::save(&mut tx, id, &typed, now).await?;
    if added > 0 || gone.is_some() {
        let detail = format!("{added} added, {} removed", i32::from(gone.is_some()));
        req.audit(&mut tx, "changed the photos of a shop", &format!("shop {id}"), &detail).await?;
    }
    open.photos = photos::list(&mut tx, id).await?;
    tx.commit().await?;
    if let Some(file_id) = &gone {
        files::erase(&req.app, file_id).await;
    }
    describe(&mut form, &open.photos);
    Ok(next(open, form, &pressed, now))
}

/// Keeps the descriptions of the photos, or takes one photo out. Returns the file to erase.
async fn change_kept(
    tx: &mut Tx,
    id: AssignmentId,
    photos: &[Photo],
    form: &Form,
    pressed: &Pressed,
) -> Result<Option<String>, PageError> {
    let mut gone = None;
    for kept in photos {
        if matches!(pressed, Pressed::Remove(photo) if *photo == kept.photo_id) {
            gone = photo::remove(tx, id, kept.photo_id).await?;
        } else {
            photos::set_words(tx, id, kept.photo_id, &short(form.value(&draft::photo_field(kept)))).await?;
        }
    }
    Ok(gone)
}

/// Keeps the new photos; returns how many were.
async fn add(
    tx: &mut Tx,
    req: &Req,
    id: AssignmentId,
    form: &mut Form,
    drawn: &[(usize, NewPhoto)],
) -> Result<i32, PageError> {
    let account = req.account()?.id;
    let mut added = 0;
    for (slot, new) in drawn {
        match photo::keep(&req.app, tx, req.now(), id, account, new).await {
            Ok(_) => {
                form.set(&slot_words(*slot), "");
                added += 1;
            }
            Err(PhotoError::Upload(files::UploadError::Database(error))) => return Err(error.into()),
            Err(refusal) => form.error(&format!("photo-{slot}"), refusal.to_string()),
        }
    }
    Ok(added)
}

/// Where it goes on: back to the photos, to the shop, to the check, or to the form with what is wrong.
fn next(mut open: Open, mut form: Form, pressed: &Pressed, now: DateTime<Utc>) -> Reply {
    let id = open.assignment.assignment_id;
    match pressed {
        Pressed::Photos if form.is_valid() => {
            return Reply::redirect(format!("/shops/{id}/return#photos"));
        }
        // To the top of the page, where what was done is said.
        Pressed::Remove(_) if form.is_valid() => {
            return Reply::redirect(format!("/shops/{id}/return")).saying("Photo removed.");
        }
        Pressed::Keep if form.is_valid() => {
            let until = crate::clock::day(open.assignment.closes_on);
            return Reply::redirect(format!("/shops/{id}")).saying(format!("Kept. Come back and send it by {until}."));
        }
        Pressed::Check if draft::read(&mut form, &open.scenario.items, &open.photos, now).is_some() => {
            return Reply::redirect(format!("/shops/{id}/check"));
        }
        _ => {}
    }
    form.order_errors(&fields_in_order(&open));
    open.form = form;
    page(open).into()
}

/// The fields in the order of the page, which is the order in which what is wrong with them is told.
fn fields_in_order(open: &Open) -> Vec<String> {
    let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<String>>();
    let items = open.scenario.items.iter().flat_map(|item| [draft::outcome_field(item), draft::value_field(item)]);
    let slots = SLOTS.into_iter().flat_map(|slot| [format!("photo-{slot}"), slot_words(slot)]);
    let photos = open.photos.iter().map(draft::photo_field);
    let first = named(&["on", "began", "ended"]).into_iter().chain(items).chain(named(&["facts"]));
    let last = named(&["recognised", "unsafe", "unsafe-words", "truthful"]);
    first.chain(slots).chain(photos).chain(last).collect()
}

async fn draw(req: &Req, form: &mut Form) -> Vec<(usize, NewPhoto)> {
    let mut drawn = Vec::new();
    for slot in SLOTS {
        let field = format!("photo-{slot}");
        let Some(upload) = req.upload(&field) else { continue };
        match files::draw_photo(upload.bytes.clone()).await {
            Ok(photo) => {
                let words = short(form.value(&slot_words(slot)));
                drawn.push((slot, NewPhoto { name: upload.name.clone(), drawn: photo, words }));
            }
            Err(refusal) => form.error(&field, refusal.to_string()),
        }
    }
    drawn
}

fn short(words: &str) -> String {
    words.trim().chars().take(draft::LONGEST_WORDS).collect()
}

/// What belongs in the draft: everything but the descriptions of kept photos, which have rows of their own, and the button pressed.
fn is_typed(name: &str) -> bool {
    name != "step" && !name.starts_with("photo-words-")
}
