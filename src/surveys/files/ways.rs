//! How a single answer came in, as far as that names nobody: who knows that one home was visited would find its answers
//! by it.

use std::collections::{BTreeMap, BTreeSet};

use crate::questionnaires::code_book::{FIRST_OPTION, OTHER};
use crate::questionnaires::response::{Channel, Stored};
use crate::statistics::disclosure::Policy;

/// What a channel of too few people is called, together with others.
const OTHERS: &str = "Other ways";

/// The channels of a file, of which those that too few people used stand together.
pub struct Ways {
    together: BTreeSet<String>,
}

impl Ways {
    /// Puts channels of too few people together, and more with them until they are enough.
    #[must_use]
    pub fn of(stored: &[Stored], policy: &Policy) -> Self {
        let mut people: BTreeMap<&str, usize> = BTreeMap::new();
        for response in stored {
            *people.entry(&response.channel).or_default() += 1;
        }
        let mut channels: Vec<(usize, &str)> = people.into_iter().map(|(channel, people)| (people, channel)).collect();
        channels.sort_unstable();
        let (mut together, mut sum) = (BTreeSet::new(), 0);
        for (people, channel) in channels {
            let is_few = !policy.admits(people);
            if is_few || (sum > 0 && !policy.admits(sum)) {
                together.insert(channel.to_owned());
                sum += people;
            }
        }
        Self { together }
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

    fn ways(of: &[(Channel, usize)]) -> Ways {
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
        Ways::of(&stored.collect::<Vec<_>>(), &Policy::staff())
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
