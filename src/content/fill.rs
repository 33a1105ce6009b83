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
mod tests {
    use super::*;
    use leptos::prelude::RenderHtml as _;

    #[test]
    fn a_line_and_a_heading_without_their_setting_are_left_out() {
        let text = "## Phone\n\nPhone **{phone}**.\n\n## Post\n\n{address}\n\n## More\n\nWrite to {landlord}.";
        let landlord = Landlord { name: "Mill *Lane*".into(), address: "1 Row\nTown".into(), ..Landlord::default() };
        let filled = fill(text, &landlord, None);
        assert!(!filled.contains("Phone"), "{filled}");
        assert!(filled.contains("1 Row  \nTown"));
        assert!(filled.contains("Write to Mill \\*Lane\\*."));
    }

    #[test]
    fn a_phone_number_can_be_rung_and_words_about_phoning_stay_words() {
        let shown = |phone: &str| {
            let landlord = Landlord { phone: phone.into(), ..Landlord::default() };
            crate::ui::markdown(&fill("Phone us on **{phone}**.", &landlord, None)).to_html()
        };
        let rung = shown("(01632) 960 555");
        assert!(rung.contains("href=\"tel:01632960555\"") && rung.contains(">(01632) 960 555<"), "{rung}");
        assert!(!shown("01632 960 555, then press 2").contains("href"));
    }

    #[test]
    fn numbers_and_addresses_in_a_setting_are_links() {
        let how = "Phone 01632 960 111 or use the form at example.org/repairs.";
        let landlord = Landlord { repairs: how.into(), complaints: "[x](y) 999.".into(), ..Landlord::default() };
        let html = crate::ui::markdown(&fill("{repairs}\n\n{complaints}", &landlord, None)).to_html();
        assert!(html.contains("href=\"tel:01632960111\"") && html.contains("href=\"tel:999\""), "{html}");
        assert!(html.contains("href=\"https://example.org/repairs\""), "{html}");
        assert_eq!(html.matches("href").count(), 3, "{html}");
    }

    #[test]
    fn v01_a_setting_cannot_bring_markup() {
        let landlord = Landlord { name: "[x](https://evil.example) <b>".into(), ..Landlord::default() };
        let html = crate::ui::markdown(&fill("{landlord}", &landlord, None)).to_html();
        assert!(!html.contains("href") && !html.contains("<b>"), "{html}");
    }
}
