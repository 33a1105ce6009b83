//! The audit of the example landlord's last year, all invented: a plan that is closed, four reports, three of them drawn, two findings, one answer and one action.

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveTime, Utc};

use super::act::{ActError, NewAction};
use super::audit::{Assurance, Audit, AuditId, Head, Item, Kind, NewTest, Strata, Verdict};
use super::draw::choose;
use super::finding::{NewFinding, NewResponse, Weight};
use super::open::population;
use super::store::{audits, findings, verdicts};
use crate::app::App;
use crate::db::{self, Tx};
use crate::files;
use crate::improvement::activity::{Way, Wording};
use crate::improvement::evidence::{NewEvidence, Proof};
use crate::improvement::measured::Measured;
use crate::improvement::sign_off::{Decision, Report};
use crate::improvement::store::{activities, plans, sign_offs};
use crate::improvement::year::Year;
use crate::plans::deadline::Span;
use crate::plans::month::Month;
use crate::plans::word_action::Words;
use crate::thread::id::AccountId;

/// Who does what in the example.
pub struct Cast {
    /// Whose plan it is.
    pub owner: AccountId,
    /// Who approves the reports, and answers the audit.
    pub manager: AccountId,
    pub auditor: AccountId,
}

/// What was done, what shows it before and after, and what was learnt.
const DONE: &[(&str, Way, &str, &str, &str)] = &[
    (
        "Send a text the day before a visit",
        Way::LineManagement,
        "Nobody at home: 61 of 540 visits (11.3%)",
        "Nobody at home: 29 of 556 visits (5.2%)",
        "A text at six in the evening is read; one at noon is not.",
    ),
    (
        "Show how long an answer by e-mail takes",
        Way::LineManagement,
        "Answered in five days: 312 of 420 (74.3%)",
        "Answered in five days: 351 of 433 (81.1%)",
        "A date is worth more than an apology.",
    ),
    (
        "Print the figures of each estate for its notice board",
        Way::Project,
        "Residents who know the figures: 9 of 80",
        "Residents who know the figures: 12 of 74",
        "A board is read where people wait, and nowhere else.",
    ),
    (
        "Ask everybody who complains what would have helped",
        Way::Project,
        "Asked: 4 of 61 (6.6%)",
        "Asked: 48 of 57 (84.2%)",
        "People answer when the person who mended it asks.",
    ),
];

