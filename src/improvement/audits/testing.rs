//! What tests of audits share: a plan of the year with approved reports.

use crate::app::App;
use crate::db::Tx;
use crate::files;
use crate::improvement::activity::Wording;
use crate::improvement::evidence::{NewEvidence, Proof, attach};
use crate::improvement::plan::PlanId;
use crate::improvement::sign_off::{Report, SignOffId};
use crate::improvement::tests::{report, wording};
use crate::improvement::{keep, sign};
use crate::thread::id::AccountId;

/// A plan of this year with so many reports by its owner, each approved by the other. The first rests on a table that names nobody, the second on one that names Robin Hearth, the others on links.
pub async fn year(
    app: &App,
    tx: &mut Tx,
    owner: AccountId,
    approver: AccountId,
    reports: usize,
) -> (PlanId, Vec<SignOffId>) {
    let plan = keep::open(app, tx, owner, owner, app.clock.today()).await.unwrap();
    let mut all = Vec::new();
    for number in 1..=reports {
        let what = format!("Improvement {number}");
        let activity =
            keep::add_activity(app, tx, plan, owner, &Wording { what, ..wording(app, owner) }).await.unwrap();
        let table: Option<&[u8]> = match number {
            1 => Some(b"hour,calls\n12,41\n"),
            2 => Some(b"who,calls\nRobin Hearth,41\n"),
            _ => None,
        };
        let proof = match table {
            Some(bytes) => {
                let kept =
                    files::keep_document(app, tx, "Robin Hearth.csv", bytes.to_vec(), Some(owner)).await.unwrap();
                Proof::File(kept.file_id)
            }
            None => Proof::typed("https://example.org/shown").unwrap(),
        };
        attach(app, tx, owner, &NewEvidence { activity, title: format!("Shown {number}"), proof }).await.unwrap();
        let said = Report { lessons: format!("Lesson {number}, says Robin Hearth"), ..report() };
        let id = sign::send(app, tx, activity, owner, &said).await.unwrap();
        sign::approve(app, tx, id, approver, "").await.unwrap();
        all.push(id);
    }
    (plan, all)
}
