//! The equations that say who is asked, as far as conditions of ours can say the same.
//!
//! The subset: comparisons of one name with a text or a number, `is_empty`, joined by `and`, `or`, `not` and brackets.
//! Whatever else an equation holds is refused as a whole, never read halfway.

use super::names::{Names, Target};
use crate::questionnaires::condition::Condition;

/// The longest equation that is looked at, in bytes.
const LONGEST: usize = 4_000;
/// How deep brackets may stand in each other.
const DEEPEST: usize = 20;

/// Reads an equation; none where everybody is asked.
///
/// # Errors
/// Why it cannot be said, as the end of a sentence.
pub(super) fn read(equation: &str, names: &Names) -> Result<Option<Condition>, String> {
    let equation = equation.trim();
    if equation.is_empty() || equation == "1" {
        return Ok(None);
    }
    if equation.len() > LONGEST {
        return Err("it is too long".to_owned());
    }
    let tokens = tokens(equation)?;
    let mut reader = Reader { tokens: &tokens, at: 0, names };
    let condition = reader.either(0)?;
    if reader.at < tokens.len() {
        return Err(format!("“{equation}” is more than can be read"));
    }
    Ok(Some(condition))
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Name(String),
    Text(String),
    /// `and`, `==`, `(` …
    Sign(&'static str),
}

/// Signs and words, the longer before the shorter, with what they mean.
const SIGNS: [(&str, &str); 14] = [
    ("&&", "and"),
    ("||", "or"),
    ("==", "=="),
    ("!=", "!="),
    ("<>", "!="),
    ("<=", "<="),
    (">=", ">="),
    ("<", "<"),
    (">", ">"),
    ("!", "not"),
    ("(", "("),
    (")", ")"),
    ("=", "=="),
    (",", ","),
];
const WORDS: [(&str, &str); 9] = [
    ("and", "and"),
    ("or", "or"),
    ("not", "not"),
    ("eq", "=="),
    ("ne", "!="),
    ("lt", "<"),
    ("le", "<="),
    ("gt", ">"),
    ("ge", ">="),
];

fn tokens(equation: &str) -> Result<Vec<Token>, String> {
    let (mut found, mut rest) = (Vec::new(), equation.trim_start());
    while let Some(first) = rest.chars().next() {
        let after = if first == '"' || first == '\'' {
            let inner = rest.get(1..).unwrap_or_default();
            let (text, after) = inner.split_once(first).ok_or("a quotation mark is never closed")?;
            found.push(Token::Text(text.to_owned()));
            after
        } else if first.is_alphanumeric() || first == '_' || first == '-' {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || "_.-".contains(c))).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            let lower = word.to_lowercase();
            found.push(match WORDS.iter().find(|(known, _)| *known == lower) {
                Some((_, sign)) => Token::Sign(sign),
                None if word.parse::<f64>().is_ok() => Token::Text(word.to_owned()),
                None => Token::Name(word.to_owned()),
            });
            after
        } else {
            let sign = SIGNS.iter().find(|(known, _)| rest.starts_with(known));
            let (known, sign) = sign.ok_or_else(|| format!("“{first}” means something that conditions cannot say"))?;
            found.push(Token::Sign(sign));
            rest.get(known.len()..).unwrap_or_default()
        };
        rest = after.trim_start();
    }
    Ok(found)
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    names: &'a Names,
}

