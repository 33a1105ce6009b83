//! One comment for staff: read, publish or withhold, answer, pass on, erase.

use leptos::prelude::*;

use crate::clock;
use crate::people::Role;
use crate::permissions;
use crate::standards::comment::{Comment, LONGEST, State};
use crate::standards::moderate::ModerateError;
use crate::standards::store::comments;
use crate::standards::{erase, moderate};
use crate::thread::id::CommentId;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn find(req: &Req) -> Result<Comment, PageError> {
    let id: CommentId = req.id("id")?;
    let mut tx = req.app.db.read().await?;
    comments::find(&mut tx, id).await?.ok_or(PageError::NotFound)
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let one = find(&req).await?;
    let form = fill(&one);
    Ok(page(one, req.account()?.role, form, "").into())
}

/// The form as the record has it.
fn fill(one: &Comment) -> Form {
    let shown = one.published_words.clone().unwrap_or_else(|| one.words.clone());
    let consent = if one.passed_consent.is_empty() && one.may_pass_on {
        "Ticked on the form when sending the comment".to_owned()
    } else {
        one.passed_consent.clone()
    };
    let mut form = Form::filled(&[
        ("published-words", &shown),
        ("reason", &one.withheld_reason),
        ("answer", &one.answer),
        ("to", &one.passed_to),
        ("reference", &one.passed_reference),
        ("consent", &consent),
    ]);
    if one.email.is_some() && one.answered_at.is_none() {
        form.set("send", "yes");
    }
    form
}

fn page(one: Comment, role: Role, form: Form, done: &'static str) -> Page {
    let refused = form.clone();
    Page::staff(format!("Comment {}", one.id), move || {
        let steps = permissions::may_post(Some(role), "/staff/comments/{id}").then(|| steps(&one, &form));
        let changed = permissions::may_read(Some(role), "/staff/what-changed/new").then(|| {
            view! { <p class="govuk-body"><a class="govuk-link" href=format!("/staff/what-changed/new?comment={}", one.id)>"Write what changed because of it"</a></p> }
        });
        let done = (!done.is_empty()).then(|| {
            view! { <div class="govuk-inset-text" role="alert"><p>{done}</p><p>"What else you wrote is below and is not saved yet."</p></div> }
        });
        view! {
            {ui::error_summary(&form)}
            {done}
            <a class="govuk-back-link" href="/staff/comments">"Comments"</a>
            <h1><span class="ds-heading__caption">{one.standard_title.clone()}</span>{format!(" Comment {}", one.id)}</h1>
            <p><strong class="govuk-tag">{one.state().label()}</strong></p>
            {words(&one)}
            {facts(&one)}
            {changed}
            {steps}
        }
    })
    .with_form(&refused)
}

fn words(one: &Comment) -> AnyView {
    if one.words.is_empty() {
        return view! { <p>"The words were erased."</p> }.into_any();
    }
    view! { <blockquote class="ds-quote">{ui::paragraphs(&one.words)}</blockquote> }.into_any()
}

fn facts(one: &Comment) -> AnyView {
    let or_not_given = |value: &Option<String>| value.clone().unwrap_or_else(|| "Not given".to_owned()).into_any();
    let at = |when: Option<chrono::DateTime<chrono::Utc>>| when.map_or("Not yet".to_owned(), clock::day_and_time);
    let mut rows = vec![
        (
            "About",
            view! { <a href=format!("/standards/{}", one.standard_slug)>{one.standard_title.clone()}</a> }.into_any(),
        ),
        ("Sent", clock::day_and_time(one.sent_at).into_any()),
        (
            "May be shown",
            if one.may_publish { "Yes, without the name" } else { "No, only staff may read it" }.into_any(),
        ),
        ("Read", at(one.read_at).into_any()),
    ];
    match one.erased_at {
        Some(erased) => rows.push(("Name and contact", format!("Erased {}", clock::day_and_time(erased)).into_any())),
        None => {
            rows.push(("Name", or_not_given(&one.name)));
            rows.push(("E-mail address", or_not_given(&one.email)));
            rows.push(("Phone", or_not_given(&one.phone)));
        }
    }
    if let Some(passed) = one.passed_at {
        rows.push((
            "Passed on",
            format!("To {}, reference {}, {}", one.passed_to, one.passed_reference, clock::day_and_time(passed))
                .into_any(),
        ));
    }
    if let Some(published) = one.published_at {
        rows.push(("Published", clock::day_and_time(published).into_any()));
    }
    if one.withheld_at.is_some() {
        rows.push(("Withheld because", one.withheld_reason.clone().into_any()));
    }
    if let Some(answered) = one.answered_at {
        rows.push(("Answered", clock::day_and_time(answered).into_any()));
    }
    ui::facts(rows)
}

