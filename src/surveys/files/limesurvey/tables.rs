//! The tables of the file: XML of five levels, document, table, rows, row and field, and nothing else.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::Event;

/// The largest file, in bytes.
pub const LARGEST: usize = 5 * 1024 * 1024;
/// The most rows of all tables together.
const MOST_ROWS: usize = 50_000;
/// How deep elements may stand in each other.
const DEEPEST: usize = 8;

/// Why a file cannot be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is larger than `LARGEST`.
    TooLarge,
    /// It is no XML, or broken off.
    Broken,
    /// It defines a document type or entities of its own, or uses some.
    Entities,
    /// Its elements stand deeper in each other than those of a survey.
    TooDeep,
    /// It has more rows than a survey has.
    TooManyRows,
    /// It holds something else than a survey.
    NoSurvey,
}

impl Refused {
    /// What to tell the person who sent it.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::TooLarge => "The file is larger than 5 MB. A survey without pictures is far smaller",
            Self::Broken => {
                "The file cannot be read: it is not XML, or it breaks off. Export the survey’s structure from LimeSurvey again"
            }
            Self::Entities => {
                "The file defines a document type or entities of its own, which a survey’s file does not. It was not read"
            }
            Self::TooDeep => "The elements of the file stand too deep in each other for a survey. It was not read",
            Self::TooManyRows => "The file has more rows than a survey has. It was not read",
            Self::NoSurvey => "The file holds no survey. In LimeSurvey choose “Export”, then “Survey structure (.lss)”",
        }
    }
}

/// A row: its fields by their names. One that is empty is not in it.
pub type Row = HashMap<String, String>;

/// Every table by its name. What stands outside of rows is a row of the table “document”.
pub type Tables = HashMap<String, Vec<Row>>;

/// Reads the tables.
///
/// # Errors
/// See [`Refused`].
pub fn read(bytes: &[u8]) -> Result<Tables, Refused> {
    if bytes.len() > LARGEST {
        return Err(Refused::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Refused::Broken)?;
    let mut reader = Reader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    let mut found = Found::default();
    loop {
        match reader.read_event().map_err(|_| Refused::Broken)? {
            Event::Start(start) => found.enter(start.name().as_ref())?,
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::End(_) => found.leave()?,
            Event::Text(text) => found.words.push_str(&text.xml10_content()),
            Event::CData(text) => found.words.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let character = match &*reference {
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "amp" => Some('&'),
                    "apos" => Some('\''),
                    "quot" => Some('"'),
                    _ => reference.resolve_char_ref().map_err(|_| Refused::Entities)?,
                };
                found.words.push(character.ok_or(Refused::Entities)?);
            }
            Event::DocType(_) => return Err(Refused::Entities),
            Event::Eof => break,
        }
    }
    if found.path.is_empty() && !found.tables.is_empty() { Ok(found.tables) } else { Err(Refused::Broken) }
}

#[derive(Default)]
struct Found {
    tables: Tables,
    path: Vec<String>,
    row: Row,
    words: String,
    rows: usize,
}

impl Found {
    fn enter(&mut self, name: &str) -> Result<(), Refused> {
        if self.path.len() >= DEEPEST {
            return Err(Refused::TooDeep);
        }
        self.path.push(name.to_owned());
        self.words.clear();
        Ok(())
    }

    fn leave(&mut self) -> Result<(), Refused> {
        let words = std::mem::take(&mut self.words);
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        match path.as_slice() {
            [_, _, "rows", "row", field] => {
                let field = (*field).to_owned();
                self.row.insert(field, words);
            }
            [_, table, "rows", "row"] => {
                let (table, row) = ((*table).to_owned(), std::mem::take(&mut self.row));
                self.keep(table, row)?;
            }
            // A list such as the languages', or a value of the whole document.
            [_, table, field] if !matches!(*field, "rows" | "fields") => {
                let (table, row) = ((*table).to_owned(), Row::from([((*field).to_owned(), words)]));
                self.keep(table, row)?;
            }
            [document, field] if !words.trim().is_empty() => {
                let (table, row) = ((*document).to_owned(), Row::from([((*field).to_owned(), words)]));
                self.keep(table, row)?;
            }
            _ => {}
        }
        self.path.pop();
        Ok(())
    }

    fn keep(&mut self, table: String, row: Row) -> Result<(), Refused> {
        self.rows += 1;
        if self.rows > MOST_ROWS {
            return Err(Refused::TooManyRows);
        }
        self.tables.entry(table).or_default().push(row);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_row_by_row_whatever_holds_its_words() {
        let text = "<?xml version=\"1.0\"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType><languages><language>en</language><language>cy</language></languages>\
            <groups><fields><fieldname>gid</fieldname></fields><rows><row><gid><![CDATA[1]]></gid><name>A &amp; B &#8211; &lt;b&gt;</name><empty/></row></rows></groups></document>";
        let tables = read(text.as_bytes()).unwrap();
        assert_eq!(tables["languages"].len(), 2);
        assert_eq!(tables["document"][0]["LimeSurveyDocType"], "Survey");
        assert_eq!(
            tables["groups"],
            [Row::from([("gid", "1"), ("name", "A & B – <b>")].map(|(a, b)| (a.to_owned(), b.to_owned())))]
        );
    }

    #[test]
    fn entities_and_document_types_are_refused_and_nothing_is_expanded() {
        let lol =
            "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;\">]><document><a>&lol2;</a></document>";
        let outside = "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><document><a>&x;</a></document>";
        for text in [lol, outside, "<document><a>&lol;</a></document>", "<document><a>&#xFFFFFF;</a></document>"] {
            assert_eq!(read(text.as_bytes()), Err(Refused::Entities), "{text}");
        }
    }

    #[test]
    fn what_is_no_survey_or_has_no_bounds_is_refused() {
        for text in
            ["", "words", "<document><a>", "<document><a></b></document>", "PK\u{3}\u{4}", "{\"a\": 1}", "<a></a><b>"]
        {
            assert_eq!(read(text.as_bytes()), Err(Refused::Broken), "{text}");
        }
        assert_eq!(read(&[0xff, 0xfe, b'<', 0]), Err(Refused::Broken));
        assert_eq!(read("<a>".repeat(10_000).as_bytes()), Err(Refused::TooDeep));
        assert_eq!(read(&vec![b' '; LARGEST + 1]), Err(Refused::TooLarge));
        let rows = format!("<document><t><rows>{}</rows></t></document>", "<row><a>1</a></row>".repeat(MOST_ROWS + 1));
        assert_eq!(read(rows.as_bytes()), Err(Refused::TooManyRows));
    }
}
