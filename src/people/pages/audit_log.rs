//! The log of changes as a page: who did what and when, with the way to the record.

use std::collections::BTreeSet;
use std::str::FromStr;

use chrono::{Days, NaiveDate, NaiveTime};
use leptos::prelude::*;

use super::{SHOPPERS, may_know};
use crate::audit::Entry;
use crate::audit::store::{Sought, list, list_actions};
use crate::db::{self, Tx};
use crate::people::{Account, Role, store};
use crate::thread::id::AccountId;
use crate::web::{Form, Page, PageError, Reply, Req, cookie};
use crate::{clock, focus_groups, permissions, standards, surveys, ui};

const A_PAGE: usize = 50;
/// One more than a page holds, to learn whether there are older ones.
const TO_LOAD: i64 = 51;
/// The choice of what the program did by itself.
const PROGRAM: &str = "program";

/// The pages of records: how the log names one, before its key, and the page's row of the permission table.
const PAGES: &[(&str, &str)] = &[
    ("account ", "/staff/people/{id}"),
    ("standard ", "/staff/standards/{id}"),
    ("area ", "/staff/standards/areas/{id}"),
    ("comment ", "/staff/comments/{id}"),
    ("page ", "/staff/pages/{slug}"),
    ("survey/", "/staff/surveys/{id}"),
    ("focus group ", "/staff/focus-groups/{id}"),
    ("scenario ", "/staff/mystery-shopping/scenarios/{id}"),
    ("shopper ", SHOPPERS),
    ("return ", "/staff/mystery-shopping/returns/{id}"),
    ("finding ", "/staff/what-changed/{id}"),
    ("action ", "/staff/plan/actions/{id}"),
];

/// People and records as this reader may know them.
struct Names {
    people: Vec<Account>,
    reader: Option<Role>,
    /// Records that were thrown away, as the log names them: their pages went with them.
    gone: Vec<String>,
}

impl Names {
    fn may_know(&self, account: &Account, role_then: &str) -> bool {
        let shopped_then = role_then == Role::Shopper.code();
        may_know(self.reader, account) && (!shopped_then || permissions::may_read(self.reader, SHOPPERS))
    }

    /// Who may be asked for: the value and the words.
    fn choices(&self) -> Vec<(String, String)> {
        let known = self.people.iter().filter(|account| self.may_know(account, ""));
        let known = known.map(|account| (account.id.to_string(), account.name.clone()));
        let others =
            [("", "Everybody"), (PROGRAM, "The program")].map(|(value, words)| (value.to_owned(), words.to_owned()));
        others.into_iter().chain(known).collect()
    }

    /// Who did it and to what, each with the way to its page where this reader may open it.
    fn tell(&self, entry: &Entry) -> (AnyView, AnyView) {
        let object = entry.object.clone();
        let Some(account) = self.people.iter().find(|account| Some(account.id) == entry.account_id) else {
            return ("The program".into_any(), self.linked(object));
        };
        let own = format!("account {}", account.id);
        if self.may_know(account, &entry.role) {
            let link = self
                .page_of(&own)
                .map(|href| view! { <a class="govuk-link" href=href>{account.name.clone()}</a> }.into_any());
            return (link.unwrap_or_else(|| account.name.clone().into_any()), self.linked(object));
        }
        let object = if object == own { "their own account".into_any() } else { self.linked(object) };
        ("A mystery shopper".into_any(), object)
    }

    fn linked(&self, object: String) -> AnyView {
        match self.page_of(&object).filter(|_| !self.gone.contains(&object) && !self.is_kept(&object)) {
            Some(href) => view! { <a class="govuk-link" href=href>{object}</a> }.into_any(),
            None => object.into_any(),
        }
    }

    /// Whether a record is the account of somebody whom this reader may not know.
    fn is_kept(&self, object: &str) -> bool {
        let account =
            key(object, "account ").and_then(|id: AccountId| self.people.iter().find(|account| account.id == id));
        account.is_some_and(|account| !may_know(self.reader, account))
    }

