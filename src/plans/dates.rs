//! Finding months in what people write: in a deadline cell, and in a sentence of prose.

use chrono::NaiveDate;

use super::month::{Month, NAMES};

/// A month somebody named, as far as they named it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// 1 to 12.
    pub number: u32,
    /// The year, when it was written beside the month.
    pub year: Option<i32>,
}

/// What a piece of text says about time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The months in the order of the text.
    pub months: Vec<Named>,
    /// Words that are neither a month nor the small words around one.
    pub others: Vec<String>,
}

impl Found {
    /// The months with a year. A missing year is taken from the neighbour, as in `Nov/Dec 2009`.
    #[must_use]
    pub fn dated(&self) -> Vec<Month> {
        let mut years: Vec<Option<i32>> = self.months.iter().map(|m| m.year).collect();
        let numbers: Vec<u32> = self.months.iter().map(|m| m.number).collect();
        let mut after: Option<(u32, i32)> = None;
        for (year, number) in years.iter_mut().zip(&numbers).rev() {
            if year.is_none() {
                *year = after.map(|(next, y)| if *number <= next { y } else { y - 1 });
            }
            after = year.map(|y| (*number, y));
        }
        let mut before: Option<(u32, i32)> = None;
        for (year, number) in years.iter_mut().zip(&numbers) {
            if year.is_none() {
                *year = before.map(|(last, y)| if *number >= last { y } else { y + 1 });
            }
            before = year.map(|y| (*number, y));
        }
        years.into_iter().zip(numbers).filter_map(|(y, n)| Month::new(y?, n)).collect()
    }

    /// The months whose year stands beside them: the only ones prose may be trusted with.
    #[must_use]
    pub fn certain(&self) -> Vec<Month> {
        self.months.iter().filter_map(|m| Month::new(m.year?, m.number)).collect()
    }
}

/// The first full day named, as in `Updated on 12 November 2024` or `12/11/2024`.
#[must_use]
pub fn find_day(text: &str) -> Option<NaiveDate> {
    let tokens = lex(text);
    tokens
        .windows(5)
        .find_map(|five| match five {
            [
                Token::Number { value: day, .. },
                a,
                Token::Number { value: month, .. },
                b,
                Token::Number { value: year, digits: digits @ (2 | 4), .. },
            ] if a == b && matches!(a, Token::Slash | Token::Dot) => NaiveDate::from_ymd_opt(
                full_year((*year, *digits))?,
                u32::try_from(*month).ok()?,
                u32::try_from(*day).ok()?,
            ),
            _ => None,
        })
        .or_else(|| {
            tokens.windows(3).find_map(|three| match three {
                [
                    Token::Number { value: day, .. },
                    Token::Month(month),
                    Token::Number { value: year, digits: digits @ (2 | 4), .. },
                ] => NaiveDate::from_ymd_opt(full_year((*year, *digits))?, *month, u32::try_from(*day).ok()?),
                _ => None,
            })
        })
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Month(u32),
    Number { value: i32, digits: usize, ordinal: bool },
    Dash,
    Slash,
    Dot,
    Word(String),
}

/// Small words that may stand round a month without meaning more than the month.
const SMALL: &[&str] = &[
    "a",
    "about",
    "and",
    "approx",
    "at",
    "before",
    "beginning",
    "by",
    "date",
    "during",
    "due",
    "early",
    "end",
    "from",
    "in",
    "late",
    "mid",
    "middle",
    "of",
    "on",
    "onwards",
    "start",
    "target",
    "the",
    "then",
    "through",
    "till",
    "to",
    "until",
];

/// Finds every month named in the text.
#[must_use]
pub fn find(text: &str) -> Found {
    let tokens = lex(text);
    let mut found = Found::default();
    let mut rest = tokens.as_slice();
    while let Some((token, tail)) = rest.split_first() {
        if let Some((month, after)) = whole_date(rest).or_else(|| month_and_year(rest)) {
            found.months.push(month);
            rest = after;
            continue;
        }
        match token {
            Token::Word(word) if !SMALL.contains(&word.to_lowercase().as_str()) => {
                found.others.push(word.clone());
            }
            // A number before a month is its day; any other number is something unread.
            Token::Number { value, .. } if !matches!(next_month(tail), Some(())) => {
                found.others.push(value.to_string());
            }
            _ => {}
        }
        rest = tail;
    }
    found
}

