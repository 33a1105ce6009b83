use super::*;
use crate::questionnaires::kinds::{self, Kind};

fn drawn(tag: &str) -> String {
    view(&Question::new("How <b>was</b> it?", Kind::usual(tag).unwrap()), 3, None).to_html()
}

#[test]
fn every_kind_has_its_number_and_room_for_an_answer_and_nothing_to_fill_in_on_the_screen() {
    for (tag, _) in kinds::ALL {
        let html = drawn(tag);
        assert!(html.contains("<h2>3. How &lt;b&gt;was&lt;/b&gt; it? (optional)"), "{html}");
        let room = ["ds-paper__box", "ds-paper__blank", "ds-paper__line"];
        assert!(room.iter().any(|class| html.contains(class)), "{tag}: {html}");
        assert!(!html.contains("<input") && !html.contains("textarea"), "{tag}: {html}");
    }
}

#[test]
fn a_scale_has_a_box_for_each_point_and_one_for_what_does_not_apply() {
    let html = drawn("scale");
    assert_eq!(html.matches("ds-paper__box").count(), 6);
    assert!(html.contains("Very satisfied") && html.contains("Not applicable"), "{html}");
}

#[test]
fn who_should_answer_is_said_in_words() {
    let question = Question::new("How was it?", Kind::usual("scale").unwrap()).required();
    let html = view(&question, 2, Some("you answered “Yes” to question 1".to_owned())).to_html();
    assert!(html.contains("Only if you answered “Yes” to question 1."), "{html}");
    assert!(!html.contains("(optional)"));
}
