use super::*;

fn ends(text: &str) -> (Option<String>, Option<String>, usize) {
    let (deadline, _) = read(text);
    (deadline.first().map(Month::code), deadline.last().map(Month::code), deadline.parts.len())
}

#[test]
fn several_lines_are_several_parts() {
    let (deadline, warnings) = read("Oct 2009\nJan 2010\nJan 2010");
    assert_eq!(deadline.parts.len(), 3);
    assert_eq!(deadline.first().map(Month::code).as_deref(), Some("2009-10"));
    assert_eq!(deadline.last().map(Month::code).as_deref(), Some("2010-01"));
    assert!(warnings.is_empty());
    assert_eq!(ends("Oct 2009\nOct 09").2, 2);
}

#[test]
fn an_empty_cell_has_no_parts_and_no_warning() {
    assert_eq!(read(" \n"), (Deadline::default(), vec![]));
}

#[test]
fn what_names_no_month_is_kept_with_a_warning() {
    let (deadline, warnings) = read("Oct 2009\nto be agreed");
    assert_eq!(deadline.parts.len(), 2);
    assert_eq!(deadline.last().map(Month::code).as_deref(), Some("2009-10"));
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].contains("to be agreed"));
}

#[test]
fn a_month_without_a_year_anywhere_is_not_guessed() {
    let (deadline, warnings) = read("March");
    assert_eq!(deadline.last(), None);
    assert_eq!(warnings.len(), 1);
}

#[test]
fn months_that_run_backwards_are_pointed_out() {
    assert!(read("Jun 2010 \u{2013} Apr 2009").1[0].contains("backwards"));
}

#[test]
fn words_say_the_range_once() {
    assert_eq!(read("Apr \u{2013} Jun 2009").0.words().as_deref(), Some("April to June 2009"));
    assert_eq!(read("Mar 2009 \u{2013} May 2010").0.words().as_deref(), Some("March 2009 to May 2010"));
    assert_eq!(read("(October 2009)").0.words().as_deref(), Some("October 2009"));
}
