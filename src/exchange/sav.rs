//! Data files for SPSS and what reads its format: R, Stata, PSPP, Python.
//!
//! The format is described in the developers' guide of GNU PSPP, "System File Format"
//! (<https://www.gnu.org/software/pspp/pspp-dev/html_node/System-File-Format.html>). Numbers are little-endian, text is
//! UTF-8, cases are packed byte by byte ("simple compression"). Words longer than 255 bytes are cut into segments.

use std::io::{self, Write};

use chrono::{DateTime, Utc};

use super::variable::{Holds, LAST_MISSING, Value, Variable};

/// The media type of a data file.
pub const CONTENT_TYPE: &str = "application/x-spss-sav";

/// The most bytes of a variable's label.
const LONGEST_LABEL: usize = 255;
/// The most bytes of the words for a code.
const LONGEST_VALUE_LABEL: usize = 120;
/// The most bytes of words in one cell.
pub const LONGEST_WORDS: usize = 32_767;
/// How many bytes of long words one segment holds.
const SEGMENT: usize = 255;
/// By how many bytes of width each segment counts.
const SEGMENT_COUNTS: usize = 252;
/// What is added to a small whole number to make its code in a packed case.
const BIAS: f64 = 100.0;

/// A data file about to be written.
pub struct File<'a> {
    /// What it is of; 64 bytes are kept.
    pub label: &'a str,
    /// When it is made, in London.
    pub made_at: DateTime<Utc>,
    /// Its variables.
    pub variables: &'a [Variable],
    /// For each variable the most bytes of words in a cell; nought for all others.
    pub widths: &'a [usize],
    /// How many cases follow; none where nobody knows yet.
    pub cases: Option<i32>,
}

/// How a variable lies in a case.
#[derive(Clone, Copy)]
enum Layout {
    Number,
    /// The bytes of words.
    Words(usize),
}

impl Layout {
    /// The width of each segment; a single one for words of 255 bytes or fewer.
    fn segments(self) -> Vec<usize> {
        match self {
            Self::Number => Vec::new(),
            Self::Words(width) if width <= SEGMENT => vec![width],
            Self::Words(width) => {
                let many = width.div_ceil(SEGMENT_COUNTS);
                let last = width - (many - 1) * SEGMENT_COUNTS;
                std::iter::repeat_n(SEGMENT, many - 1).chain([last]).collect()
            }
        }
    }

    /// How many elements of eight bytes it takes in a case.
    fn elements(self) -> usize {
        match self {
            Self::Number => 1,
            Self::Words(_) => self.segments().into_iter().map(|width| width.div_ceil(8)).sum(),
        }
    }
}

/// Writes the file: what the variables are, then a case for each row, with a value for each variable.
///
/// # Errors
/// When `out` refuses.
pub fn write<W: Write>(out: W, file: &File<'_>, rows: impl Iterator<Item = Vec<Value>>) -> io::Result<()> {
    let mut out = out;
    let widths = file.widths.iter().copied().chain(std::iter::repeat(0));
    let layouts: Vec<Layout> = file.variables.iter().zip(widths).map(|(of, width)| layout(of, width)).collect();
    header(&mut out, file, &layouts)?;
    let names = variables(&mut out, file.variables, &layouts)?;
    value_labels(&mut out, file.variables, &layouts)?;
    extensions(&mut out, file, &layouts, &names)?;
    ints(&mut out, &[999, 0])?;
    let mut packer = Packer::new(out);
    for row in rows {
        for (value, layout) in row.iter().zip(&layouts) {
            case_value(&mut packer, value, *layout)?;
        }
    }
    packer.finish()
}

fn layout(of: &Variable, width: usize) -> Layout {
    match of.holds {
        Holds::Words => Layout::Words(width.clamp(1, LONGEST_WORDS)),
        _ => Layout::Number,
    }
}

fn header(out: &mut impl Write, file: &File<'_>, layouts: &[Layout]) -> io::Result<()> {
    let made = file.made_at.with_timezone(&chrono_tz::Europe::London);
    out.write_all(b"$FL2")?;
    padded(out, concat!("@(#) SPSS DATA FILE Doorstep ", env!("CARGO_PKG_VERSION")), 60)?;
    let elements: usize = layouts.iter().map(|layout| layout.elements()).sum();
    // Layout 2, elements of a case, packed, no weights, cases.
    ints(out, &[2, int(elements), 1, 0, file.cases.unwrap_or(-1)])?;
    number(out, BIAS)?;
    padded(out, &made.format("%d %b %y%H:%M:%S").to_string(), 17)?;
    padded(out, cut(file.label, 64), 64)?;
    out.write_all(&[0; 3])
}

