//! Taking single answers out of the program: for few, and always on record.

use crate::exchange::{csv, sav, xlsx};
use crate::settings::small_numbers;
use crate::statistics::disclosure::Policy;
use crate::surveys::export;
use crate::surveys::files::single::SingleAnswers;
use crate::surveys::files::spss;
use crate::surveys::files::workbook::{self, Parts};
use crate::surveys::pages::{staff_details, staff_files, staff_results};
use crate::surveys::results::{self, Gathered};
use crate::surveys::survey::Asked;
use crate::web::{Form, PageError, Reply, Req};

/// What kind of file is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Csv,
    Workbook,
    Spss,
}

impl Kind {
    /// The value in a form.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Workbook => "xlsx",
            Self::Spss => "sav",
        }
    }

    const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => csv::CONTENT_TYPE,
            Self::Workbook => xlsx::CONTENT_TYPE,
            Self::Spss => sav::CONTENT_TYPE,
        }
    }
}

/// Every answer of a survey as a file: a CSV unless the form asks for another. It is a post, because it leaves an entry
/// in the log, and the file goes to the person who asked and lies nowhere. Of so few people that no figure of theirs is
/// shown, nothing is handed out.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let kind = match req.form().value("as") {
        "xlsx" => Kind::Workbook,
        "sav" => Kind::Spss,
        _ => Kind::Csv,
    };
    let mut tx = req.app.db.write().await?;
    let gathered = results::gather(&mut tx, &asked.survey).await?;
    let policy = small_numbers::staff(&req.landlord);
    if !policy.admits(gathered.people()) {
        drop(tx);
        let mut form = Form::default();
        form.error("answers", staff_results::too_few(&policy));
        return staff_files::show(&req, form).await;
    }
    let bytes = write(kind, &asked, &gathered, &policy, &req)?;
    let detail = format!("{} answers as {}", gathered.people(), kind.code());
    req.audit(&mut tx, "exported answers", &format!("survey/{}", asked.survey.id), &detail).await?;
    tx.commit().await?;
    Ok(Reply::download(&format!("{}-answers.{}", asked.survey.slug, kind.code()), kind.content_type(), bytes))
}

fn write(kind: Kind, asked: &Asked, gathered: &Gathered, policy: &Policy, req: &Req) -> Result<Vec<u8>, PageError> {
    let answers = SingleAnswers::of(asked, gathered, policy);
    let title = asked.survey.title.as_str();
    match kind {
        Kind::Csv => Ok(export::answers(&answers)),
        Kind::Spss => spss::write(title, &answers, req.now()).map_err(|error| PageError::Internal(error.to_string())),
        Kind::Workbook => {
            let results = gathered.release(asked, None, policy);
            let figures = export::figure_rows(&results, Some(&gathered.came_by(policy)));
            let (made_at, scratch) = (req.now(), req.app.config.data.as_path());
            let parts = Parts { title, made_at, scratch, answers: &answers, figures };
            workbook::write(parts).map_err(|error| PageError::Internal(error.to_string()))
        }
    }
}