fn next_month(tail: &[Token]) -> Option<()> {
    match tail {
        [Token::Month(_), ..] | [Token::Dash, Token::Number { .. }, Token::Month(_), ..] => Some(()),
        [Token::Word(of), Token::Month(_), ..] if of == "of" => Some(()),
        _ => None,
    }
}

/// `30/10/09`, `23.11.09`, `2009-03-31`, `2009-03`, `03/2009`.
fn whole_date(tokens: &[Token]) -> Option<(Named, &[Token])> {
    let number = |token: &Token| match token {
        Token::Number { value, digits, ordinal: false } => Some((*value, *digits)),
        _ => None,
    };
    let named = |year: (i32, usize), month: i32| {
        let number = u32::try_from(month).ok().filter(|n| (1..=12).contains(n))?;
        Some(Named { number, year: Some(full_year(year)?) })
    };
    let between = |a: &Token, b: &Token| a == b && matches!(a, Token::Slash | Token::Dot | Token::Dash);
    if let [a, s, b, t, c, rest @ ..] = tokens
        && between(s, t)
        && let (Some(a), Some(b), Some(c)) = (number(a), number(b), number(c))
    {
        if a.1 == 4 {
            return Some((named(a, b.0)?, rest));
        }
        if a.1 <= 2 && (1..=31).contains(&a.0) && (c.1 == 2 || c.1 == 4) {
            return Some((named(c, b.0)?, rest));
        }
    }
    if let [a, Token::Dash | Token::Slash, b, rest @ ..] = tokens
        && let (Some(a), Some(b)) = (number(a), number(b))
    {
        if a.1 == 4 && b.1 == 2 {
            return Some((named(a, b.0)?, rest));
        }
        if a.1 <= 2 && b.1 == 4 {
            return Some((named(b, a.0)?, rest));
        }
    }
    None
}

/// `Mar 2009`, `Sept 09`, `Mar-09`, `10th March, 2009`, `Jan 10 2010`, or a month alone.
fn month_and_year(tokens: &[Token]) -> Option<(Named, &[Token])> {
    let (Token::Month(number), after) = tokens.split_first()? else { return None };
    let mut rest = after;
    if let [Token::Dot, tail @ ..] = rest {
        rest = tail;
    }
    let day_then_year = match rest {
        [Token::Number { .. }, Token::Number { value, digits: 4, .. }, tail @ ..] => Some((*value, tail)),
        _ => None,
    };
    if let Some((year, tail)) = day_then_year {
        return Some((Named { number: *number, year: Some(year) }, tail));
    }
    let joined = match rest {
        [Token::Dash, Token::Number { digits: 2, ordinal: false, .. }, Token::Month(_), ..] => rest,
        [Token::Dash, tail @ ..] if matches!(tail, [Token::Number { digits: 2 | 4, .. }, ..]) => tail,
        _ => rest,
    };
    if let [Token::Number { value, digits: digits @ (2 | 4), ordinal: false }, tail @ ..] = joined
        && let Some(year) = full_year((*value, *digits))
    {
        return Some((Named { number: *number, year: Some(year) }, tail));
    }
    Some((Named { number: *number, year: None }, after))
}

fn full_year((value, digits): (i32, usize)) -> Option<i32> {
    match digits {
        2 => Some(if value < 70 { 2000 + value } else { 1900 + value }),
        4 => (1950..2150).contains(&value).then_some(value),
        _ => None,
    }
}

