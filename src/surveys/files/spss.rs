//! The single answers of a survey as a data file for SPSS.

use std::io;

use chrono::{DateTime, Utc};

use crate::exchange::sav;
use crate::surveys::files::single::SingleAnswers;

/// Writes the file.
///
/// # Errors
/// Never while it is written into memory.
pub fn write(title: &str, answers: &SingleAnswers<'_>, now: DateTime<Utc>) -> io::Result<Vec<u8>> {
    let (variables, widths) = (answers.variables(), answers.widths());
    let file = sav::File {
        label: title,
        made_at: now,
        variables: &variables,
        widths: &widths,
        cases: i32::try_from(answers.people()).ok(),
    };
    let mut bytes = Vec::new();
    sav::write(&mut bytes, &file, answers.values())?;
    Ok(bytes)
}
