//! The landlord's name and contacts in a page's text.

use chrono::NaiveDate;

use crate::clock;
use crate::settings::Landlord;
use crate::ui::links;
use crate::web::number::tel;

/// The words that stand for settings, with what each gives; shown beside the editor.
pub const WORDS: [(&str, &str); 9] = [
    ("{landlord}", "the landlord’s name"),
    ("{phone}", "the phone number"),
    ("{email}", "the e-mail address"),
    ("{address}", "the postal address"),
    ("{opening_hours}", "the opening hours"),
    ("{repairs}", "how to report a repair"),
    ("{emergency}", "what to do in an emergency"),
    ("{complaints}", "how to make a complaint"),
    ("{reviewed}", "the day this page was last changed"),
];

/// The text with settings filled in. A line that names an empty setting is left out, and so is a heading with nothing under it.
#[must_use]
pub fn fill(text: &str, landlord: &Landlord, reviewed: Option<NaiveDate>) -> String {
    let address = landlord.address.lines().map(|line| escape(line.trim())).collect::<Vec<_>>().join("  \n");
    let email = if landlord.email.is_empty() {
        String::new()
    } else {
        format!("[{}](mailto:{})", escape(&landlord.email), landlord.email)
    };
    let phone = match tel(&landlord.phone) {
        Some(href) => format!("[{}]({href})", escape(&landlord.phone)),
        None => escape(&landlord.phone),
    };
    let values: [(&str, String); 9] = [
        ("{landlord}", escape(&landlord.name)),
        ("{phone}", phone),
        ("{email}", email),
        ("{address}", address),
        ("{opening_hours}", escape(&landlord.opening_hours)),
        ("{repairs}", linked(&landlord.repairs)),
        ("{emergency}", linked(&landlord.emergency)),
        ("{complaints}", linked(&landlord.complaints)),
        ("{reviewed}", reviewed.map(clock::day).unwrap_or_default()),
    ];
    let mut kept: Vec<String> = Vec::new();
    for line in text.lines() {
        if values.iter().any(|(word, value)| value.is_empty() && line.contains(word)) {
            continue;
        }
        kept.push(values.iter().fold(line.to_owned(), |line, (word, value)| line.replace(word, value)));
    }
    without_bare_headings(&kept)
}

/// A setting's words, with the numbers and addresses among them as links.
fn linked(text: &str) -> String {
    let written = links::pieces(text).into_iter().map(|piece| match piece.href {
        Some(href) => format!("[{}]({href})", escape(piece.words)),
        None => escape(piece.words),
    });
    written.collect()
}

/// A setting is words, never Markdown.
fn escape(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '#' | '!' | '&') {
            out.push('\\');
        }
        out.push(c);
        out
    })
}

fn without_bare_headings(lines: &[String]) -> String {
    let level = |line: &str| line.chars().take_while(|c| *c == '#').count();
    let mut out: Vec<&str> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if level(line) > 0 {
            let next = lines.iter().skip(at + 1).find(|next| !next.trim().is_empty());
            if next.is_none_or(|next| level(next) > 0 && level(next) <= level(line)) {
                continue;
            }
        }
        out.push(line);
    }
    out.join("\n")
}

#[cfg(test)]
#[path = "fill_tests.rs"]
mod tests;