    /// The page of a record that the log names, for a reader who may open it.
    fn page_of(&self, object: &str) -> Option<String> {
        if object == "settings" {
            return permissions::may_read(self.reader, "/staff/settings").then(|| "/staff/settings".to_owned());
        }
        let (row, key) = PAGES.iter().find_map(|(word, row)| object.strip_prefix(*word).map(|key| (*row, key)))?;
        let (start, part) = row.split_once('{')?;
        let fits = |c: char| c.is_ascii_digit() || (part == "slug}" && c.is_ascii_lowercase());
        let sound = !key.is_empty() && key.chars().all(fits) && permissions::may_read(self.reader, row);
        sound.then(|| format!("{start}{key}"))
    }
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut form = req.query_form();
    let before = req.query("before").map(str::parse::<i64>).transpose();
    let before = before.map_err(|_| PageError::BadRequest("before must be a number".into()))?;
    let mut tx = req.app.db.read().await?;
    let mut names = Names { people: store::list(&mut tx).await?, reader: req.viewer.role(), gone: Vec::new() };
    let actions = list_actions(&mut tx).await?;
    let sought = Sought { before, ..read(&mut form, &names) };
    let mut entries = if form.is_valid() { list(&mut tx, &sought, TO_LOAD).await? } else { Vec::new() };
    let more = entries.len() > A_PAGE;
    entries.truncate(A_PAGE);
    names.gone = thrown_away(&mut tx, &entries).await?;
    let older = entries.last().filter(|_| more).map(|entry| older(&form, entry.number));
    let refused = form.clone();
    Ok(Page::staff("Log of changes", move || {
        let older = older.map(|href| view! { <p class="govuk-body"><a class="govuk-link" href=href>"Older changes"</a></p> });
        view! {
            {ui::error_summary(&form)}
            <h1 class="govuk-heading-l">"Log of changes"</h1>
            <p class="govuk-body">"Every change by a signed-in person, newest first. Each entry is sealed with the one before it: " <code>"doorstep doctor"</code> " says if any was altered."</p>
            {filters(&form, names.choices(), actions)}
            {table(&entries, &names)}
            {older}
        }
    })
    .with_form(&refused)
    .into())
}

/// The records of these entries that are no more.
async fn thrown_away(tx: &mut Tx, entries: &[Entry]) -> Result<Vec<String>, db::Error> {
    let objects: BTreeSet<&str> = entries.iter().map(|entry| entry.object.as_str()).collect();
    let mut gone = Vec::new();
    for object in objects {
        if !is_there(tx, object).await? {
            gone.push(object.to_owned());
        }
    }
    Ok(gone)
}

/// Whether a record is still there. Drafts of these three kinds can be thrown away, and nothing else.
async fn is_there(tx: &mut Tx, object: &str) -> Result<bool, db::Error> {
    if let Some(id) = key(object, "standard ") {
        return Ok(standards::find_for_staff(tx, id).await?.is_some());
    }
    if let Some(id) = key(object, "survey/") {
        return Ok(surveys::find(tx, id).await?.is_some());
    }
    if let Some(id) = key(object, "focus group ") {
        return Ok(focus_groups::find_by_id(tx, id).await?.is_some());
    }
    Ok(true)
}

/// The key of a record of that kind.
fn key<T: FromStr>(object: &str, kind: &str) -> Option<T> {
    object.strip_prefix(kind)?.parse().ok()
}

/// Reads what is asked for.
fn read(form: &mut Form, names: &Names) -> Sought {
    let who = form.value("who").to_owned();
    if !names.choices().iter().any(|(value, _)| *value == who) {
        form.error("who", "Choose a person from the list");
    }
    let action = Some(form.value("action").to_owned()).filter(|action| !action.is_empty());
    let from = form.optional_day("from", "The first day");
    let to = form.optional_day("to", "The last day");
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        form.error("to", "The last day must not be before the first");
    }
    let start = |on: NaiveDate| clock::london_instant(on.and_time(NaiveTime::MIN)).ok();
    Sought {
        before: None,
        account: who.parse().ok(),
        by_program: who == PROGRAM,
        action,
        from: from.and_then(start),
        until: to.and_then(|on| on.checked_add_days(Days::new(1))).and_then(start),
    }
}

/// The address of the next page of the same question.
fn older(form: &Form, number: i64) -> String {
    let asked = form.fields().iter().filter(|(name, value)| name != "before" && !value.is_empty());
    let mut pairs: Vec<String> =
        asked.map(|(name, value)| format!("{}={}", cookie::encode(name), cookie::encode(value))).collect();
    pairs.push(format!("before={number}"));
    format!("/staff/audit?{}", pairs.join("&"))
}

fn filters(form: &Form, people: Vec<(String, String)>, actions: Vec<String>) -> AnyView {
    let all = std::iter::once((String::new(), "Everything".to_owned()));
    let actions = all.chain(actions.into_iter().map(|action| (action.clone(), action)));
    view! {
        <form class="ds-filters" method="get" action="/staff/audit" novalidate>
            {ui::select(form, "who", "Who", people)}
            {ui::select(form, "action", "Did what", actions)}
            {ui::day(form, "from", "From", "")}
            {ui::day(form, "to", "To", "")}
            {ui::quiet_button("Show")}
        </form>
    }
    .into_any()
}

/// A role of the log as people know it; the program's own stays as it is written.
fn role_in_words(code: &str) -> String {
    code.parse::<Role>().map_or_else(|()| code.to_owned(), |role| role.label().to_owned())
}

