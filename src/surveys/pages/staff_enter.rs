//! Entering answers for somebody: how they gave them and when, then all questions on one page, with the keyboard alone
//! if need be.

use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;

use crate::audit;
use crate::clock;
use crate::questionnaires::answer::Answers;
use crate::questionnaires::fields;
use crate::questionnaires::question::Question;
use crate::questionnaires::read;
use crate::questionnaires::response::{Channel, Receipt};
use crate::residents;
use crate::surveys::enter::{self, Refused};
use crate::surveys::pages::send::{self, Sent};
use crate::surveys::pages::{all, staff_details};
use crate::surveys::sample;
use crate::surveys::seal;
use crate::surveys::submit::{self, Arrived};
use crate::surveys::survey::{Access, Asked, Survey};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// `/staff/surveys/{id}/enter?by=post&on=2026-11-14`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let survey = &asked.survey;
    if let Err(refused) = enter::check_survey(survey, req.now()) {
        return Ok(closed(asked.survey.clone(), in_words(&refused, &asked.survey)).into());
    }
    let channel = req.query("by").and_then(entered);
    let today = Some(req.today()).filter(|today| *today <= survey.last_day());
    let on = req.query_day("on")?.or(today);
    let mut form = Form::default();
    form.set("by", channel.map_or("", Channel::code));
    form.set_day("on", on);
    let home = match sampled(&req, &asked, req.query("home")).await? {
        Sampled::Elsewhere(reply) => return Ok(reply),
        Sampled::Home(home) => home,
    };
    let key = req.app.random.token();
    Ok(page(asked, form, key, channel.zip(on), home, req.now()).into())
}

/// Keeps the answers and offers an empty form for the next person, on the same channel and day.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut form = req.form();
    let key = form.value("key").to_owned();
    if !seal::is_token(&key) {
        return Err(PageError::BadRequest("This form was not made by us. Go back and send it again.".into()));
    }
    let named = form.value("home").to_owned();
    let home = match sampled(&req, &asked, Some(&named)).await? {
        // The sample was drawn since the form was opened: what was typed is not lost.
        Sampled::Elsewhere(_) => {
            form.error("by", in_words(&Refused::HomeNeeded, &asked.survey));
            None
        }
        Sampled::Home(home) => home,
    };
    let channel = entered(form.value("by"));
    if fields::press(asked.version.questionnaire.questions(), &mut form) {
        // Nothing is kept by it, so that nothing is asked for either.
        let how = channel.zip(form.clone().day("on", "The day"));
        return Ok(page(asked, form, key, how, home, req.now()).into());
    }
    if channel.is_none() {
        form.error("by", "Choose how the person answered");
    }
    let on = form.day("on", "The day");
    if let Some(Err(refused)) = on.map(|on| enter::check_day(&asked.survey, on, req.now())) {
        form.error("on", in_words(&refused, &asked.survey));
    }
    let how = channel.zip(on).filter(|_| form.is_valid());
    let told = channel == Some(Channel::Telephone);
    if told {
        refuse_photos(&asked, &mut form);
    }
    let answers = read_answers(&asked, &mut form, told);
    if answers.as_ref().is_some_and(Answers::are_blank) {
        form.error(&first_field(&asked), "No question is answered yet. Enter at least one answer");
    }
    let Some(((channel, received_on), answers)) = how.zip(answers).filter(|_| form.is_valid()) else {
        return Ok(page(asked, form, key, how, home, req.now()).into());
    };
    let entry = Arrived { asked: &asked, answers: &answers, submission_key: &key, channel, received_on };
    let why = match keep(&req, &entry, home.as_ref().map(|home| home.id)).await? {
        Outcome::Kept(receipt) => return Ok(next(&asked.survey, channel, received_on, home.is_some(), &receipt)),
        Outcome::Differs => DIFFERS.to_owned(),
        Outcome::Refused(refused) => in_words(&refused, &asked.survey),
    };
    form.error("by", why);
    Ok(page(asked, form, key, None, home, req.now()).into())
}

