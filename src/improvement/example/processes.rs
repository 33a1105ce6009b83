//! The process model with its owners and groups, the selection of the year, and training.

use super::Scene;
use crate::app::App;
use crate::db::{self, Tx};
use crate::improvement::group::{Basis, Meeting};
use crate::improvement::owner::Appointment;
use crate::improvement::process::Words;
use crate::improvement::selection::NewSelection;
use crate::improvement::store::{groups, owners, processes, selections, training};
use crate::improvement::training::{Attended, Audience};
use crate::improvement::year::Year;
use crate::standards;

/// A process: its name, what it is a part of, where it begins and ends, department, and the addresses of its standards.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static [&'static str]);

const PROCESSES: &[Row] = &[
    ("Looking after homes", "", "Everything that keeps a home safe, dry and warm", "Homes", &[]),
    (
        "Routine repairs",
        "Looking after homes",
        "From the day a repair is reported until the resident says that it is done",
        "Homes",
        &["routine-repairs", "appointments-kept", "fixed-first-visit"],
    ),
    (
        "Emergency repairs",
        "Looking after homes",
        "From the call until nobody is in danger",
        "Homes",
        &["emergency-repairs"],
    ),
    (
        "Damp and mould",
        "Looking after homes",
        "From the first report until the home has been dry for six months",
        "Homes",
        &["damp-inspected"],
    ),
    (
        "Adapting homes",
        "Looking after homes",
        "From asking for an adaptation until it is used",
        "Homes",
        &["minor-adaptations", "adaptation-decisions"],
    ),
    (
        "Letting homes",
        "",
        "From the day a home is given back until somebody has settled in",
        "Neighbourhoods",
        &["relet-standard", "new-tenant-contact", "applications-decided"],
    ),
    ("Looking after estates", "", "Everything outside the front door", "Neighbourhoods", &[]),
    (
        "Cleaning shared areas",
        "Looking after estates",
        "From the round to the inspection",
        "Neighbourhoods",
        &["cleaning-grade", "windows-on-schedule"],
    ),
    (
        "Cutting grass and hedges",
        "Looking after estates",
        "From March to October, round by round",
        "Neighbourhoods",
        &["grass-cut"],
    ),
    (
        "Anti-social behaviour",
        "Looking after estates",
        "From the first report until the person who reported it agrees that it is over",
        "Neighbourhoods",
        &["threats-same-day", "asb-contact"],
    ),
    ("Being there for residents", "", "Every way in which somebody reaches us", "Customer service", &[]),
    (
        "Answering calls",
        "Being there for residents",
        "From the first ring until the caller has an answer",
        "Customer service",
        &["calls-answered", "call-backs-kept"],
    ),
    ("Answering letters by fax", "Being there for residents", "From the fax to the reply", "Customer service", &[]),
];

/// Who owns what, since how many days.
const OWNERS: &[(&str, &str, i64)] = &[
    ("Routine repairs", "manager", 240),
    ("Damp and mould", "manager", 400),
    ("Letting homes", "equality", 300),
    ("Cleaning shared areas", "administrator", 150),
    ("Answering calls", "officer", 230),
];

/// What was selected: process, objective, why.
const SELECTED: &[(&str, &str, &str)] = &[
    (
        "Routine repairs",
        "Every home in good repair",
        "The share of repairs finished in time has fallen for three quarters, and repairs are what residents write to us about most.",
    ),
    (
        "Answering calls",
        "Easy to reach",
        "One caller in five waits longer than a minute. In the focus group callers said that this costs them money.",
    ),
    (
        "Cleaning shared areas",
        "Neighbourhoods people are proud of",
        "Fewer blocks reach grade B than a year ago, while our cleaning costs more than our neighbours pay.",
    ),
    (
        "Letting homes",
        "Fair for everybody",
        "Applicants who asked for support waited longer for a decision than others.",
    ),
];

pub(super) async fn load(app: &App, tx: &mut Tx, scene: &mut Scene) -> Result<(), db::Error> {
    for (name, above, description, department, slugs) in PROCESSES {
        let mut measures = Vec::new();
        for slug in *slugs {
            measures.extend(standards::find_published_by_slug(tx, slug).await?.map(|standard| standard.id));
        }
        let words = Words {
            parent: scene.processes.get(above).copied(),
            name: (*name).into(),
            description: (*description).into(),
            department: (*department).into(),
            measures,
        };
        if let Some(id) = processes::insert(tx, &words, scene.ago(400)).await? {
            processes::replace_measures(tx, id, &words.measures).await?;
            scene.processes.insert(name, id);
        }
    }
    let fax = scene.process("Answering letters by fax")?;
    processes::archive(tx, fax, scene.ago(90), "Nobody has sent a fax for two years.").await?;
    own(tx, scene).await?;
    select(tx, scene).await?;
    gather(tx, scene).await?;
    train(app, tx, scene).await
}

