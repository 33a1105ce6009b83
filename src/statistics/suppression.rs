//! Which further cells must be hidden so that a hidden one cannot be worked out by subtraction.
//!
//! Everybody may know the sum of each line of a table: a row, a side of a row, a column. A hidden cell
//! is safe when some other table with the same sums and the same visible cells, and no count below
//! nought, gives it another value. Rows and columns make a transport problem, whose solutions are
//! joined by cycles of plus and minus one, so that looking for one cycle through the cell decides it
//! exactly (L. H. Cox (1980), "Suppression methodology and statistical disclosure control", Journal of
//! the American Statistical Association 75, 377–385).

/// One cell, the two lines it lies in, and whether it is shown.
pub(super) struct Spot {
    pub value: u32,
    /// The line within its row.
    pub across: usize,
    /// Its column. A table of one row gives every cell the same column, which then binds nothing.
    pub down: usize,
    pub hidden: bool,
    /// Hidden for its own sake, hence to be protected.
    pub sensitive: bool,
}

/// Hides cells, smallest first, until every sensitive one is safe. False if that cannot be had, even
/// with everything hidden: the caller then shows none of the table.
#[must_use]
pub(super) fn protect(spots: &mut [Spot]) -> bool {
    loop {
        let Some(at) = (0..spots.len()).find(|&at| is_pinned(spots, at)) else { return true };
        let Some(next) = next_to_hide(spots, at) else { return false };
        if let Some(spot) = spots.get_mut(next) {
            spot.hidden = true;
        }
    }
}

/// The smallest visible cell in the same row line, else in the same column, else anywhere.
fn next_to_hide(spots: &[Spot], at: usize) -> Option<usize> {
    let pinned = spots.get(at)?;
    let smallest = |wanted: &dyn Fn(&Spot) -> bool| {
        let open = spots.iter().enumerate().filter(|(_, spot)| !spot.hidden && wanted(spot));
        open.min_by_key(|(_, spot)| spot.value).map(|(index, _)| index)
    };
    smallest(&|spot| spot.across == pinned.across)
        .or_else(|| smallest(&|spot| spot.down == pinned.down))
        .or_else(|| smallest(&|_| true))
}

fn is_pinned(spots: &[Spot], at: usize) -> bool {
    let Some(spot) = spots.get(at) else { return false };
    let may_fall = spot.value > 0 && has_cycle(spots, at, false);
    spot.hidden && spot.sensitive && !may_fall && !has_cycle(spots, at, true)
}

/// Whether the cell can move by one, the others making up for it: `up` says it rises, so that the next
/// cell in its line falls (and must hold at least one), the next rises, and so on round to its column.
fn has_cycle(spots: &[Spot], at: usize, up: bool) -> bool {
    let Some(start) = spots.get(at) else { return false };
    let (mut lines, mut columns) = (vec![start.across], Vec::<usize>::new());
    loop {
        let mut grew = false;
        for (index, spot) in spots.iter().enumerate().filter(|(_, spot)| spot.hidden) {
            if index == at {
                continue;
            }
            let can_fall = spot.value > 0;
            let leaves = if up { can_fall } else { true };
            let returns = if up { true } else { can_fall };
            if leaves && lines.contains(&spot.across) && !columns.contains(&spot.down) {
                columns.push(spot.down);
                grew = true;
            }
            if returns && columns.contains(&spot.down) && !lines.contains(&spot.across) {
                lines.push(spot.across);
                grew = true;
            }
        }
        if columns.contains(&start.down) {
            return true;
        }
        if !grew {
            return false;
        }
    }
}

/// Whether the mean may be shown beside the visible cells: every sensitive cell must be able to move
/// together with two others of its line so that neither the line's sum nor the mean changes at all.
#[must_use]
pub(super) fn mean_is_safe(spots: &[Spot], scores: &[Option<i32>]) -> bool {
    let hidden: Vec<(usize, i64, i64, bool)> = spots
        .iter()
        .zip(scores)
        .filter(|(spot, _)| spot.hidden)
        .map(|(spot, score)| (spot.across, i64::from(spot.value), i64::from(score.unwrap_or(0)), spot.sensitive))
        .collect();
    hidden.iter().enumerate().all(|(at, cell)| !cell.3 || has_level_move(&hidden, at))
}

fn has_level_move(hidden: &[(usize, i64, i64, bool)], at: usize) -> bool {
    let Some(&(line, value, score, _)) = hidden.get(at) else { return false };
    let others: Vec<_> = hidden.iter().enumerate().filter(|(index, cell)| *index != at && cell.0 == line).collect();
    others.iter().any(|(i, a)| {
        others.iter().filter(|(j, _)| j > i).any(|(_, b)| {
            // Moves in proportion to the scores' distances keep both the sum and the total score.
            let moves = [(value, a.2 - b.2), (a.1, b.2 - score), (b.1, score - a.2)];
            moves.first().is_some_and(|(_, step)| *step != 0)
                && (moves.iter().all(|(held, step)| held + step >= 0)
                    || moves.iter().all(|(held, step)| held - step >= 0))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(values: &[u32], hidden: &[usize]) -> Vec<Spot> {
        let spot = |(at, value): (usize, &u32)| {
            let is_hidden = hidden.contains(&at);
            Spot { value: *value, across: 0, down: 0, hidden: is_hidden, sensitive: is_hidden }
        };
        values.iter().enumerate().map(spot).collect()
    }

    fn hidden(spots: &[Spot]) -> Vec<usize> {
        (0..spots.len()).filter(|&at| spots[at].hidden).collect()
    }

    #[test]
    fn a_single_hidden_cell_takes_the_next_smallest_with_it() {
        let mut spots = row(&[40, 3, 25, 12], &[1]);
        assert!(protect(&mut spots));
        assert_eq!(hidden(&spots), [1, 3]);
    }

    #[test]
    fn two_hidden_cells_protect_each_other() {
        let mut spots = row(&[40, 3, 4, 12], &[1, 2]);
        assert!(protect(&mut spots));
        assert_eq!(hidden(&spots), [1, 2]);
    }

    #[test]
    fn a_cell_alone_in_its_table_cannot_be_protected() {
        assert!(!protect(&mut row(&[3], &[0])));
    }

    #[test]
    fn a_mean_beside_two_hidden_cells_would_give_them_away() {
        let scores = [Some(5), Some(4), Some(3), Some(2)];
        assert!(!mean_is_safe(&row(&[40, 3, 4, 12], &[1, 2]), &scores));
        assert!(mean_is_safe(&row(&[40, 3, 4, 12], &[1, 2, 3]), &scores));
        assert!(mean_is_safe(&row(&[40, 3, 4, 12], &[]), &scores));
    }
}
