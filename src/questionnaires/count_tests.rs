//! Counting by columns gives what looking at each response gives.

use proptest::prelude::*;

use super::*;
use crate::questionnaires::kinds::{self, Kind, one_choice};
use crate::questionnaires::matrix::of_rows;
use crate::questionnaires::response::{Open, Stored};
use crate::questionnaires::testing::{self, Dice};
use crate::statistics::disclosure::{self, Policy};

pub(in crate::questionnaires) fn version(questionnaire: Questionnaire) -> Version {
    Version { id: 1, revision: 1, locked_at: None, questionnaire }
}

fn stored(codes: &[u8]) -> Stored {
    Stored {
        response_id: 0,
        number: 0,
        codes: codes.to_vec(),
        channel: "open_link".to_owned(),
        received_on: "2026-11-01".parse().unwrap(),
    }
}

fn area() -> Question {
    let settings = one_choice::Settings { other: true, prefer_not: true, ..one_choice::Settings::default() };
    Question::new("Area", Kind::OneChoice(settings)).dividing()
}

/// Some questions of any kind, the first of which divides.
pub(in crate::questionnaires) fn questions(dice: &mut Dice) -> Questionnaire {
    let mut of = Questionnaire::default();
    of.add(area()).unwrap();
    for _ in 0..2 + dice.roll(6) {
        let (tag, name) = kinds::ALL[dice.roll(kinds::ALL.len())];
        of.add(Question::new(name, Kind::usual(tag).unwrap())).unwrap();
    }
    of
}

/// Responses in whatever bytes, among them those that no form would give, and bytes too few or too many.
fn responses(dice: &mut Dice, of: &Questionnaire, people: usize) -> (Vec<Stored>, Vec<Open>) {
    let (mut all, mut open) = (Vec::new(), Vec::new());
    for number in 1_i64..=i64::try_from(people).unwrap() {
        let width = (code_book::width(of) + dice.roll(3)).saturating_sub(1);
        let codes =
            (0..width).map(|_| u8::try_from([dice.roll(14), dice.roll(256)][usize::from(dice.roll(9) == 0)]).unwrap());
        let codes = codes.collect();
        let channel = Channel::ALL[dice.roll(7)].code().to_owned();
        let received_on = NaiveDate::from_ymd_opt(2026, 11, 1 + u32::try_from(dice.roll(20)).unwrap()).unwrap();
        all.push(Stored { response_id: number, number, codes, channel, received_on });
        for question in of.questions() {
            if dice.roll(3) == 0 {
                continue;
            }
            let value = ["7", "-12", "7.50", "2026-07-04", "2025-02-28", "words"][dice.roll(6)].to_owned();
            open.push(Open { response_id: number, question_key: i64::from(question.key), value, received_on });
        }
    }
    (all, open)
}

/// One response after the other.
pub(in crate::questionnaires) struct Naive<'a> {
    pub of: &'a Questionnaire,
    pub stored: &'a [Stored],
    pub open: &'a [Open],
    pub days: (NaiveDate, NaiveDate),
}

impl Naive<'_> {
    pub fn among(&self, group: Option<usize>, channel: Option<usize>) -> Vec<&Stored> {
        let belongs = |response: &&Stored| {
            let divider = divider(self.of).unwrap();
            let byte = response.codes.first().copied().unwrap_or(0);
            let named = divider.kind.category(byte).filter(|at| *at < divider.kind.groups().len());
            let in_group = group.is_none_or(|group| named.unwrap_or(divider.kind.groups().len()) == group);
            let by = channel.is_none_or(|channel| Channel::ALL[channel].code() == response.channel);
            in_group && by && (self.days.0..=self.days.1).contains(&response.received_on)
        };
        self.stored.iter().filter(belongs).collect()
    }

    pub fn counts(&self, question: &Question, facet: &Facet, among: &[&Stored]) -> (Vec<u32>, u32, u32) {
        let mut counts = question.kind.counts().unwrap();
        let start: usize = self
            .of
            .questions()
            .iter()
            .take_while(|one| one.key != question.key)
            .map(|one| 1 + one.kind.more_bytes())
            .sum();
        for response in among {
            let mut bytes = response.codes.clone();
            bytes.resize(code_book::width(self.of), 0);
            let more = if facet.byte == 0 { question.kind.more_bytes() } else { 0 };
            let at = start + facet.byte;
            question.kind.tally(bytes[at], &bytes[at + 1..=at + more], People::ONE, &mut counts);
        }
        counts.bare()
    }

    fn points(&self, question: &Question, among: &[&Stored]) -> Vec<i32> {
        let is_among = |open: &&Open| among.iter().any(|response| response.response_id == open.response_id);
        let mine = self.open.iter().filter(|open| open.question_key == i64::from(question.key)).filter(is_among);
        let mut points: Vec<i32> = mine.filter_map(|open| question.kind.point(&open.value)).collect();
        points.sort_unstable();
        points
    }
}