/// Adds last year's plan with its reports, and the audit of it.
///
/// # Errors
/// When the database refuses.
pub async fn load(app: &App, tx: &mut Tx, cast: &Cast) -> Result<(), db::Error> {
    let today = app.clock.today();
    let year = Year::of(today).previous();
    let begins = i32::try_from(year.0).ok().and_then(|year| NaiveDate::from_ymd_opt(year, 4, 1)).unwrap_or(today);
    let at = |days: u64| noon(begins.checked_add_days(Days::new(days)).unwrap_or(begins)).min(app.clock.now());
    let plan = plans::insert(tx, cast.owner, begins, at(3)).await?;
    let number = plans::take_number(tx, plan).await?.unwrap_or_default();
    plans::insert_version(tx, plan, number, true, "The plan is opened.", cast.owner, at(3)).await?;
    for (count, (what, way, before, after, lesson)) in (1_u64..).zip(DONE) {
        let number = plans::take_number(tx, plan).await?.unwrap_or_default();
        let words = format!("Added: {what}");
        let version = plans::insert_version(tx, plan, number, false, &words, cast.owner, at(4 + count)).await?;
        let activity = activities::insert(tx, plan).await?;
        activities::insert_version(tx, activity, version, &wording(cast, what, *way, begins)).await?;
        let worded = activities::find(tx, activity).await?.map(|one| one.activity_version_id).unwrap_or_default();
        let proof = match count {
            1 => {
                let table = b"week,visits,nobody at home\n1,139,7\n2,141,8\n3,137,6\n4,139,8\n".to_vec();
                let refused = db::Error::Corrupt { table: "files", column: "file_id" };
                let kept = files::keep_document(app, tx, "visits-by-week.csv", table, Some(cast.owner)).await;
                Proof::File(kept.map_err(|_| refused)?.file_id)
            }
            _ => Proof::Link(format!("https://larkfield.example.org/improvement/{count}")),
        };
        let evidence = NewEvidence { activity, title: format!("What was counted: {}", what.to_lowercase()), proof };
        activities::insert_evidence(tx, &evidence, cast.owner, at(60 * count)).await?;
        let report = Report {
            action_taken: format!("{what}: done since {}.", crate::clock::day(begins)),
            no_improvement: (count == 3).then(|| "Three more of 74 is too few to say.".to_owned()),
            measured: Measured { before: (*before).into(), after: (*after).into(), moved: String::new() },
            resident_view: "Nine residents of the panel were asked, and seven found it better.".into(),
            cost_pounds: Some(0),
            savings_pounds: None,
            lessons: (*lesson).into(),
            public: None,
        };
        let sent = sign_offs::insert(tx, activity, worded, &report, cast.owner, at(60 * count + 20)).await?;
        if let Some(id) = sent {
            sign_offs::decide(tx, id, Decision::Approved, "Agreed.", cast.manager, at(60 * count + 25)).await?;
        }
    }
    let number = plans::take_number(tx, plan).await?.unwrap_or_default();
    plans::insert_version(tx, plan, number, false, "Closed: the year is over", cast.owner, at(362)).await?;
    plans::close(tx, plan, "The year is over", at(362)).await?;
    audit(app, tx, cast, year, at(380)).await
}

fn noon(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default()).and_utc()
}

fn wording(cast: &Cast, what: &str, way: Way, begins: NaiveDate) -> Wording {
    Wording {
        way,
        process_id: None,
        what: what.into(),
        measure: "Counted by hand in four weeks before and four weeks after".into(),
        standard_id: None,
        baseline: "As counted before".into(),
        target: "Half of what is wrong".into(),
        starts_on: begins,
        due_on: begins.checked_add_days(Days::new(300)).unwrap_or(begins),
        resources: "No additional cost".into(),
        lead_id: cast.owner,
        design_how: "The panel was asked what to try first".into(),
        design_count: Some(9),
        delivery_how: String::new(),
        delivery_count: None,
        outcome_how: "The panel was asked again".into(),
        outcome_count: Some(9),
        stopped_reason: String::new(),
    }
}

