//! Two plans under way: activities, evidence, and reports that are approved, sent back and waiting.

use chrono::Datelike as _;

use super::Scene;
use crate::app::App;
use crate::db::{self, Tx};
use crate::files;
use crate::improvement::activity::{Way, Wording};
use crate::improvement::evidence::{NewEvidence, Proof};
use crate::improvement::measured::Measured;
use crate::improvement::plan::PlanId;
use crate::improvement::sign_off::{Decision, Report};
use crate::improvement::store::{activities, plans, sign_offs};
use crate::thread::id::{AccountId, ActivityId};
use crate::thread::{self, Record};
use crate::{findings, performance, standards};

/// What is done, by which way, on which process, and what it is measured by.
struct Deed {
    what: &'static str,
    way: Way,
    process: Option<&'static str>,
    measure: &'static str,
    standard: Option<&'static str>,
    /// How it is and how it should be.
    from_to: (&'static str, &'static str),
    /// Days from today on which it begins and is due.
    days: (i64, i64),
    resources: &'static str,
    lead: &'static str,
    design: (&'static str, Option<i64>),
    outcome: (&'static str, Option<i64>),
}

const REPAIRS: &[Deed] = &[
    Deed {
        what: "Give roofs and gutters to a second firm",
        way: Way::Selected,
        process: Some("Routine repairs"),
        measure: "Repairs finished within 20 working days",
        standard: Some("routine-repairs"),
        from_to: ("92 in 100", "95 in 100"),
        days: (-200, -35),
        resources: "£18,000 for the first year",
        lead: "manager",
        design: ("Two residents of the group sat with us when the firms were heard", Some(2)),
        outcome: ("", None),
    },
    Deed {
        what: "Pack each van for the jobs of the day",
        way: Way::LineManagement,
        process: Some("Routine repairs"),
        measure: "Repairs mended at the first visit",
        standard: Some("fixed-first-visit"),
        from_to: ("84 in 100", "87 in 100"),
        days: (-180, -14),
        resources: "No additional cost",
        lead: "manager",
        design: ("", None),
        outcome: ("Everybody who had a repair in the last month was asked by text", Some(312)),
    },
    Deed {
        what: "Phone everybody who has waited longer than 20 working days, and give them a day",
        way: Way::Selected,
        process: Some("Routine repairs"),
        measure: "Calls made, and repairs still open after the day given",
        standard: Some("routine-repairs"),
        from_to: ("Nobody is phoned", "Everybody within a week"),
        days: (-50, 45),
        resources: "One person for two mornings a week",
        lead: "analyst",
        design: ("The group’s residents wrote what is said in the call", Some(2)),
        outcome: ("Asked in the call itself whether the day suits", Some(64)),
    },
];

const CALLS: &[Deed] = &[
    Deed {
        what: "Offer to ring back after one minute",
        way: Way::Selected,
        process: Some("Answering calls"),
        measure: "Calls answered within 60 seconds",
        standard: Some("calls-answered"),
        from_to: ("77 in 100", "85 in 100"),
        days: (-220, -60),
        resources: "£4,300 for the telephone system",
        lead: "officer",
        design: ("Callers in the queue were asked what would help", Some(41)),
        outcome: ("Callers who were rung back said how it went", Some(118)),
    },
    Deed {
        what: "Let the rota follow the calls: six people between 11 and 2",
        way: Way::Selected,
        process: Some("Answering calls"),
        measure: "Calls answered within 60 seconds, hour by hour",
        standard: Some("calls-answered"),
        from_to: ("71 in 100 at noon", "85 in 100 at noon"),
        days: (-90, 30),
        resources: "No additional cost",
        lead: "officer",
        design: ("Three residents of the group listened to ten calls with us", Some(3)),
        outcome: ("", None),
    },
    Deed {
        what: "Teach everybody on the telephones to book a repair",
        way: Way::LineManagement,
        process: None,
        measure: "Callers who are put through to somebody else",
        standard: None,
        from_to: ("38 in 100", "10 in 100"),
        days: (-120, -12),
        resources: "Half a day for each of eleven people",
        lead: "officer",
        design: ("", None),
        outcome: ("", None),
    },
    Deed {
        what: "Write the twelve letters that cause most calls in plain words",
        way: Way::Project,
        process: None,
        measure: "Calls about a letter in the week after it is sent",
        standard: None,
        from_to: ("210 a month", "100 a month"),
        days: (20, 200),
        resources: "£1,500 for testing with readers",
        lead: "officer",
        design: ("Six residents will read each letter aloud before it is sent", Some(6)),
        outcome: ("", None),
    },
];

pub(super) async fn load(app: &App, tx: &mut Tx, scene: &Scene) -> Result<(), db::Error> {
    let (manager, officer) = (scene.person("manager")?, scene.person("officer")?);
    let (repairs, of_repairs) = open(tx, scene, manager, REPAIRS).await?;
    let (calls, of_calls) = open(tx, scene, officer, CALLS).await?;
    review(
        tx,
        scene,
        repairs,
        manager,
        37,
        "The second firm has started. Two joiners are still missing, so that the figures have not turned yet.",
    )
    .await?;
    review(
        tx,
        scene,
        calls,
        officer,
        6,
        "Ringing back is done. The training is late because two people were ill; it ends next month.",
    )
    .await?;
    if let [roofs, vans, ..] = of_repairs.as_slice() {
        sent_back(app, tx, scene, *roofs).await?;
        waiting(tx, scene, *vans).await?;
    }
    if let [ring, ..] = of_calls.as_slice() {
        approved(tx, scene, *ring).await?;
    }
    Ok(())
}

/// Opens a plan that began eight months ago, and adds its activities one version at a time.
async fn open(
    tx: &mut Tx,
    scene: &Scene,
    owner: AccountId,
    deeds: &[Deed],
) -> Result<(PlanId, Vec<ActivityId>), db::Error> {
    let begins = scene.day(-240);
    let plan = plans::insert(tx, owner, begins.with_day(1).unwrap_or(begins), scene.ago(222)).await?;
    review(tx, scene, plan, owner, 222, "The plan is opened.").await?;
    let mut all = Vec::new();
    for (days, deed) in (1..).zip(deeds) {
        let wording = word(tx, scene, deed).await?;
        let number = plans::take_number(tx, plan).await?.unwrap_or_default();
        let words = format!("Added: {}", deed.what);
        let version = plans::insert_version(tx, plan, number, false, &words, owner, scene.ago(222 - days)).await?;
        let id = activities::insert(tx, plan).await?;
        activities::insert_version(tx, id, version, &wording).await?;
        all.push(id);
    }
    Ok((plan, all))
}

async fn word(tx: &mut Tx, scene: &Scene, deed: &Deed) -> Result<Wording, db::Error> {
    let standard = match deed.standard {
        Some(slug) => standards::find_published_by_slug(tx, slug).await?,
        None => None,
    };
    Ok(Wording {
        way: deed.way,
        process_id: deed.process.map(|name| scene.process(name)).transpose()?,
        what: deed.what.into(),
        measure: deed.measure.into(),
        standard_id: standard.map(|standard| standard.id),
        baseline: deed.from_to.0.into(),
        target: deed.from_to.1.into(),
        starts_on: scene.day(deed.days.0),
        due_on: scene.day(deed.days.1),
        resources: deed.resources.into(),
        lead_id: scene.person(deed.lead)?,
        design_how: deed.design.0.into(),
        design_count: deed.design.1,
        delivery_how: String::new(),
        delivery_count: None,
        outcome_how: deed.outcome.0.into(),
        outcome_count: deed.outcome.1,
        stopped_reason: String::new(),
    })
}

async fn review(
    tx: &mut Tx,
    scene: &Scene,
    plan: PlanId,
    by: AccountId,
    days: i64,
    words: &str,
) -> Result<(), db::Error> {
    let number = plans::take_number(tx, plan).await?.unwrap_or_default();
    plans::insert_version(tx, plan, number, true, words, by, scene.ago(days)).await.map(|_| ())
}

/// The oldest and the newest three months of the activity's standard, as anybody may know them.
async fn measured(tx: &mut Tx, scene: &Scene, activity: ActivityId) -> Result<(Measured, i64), db::Error> {
    let missing = || db::Error::Corrupt { table: "improvement_activities", column: "activity_id" };
    let found = activities::find(tx, activity).await?.ok_or_else(missing)?;
    let quarters = match found.wording.standard_id {
        Some(id) => performance::quarters_for(tx, id, scene.today).await?,
        None => Vec::new(),
    };
    let measured = match (quarters.last(), quarters.first()) {
        (Some(before), Some(after)) => Measured::of(before, after),
        _ => Measured { before: "Not counted".into(), after: "Not counted".into(), moved: String::new() },
    };
    Ok((measured, found.activity_version_id))
}

fn report(measured: Measured, action_taken: &str, resident_view: &str, lessons: &str) -> Report {
    Report {
        action_taken: action_taken.into(),
        no_improvement: None,
        measured,
        resident_view: resident_view.into(),
        cost_pounds: None,
        savings_pounds: None,
        lessons: lessons.into(),
        public: None,
    }
}

async fn attach(
    tx: &mut Tx,
    scene: &Scene,
    activity: ActivityId,
    title: &str,
    proof: Proof,
    (by, days): (AccountId, i64),
) -> Result<(), db::Error> {
    if let Proof::Record(record) = proof {
        thread::connect(tx, record, Record::Activity(activity), scene.ago(days)).await?;
    }
    let new = NewEvidence { activity, title: title.into(), proof };
    activities::insert_evidence(tx, &new, by, scene.ago(days)).await
}

async fn sent_back(app: &App, tx: &mut Tx, scene: &Scene, activity: ActivityId) -> Result<(), db::Error> {
    let (author, approver) = (scene.person("manager")?, scene.person("administrator")?);
    let table = b"month,roofs,gutters,in time\n1,21,34,47\n2,26,31,51\n3,19,40,55\n".to_vec();
    let refused = db::Error::Corrupt { table: "files", column: "file_id" };
    let kept =
        files::keep_document(app, tx, "roofs-and-gutters.csv", table, Some(author)).await.map_err(|_| refused)?;
    attach(tx, scene, activity, "Roofs and gutters by month", Proof::File(kept.file_id), (author, 31)).await?;
    let (measured, version) = measured(tx, scene, activity).await?;
    let report = Report {
        no_improvement: Some("Two joiners left in the same months, so that all other repairs became slower.".into()),
        cost_pounds: Some(18_000),
        ..report(
            measured,
            "A second firm has done all roofs and gutters since the summer.",
            "Nobody was asked yet.",
            "One more firm does not help where our own people are missing.",
        )
    };
    let sent = sign_offs::insert(tx, activity, version, &report, author, scene.ago(30)).await?;
    if let Some(id) = sent {
        let reasons =
            "Say how the new firm does by itself: the table has it. And ask some of the people whose roof was mended.";
        sign_offs::decide(tx, id, Decision::SentBack, reasons, approver, scene.ago(26)).await?;
    }
    Ok(())
}

async fn waiting(tx: &mut Tx, scene: &Scene, activity: ActivityId) -> Result<(), db::Error> {
    let author = scene.person("manager")?;
    if let Some(standard) = standards::find_published_by_slug(tx, "fixed-first-visit").await? {
        let proof = Proof::Record(Record::Standard(standard.id));
        attach(tx, scene, activity, "The promise with its figures", proof, (author, 5)).await?;
    }
    let (measured, version) = measured(tx, scene, activity).await?;
    let report = Report {
        cost_pounds: Some(0),
        savings_pounds: Some(9_400),
        ..report(
            measured,
            "Each evening the van is packed for the jobs of the next day, with the ten parts that were missing most.",
            "Of 312 people asked by text, 251 said that it was mended at the first visit.",
            "The list of missing parts came from the people in the vans, and it was short.",
        )
    };
    sign_offs::insert(tx, activity, version, &report, author, scene.ago(4)).await.map(|_| ())
}

async fn approved(tx: &mut Tx, scene: &Scene, activity: ActivityId) -> Result<(), db::Error> {
    let (author, approver) = (scene.person("officer")?, scene.person("manager")?);
    let told = findings::latest_published(tx, 100).await?.into_iter().find(|one| one.slug.starts_with("we-ring-back"));
    if let Some(finding) = told {
        let proof = Proof::Record(Record::Finding(finding.id));
        attach(tx, scene, activity, "What residents read about it", proof, (author, 52)).await?;
    }
    let link = Proof::Link("https://larkfield.example.org/ringing-back".into());
    attach(tx, scene, activity, "How the telephone offers to ring back", link, (author, 51)).await?;
    let (measured, version) = measured(tx, scene, activity).await?;
    let report = Report {
        cost_pounds: Some(4_300),
        ..report(
            measured,
            "After one minute the telephone offers to ring back, at any hour. Whoever agrees keeps their place.",
            "118 people who were rung back were asked; 103 would choose it again.",
            "People trust it once it has rung them back in time. The first week decides.",
        )
    };
    let sent = sign_offs::insert(tx, activity, version, &report, author, scene.ago(50)).await?;
    if let Some(id) = sent {
        let words = "Clear, and the evidence is there. Thank you.";
        sign_offs::decide(tx, id, Decision::Approved, words, approver, scene.ago(47)).await?;
    }
    Ok(())
}
