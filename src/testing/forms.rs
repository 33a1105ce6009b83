//! Reading the forms of a page as a browser does, so that a test can fill in and send every one of them.

/// A form of a page.
#[derive(Debug, Clone)]
pub struct FoundForm {
    /// Where it is sent.
    pub action: String,
    /// True when it is posted.
    pub is_post: bool,
    /// True when it carries files.
    pub is_multipart: bool,
    /// Its boxes in order.
    pub boxes: Vec<FoundBox>,
}

/// One thing in a form that sends a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundBox {
    /// `text`, `email`, `hidden`, `radio`, `checkbox`, `file`, `textarea`, `select`, `submit` …
    pub kind: String,
    pub name: String,
    pub value: String,
    /// True when it takes a number.
    pub is_number: bool,
}

/// Every form of a page; one without an action is sent to the page itself.
#[must_use]
pub fn forms(html: &str, page: &str) -> Vec<FoundForm> {
    html.split("<form")
        .skip(1)
        .filter_map(|rest| rest.split_once("</form>"))
        .map(|(form, _)| read_form(form, page))
        .collect()
}

/// Every address on our own site that a page links to.
#[must_use]
pub fn links(html: &str) -> Vec<String> {
    let found =
        html.split("<a ").skip(1).filter_map(|rest| attribute(rest.split('>').next().unwrap_or_default(), "href"));
    found
        .filter(|href| href.starts_with('/'))
        .map(|href| href.split('#').next().unwrap_or_default().to_owned())
        .collect()
}

fn read_form(form: &str, page: &str) -> FoundForm {
    let head = form.split('>').next().unwrap_or_default();
    let mut boxes = Vec::new();
    for tag in form.split('<').skip(1) {
        let inside = tag.split('>').next().unwrap_or_default();
        let kind = match inside.split([' ', '>']).next().unwrap_or_default() {
            "input" => attribute(inside, "type").unwrap_or_else(|| "text".into()),
            "textarea" => "textarea".into(),
            "button" => "submit".into(),
            "select" => "select".into(),
            "option" => {
                let value = attribute(inside, "value").unwrap_or_default();
                if let Some(FoundBox { kind, value: chosen, .. }) = boxes.last_mut()
                    && kind == "select"
                    && chosen.is_empty()
                {
                    *chosen = value;
                }
                continue;
            }
            _ => continue,
        };
        let Some(name) = attribute(inside, "name") else { continue };
        let is_number = attribute(inside, "inputmode").is_some();
        boxes.push(FoundBox { kind, name, value: attribute(inside, "value").unwrap_or_default(), is_number });
    }
    let action = attribute(head, "action").filter(|action| !action.is_empty()).unwrap_or_else(|| page.to_owned());
    FoundForm {
        action,
        is_post: attribute(head, "method").is_some_and(|method| method.eq_ignore_ascii_case("post")),
        is_multipart: head.contains("multipart/form-data"),
        boxes,
    }
}

/// The value of an attribute in the inside of a tag, with the few entities that we write.
fn attribute(inside: &str, name: &str) -> Option<String> {
    let (_, rest) = inside
        .split_once(&format!(" {name}=\""))
        .or_else(|| inside.trim_start().strip_prefix(&format!("{name}=\"")).map(|rest| ("", rest)))?;
    let value = rest.split('"').next()?;
    Some(
        value
            .replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&#x27;", "'")
            .replace("&amp;", "&"),
    )
}

impl FoundForm {
    /// Values for every box: what is hidden stays, the first choice is chosen, every box for words gets `words`.
    #[must_use]
    pub fn fill(&self, words: &str) -> Vec<(String, String)> {
        let mut filled: Vec<(String, String)> = Vec::new();
        let mut has_button = false;
        for found in &self.boxes {
            let known = filled.iter().any(|(name, _)| *name == found.name);
            let value = match found.kind.as_str() {
                "file" => continue,
                "submit" if has_button => continue,
                "submit" => {
                    has_button = true;
                    found.value.clone()
                }
                "radio" if known => continue,
                "hidden" | "radio" | "checkbox" | "select" => found.value.clone(),
                "email" => "corpus@example.org".into(),
                _ if found.name == crate::web::form::HONEYPOT => continue,
                _ if found.name.ends_with("-day") || found.name.ends_with("-month") => "1".into(),
                _ if found.name.ends_with("-year") => "2027".into(),
                _ if found.is_number => "5".into(),
                _ => words.to_owned(),
            };
            filled.push((found.name.clone(), value));
        }
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_and_links_are_read_as_a_browser_reads_them() {
        let html = "<a href=\"/next\" class=\"x\">n</a><form method=\"post\" action=\"/go\"><input type=\"hidden\" name=\"key\" value=\"a&quot;b\"><input class=\"c\" name=\"words\"><select name=\"pick\"><option value=\"\">-</option><option value=\"one\">1</option></select><button name=\"step\" value=\"save\">Save</button></form>";
        assert_eq!(links(html), ["/next"]);
        let found = forms(html, "/here").remove(0);
        assert!(found.is_post && found.action == "/go");
        let filled = found.fill("hello");
        assert_eq!(
            filled,
            [("key", "a\"b"), ("words", "hello"), ("pick", "one"), ("step", "save")]
                .map(|(n, v)| (n.to_owned(), v.to_owned()))
        );
    }
}
