use super::*;

fn higher(target: f64) -> Yardstick {
    Yardstick { target, legal_floor: None, direction: Direction::Higher }
}

#[test]
fn a_figure_is_close_within_five_per_cent_of_the_target() {
    let judge = |value| Rating::of(value, higher(90.0), Source::Figure);
    assert_eq!((judge(90.0), judge(85.5), judge(85.4)), (Rating::Meeting, Rating::Close, Rating::Missing));
}

#[test]
fn satisfaction_is_close_within_two_points() {
    let judge = |value| Rating::of(value, higher(85.0), Source::Survey);
    assert_eq!((judge(85.0), judge(83.0), judge(82.0)), (Rating::Meeting, Rating::Close, Rating::Missing));
}

#[test]
fn fewer_days_are_better_where_the_promise_says_so() {
    let days = Yardstick { target: 24.0, legal_floor: None, direction: Direction::Lower };
    let judge = |value| Rating::of(value, days, Source::Figure);
    assert_eq!((judge(23.0), judge(25.2), judge(25.3)), (Rating::Meeting, Rating::Close, Rating::Missing));
}

#[test]
fn what_the_law_asks_for_is_met_or_missed() {
    let law = Yardstick { legal_floor: Some(100.0), ..higher(100.0) };
    assert_eq!(Rating::of(99.6, law, Source::Figure), Rating::Missing);
    assert_eq!(Rating::of(100.0, law, Source::Figure), Rating::Meeting);
    let above = Yardstick { legal_floor: Some(90.0), ..higher(95.0) };
    assert_eq!(Rating::of(91.0, above, Source::Figure), Rating::Close);
    assert_eq!(Rating::of(0.3 / 0.1, higher(3.0), Source::Figure), Rating::Meeting);
}
