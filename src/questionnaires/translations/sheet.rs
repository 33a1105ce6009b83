//! Texts on their way from and to a translator: in a form beside the English, and in a file with a row for each.

use crate::exchange::{Fault, csv};
use crate::questionnaires::piping;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::translations::texts::{Line, Texts};
use crate::web::Form;

/// The headings of a file.
pub const COLUMNS: [&str; 3] = ["place", "English", "translation"];

/// Texts to translate, and the questionnaire that marks for earlier answers name by number.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    /// The texts.
    pub lines: &'a [Line],
    /// The questionnaire; an empty one where no text repeats an answer.
    pub among: &'a Questionnaire,
}

/// The name of a line's field.
#[must_use]
pub fn field(line: &Line) -> String {
    format!("t-{}", line.place)
}

impl Sheet<'_> {
    /// A line's English as people type it.
    #[must_use]
    pub fn english(&self, line: &Line) -> String {
        piping::typed(&line.source, self.among)
    }

    /// The form with what there is in a language.
    #[must_use]
    pub fn fill(&self, texts: &Texts) -> Form {
        let pairs = self.lines.iter().map(|line| {
            let words = texts.words(line).unwrap_or_default();
            (field(line), piping::typed(words, self.among))
        });
        Form::new(pairs.collect())
    }

    /// The texts of the form; where something is wrong, the form says it. A text that was sent as it stands keeps the
    /// English it was made from, unless somebody says that it still fits.
    pub fn read(&self, form: &mut Form, before: &Texts) -> Texts {
        let mut texts = before.clone();
        for line in self.lines {
            let name = field(line);
            let typed = form.value(&name).trim().replace("\r\n", "\n");
            let words = match self.stored(line, &typed) {
                Ok(words) => words,
                Err(why) => {
                    form.error(&name, why);
                    continue;
                }
            };
            let still_fits = form.has(&still(line), "yes");
            if still_fits || before.words(line).unwrap_or_default() != words {
                texts.put(line, &words);
            }
        }
        texts
    }

    /// A text as it is stored, from one that was typed.
    fn stored(&self, line: &Line, typed: &str) -> Result<String, String> {
        if typed.is_empty() {
            return Ok(String::new());
        }
        if typed.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            return Err(format!("{}: take out the character that cannot be used", line.about));
        }
        let position = self.among.questions().len();
        let words = piping::stored(typed, self.among, position).map_err(|why| format!("{}: {why}", line.about))?;
        // Numbers are what people know a question by.
        line.refuses(&words).map_or(Ok(words), |why| Err(piping::typed(&why, self.among)))
    }

    /// A file with a row for each text.
    #[must_use]
    pub fn file(&self, texts: &Texts) -> Vec<u8> {
        let rows = self.lines.iter().map(|line| {
            let words = texts.words(line).unwrap_or_default();
            [line.place.clone(), self.english(line), piping::typed(words, self.among)]
        });
        csv::write(std::iter::once(COLUMNS.map(str::to_owned)).chain(rows))
    }

    /// The form with the texts of a file in it; what is wrong with the file, the form says under `file`. Texts that the
    /// file leaves empty or out stay as they are.
    ///
    /// # Errors
    /// A fault when the file cannot be read at all.
    pub fn read_file(&self, bytes: &[u8], before: &Texts) -> Result<Form, Fault> {
        let sheet = csv::read(bytes)?;
        if let Some(missing) = sheet.missing(&COLUMNS).first() {
            return Err(Fault::new(1, "", format!("there is no column “{missing}”")));
        }
        let mut form = self.fill(before);
        let mut faults = Vec::new();
        for row in &sheet.rows {
            let (place, words) = (row.cell("place"), row.cell("translation"));
            let Some(line) = self.lines.iter().find(|line| line.place == place) else {
                faults.push(Fault::new(row.number, "place", format!("there is no text at “{place}” any more")));
                continue;
            };
            if words.is_empty() {
                continue;
            }
            form.set(&field(line), words);
            // What was translated from the same English fits it, even where it was written before.
            form.set(&still(line), "yes");
            if !same(row.cell("English"), &self.english(line)) {
                form.set(&still(line), "");
                let why = format!("{}: the English was changed since this file was made. Compare the text", line.about);
                faults.push(Fault::new(row.number, "English", why));
            }
        }
        for fault in faults {
            form.error(FILE, fault.to_string());
        }
        Ok(form)
    }
}

