//! What people count by a method, and how methods are kept.

use chrono::NaiveDate;

use super::apply::{NOT_GIVEN, Weights, divided, weigh};
use super::method::{self, Margin, Method, Way};
use super::store;
use super::{profile, refused_in_words};
use crate::db_test;
use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::code_book;
use crate::questionnaires::kinds::facet::Facet;
use crate::questionnaires::kinds::{Kind, one_choice};
use crate::questionnaires::matrix;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::response::{Channel, Stored};
use crate::statistics::disclosure::Policy;
use crate::statistics::raking::{self, Refused};
use crate::surveys::pages::tests::{of, open};
use crate::surveys::survey::tests::november;
use crate::surveys::survey::{Access, Asked};
use crate::testing::app_on;

pub fn choice(options: &[&str]) -> Kind {
    let options = options.iter().map(|option| (*option).to_owned()).collect();
    Kind::OneChoice(one_choice::Settings { options, ..one_choice::Settings::default() })
}

/// Area, age, and how it was.
pub fn questionnaire() -> Questionnaire {
    let mut questions = Questionnaire::default();
    questions.add(Question::new("Where do you live?", choice(&["North", "South", "East"])).dividing()).unwrap();
    questions.add(Question::new("How old are you?", choice(&["Under 45", "45 and over"]))).unwrap();
    questions.add(Question::new("How was it?", of("scale"))).unwrap();
    questions
}

fn asked() -> Asked {
    let version =
        crate::questionnaires::version::Version { id: 1, revision: 1, locked_at: None, questionnaire: questionnaire() };
    Asked { survey: november(), version }
}

/// So many people of an area and an age, none for blank, so many of them satisfied.
type People = (Option<u8>, Option<u8>, u32, u32);

fn codes(people: &[People]) -> Vec<Vec<u8>> {
    let questionnaire = questionnaire();
    let each = people.iter().flat_map(|(area, age, satisfied, base)| {
        let questionnaire = &questionnaire;
        (0..*base).map(move |person| {
            let mut answers = Answers::default();
            for (key, option) in [(1, *area), (2, *age), (3, Some(if person < *satisfied { 0 } else { 4 }))] {
                if let Some(option) = option {
                    answers.put(key, Answer::Option(option));
                }
            }
            code_book::encode(questionnaire, &answers).codes
        })
    });
    each.collect()
}

/// Everybody with these codes, weighed.
fn weighed(method: &Method, codes: &[Vec<u8>], minimum: u32) -> Result<Weights, Refused> {
    let asked = asked();
    let counting = divided(method, &asked.version);
    let stored = codes.iter().zip(1..).map(|(codes, number)| Stored {
        response_id: number,
        number,
        codes: codes.clone(),
        channel: Channel::OpenLink.code().to_owned(),
        received_on: NaiveDate::default(),
    });
    let matrix = matrix::of_rows(counting.layout(), &stored.collect::<Vec<_>>(), &[]);
    weigh(method, &asked.version.questionnaire, counting.over(&matrix), minimum)
}

fn margin(key: u16, numbers: &[(&str, u32)]) -> Margin {
    Margin { key, numbers: numbers.iter().map(|(name, number)| ((*name).to_owned(), *number)).collect() }
}

fn method(margins: Vec<Margin>, cap: Option<u32>) -> Method {
    Method { way: Way::Raking, margins, cap }
}

fn by_both() -> Method {
    let areas = margin(1, &[("North", 400), ("South", 400), ("East", 200)]);
    method(vec![areas, margin(2, &[("Under 45", 500), ("45 and over", 500)])], None)
}

#[test]
fn people_stand_for_everybody_by_area_and_age_at_once_and_the_blank_keep_their_part() {
    let codes = codes(&[
        (Some(0), Some(0), 30, 60),
        (Some(0), Some(1), 50, 80),
        (Some(1), Some(0), 5, 15),
        (Some(1), Some(1), 20, 25),
        (Some(2), Some(1), 10, 20),
        (Some(2), Some(0), 10, 20),
        (None, Some(1), 10, 30),
    ]);
    let weights = weighed(&by_both(), &codes, 10).ok().unwrap();
    let weighing = &weights.weighing;
    let areas = raking::sums(&weighing.cells, &weighing.weights, 0, 4);
    // 30 of 250 gave no area: the others come to their parts of the remaining 220.
    for (found, right) in areas.iter().zip([88.0, 88.0, 44.0, 30.0]) {
        assert!((found - right).abs() < 1e-9, "{areas:?}");
    }
    let ages = raking::sums(&weighing.cells, &weighing.weights, 1, 3);
    assert!((ages[0] - 125.0).abs() < 1e-9 && (ages[1] - 125.0).abs() < 1e-9, "{ages:?}");
    let question = questionnaire().at(2).unwrap().clone();
    let counts = weights.counts(&question, &Facet::whole(), |_| true).unwrap();
    let found = weighing.release(&counts, &Policy::staff()).unwrap().unwrap();
    assert!(found.percent > 40.0 && found.percent < 60.0 && found.effective < 250.0, "{found:?}");
    assert_eq!((weights.division_of(2), weights.division_of(3)), (Some(1), None));
}

