//! Stored responses counted in one pass, for every question at once.

use crate::questionnaires::code_book::{self, Place};
use crate::questionnaires::kinds::facet::Facet;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::response::{Open, Stored};
use crate::statistics::counts::Counts;

/// The question that divides the results, if the questionnaire has one.
#[must_use]
pub fn divider(questionnaire: &Questionnaire) -> Option<&Question> {
    questionnaire.questions().iter().find(|question| question.divides && question.kind.divides())
}

/// The groups people fall in by the divider, in its order; those who gave no option come last.
#[must_use]
pub fn group_names(divider: &Question) -> Vec<String> {
    let mut names = divider.kind.groups();
    names.push("Area not given".to_owned());
    names
}

/// The group of each response, as an index of `group_names`.
#[must_use]
pub fn groups_of(questionnaire: &Questionnaire, stored: &[Stored]) -> Vec<usize> {
    let Some(divider) = divider(questionnaire) else { return vec![0; stored.len()] };
    let others = divider.kind.groups().len();
    let place = place_of(questionnaire, divider.key);
    let group = |codes: &[u8]| {
        let category = place.and_then(|place| divider.kind.category(code_book::code_at(place, codes)));
        category.map_or(others, |at| at.min(others))
    };
    stored.iter().map(|response| group(&response.codes)).collect()
}

/// How many gave each answer, for each facet of each question in question order; empty where open answers are not
/// counted.
#[must_use]
pub fn count(questionnaire: &Questionnaire, stored: &[Stored], open: &[Open]) -> Vec<Vec<(Facet, Counts)>> {
    let questions = questionnaire.questions();
    let mut all: Vec<Vec<(Facet, Counts)>> = questions.iter().map(nobody).collect();
    let places: Vec<Vec<Place>> = all
        .iter()
        .zip(code_book::places(questionnaire))
        .map(|(facets, place)| facets.iter().map(|(facet, _)| place.of(facet)).collect())
        .collect();
    for response in stored {
        for ((question, places), facets) in questions.iter().zip(&places).zip(&mut all) {
            for (place, (_, counts)) in places.iter().zip(facets) {
                code_book::tally(&question.kind, *place, &response.codes, counts);
            }
        }
    }
    for (question, facets) in questions.iter().zip(&mut all) {
        if facets.is_empty() {
            let counts = question.kind.counts_of_open(&values(question, open));
            facets.extend(counts.map(|counts| (Facet::whole(), counts)));
        }
    }
    all
}

/// Nobody yet, in each facet of a question.
fn nobody(question: &Question) -> Vec<(Facet, Counts)> {
    let Some(empty) = question.kind.counts() else { return Vec::new() };
    question.kind.facets().into_iter().map(|facet| (facet, empty.clone())).collect()
}

/// The counts of one facet of a closed question for each group of the divider, in the order of `group_names`.
#[must_use]
pub fn count_by_group(
    questionnaire: &Questionnaire,
    question: &Question,
    facet: &Facet,
    stored: &[Stored],
) -> Vec<(String, Counts)> {
    let (Some(divider), Some(empty)) = (divider(questionnaire), question.kind.counts()) else {
        return Vec::new();
    };
    let Some(place) = place_of(questionnaire, question.key) else { return Vec::new() };
    let names = group_names(divider);
    let mut groups: Vec<(String, Counts)> = names.into_iter().map(|name| (name, empty.clone())).collect();
    for (response, group) in stored.iter().zip(groups_of(questionnaire, stored)) {
        if let Some((_, counts)) = groups.get_mut(group) {
            code_book::tally(&question.kind, place.of(facet), &response.codes, counts);
        }
    }
    groups
}

/// The counts of a closed question that is counted as a whole.
#[must_use]
pub fn count_one(questionnaire: &Questionnaire, question: &Question, stored: &[Stored]) -> Option<Counts> {
    if question.kind.facets() != [Facet::whole()] {
        return None;
    }
    let mut counts = question.kind.counts()?;
    let place = place_of(questionnaire, question.key)?;
    for response in stored {
        code_book::tally(&question.kind, place, &response.codes, &mut counts);
    }
    Some(counts)
}

/// The open answers to one question.
#[must_use]
pub fn values(question: &Question, open: &[Open]) -> Vec<String> {
    let key = i64::from(question.key);
    open.iter().filter(|answer| answer.question_key == key).map(|a| a.value.clone()).collect()
}

/// Where one question's bytes stand.
#[must_use]
pub fn place_of(questionnaire: &Questionnaire, key: u16) -> Option<Place> {
    let position = questionnaire.position(key)?;
    code_book::places(questionnaire).get(position).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::kinds::{Kind, one_choice};
    use crate::statistics::disclosure::{self, Policy};

    fn stored(codes: &[u8]) -> Stored {
        Stored {
            response_id: 0,
            number: 0,
            codes: codes.to_vec(),
            channel: "open_link".to_owned(),
            received_on: "2026-11-01".parse().unwrap(),
        }
    }

    fn by_area() -> Questionnaire {
        let mut of = Questionnaire::default();
        of.add(Question::new("Area", Kind::usual("one_choice").unwrap()).dividing()).unwrap();
        of.add(Question::new("How?", Kind::usual("scale").unwrap())).unwrap();
        of
    }

    #[test]
    fn who_lives_somewhere_else_is_a_group_and_who_does_not_say_another() {
        let mut of = Questionnaire::default();
        let settings = one_choice::Settings { other: true, prefer_not: true, ..one_choice::Settings::default() };
        of.add(Question::new("Area", Kind::OneChoice(settings)).dividing()).unwrap();
        assert_eq!(group_names(of.at(0).unwrap()), ["Yes", "No", "Other", "Area not given"]);
        let codes = [8, 9, code_book::OTHER, code_book::PREFER_NOT_TO_SAY, code_book::NO_ANSWER];
        let all: Vec<Stored> = codes.iter().map(|code| stored(&[*code])).collect();
        assert_eq!(groups_of(&of, &all), [0, 1, 2, 3, 3]);
    }

    #[test]
    fn groups_add_up_to_everybody() {
        let of = by_area();
        let mut all: Vec<Stored> = Vec::new();
        all.extend((0..30).map(|at| stored(&[8, 8 + at % 5])));
        all.extend((0..30).map(|at| stored(&[9, 8 + at % 3])));
        all.extend((0..10).map(|_| stored(&[1, 8])));
        let groups = count_by_group(&of, of.at(1).unwrap(), &Facet::whole(), &all);
        assert_eq!(groups.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["Yes", "No", "Area not given"]);
        let released = disclosure::release_groups(&groups, &Policy::staff()).unwrap();
        assert_eq!(released.overall.base(), Some(70));
        let alone = disclosure::release(&count(&of, &all, &[])[1][0].1, &Policy::staff());
        assert_eq!(alone, released.overall);
    }
}