fn lex(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(&c) = chars.peek() {
        if c.is_alphabetic() {
            let mut word = String::new();
            while let Some(&l) = chars.peek().filter(|l| l.is_alphabetic() || **l == '\'') {
                word.push(l);
                chars.next();
            }
            tokens.push(month_number(&word).map_or(Token::Word(word), Token::Month));
        } else if c.is_ascii_digit() {
            let mut digits = String::new();
            while let Some(&d) = chars.peek().filter(|d| d.is_ascii_digit()) {
                digits.push(d);
                chars.next();
            }
            let mut suffix = String::new();
            while let Some(&l) = chars.peek().filter(|l| l.is_alphabetic()) {
                suffix.push(l);
                chars.next();
            }
            let ordinal = matches!(suffix.to_lowercase().as_str(), "st" | "nd" | "rd" | "th");
            match digits.parse() {
                Ok(value) if suffix.is_empty() || ordinal => {
                    tokens.push(Token::Number { value, digits: digits.len(), ordinal });
                }
                _ => tokens.push(Token::Word(format!("{digits}{suffix}"))),
            }
        } else {
            match c {
                '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => tokens.push(Token::Dash),
                '/' => tokens.push(Token::Slash),
                '.' => tokens.push(Token::Dot),
                _ => {}
            }
            chars.next();
        }
    }
    tokens
}

/// A month by its English name or any shortening of at least three letters, written with a capital
/// ("may" is a verb), or all in capitals.
fn month_number(word: &str) -> Option<u32> {
    if word.len() < 3 || !word.starts_with(char::is_uppercase) {
        return None;
    }
    let lower = word.to_lowercase();
    let at = NAMES.iter().position(|name| name.to_lowercase().starts_with(&lower))?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<String> {
        find(text).dated().into_iter().map(Month::code).collect()
    }

    #[test]
    fn months_are_read_as_people_write_them() {
        for (text, expected) in [
            ("Mar 2009", vec!["2009-03"]),
            ("Sept 09", vec!["2009-09"]),
            ("Sept. '09", vec!["2009-09"]),
            ("Mar-09", vec!["2009-03"]),
            ("(October 2009)", vec!["2009-10"]),
            ("June-Aug 2009", vec!["2009-06", "2009-08"]),
            ("Apr \u{2013} Jun 2009", vec!["2009-04", "2009-06"]),
            ("Nov/Dec 2009", vec!["2009-11", "2009-12"]),
            ("Nov \u{2013} Feb 2010", vec!["2009-11", "2010-02"]),
            ("Nov 2009 to Feb", vec!["2009-11", "2010-02"]),
            ("Mar 2009 \u{2013} May 2010", vec!["2009-03", "2010-05"]),
            ("by end of 31 March 2010", vec!["2010-03"]),
            ("31/03/2010", vec!["2010-03"]),
            ("23.11.09", vec!["2009-11"]),
            ("2010-03-31", vec!["2010-03"]),
            ("03/2010", vec!["2010-03"]),
            ("10th January, 2010", vec!["2010-01"]),
            ("Jan 10 2010", vec!["2010-01"]),
            ("TBC", vec![]),
        ] {
            assert_eq!(codes(text), expected, "{text}");
        }
    }

    #[test]
    fn a_full_day_is_found_in_a_title() {
        let day = NaiveDate::from_ymd_opt(2024, 11, 12);
        assert_eq!(find_day("Updated on 12 November 2024"), day);
        assert_eq!(find_day("as at 12/11/2024"), day);
        assert_eq!(find_day("Plan for 2024"), None);
    }

    #[test]
    fn words_that_are_not_months_are_kept() {
        let found = find("Spring 2010 or when ready");
        assert!(found.months.is_empty());
        assert_eq!(found.others, ["Spring", "2010", "or", "when", "ready"]);
    }

    #[test]
    fn may_with_a_small_letter_is_a_verb() {
        assert!(find("the policy may not 2010").months.is_empty());
    }

    #[test]
    fn prose_is_trusted_only_where_the_year_is_written() {
        let found = find("More in November and December, the report in Jan 10");
        assert_eq!(found.certain().into_iter().map(Month::code).collect::<Vec<_>>(), ["2010-01"]);
    }
}