fn table(entries: &[Entry], names: &Names) -> AnyView {
    if entries.is_empty() {
        return view! { <div class="ds-empty"><p>"No changes like that."</p></div> }.into_any();
    }
    let rows = entries.iter().map(|entry| {
        let (who, object) = names.tell(entry);
        view! {
            <tr class="govuk-table__row">
                <td class="govuk-table__cell govuk-table__cell--numeric">{entry.number}</td>
                <td class="govuk-table__cell">{clock::day_and_time(entry.recorded_at)}</td>
                <td class="govuk-table__cell">{who}" ("{role_in_words(&entry.role)}")"</td>
                <td class="govuk-table__cell">{entry.action.clone()}</td>
                <td class="govuk-table__cell">{object}</td>
                <td class="govuk-table__cell">{entry.detail.clone()}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="ds-scroll" tabindex="0" role="region" aria-label="Log of changes">
            <table class="govuk-table ds-table">
                <thead><tr class="govuk-table__row">
                    <th scope="col" class="govuk-table__header govuk-table__header--numeric">"Number"</th>
                    <th scope="col" class="govuk-table__header">"When"</th>
                    <th scope="col" class="govuk-table__header">"Who"</th>
                    <th scope="col" class="govuk-table__header">"Did what"</th>
                    <th scope="col" class="govuk-table__header">"To what"</th>
                    <th scope="col" class="govuk-table__header">"Detail"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Actor;
    use crate::standards::store::tests::published;
    use crate::testing::{Browser, app};

    #[test]
    fn a_record_leads_to_its_page_where_the_reader_may_open_it() {
        let auditor = Names { people: Vec::new(), reader: Some(Role::Auditor), gone: Vec::new() };
        for (object, page) in [
            ("account 7", Some("/staff/people/7")),
            ("survey/3", Some("/staff/surveys/3")),
            ("page privacy", Some("/staff/pages/privacy")),
            ("settings", Some("/staff/settings")),
            ("focus group 12", Some("/staff/focus-groups/12")),
            ("action 9", Some("/staff/plan/actions/9")),
            ("shopper 7", None),
            ("area 2", None),
            ("standard care for all", None),
            ("letter 4", None),
            ("account ", None),
        ] {
            assert_eq!(auditor.page_of(object).as_deref(), page, "{object}");
        }
    }

    #[tokio::test]
    async fn a_record_that_was_thrown_away_is_named_without_a_link() {
        let app = app().await;
        let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
        let mut tx = app.db.write().await.unwrap();
        let kept = published(&app, &mut tx, "Calls").await;
        for object in ["standard 77", "survey/77", "focus group 77"] {
            crate::audit::record(&mut tx, app.clock.now(), &Actor::system(), "tested", object, "").await.unwrap();
        }
        tx.commit().await.unwrap();
        let page = auditor.get("/staff/audit").await.expect(200).holds(&format!("\"/staff/standards/{kept}\""));
        page.holds(">standard 77<").holds(">survey/77<").holds(">focus group 77<").lacks("/77\"");
    }

    #[tokio::test]
    async fn the_log_is_asked_by_person_kind_and_day_and_goes_on_to_older_changes() {
        let app = app().await;
        let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
        let (_, kim) = Browser::signed_in(&app, Role::Manager).await;
        let (_, sam) = Browser::signed_in(&app, Role::Shopper).await;
        let mut tx = app.db.write().await.unwrap();
        for _ in 0..60 {
            crate::audit::record(&mut tx, app.clock.now(), &kim.actor(), "tested", "settings", "").await.unwrap();
        }
        let own = format!("account {}", sam.id);
        crate::audit::record(&mut tx, app.clock.now(), &sam.actor(), "signed in", &own, "").await.unwrap();
        crate::audit::record(&mut tx, app.clock.now(), &Actor::system(), "restored a backup", "database", "")
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let page = auditor.get("/staff/audit").await.expect(200).holds(&kim.name).holds("A mystery shopper");
        page.holds("their own account").lacks(&sam.name).holds("Older changes");
        let kims = auditor.get(&format!("/staff/audit?who={}&action=tested", kim.id)).await.expect(200);
        let kims =
            kims.lacks("restored a backup</td>").holds(&format!("who={}&amp;action=tested&amp;before=11", kim.id));
        assert_eq!(kims.text.matches(">tested</td>").count(), A_PAGE);
        let rest = auditor.get(&format!("/staff/audit?who={}&action=tested&before=11", kim.id)).await.expect(200);
        assert_eq!(rest.text.matches(">tested</td>").count(), 10);
        rest.lacks("Older changes");
        let program = auditor.get("/staff/audit?who=program").await.expect(200);
        program.holds(">restored a backup</td>").lacks(">tested</td>");
        let day = "from-day=17&from-month=11&from-year=2026";
        auditor.get(&format!("/staff/audit?{day}")).await.expect(200).holds("No changes like that");
        let wrong = auditor.get("/staff/audit?from-day=45&from-month=11&from-year=2026").await.expect(422);
        wrong.holds("must be a real date").holds("value=\"45\"");
        auditor.get(&format!("/staff/audit?who={}", sam.id)).await.expect(422).holds("Choose a person from the list");
        auditor.get("/staff/audit?before=x").await.expect(400);
    }
}