async fn audit(app: &App, tx: &mut Tx, cast: &Cast, year: Year, at: DateTime<Utc>) -> Result<(), db::Error> {
    let candidates = population(tx, year, Strata::Way).await?;
    let audit = Audit {
        id: AuditId(0),
        year,
        scope: "Whether last year’s improvements were made, shown and written down as the policy asks, and what is left to gain.".into(),
        strata: Strata::Way,
        seed: format!("Larkfield {year}"),
        opened_by: cast.auditor,
        opened_at: at,
        assurance: None,
        conclusion: String::new(),
        finished_by: None,
        finished_at: None,
        withdrawn_at: None,
        withdrawn_reason: String::new(),
    };
    let reports = choose(&audit.seed, &candidates, Kind::Report, 3);
    let plans = choose(&audit.seed, &candidates, Kind::Plan, 1);
    let id = audits::insert(tx, &audit).await?;
    for ((candidate, report), plan) in candidates.iter().zip(reports).zip(plans) {
        audits::insert_item(tx, id, candidate, report.or(plan)).await?;
    }
    let drawn: Vec<Item> = audits::list_items(tx, id).await?.into_iter().filter(|item| item.place.is_some()).collect();
    for item in &drawn {
        for test in tests(item.of.drawn.kind()) {
            verdicts::insert(tx, item.id, &test, cast.auditor, at).await?;
        }
    }
    let found = [
        NewFinding {
            weight: Weight::Medium,
            item: drawn.last().map(|item| item.id),
            found: "The plan was looked at as a whole once, when it was opened. The policy asks for every month.".into(),
            recommendation: "Put the monthly look at each plan into the diary of its owner, and tell the board which were missed.".into(),
        },
        NewFinding {
            weight: Weight::Low,
            item: None,
            found: "The measure after was counted in four weeks only, so that a change of the season shows as an improvement.".into(),
            recommendation: "Count the measure after in the same months as the measure before.".into(),
        },
    ];
    let mut ids = Vec::new();
    for new in &found {
        ids.push(findings::insert(tx, id, new, cast.auditor, at).await?);
    }
    let words =
        "The improvements are real and most are shown by figures. What is kept about them is not always complete.";
    audits::finish(tx, id, Assurance::Reasonable, words, cast.auditor, at).await?;
    if let Some(first) = ids.first() {
        let today = app.clock.today();
        let due_on = today.checked_add_days(Days::new(90)).unwrap_or(today);
        let response = NewResponse {
            is_agreed: true,
            words: "Each owner gets an entry in the diary for the first Monday of the month; the board reads who missed it.".into(),
            owner: Some(cast.manager),
            due_on: Some(due_on),
        };
        findings::insert_response(tx, *first, &response, cast.manager, at).await?;
        become_action(app, tx, cast, *first, due_on).await?;
    }
    Ok(())
}

fn tests(kind: Kind) -> Vec<NewTest> {
    let test = |head, verdict, words: &str| NewTest { head, verdict, words: words.into() };
    match kind {
        Kind::Report => vec![
            test(
                Head::Performance,
                Verdict::Met,
                "The measure before and after is there with how many stand behind it, counted the same way.",
            ),
            test(
                Head::Standards,
                Verdict::Met,
                "Evidence was attached, and somebody else approved the report within a week.",
            ),
            test(
                Head::Prospects,
                Verdict::Partly,
                "What was learnt is written down, but nobody is named to take it further.",
            ),
        ],
        Kind::Plan => vec![
            test(
                Head::Performance,
                Verdict::Partly,
                "Three of four activities show an improvement; one says honestly that it cannot.",
            ),
            test(Head::Standards, Verdict::NotMet, "The plan was looked at as a whole once in the year."),
            test(Head::Prospects, Verdict::Partly, "Two activities lead to something in this year’s plan, two do not."),
        ],
    }
}

/// The recommendation as an action of a plan beside the main one, under its last objective.
async fn become_action(
    app: &App,
    tx: &mut Tx,
    cast: &Cast,
    finding: crate::thread::id::AuditFindingId,
    due_on: NaiveDate,
) -> Result<(), db::Error> {
    let open = crate::plans::whole::load_all_open(tx, app.clock.today()).await?;
    let Some(whole) = open.iter().find(|whole| !whole.plan.is_main) else { return Ok(()) };
    let Some(objective) = whole.objectives().last() else { return Ok(()) };
    let words = Words {
        objective: objective.objective.id,
        parent: None,
        reference: Some(format!("{}.9", objective.objective.reference)),
        title: "Look at each improvement plan every month".into(),
        measure: "Plans looked at in the last 31 days".into(),
        outcome: String::new(),
        resources: "No additional cost".into(),
        leads: String::new(),
    };
    let due = Month::new(due_on.year(), due_on.month()).map(Span::month);
    let new = NewAction { plan: whole.plan.id, words, due };
    match super::act::act(app, tx, finding, cast.manager, &new).await {
        Ok(_) => Ok(()),
        Err(ActError::Audit(super::error::AuditError::Internal(error))) => Err(error),
        Err(_) => Err(db::Error::Corrupt { table: "improvement_audit_actions", column: "finding_id" }),
    }
}