/// One form for every step, so that what was typed for another travels with the button that is pressed. Only a button sends it: the first one
/// can do nothing, so that the Enter key in a box takes no step.
fn steps(one: &Comment, form: &Form) -> AnyView {
    let here = format!("/staff/comments/{}", one.id);
    let step = |code: &'static str, button: &'static str, quiet: bool, inner: AnyView| {
        let class = if quiet { "govuk-button govuk-button--secondary" } else { "govuk-button" };
        view! { {inner}<button type="submit" class=class name=ui::STEP value=code>{button}</button> }
    };
    let read = (one.state() == State::Waiting).then(|| step("read", "Mark as read", true, ().into_any()));
    let show = (one.may_publish && !one.words.is_empty()).then(|| {
        let button = if one.published_at.is_some() { "Change what is shown" } else { "Publish these words" };
        let field = ui::textarea(form, "published-words", "Words to show")
            .hint("Take out names, addresses and anything that could show who somebody is. The resident’s own words stay here for staff.")
            .limit(LONGEST)
            .view();
        view! { <h2>"Show it"</h2>{step("publish", button, false, field)} }
    });
    let hold = (one.state() != State::Withheld).then(|| {
        let field = ui::text(form, "reason", "Reason for not showing it").view();
        view! { <h2>"Keep it back"</h2>{step("withhold", "Do not show it", true, field)} }
    });
    let send =
        one.email.is_some().then(|| ui::checkbox(form, "send", "yes", "Send the answer to their e-mail address"));
    let seen = if one.published_at.is_some() {
        "Everybody sees it below the comment."
    } else {
        "It shows below the comment once that is published."
    };
    let answer =
        view! { {ui::textarea(form, "answer", "Our answer").hint(seen).limit(LONGEST).view()}{send} }.into_any();
    let pass = view! {
        {ui::text(form, "to", "To whom").hint("Like “complaints team”.").width(20).view()}
        {ui::text(form, "reference", "Their reference").width(20).view()}
        {ui::text(form, "consent", "How the resident agreed").hint("A comment goes on only when its writer agrees, unless somebody is in danger.").view()}
    }
    .into_any();
    let remove = view! {
        {ui::radios(form, "what", "What should be erased?", [
            ("details", "Name, e-mail address and phone number"),
            ("all", "Those, and the words and the answer"),
        ]).hint("It cannot be undone. Letters that answered it are erased as well.").view()}
    }
    .into_any();
    let erasable = one.has_contact() || !one.words.is_empty();
    let erase = erasable.then(|| {
        view! {
            <h2>"Erase"</h2>
            {remove}
            <button type="submit" class="govuk-button govuk-button--warning" name=ui::STEP value="erase">"Erase for ever"</button>
        }
    });
    view! {
        <form method="post" action=here novalidate>
            <button type="submit" disabled hidden></button>
            {read}
            {show}
            <h2>"Answer it"</h2>{step("answer", "Save the answer", false, answer)}
            <h2>"Pass it on"</h2>{step("pass", "Note that it was passed on", true, pass)}
            {hold}
            {erase}
        </form>
    }
    .into_any()
}

/// True when a text was sent that the record does not hold.
fn is_unsaved(posted: &Form, saved: &Form, field: &str) -> bool {
    let typed = posted.value(field).trim().replace("\r\n", "\n");
    !typed.is_empty() && typed != saved.value(field).trim().replace("\r\n", "\n")
}

/// The fields that each step saves.
fn saved_by(step: &str) -> &'static [&'static str] {
    match step {
        "publish" => &["published-words"],
        "withhold" => &["reason"],
        "answer" => &["answer"],
        "pass" => &["to", "reference", "consent"],
        _ => &[],
    }
}

