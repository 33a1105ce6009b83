//! Rows that are alike, counted once: where few columns with few codes are looked at, everything that is asked follows
//! from how often each combination of their codes occurs, and a row costs one addition.

use crate::statistics::matrix::Block;

/// The most columns that are looked at in this way.
const MOST_COLUMNS: usize = 3;
/// The most combinations: so many counts stay in the processor's nearest memory.
const MOST_COMBINATIONS: usize = 1 << 12;

/// Codes of some columns, in the order of the columns, and how many rows have just these.
pub type Combination = (Vec<u8>, u32);

/// The columns, each once, if they are few enough.
#[must_use]
pub fn few(all: impl Iterator<Item = usize>) -> Option<Vec<usize>> {
    let mut columns: Vec<usize> = all.collect();
    columns.sort_unstable();
    columns.dedup();
    (columns.len() <= MOST_COLUMNS).then_some(columns)
}

/// Each combination of codes that occurs in the columns of a block; none where there may be too many.
#[must_use]
pub fn combinations(block: &Block, columns: &[usize]) -> Option<Vec<Combination>> {
    let sizes: Vec<usize> = columns.iter().map(|column| usize::from(block.largest(*column)) + 1).collect();
    let size = sizes.iter().try_fold(1_usize, |size, one| size.checked_mul(*one))?;
    if size > MOST_COMBINATIONS {
        return None;
    }
    let mut cells = vec![0_u32; size];
    let code = |code: &u8| usize::from(*code);
    match (columns, sizes.as_slice()) {
        ([], _) => cells.fill(u32::try_from(block.rows()).ok()?),
        ([one], _) => tally(&mut cells, block.column(*one).iter().map(code)),
        ([one, two], [_, second]) => {
            let pairs = block.column(*one).iter().zip(block.column(*two));
            tally(&mut cells, pairs.map(|(one, two)| code(one) * second + code(two)));
        }
        ([one, two, three], [_, second, third]) => {
            let pairs = block.column(*one).iter().zip(block.column(*two));
            let triples = pairs.zip(block.column(*three));
            let place = |((one, two), three)| (code(one) * second + code(two)) * third + code(three);
            tally(&mut cells, triples.map(place));
        }
        _ => return None,
    }
    let some = cells.into_iter().enumerate().filter(|(_, rows)| *rows > 0);
    Some(some.map(|(at, rows)| (codes(at, &sizes), rows)).collect())
}

/// Adds one to each cell named.
fn tally(cells: &mut [u32], places: impl Iterator<Item = usize>) {
    for place in places {
        if let Some(cell) = cells.get_mut(place) {
            *cell += 1;
        }
    }
}

/// The codes of a combination by its place, the last column varying fastest.
fn codes(at: usize, sizes: &[usize]) -> Vec<u8> {
    let mut rest = at;
    let mut codes: Vec<u8> = sizes
        .iter()
        .rev()
        .map(|size| {
            let code = u8::try_from(rest % size).unwrap_or(u8::MAX);
            rest /= size;
            code
        })
        .collect();
    codes.reverse();
    codes
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn combinations_are_what_looking_at_each_row_finds(
            rows in proptest::collection::vec(proptest::array::uniform3(0u8..14), 0..60), columns in 0usize..=3,
        ) {
            let mut block = Block::empty(3);
            for row in &rows {
                block.push(*row);
            }
            let columns: Vec<usize> = (0..columns).collect();
            let mut naive = BTreeMap::<Vec<u8>, u32>::new();
            for row in &rows {
                *naive.entry(row[..columns.len()].to_vec()).or_default() += 1;
            }
            let found: BTreeMap<_, _> = combinations(&block, &columns).unwrap().into_iter().collect();
            prop_assert_eq!(found, naive);
        }
    }

    #[test]
    fn many_combinations_and_many_columns_are_left_to_others() {
        let mut block = Block::empty(3);
        block.push([200, 200, 0]);
        assert!(combinations(&block, &[0, 1]).is_none() && combinations(&block, &[0, 2]).is_some());
        assert_eq!(few([4, 2, 4, 9].into_iter()), Some(vec![2, 4, 9]));
        assert_eq!(few([1, 2, 3, 4].into_iter()), None);
    }
}
