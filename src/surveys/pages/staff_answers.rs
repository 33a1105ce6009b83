//! Taking single answers out of the program: for few, and always on record.

use crate::exchange::{csv, sav, xlsx};
use crate::questionnaires::store::rows;
use crate::settings::small_numbers;
use crate::surveys::files::single::{self, SingleAnswers};
use crate::surveys::files::spss;
use crate::surveys::files::ways::Ways;
use crate::surveys::files::workbook::{self, Parts};
use crate::surveys::pages::{staff_details, staff_files, staff_results};
use crate::surveys::{answers_file, export, mix, results};
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
    // Its rows stand in the order of the numbers, which then tells nothing.
    mix::mix_those(&req.app.db, &req.app.random, req.now(), |of| of.survey_id == asked.survey.id).await?;
    let mut tx = req.app.db.read().await?;
    let tally = rows::find_tally(&mut tx, asked.version.id).await?;
    let gathered = results::gather(&mut tx, &asked).await?;
    let policy = small_numbers::staff(&req.landlord);
    if !policy.admits(gathered.people()) {
        drop(tx);
        let mut form = Form::default();
        form.error("answers", staff_results::too_few(&policy));
        return staff_files::show(&req, form).await;
    }
    let came_by = gathered.came_by(&policy);
    let whole = if kind == Kind::Csv { None } else { Some(single::read(&mut tx, &asked).await?) };
    drop(tx);
    let mut tx = req.app.db.write().await?;
    let detail = format!("{} answers as {}", gathered.people(), kind.code());
    req.audit(&mut tx, "exported answers", &format!("survey/{}", asked.survey.id), &detail).await?;
    tx.commit().await?;
    let name = format!("{}-answers.{}", asked.survey.slug, kind.code());
    let Some(kept) = whole else {
        let parts = answers_file::parts(req.app.db.clone(), asked, Ways::of(&came_by), tally);
        return Ok(Reply::download_in_parts(&name, kind.content_type(), parts));
    };
    let answers = SingleAnswers::of(&asked, &kept, Ways::of(&came_by));
    let title = asked.survey.title.as_str();
    let written = if kind == Kind::Spss {
        spss::write(title, &answers, req.now()).map_err(|error| error.to_string())
    } else {
        let figures = export::figure_rows(&gathered.release(&asked, None, &policy), &[], Some(&came_by), &[]);
        let (made_at, scratch) = (req.now(), req.app.config.data.as_path());
        let parts = Parts { title, made_at, scratch, answers: &answers, figures };
        workbook::write(parts).map_err(|error| error.to_string())
    };
    Ok(Reply::download(&name, kind.content_type(), written.map_err(PageError::Internal)?))
}
