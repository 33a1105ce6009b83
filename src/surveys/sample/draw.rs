//! Drawing: in proportion from each group, in an order that anybody can work out again from the seed.
//!
//! Each group's share of the places goes by how many of its homes may be asked, whole places first and those left over to
//! the largest remainders. Within a group the homes stand in the order of the SHA-256 of seed, colon and reference.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Months, Utc};

use crate::db::{self, Tx};
use crate::random::sha256;
use crate::residents::{self, Household};
use crate::surveys::sample::plan::{Framed, Plan, Standing};
use crate::surveys::sample::store::{homes, samples};
use crate::surveys::store as surveys;
use crate::surveys::survey::{Access, State, Survey};
use crate::thread::id::HouseholdId;

/// Why nothing was drawn.
#[derive(Debug)]
pub enum Refused {
    /// Anybody with the address can answer the survey.
    NotPersonal,
    /// It is over.
    Closed,
    /// Homes have been asked already.
    Begun,
    /// Personal links were sent to pasted addresses, which may be of the same homes.
    LinksSent,
    /// There is no home that may be asked.
    NobodyToAsk,
    /// The database refused.
    Internal(db::Error),
}

impl From<db::Error> for Refused {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

impl Refused {
    /// What to tell the person; none for a fault of the database.
    #[must_use]
    pub fn in_words(&self) -> Option<&'static str> {
        Some(match self {
            Self::NotPersonal => "Anybody can answer this survey. A sample is for a survey by personal link",
            Self::Closed => "The survey has closed",
            Self::Begun => "Homes of the sample have been asked, so it stays as it is",
            Self::LinksSent => "Personal links were sent to pasted addresses, so some homes would be asked twice",
            Self::NobodyToAsk => "There is no home on the list that may be asked. Look at what is left out",
            Self::Internal(_) => return None,
        })
    }
}

/// How many places each group gets of `wanted`, in proportion to its size: whole places, then the largest remainders, of
/// equal ones the earlier group's. No group gets more than its size.
#[must_use]
pub fn allocate(sizes: &[usize], wanted: usize) -> Vec<usize> {
    let all: usize = sizes.iter().sum();
    let wanted = wanted.min(all);
    if all == 0 {
        return vec![0; sizes.len()];
    }
    let mut places: Vec<usize> = sizes.iter().map(|size| wanted * size / all).collect();
    let mut by_remainder: Vec<(usize, usize)> = sizes.iter().map(|size| wanted * size % all).enumerate().collect();
    by_remainder.sort_by(|(at, one), (other_at, other)| other.cmp(one).then(at.cmp(other_at)));
    let left = wanted - places.iter().sum::<usize>();
    for (at, _) in by_remainder.into_iter().take(left) {
        if let Some(place) = places.get_mut(at) {
            *place += 1;
        }
    }
    places
}

/// What becomes of each home, in the order of the homes; and the places of those drawn, in the order of the draw.
#[must_use]
pub fn choose(
    seed: &str,
    plan: &Plan,
    homes: &[Household],
    lately: &HashSet<HouseholdId>,
) -> (Vec<Framed>, Vec<usize>) {
    let standing = |home: &Household| {
        if !home.may_be_contacted() {
            Standing::NoContact
        } else if plan.ways.to(home).is_none() {
            Standing::Unreachable
        } else if lately.contains(&home.id) {
            Standing::AskedLately
        } else {
            Standing::NotDrawn
        }
    };
    let mut frame: Vec<Framed> = homes
        .iter()
        .map(|home| Framed {
            reference: home.reference.clone(),
            stratum: plan.group_of(home),
            standing: standing(home),
        })
        .collect();
    let mut groups: BTreeMap<&str, Vec<(String, usize)>> = BTreeMap::new();
    let mut drawn: Vec<(String, usize)> = Vec::new();
    let may_be_drawn = |(_, (_, framed)): &(usize, (&Household, &Framed))| framed.standing == Standing::NotDrawn;
    for (at, (home, framed)) in homes.iter().zip(&frame).enumerate().filter(may_be_drawn) {
        let order = sha256(&format!("{seed}:{}", framed.reference));
        if plan.draws_whole(home) {
            drawn.push((order, at));
        } else {
            groups.entry(&framed.stratum).or_default().push((order, at));
        }
    }
    let sizes: Vec<usize> = groups.values().map(Vec::len).collect();
    let wanted = plan.wanted.and_then(|wanted| usize::try_from(wanted).ok()).unwrap_or(usize::MAX);
    let shares = allocate(&sizes, wanted.min(homes.len()));
    for (mut group, places) in groups.into_values().zip(shares) {
        group.sort_unstable();
        drawn.extend(group.into_iter().take(places));
    }
    drawn.sort_unstable();
    let places: Vec<usize> = drawn.into_iter().map(|(_, at)| at).collect();
    for at in &places {
        if let Some(framed) = frame.get_mut(*at) {
            framed.standing = Standing::Drawn;
        }
    }
    (frame, places)
}

