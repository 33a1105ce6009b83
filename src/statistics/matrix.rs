//! Stored codes as they are counted: a column for each byte of a code book, in blocks of rows.
//!
//! A full block never changes. A matrix is a list of shared blocks, so that a copy costs a pointer for each, and whoever
//! adds rows to a copy copies the last block alone: readers keep the rows they began with.

use std::sync::{Arc, OnceLock};

/// How many rows a block holds. Tests have small ones, so that they come to the edges of blocks.
pub const ROWS: usize = if cfg!(test) { 64 } else { 65_536 };

/// Rows column by column; every column has as many bytes as there are rows, from none to [`ROWS`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    columns: Vec<Vec<u8>>,
    rows: usize,
    known: Known,
}

/// What was worked out of the columns and is forgotten when they change.
#[derive(Clone, Debug, Default)]
struct Known {
    /// The largest byte of each column.
    largest: OnceLock<Vec<u8>>,
    /// The first of the two columns asked for, the smallest and the largest number in them.
    ends: OnceLock<(usize, Option<(u16, u16)>)>,
}

/// Says nothing that the columns do not say.
impl PartialEq for Known {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Known {}

impl Block {
    /// No rows yet, in so many columns.
    #[must_use]
    pub fn empty(width: usize) -> Self {
        Self { columns: vec![Vec::new(); width], rows: 0, known: Known::default() }
    }

    /// How many rows it holds.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many rows it can still take.
    #[must_use]
    pub fn room(&self) -> usize {
        ROWS.saturating_sub(self.rows)
    }

    /// Adds a row: what it lacks is nought, what it has too much is left out.
    pub fn push(&mut self, row: impl IntoIterator<Item = u8>) {
        let mut bytes = row.into_iter();
        for column in &mut self.columns {
            column.push(bytes.next().unwrap_or(0));
        }
        self.rows += 1;
        self.known = Known::default();
    }

    /// Puts bytes into a row that is there, from a column on.
    pub fn put(&mut self, row: usize, column: usize, bytes: &[u8]) {
        for (column, byte) in self.columns.iter_mut().skip(column).zip(bytes) {
            if let Some(place) = column.get_mut(row) {
                *place = *byte;
            }
        }
        self.known = Known::default();
    }

    /// The largest byte in a column; nought where there is none.
    pub(super) fn largest(&self, column: usize) -> u8 {
        let of = |column: &Vec<u8>| column.iter().copied().max().unwrap_or(0);
        let all = self.known.largest.get_or_init(|| self.columns.iter().map(of).collect());
        all.get(column).copied().unwrap_or(0)
    }

    /// The smallest and the largest number in the two columns from this one on, the high byte first.
    pub(super) fn ends(&self, column: usize) -> Option<(u16, u16)> {
        let (known, ends) = self.known.ends.get_or_init(|| (column, self.ends_of(column)));
        if *known == column { *ends } else { self.ends_of(column) }
    }

    fn ends_of(&self, column: usize) -> Option<(u16, u16)> {
        self.numbers(column).fold(None, |ends, number| {
            let (first, last) = ends.unwrap_or((number, number));
            Some((first.min(number), last.max(number)))
        })
    }

    /// The numbers in the two columns from this one on, the high byte first.
    pub(super) fn numbers(&self, column: usize) -> impl Iterator<Item = u16> {
        let bytes = self.column(column).iter().zip(self.column(column + 1));
        bytes.map(|(high, low)| u16::from_be_bytes([*high, *low]))
    }

    pub(super) fn column(&self, at: usize) -> &[u8] {
        self.columns.get(at).map(Vec::as_slice).unwrap_or_default()
    }

    fn bytes(&self) -> usize {
        self.columns.iter().map(Vec::capacity).sum()
    }
}

/// Rows in blocks, all of them full but the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    full: Vec<Arc<Block>>,
    last: Arc<Block>,
    width: usize,
}

impl Matrix {
    /// No rows yet, in so many columns.
    #[must_use]
    pub fn empty(width: usize) -> Self {
        Self { full: Vec::new(), last: Arc::new(Block::empty(width)), width }
    }

    /// How many rows it holds.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.full.len() * ROWS + self.last.rows
    }

    /// What it takes of memory, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.full.iter().chain([&self.last]).map(|block| block.bytes()).sum()
    }

    /// The block to which rows are added. Where somebody else holds it too, this matrix gets a copy of its own.
    pub fn last(&mut self) -> &mut Block {
        if self.last.room() == 0 {
            let full = std::mem::replace(&mut self.last, Arc::new(Block::empty(self.width)));
            self.full.push(full);
        }
        Arc::make_mut(&mut self.last)
    }

    /// Every block, in the order of the rows.
    #[must_use]
    pub fn blocks(&self) -> Vec<Arc<Block>> {
        self.full.iter().chain([&self.last]).map(Arc::clone).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(rows: usize) -> Matrix {
        let mut matrix = Matrix::empty(2);
        for row in 0..rows {
            matrix.last().push([u8::try_from(row % 251).unwrap(), 7, 9]);
        }
        matrix
    }

    #[test]
    fn whoever_adds_rows_shares_the_full_blocks_and_leaves_readers_theirs() {
        let before = with(ROWS + 3);
        let mut after = before.clone();
        after.last().push([1]);
        assert_eq!((before.rows(), after.rows()), (ROWS + 3, ROWS + 4));
        let (old, new) = (before.blocks(), after.blocks());
        assert!(Arc::ptr_eq(&old[0], &new[0]) && !Arc::ptr_eq(&old[1], &new[1]));
        let first = u8::try_from(ROWS % 251).unwrap();
        assert_eq!(old[1].column(0), [first, first + 1, first + 2]);
        assert_eq!(new[1].column(1), [7, 7, 7, 0], "what a row lacks is nought");
    }

    #[test]
    fn a_block_that_is_full_is_followed_by_another() {
        let matrix = with(2 * ROWS);
        assert_eq!(matrix.blocks().iter().map(|block| block.rows()).collect::<Vec<_>>(), [ROWS, ROWS]);
        assert!(matrix.bytes() >= 4 * ROWS);
    }

    #[test]
    fn what_is_known_of_a_block_is_forgotten_when_it_changes() {
        let mut block = Block::empty(3);
        assert_eq!((block.largest(0), block.ends(1)), (0, None));
        block.push([1, 2, 3]);
        block.push([4, 2, 1]);
        assert_eq!((block.largest(0), block.ends(1), block.ends(0)), (4, Some((513, 515)), Some((258, 1_026))));
        block.put(0, 0, &[9, 1]);
        assert_eq!((block.largest(0), block.ends(1)), (9, Some((259, 513))));
    }

    #[test]
    fn bytes_are_put_into_a_row_that_is_there_and_nowhere_else() {
        let mut block = Block::empty(3);
        block.push([1, 2, 3]);
        block.put(0, 1, &[8, 9, 10]);
        block.put(5, 0, &[4]);
        assert_eq!([0, 1, 2].map(|at| block.column(at).to_vec()), [vec![1], vec![8], vec![9]]);
    }
}
