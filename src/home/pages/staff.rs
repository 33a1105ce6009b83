//! What needs me today: one list over every context, with only what this person may do.

use leptos::prelude::*;

use crate::clock;
use crate::db::{self, Tx};
use crate::decisions;
use crate::findings;
use crate::focus_groups;
use crate::improvement;
use crate::mail;
use crate::mystery_shopping;
use crate::people::{self, Account};
use crate::performance;
use crate::permissions;
use crate::plans;
use crate::standards;
use crate::surveys;
use crate::thread::Attention;
use crate::thread::id::AccountId;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

use super::{first_steps, to_read};

/// A heading and what waits under it.
type Group = (&'static str, Vec<Attention>);

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let account = req.account()?.clone();
    let mut tx = req.app.db.read().await?;
    let groups: Vec<Group> =
        gather(&mut tx, &req, &account).await?.into_iter().filter(|(_, needs)| !needs.is_empty()).collect();
    let first = first_steps::load(&mut tx, &req, &account).await?;
    let reads = to_read::load(&mut tx, &account, req.today()).await?;
    Ok(Page::staff("What needs me", move || {
        let count: usize = groups.iter().map(|(_, needs)| needs.len()).sum();
        let said = match count {
            0 => "Nothing needs you just now.".to_owned(),
            1 => "1 thing needs you.".to_owned(),
            many => format!("{many} things need you."),
        };
        let lists = groups.into_iter().map(|(title, needs)| {
            let lines = needs.into_iter().map(|one| {
                view! { <li><div class="ds-list__main"><a class="govuk-link" href=one.href>{one.sentence}</a></div></li> }
            });
            let lines = lines.collect_view();
            view! {
                <section class="ds-section">
                    <h2 class="govuk-heading-m">{title}</h2>
                    <ul class="ds-list">{lines}</ul>
                </section>
            }
        });
        let lists = lists.collect_view();
        view! {
            <span class="govuk-caption-l">{account.role.label()}</span>
            <h1 class="govuk-heading-l">"What needs me"</h1>
            {first_steps::draw(first)}
            <p class="govuk-body">{said}</p>
            {lists}
            {to_read::draw(reads)}
        }
    })
    .into())
}

/// Everything that waits and that this person may do: not who may read a page is asked, but who may post to the thing to be done.
async fn gather(tx: &mut Tx, req: &Req, account: &Account) -> Result<Vec<Group>, db::Error> {
    let (today, now) = (req.today(), req.now());
    let may = |path: &str| permissions::may_post(Some(account.role), path);
    let (approves, publishes) = (may("/staff/standards/{id}/approve"), may("/staff/standards/{id}/publish"));
    let promise = standards::needs_attention(tx, account.id, approves, publishes).await?;
    let mut ask: Vec<Attention> = Vec::new();
    let comments = standards::count_comments_waiting(tx).await?;
    if comments > 0 && may("/staff/comments/{id}") {
        ask.push(Attention::new(
            counted(comments, "comment waits to be read", "comments wait to be read"),
            "/staff/comments",
        ));
    }
    if may("/staff/surveys/{id}/publish") {
        ask.extend(surveys::needs_attention(tx, now).await?);
    } else if may("/staff/surveys/{id}/publishing/approve") {
        ask.extend(surveys::results_to_approve(tx).await?);
    }
    if may("/staff/surveys/{id}/calls") {
        ask.extend(surveys::calls_promised(tx, now).await?);
    }
    if may("/staff/focus-groups/{id}/record") {
        ask.extend(focus_groups::needs_attention(tx, now).await?);
    }
    let returns = mystery_shopping::returns_waiting(tx).await?;
    if returns > 0 && may("/staff/mystery-shopping/returns/{id}") {
        let words = counted(
            returns,
            "mystery shopping return waits to be moderated",
            "mystery shopping returns wait to be moderated",
        );
        ask.push(Attention::new(words, "/staff/mystery-shopping/returns"));
    }
    // Performance asks itself for whom a figure or an explanation waits, and the plan whose action it is.
    let learn = performance::needs_attention(tx, account, &req.landlord, today).await?;
    let mut act = Vec::new();
    for one in plans::needs_attention(tx, account.id, today).await? {
        let due = one.due.map_or(String::new(), |due| format!(", due {}", clock::day(due)));
        let state = if one.late { "Late" } else { "Due soon" };
        act.push(Attention::new(format!("{state}: {}{due}", one.name), one.href));
    }
    if may("/staff/plan/import/{id}") {
        act.extend(plans::needs::plan_needs(tx, today).await?);
    }
    if may("/staff/plan/leads/{id}") {
        act.extend(left_behind(tx, req).await?);
    }
    let improves =
        ["/staff/improvement/plans/{id}", "/staff/improvement/sign-offs/{id}", "/staff/improvement/audits/{id}"];
    if improves.into_iter().any(may) {
        act.extend(improvement::needs_attention(tx, account, today).await?);
    }
    let mut show: Vec<Attention> = Vec::new();
    if may("/staff/what-changed/{id}") {
        show.extend(findings::needs_attention(tx, account.id, now).await?);
    }
    if may("/staff/decisions/{id}") {
        show.extend(decisions::needs_attention(tx, account.id).await?);
    }
    let mut run = Vec::new();
    let failed = mail::store::count_failed(tx).await?;
    if failed > 0 && may("/staff/letters") {
        run.push(Attention::new(
            counted(failed, "e-mail could not be sent", "e-mails could not be sent"),
            "/staff/letters",
        ));
    }
    Ok(vec![("Promise", promise), ("Listen", ask), ("Learn", learn), ("Act", act), ("Show", show), ("Run", run)])
}

