//! Staff's longer texts: a small part of Markdown, parsed to our own elements, so that no HTML of theirs is ever written.

use leptos::prelude::*;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// Draws headings (from level 2), paragraphs, lists, emphasis and links to http, https, mailto, tel and our own pages. Everything else shows as text.
pub fn markdown(text: &str) -> AnyView {
    let mut events = Parser::new(text);
    blocks(&mut events, None).into_any()
}

fn blocks(events: &mut Parser<'_>, until: Option<TagEnd>) -> Vec<AnyView> {
    let mut drawn = Vec::new();
    while let Some(event) = events.next() {
        match event {
            Event::End(end) if Some(end) == until => break,
            Event::Start(tag) => drawn.push(element(events, tag)),
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                drawn.push(text.to_string().into_any());
            }
            Event::SoftBreak => drawn.push(" ".into_any()),
            Event::HardBreak => drawn.push(view! { <br/> }.into_any()),
            Event::Rule => drawn.push(
                view! { <hr class="govuk-section-break govuk-section-break--m govuk-section-break--visible"/> }
                    .into_any(),
            ),
            _ => {}
        }
    }
    drawn
}

fn element(events: &mut Parser<'_>, tag: Tag<'_>) -> AnyView {
    let inner = blocks(events, Some(tag.to_end()));
    match tag {
        Tag::Heading { level, .. } if level as u8 <= 2 => view! { <h2 class="govuk-heading-m">{inner}</h2> }.into_any(),
        Tag::Heading { .. } => view! { <h3 class="govuk-heading-s">{inner}</h3> }.into_any(),
        Tag::Paragraph => view! { <p class="govuk-body">{inner}</p> }.into_any(),
        Tag::List(None) => view! { <ul class="govuk-list govuk-list--bullet">{inner}</ul> }.into_any(),
        Tag::List(Some(_)) => view! { <ol class="govuk-list govuk-list--number">{inner}</ol> }.into_any(),
        Tag::Item => view! { <li>{inner}</li> }.into_any(),
        Tag::Strong => view! { <strong>{inner}</strong> }.into_any(),
        Tag::Emphasis => view! { <em>{inner}</em> }.into_any(),
        Tag::Link { dest_url, .. } if is_safe(&dest_url) => {
            view! { <a class="govuk-link" href=dest_url.to_string()>{inner}</a> }.into_any()
        }
        _ => inner.into_any(),
    }
}

fn is_safe(url: &str) -> bool {
    ["https://", "http://", "mailto:", "tel:"].iter().any(|start| url.starts_with(start))
        || (url.starts_with('/') && !url.starts_with("//"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v04_raw_html_is_shown_as_text_and_odd_links_lose_their_address() {
        let html =
            markdown("# Title\n\nHello <script>alert(1)</script> [x](javascript:alert(1)) [y](https://example.org) **bold**\n\n<img src=x onerror=alert(1)>\n\n- one\n- two")
                .to_html();
        assert!(!html.contains("<script>") && !html.contains("<img") && !html.contains("href=\"javascript"));
        assert!(
            html.contains("<h2")
                && html.contains("href=\"https://example.org\"")
                && html.contains("<strong>")
                && html.contains("<li>")
        );
    }
}