/// The field of the file.
pub const FILE: &str = "file";

/// The box that says that an old text still fits.
#[must_use]
pub fn still(line: &Line) -> String {
    format!("still-{}", line.place)
}

/// Whether two texts are the same but for the white space that spreadsheets change.
fn same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::kinds::Kind;
    use crate::questionnaires::question::Question;
    use crate::questionnaires::translations::places;

    fn two() -> Questionnaire {
        let mut of = Questionnaire::default();
        of.add(Question::new("=Had a repair?", Kind::usual("one_choice").unwrap())).unwrap();
        of.add(Question::new("Why {answer:1}, \"now\"?", Kind::usual("long_text").unwrap()).hinted("Two\nlines"))
            .unwrap();
        of
    }

    fn in_welsh(sheet: &Sheet<'_>) -> Texts {
        let mut form = Form::filled(&[
            ("t-q1-text", "=Gawsoch chi waith?"),
            ("t-q1-answer-1", "Do"),
            ("t-q2-text", "Pam {answer 1}, “nawr”?"),
            ("t-q2-hint", "Dwy\r\nlinell"),
        ]);
        let texts = sheet.read(&mut form, &Texts::default());
        assert!(form.is_valid(), "{form:?}");
        texts
    }

    #[test]
    fn v16_a_file_brings_back_what_it_took_out_and_no_cell_is_a_formula() {
        let (of, lines) = (two(), places::lines(&two()));
        let sheet = Sheet { lines: &lines, among: &of };
        let texts = in_welsh(&sheet);
        let file = sheet.file(&texts);
        let text = String::from_utf8(file.clone()).unwrap();
        assert!(
            text.starts_with("place,English,translation\r\nq1-text,'=Had a repair?,'=Gawsoch chi waith?\r\n"),
            "{text}"
        );
        assert!(text.contains("Why {answer 1}"), "{text}");
        let mut form = sheet.read_file(&file, &Texts::default()).unwrap();
        assert_eq!((sheet.read(&mut form, &Texts::default()), form.is_valid()), (texts.clone(), true));
        // A file of nothing but places changes nothing.
        let mut form = sheet.read_file(&sheet.file(&Texts::default()), &texts).unwrap();
        assert_eq!(sheet.read(&mut form, &texts), texts);
    }

    #[test]
    fn a_place_that_is_gone_and_english_that_changed_are_told_and_the_texts_are_kept_in_the_form() {
        let (of, lines) = (two(), places::lines(&two()));
        let sheet = Sheet { lines: &lines, among: &of };
        let file = "place,English,translation\nq9-text,Gone?,Wedi mynd?\nq1-text,Had two repairs?,Dau waith?\n";
        let form = sheet.read_file(file.as_bytes(), &Texts::default()).unwrap();
        let told: Vec<&str> = form.errors().iter().map(|(_, told)| told.as_str()).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].starts_with("Row 2, column place: there is no text at “q9-text”"), "{told:?}");
        assert!(told[1].contains("Row 3, column English: Question 1: the English was changed"), "{told:?}");
        assert_eq!(form.value("t-q1-text"), "Dau waith?");
        assert_eq!(sheet.read_file(b"place,English\nx,y", &Texts::default()).unwrap_err().row, 1);
    }

    #[test]
    fn an_old_text_stays_old_until_somebody_changes_it_or_says_that_it_fits() {
        let (mut of, lines) = (two(), places::lines(&two()));
        let texts = in_welsh(&Sheet { lines: &lines, among: &of });
        of.replace(1, Question::new("Any repair?", Kind::usual("one_choice").unwrap())).unwrap();
        let lines = places::lines(&of);
        let sheet = Sheet { lines: &lines, among: &of };
        let mut form = sheet.fill(&texts);
        assert_eq!(sheet.read(&mut form, &texts), texts);
        form.set("still-q1-text", "yes");
        let read = sheet.read(&mut form, &texts);
        assert_eq!(read.made_from(&lines[0]), Some("Any repair?"));
        form.set("t-q2-text", "Pam?");
        sheet.read(&mut form, &texts);
        assert_eq!(
            form.error_of("t-q2-text"),
            Some("Question 2: keep {answer 1} in the text, as it is in the English")
        );
        form.set("t-q2-text", "Pam {answer 7}?");
        sheet.read(&mut form, &texts);
        assert_eq!(form.value("t-q2-text"), "Pam {answer 7}?");
    }
}
