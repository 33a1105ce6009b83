//! A record as it stands, in facts that may leave the program: what everybody may read of it, or staff wrote as a report.

use chrono::{Months, NaiveDate};

use super::source::Source;
use crate::db::{self, Tx};
use crate::improvement::sign_off::SignOffId;
use crate::settings::{self, Landlord, small_numbers};
use crate::standards::Published;
use crate::thread::Record;
use crate::thread::id::{ActionId, DecisionId, FindingId, FocusGroupId, ResearchId, StandardId, SurveyId};
use crate::{
    clock, decisions, findings, focus_groups, improvement, mystery_shopping, plans, records, research, standards,
    surveys,
};

/// A record as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stands {
    /// What it is and what it is called.
    pub title: String,
    /// Its page in the workspace.
    pub href: String,
    pub facts: Vec<(&'static str, String)>,
    /// What it says as data: the ending of a file, and its bytes.
    pub data: Vec<(&'static str, Vec<u8>)>,
    /// Keys of the files that belong to it.
    pub files: Vec<String>,
}

/// Reads a record as it stands. None for one that is gone.
///
/// # Errors
/// When the database refuses.
pub async fn read(tx: &mut Tx, source: Source, today: NaiveDate) -> Result<Option<Stands>, db::Error> {
    match source {
        Source::Version(id) => {
            let version = standards::all_history(tx).await?.into_iter().find(|one| one.version_id == id);
            Ok(version.map(|one| standard(&one)))
        }
        Source::Shops(id) => shops(tx, id, today).await,
        Source::SignOff(id) => sign_off(tx, id).await,
        Source::Record(record) => {
            let Some(named) = records::named(tx, record, today).await? else { return other(tx, record).await };
            let mut stands = Stands { title: named.title, href: named.href, ..Stands::default() };
            match record {
                Record::Survey(id) => survey(tx, id, &mut stands).await?,
                Record::FocusGroup(id) => group(tx, id, &mut stands).await?,
                Record::Finding(id) => finding(tx, id, &mut stands).await?,
                Record::Action(id) => action(tx, id, today, &mut stands).await?,
                _ => {}
            }
            Ok(Some(stands))
        }
    }
}

/// The records that are named here alone.
async fn other(tx: &mut Tx, record: Record) -> Result<Option<Stands>, db::Error> {
    match record {
        Record::Decision(id) => decision(tx, id).await,
        Record::Research(id) => entry(tx, id).await,
        _ => Ok(None),
    }
}

fn standard(one: &Published) -> Stands {
    let mut facts = vec![
        ("Area", one.area_name.clone()),
        ("Promise", one.promise.clone()),
        ("Target", one.target_in_words()),
        ("Counted as kept", one.numerator.clone()),
        ("Counted out of", one.denominator.clone()),
        ("Version", one.number.to_string()),
        ("In force from", clock::day(one.effective_from)),
    ];
    facts.extend(one.superseded_on.map(|day| ("Replaced on", clock::day(day))));
    let title = format!("Standard: {}, version {}", one.title, one.number);
    Stands { title, href: format!("/staff/standards/{}", one.id), facts, ..Stands::default() }
}

/// The score of the twelve months up to today, where there are enough shops to say it.
async fn shops(tx: &mut Tx, id: StandardId, today: NaiveDate) -> Result<Option<Stands>, db::Error> {
    let Some(standard) = standards::find_by_id(tx, id).await? else { return Ok(None) };
    let landlord: Landlord = settings::store::find(tx).await?;
    let from = today.checked_sub_months(Months::new(12)).unwrap_or(today);
    let score = mystery_shopping::score_for_standard(tx, id, from, today).await?;
    let facts = vec![
        ("Promise", standard.promise.clone()),
        ("Score", score.reading(&small_numbers::shops(&landlord)).sentence()),
        ("Shops", format!("From {} to {}", clock::day(from), clock::day(today))),
    ];
    let href = format!("/staff/mystery-shopping/standards/{id}");
    Ok(Some(Stands { title: format!("Mystery shops: {}", standard.title), href, facts, ..Stands::default() }))
}

/// An approved report. Nothing is said of one that waits or was sent back.
async fn sign_off(tx: &mut Tx, id: SignOffId) -> Result<Option<Stands>, db::Error> {
    use crate::improvement::sign_off::Decision::Approved;
    let Some(found) = improvement::find_sign_off(tx, id).await? else { return Ok(None) };
    let Some(decided) = found.decided.as_ref().filter(|decided| decided.decision == Approved) else { return Ok(None) };
    let Some(activity) = improvement::find_activity_version(tx, found.activity_version_id).await? else {
        return Ok(None);
    };
    let report = &found.report;
    let mut facts = vec![
        ("What was done", report.action_taken.clone()),
        ("Before", report.measured.before.clone()),
        ("After", report.measured.after.clone()),
        ("Movement", report.measured.moved.clone()),
        ("Why there is no measurable improvement", report.no_improvement.clone().unwrap_or_default()),
        ("What residents say", report.resident_view.clone()),
        ("What was learnt", report.lessons.clone()),
        ("Sent", clock::day(clock::london_day(found.written_at))),
        ("Approved by somebody else", clock::day(clock::london_day(decided.at))),
    ];
    facts.retain(|(_, words)| !words.is_empty());
    let evidence = improvement::list_evidence(tx, found.activity_id).await?;
    let files = evidence.into_iter().filter(|one| one.attached_at <= found.written_at).filter_map(|one| one.file_id);
    let title = format!("Sign-off report: {}", activity.wording.what);
    Ok(Some(Stands { title, href: found.href(), facts, files: files.collect(), ..Stands::default() }))
}

/// What was published of a survey, with the figures as data; nothing of results that are not.
async fn survey(tx: &mut Tx, id: SurveyId, stands: &mut Stands) -> Result<(), db::Error> {
    let Some(published) = surveys::find_published_results(tx, id, None).await? else {
        stands.facts.push(("Results", "Not published yet".into()));
        return Ok(());
    };
    let method = &published.content.method;
    stands.facts.push(("Results", format!("Version {}", published.number)));
    stands.facts.push(("Who answered", method.lead()));
    stands.facts.push(("How", method.sentences().join(" ")));
    if let Ok(bytes) = serde_json::to_vec_pretty(&published.content) {
        stands.data.push(("results.json", bytes));
    }
    Ok(())
}

async fn group(tx: &mut Tx, id: FocusGroupId, stands: &mut Stands) -> Result<(), db::Error> {
    let Some(found) = focus_groups::find_by_id(tx, id).await? else { return Ok(()) };
    stands.facts.push(("Held", found.on()));
    stands.facts.push(("What it was for", found.purpose.clone()));
    if found.heard_published_at.is_some() {
        stands.facts.push(("What was heard", found.heard.clone()));
        stands.facts.push(("What happens next", found.next_steps.clone()));
    }
    Ok(())
}

async fn finding(tx: &mut Tx, id: FindingId, stands: &mut Stands) -> Result<(), db::Error> {
    let Some(found) = findings::find(tx, id).await?.filter(|one| one.published_at.is_some()) else { return Ok(()) };
    stands.facts.extend([
        ("We asked", found.asked.clone()),
        ("You said", found.said.clone()),
        ("Who said it", found.heard_from.clone()),
        ("We decided", found.decision.label().to_owned()),
        ("Why", found.reason.clone()),
        ("We did", found.did.clone()),
        ("Decided on", clock::day(found.decided_on)),
    ]);
    Ok(())
}

async fn action(tx: &mut Tx, id: ActionId, today: NaiveDate, stands: &mut Stands) -> Result<(), db::Error> {
    if let Some(found) = plans::find_action(tx, id, today).await? {
        stands.facts.push(("How it stands", found.word.words().to_owned()));
    }
    for one in plans::list_evidence(tx, id).await?.into_iter().filter(|one| one.withdrawn_on.is_none()) {
        stands.facts.push(("Evidence", format!("{} {}", one.title, one.address).trim().to_owned()));
        stands.files.extend(one.file_id);
    }
    Ok(())
}

async fn decision(tx: &mut Tx, id: DecisionId) -> Result<Option<Stands>, db::Error> {
    let Some(version) = decisions::find_published(tx, id).await? else { return Ok(None) };
    let text = &version.text;
    let mut facts = vec![
        ("What was to be decided", text.question.clone()),
        ("What residents told us", text.views.clone()),
        ("Who said it", text.heard_from.clone()),
        ("What was decided", text.decided.clone()),
        ("Why", text.reasons.clone()),
        ("Who decided", text.body.clone()),
        ("Decided on", clock::day(text.decided_on)),
        ("How it stands to what residents said", text.alignment.label().to_owned()),
        ("Where it differs, and why", text.differs_why.clone()),
        ("Version", version.number.to_string()),
        ("What this version puts right", text.correction.clone()),
    ];
    for choice in &text.choices {
        facts.push(("Option", format!("{}\n{}\n{}", choice.option, choice.residents, choice.outcome.label())));
    }
    facts.retain(|(_, words)| !words.is_empty());
    Ok(Some(Stands {
        title: format!("Decision: {}", text.title),
        href: version.staff_href(),
        facts,
        ..Stands::default()
    }))
}

async fn entry(tx: &mut Tx, id: ResearchId) -> Result<Option<Stands>, db::Error> {
    let Some(found) = research::find(tx, id).await? else { return Ok(None) };
    let mut facts = vec![
        ("Source", found.source.clone()),
        ("Year", found.year.to_string()),
        ("What it found", found.finding.clone()),
        ("Link", found.address.clone()),
    ];
    facts.retain(|(_, words)| !words.is_empty());
    let href = found.href();
    Ok(Some(Stands {
        title: format!("Research: {}", found.title),
        href,
        facts,
        files: found.file_id.into_iter().collect(),
        ..Stands::default()
    }))
}