/// The answers in a form that somebody else typed. They cannot ask the person again, so what was left blank stays blank.
/// None where something is wrong, which the form then says: what was typed under a question that the answers lead past is
/// never left out without a word. `told`: of what people only tell, there is no photo.
pub(super) fn read_answers(asked: &Asked, form: &mut Form, told: bool) -> Option<Answers> {
    let questionnaire = asked.version.questionnaire.without_required().entered(told);
    let read = read::read_all(&questionnaire, form.fields()).and_then(|answers| {
        let passed = read::unreached(&questionnaire, &answers, form.fields());
        if passed.is_empty() { Ok(answers) } else { Err(passed) }
    });
    match read {
        Ok(answers) => Some(answers),
        Err(problems) => {
            for problem in problems {
                form.error(&problem.field, problem.message);
            }
            None
        }
    }
}

/// A photo that was ticked before the telephone was chosen is not left out without a word.
fn refuse_photos(asked: &Asked, form: &mut Form) {
    for (position, question) in asked.version.questionnaire.questions().iter().enumerate() {
        if question.kind.is_photo() && form.has(&question.field_name(), "yes") {
            let message =
                format!("Question {}: a photo cannot be told on the telephone. It is left out now", position + 1);
            form.error(&question.field_name(), message);
        }
    }
}

/// Where to say what is wrong with the answers as a whole.
pub(super) fn first_field(asked: &Asked) -> String {
    asked.version.questionnaire.at(0).map_or_else(String::new, Question::field_name)
}

/// All questions, under the numbers they have on the screen and on paper.
pub(super) fn questions(asked: &Asked, form: &Form, told: bool) -> AnyView {
    let fields = all::questions(&asked.version.questionnaire.entered(told), form, "");
    view! {
        <p class="ds-meta">"Leave blank what the person left blank, and where you cannot tell which box they meant. Where they ticked more or fewer boxes than asked for, or did not finish an order, leave that question blank."</p>
        {fields}
    }
    .into_any()
}

/// What became of an entry.
enum Outcome {
    /// It is kept, now or by an earlier sending of the same form.
    Kept(Receipt),
    /// The same form was kept before with other answers.
    Differs,
    /// It was not kept, for a reason the person can act on.
    Refused(Refused),
}

const DIFFERS: &str = "This form was kept a moment ago with other answers, so these were not added and nobody is counted twice. Start with an empty form for another person";

/// Keeps the answers, or finds out that they were kept before.
///
/// The log says that this person entered answers into the survey that day, with the moment of the first. An entry for each of them, though
/// it named neither answer nor number nor reference, would lie in the same order as the answers do: put beside them
/// it would say who typed which, and at what minute they sat with whom. So the log holds the first of each day alone,
/// and how many there were is told by the channel's own count.
async fn keep(req: &Req, entry: &Arrived<'_>, home: Option<i64>) -> Result<Outcome, PageError> {
    let mut tx = req.app.db.write().await?;
    match enter::enter(&mut tx, &req.app.random, entry, home, req.now()).await {
        Ok(receipt) => {
            let object = format!("survey/{}", entry.asked.survey.id);
            let actor = req.account()?.actor();
            audit::record_first_of_day(&mut tx, req.now(), &actor, "entered answers", &object).await?;
            tx.commit().await?;
            Ok(Outcome::Kept(receipt))
        }
        Err(Refused::NotKept(submit::Refused::Internal(error))) => Err(error.into()),
        Err(refused) => {
            drop(tx);
            Ok(match send::sent_before(req, entry.asked, entry.answers, entry.submission_key).await? {
                Some(Sent::Kept(receipt)) => Outcome::Kept(receipt),
                Some(_) => Outcome::Differs,
                None => Outcome::Refused(refused),
            })
        }
    }
}

/// The channel of a code, if staff enter answers of it.
fn entered(code: &str) -> Option<Channel> {
    code.parse().ok().filter(|channel| Channel::ENTERED.contains(channel))
}

/// A home of the sample whose answers are entered.
struct OfHome {
    id: i64,
    /// Its reference and whom to ask for.
    name: String,
}

