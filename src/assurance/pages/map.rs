//! The map: every requirement with its owner and how it stands, and how many have no evidence, old or weak evidence.

use leptos::prelude::*;

use crate::assurance::evidence::Standing;
use crate::assurance::map::Map;
use crate::assurance::requirement::{Group, Set, sets};
use crate::people::{self, Account};
use crate::thread::id::AccountId;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

/// What is shown: everything, what one answers for oneself, or what stands so.
#[derive(Clone, Copy, PartialEq)]
enum Only {
    Everything,
    Mine,
    So(Standing),
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let only = match req.query("show") {
        None => Only::Everything,
        Some("mine") => Only::Mine,
        Some(code) => Only::So(Standing::ALL.into_iter().find(|one| one.code() == code).ok_or(PageError::NotFound)?),
    };
    let reader = req.account()?.id;
    let mut tx = req.app.db.read().await?;
    let map = Map::load(&mut tx, req.today()).await?;
    let staff = people::store::list(&mut tx).await?;
    let filter = req.query_form();
    Ok(Page::staff("Assurance map", move || {
        let choices = [("", "Everything"), ("mine", "What I answer for")]
            .into_iter()
            .chain(Standing::ALL.map(|standing| (standing.code(), standing.label())));
        let parts = sets().iter().map(|set| part(set, &map, &staff, only, reader)).collect_view();
        view! {
            <div class="ds-heading"><h1>"Assurance map"</h1></div>
            <p>"What the regulator and our own policy ask for, and the evidence for each. Evidence older than 12 months is old. A requirement’s page makes a ZIP for an inspection."</p>
            <form class="ds-filters" method="get" action="/staff/assurance">
                {ui::select(&filter, "show", "Show", choices)}
                {ui::quiet_button("Show")}
            </form>
            {parts}
        }
    })
    .into())
}

fn part(set: &'static Set, map: &Map, staff: &[Account], only: Only, reader: AccountId) -> AnyView {
    let count = |standing| map.count(set, standing);
    let all: usize = Standing::ALL.into_iter().map(count).sum();
    let said = format!(
        "{} of {all} have evidence. {}, {} only old evidence, {} only weak evidence.",
        count(Standing::Shown),
        ui::counted(count(Standing::Gap), "gap", "gaps"),
        count(Standing::Old),
        count(Standing::Weak)
    );
    let groups: Vec<AnyView> = set.groups.iter().filter_map(|group| table(group, map, staff, only, reader)).collect();
    let none = groups.is_empty().then(|| view! { <div class="ds-empty"><p>"Nothing here stands so."</p></div> });
    view! {
        <section class="ds-section">
            <h2 id=set.code.clone()>{set.title.clone()}</h2>
            <p>{said}</p>
            <p class="ds-meta">{format!("{}. Version {}. {}", set.from, set.version, set.provenance)}</p>
            {none}
            {groups}
        </section>
    }
    .into_any()
}

fn table(group: &'static Group, map: &Map, staff: &[Account], only: Only, reader: AccountId) -> Option<AnyView> {
    let fits = |code: &str, standing| match only {
        Only::Everything => true,
        Only::Mine => map.owner(code) == Some(reader),
        Only::So(wanted) => standing == wanted,
    };
    let rows = group.requirements.iter().filter_map(|one| {
        let standing = map.standing(one);
        let owner = map.owner(&one.code).and_then(|id| staff.iter().find(|account| account.id == id));
        let owner = owner.map_or("Nobody yet".to_owned(), |account| account.name.clone());
        let pieces = map.evidence(&one.code).iter().filter(|one| one.withdrawn_at.is_none()).count();
        fits(&one.code, standing).then(|| {
            view! {
                <tr>
                    <th scope="row"><a href=one.href()>{one.label.clone()}</a></th>
                    <td>{one.words.clone()}</td>
                    <td>{owner}</td>
                    <td class="ds-table__number">{pieces}</td>
                    <td>{ui::status(standing.mark(), standing.label())}</td>
                </tr>
            }
        })
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| {
        view! {
            <h3>{group.title.clone()}</h3>
            <div class="ds-scroll" tabindex="0" role="region" aria-label=group.title.clone()>
                <table class="ds-table">
                    <thead><tr><th scope="col">"Requirement"</th><th scope="col">"What is asked for"</th><th scope="col">"Who answers for it"</th><th scope="col" class="ds-table__number">"Evidence"</th><th scope="col">"How it stands"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    })
}
