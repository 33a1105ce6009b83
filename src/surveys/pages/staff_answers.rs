//! Taking single answers out of the program: for few, and always on record.

use crate::exchange::csv;
use crate::questionnaires::count::Counting;
use crate::questionnaires::store::rows;
use crate::settings::small_numbers;
use crate::surveys::answers_file;
use crate::surveys::pages::{staff_details, staff_results};
use crate::web::{Form, PageError, Reply, Req};

/// Every answer of a survey as a file. It is a post, because it leaves an entry in the log. Of so few people that no figure of theirs is shown, nothing is handed out.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut tx = req.app.db.read().await?;
    let tally = rows::find_tally(&mut tx, asked.version.id).await?;
    let people = Counting::of(&asked.version).run(&mut tx).await?.people();
    drop(tx);
    let policy = small_numbers::staff(&req.landlord);
    if !policy.admits(people) {
        let mut form = Form::default();
        form.error("answers", staff_results::too_few(&policy));
        return staff_results::show(&req, form).await;
    }
    let mut tx = req.app.db.write().await?;
    let detail = format!("{people} answers");
    req.audit(&mut tx, "exported answers", &format!("survey/{}", asked.survey.id), &detail).await?;
    tx.commit().await?;
    let name = format!("{}-answers.csv", asked.survey.slug);
    let parts = answers_file::parts(req.app.db.clone(), asked, tally);
    Ok(Reply::download_in_parts(&name, csv::CONTENT_TYPE, parts))
}
