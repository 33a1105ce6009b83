//! Stored codes as they are counted: a column for each byte of a code book, in blocks of rows.
//!
//! A full block never changes. A matrix is a list of shared blocks, so that a copy costs a pointer for each, and whoever
//! adds rows to a copy copies the last block alone: readers keep the rows they began with.

use std::sync::Arc;

/// How many rows a block holds. Tests have small ones, so that they come to the edges of blocks.
pub const ROWS: usize = if cfg!(test) { 64 } else { 65_536 };

/// Rows column by column; every column has as many bytes as there are rows, from none to [`ROWS`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    columns: Vec<Vec<u8>>,
    rows: usize,
}

impl Block {
    /// No rows yet, in so many columns.
    #[must_use]
    pub fn empty(width: usize) -> Self {
        Self { columns: vec![Vec::new(); width], rows: 0 }
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
    }

    /// Puts bytes into a row that is there, from a column on.
    pub fn put(&mut self, row: usize, column: usize, bytes: &[u8]) {
        for (column, byte) in self.columns.iter_mut().skip(column).zip(bytes) {
            if let Some(place) = column.get_mut(row) {
                *place = *byte;
            }
        }
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
    fn bytes_are_put_into_a_row_that_is_there_and_nowhere_else() {
        let mut block = Block::empty(3);
        block.push([1, 2, 3]);
        block.put(0, 1, &[8, 9, 10]);
        block.put(5, 0, &[4]);
        assert_eq!([0, 1, 2].map(|at| block.column(at).to_vec()), [vec![1], vec![8], vec![9]]);
    }
}