/// Describes the variables and gives the short name of each: the first of its segments.
fn variables(out: &mut impl Write, variables: &[Variable], layouts: &[Layout]) -> io::Result<Vec<String>> {
    let (mut names, mut next) = (Vec::new(), 0);
    let mut short = || {
        next += 1;
        format!("V{next:05}")
    };
    for (variable, layout) in variables.iter().zip(layouts) {
        let name = short();
        match layout {
            Layout::Number => number_variable(out, variable, &name)?,
            Layout::Words(_) => {
                for (at, width) in layout.segments().into_iter().enumerate() {
                    let (segment, label) = if at == 0 { (name.clone(), &*variable.label) } else { (short(), "") };
                    words_variable(out, &segment, label, width)?;
                }
            }
        }
        names.push(name);
    }
    Ok(names)
}

/// A print format: its type, width and decimals in one number.
fn format(kind: i32, width: usize, decimals: u8) -> i32 {
    (kind << 16) | (int(width.min(SEGMENT)) << 8) | i32::from(decimals)
}

fn number_variable(out: &mut impl Write, variable: &Variable, name: &str) -> io::Result<()> {
    const NUMBER: i32 = 5;
    const DATE: i32 = 20;
    let format = match variable.holds {
        Holds::Day => format(DATE, 11, 0),
        Holds::Number { decimals, .. } => format(NUMBER, 12, decimals),
        _ => format(NUMBER, 4, 0),
    };
    let has_missing = matches!(variable.holds, Holds::Codes { .. });
    // Minus two: the two numbers that follow are the ends of a range.
    let label = &variable.label;
    ints(out, &[2, 0, i32::from(!label.is_empty()), if has_missing { -2 } else { 0 }, format, format])?;
    padded(out, name, 8)?;
    variable_label(out, label)?;
    if has_missing {
        number(out, 0.0)?;
        number(out, f64::from(LAST_MISSING))?;
    }
    Ok(())
}

fn words_variable(out: &mut impl Write, name: &str, label: &str, width: usize) -> io::Result<()> {
    const WORDS: i32 = 1;
    let format = format(WORDS, width, 0);
    ints(out, &[2, int(width), i32::from(!label.is_empty()), 0, format, format])?;
    padded(out, name, 8)?;
    variable_label(out, label)?;
    for _ in 1..width.div_ceil(8) {
        ints(out, &[2, -1, 0, 0, format, format])?;
        padded(out, "", 8)?;
    }
    Ok(())
}

fn variable_label(out: &mut impl Write, label: &str) -> io::Result<()> {
    let label = cut(label, LONGEST_LABEL);
    if label.is_empty() {
        return Ok(());
    }
    ints(out, &[int(label.len())])?;
    padded(out, label, label.len().next_multiple_of(4))
}

fn value_labels(out: &mut impl Write, variables: &[Variable], layouts: &[Layout]) -> io::Result<()> {
    // Variables are named by their first element, counted from one.
    let mut element = 1;
    for (variable, layout) in variables.iter().zip(layouts) {
        let labels = variable.holds.labels();
        if !labels.is_empty() {
            ints(out, &[3, int(labels.len())])?;
            for (value, words) in labels {
                let words = cut(&words, LONGEST_VALUE_LABEL);
                number(out, f64::from(value))?;
                out.write_all(&[u8::try_from(words.len()).unwrap_or_default()])?;
                padded(out, words, (words.len() + 1).next_multiple_of(8) - 1)?;
            }
            ints(out, &[4, 1, int(element)])?;
        }
        element += layout.elements();
    }
    Ok(())
}

fn extensions(out: &mut impl Write, file: &File<'_>, layouts: &[Layout], names: &[String]) -> io::Result<()> {
    const UTF_8: i32 = 65_001;
    extension(out, 3, 4, 8)?;
    // Version of the writer; no machine; IEEE 754; packed; little-endian.
    ints(out, &[0, 1, 0, -1, 1, 1, 2, UTF_8])?;
    extension(out, 4, 8, 3)?;
    for limit in [f64::MIN, f64::MAX, f64::MIN.next_up()] {
        number(out, limit)?;
    }
    let display: Vec<i32> = file.variables.iter().zip(layouts).flat_map(|(of, layout)| shown(of, *layout)).collect();
    extension(out, 11, 4, display.len())?;
    ints(out, &display)?;
    let long: Vec<String> =
        names.iter().zip(file.variables).map(|(short, variable)| format!("{short}={}", variable.name)).collect();
    text_extension(out, 13, &long.join("\t"))?;
    let very_long: String = names
        .iter()
        .zip(layouts)
        .filter_map(|(short, layout)| match layout {
            Layout::Words(width) if *width > SEGMENT => Some(format!("{short}={width:05}\0\t")),
            _ => None,
        })
        .collect();
    if !very_long.is_empty() {
        text_extension(out, 14, &very_long)?;
    }
    text_extension(out, 20, "UTF-8")
}

