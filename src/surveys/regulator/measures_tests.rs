//! What is counted in a measure, for whom, and what is refused.

use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::code_book;
use crate::questionnaires::response::Stored;
use crate::questionnaires::version::Version;
use crate::surveys::kind::SurveyKind;
use crate::surveys::survey::Survey;
use crate::surveys::survey::tests::november;

use super::*;

/// A survey of the measures.
fn asked(kind: SurveyKind) -> Asked {
    let questionnaire = bank::current().unwrap().questionnaire("Mill Lane Homes").unwrap();
    let version = Version { id: 1, revision: 1, locked_at: None, questionnaire };
    Asked { survey: Survey { kind, ..november() }, version }
}

/// How somebody answers: options by the code of the question, "not applicable" as 5.
type Says<'a> = &'a [(&'a str, u8)];

fn says(asked: &Asked, people: u32, says: Says) -> Vec<Stored> {
    let questionnaire = &asked.version.questionnaire;
    let mut answers = Answers::default();
    for (code, option) in says {
        let key = bank::asking(questionnaire, code).unwrap().key;
        answers.put(key, if *option == 5 { Answer::NotApplicable } else { Answer::Option(*option) });
    }
    let stored = Stored {
        response_id: 0,
        number: 0,
        codes: code_book::encode(questionnaire, &answers).codes,
        channel: "open_link".to_owned(),
        received_on: "2026-11-02".parse().unwrap(),
    };
    (0..people).map(|_| stored.clone()).collect()
}

fn of(asked: &Asked, groups: &[(u32, Says)]) -> Gathered {
    Gathered::of(asked, &stored(asked, groups), &[])
}

fn stored(asked: &Asked, groups: &[(u32, Says)]) -> Vec<Stored> {
    groups.iter().flat_map(|(people, said)| says(asked, *people, said)).collect()
}

const RENTS: (&str, u8) = ("TENURE", 0);
const PART_OWNS: (&str, u8) = ("TENURE", 1);
const OWNS: (&str, u8) = ("TENURE", 2);

fn measured(asked: &Asked, gathered: &Gathered, stock: Option<&Stock>) -> Measures {
    measure(asked, gathered, stock, &Policy::measures()).unwrap()
}

/// Satisfied, neither with dissatisfied, all in tenths, and the base.
type Figures = (Option<u32>, Option<(u32, u32)>, Option<u32>);

/// A measure in a part; none where it is not reported.
fn figures(of: &Measures, code: &str, part: Part) -> Option<Figures> {
    let measure = of.measures.iter().find(|measure| measure.code == code).unwrap();
    let figure = measure.figures.iter().flatten().find(|figure| figure.part == part)?;
    let split = figure.table.split.map(|split| (split.middle, split.below));
    Some((figure.table.share.and_then(|share| share.tenths), split, figure.table.base()))
}

const LCRA: Part = Part::Of(Tenure::Lcra);
const LCHO: Part = Part::Of(Tenure::Lcho);

#[test]
fn very_and_fairly_satisfied_over_the_five_points_and_nobody_else_in_the_base() {
    let asked = asked(SurveyKind::TsmPerception);
    let gathered = of(
        &asked,
        &[
            (40, &[RENTS, ("TP05", 0), ("TP08", 0)]),
            (21, &[RENTS, ("TP05", 1), ("TP08", 1)]),
            (12, &[RENTS, ("TP05", 2), ("TP08", 2)]),
            (11, &[RENTS, ("TP05", 3), ("TP08", 3)]),
            (10, &[RENTS, ("TP05", 4), ("TP08", 4)]),
            // Not applicable, blank, and homes outside the measures: never in the base.
            (30, &[RENTS, ("TP05", 5), ("TP08", 5)]),
            (17, &[RENTS]),
            (25, &[OWNS, ("TP05", 4), ("TP08", 4)]),
        ],
    );
    let found = measured(&asked, &gathered, None);
    for code in ["TP05", "TP08"] {
        assert_eq!(figures(&found, code, LCRA), Some((Some(649), Some((128, 223)), Some(94))), "{code}");
    }
    let questions = asked.version.questionnaire.questions();
    let agreeing = questions.iter().filter(|question| question.kind.share_words() == Some("agreed or strongly agreed"));
    let agreeing: Vec<&str> = agreeing.map(|question| question.bank.as_ref().unwrap().code.as_str()).collect();
    assert_eq!(agreeing, ["TP08"]);
}

#[test]
fn a_filter_keeps_its_measure_to_those_it_lets_through() {
    let asked = asked(SurveyKind::TsmPerception);
    let gathered = of(
        &asked,
        &[
            (30, &[RENTS, ("A", 0), ("TP02", 0), ("TP03", 1), ("B", 0), ("TP09", 4), ("C", 0), ("TP10", 0)]),
            (50, &[RENTS, ("A", 1), ("TP02", 4), ("TP03", 4), ("B", 1), ("TP09", 0), ("C", 1), ("TP10", 4)]),
        ],
    );
    let found = measured(&asked, &gathered, None);
    for (code, share) in [("TP02", 1_000), ("TP03", 1_000), ("TP09", 0), ("TP10", 1_000)] {
        assert_eq!(figures(&found, code, LCRA).map(|(share, _, base)| (share, base)), Some((Some(share), Some(30))));
    }
}

#[test]
fn part_owners_have_no_measure_of_repairs_whatever_was_stored() {
    let asked = asked(SurveyKind::TsmPerception);
    let mut all = stored(&asked, &[(60, &[RENTS, ("A", 0), ("TP02", 0), ("TP04", 0), ("TP05", 0)])]);
    // As a file from elsewhere could bring it: the codes of tenants under the other tenure.
    let place = asked.version.questionnaire.position(2).unwrap();
    let owners = all.iter().take(30).cloned().map(|mut stored| {
        stored.codes[place] += 1;
        stored
    });
    let owners: Vec<Stored> = owners.collect();
    all.extend(owners);
    let gathered = Gathered::of(&asked, &all, &[]);
    let found = measured(&asked, &gathered, None);
    for code in ["TP02", "TP03", "TP04"] {
        assert_eq!(figures(&found, code, LCHO), None, "{code}");
        assert_eq!(figures(&found, code, Part::Combined), None, "{code}");
    }
    assert_eq!(figures(&found, "TP04", LCRA).unwrap().2, Some(60));
    assert_eq!(figures(&found, "TP05", LCHO).unwrap().2, Some(30));
    let together = Stock { lcra_homes: 900, lcho_homes: 90, combined: true };
    let found = measured(&asked, &gathered, Some(&together));
    assert_eq!(found.parts, [Part::Combined]);
    assert_eq!(figures(&found, "TP04", Part::Combined).unwrap().2, Some(60));
    assert_eq!(figures(&found, "TP05", Part::Combined).unwrap().2, Some(90));
}

#[test]
fn both_tenures_stand_together_only_as_far_as_each_is_shown() {
    let asked = asked(SurveyKind::TsmPerception);
    let people = |owners: u32| {
        of(
            &asked,
            &[
                (60, &[RENTS, ("TP01", 0)]),
                (30, &[RENTS, ("TP01", 3)]),
                (owners, &[PART_OWNS, ("TP01", 4)]),
                (20, &[PART_OWNS, ("TP01", 1)]),
            ],
        )
    };
    let found = measured(&asked, &people(10), None);
    assert_eq!(found.parts, [LCRA, LCHO, Part::Combined]);
    // 80 of 120; rounding each tenure and then adding would not give it.
    assert_eq!(figures(&found, "TP01", Part::Combined).unwrap().0, Some(667));
    let few = of(&asked, &[(60, &[RENTS, ("TP01", 0)]), (30, &[RENTS, ("TP01", 3)]), (9, &[PART_OWNS, ("TP01", 4)])]);
    let found = measured(&asked, &few, None);
    assert_eq!(figures(&found, "TP01", LCRA).unwrap().2, Some(90));
    assert_eq!(figures(&found, "TP01", LCHO), Some((None, None, None)));
    assert_eq!(figures(&found, "TP01", Part::Combined), None, "it would give the nine away");
}

#[test]
fn every_measure_has_its_own_number_of_answers_and_margin() {
    let asked = asked(SurveyKind::TsmPerception);
    let gathered = of(&asked, &[(536, &[RENTS, ("TP01", 0), ("A", 1)]), (100, &[RENTS, ("A", 0), ("TP02", 1)])]);
    let stock = Stock { lcra_homes: 2_436, lcho_homes: 0, combined: false };
    let found = measured(&asked, &gathered, Some(&stock));
    let margin = |code: &str| {
        let measure = found.measures.iter().find(|measure| measure.code == code).unwrap();
        format!("{:.3}", measure.figures[0].as_ref().unwrap().margin.unwrap())
    };
    assert_eq!(found.parts, [LCRA]);
    assert_eq!((margin("TP01").as_str(), margin("TP02").as_str()), ("3.739", "9.599"));
}

#[test]
fn a_transactional_survey_is_refused_as_a_source_and_so_is_any_other_kind() {
    for kind in SurveyKind::ALL {
        let asked = asked(kind);
        let gathered = of(&asked, &[(60, &[RENTS, ("TP01", 0)])]);
        let found = measure(&asked, &gathered, None, &Policy::measures());
        assert_eq!(found.is_ok(), kind == SurveyKind::TsmPerception, "{kind:?}");
    }
    let mut other = asked(SurveyKind::TsmPerception);
    other.version.questionnaire = crate::questionnaires::questionnaire::Questionnaire::default();
    let nobody = Gathered::of(&other, &[], &[]);
    assert_eq!(measure(&other, &nobody, None, &Policy::measures()).err(), Some(NotASource));
}

#[test]
fn the_accuracy_is_judged_for_each_tenure_by_the_answers_to_the_first_measure() {
    let asked = asked(SurveyKind::TsmPerception);
    let gathered = of(&asked, &[(562, &[RENTS, ("TP01", 0)]), (40, &[RENTS]), (79, &[PART_OWNS, ("TP01", 1)])]);
    let of = |combined: bool| {
        let stock = Stock { lcra_homes: 8_797, lcho_homes: 100, combined };
        crate::surveys::regulator::accuracy::of(&measured(&asked, &gathered, Some(&stock)), &stock)
    };
    let apart = of(false);
    let told: Vec<_> =
        apart.iter().map(|one| (one.part, one.asked, one.needed, one.answers, one.is_reached())).collect();
    assert_eq!(told, [(LCRA, 4, 562, Some(562), true), (LCHO, 5, 80, Some(79), false)]);
    assert_eq!(apart.iter().map(|one| one.is_binding).collect::<Vec<_>>(), [true, false]);
    let together = of(true);
    let told: Vec<_> = together.iter().map(|one| (one.part, one.homes, one.needed, one.answers)).collect();
    assert_eq!(told, [(Part::Combined, 8_897, 563, Some(641))]);
}

#[test]
fn answers_without_a_tenure_are_told_unless_that_would_give_a_small_tenure_away() {
    let asked = asked(SurveyKind::TsmPerception);
    let told = |rented: u32, owned: u32, outside: u32, unnamed: u32| {
        let said = ("TP01", 0);
        let groups: &[(u32, Says)] =
            &[(rented, &[RENTS, said]), (owned, &[PART_OWNS, said]), (outside, &[OWNS, said]), (unnamed, &[said])];
        measured(&asked, &of(&asked, groups), None).no_tenure
    };
    let shown = |count| matches!(told(100, 40, 30, count), Cell::Shown { count: told, .. } if told == count);
    assert!(shown(25) && shown(12) && shown(0));
    // Too few themselves; beside few of another kind; beside a tenure that is not shown.
    for (rented, owned, outside, unnamed) in [(100, 40, 30, 4), (100, 40, 3, 25), (100, 15, 30, 25), (9, 0, 0, 9)] {
        assert_eq!(told(rented, owned, outside, unnamed), Cell::Hidden, "{rented} {owned} {outside} {unnamed}");
    }
}
