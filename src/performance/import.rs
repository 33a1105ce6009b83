//! Figures from a spreadsheet: every row read, every fault named by row and column, nothing kept unless all can be.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::figure::{self, NewFigure, number};
use super::period::Month;
use super::since::{FirstDays, too_early};
use crate::exchange::Fault;
use crate::exchange::csv::{self, Row};
use crate::standards::{Published, Source, Unit};

/// The headings a file must have.
pub const COLUMNS: [&str; 4] = ["standard", "period", "numerator", "denominator"];
/// The most rows of one file.
pub const MOST_ROWS: usize = 5000;

/// A row that can be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    pub row: usize,
    /// The standard's title.
    pub title: String,
    pub unit: Unit,
    pub figure: NewFigure,
}

/// Reads a file of figures. `value` may stand beside or instead of `numerator`: a per cent, or an average in the standard's unit.
///
/// # Errors
/// Every fault of the file, in order of rows.
pub fn read(
    bytes: &[u8],
    standards: &[Published],
    first_days: &FirstDays,
    today: NaiveDate,
) -> Result<Vec<Read>, Vec<Fault>> {
    let sheet = csv::read(bytes).map_err(|fault| vec![fault])?;
    let lacking: Vec<Fault> = sheet
        .missing(&COLUMNS)
        .into_iter()
        .filter(|column| *column != "numerator" || !sheet.missing(&["value"]).is_empty())
        .map(|column| Fault::new(1, column, "the first row must hold this heading"))
        .collect();
    if !lacking.is_empty() {
        return Err(lacking);
    }
    if sheet.rows.is_empty() {
        return Err(vec![Fault::new(2, "", "there are no figures under the headings")]);
    }
    if sheet.rows.len() > MOST_ROWS {
        return Err(vec![Fault::new(MOST_ROWS + 2, "", format!("there are more than {MOST_ROWS} rows"))]);
    }
    let mut seen = HashMap::new();
    let (mut read, mut faults) = (Vec::new(), Vec::new());
    for row in &sheet.rows {
        match one(row, standards, first_days, today) {
            Err(mut wrong) => faults.append(&mut wrong),
            Ok(found) => match seen.insert((found.figure.standard_id, found.figure.month), row.number) {
                None => read.push(found),
                Some(first) => {
                    let message = format!("row {first} has a figure for the same standard and month");
                    faults.push(Fault::new(row.number, "period", message));
                }
            },
        }
    }
    if faults.is_empty() { Ok(read) } else { Err(faults) }
}

fn one(row: &Row, standards: &[Published], first_days: &FirstDays, today: NaiveDate) -> Result<Read, Vec<Fault>> {
    let fault = |column: &str, message: String| Fault::new(row.number, column, message);
    let named = row.cell("standard");
    let standard = standards.iter().find(|one| one.slug == named || one.title.eq_ignore_ascii_case(named));
    let mut faults = Vec::new();
    if let Some(standard) = standard.filter(|standard| !standard.counts(Source::Figure)) {
        let from = match (standard.counts(Source::Survey), standard.counts(Source::Shop)) {
            (true, true) => "surveys and mystery shops",
            (false, true) => "mystery shops",
            _ => "surveys",
        };
        let title = &standard.title;
        let message = format!("“{title}” takes no figures of your own: its results come from {from}");
        faults.push(fault("standard", message));
    }
    if standard.is_none() {
        faults.push(fault(
            "standard",
            match named {
                "" => "enter the standard’s short name, as in its web address".into(),
                named => format!("there is no published standard called “{named}”"),
            },
        ));
    }
    let month = row.cell("period").parse::<Month>().ok();
    match month {
        None => faults.push(fault("period", format!("“{}” is not a month. Write it like 2026-10", row.cell("period")))),
        Some(month) if month > Month::of(today) => faults.push(fault("period", format!("{month} has not come yet"))),
        Some(month) => {
            let early = standard.and_then(|standard| too_early(standard, month, first_days));
            faults.extend(early.map(|message| fault("period", message)));
        }
    }
    let unit = standard.map_or(Unit::PerCent, |standard| standard.unit);
    match numbers(row, unit) {
        Err((column, message)) => faults.push(fault(column, message)),
        Ok((numerator, denominator)) if faults.is_empty() => {
            if let Some((standard, month)) = standard.zip(month) {
                let figure = NewFigure { standard_id: standard.id, month, numerator, denominator };
                return Ok(Read { row: row.number, title: standard.title.clone(), unit, figure });
            }
        }
        Ok(_) => {}
    }
    Err(faults)
}

