//! How a single answer came in, as far as that names nobody: who knows that one home was visited would find its answers
//! by it.

use std::collections::BTreeSet;

use crate::questionnaires::code_book::{FIRST_OPTION, OTHER};
use crate::questionnaires::response::Channel;
use crate::statistics::table::Cell;
use crate::surveys::came_by::CameBy;

/// What a channel of too few people is called, together with others.
const OTHERS: &str = "Other ways";

/// The channels of a file, of which those that too few people used stand together.
pub struct Ways {
    together: BTreeSet<String>,
}

impl Ways {
    /// Puts the channels together whose counts may not be shown: those of too few people, and of more where these could be
    /// worked out.
    #[must_use]
    pub fn of(came_by: &CameBy) -> Self {
        let hidden = came_by.each().filter(|(_, cell)| *cell == Cell::Hidden);
        Self { together: hidden.map(|(channel, _)| channel.code().to_owned()).collect() }
    }

    /// The name of a stored channel.
    #[must_use]
    pub fn name(&self, channel: &str) -> &'static str {
        if self.together.contains(channel) { OTHERS } else { Channel::label(channel) }
    }

    /// The code of a stored channel in data files.
    #[must_use]
    pub fn code(&self, channel: &str) -> u8 {
        let place = (FIRST_OPTION..).zip(Channel::ALL).find(|(_, known)| known.code() == channel);
        place.filter(|_| !self.together.contains(channel)).map_or(OTHER, |(code, _)| code)
    }

    /// Every code with its name.
    #[must_use]
    pub fn labels() -> Vec<(i32, String)> {
        let channels = (i32::from(FIRST_OPTION)..).zip(Channel::ALL.map(|channel| channel.name().to_owned()));
        std::iter::once((i32::from(OTHER), OTHERS.to_owned())).chain(channels).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::questionnaire::Questionnaire;
    use crate::questionnaires::response::Stored;
    use crate::questionnaires::version::Version;
    use crate::statistics::disclosure::Policy;
    use crate::surveys::results::Gathered;
    use crate::surveys::survey::Asked;
    use crate::surveys::survey::tests::november;

    fn ways(of: &[(Channel, usize)]) -> Ways {
        let questionnaire = Questionnaire::default();
        let asked =
            Asked { survey: november(), version: Version { id: 1, revision: 1, locked_at: None, questionnaire } };
        let stored = of.iter().flat_map(|(channel, people)| {
            let response = Stored {
                response_id: 0,
                number: 0,
                codes: Vec::new(),
                channel: channel.code().to_owned(),
                received_on: "2026-11-01".parse().unwrap(),
            };
            vec![response; *people]
        });
        let gathered = Gathered::of(&asked, &stored.collect::<Vec<_>>(), &[]);
        Ways::of(&gathered.came_by(&Policy::staff()))
    }

    #[test]
    fn one_home_visit_stands_with_the_next_larger_channel() {
        let of = ways(&[(Channel::OpenLink, 40), (Channel::HomeVisit, 1), (Channel::Post, 12)]);
        assert_eq!(of.name("open_link"), "Open link");
        assert_eq!((of.name("home_visit"), of.name("post")), ("Other ways", "Other ways"));
        assert_eq!((of.code("open_link"), of.code("home_visit"), of.code("post")), (8, 5, 5));
    }

    #[test]
    fn small_channels_that_are_enough_together_take_no_other_with_them() {
        let of = ways(&[(Channel::OpenLink, 40), (Channel::HomeVisit, 3), (Channel::Event, 4), (Channel::Post, 12)]);
        assert_eq!((of.name("home_visit"), of.name("event")), ("Other ways", "Other ways"));
        assert_eq!((of.name("post"), of.code("post")), ("Post", 13));
        let large = ways(&[(Channel::OpenLink, 40), (Channel::Post, 12)]);
        assert_eq!((large.name("open_link"), large.name("post")), ("Open link", "Post"));
    }

    #[test]
    fn every_code_has_a_name() {
        let labels = Ways::labels();
        for channel in Channel::ALL {
            let code = i32::from(ways(&[]).code(channel.code()));
            assert!(labels.contains(&(code, channel.name().to_owned())), "{code}");
        }
    }
}
