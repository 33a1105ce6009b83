//! How answers came in, out of released figures alone: by channel, as a sentence, and one question for each channel.

use serde::{Deserialize, Serialize};

use crate::questionnaires::kinds::facet::Facet;
use crate::questionnaires::question::Question;
use crate::questionnaires::response::Channel;
use crate::statistics::counts::{Category, Counts};
use crate::statistics::disclosure::{self, Policy, Released};
use crate::statistics::table::{Cell, Table};
use crate::surveys::results::{self, Gathered};
use crate::web::number::grouped;

/// How many answers came by each channel that people used, as it may be shown.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CameBy {
    channels: Vec<(usize, Channel)>,
    /// A row for each channel, in the order in which figures name them.
    pub table: Table,
}

/// The group of the channels whose count is hidden.
const OTHERS: &str = "Other ways";

impl Gathered {
    /// How many answers came by each channel.
    #[must_use]
    pub fn came_by(&self, policy: &Policy) -> CameBy {
        let came = |at: usize| self.counted.people_of(&results::of_channel(at));
        let channels: Vec<(usize, Channel)> =
            Channel::ALL.into_iter().enumerate().filter(|(at, _)| came(*at).any()).collect();
        let names = channels.iter().map(|(_, channel)| Category::plain(channel.name()));
        let mut counts = Counts::one_of(names.collect());
        for (row, (at, _)) in channels.iter().enumerate() {
            counts.record_people(&[row], came(*at));
        }
        CameBy { channels, table: disclosure::release(&counts, policy) }
    }

    /// One facet of a closed question for everybody and for each channel, released together by the rule of any other division.
    /// Channels whose count is hidden are one group, so that their bases never tell what their counts do not. Nothing
    /// where there is no second group.
    #[must_use]
    pub fn by_channel(
        &self,
        question: &Question,
        facet: &Facet,
        came_by: &CameBy,
        policy: &Policy,
    ) -> Option<Released> {
        let policy = &question.policy(policy);
        let (mut groups, mut others): (Vec<(String, Counts)>, Option<Counts>) = (Vec::new(), None);
        for ((at, channel), row) in came_by.channels.iter().zip(&came_by.table.rows) {
            let counts = self.counted.counts(question, facet, &results::of_channel(*at))?;
            match (row.cell, &mut others) {
                (Cell::Shown { .. }, _) => groups.push((channel.name().to_owned(), counts)),
                (Cell::Hidden, None) => others = Some(counts),
                (Cell::Hidden, Some(others)) => {
                    let _ = others.add(&counts);
                }
            }
        }
        groups.extend(others.map(|counts| (OTHERS.to_owned(), counts)));
        if groups.len() < 2 { None } else { disclosure::release_groups(&groups, policy) }
    }
}

impl CameBy {
    /// Each channel that people used, with how many did as it may be shown.
    pub fn each(&self) -> impl Iterator<Item = (Channel, Cell)> {
        self.channels.iter().map(|(_, channel)| *channel).zip(self.table.rows.iter().map(|row| row.cell))
    }