/// Whose answers are entered, or where to find that out first.
enum Sampled {
    /// The home; none where the survey has no sample.
    Home(Option<OfHome>),
    Elsewhere(Reply),
}

/// The home that the address or the form names, where the survey has a sample.
async fn sampled(req: &Req, asked: &Asked, named: Option<&str>) -> Result<Sampled, PageError> {
    let (id, mut tx) = (asked.survey.id, req.app.db.read().await?);
    if !sample::exists(&mut tx, id).await? {
        return Ok(Sampled::Home(None));
    }
    let Some(named) = named.and_then(|words| words.parse().ok()) else {
        return Ok(Sampled::Elsewhere(Reply::redirect(format!("/staff/surveys/{id}/sample/homes"))));
    };
    let home = sample::store::homes::find(&mut tx, id, named).await?.ok_or(PageError::NotFound)?;
    let household = residents::find(&mut tx, home.household).await?.ok_or(PageError::NotFound)?;
    let name = format!("{}, {}", household.reference, household.shown_name());
    Ok(Sampled::Home(Some(OfHome { id: home.id, name })))
}

/// The next empty form, or the next home where the survey has a sample. The reference is said once, on the page, and stands
/// in no address.
fn next(survey: &Survey, channel: Channel, on: NaiveDate, of_sample: bool, receipt: &Receipt) -> Reply {
    if of_sample {
        let said = format!(
            "The answers are kept. Their reference is {}: give it to the person if they want one",
            receipt.reference
        );
        let onward = match channel {
            Channel::Telephone => "calls".to_owned(),
            _ => format!("sample/homes?{}", way(channel, on)),
        };
        return Reply::redirect(format!("/staff/surveys/{}/{onward}", survey.id)).saying(said);
    }
    let said = format!(
        "The answers are kept. Their reference is {}: give it to the person if they want one. You can enter another now",
        receipt.reference
    );
    Reply::redirect(format!("/staff/surveys/{}/enter?{}", survey.id, way(channel, on))).saying(said)
}

/// The part of an address that says how and when somebody answered.
fn way(channel: Channel, on: NaiveDate) -> String {
    format!("by={}&on={on}", channel.code())
}

/// The same to hang on to an address, from what another one said; empty where it did not say both.
pub(super) fn how(by: Option<&str>, on: Option<NaiveDate>) -> String {
    by.and_then(entered).zip(on).map(|(channel, on)| format!("&{}", way(channel, on))).unwrap_or_default()
}

pub(super) fn in_words(refused: &Refused, survey: &Survey) -> String {
    let (first, last) = (clock::day(survey.first_day()), clock::day(survey.last_day()));
    match refused {
        Refused::NotOpenYet => format!("The survey takes answers from {first}"),
        Refused::ResultsPublished => "The results are published, so no more answers can be added to them".to_owned(),
        Refused::InFuture => "The day must be today or earlier".to_owned(),
        Refused::BeforeOpening => {
            format!("The first day of the survey is {first}. Answers from before it do not count")
        }
        Refused::AfterClosing => {
            format!("The last day of the survey was {last}. Answers given or received after it do not count")
        }
        Refused::NotKept(submit::Refused::Changed) => {
            "The questions were changed meanwhile. Look at the answers again, then keep them".to_owned()
        }
        Refused::HomeSpent => {
            "Somebody of this home has answered already, so these answers were not added. Each home counts once"
                .to_owned()
        }
        Refused::HomeNeeded => "This survey has a sample. Find the home first, then enter its answers".to_owned(),
        Refused::NotEntered | Refused::NotKept(_) => "The answers were not kept. Please send them again".to_owned(),
    }
}

/// The page of a survey that takes no entries.
fn closed(survey: Survey, why: String) -> Page {
    Page::staff("Enter answers", move || {
        view! {
            {back(&survey)}
            {heading(&survey)}
            <div class="govuk-inset-text">{why}"."</div>
        }
    })
}

fn back(survey: &Survey) -> AnyView {
    view! { <a class="govuk-back-link" href=format!("/staff/surveys/{}", survey.id)>"Back to the survey"</a> }
        .into_any()
}

