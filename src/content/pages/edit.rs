//! Changing a page of the site.

use chrono::Months;
use leptos::prelude::*;

use crate::content::fill::{WORDS, fill};
use crate::content::page::SitePage;
use crate::content::store;
use crate::people::Role;
use crate::permissions;
use crate::settings::Landlord;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The most characters of a page.
const LONGEST: usize = 30_000;

async fn find(req: &Req) -> Result<SitePage, PageError> {
    let mut tx = req.app.db.read().await?;
    store::find(&mut tx, req.param("slug")?).await?.ok_or(PageError::NotFound)
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let page = find(&req).await?;
    let mut form = Form::filled(&[("title", &page.title), ("body", &page.body), ("owner-role", &page.owner_role)]);
    form.set_day("review", Some(page.review_on));
    Ok(draw(&req, page, form).into())
}

fn draw(req: &Req, page: SitePage, form: Form) -> Page {
    let landlord = req.landlord.clone();
    let may_change = permissions::may_post(req.viewer.role(), "/staff/pages/{slug}");
    let refused = form.clone();
    Page::staff(format!("Site page: {}", page.title), move || {
        let fields = if may_change {
            fields(&page, &form)
        } else {
            view! { <p>"You may read this page here; an officer or an administrator changes it."</p> }.into_any()
        };
        view! {
            <a class="govuk-back-link" href="/staff/pages">"Site pages"</a>
            {ui::error_summary(&form)}
            <h1>{page.title.clone()}</h1>
            <div class="ds-split">
                <div class="ds-split__form">{fields}</div>
                <aside class="ds-split__preview" aria-label="What everybody sees">
                    <p class="ds-split__label">"What everybody sees"</p>
                    {preview(&form, &landlord)}
                </aside>
            </div>
        }
    })
    .with_form(&refused)
}

fn fields(page: &SitePage, form: &Form) -> AnyView {
    let owners = Role::ALL.into_iter().filter(|role| role.is_staff()).map(|role| (role.code(), role.label()));
    let words = WORDS.map(|(word, what)| view! { <li><code>{word}</code>" – "{what}</li> }).collect_view();
    let here = format!("/staff/pages/{}", page.slug);
    let restore = page.changed_at.is_some().then(|| {
        view! {
            <h2>"Start again"</h2>
            <p>"Puts back the text this page was shipped with. Your own text is lost."</p>
            <form method="post" action=here.clone()><button type="submit" class="govuk-button govuk-button--warning" name=ui::STEP value="restore">"Put back the shipped text"</button></form>
        }
    });
    view! {
        <form method="post" action=here.clone() novalidate>
            {ui::text(form, "title", "Title").view()}
            {ui::textarea(form, "body", "Text").hint("Begin a heading with ##, a point of a list with -, and leave an empty line between paragraphs.").rows(24).view()}
            <details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">"Words that stand for settings"</span></summary>
                <div class="govuk-details__text"><ul>{words}</ul><p>"A line that names a setting nobody has entered is left out."</p></div>
            </details>
            {ui::select(form, "owner-role", "Looked after by", owners)}
            {ui::day(form, "review", "Read it again by", "Within two years. For example, 27 3 2027")}
            <div class="govuk-button-group">
                <button type="submit" class="govuk-button" name=ui::STEP value="save">"Save and show to everybody"</button>
                <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="look">"Look at it first"</button>
            </div>
        </form>
        {restore}
    }
    .into_any()
}

fn preview(form: &Form, landlord: &Landlord) -> AnyView {
    ui::markdown(&fill(form.value("body"), landlord, None))
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let page = find(&req).await?;
    let mut form = req.form();
    if form.value("step") == "restore" {
        let mut tx = req.app.db.write().await?;
        store::restore(&mut tx, &page.slug).await?;
        req.audit(&mut tx, "put back a shipped page", &format!("page {}", page.slug), "").await?;
        tx.commit().await?;
        return Ok(Reply::redirect("/staff/pages").saying("The shipped text is back."));
    }
    let title = form.required("title", "The title", 100, "Enter a title");
    let body = form.required("body", "The text", LONGEST, "Enter the text of the page");
    if body.lines().any(|line| line.starts_with("# ")) {
        form.error("body", "The title is the page’s only main heading: begin your headings with ## instead of #");
    }
    let owner: Option<Role> = form.value("owner-role").parse().ok().filter(|role: &Role| role.is_staff());
    if owner.is_none() {
        form.error("owner-role", "Choose who looks after it");
    }
    let review = form.day("review", "The day to read it again");
    let today = req.today();
    if let Some(day) = review
        && (day <= today || today.checked_add_months(Months::new(24)).is_some_and(|last| day > last))
    {
        form.error("review", "The day to read it again must be after today and within two years");
    }
    let (Some(owner), Some(review_on), true) = (owner, review, form.is_valid()) else {
        return Ok(draw(&req, page, form).into());
    };
    if form.value("step") == "look" {
        return Ok(draw(&req, page, form).into());
    }
    let changed = SitePage { title, body, owner_role: owner.code().to_owned(), review_on, ..page };
    let mut tx = req.app.db.write().await?;
    store::save(&mut tx, &changed, Some(req.account()?.id), req.now()).await?;
    req.audit(&mut tx, "changed a site page", &format!("page {}", changed.slug), &changed.title).await?;
    tx.commit().await?;
    Ok(Reply::redirect("/staff/pages").saying("The page is saved. Everybody sees it now."))
}