async fn own(tx: &mut Tx, scene: &Scene) -> Result<(), db::Error> {
    // The repairs were handed over once.
    let (repairs, by) = (scene.process("Routine repairs")?, scene.person("administrator")?);
    let appointment = |process, account, days: i64| Appointment {
        process,
        account,
        in_management_team: true,
        from_on: scene.day(-days),
        hand_over: String::new(),
        instead_of: None,
    };
    owners::insert(tx, &appointment(repairs, by, 420), by, scene.ago(420)).await?;
    if let Some(first) = owners::current(tx, repairs).await? {
        let handed = "The talks with the second firm about roofs, and the list of homes that have waited longest. The panel wants to hear about both in its next meeting.";
        owners::end(tx, first.owner_id, scene.day(-240), handed).await?;
    }
    for (process, person, days) in OWNERS {
        let new = appointment(scene.process(process)?, scene.person(person)?, *days);
        owners::insert(tx, &new, by, scene.ago(*days)).await?;
    }
    Ok(())
}

async fn select(tx: &mut Tx, scene: &Scene) -> Result<(), db::Error> {
    let year = Year::of(scene.today);
    selections::take_turn(tx, year).await?;
    for (process, objective, rationale) in SELECTED {
        let new = NewSelection {
            year,
            process: scene.process(process)?,
            rationale: (*rationale).into(),
            objective: (*objective).into(),
            decided_on: scene.day(-225),
            approved_by: scene.person("administrator")?,
        };
        selections::insert(tx, &new, scene.person("officer")?, scene.ago(224)).await?;
    }
    Ok(())
}

async fn gather(tx: &mut Tx, scene: &Scene) -> Result<(), db::Error> {
    let groups_of = [
        ("Routine repairs", Basis::FunctionalTeam, 2, ["Rosa Brickley", "Tom Gutterman", "Una Plank"]),
        ("Answering calls", Basis::Volunteers, 3, ["Dot Ringer", "Ned Listen", "Percy Quickword"]),
    ];
    for (name, basis, residents, members) in groups_of {
        let process = scene.process(name)?;
        groups::save(tx, process, basis, residents, scene.ago(200)).await?;
        for member in members {
            groups::insert_member(tx, process, member, scene.day(-200)).await?;
        }
    }
    let calls = scene.process("Answering calls")?;
    let by = scene.person("officer")?;
    for (days, residents, notes) in [
        (
            160,
            3,
            "We listened to ten calls that had waited. Most came between 11 and 2, when half the team is at lunch.\n\nAgreed: the rota follows the calls. The residents will try the new menu before it is switched on.",
        ),
        (
            48,
            2,
            "Ringing back works: 95 in 100 are rung back the same day. Letters are what callers ask about most now.\n\nAgreed: the twelve letters that cause most calls are written in plain words.",
        ),
    ] {
        let meeting = Meeting { held_on: scene.day(-days), residents, notes: notes.into() };
        groups::insert_meeting(tx, calls, &meeting, by, scene.ago(days)).await?;
    }
    Ok(())
}

async fn train(app: &App, tx: &mut Tx, scene: &Scene) -> Result<(), db::Error> {
    let now = app.clock.now();
    let owners = training::insert_course(tx, "Owning a process", Audience::Owners, Some(24), now).await?;
    let leads = training::insert_course(tx, "Small steps: leading an improvement", Audience::Leads, None, now).await?;
    // The equality lead's training has run out; the administrator has had none yet.
    for (course, person, held, expires) in [
        (owners, "manager", -210, Some(520)),
        (owners, "officer", -690, Some(40)),
        (owners, "equality", -800, Some(-70)),
        (leads, "analyst", -120, None),
    ] {
        let attended = Attended {
            course_id: course,
            account_id: scene.person(person)?,
            held_on: scene.day(held),
            expires_on: expires.map(|days| scene.day(days)),
        };
        training::insert(tx, &attended, scene.person("administrator")?, scene.ago(-held)).await?;
    }
    Ok(())
}
