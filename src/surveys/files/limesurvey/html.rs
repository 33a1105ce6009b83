//! The texts of the file, which are HTML, as plain words.

/// A text as plain words, and whether something was in it that words cannot hold.
#[derive(Debug, PartialEq, Eq)]
pub struct Plain {
    /// The words, with line ends where paragraphs ended.
    pub words: String,
    /// A picture, a film, a link or a script was left out.
    pub lost: bool,
}

/// Tags after which a new line begins.
const LINES: [&str; 10] = ["br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "ul"];
/// Tags whose content words cannot hold.
const LOST: [&str; 10] = ["img", "video", "audio", "iframe", "script", "style", "object", "embed", "a", "input"];

/// Takes the tags out of a text.
#[must_use]
pub fn plain(html: &str) -> Plain {
    let (mut words, mut lost, mut rest) = (String::new(), false, html);
    while let Some((before, after)) = rest.split_once('<') {
        words.push_str(before);
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        let Some((tag, behind)) = after.split_once('>').filter(|_| is_tag) else {
            words.push('<');
            rest = after;
            continue;
        };
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        lost |= LOST.contains(&name.as_str());
        if LINES.contains(&name.as_str()) {
            words.push('\n');
        }
        rest = behind;
        if ["script", "style"].contains(&name.as_str()) && !tag.starts_with('/') {
            rest = behind.split_once("</").map_or("", |(_, end)| end.split_once('>').map_or("", |(_, end)| end));
        }
    }
    words.push_str(rest);
    Plain { words: tidy(&unescaped(&words)), lost }
}

/// The few entities that editors write.
fn unescaped(words: &str) -> String {
    let (mut out, mut rest) = (String::new(), words);
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let found = after.split_once(';').filter(|(name, _)| name.len() <= 8).and_then(|(name, behind)| {
            let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => number.parse().ok(),
            });
            let named = match name {
                "nbsp" => Some(' '),
                "amp" => Some('&'),
                "lt" => Some('<'),
                "gt" => Some('>'),
                "quot" => Some('"'),
                "apos" => Some('\''),
                "pound" => Some('£'),
                "euro" => Some('€'),
                "ndash" => Some('–'),
                "mdash" => Some('—'),
                "rsquo" => Some('’'),
                "lsquo" => Some('‘'),
                "ldquo" => Some('“'),
                "rdquo" => Some('”'),
                "hellip" => Some('…'),
                _ => None,
            };
            Some((named.or_else(|| char::from_u32(number?))?, behind))
        });
        match found {
            Some((letter, behind)) => {
                out.push(letter);
                rest = behind;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Words without control characters, doubled spaces and empty lines.
fn tidy(words: &str) -> String {
    let clean = |c: char| if c.is_whitespace() || c.is_control() { ' ' } else { c };
    let lines = words.split('\n').map(|line| {
        let line: String = line.chars().map(clean).collect();
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The start of a text of so many characters at most, ending with a whole word, and whether it was cut.
#[must_use]
pub fn cut(words: &str, most: usize) -> (String, bool) {
    if words.chars().count() <= most {
        return (words.to_owned(), false);
    }
    let start: String = words.chars().take(most - 1).collect();
    let whole = start.rsplit_once(char::is_whitespace).map_or(start.as_str(), |(whole, _)| whole);
    (format!("{whole}…"), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_words_stay() {
        let html = "<p>How was&nbsp;it, <strong>really</strong>?</p>\n<ul><li>One &amp; two</li><li>x &lt; 3 &#8211; £5</li></ul>";
        assert_eq!(plain(html), Plain { words: "How was it, really?\nOne & two\nx < 3 – £5".to_owned(), lost: false });
        assert_eq!(plain("3 < 4 & 5 > 4").words, "3 < 4 & 5 > 4");
        assert_eq!(plain("a <b").words, "a <b");
    }

    #[test]
    fn a_script_leaves_nothing_but_a_mark_that_it_was_there() {
        for html in ["<script>alert('x')</script>Hello", "Hello<img src=x onerror=alert(1)>", "<style>p{}</style>Hello"]
        {
            assert_eq!(plain(html), Plain { words: "Hello".to_owned(), lost: true }, "{html}");
        }
        assert_eq!(plain("<script>never closed").words, "");
    }

    #[test]
    fn a_long_text_is_cut_after_a_whole_word() {
        assert_eq!(cut("one two three", 9), ("one two…".to_owned(), true));
        assert_eq!(cut("one", 3), ("one".to_owned(), false));
    }
}
