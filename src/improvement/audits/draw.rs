//! Drawing: in proportion from each group, in an order that anybody can work out again from the seed.
//!
//! As for samples of homes: each group's share goes by its size, whole places first and those left over to the largest
//! remainders, and within a group things stand in the order of the SHA-256 of seed, colon and reference.

use std::collections::BTreeMap;

use super::audit::{Candidate, Kind};
use crate::random::sha256;
use crate::surveys::sample::draw::allocate;

/// By what a thing is put in order.
#[must_use]
pub fn digest(seed: &str, reference: &str) -> String {
    sha256(&format!("{seed}:{reference}"))
}

/// The place of each candidate in the draw of so many of that kind; none for those not drawn and those of another kind.
#[must_use]
pub fn choose(seed: &str, candidates: &[Candidate], kind: Kind, wanted: usize) -> Vec<Option<i64>> {
    let mut groups: BTreeMap<&str, Vec<(String, usize)>> = BTreeMap::new();
    for (at, one) in candidates.iter().enumerate().filter(|(_, one)| one.drawn.kind() == kind) {
        groups.entry(&one.stratum).or_default().push((digest(seed, &one.drawn.reference()), at));
    }
    let sizes: Vec<usize> = groups.values().map(Vec::len).collect();
    let mut drawn: Vec<(String, usize)> = Vec::new();
    for (mut group, share) in groups.into_values().zip(allocate(&sizes, wanted)) {
        group.sort_unstable();
        drawn.extend(group.into_iter().take(share));
    }
    drawn.sort_unstable();
    let mut places = vec![None; candidates.len()];
    for (place, (_, at)) in (1..).zip(drawn) {
        if let Some(of) = places.get_mut(at) {
            *of = Some(place);
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::improvement::audits::audit::Drawn;
    use crate::improvement::plan::PlanId;
    use crate::improvement::sign_off::SignOffId;

    fn report(id: i64, stratum: &str) -> Candidate {
        Candidate { drawn: Drawn::Report(SignOffId(id)), title: format!("Report {id}"), stratum: stratum.into() }
    }

    #[test]
    fn a_seed_draws_the_same_again_in_proportion_and_anybody_can_check_it() {
        let mut all: Vec<Candidate> = (1..=9).map(|id| report(id, if id <= 6 { "Kim" } else { "Lee" })).collect();
        all.push(Candidate { drawn: Drawn::Plan(PlanId(1), 4), title: "A plan".into(), stratum: "Kim".into() });
        let places = choose("spring", &all, Kind::Report, 3);
        assert_eq!(places, choose("spring", &all, Kind::Report, 3));
        let others = (0..20).map(|seed| choose(&format!("seed {seed}"), &all, Kind::Report, 3));
        assert!(others.into_iter().any(|other| other != places));
        let count = |range: std::ops::Range<usize>| places[range].iter().flatten().count();
        assert_eq!((count(0..6), count(6..9), count(9..10)), (2, 1, 0));
        // By hand: the first two of a group in the order of the digest.
        let mut kims: Vec<usize> = (0..6).collect();
        kims.sort_by_key(|at| sha256(&format!("spring:report-{}", at + 1)));
        assert!(kims[..2].iter().all(|at| places[*at].is_some()));
        let mut numbers: Vec<i64> = places.iter().flatten().copied().collect();
        numbers.sort_unstable();
        assert_eq!(numbers, [1, 2, 3]);
        assert_eq!(choose("spring", &all, Kind::Plan, 99).iter().flatten().count(), 1);
        assert!(choose("spring", &[], Kind::Plan, 2).is_empty());
    }
}