/// Draws a sample by a seed, in place of one that nobody was asked of yet. Gives how many homes were drawn.
///
/// # Errors
/// See [`Refused`]; the transaction must then be dropped.
pub async fn draw(tx: &mut Tx, survey: &Survey, plan: &Plan, seed: &str, now: DateTime<Utc>) -> Result<usize, Refused> {
    if survey.access != Access::Personal {
        return Err(Refused::NotPersonal);
    }
    if survey.state(now) == State::Closed {
        return Err(Refused::Closed);
    }
    if surveys::count_invitations(tx, survey.id).await?.0 > 0 {
        return Err(Refused::LinksSent);
    }
    samples::discard(tx, survey.id).await?;
    if samples::exists(tx, survey.id).await? {
        return Err(Refused::Begun);
    }
    let months = Months::new(u32::try_from(plan.months).unwrap_or(0));
    let since = now.checked_sub_months(months).unwrap_or(now);
    let lately = samples::asked_since(tx, since).await?.into_iter().collect();
    let list = residents::list_current(tx).await?;
    let (frame, places) = choose(seed, plan, &list, &lately);
    if places.is_empty() {
        return Err(Refused::NobodyToAsk);
    }
    samples::insert(tx, survey.id, plan, seed, &frame, now).await?;
    for (place, at) in (1_i64..).zip(&places) {
        let home = list.get(*at).and_then(|home| Some((home, plan.ways.to(home)?)));
        if let (Some(home), Some(framed)) = (home, frame.get(*at)) {
            homes::insert(tx, survey.id, home, place, &framed.stratum).await?;
        }
    }
    Ok(places.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::residents::Ways;
    use crate::surveys::sample::plan::{Strata, count};

    fn plan(strata: Strata, wanted: Option<i64>) -> Plan {
        Plan { strata, whole: Vec::new(), wanted, months: 12, ways: Ways::ALL, most_reminders: 2, most_calls: 6 }
    }

    /// So many homes of each area, all to be reached.
    fn homes(areas: &[(&str, usize)]) -> Vec<Household> {
        let mut all = Vec::new();
        for (area, many) in areas {
            for _ in 0..*many {
                let id = i64::try_from(all.len()).unwrap() + 1;
                let mut home = Household::of_reference(&format!("H{id:04}"));
                home.id = HouseholdId(id);
                home.area = (*area).to_owned();
                home.mobile = "07700900001".to_owned();
                all.push(home);
            }
        }
        all
    }

    #[test]
    fn places_go_by_size_and_those_left_over_to_the_largest_remainders() {
        // 10 of 100, 61, 39: exact shares 5, 3.05, 1.95.
        assert_eq!(allocate(&[100, 61, 39], 10), [5, 3, 2]);
        // Equal remainders: the earlier group first.
        assert_eq!(allocate(&[5, 5, 5], 4), [2, 1, 1]);
        assert_eq!(allocate(&[1, 1, 98], 3), [0, 0, 3]);
        assert_eq!(allocate(&[2, 3], 99), [2, 3]);
        assert_eq!(allocate(&[0, 3], 2), [0, 2]);
        assert_eq!(allocate(&[0, 0], 2), [0, 0]);
        assert!(allocate(&[], 2).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn every_place_is_given_and_no_group_gets_more_than_its_share_and_one(
            sizes in proptest::collection::vec(0_usize..400, 0..12), wanted in 0_usize..3000,
        ) {
            let places = allocate(&sizes, wanted);
            let all: usize = sizes.iter().sum();
            proptest::prop_assert_eq!(places.iter().sum::<usize>(), wanted.min(all));
            for (place, size) in places.iter().zip(&sizes) {
                let whole = (wanted.min(all) * size).checked_div(all).unwrap_or(0);
                proptest::prop_assert!(*place <= *size && (*place == whole || *place == whole + 1));
            }
        }
    }

    #[test]
    fn the_same_seed_draws_the_same_homes_and_anybody_can_check_it() {
        let list = homes(&[("Mill", 60), ("Quay", 40)]);
        let none = HashSet::new();
        let (frame, places) = choose("spring", &plan(Strata::Area, Some(10)), &list, &none);
        assert_eq!((frame.clone(), places.clone()), choose("spring", &plan(Strata::Area, Some(10)), &list, &none));
        assert_ne!(places, choose("autumn", &plan(Strata::Area, Some(10)), &list, &none).1);
        let groups = count(&frame);
        assert_eq!((groups["Mill"].drawn, groups["Quay"].drawn), (6, 4));
        // By hand: the first of a group in the order of the digest.
        let mut quay: Vec<&Framed> = frame.iter().filter(|framed| framed.stratum == "Quay").collect();
        quay.sort_by_key(|framed| sha256(&format!("spring:{}", framed.reference)));
        assert!(quay[..4].iter().all(|framed| framed.standing == Standing::Drawn));
        assert!(quay[4..].iter().all(|framed| framed.standing == Standing::NotDrawn));
    }

    #[test]
    fn a_seed_favours_nobody() {
        let list = homes(&[("Mill", 50)]);
        let mut times = vec![0_u32; list.len()];
        for seed in 0..400 {
            for at in choose(&format!("seed {seed}"), &plan(Strata::None, Some(10)), &list, &HashSet::new()).1 {
                times[at] += 1;
            }
        }
        // Each is expected 80 times with a standard deviation of 8: within five of them.
        assert!(times.iter().all(|times| (40..=120).contains(times)), "{times:?}");
    }

    #[test]
    fn a_small_tenure_is_drawn_whole_and_the_others_share_the_places() {
        let mut list = homes(&[("Mill", 60), ("Quay", 40)]);
        for home in &mut list {
            home.tenure = "Rented".to_owned();
        }
        for at in [0, 1, 70] {
            list[at].tenure = "Part-owned".to_owned();
        }
        list[1].no_contact = "Asked in May".to_owned();
        for (strata, groups) in [
            (Strata::None, vec![("All homes", 97, 10), ("Part-owned", 3, 2)]),
            (
                Strata::Area,
                vec![("Mill", 58, 6), ("Mill, Part-owned", 2, 1), ("Quay", 39, 4), ("Quay, Part-owned", 1, 1)],
            ),
            (Strata::Tenure, vec![("Part-owned", 3, 2), ("Rented", 97, 10)]),
        ] {
            let whole = Plan { whole: vec!["Part-owned".to_owned()], ..plan(strata, Some(10)) };
            let (frame, places) = choose("spring", &whole, &list, &HashSet::new());
            assert_eq!(places.len(), 12, "ten of the rented homes, and both part-owned ones that may be asked");
            let counted = count(&frame);
            let found: Vec<_> = counted.iter().map(|(name, all)| (name.as_str(), all.homes, all.drawn)).collect();
            assert_eq!(found, groups);
        }
    }

    #[test]
    fn who_is_left_out_is_told_with_the_reason() {
        let mut list = homes(&[("Mill", 6)]);
        list[0].no_contact = "Asked in May".to_owned();
        list[1].mobile = String::new();
        let lately = HashSet::from([list[2].id, list[0].id]);
        let (frame, places) = choose("s", &plan(Strata::None, None), &list, &lately);
        assert_eq!(places.len(), 3);
        let all = count(&frame)["All homes"];
        assert_eq!((all.homes, all.no_contact, all.unreachable, all.asked_lately, all.drawn), (6, 1, 1, 1, 3));
        assert_eq!(all.reachable(), 3);
        assert!(choose("s", &plan(Strata::None, Some(5)), &[], &lately).1.is_empty());
    }
}
