//! One person's place, for staff: their needs, taking or giving up the place for them, erasing their details.

use leptos::prelude::*;

use super::of_path;
use crate::clock;
use crate::db;
use crate::focus_groups::accept::{AcceptError, accept, give};
use crate::focus_groups::erase::erase;
use crate::focus_groups::group::{Group, Stage};
use crate::focus_groups::place::{Need, NeedKind, NeedState, Place, PlaceId, State};
use crate::focus_groups::store::places;
use crate::focus_groups::support::{self, Answer};
use crate::focus_groups::withdraw::{WithdrawError, withdraw};
use crate::permissions;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The step that takes somebody off the list, and the part of the address that asks about it first.
const WITHDRAW: &str = "withdraw";

async fn find(req: &Req) -> Result<(Group, Place, Vec<Need>), PageError> {
    let mut tx = req.app.db.read().await?;
    let group = of_path(req, &mut tx).await?;
    let id: PlaceId = req.id("place")?;
    let place =
        places::find(&mut tx, id).await?.filter(|place| place.group_id == group.id).ok_or(PageError::NotFound)?;
    let needs = places::list_needs(&mut tx, place.id).await?;
    Ok((group, place, needs))
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let found = find(&req).await?;
    let can_withdraw = steps(&found.1, &found.0, found.0.stage(req.now())).iter().any(|(step, ..)| *step == WITHDRAW);
    if req.query(WITHDRAW).is_some() && can_withdraw && changes(&req) {
        return Ok(ask_first(found.0, found.1).into());
    }
    let form = filled(&found.2);
    Ok(page(&req, found, form).into())
}

/// Whether the reader may do anything for the person.
fn changes(req: &Req) -> bool {
    permissions::may_post(req.viewer.role(), "/staff/focus-groups/{id}/people/{place}")
}

fn filled(needs: &[Need]) -> Form {
    let mut form = Form::default();
    for need in needs {
        form.set(&format!("state-{}", need.kind.code()), need.state.code());
        form.set(&format!("answer-{}", need.kind.code()), &need.answer);
    }
    form
}

fn page(req: &Req, (group, place, needs): (Group, Place, Vec<Need>), form: Form) -> Page {
    let stage = group.stage(req.now());
    let changes = changes(req);
    let refused = form.clone();
    Page::staff(place.shown_name(), move || {
        let here = format!("/staff/focus-groups/{}/people/{}", group.id, place.id);
        let given = |text: &Option<String>| text.clone().unwrap_or_else(|| "Not given".into());
        let work = changes.then(|| {
            view! {
                {steps_form(steps(&place, &group, stage), &here)}
                {support_form(&form, &place, &needs, &group.offers, &here)}
                {erase_form(&form, &place, &here)}
            }
        });
        view! {
            <a class="govuk-back-link" href=format!("/staff/focus-groups/{}/people", group.id)>"Who signed up"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{group.title.clone()}</span>{place.shown_name()}</h1></div>
            {ui::facts(vec![
                ("Stands", place.state.label().into_any()),
                ("Since", clock::day_and_time(place.state_since).into_any()),
                ("Offer held until", place.offer_until.map_or("No offer is open".to_owned(), clock::day_and_time).into_any()),
                ("E-mail address", given(&place.email).into_any()),
                ("Phone number", given(&place.phone).into_any()),
                ("In their own words", ui::paragraphs(if place.wishes.is_empty() { "Nothing written" } else { &place.wishes })),
                ("Signed up", format!("{}, {}", clock::day_and_time(place.signed_up_at), place.came_by.label().to_lowercase()).into_any()),
                ("Reference", place.reference.clone().into_any()),
            ])}
            {work}
        }
    })
    .with_form(&refused)
}

/// The ways to the steps. Taking somebody off the list leads to a question first.
fn steps_form(steps: Vec<Step>, here: &str) -> AnyView {
    if steps.is_empty() {
        return ().into_any();
    }
    let takes_any_at_once = steps.iter().any(|(step, ..)| *step != WITHDRAW);
    let ways = steps.into_iter().map(|(step, label, main)| {
        let class = if main { "govuk-button" } else { "govuk-button govuk-button--secondary" };
        if step == WITHDRAW {
            return view! { <a class=class href=format!("{here}?{WITHDRAW}=yes")>{label}</a> }.into_any();
        }
        view! { <button type="submit" class=class name=ui::STEP value=step>{label}</button> }.into_any()
    });
    let ways: Vec<AnyView> = ways.collect();
    let ways = view! { <div class="govuk-button-group" id="step">{ways}</div> };
    if takes_any_at_once {
        view! { <form method="post" action=here.to_owned()>{ways}</form> }.into_any()
    } else {
        ways.into_any()
    }
}

