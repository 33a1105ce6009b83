//! Taking single answers out of the program: for few, and always on record.

use crate::settings::small_numbers;
use crate::surveys::export;
use crate::surveys::pages::{staff_details, staff_results};
use crate::surveys::results;
use crate::web::{Form, PageError, Reply, Req};

/// Every answer of a survey as a file. It is a post, because it leaves an entry in the log. Of so few people that no figure of theirs is shown, nothing is handed out.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut tx = req.app.db.write().await?;
    let gathered = results::gather(&mut tx, &asked.survey).await?;
    let policy = small_numbers::staff(&req.landlord);
    if !policy.admits(gathered.people()) {
        drop(tx);
        let mut form = Form::default();
        form.error("answers", staff_results::too_few(&policy));
        return staff_results::show(&req, form).await;
    }
    let bytes = export::answers(&asked, &gathered);
    let detail = format!("{} answers", gathered.people());
    req.audit(&mut tx, "exported answers", &format!("survey/{}", asked.survey.id), &detail).await?;
    tx.commit().await?;
    Ok(Reply::download(&format!("{}-answers.csv", asked.survey.slug), "text/csv; charset=utf-8", bytes))
}
