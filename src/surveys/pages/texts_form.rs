//! Texts beside their English in one form, and the way out and back in a file: what a survey's texts and the words of the
//! pages share.

use leptos::prelude::*;

use crate::questionnaires::translations::sheet::{self, Sheet};
use crate::questionnaires::translations::texts::What;
use crate::questionnaires::translations::{Line, Standing, Texts};
use crate::ui;
use crate::ui::spoken::Language;
use crate::web::{Form, PageError, Req};

/// Where an error leads that is about all texts.
pub const TEXTS: &str = "texts";

/// What somebody reads whose texts met others that were saved since.
pub const MEANWHILE: &str =
    "Somebody else saved these texts while you were working. Yours are still here. Compare them, then save them again";

/// The texts of one language on their way through the form.
pub struct Editor<'a> {
    /// The texts and their English.
    pub sheet: Sheet<'a>,
    /// What is stored.
    pub stored: &'a Texts,
    /// The language.
    pub language: &'static Language,
    /// The form as it was typed.
    pub form: &'a Form,
    /// The revision of what is stored.
    pub revision: i64,
    /// Whether the person may save.
    pub may_change: bool,
    /// The path of the page; the file's paths lie below it.
    pub path: String,
}

impl Editor<'_> {
    /// The form, and the file.
    pub fn view(&self) -> AnyView {
        let fields: Vec<AnyView> = self.sheet.lines.iter().map(|line| self.line(line)).collect();
        let save = self.may_change.then(|| ui::button("Save the texts"));
        let file = self.may_change.then(|| {
            view! {
                <form method="post" action=format!("{}/file", self.path) enctype="multipart/form-data" novalidate>
                    {ui::file(self.form, sheet::FILE, "The translated file", "CSV, with the columns place, English and translation", ".csv,text/csv")}
                    {ui::quiet_button("Take over the file")}
                </form>
            }
        });
        view! {
            <form method="post" action=self.path.clone() class="ds-beside" novalidate>
                {ui::carried("revision", self.revision.to_string())}
                <h2 id=TEXTS tabindex="-1">"The texts"</h2>
                {fields}
                {save}
            </form>
            <section class="ds-section">
                <h2>"For a translator"</h2>
                <p>"The file has a row for each text. Fill in the last column and leave the first two as they are. Texts that are left empty in the file stay as they are here."</p>
                <p><a class="govuk-link" href=format!("{}/texts.csv", self.path)>"Download the texts as CSV"</a></p>
                {file}
            </section>
        }
        .into_any()
    }

    fn line(&self, line: &Line) -> AnyView {
        let (name, english) = (sheet::field(line), self.sheet.english(line));
        let (label, hint) = match line.what {
            What::Phrase => (english.clone(), None),
            _ => (line.about.clone(), Some(english.clone())),
        };
        let long = english.chars().count() > 90 || matches!(line.what, What::Question | What::Around);
        let drawn = if long {
            let rows =
                u8::try_from(english.chars().count() / 50 + english.lines().count()).unwrap_or(u8::MAX).clamp(2, 9);
            let field = ui::textarea(self.form, &name, label).rows(rows).written_in(self.language);
            hint.into_iter().fold(field, ui::textarea::Textarea::hint).view()
        } else {
            let field = ui::text(self.form, &name, label).written_in(self.language);
            hint.into_iter().fold(field, ui::field::Field::hint).view()
        };
        let old = self.stored.made_from(line).filter(|_| self.stored.standing(line) == Standing::Old).map(|from| {
            let was = format!("The English was changed since this was written. It was: “{from}”");
            let fits = format!("The text of “{}” still fits", line.about);
            view! {
                <p class="ds-meta">{was}</p>
                {ui::checkbox(self.form, &sheet::still(line), "yes", fits)}
            }
        });
        view! { {drawn}{old} }.into_any()
    }
}

/// The file that was sent, in the form with its texts; the form says what is wrong with it.
pub fn take_file(req: &Req, sheet: &Sheet<'_>, stored: &Texts) -> Form {
    let read = match req.upload(sheet::FILE) {
        Some(upload) => sheet.read_file(&upload.bytes, stored).map_err(|fault| fault.to_string()),
        None => Err("Choose a CSV file".to_owned()),
    };
    read.unwrap_or_else(|why| {
        let mut form = sheet.fill(stored);
        form.error(sheet::FILE, why);
        form
    })
}

/// The revision that a form was drawn from; what is stored now where it came by a file.
///
/// # Errors
/// When it is no number.
pub fn revision(form: &Form, stored: i64) -> Result<i64, PageError> {
    match form.value("revision") {
        "" => Ok(stored),
        sent => sent.parse().map_err(|_| PageError::BadRequest("This form was not made by us. Open it again.".into())),
    }
}

/// The places of the texts that were changed, for the log.
#[must_use]
pub fn changed(lines: &[Line], before: &Texts, after: &Texts) -> String {
    let changed = lines.iter().filter(|line| before.words(line) != after.words(line));
    changed.map(|line| line.place.as_str()).collect::<Vec<_>>().join(", ")
}