fn heading(survey: &Survey) -> AnyView {
    view! { <div class="ds-heading"><h1><span class="ds-heading__caption">{survey.title.clone()}</span>" Enter answers"</h1></div> }
        .into_any()
}

/// The form. `how` is the way and the day that stand already, which then fold away so that the next key leads to the
/// first question.
fn page(
    asked: Asked,
    form: Form,
    key: String,
    how: Option<(Channel, NaiveDate)>,
    home: Option<OfHome>,
    now: DateTime<Utc>,
) -> Page {
    let error_form = form.clone();
    Page::staff("Enter answers", move || {
        let survey = &asked.survey;
        let told = form.value("by") == Channel::Telephone.code();
        view! {
            {back(survey)}
            {ui::error_summary(&form)}
            {heading(survey)}
            {home.as_ref().map(of_home)}
            {how.is_none().then(|| rules(survey, now, home.is_some()))}
            <form method="post" action=format!("/staff/surveys/{}/enter", survey.id) novalidate>
                {ui::carried("key", key)}
                {home.as_ref().map(|home| ui::carried("home", home.id.to_string()))}
                {way_and_day(&form, how)}
                <section class="ds-section">
                    <h2>"The answers"</h2>
                    {questions(&asked, &form, told)}
                    {ui::button("Keep these answers")}
                </section>
            </form>
        }
    })
    .with_form(&error_form)
}

/// Whose answers are entered, which is kept nowhere with them.
fn of_home(home: &OfHome) -> AnyView {
    let words = format!(
        "The answers of {}. It is noted that this home has answered, and kept apart from what it answered.",
        home.name
    );
    view! { <div class="govuk-inset-text">{words}</div> }.into_any()
}

/// What whoever enters should know before the first one.
fn rules(survey: &Survey, now: DateTime<Utc>, of_sample: bool) -> AnyView {
    let (first, last) = (clock::day(survey.first_day()), clock::day(survey.last_day()));
    let verb = if now < survey.closes_at { "counts" } else { "counted" };
    let days = format!(
        "What people answer from {first} to {last} {verb}. You can enter it until the results of the survey are published."
    );
    let links = (survey.access == Access::Personal && !of_sample).then(|| {
        view! { <p>"This survey is for people who were sent a personal link. Enter answers only of somebody who was asked and has not used their link: nobody can see who has answered, so nothing stops the same person being counted twice."</p> }
    });
    view! {
        <p class="ds-lead">"For somebody who tells you their answers, or who filled in a paper form."</p>
        <p>{days}</p>
        {links}
        {(!of_sample).then(|| many_forms(survey))}
        <p>"Neither the person’s name, nor yours, nor the time of day is kept with the answers. The log of changes says that you entered answers on this day, with the time of the first, and holds none of the answers."</p>
    }
    .into_any()
}

/// That many paper forms go faster together.
fn many_forms(survey: &Survey) -> AnyView {
    view! {
        <p>"Many paper forms are easier to enter as a "<a href=format!("/staff/surveys/{}/batches", survey.id)>"batch"</a>", of which somebody else checks a share."</p>
    }
    .into_any()
}

fn way_and_day(form: &Form, how: Option<(Channel, NaiveDate)>) -> AnyView {
    let channels = Channel::ENTERED.map(|channel| (channel.code(), channel.name()));
    let fields = view! {
        {ui::radios(form, "by", "How the person answered", channels).view()}
        {ui::day(form, "on", "The day they answered", "For a paper form, the day you received it.")}
    };
    let Some((channel, on)) = how else { return fields.into_any() };
    // The focus begins here, unless the summary of errors has it, or the button that was pressed.
    let begins = form.is_valid() && form.value("step").is_empty();
    let words = format!("{}, {}: change this", channel.name(), clock::day(on));
    view! {
        <details class="govuk-details">
            <summary class="govuk-details__summary" autofocus=begins><span class="govuk-details__summary-text">{words}</span></summary>
            <div class="govuk-details__text">{fields}</div>
        </details>
    }
    .into_any()
}