/// The actions of people whose accounts are closed: somebody else must lead them.
async fn left_behind(tx: &mut Tx, req: &Req) -> Result<Vec<Attention>, db::Error> {
    let mut people = people::store::list(tx).await?;
    people.retain(|account| account.deactivated_at.is_some());
    let gone: Vec<AccountId> = people.iter().map(|account| account.id).collect();
    let left = plans::needs::left_behind(tx, &gone, req.today()).await?;
    let lines = left.into_iter().filter_map(|(id, left)| {
        let name = &people.iter().find(|account| account.id == id)?.name;
        let actions = ui::counted(left.actions, "unfinished action waits", "unfinished actions wait");
        Some(Attention::new(format!("{actions} for somebody to take over from {name}"), left.href))
    });
    Ok(lines.collect())
}

fn counted(count: i64, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

#[cfg(test)]
mod tests {
    use crate::people::Role;
    use crate::testing::{Browser, app};

    #[tokio::test]
    async fn staff_see_only_what_they_may_do() {
        let app = app().await;
        let mut tx = app.db.write().await.unwrap();
        crate::performance::store::testing::standard(&app, &mut tx, "Calls answered").await;
        tx.commit().await.unwrap();
        let needs = "1 standard has no figure for October 2026 yet";
        let (mut analyst, _) = Browser::signed_in(&app, Role::Analyst).await;
        analyst.get("/staff").await.expect(200).holds(needs).holds("1 thing needs you").holds("What you read here");
        let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
        board
            .get("/staff")
            .await
            .expect(200)
            .lacks(needs)
            .holds("Nothing needs you just now")
            .holds("href=\"/staff/performance\"");
        let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
        let page = auditor.get("/staff").await.expect(200).holds("Every change by a signed-in person");
        // The ways stand twice, of which style shows one: beside the page, and behind one word on a phone.
        assert_eq!(page.text.matches("aria-label=\"Workspace\"").count(), 2, "{}", page.text);
        page.holds("<summary class=\"ds-menu__word\">Menu").holds("<span class=\"ds-menu__here\">What needs me</span>");
        let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
        officer.get("/staff").await.expect(200).lacks("What you read here");
    }

    #[tokio::test]
    async fn a_draft_leads_those_who_may_approve_it_and_then_those_who_may_publish_it() {
        let app = app().await;
        let mut tx = app.db.write().await.unwrap();
        let author = crate::standards::store::tests::person(&mut tx, Role::Manager).await;
        let area = crate::standards::areas(&mut tx).await.unwrap()[0].id;
        let sound = crate::standards::store::tests::sound("Calls answered");
        let id = crate::standards::draft::create(&app, &mut tx, &author, area, "manager", &sound).await.unwrap();
        tx.commit().await.unwrap();
        let (approve, publish) = (format!("/staff/standards/{id}/approve"), format!("/staff/standards/{id}/publish"));
        let (mut board, member) = Browser::signed_in(&app, Role::Board).await;
        let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
        board.get("/staff").await.expect(200).holds("waits to be approved").holds(&approve);
        officer.get("/staff").await.expect(200).lacks("waits to be approved");
        let mut tx = app.db.write().await.unwrap();
        let today = app.clock.today();
        crate::standards::approve::approve(&app, &mut tx, &member, id, "Board", today, "").await.unwrap();
        tx.commit().await.unwrap();
        board.get("/staff").await.expect(200).holds("Nothing needs you just now");
        officer.get("/staff").await.expect(200).holds("is approved: publish it").holds(&publish);
    }

    #[tokio::test]
    async fn the_home_page_has_four_doors_from_the_first_day() {
        let app = app().await;
        let mut visitor = Browser::new(&app);
        let page = visitor.get("/").await.expect(200);
        for title in ["What you can expect", "Have your say", "What we are doing", "What changed because of you"] {
            assert!(page.text.contains(title), "{title}");
        }
        assert_eq!(page.text.matches("class=\"ds-door\"").count(), 4);
        assert!(!page.text.contains("<script"));
    }
}
