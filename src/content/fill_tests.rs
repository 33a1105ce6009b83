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
