//! Links between the actions of a plan: what waits for what, what took whose place, what belongs together. Which action
//! carries a merged one on is said with its progress (`record_progress`).

use std::collections::{HashMap, HashSet};

use super::action::ActionId;
use super::history::{self, Edit, Why};
use super::object::Object;
use super::status::Status;
use super::store::{self, Written};
use super::whole::Whole;
use crate::db::{self, Tx};

/// How one action hangs on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// It cannot go on before the other is done.
    DependsOn,
    /// It took the place of the other.
    Replaces,
    /// Whoever reads the one should read the other.
    SeeAlso,
}

impl Kind {
    /// Every kind, in the order shown to staff.
    pub const ALL: [Self; 3] = [Self::DependsOn, Self::Replaces, Self::SeeAlso];

    /// The stored code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::DependsOn => "depends_on",
            Self::Replaces => "replaces",
            Self::SeeAlso => "see_also",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn read(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Before the name of the other action, seen from the one that was linked.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::DependsOn => "Depends on",
            Self::Replaces => "Replaces",
            Self::SeeAlso => "See also",
        }
    }

    /// Before the name of the one that was linked, seen from the other action.
    #[must_use]
    pub fn words_back(self) -> &'static str {
        match self {
            Self::DependsOn => "Needed by",
            Self::Replaces => "Replaced by",
            Self::SeeAlso => "See also",
        }
    }
}

/// A link from one action to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    pub id: i64,
    pub from: ActionId,
    pub to: ActionId,
    pub kind: Kind,
}

/// Why two actions were not linked, in words for the person who asked.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// The two are linked so already.
    #[error("These two are linked like that already")]
    Already,
    /// To itself.
    #[error("An action cannot be linked to itself")]
    ToItself,
    /// The other waits for this one, itself or through others.
    #[error("The other action waits for this one already, so that neither could begin")]
    Circle,
    /// The database refused.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Links an action of a plan to another of the same plan.
///
/// # Errors
/// When they are linked so already, or would wait for one another.
pub async fn link(
    tx: &mut Tx,
    whole: &Whole,
    (from, kind, to): (ActionId, Kind, ActionId),
    reason: &str,
    written: Written,
) -> Result<(), LinkError> {
    if from == to {
        return Err(LinkError::ToItself);
    }
    if kind == Kind::DependsOn && waits_for(&store::list_links(tx, whole.plan.id).await?, to, from) {
        return Err(LinkError::Circle);
    }
    store::insert_link(tx, from, to, kind).await.map_err(|error| {
        if error.is_conflict("plan_links_from_id_to_id_kind_key") { LinkError::Already } else { error.into() }
    })?;
    note(tx, whole, (from, kind, to), true, reason, written).await?;
    Ok(())
}

/// Takes a link away; the history keeps that it was there.
///
/// # Errors
/// When it is gone already.
pub async fn unlink(tx: &mut Tx, whole: &Whole, link: Link, written: Written) -> Result<(), db::Error> {
    store::delete_link(tx, link.id).await?;
    note(tx, whole, (link.from, link.kind, link.to), false, "", written).await
}

async fn note(
    tx: &mut Tx,
    whole: &Whole,
    (from, kind, to): (ActionId, Kind, ActionId),
    is_new: bool,
    reason: &str,
    written: Written,
) -> Result<(), db::Error> {
    let name = |id: ActionId| whole.find(id).map(|a| a.action().name()).unwrap_or_default();
    let (old, new) = if is_new { (String::new(), name(to)) } else { (name(to), String::new()) };
    let edit = Edit::new(kind.words(), old, new);
    let object = (Object::Action(from), name(from));
    history::note(tx, whole.plan.id, (object.0, &object.1), &[edit], Why::staff(reason, written), written).await?;
    tx.public_changed();
    Ok(())
}

/// Whether one action waits for another, itself or through others.
fn waits_for(links: &[Link], from: ActionId, what: ActionId) -> bool {
    let mut seen = HashSet::from([from]);
    let mut next = vec![from];
    while let Some(at) = next.pop() {
        if at == what {
            return true;
        }
        for link in links.iter().filter(|l| l.kind == Kind::DependsOn && l.from == at) {
            if seen.insert(link.to) {
                next.push(link.to);
            }
        }
    }
    false
}

/// For each unfinished action, the ones that it waits for: those it depends on that are not done.
#[must_use]
pub fn blocked(whole: &Whole, links: &[Link]) -> HashMap<ActionId, Vec<ActionId>> {
    let status: HashMap<ActionId, Status> =
        whole.rows().map(|row| (row.action().id, row.as_of.standing.status)).collect();
    let mut blocked: HashMap<ActionId, Vec<ActionId>> = HashMap::new();
    for link in links.iter().filter(|link| link.kind == Kind::DependsOn) {
        let waits = status.get(&link.from).is_some_and(|s| !s.is_over());
        if waits && status.get(&link.to).is_some_and(|s| *s != Status::Done) {
            blocked.entry(link.from).or_default().push(link.to);
        }
    }
    blocked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::plans::record_progress::{Said, record_progress};
    use crate::plans::testing::{said, small, written};
    use crate::plans::whole::load_open;
    use crate::testing::app_on;

    #[test]
    fn every_kind_reads_back() {
        for kind in Kind::ALL {
            assert_eq!(Kind::read(kind.code()), Some(kind));
        }
    }

    db_test!(an_action_waits_until_what_it_depends_on_is_done, db => {
        let app = app_on(db);
        let plan = small(&app).await;
        let mut tx = app.db.write().await.unwrap();
        let whole = load_open(&mut tx, app.clock.today()).await.unwrap().unwrap();
        let (first, second) = (plan.first, plan.second);
        link(&mut tx, &whole, (second, Kind::DependsOn, first), "Uses what it finds", written(&app)).await.unwrap();
        let links = store::list_links(&mut tx, plan.plan).await.unwrap();
        assert_eq!(blocked(&whole, &links), HashMap::from([(second, vec![first])]));
        let circle = link(&mut tx, &whole, (first, Kind::DependsOn, second), "", written(&app)).await;
        assert!(matches!(circle, Err(LinkError::Circle)));
        assert!(matches!(link(&mut tx, &whole, (first, Kind::SeeAlso, first), "", written(&app)).await, Err(LinkError::ToItself)));
        let waived = Said { waiver: "Seen".to_owned(), ..said(first, app.clock.today(), Status::Done) };
        record_progress(&mut tx, &waived, written(&app)).await.unwrap();
        let whole = load_open(&mut tx, app.clock.today()).await.unwrap().unwrap();
        assert!(blocked(&whole, &links).is_empty());
        unlink(&mut tx, &whole, links[0], written(&app)).await.unwrap();
        assert!(store::list_links(&mut tx, plan.plan).await.unwrap().is_empty());
        let told = store::list_ledger(&mut tx, plan.plan, Some(second), 50, 0).await.unwrap();
        let told: Vec<_> = told.iter().filter(|r| r.field == "Depends on").map(|r| (r.old_value.as_str(), r.reason.as_str())).collect();
        assert_eq!(told, [("1.1 Ask tenants how", ""), ("", "Uses what it finds")]);
        link(&mut tx, &whole, (second, Kind::SeeAlso, first), "", written(&app)).await.unwrap();
        let twice = link(&mut tx, &whole, (second, Kind::SeeAlso, first), "", written(&app)).await;
        assert!(matches!(twice, Err(LinkError::Already)));
    });
}
