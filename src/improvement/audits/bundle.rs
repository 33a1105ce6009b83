//! The evidence bundle of an audit: a ZIP file with all that was drawn from, tested, found, answered and seen later, the reports and plans themselves by version, the files of evidence, and the SHA-256 of each.
//!
//! The same state gives the same bytes. No member of the public is named: names that the program knows are taken out of
//! every text, and a file goes in only when an auditor has read it.

use serde_json::{Value, json};
use sha2::Digest as _;

use super::audit::{Assurance, Audit, Head, Item, Test, counting};
use super::check::{self, AuditFile, names_somebody};
use super::draw::digest;
use super::finding::Whole;
use super::named::PublicNames;
use super::seen::{self, Seen};
use super::store::{audits, findings, verdicts};
use super::zipped;
use crate::app::App;
use crate::clock::{self, london_day};
use crate::db::{self, Tx};
use crate::exchange::csv;
use crate::files;
use crate::improvement::activity::Activity;
use crate::improvement::sign_off::SignOff;
use crate::people::{self, Account};
use crate::random::hex;
use crate::thread::id::AccountId;

/// The media type of a bundle.
pub const CONTENT_TYPE: &str = "application/zip";

/// Why no bundle could be made.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The database refused.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// It could not be packed.
    #[error(transparent)]
    Pack(#[from] ::zip::result::ZipError),
    /// It could not be written as JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// Everything that goes in, with the names to be taken out.
struct Contents {
    audit: Audit,
    items: Vec<Item>,
    tests: Vec<Test>,
    findings: Vec<Whole>,
    people: Vec<Account>,
    public: PublicNames,
    packed: Vec<(String, Vec<u8>)>,
}

/// The bundle of an audit as it stands.
///
/// # Errors
/// When the database refuses or the file cannot be packed.
pub async fn bundle(app: &App, tx: &mut Tx, audit: &Audit) -> Result<Vec<u8>, BundleError> {
    let mut contents = Contents {
        items: audits::list_items(tx, audit.id).await?,
        tests: verdicts::list(tx, audit.id).await?,
        findings: findings::list_whole(tx, audit.id).await?,
        people: people::store::list(tx).await?,
        public: PublicNames::load(tx).await?,
        packed: Vec::new(),
        audit: audit.clone(),
    };
    contents.tables()?;
    for item in contents.items.clone() {
        // What may be said today is not part of it: the bundle of a finished audit stays the same.
        let seen = seen::load(tx, item.of.drawn, london_day(audit.opened_at)).await?;
        let (folder, value) = match &seen {
            Seen::Report(one) => ("reports", contents.report(&one.report, &one.activity)),
            Seen::Plan(one) => {
                let versions: Vec<Value> = one
                    .versions
                    .iter()
                    .map(|version| {
                        json!({
                            "number": version.number, "review": version.is_review, "words": version.words,
                            "by": contents.name(version.written_by), "at": version.written_at,
                        })
                    })
                    .collect();
                let mut by_version = Vec::new();
                for number in 1..=one.version {
                    let all = crate::improvement::store::activities::list(tx, one.plan.id, number).await?;
                    let all: Vec<Value> = all.iter().map(|activity| contents.activity(activity)).collect();
                    by_version.push(json!({ "version": number, "activities": all }));
                }
                (
                    "plans",
                    json!({
                        "plan": one.plan.id, "owner": contents.name(one.plan.account_id), "starts_on": one.plan.starts_on,
                        "version_audited": one.version, "versions": versions, "activities_by_version": by_version,
                    }),
                )
            }
        };
        contents.add_json(&format!("{folder}/{}.json", item.of.drawn.reference()), &value)?;
    }
    contents.evidence(app, tx).await?;
    contents.read_me();
    let mut packed = contents.packed;
    packed.sort();
    let sums: Vec<String> =
        packed.iter().map(|(path, bytes)| format!("{}  {path}\n", hex(&sha2::Sha256::digest(bytes)))).collect();
    packed.push(("SHA256SUMS.txt".to_owned(), sums.concat().into_bytes()));
    Ok(zipped::pack(&packed)?)
}

/// Takes names out of every text of a value.
fn without_names(value: &Value, names: &PublicNames) -> Value {
    match value {
        Value::String(text) => Value::String(names.take_out(text)),
        Value::Array(all) => all.iter().map(|one| without_names(one, names)).collect(),
        Value::Object(all) => {
            Value::Object(all.iter().map(|(key, one)| (key.clone(), without_names(one, names))).collect())
        }
        other => other.clone(),
    }
}

impl Contents {
    fn name(&self, id: AccountId) -> String {
        self.people.iter().find(|one| one.id == id).map(|one| one.name.clone()).unwrap_or_default()
    }

    fn add_json(&mut self, path: &str, value: &Value) -> Result<(), BundleError> {
        let bytes = serde_json::to_vec_pretty(&without_names(value, &self.public))?;
        self.packed.push((path.to_owned(), bytes));
        Ok(())
    }

    fn add_csv(&mut self, path: &str, rows: &[Vec<String>]) {
        let rows = rows.iter().map(|row| row.iter().map(|cell| self.public.take_out(cell)).collect::<Vec<_>>());
        let bytes = csv::write(rows);
        self.packed.push((path.to_owned(), bytes));
    }

    fn activity(&self, activity: &Activity) -> Value {
        let wording = &activity.wording;
        let involved: Vec<Value> = wording
            .involvement()
            .iter()
            .map(|one| json!({ "stage": one.stage, "how": one.how, "residents": one.count }))
            .collect();
        json!({
            "activity": activity.id, "what": wording.what, "way": wording.way.label(), "measure": wording.measure,
            "baseline": wording.baseline, "target": wording.target, "starts_on": wording.starts_on, "due_on": wording.due_on,
            "resources": wording.resources, "lead": self.name(wording.lead_id), "stopped": wording.stopped_reason,
            "involvement": involved,
        })
    }

    fn report(&self, sign_off: &SignOff, activity: &Activity) -> Value {
        let report = &sign_off.report;
        let decided = sign_off.decided.as_ref().map(|one| {
            json!({ "decision": one.decision.label(), "words": one.words, "by": self.name(one.by), "at": one.at })
        });
        json!({
            "report": sign_off.id, "number": sign_off.number, "activity": self.activity(activity),
            "action_taken": report.action_taken, "no_improvement": report.no_improvement,
            "before": report.measured.before, "after": report.measured.after, "moved": report.measured.moved,
            "residents_say": report.resident_view, "cost_pounds": report.cost_pounds, "savings_pounds": report.savings_pounds,
            "lessons": report.lessons, "by": self.name(sign_off.written_by), "at": sign_off.written_at, "decided": decided,
        })
    }

    fn finding(&self, whole: &Whole) -> Value {
        let finding = &whole.finding;
        let item = self.items.iter().find(|item| Some(item.id) == finding.item_id);
        let response = whole.response.as_ref().map(|one| json!({
            "agreed": one.is_agreed, "words": one.words, "owner": one.owner_id.map(|id| self.name(id)), "due_on": one.due_on,
            "by": self.name(one.written_by), "at": one.written_at,
        }));
        let follow_ups: Vec<Value> = whole
            .follow_ups
            .iter()
            .map(|one| {
                json!({
                    "progress": one.progress.label(), "words": one.words, "link": one.address,
                    "by": self.name(one.written_by), "at": one.written_at,
                })
            })
            .collect();
        json!({
            "number": finding.number, "weight": finding.weight.label(), "in": item.map(|item| item.of.drawn.reference()),
            "found": finding.found, "recommendation": finding.recommendation, "by": self.name(finding.written_by),
            "at": finding.written_at, "struck_out": finding.struck_reason, "response": response,
            "action": whole.became.as_ref().map(|one| one.action_id), "follow_ups": follow_ups,
        })
    }

    /// The audit as JSON, and what can be read in a spreadsheet.
    fn tables(&mut self) -> Result<(), BundleError> {
        let audit = self.audit.clone();
        let tests: Vec<Value> = self.tests.iter().map(|test| {
            let item = self.items.iter().find(|item| item.id == test.item_id);
            json!({
                "of": item.map(|item| item.of.drawn.reference()), "test": test.head.label(), "verdict": test.verdict.label(),
                "words": test.words, "by": self.name(test.written_by), "at": test.written_at,
            })
        }).collect();
        let drawn: Vec<String> = self.drawn().map(|item| item.of.drawn.reference()).collect();
        let found: Vec<Value> = self.findings.iter().map(|whole| self.finding(whole)).collect();
        let value = json!({
            "year": audit.year.to_string(), "scope": audit.scope, "groups": audit.strata.label(), "seed": audit.seed,
            "opened": { "by": self.name(audit.opened_by), "at": audit.opened_at },
            "finished": audit.finished_at.map(|at| json!({ "by": audit.finished_by.map(|id| self.name(id)), "at": at })),
            "assurance": audit.vouched().map(Assurance::label), "conclusion": audit.conclusion,
            "taken_back": audit.withdrawn_reason, "could_be_drawn": self.items.len(), "drawn": drawn,
            "tests": tests, "findings": found,
        });
        self.add_json("audit.json", &value)?;
        let population = population(&audit, &self.items);
        self.add_csv("population.csv", &population);
        let mut rows = vec![heads(&["Drawn", "Title", "Test", "Verdict", "Words", "Auditor", "On"])];
        for item in self.drawn() {
            for head in Head::ALL {
                let test = counting(&self.tests, item.id, *head);
                rows.push(vec![
                    item.of.drawn.reference(),
                    item.of.title.clone(),
                    head.label().to_owned(),
                    test.map_or("Open", |test| test.verdict.label()).to_owned(),
                    test.map(|test| test.words.clone()).unwrap_or_default(),
                    test.map(|test| self.name(test.written_by)).unwrap_or_default(),
                    test.map(|test| clock::day_and_time(test.written_at)).unwrap_or_default(),
                ]);
            }
        }
        self.add_csv("tests.csv", &rows);
        let mut rows =
            vec![heads(&["Number", "Weight", "Found", "Recommendation", "Standing", "Answer", "Owner", "Due"])];
        for whole in &self.findings {
            let (finding, response) = (&whole.finding, whole.response.as_ref());
            let due = response.and_then(|one| one.due_on).map(|day| day.to_string());
            rows.push(vec![
                finding.number.to_string(),
                finding.weight.label().to_owned(),
                finding.found.clone(),
                finding.recommendation.clone(),
                whole.standing().1.to_owned(),
                response.map(|one| one.words.clone()).unwrap_or_default(),
                response.and_then(|one| one.owner_id).map(|id| self.name(id)).unwrap_or_default(),
                due.unwrap_or_default(),
            ]);
        }
        self.add_csv("findings.csv", &rows);
        Ok(())
    }

    fn drawn(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.place.is_some())
    }

    /// The files that an auditor has read, and why the others are left out.
    async fn evidence(&mut self, app: &App, tx: &mut Tx) -> Result<(), BundleError> {
        let mut rows = vec![heads(&["Folder", "Title", "SHA-256", "Bytes", "In the bundle"])];
        for (number, one) in (1..).zip(check::list(tx, &self.audit).await?) {
            let bytes = files::read(app, &one.file).await;
            let path = format!("evidence/{}/{number}.{}", one.folder, ending(&one));
            let said = match bytes {
                None => "No: the file is gone".to_owned(),
                Some(bytes) if names_somebody(&one.file, &bytes, &self.public) => {
                    "No: it names a member of the public".to_owned()
                }
                Some(bytes) if one.names_nobody == Some(true) => {
                    self.packed.push((path.clone(), bytes));
                    path
                }
                Some(_) if one.names_nobody == Some(false) => "No: an auditor says that it names somebody".to_owned(),
                Some(_) => "No: no auditor has read it for names yet".to_owned(),
            };
            rows.push(vec![one.folder, one.title, one.file.sha256, one.file.size.to_string(), said]);
        }
        self.add_csv("evidence.csv", &rows);
        Ok(())
    }

    fn read_me(&mut self) {
        let audit = &self.audit;
        let (_, standing) = audit.standing();
        let all = self.items.len();
        let drawn = self.drawn().count();
        let text = format!(
            "Audit of continuous improvement {year}\r\n\r\n{standing}. {drawn} of {all} reports and plans were drawn, by the seed {seed}.\r\n\r\n\
             audit.json        everything about the audit\r\n\
             population.csv    all that could be drawn. Within each group they stand in the order of the SHA-256 of seed, colon and reference; the first are drawn\r\n\
             tests.csv         the three tests of each one drawn\r\n\
             findings.csv      what was found, answered and seen later\r\n\
             reports, plans    each sign-off report, and each plan with every version up to the one audited\r\n\
             evidence          files of evidence; evidence.csv says of each whether it is here, and why not\r\n\
             SHA256SUMS.txt    the SHA-256 of every other file: sha256sum -c SHA256SUMS.txt\r\n\r\n\
             No member of the public is named. Where a text named one, it says {instead}.\r\n",
            year = audit.year,
            seed = audit.seed,
            instead = super::named::INSTEAD,
        );
        self.packed.push(("README.txt".to_owned(), self.public.take_out(&text).into_bytes()));
    }
}

fn heads(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// All that could be drawn, with what puts it in order, so that anybody can draw it again.
#[must_use]
pub fn population(audit: &Audit, items: &[Item]) -> Vec<Vec<String>> {
    let mut rows = vec![heads(&["Reference", "Kind", "Title", "Group", "SHA-256 of seed:reference", "Place"])];
    rows.extend(items.iter().map(|item| {
        let reference = item.of.drawn.reference();
        let digest = digest(&audit.seed, &reference);
        let place = item.place.map(|place| place.to_string()).unwrap_or_default();
        let kind = item.of.drawn.kind().label().to_owned();
        vec![reference, kind, item.of.title.clone(), item.of.stratum.clone(), digest, place]
    }));
    rows
}

/// The ending of a file by its kind: the name it was sent under may name somebody.
fn ending(one: &AuditFile) -> &'static str {
    const KNOWN: [&str; 6] = ["pdf", "docx", "xlsx", "odt", "csv", "txt"];
    let own = one.file.name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if one.file.content_type == "image/jpeg" {
        return "jpg";
    }
    KNOWN.into_iter().find(|known| *known == own).unwrap_or("bin")
}
