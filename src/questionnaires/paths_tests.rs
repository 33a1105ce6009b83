use super::*;
use crate::questionnaires::kinds::Kind;
use crate::questionnaires::question::Skip;

#[test]
fn every_set_of_questions_is_one_way_with_answers_that_lead_along_it() {
    let mut of = Questionnaire::default();
    for text in ["Repair?", "Finished?", "What is left?", "Anything else?"] {
        of.add(Question::new(text, Kind::usual("one_choice").unwrap()).required()).unwrap();
    }
    of.set_skip(1, 0, Some(Skip { when: Condition::chose(1, &[1]), to: Some(4) })).unwrap();
    of.ask_only(3, Some(Condition::chose(2, &[1]))).unwrap();
    let (paths, more) = paths(&of).unwrap();
    let asked: Vec<&[usize]> = paths.iter().map(|path| path.asked.as_slice()).collect();
    assert_eq!(asked, [&[0, 1, 2, 3][..], &[0, 1, 3], &[0, 3]]);
    assert_eq!(paths[0].after, [(0, "“Yes”".to_owned()), (1, "“No”".to_owned())]);
    assert!(!more);
}

#[test]
fn a_questionnaire_without_logic_has_one_way_and_six_free_choices_have_more_than_are_listed() {
    let mut of = Questionnaire::default();
    of.add(Question::new("Why?", Kind::usual("long_text").unwrap())).unwrap();
    assert_eq!(paths(&of).unwrap(), (vec![Path { asked: vec![0], after: Vec::new() }], false));
    for _ in 0..6 {
        let filter = Question::new("Had one?", Kind::usual("one_choice").unwrap()).required();
        let filter = of.add(filter).unwrap();
        of.add(Question::new("When?", Kind::usual("date").unwrap()).shown_if(filter, &[0])).unwrap();
    }
    let (listed, more) = paths(&of).unwrap();
    assert_eq!((listed.len(), more), (MOST, true));
    assert_eq!(listed[0].asked.len(), 13);
}

#[test]
fn numbers_are_said_in_runs() {
    assert_eq!(numbers(&[0, 1, 2, 4, 6, 7]), "1 to 3, 5, 7, 8");
    assert_eq!(numbers(&[]), "");
}
