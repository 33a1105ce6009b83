//! What a table of two questions hides, and when a third is let in.

use proptest::prelude::*;

use super::*;
use crate::statistics::counts::Category;
use crate::statistics::disclosure::release;

fn counts(cells: &[u32]) -> Counts {
    let mut counts = Counts::one_of((0..cells.len()).map(|at| Category::plain(at.to_string())).collect());
    for (at, people) in cells.iter().enumerate() {
        (0..*people).for_each(|_| counts.record(at));
    }
    counts
}

fn table(rows: &[&[u32]]) -> Vec<(String, Counts)> {
    rows.iter().enumerate().map(|(at, cells)| (at.to_string(), counts(cells))).collect()
}

fn shown(released: &Released) -> Vec<Vec<Option<u32>>> {
    let cell = |cell: Cell| match cell {
        Cell::Shown { count, .. } => Some(count),
        Cell::Hidden => None,
    };
    released.groups.iter().map(|(_, table)| table.rows.iter().map(|row| cell(row.cell)).collect()).collect()
}

#[test]
fn a_small_cell_takes_others_of_its_row_and_its_column_with_it() {
    let groups = table(&[&[40, 3, 30], &[25, 26, 27], &[30, 31, 9]]);
    let (released, _) = release_cross(&groups, 3, &Policy::staff()).unwrap();
    let shown = shown(&released);
    let hidden = |cells: &Vec<Option<u32>>| cells.iter().filter(|cell| cell.is_none()).count();
    assert_eq!(shown[0][1], None);
    assert!(hidden(&shown[0]) >= 2, "{shown:?}");
    let column: Vec<Option<u32>> = shown.iter().map(|row| row[1]).collect();
    assert!(hidden(&column) >= 2, "{shown:?}");
    assert_eq!(released.overall, release(&counts(&[95, 60, 66]), &Policy::staff()), "the total as it stands elsewhere");
}

#[test]
fn two_questions_are_tested_on_what_is_shown_of_them() {
    // By hand: every expected count is 50, so that the statistic is 4 · 10² / 50.
    let (_, found) = release_cross(&table(&[&[60, 40], &[40, 60], &[30, 200]]), 2, &Policy::staff()).unwrap();
    let found = found.unwrap();
    assert!(
        (found.statistic - 8.0).abs() < 1e-9 && found.freedom == 1 && (found.p - 0.004_677_7).abs() < 1e-6,
        "{found:?}"
    );
    let small = table(&[&[3, 4], &[5, 6], &[0, 0]]);
    assert_eq!(release_cross(&small, 2, &Policy::staff()).unwrap().1, None);
    let rounded = table(&[&[60, 40], &[40, 60]]);
    assert_eq!(release_cross(&rounded, 2, &Policy::public()).unwrap().1, None);
    assert!(release_cross(&table(&[[9; 21].as_slice(); 20]), 20, &Policy::staff()).is_none(), "nobody reads 420 cells");
}

#[test]
fn a_third_question_is_let_in_only_where_no_cell_of_any_layer_is_small() {
    let pairs = [table(&[&[40, 30], &[20, 60]])];
    let policy = Policy::staff();
    let layers = [table(&[&[30, 20], &[10, 50]]), table(&[&[10, 10], &[10, 10]])];
    let of = |layers| Layers { pairs: &pairs, layers, answers: 2 };
    let (released, found) = release_layers(&of(&layers), 0, &policy).unwrap();
    assert_eq!(shown(&released), [[Some(30), Some(20)], [Some(10), Some(50)]]);
    assert_eq!(released.overall.base(), Some(110));
    assert!(found.is_some());
    // The layer that nobody looks at has a cell of three.
    let small = [table(&[&[30, 20], &[10, 50]]), table(&[&[10, 10], &[3, 17]])];
    assert!(release_layers(&of(&small), 0, &policy).is_none());
    let mut outside = table(&[&[10, 10], &[10, 10]]);
    (0..2).for_each(|_| outside[0].1.record_outside());
    let outside = [layers[0].clone(), outside];
    assert!(release_layers(&of(&outside), 0, &policy).is_none(), "two gave no answer");
    let empty = [table(&[&[40, 0], &[0, 60]]), table(&[&[0, 30], &[20, 0]])];
    assert!(release_layers(&of(&empty), 1, &policy).is_some(), "where nobody is there is nobody to protect");
}

proptest! {
    /// Whatever layers are taken away from the whole table, no few people are left in a cell.
    #[test]
    fn no_layers_taken_from_the_whole_leave_a_small_cell(
        cells in proptest::collection::vec(proptest::collection::vec(0u32..40, 4), 2..5), looked_at in 0usize..16,
    ) {
        let layers: Vec<_> = cells.iter().map(|cells| table(&[&cells[..2], &cells[2..]])).collect();
        let mut whole = layers[0].clone();
        for layer in &layers[1..] {
            whole.iter_mut().zip(layer).for_each(|(group, more)| assert!(group.1.add(&more.1)));
        }
        let policy = Policy::staff();
        if release_layers(&Layers { pairs: &[whole], layers: &layers, answers: 2 }, 0, &policy).is_some() {
            for at in 0..4 {
                let kept = cells.iter().enumerate().filter(|(layer, _)| looked_at & (1 << layer) == 0);
                let left: u32 = kept.map(|(_, cells)| cells[at]).sum();
                prop_assert!(left == 0 || left >= policy.minimum(), "{left} in {cells:?}");
            }
        }
    }
}