/// The question before somebody is taken off the list; only its button changes anything.
fn ask_first(group: Group, place: Place) -> Page {
    let (question, after, yes, no) = match place.state {
        State::Waiting => (
            "Take them off the waiting list?",
            "They lose their position. If they sign up again, they go to the end of the list.",
            "Yes, take them off the list",
            "No, leave them on it",
        ),
        State::Offered => (
            "Let their offered place go?",
            "It is free for somebody else at once, and they are off the list.",
            "Yes, they do not want it",
            "No, keep the offer open",
        ),
        _ => (
            "Free their place?",
            "It is free for somebody else at once. If they sign up again, they may have to wait.",
            "Yes, free the place",
            "No, keep their place",
        ),
    };
    Page::staff(question, move || {
        let here = format!("/staff/focus-groups/{}/people/{}", group.id, place.id);
        let told = place.email.is_some().then_some(" They get a letter about it.");
        view! {
            <a class="govuk-back-link" href=here.clone()>{place.shown_name()}</a>
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">{format!("{}, {}", place.shown_name(), group.title)}</span>{question}</h1>
                <p class="ds-lead">{group.when()}</p>
            </div>
            <p>{after}{told}</p>
            <form method="post" action=here.clone()>
                <div class="govuk-button-group">
                    <button type="submit" class="govuk-button govuk-button--warning" name=ui::STEP value=WITHDRAW>{yes}</button>
                    <a class="govuk-link" href=here.clone()>{no}</a>
                </div>
            </form>
        }
    })
}

/// Something staff can do for a person: step, words, whether it is the main one.
type Step = (&'static str, &'static str, bool);

/// What staff can do for the person now.
fn steps(place: &Place, group: &Group, stage: Stage) -> Vec<Step> {
    if stage != Stage::Open {
        return Vec::new();
    }
    match place.state {
        State::Offered => vec![("accept", "They take the place", true), (WITHDRAW, "They do not want it", false)],
        State::Waiting if group.taken < group.capacity => {
            vec![("give", "Give them the free place", true), (WITHDRAW, "Take them off the list", false)]
        }
        State::Waiting => vec![(WITHDRAW, "Take them off the list", false)],
        State::Booked => vec![(WITHDRAW, "They cannot come: free the place", false)],
        State::Withdrawn | State::Lapsed => Vec::new(),
    }
}

fn support_form(form: &Form, place: &Place, needs: &[Need], offers: &[NeedKind], here: &str) -> AnyView {
    if !place.is_live() {
        return ().into_any();
    }
    let answered = needs
        .iter()
        .map(|need| {
            let code = need.kind.code();
            let states = NeedState::ALL.iter().map(|state| (state.code(), state.label()));
            view! {
                {ui::radios(form, &format!("state-{code}"), need.kind.label(), states).inline().view()}
                {ui::text(form, &format!("answer-{code}"), "What is arranged, or why it is not possible").hint("They read this").view()}
            }
        })
        .collect_view();
    let save = (!needs.is_empty()).then(|| {
        view! {
            <form method="post" action=here.to_owned() novalidate>
                {answered}
                <button type="submit" class="govuk-button" name=ui::STEP value="answer">"Save, and tell them what is new"</button>
            </form>
        }
    });
    let more: Vec<NeedKind> =
        offers.iter().copied().filter(|kind| !needs.iter().any(|need| need.kind == *kind)).collect();
    let add = (!more.is_empty()).then(|| {
        view! {
            <form method="post" action=here.to_owned() novalidate>
                {ui::select(form, "add", "Add something they need", more.iter().map(|kind| (kind.code(), kind.label())))}
                <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="add">"Add it"</button>
            </form>
        }
    });
    view! { <h2>"What they need to take part"</h2>{save}{add} }.into_any()
}