#[test]
fn few_people_are_weighed_as_one_with_the_smallest_other_category() {
    let people =
        [(Some(0), Some(0), 30, 60), (Some(1), Some(1), 20, 40), (Some(2), Some(0), 5, 12), (None, Some(1), 1, 3)];
    let codes = codes(&people);
    let weights = weighed(&by_both(), &codes, 10).ok().unwrap();
    let division = &weights.weighing.divisions[0];
    assert_eq!(division.categories.last().unwrap(), NOT_GIVEN);
    assert_eq!(division.classes[2], division.classes[3]);
    assert_ne!(division.classes[0], division.classes[1]);
}

#[test]
fn what_cannot_be_weighed_is_said_at_the_field_that_mends_it() {
    let codes = codes(&[(Some(0), Some(0), 30, 60), (Some(1), Some(1), 20, 40)]);
    let refused = |margins| {
        let method = method(margins, None);
        weighed(&method, &codes, 5).err().unwrap()
    };
    let said = |refused: &Refused| refused_in_words(refused, &questionnaire());
    let nobody = refused(vec![margin(1, &[("North", 500), ("South", 400), ("East", 100)])]);
    assert_eq!(nobody, Refused::NobodyIn("Where do you live?".into(), "East".into()));
    let (field, words) = said(&nobody);
    assert!(field == "n1-2" && words.contains("Enter 0 there"), "{field}: {words}");
    let no_part = refused(vec![margin(1, &[("North", 0), ("South", 900), ("East", 0)])]);
    assert_eq!(said(&no_part).0, "n1-0");
    let areas = margin(1, &[("North", 500), ("South", 500), ("East", 0)]);
    let (field, words) = said(&refused(vec![areas.clone(), margin(2, &[("Under 45", 700), ("45 and over", 1_300)])]));
    assert!(field == "n2-0" && words.contains("add up to 1,000") && words.contains("to 2,000"), "{field}: {words}");
    let changed = refused(vec![margin(1, &[("North", 500), ("West", 500)])]);
    assert_eq!((said(&changed).0.as_str(), changed), ("n1-0", Refused::Changed("Where do you live?".into())));
    let against = refused(vec![areas, margin(2, &[("Under 45", 300), ("45 and over", 700)])]);
    assert_eq!((said(&against).0.as_str(), against), ("way", Refused::NoConvergence));
}

#[test]
fn the_profile_says_who_is_far_from_everybody_and_hides_the_few() {
    let codes = codes(&[
        (Some(0), Some(0), 30, 40),
        (Some(0), Some(1), 10, 20),
        (Some(1), Some(0), 5, 10),
        (Some(1), Some(1), 10, 20),
        (Some(2), Some(1), 1, 2),
        (None, Some(1), 3, 4),
    ]);
    let weights = weighed(&by_both(), &codes, 10).ok().unwrap();
    let profile = profile::of(&by_both(), &weights, &questionnaire(), &Policy::staff()).unwrap();
    let (name, areas) = &profile.questions[0];
    assert_eq!(name, "Where do you live?");
    assert!(areas[0].is_far() && areas[0].answered.is_some_and(|(people, ..)| people == 60), "{areas:?}");
    assert_eq!(areas[2].answered, None, "two people");
    assert_eq!((profile.people, profile.trimmed), (Some(96), Some(0)));
    let (_, ages) = &profile.questions[1];
    assert!(
        ages[0]
            .answered
            .is_some_and(|(_, percent, weighed)| percent > 52.0 && percent < 53.0 && (weighed - 50.0).abs() < 1e-6)
    );
}

#[test]
fn a_method_comes_back_from_its_own_form_and_is_told_in_words() {
    let asked = asked();
    let raking = Method { cap: Some(30), ..by_both() };
    assert_eq!(method::read(&mut method::fill(&raking, &asked), &asked), Some(raking.clone()));
    let words = method::in_words(&raking, &asked.version.questionnaire, "Shares are");
    assert!(
        words.contains("“Where do you live?” and “How old are you?”") && words.contains("3 times the mean"),
        "{words}"
    );
    let mut form = method::fill(&raking, &asked);
    form.set("n1-1", "lots");
    form.set("cap", "0.5");
    assert_eq!(method::read(&mut form, &asked), None);
    assert!(form.error_of("n1-1").is_some() && form.error_of("cap").is_some());
    let mut form = crate::web::Form::filled(&[("way", "raking")]);
    assert_eq!(method::read(&mut form, &asked), None);
    assert!(form.error_of("way").is_some());
    let mut form = crate::web::Form::filled(&[("way", "cells")]);
    assert_eq!(method::read(&mut form, &asked), None);
    assert!(form.error_of("way").unwrap().contains("homes in each area first"));
}

db_test!(a_method_is_kept_with_who_chose_it_and_changed, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &questionnaire()).await;
    let (_, account) = crate::testing::Browser::signed_in(&app, crate::people::Role::Officer).await;
    let mut tx = app.db.write().await.unwrap();
    assert_eq!(store::find(&mut tx, asked.survey.id).await.unwrap(), None);
    for kept in [Method { cap: Some(25), ..by_both() }, Method { way: Way::None, margins: Vec::new(), cap: None }] {
        store::save(&mut tx, asked.survey.id, &kept, account.id, app.clock.now()).await.unwrap();
        let found = store::find(&mut tx, asked.survey.id).await.unwrap().unwrap();
        assert_eq!((found.method, found.by, found.at), (kept, account.name.clone(), app.clock.now()));
    }
    let nonsense = Method { cap: Some(5), ..by_both() };
    assert!(store::save(&mut tx, asked.survey.id, &nonsense, account.id, app.clock.now()).await.is_err());
});
