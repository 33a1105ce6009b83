//! Options in an order of chance, which stays the same for one person. Their codes keep the question's own order, so
//! nothing that is counted depends on it.

use crate::random::{Random, sha256};

/// The items in the order of a seed for the question with this key; those that stay last keep their places after the rest.
///
/// The seed is a token drawn when the person began: it tells no more about them than that they are the same one.
#[must_use]
pub fn mixed<T>(items: Vec<T>, stays_last: impl Fn(&T) -> bool, seed: &str, key: u16) -> Vec<T> {
    let (last, mut first): (Vec<T>, Vec<T>) = items.into_iter().partition(stays_last);
    let hash = sha256(&format!("{seed} order {key}"));
    let number = hash.get(..16).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_default();
    let chance = Random::seeded(number);
    let mut drawn = Vec::with_capacity(first.len() + last.len());
    while !first.is_empty() {
        let at = usize::try_from(chance.below(first.len() as u64)).unwrap_or_default();
        drawn.push(first.remove(at));
    }
    drawn.extend(last);
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(seed: &str, key: u16) -> Vec<u8> {
        mixed((0..8).collect(), |item| *item >= 6, seed, key)
    }

    #[test]
    fn a_seed_gives_one_order_and_other_seeds_and_questions_others() {
        assert_eq!(order("a", 1), order("a", 1));
        let many: std::collections::BTreeSet<Vec<u8>> =
            (0..40).map(|key| order("a", key)).chain((0..40).map(|seed| order(&seed.to_string(), 1))).collect();
        assert!(many.len() > 40, "only {} orders", many.len());
    }

    #[test]
    fn every_item_is_there_once_and_the_last_stay_last() {
        for key in 0..50 {
            let mut drawn = order("b", key);
            assert_eq!(drawn.get(6..), Some(&[6, 7][..]));
            drawn.sort_unstable();
            assert_eq!(drawn, [0, 1, 2, 3, 4, 5, 6, 7]);
        }
    }

    #[test]
    fn every_item_comes_first_about_equally_often() {
        let mut firsts = [0_u32; 6];
        for key in 0..6000 {
            firsts[usize::from(order("c", key)[0])] += 1;
        }
        // 1,000 each are expected; five standard deviations are 144.
        assert!(firsts.iter().all(|count| count.abs_diff(1000) < 150), "{firsts:?}");
    }
}
