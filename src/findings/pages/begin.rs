//! A new entry, filled with what may be said of the record it comes from.

use super::write;
use crate::thread::id::{CommentId, FocusGroupId, ReturnId, SurveyId};
use crate::web::{Form, PageError, Reply, Req};
use crate::{clock, focus_groups, mystery_shopping, standards, surveys};

/// `/staff/what-changed/new?comment=3&standard=7`: each name is a kind of record, each value its key.
pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut form = Form::default();
    form.set_day("decided", Some(req.today()));
    for (name, field) in [("standard", "standard-1"), ("action", "action-1")] {
        if let Some(id) = key::<i64>(&req, name)? {
            form.set(field, &id.to_string());
        }
    }
    let mut tx = req.app.db.read().await?;
    if let Some(id) = key::<FocusGroupId>(&req, "group")? {
        let group = focus_groups::find_by_id(&mut tx, id).await?.ok_or(PageError::NotFound)?;
        form.set("group", &id.to_string());
        form.set("asked", &group.purpose);
        form.set("said", &group.heard);
        form.set("heard-from", &format!("Focus group on {}", group.on()));
    }
    if let Some(id) = key::<SurveyId>(&req, "survey")? {
        let survey = surveys::find(&mut tx, id).await?.ok_or(PageError::NotFound)?.survey;
        form.set("survey", &id.to_string());
        form.set("asked", &survey.introduction);
        form.set("heard-from", &format!("Answers to the survey “{}”", survey.title));
    }
    if let Some(id) = key::<CommentId>(&req, "comment")? {
        let comment = standards::find_comment(&mut tx, id).await?.ok_or(PageError::NotFound)?;
        let promise =
            standards::find_by_id(&mut tx, comment.standard_id).await?.map(|standard| standard.wording.promise);
        form.set("comment", &id.to_string());
        form.set("standard-1", &comment.standard_id.to_string());
        form.set("asked", &promise.map(|promise| format!("How we keep this promise: {promise}")).unwrap_or_default());
        form.set("said", &comment.published_words.unwrap_or_default());
        form.set("heard-from", &format!("A resident’s comment of {}", clock::day(clock::london_day(comment.sent_at))));
    }
    if let Some(id) = key::<ReturnId>(&req, "return")? {
        let found = mystery_shopping::find_return(&mut tx, id).await?.ok_or(PageError::NotFound)?;
        form.set("return", &id.to_string());
        // What one shopper wrote stays with those who run the programme.
        form.set("heard-from", &format!("A mystery shopper’s visit in {}", found.shopped_on.format("%B %Y")));
    }
    drop(tx);
    write::page(&req, None, form).await
}

/// The key that the address gives for a kind of record.
fn key<T: std::str::FromStr>(req: &Req, name: &str) -> Result<Option<T>, PageError> {
    req.query(name).map(|id| id.parse().map_err(|_| PageError::NotFound)).transpose()
}
