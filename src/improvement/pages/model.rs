//! The process model as a tree, with the owner of each process.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::parts::{Names, back, empty, untrained};
use crate::improvement::owner::Owner;
use crate::improvement::process::{Node, tree};
use crate::improvement::store::{owners, processes};
use crate::improvement::training::Register;
use crate::permissions;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let all = processes::list(&mut tx).await?;
    let known = Known {
        owners: owners::list_current(&mut tx).await?,
        register: Register::load(&mut tx).await?,
        names: Names::load(&mut tx).await?,
        today: req.today(),
    };
    let may_add = permissions::may_post(req.viewer.role(), "/staff/improvement/processes/new");
    Ok(Page::staff("Process model", move || {
        let add = may_add.then(|| ui::link_button("Add a process", "/staff/improvement/processes/new"));
        let archived = all.iter().filter(|process| process.archived_at.is_some()).count();
        let used = all.len() - archived;
        let count = format!(
            "{} in use{}.",
            ui::counted(used, "process", "processes"),
            if archived == 0 { String::new() } else { format!(", {archived} archived") }
        );
        let list = if all.is_empty() {
            empty("No process is in the model yet. Add what you do as a landlord first, then its parts.")
        } else {
            view! { <div class="ds-tree">{draw(&tree(&all), &known)}</div> }.into_any()
        };
        view! {
            {back("/staff/improvement", "Continuous improvement")}
            <div class="ds-heading"><h1>"Process model"</h1></div>
            <p>"What we do as a landlord, and how the parts belong together. Each process says who owns it and which standards show how well it runs."</p>
            {add}
            <p class="ds-meta">{count}</p>
            {list}
        }
    })
    .into())
}

/// Who owns what, and whether they are trained for it.
struct Known {
    owners: Vec<Owner>,
    register: Register,
    names: Names,
    today: NaiveDate,
}

fn draw(nodes: &[Node], known: &Known) -> AnyView {
    let items = nodes.iter().map(|node| {
        let process = &node.process;
        let owner = known.owners.iter().find(|owner| owner.process_id == process.id);
        let flag = owner.and_then(|owner| untrained(known.register.as_owner(owner.account_id, known.today)));
        let owner = owner.map_or_else(|| "no owner".to_owned(), |owner| format!("owner: {}", known.names.of(owner.account_id)));
        let said = match (&process.archived_at, process.department.is_empty()) {
            (Some(_), _) => "archived".to_owned(),
            (None, true) => owner,
            (None, false) => format!("{}, {owner}", process.department),
        };
        let parts = (!node.parts.is_empty()).then(|| draw(&node.parts, known));
        view! { <li><a href=process.href()>{process.name.clone()}</a>" "<span class="ds-meta">{said}</span>{flag}{parts}</li> }
    });
    view! { <ul>{items.collect_view()}</ul> }.into_any()
}
