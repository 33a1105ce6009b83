//! By which ways people answered in each wave: where that changed, a share may have moved because other people answered.

use crate::questionnaires::response::Channel;
use crate::statistics::counts::{Category, Counts};
use crate::statistics::disclosure::{self, Policy};
use crate::statistics::table::Table;
use crate::statistics::trend;
use crate::surveys::results::{self, Gathered};

/// The ways people answered in every wave, oldest first.
#[derive(Clone, Debug)]
pub struct Mix {
    /// The ways that were used in any wave.
    pub ways: Vec<&'static str>,
    /// For each wave a row for each way, as it may be shown.
    pub tables: Vec<Table>,
    /// For each wave whether the ways differ from those of the wave before; none for the first and where it cannot be said.
    pub changed: Vec<Option<bool>>,
}

/// Every way that people can answer by.
fn all_ways() -> Vec<&'static str> {
    let mut ways = Vec::new();
    for way in Channel::ALL.map(Channel::way) {
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    ways
}

/// How many people answered by each way.
fn count(gathered: &Gathered, ways: &[&'static str]) -> Counts {
    let mut counts = Counts::one_of(ways.iter().map(|way| Category::plain(*way)).collect());
    for (at, channel) in Channel::ALL.into_iter().enumerate() {
        if let Some(row) = ways.iter().position(|way| *way == channel.way()) {
            counts.record_people(&[row], gathered.counted.people_of(&results::of_channel(at)));
        }
    }
    counts
}

/// The ways of every wave.
#[must_use]
pub fn of(waves: &[Gathered], policy: &Policy) -> Mix {
    let came = |wave: &Gathered, at: usize| wave.counted.people_of(&results::of_channel(at)).any();
    let used = Channel::ALL.into_iter().enumerate().filter(|(at, _)| waves.iter().any(|wave| came(wave, *at)));
    let used: Vec<&str> = used.map(|(_, channel)| channel.way()).collect();
    let ways: Vec<&'static str> = all_ways().into_iter().filter(|way| used.contains(way)).collect();
    let counts: Vec<Counts> = waves.iter().map(|wave| count(wave, &ways)).collect();
    let since = counts.windows(2).map(|two| match two {
        [before, now] => trend::mix_changed(before, now, policy),
        _ => None,
    });
    let changed = std::iter::once(None).chain(since).take(counts.len()).collect();
    let tables = counts.iter().map(|counts| disclosure::release(counts, policy)).collect();
    Mix { ways, tables, changed }
}

impl Mix {
    /// Whether the newest wave differs from the one before it.
    #[must_use]
    pub fn changed_last(&self) -> bool {
        self.changed.last().copied().flatten() == Some(true)
    }
}