/// The two numbers of a row. A numerator of a standard that is no share is the total of all cases.
fn numbers(row: &Row, unit: Unit) -> Result<(f64, i64), (&'static str, String)> {
    let (numerator, denominator, value) = (row.cell("numerator"), row.cell("denominator"), row.cell("value"));
    let cases = || figure::read(Unit::Number, "0", denominator).map_err(|wrong| ("denominator", wrong.message));
    if numerator.is_empty() && !value.is_empty() {
        let (_, cases) = cases()?;
        let out_of = if unit == Unit::PerCent { 100.0 } else { f64::MAX };
        let value = number(value).filter(|value| *value <= out_of);
        let value = value.ok_or_else(|| ("value", "enter a number, up to 100 for a per cent".to_owned()))?;
        let whole = f64::from(u32::try_from(cases).unwrap_or(u32::MAX));
        return Ok((if unit == Unit::PerCent { (value * whole / 100.0).round() } else { value * whole }, cases));
    }
    if unit == Unit::PerCent {
        let place = |wrong: figure::Wrong| (if wrong.in_cases { "denominator" } else { "numerator" }, wrong.message);
        return figure::read(unit, numerator, denominator).map_err(place);
    }
    let (_, cases) = cases()?;
    let total = number(numerator).filter(|total| *total <= 1e12);
    total.map(|total| (total, cases)).ok_or_else(|| ("numerator", "enter the total of all cases, a number".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::performance::store::testing::published;

    fn today() -> NaiveDate {
        "2026-11-16".parse().unwrap()
    }

    fn lines(text: &str) -> Vec<String> {
        let all = [published(1, "calls-answered", Unit::PerCent), published(2, "relet-time", Unit::Days)];
        read(text.as_bytes(), &all, &FirstDays::new(), today()).unwrap_err().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_fault_names_its_row_and_column() {
        let text = "standard,period,numerator,denominator\n\
            calls-answered,2026-10,1300,1240\n\
            calls,2027-01,5,ten\n\
            ,,,\n\
            relet-time,soon,960,40\n";
        assert_eq!(
            lines(text),
            [
                "Row 2, column numerator: enter 1240 or fewer, as there were only 1240",
                "Row 3, column standard: there is no published standard called “calls”",
                "Row 3, column period: January 2027 has not come yet",
                "Row 3, column denominator: enter how many there were, a whole number from 1",
                "Row 5, column period: “soon” is not a month. Write it like 2026-10",
            ]
        );
    }

    #[test]
    fn a_month_before_the_standard_is_refused_by_its_name_and_first_day() {
        let all = [published(1, "calls-answered", Unit::PerCent)];
        let first_days = FirstDays::from([(all[0].id, "2026-10-05".parse().unwrap())]);
        let text = "standard,period,numerator,denominator\ncalls-answered,2026-09,90,100\n";
        let faults = read(text.as_bytes(), &all, &first_days, today()).unwrap_err();
        let said = "Row 2, column period: \u{201c}calls-answered\u{201d} holds from 5 October 2026, so that September 2026 has no figure";
        assert_eq!(faults.iter().map(ToString::to_string).collect::<Vec<_>>(), [said]);
    }

    #[test]
    fn a_standard_whose_results_come_from_surveys_takes_no_figure() {
        let mut asked = published(1, "calls-answered", Unit::PerCent);
        asked.wording.sources.0 = vec![Source::Survey];
        let text = "standard,period,numerator,denominator\ncalls-answered,2026-10,90,100\n";
        let faults = read(text.as_bytes(), &[asked], &FirstDays::new(), today()).unwrap_err();
        let said =
            "Row 2, column standard: “calls-answered” takes no figures of your own: its results come from surveys";
        assert_eq!(faults.iter().map(ToString::to_string).collect::<Vec<_>>(), [said]);
    }

    #[test]
    fn a_file_without_its_headings_or_without_rows_is_refused() {
        assert_eq!(
            lines("standard,month,numerator,denominator\na,b,1,2\n"),
            ["Row 1, column period: the first row must hold this heading"]
        );
        assert_eq!(
            lines("standard,period,numerator,denominator\n"),
            ["Row 2: there are no figures under the headings"]
        );
        assert_eq!(
            lines("standard,period,value,denominator\ncalls-answered,2026-10,90,10\ncalls-answered,Oct-26,80,10\n"),
            ["Row 3, column period: row 2 has a figure for the same standard and month"]
        );
    }

    #[test]
    fn a_share_a_total_and_an_average_are_read() {
        let all = [published(1, "calls-answered", Unit::PerCent), published(2, "relet-time", Unit::Days)];
        let text = "Standard;Period;Numerator;Denominator;Value\n\
            calls-answered;Oct-26;1,116;1,240;\n\
            relet-time;2026-10;940;40;\n\
            relet-time;2026-09;;40;23.5\n\
            calls-answered;2026-09;;200;90%\n";
        let read = read(text.as_bytes(), &all, &FirstDays::new(), today()).unwrap();
        let numbers: Vec<(f64, i64)> =
            read.iter().map(|read| (read.figure.numerator, read.figure.denominator)).collect();
        assert_eq!(numbers, [(1116.0, 1240), (940.0, 40), (940.0, 40), (180.0, 200)]);
        assert_eq!(read[0].row, 2);
    }
}
