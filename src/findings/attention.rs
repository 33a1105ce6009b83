//! What in findings needs a person: drafts that wait for a second look, and focus groups without an answer after twelve weeks.

use chrono::{DateTime, TimeDelta, Utc};

use super::{for_group, store};
use crate::db::{self, Tx};
use crate::focus_groups;
use crate::thread::Attention;
use crate::thread::id::AccountId;

/// How long residents wait at most to read what came of a focus group. Source: the government's consultation principles, twelve weeks.
pub const ANSWERED_WITHIN: TimeDelta = TimeDelta::weeks(12);

/// Drafts that this person can publish, and groups that wait too long.
///
/// # Errors
/// When the database refuses.
pub async fn needs_attention(tx: &mut Tx, reader: AccountId, now: DateTime<Utc>) -> Result<Vec<Attention>, db::Error> {
    let mut all = Vec::new();
    for finding in store::list_all(tx).await? {
        if finding.published_at.is_none() && finding.written_by != reader {
            let sentence = format!("Read “{}” and publish it", finding.title);
            all.push(Attention { sentence, href: format!("/staff/what-changed/{}", finding.id) });
        }
    }
    for group in focus_groups::list_all(tx).await? {
        let held = group.published_at.is_some() && group.cancelled_at.is_none();
        if held && group.ends_at + ANSWERED_WITHIN < now && for_group(tx, group.id).await?.is_empty() {
            let sentence = format!(
                "“{}” was more than 12 weeks ago, and nobody has written what changed because of it",
                group.title
            );
            all.push(Attention { sentence, href: format!("/staff/what-changed/new?group={}", group.id) });
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::focus_groups::arrange::{create, open};
    use crate::focus_groups::testing::plan;
    use crate::testing::app_on;

    db_test!(a_group_without_an_answer_after_twelve_weeks_is_named, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let plan = plan(&app, 3);
        let id = create(&app, &mut tx, &plan).await.unwrap();
        open(&app, &mut tx, id).await.unwrap();
        let late = plan.ends_at + ANSWERED_WITHIN;
        assert!(needs_attention(&mut tx, AccountId(1), late).await.unwrap().is_empty());
        let found = needs_attention(&mut tx, AccountId(1), late + TimeDelta::seconds(1)).await.unwrap();
        assert_eq!(found[0].href, format!("/staff/what-changed/new?group={id}"));
    });
}