fn erase_form(form: &Form, place: &Place, here: &str) -> AnyView {
    if place.erased_at.is_some() {
        return ().into_any();
    }
    view! {
        <h2>"Erase their details"</h2>
        <p>"Their name, address, words and needs are removed for good. If the group lies ahead, their place goes to the next person. That somebody signed up stays as a number."</p>
        <form method="post" action=here.to_owned() novalidate>
            {ui::checkbox(form, "sure", "yes", "Yes, erase this person’s details for good")}
            <button type="submit" class="govuk-button govuk-button--warning" name=ui::STEP value="erase">"Erase their details"</button>
        </form>
    }
    .into_any()
}

fn read_answers(form: &mut Form, needs: &[Need]) -> Vec<Answer> {
    let mut answers = Vec::new();
    for need in needs {
        let (state, words) = (format!("state-{}", need.kind.code()), format!("answer-{}", need.kind.code()));
        let chosen = form.choice::<NeedState>(&state, "Choose what became of this need");
        let text = form.text(&words, "The answer", 500);
        if chosen == Some(NeedState::NotPossible) && text.is_empty() {
            form.error(&words, "Say why it is not possible; they read this");
        }
        answers.extend(chosen.map(|state| Answer { kind: need.kind, state, words: text }));
    }
    answers
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let found = find(&req).await?;
    let (id, here) = (found.1.id, format!("/staff/focus-groups/{}/people/{}", found.0.id, found.1.id));
    let (app, landlord) = (&req.app, &req.landlord);
    let mut form = req.form();
    let step = form.value("step").to_owned();
    let answers = if step == "answer" { read_answers(&mut form, &found.2) } else { Vec::new() };
    let add = if step == "add" { form.choice::<NeedKind>("add", "Choose what they need") } else { None };
    if step == "erase" && !form.has("sure", "yes") {
        form.error("sure", "Tick the box to erase this person’s details");
    }
    if !form.is_valid() {
        return Ok(page(&req, found, form).into());
    }
    let mut tx = app.db.write().await?;
    let done = match step.as_str() {
        "accept" => taken(accept(app, landlord, &mut tx, id).await)?
            .map(|()| ("took a place for somebody", "They have a place.")),
        "give" => taken(give(app, landlord, &mut tx, id).await)?
            .map(|()| ("gave somebody a free place", "They have a place.")),
        WITHDRAW => match withdraw(app, landlord, &mut tx, id, true).await {
            Ok(_) => Ok(("withdrew somebody", "They are off the list.")),
            Err(WithdrawError::NotOnTheList) => Err("They are not on the list any more"),
            Err(WithdrawError::Over) => Err("The group has begun or is cancelled"),
            Err(WithdrawError::Internal(error)) => return Err(error.into()),
        },
        "answer" => match support::answer(app, landlord, &mut tx, id, &answers).await? {
            0 => Ok(("looked at support needs", "Nothing was new, so no letter was sent.")),
            _ => Ok(("answered support needs", "Saved.")),
        },
        "add" => match add {
            Some(kind) => {
                support::add(app, &mut tx, id, kind).await?;
                Ok(("added a support need", "Added."))
            }
            None => Err("Choose what they need"),
        },
        "erase" => {
            erase(app, landlord, &mut tx, id).await?;
            Ok(("erased a person’s details", "Their details are erased."))
        }
        _ => Err("Choose what to do with one of the buttons"),
    };
    match done {
        Ok((action, words)) => {
            req.audit(&mut tx, action, &format!("place {id}"), "").await?;
            tx.commit().await?;
            if step == "erase" {
                db::guard::flush_erasure(&app.db).await?;
            }
            Ok(Reply::redirect(here).saying(words))
        }
        Err(refusal) => {
            drop(tx);
            form.error("step", refusal);
            Ok(page(&req, find(&req).await?, form).into())
        }
    }
}

fn taken(done: Result<(), AcceptError>) -> Result<Result<(), &'static str>, PageError> {
    Ok(match done {
        Ok(()) => Ok(()),
        Err(AcceptError::NotOffered) => Err("No place is offered to them just now"),
        Err(AcceptError::RanOut) => Err("Their offer has run out"),
        Err(AcceptError::NoPlace) => Err("There is no free place"),
        Err(AcceptError::Over) => Err("The group has begun or is cancelled"),
        Err(AcceptError::Internal(error)) => return Err(error.into()),
    })
}