proptest! {
    #[test]
    fn columns_count_as_whoever_looks_at_each_response(mut dice in testing::dice(), people in 0usize..200, seed in any::<u64>()) {
        let of = questions(&mut dice);
        // Chance that makes many bytes of few: what proptest makes smaller are the questions.
        let mut bytes = testing::many(seed);
        let (stored, open) = responses(&mut bytes, &of, people);
        let (from, to) = (1 + u32::try_from(dice.roll(12)).unwrap(), 8 + u32::try_from(dice.roll(14)).unwrap());
        let days = [from, to].map(|day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap());
        let naive = Naive { of: &of, stored: &stored, open: &open, days: (days[0], days[1]) };
        let version = version(of.clone());
        let counting = Counting::of(&version).by_group().by_channel().between(days[0], days[1]).everything();
        let matrix = of_rows(counting.layout(), &stored, &open);
        let counted = counting.over(&matrix);
        for (group, channel) in [(None, None), (Some(dice.roll(4)), None), (None, Some(dice.roll(7))), (Some(dice.roll(4)), Some(dice.roll(7)))] {
            let (whom, among) = ([group, channel], naive.among(group, channel));
            for question in of.questions() {
                for facet in question.kind.facets() {
                    let found = counted.counts(question, &facet, &whom).unwrap().bare();
                    prop_assert_eq!(found, naive.counts(question, &facet, &among), "{:?}", question.kind);
                }
                let mut points = counted.points(question, &whom).into_iter().flat_map(|(point, people)| {
                    let mut all = Counts::one_of(vec![crate::statistics::counts::Category::plain("")]);
                    all.record_people(&[0], people);
                    vec![point; usize::try_from(all.bare().1).unwrap()]
                }).collect::<Vec<i32>>();
                points.sort_unstable();
                prop_assert_eq!(points, naive.points(question, &among), "{:?}", question.kind);
            }
        }
        let all = naive.among(None, None);
        prop_assert_eq!(counted.people(), all.len());
        let arrived = || all.iter().map(|response| response.received_on);
        prop_assert_eq!(counted.days(), arrived().min().zip(arrived().max()));
    }
}

#[test]
fn who_lives_somewhere_else_is_a_group_and_who_does_not_say_another() {
    let mut of = Questionnaire::default();
    of.add(area()).unwrap();
    assert_eq!(group_names(of.at(0).unwrap()), ["Yes", "No", "Other", "Area not given"]);
    let codes = [8, 9, OTHER, code_book::PREFER_NOT_TO_SAY, code_book::NO_ANSWER];
    let groups = codes.map(|code| group_of_response(&of, &[code]));
    assert_eq!(groups, [Some(0), Some(1), Some(2), Some(3), Some(3)]);
    let version = version(of);
    let counting = Counting::of(&version).by_group();
    let all: Vec<Stored> = codes.iter().map(|code| stored(&[*code])).collect();
    let matrix = of_rows(counting.layout(), &all, &[]);
    let counted = counting.over(&matrix);
    let reach = |group, least| counted.people_of(&[Some(group)]).reach(least);
    assert!((0..3).all(|group| reach(group, 1) && !reach(group, 2)));
    assert!(reach(3, 2) && !reach(3, 3));
}

#[test]
fn groups_add_up_to_everybody() {
    let mut of = Questionnaire::default();
    of.add(Question::new("Area", Kind::usual("one_choice").unwrap()).dividing()).unwrap();
    of.add(Question::new("How?", Kind::usual("scale").unwrap())).unwrap();
    let mut all: Vec<Stored> = Vec::new();
    all.extend((0..30).map(|at| stored(&[8, 8 + at % 5])));
    all.extend((0..30).map(|at| stored(&[9, 8 + at % 3])));
    all.extend((0..10).map(|_| stored(&[1, 8])));
    let version = version(of);
    let counting = Counting::of(&version).by_group().everything();
    let matrix = of_rows(counting.layout(), &all, &[]);
    let counted = counting.over(&matrix);
    let (how, whole) = (version.questionnaire.at(1).unwrap(), Facet::whole());
    let names = group_names(version.questionnaire.at(0).unwrap()).into_iter().enumerate();
    let groups: Vec<(String, Counts)> =
        names.map(|(at, name)| (name, counted.counts(how, &whole, &[Some(at)]).unwrap())).collect();
    let released = disclosure::release_groups(&groups, &Policy::staff()).unwrap();
    assert_eq!(released.overall.base(), Some(70));
    let alone = disclosure::release(&counted.counts(how, &whole, &[None]).unwrap(), &Policy::staff());
    assert_eq!(alone, released.overall);
}
