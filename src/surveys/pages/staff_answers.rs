//! Taking single answers out of the program: for few, and always on record.

use crate::surveys::export;
use crate::surveys::pages::staff_details;
use crate::surveys::results;
use crate::web::{PageError, Reply, Req};

/// Every answer of a survey as a file. It is a post, because it leaves an entry in the log.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut tx = req.app.db.write().await?;
    let gathered = results::gather(&mut tx, &asked.survey).await?;
    let bytes = export::answers(&asked, &gathered);
    let detail = format!("{} answers", gathered.people());
    req.audit(&mut tx, "survey.answers_exported", &format!("survey/{}", asked.survey.id), &detail).await?;
    tx.commit().await?;
    Ok(Reply::download(&format!("{}-answers.csv", asked.survey.slug), "text/csv; charset=utf-8", bytes))
}