/// How a variable and its segments are shown: what is measured, width, alignment.
fn shown(variable: &Variable, layout: Layout) -> Vec<i32> {
    let (nominal, ordinal, scale) = (1, 2, 3);
    let (left, right) = (0, 1);
    match &variable.holds {
        Holds::Words => layout.segments().into_iter().flat_map(|width| [nominal, int(width.min(30)), left]).collect(),
        Holds::Codes { ordered: true, .. } => vec![ordinal, 8, right],
        Holds::Codes { .. } | Holds::Ticks => vec![nominal, 8, right],
        Holds::Number { .. } | Holds::Day => vec![scale, 11, right],
    }
}

fn extension(out: &mut impl Write, subtype: i32, size: i32, count: usize) -> io::Result<()> {
    ints(out, &[7, subtype, size, int(count)])
}

fn text_extension(out: &mut impl Write, subtype: i32, text: &str) -> io::Result<()> {
    extension(out, subtype, 1, text.len())?;
    out.write_all(text.as_bytes())
}

fn case_value<W: Write>(packer: &mut Packer<W>, value: &Value, layout: Layout) -> io::Result<()> {
    match layout {
        Layout::Number => packer.number(match value {
            Value::Number(number) => Some(*number),
            Value::Day(on) => Some(seconds(*on)),
            Value::Blank | Value::Words(_) => None,
        }),
        Layout::Words(width) => {
            let words = if let Value::Words(words) = value { cut(words, width) } else { "" };
            let mut rest = words.as_bytes();
            for segment in layout.segments() {
                let (own, after) = rest.split_at(rest.len().min(segment));
                rest = after;
                for element in 0..segment.div_ceil(8) {
                    let mut bytes = [b' '; 8];
                    let from = own.get(element * 8..).unwrap_or_default();
                    bytes.iter_mut().zip(from).for_each(|(to, byte)| *to = *byte);
                    packer.words(bytes)?;
                }
            }
            Ok(())
        }
    }
}

/// A day as the format keeps it: seconds since the calendar's first day, 14 October 1582.
fn seconds(on: chrono::NaiveDate) -> f64 {
    let first = chrono::NaiveDate::from_ymd_opt(1582, 10, 14).unwrap_or_default();
    let days = i32::try_from((on - first).num_days()).unwrap_or_default();
    f64::from(days) * 86_400.0
}

/// Packs elements: a byte for each of eight, then those that no byte stands for.
struct Packer<W> {
    out: W,
    codes: Vec<u8>,
    elements: Vec<u8>,
}

/// The element follows as it is.
const AS_IT_IS: u8 = 253;
/// Eight spaces.
const SPACES: u8 = 254;
/// No number.
const NO_NUMBER: u8 = 255;

impl<W: Write> Packer<W> {
    fn new(out: W) -> Self {
        Self { out, codes: Vec::with_capacity(8), elements: Vec::with_capacity(64) }
    }

    fn number(&mut self, number: Option<f64>) -> io::Result<()> {
        let Some(number) = number else { return self.put(NO_NUMBER, &[]) };
        let stands = |code: &u8| (f64::from(*code) - BIAS).to_bits() == number.to_bits();
        match (1_u8..=251).find(stands) {
            Some(code) => self.put(code, &[]),
            None => self.put(AS_IT_IS, &number.to_le_bytes()),
        }
    }

    fn words(&mut self, bytes: [u8; 8]) -> io::Result<()> {
        if bytes == [b' '; 8] { self.put(SPACES, &[]) } else { self.put(AS_IT_IS, &bytes) }
    }

    fn put(&mut self, code: u8, element: &[u8]) -> io::Result<()> {
        self.codes.push(code);
        self.elements.extend_from_slice(element);
        if self.codes.len() == 8 { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.write_all(&self.codes)?;
        self.out.write_all(&self.elements)?;
        self.codes.clear();
        self.elements.clear();
        Ok(())
    }

    /// Fills the last eight with codes that stand for nothing.
    fn finish(mut self) -> io::Result<()> {
        if !self.codes.is_empty() {
            self.codes.resize(8, 0);
            self.flush()?;
        }
        self.out.flush()
    }
}

fn ints(out: &mut impl Write, numbers: &[i32]) -> io::Result<()> {
    numbers.iter().try_for_each(|number| out.write_all(&number.to_le_bytes()))
}

fn number(out: &mut impl Write, number: f64) -> io::Result<()> {
    out.write_all(&number.to_le_bytes())
}

/// A text in a field of so many bytes, with spaces after it.
fn padded(out: &mut impl Write, text: &str, width: usize) -> io::Result<()> {
    let text = cut(text, width);
    out.write_all(text.as_bytes())?;
    out.write_all(&vec![b' '; width - text.len()])
}

/// The start of a text, of so many bytes at most, without half a letter.
fn cut(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or_default()
}

/// A length as the format writes it; nothing here comes near the limit.
fn int(length: usize) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

#[cfg(test)]
#[path = "sav_tests.rs"]
mod tests;