impl Reader<'_> {
    fn next_is(&mut self, sign: &str) -> bool {
        let is_so = self.tokens.get(self.at) == Some(&Token::Sign(known(sign)));
        self.at += usize::from(is_so);
        is_so
    }

    fn either(&mut self, depth: usize) -> Result<Condition, String> {
        let mut any = vec![self.both(depth)?];
        while self.next_is("or") {
            any.push(self.both(depth)?);
        }
        Ok(one_or(any, |any| Condition::Any { any }))
    }

    fn both(&mut self, depth: usize) -> Result<Condition, String> {
        let mut all = vec![self.single(depth)?];
        while self.next_is("and") {
            all.push(self.single(depth)?);
        }
        Ok(one_or(all, |all| Condition::All { all }))
    }

    fn single(&mut self, depth: usize) -> Result<Condition, String> {
        if depth > DEEPEST {
            return Err("its brackets stand too deep in each other".to_owned());
        }
        if self.next_is("not") {
            return self.single(depth + 1).map(Condition::negated);
        }
        if self.next_is("(") {
            let inner = self.either(depth + 1)?;
            return if self.next_is(")") { Ok(inner) } else { Err("a bracket is never closed".to_owned()) };
        }
        self.statement()
    }

    fn statement(&mut self) -> Result<Condition, String> {
        let Some(Token::Name(name)) = self.tokens.get(self.at) else {
            return Err("it compares something else than one answer with one value".to_owned());
        };
        self.at += 1;
        if name == "is_empty" {
            return Ok(self.in_brackets()?.given().negated());
        }
        if self.tokens.get(self.at) == Some(&Token::Sign("(")) {
            return Err(format!("it uses the function “{name}”"));
        }
        let target = self.target(name)?;
        let Some(Token::Sign(sign)) = self.tokens.get(self.at) else { return Ok(target.given()) };
        if !["==", "!=", "<", "<=", ">", ">="].contains(sign) {
            return Ok(target.given());
        }
        self.at += 1;
        let Some(Token::Text(value)) = self.tokens.get(self.at) else {
            return Err("it compares an answer with something else than a value".to_owned());
        };
        self.at += 1;
        compared(&target, sign, value).ok_or_else(|| format!("“{name} {sign} {value}” cannot be said of that question"))
    }

    fn in_brackets(&mut self) -> Result<Target, String> {
        let opens = self.next_is("(");
        let target = match self.tokens.get(self.at) {
            Some(Token::Name(name)) if opens => self.target(name)?,
            _ => return Err("it asks whether something is empty that is no question".to_owned()),
        };
        self.at += 1;
        if self.next_is(")") { Ok(target) } else { Err("a bracket is never closed".to_owned()) }
    }

    fn target(&self, name: &str) -> Result<Target, String> {
        let found = self.names.find(name).cloned();
        found.ok_or_else(|| format!("it names “{name}”, which is no question taken over before this one"))
    }
}

fn known(sign: &str) -> &'static str {
    SIGNS.iter().chain(&WORDS).find(|(_, known)| *known == sign).map_or("", |(_, known)| *known)
}

fn one_or(mut parts: Vec<Condition>, join: impl Fn(Vec<Condition>) -> Condition) -> Condition {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => join(parts.into_iter().chain(last).collect()),
    }
}

/// A comparison as a condition. In the file an answer that was not given is an empty text.
fn compared(target: &Target, sign: &str, value: &str) -> Option<Condition> {
    match (target, sign, value) {
        (_, "!=", "") | (Target::Tick { .. }, "==", "Y") | (Target::Tick { .. }, "!=", "N") => Some(target.given()),
        (_, "==", "") | (Target::Tick { .. }, "!=", "Y") | (Target::Tick { .. }, "==", "N") => {
            Some(target.given().negated())
        }
        (Target::OneOf { .. }, "!=", _) => compared(target, "==", value).map(Condition::negated),
        (Target::OneOf { key, codes }, _, _) => {
            let fits = codes.iter().filter(|(code, _)| holds(code, sign, value)).map(|(_, code)| *code);
            let codes: Vec<u8> = fits.collect();
            (!codes.is_empty()).then_some(Condition::Gave { question: *key, codes })
        }
        _ => None,
    }
}

fn holds(code: &str, sign: &str, value: &str) -> bool {
    if sign == "==" {
        return code == value;
    }
    let Some((code, value)) = code.parse::<f64>().ok().zip(value.parse::<f64>().ok()) else { return false };
    match sign {
        "<" => code < value,
        "<=" => code <= value,
        ">" => code > value,
        _ => code >= value,
    }
}