/// What was typed for other steps than the one taken, on the form as the record now has it; none when nothing was.
fn kept(posted: &Form, step: &str, before: &Comment, after: &Comment) -> Option<Form> {
    let (saved, mut form) = (fill(before), fill(after));
    let all = ["published-words", "reason", "answer", "to", "reference", "consent"];
    let mut found = false;
    for field in all.into_iter().filter(|field| !saved_by(step).contains(field) && is_unsaved(posted, &saved, field)) {
        form.set(field, posted.value(field));
        found = true;
    }
    found.then_some(form)
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let one = find(&req).await?;
    let posted = req.form();
    // What the step's own form did not send stays as the record has it.
    let mut form = fill(&one);
    if !posted.value("step").is_empty() {
        form.set("send", "");
    }
    for (name, value) in posted.fields() {
        form.set(name, value);
    }
    let account = req.account()?.clone();
    let mut tx = req.app.db.write().await?;
    let step = form.value("step").to_owned();
    let done = match step.as_str() {
        "read" => moderate::read(&req.app, &mut tx, &account, &one).await.map(|()| "Marked as read."),
        "publish" => {
            let words = form.required("published-words", "The words", LONGEST, "Enter the words to show");
            if !form.is_valid() {
                return Ok(page(one, account.role, form, "").into());
            }
            moderate::publish(&req.app, &mut tx, &account, &one, &words)
                .await
                .map(|()| "The words are shown on the standard’s page.")
        }
        "withhold" => {
            let reason = form.required("reason", "The reason", 300, "Enter the reason for not showing it");
            if !form.is_valid() {
                return Ok(page(one, account.role, form, "").into());
            }
            moderate::withhold(&req.app, &mut tx, &account, &one, &reason).await.map(|()| "The comment is kept back.")
        }
        "answer" if one.may_publish && is_unsaved(&posted, &fill(&one), "published-words") => {
            form.error("published-words", "You changed the words to show. Publish them first, then save your answer");
            return Ok(page(one, account.role, form, "").into());
        }
        "answer" => {
            let words = form.required("answer", "The answer", LONGEST, "Enter the answer");
            let send = form.has("send", "yes");
            if !form.is_valid() {
                return Ok(page(one, account.role, form, "").into());
            }
            let said = if send { "The answer is saved and on its way by e-mail." } else { "The answer is saved." };
            moderate::answer(&req.app, &mut tx, &account, &one, &words, send, &req.landlord).await.map(|()| said)
        }
        "pass" => {
            let to = form.required("to", "The name", 100, "Enter to whom you passed it on");
            let reference =
                form.required("reference", "The reference", 60, "Enter their reference, so that it can be found again");
            let consent = form.required(
                "consent",
                "How they agreed",
                200,
                "Say how the resident agreed. Without that, do not pass it on",
            );
            if !form.is_valid() {
                return Ok(page(one, account.role, form, "").into());
            }
            moderate::pass_on(&req.app, &mut tx, &account, &one, &to, &reference, &consent)
                .await
                .map(|()| "It is noted.")
        }
        "erase" => {
            let what = form.value("what").to_owned();
            if what != "details" && what != "all" {
                form.error("what", "Choose what should be erased");
                return Ok(page(one, account.role, form, "").into());
            }
            erase::erase(&req.app, &mut tx, &account, &one, what == "all")
                .await
                .map_err(ModerateError::from)
                .map(|()| "Erased.")
        }
        _ => return Err(PageError::BadRequest("Choose one of the buttons on the page of the comment.".into())),
    };
    match done {
        Ok(said) => {
            tx.commit().await?;
            if step == "erase" {
                erase::flushed(&req.app).await?;
            }
            // A redirect would drop what was typed for another step. Sending a letter and erasing are never answered with a page, which could be sent again.
            if matches!(step.as_str(), "read" | "publish" | "pass") {
                let now = find(&req).await?;
                if let Some(form) = kept(&posted, &step, &one, &now) {
                    return Ok(page(now, account.role, form, said).into());
                }
            }
            Ok(Reply::redirect(format!("/staff/comments/{}", one.id)).saying(said))
        }
        Err(ModerateError::NotAllowed) => {
            drop(tx);
            form.error("published-words", "The resident did not allow their words to be shown");
            Ok(page(one, account.role, form, "").into())
        }
        Err(ModerateError::NoAddress) => {
            drop(tx);
            form.error("answer", "There is no e-mail address to send it to");
            Ok(page(one, account.role, form, "").into())
        }
        Err(ModerateError::Internal(error)) => Err(error.into()),
    }
}
