//! The SQL of the site's pages.

use chrono::{DateTime, Utc};

use super::page::{SHIPPED, Shipped, SitePage};
use crate::db::{self, Tx};
use crate::on;
use crate::thread::id::AccountId;

/// A page of the site as it stands; none when the site has no such page.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, slug: &str) -> Result<Option<SitePage>, db::Error> {
    let Some(shipped) = Shipped::find(slug) else { return Ok(None) };
    const SQL: &str = "SELECT slug, title, body, owner_role, review_on, changed_at FROM site_pages WHERE slug = $1";
    let changed: Option<SitePage> = on!(tx, c => sqlx::query_as(SQL).bind(slug).fetch_optional(c).await?);
    Ok(Some(changed.unwrap_or_else(|| shipped.as_page())))
}

/// Every page of the site as it stands.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx) -> Result<Vec<SitePage>, db::Error> {
    let mut all = Vec::new();
    for shipped in &SHIPPED {
        all.extend(find(tx, shipped.slug).await?);
    }
    Ok(all)
}

const SAVE: &str = "INSERT INTO site_pages (slug, title, body, owner_role, review_on, changed_at, changed_by) VALUES ($1, $2, $3, $4, $5, $6, $7) \
    ON CONFLICT (slug) DO UPDATE SET title = excluded.title, body = excluded.body, owner_role = excluded.owner_role, \
    review_on = excluded.review_on, changed_at = excluded.changed_at, changed_by = excluded.changed_by";

/// Keeps what the landlord made of a page; everybody sees it at once.
///
/// # Errors
/// When the database refuses.
pub async fn save(tx: &mut Tx, page: &SitePage, by: Option<AccountId>, at: DateTime<Utc>) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query(SAVE)
        .bind(&page.slug).bind(&page.title).bind(&page.body).bind(&page.owner_role).bind(page.review_on).bind(at).bind(by)
        .execute(c).await.map(|_| ())?);
    tx.public_changed();
    Ok(())
}

/// Goes back to the text the page was shipped with.
///
/// # Errors
/// When the database refuses.
pub async fn restore(tx: &mut Tx, slug: &str) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("DELETE FROM site_pages WHERE slug = $1").bind(slug).execute(c).await.map(|_| ())?);
    tx.public_changed();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;

    db_test!(a_page_is_as_shipped_until_it_is_changed_and_can_go_back, db => {
        let at = "2026-01-01T00:00:00Z".parse().unwrap();
        let mut tx = db.write().await.unwrap();
        assert_eq!(list(&mut tx).await.unwrap().len(), 4);
        assert_eq!(find(&mut tx, "nothing").await.unwrap(), None);
        let shipped = find(&mut tx, "privacy").await.unwrap().unwrap();
        let ours = SitePage { body: "Ours.".into(), ..shipped.clone() };
        save(&mut tx, &ours, None, at).await.unwrap();
        save(&mut tx, &SitePage { title: "Yours and ours".into(), ..ours }, None, at).await.unwrap();
        let found = find(&mut tx, "privacy").await.unwrap().unwrap();
        assert_eq!((found.title.as_str(), found.body.as_str(), found.changed_at), ("Yours and ours", "Ours.", Some(at)));
        restore(&mut tx, "privacy").await.unwrap();
        assert_eq!(find(&mut tx, "privacy").await.unwrap().unwrap(), shipped);
    });
}