    /// "412 people answered online, 96 on paper and 40 by telephone." Nothing where there is one way only, or where
    /// nothing may be said. A way of which a part is hidden is hidden whole: the sum would give the part away.
    #[must_use]
    pub fn sentence(&self) -> Option<String> {
        let mut ways: Vec<(&'static str, Option<u32>)> = Vec::new();
        for ((_, channel), row) in self.channels.iter().zip(&self.table.rows) {
            let count = match row.cell {
                Cell::Shown { count, .. } => Some(count),
                Cell::Hidden => None,
            };
            match ways.iter_mut().find(|(way, _)| *way == channel.way()) {
                Some((_, sum)) => *sum = sum.zip(count).map(|(sum, count)| sum + count),
                None => ways.push((channel.way(), count)),
            }
        }
        if ways.len() < 2 {
            return None;
        }
        let said: Vec<String> =
            ways.iter().filter_map(|(way, count)| count.map(|count| format!("{} {way}", grouped(&count)))).collect();
        let (last, before) = said.split_last()?;
        let words = if before.is_empty() { last.clone() } else { format!("{} and {last}", before.join(", ")) };
        let about = if self.table.rounded { "About " } else { "" };
        let hidden = ways.iter().any(|(_, count)| count.is_none());
        let rest = if hidden { " How the rest answered is not shown, so that nobody can be recognised." } else { "" };
        Some(format!("{about}{words}.{rest}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::questionnaire::Questionnaire;
    use crate::questionnaires::response::Stored;
    use crate::surveys::pages::tests::of;
    use crate::surveys::survey::Asked;
    use crate::surveys::survey::tests::november;

    /// So many answers by each channel; everybody was very satisfied, or where `harsh` very dissatisfied.
    fn gathered(of: &[(Channel, usize, bool)]) -> Gathered {
        Gathered::of(&asked(), &stored(of), &[])
    }

    fn stored(of: &[(Channel, usize, bool)]) -> Vec<Stored> {
        let stored = of.iter().flat_map(|(channel, people, harsh)| {
            let response = Stored {
                response_id: 0,
                number: 0,
                codes: vec![if *harsh { 12 } else { 8 }],
                channel: channel.code().to_owned(),
                received_on: "2026-11-01".parse().unwrap(),
            };
            vec![response; *people]
        });
        stored.collect()
    }

    fn asked() -> Asked {
        let mut questionnaire = Questionnaire::default();
        questionnaire.add(Question::new("How was it?", of("scale"))).unwrap();
        let version = crate::questionnaires::version::Version { id: 1, revision: 1, locked_at: None, questionnaire };
        Asked { survey: november(), version }
    }

    fn said(of: &[(Channel, usize, bool)], policy: &Policy) -> Option<String> {
        gathered(of).came_by(policy).sentence()
    }

    #[test]
    fn how_answers_came_in_is_said_in_one_sentence() {
        let all = [
            (Channel::OpenLink, 400, false),
            (Channel::PersonalLink, 12, false),
            (Channel::Telephone, 40, false),
            (Channel::Post, 1096, false),
        ];
        let words = said(&all, &Policy::staff()).unwrap();
        assert_eq!(words, "412 online, 40 by telephone and 1,096 on paper.");
        let words = said(&all, &Policy::public()).unwrap();
        assert_eq!(words, "About 410 online, 40 by telephone and 1,095 on paper.");
        assert_eq!(said(&all[..2], &Policy::staff()), None, "both links are one way");
        assert_eq!(said(&[], &Policy::staff()), None);
    }

    #[test]
    fn a_small_channel_is_neither_said_nor_left_to_be_worked_out() {
        let small = [
            (Channel::OpenLink, 50, false),
            (Channel::PersonalLink, 3, false),
            (Channel::Post, 4, false),
            (Channel::Event, 3, false),
            (Channel::Telephone, 60, false),
        ];
        let words = said(&small, &Policy::staff()).unwrap();
        assert_eq!(words, "60 by telephone. How the rest answered is not shown, so that nobody can be recognised.");
        // One small channel takes the next smallest with it.
        let one = [(Channel::OpenLink, 50, false), (Channel::Post, 4, false), (Channel::Telephone, 60, false)];
        let words = said(&one, &Policy::staff()).unwrap();
        assert!(words.starts_with("60 by telephone. How the rest"), "{words}");
        assert_eq!(said(&one[..2], &Policy::staff()), None, "nothing is left to say");
    }

    #[test]
    fn a_question_is_divided_by_channels_large_enough_and_the_rest_together() {
        let (asked, policy) = (asked(), Policy::staff());
        let question = asked.version.questionnaire.at(0).unwrap();
        let all = gathered(&[
            (Channel::OpenLink, 50, false),
            (Channel::HomeVisit, 3, true),
            (Channel::Post, 4, true),
            (Channel::Telephone, 20, true),
        ]);
        let divided = |of: &Gathered| of.by_channel(question, &Facet::whole(), &of.came_by(&policy), &policy);
        let released = divided(&all).unwrap();
        let shares = released
            .groups
            .iter()
            .map(|(name, table)| (name.as_str(), table.base(), table.share.map(|share| share.percent)));
        let right =
            [("Open link", Some(50), Some(100)), ("Telephone", Some(20), Some(0)), ("Other ways", Some(7), Some(0))];
        assert_eq!(shares.collect::<Vec<_>>(), right);
        assert_eq!(released.overall.base(), Some(77));
        // Two channels of which one is small are one group, and one group is no division.
        let two = gathered(&[(Channel::OpenLink, 50, false), (Channel::Post, 4, true)]);
        assert!(divided(&two).is_none());
        let online = gathered(&[(Channel::OpenLink, 50, false)]);
        assert!(divided(&online).is_none());
    }

    #[test]
    fn items_on_one_scale_are_divided_item_by_item() {
        let mut questionnaire = Questionnaire::default();
        questionnaire.add(Question::new("How are these?", of("grid"))).unwrap();
        let version = crate::questionnaires::version::Version { id: 1, revision: 1, locked_at: None, questionnaire };
        let asked = Asked { survey: november(), version };
        let question = asked.version.questionnaire.at(0).unwrap();
        let mut all = stored(&[(Channel::OpenLink, 60, false), (Channel::Telephone, 20, false)]);
        // The question was answered; everybody is very dissatisfied with the first item, and very satisfied with the second.
        for response in &mut all {
            response.codes = vec![8, 12, 8];
        }
        let all = Gathered::of(&asked, &all, &[]);
        let policy = Policy::staff();
        let shares = question.kind.facets().into_iter().map(|facet| {
            let released = all.by_channel(question, &facet, &all.came_by(&policy), &policy).unwrap();
            released.groups.iter().map(|(_, table)| table.share.unwrap().percent).collect::<Vec<_>>()
        });
        assert_eq!(shares.collect::<Vec<_>>(), [[0, 0], [100, 100]]);
    }
}
