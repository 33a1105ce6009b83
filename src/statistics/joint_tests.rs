//! One pass gives what looking at each row gives.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::statistics::matrix::{Matrix, ROWS};

/// Two columns to divide by, three to count, two of a number.
type Row = [u8; 7];

fn matrix(rows: &[Row]) -> Matrix {
    let mut matrix = Matrix::empty(7);
    for row in rows {
        matrix.last().push(*row);
    }
    matrix
}

fn divisions() -> Vec<Division> {
    let third = |code: u8| (code != 9).then(|| usize::from(code % 3));
    vec![Division::new(0, 2, |code| Some(usize::from(code / 128))), Division::none(), Division::new(1, 3, third)]
}

fn joints(matrix: &Matrix, span: Span, rows: usize) -> Joints {
    let columns = vec![vec![], vec![2], vec![2, 3, 4], vec![0; 12]];
    let mut pass = Pass::new(Plan { divisions: divisions(), span, columns }, rows);
    matrix.blocks().iter().for_each(|block| pass.count(block));
    pass.finish()
}

fn found(joints: &Joints, at: usize, whom: &Whom) -> BTreeMap<Vec<u8>, u32> {
    let mut found = BTreeMap::new();
    for (codes, people) in joints.each(at, whom) {
        *found.entry(codes.to_vec()).or_insert(0) += people.0;
    }
    found
}

fn naive(rows: &[Row], span: Span, whom: &Whom, codes: impl Fn(&Row) -> Vec<u8>) -> BTreeMap<Vec<u8>, u32> {
    let mut found = BTreeMap::new();
    for row in rows {
        let number = u16::from_be_bytes([row[5], row[6]]);
        let parts = [usize::from(row[0] / 128), 0, usize::from(row[1] % 3)];
        let belongs = parts.iter().zip(whom).all(|(part, wanted)| wanted.is_none_or(|wanted| wanted == *part));
        if row[1] != 9 && number >= span.from && number <= span.to && belongs {
            *found.entry(codes(row)).or_insert(0) += 1;
        }
    }
    found
}

proptest! {
    #[test]
    fn a_pass_counts_as_whoever_looks_at_each_row(
        rows in proptest::collection::vec(any::<[u8; 7]>(), 0..400), from in any::<u16>(), to in any::<u16>(),
        one in proptest::option::of(0usize..2), other in proptest::option::of(0usize..3), dense in any::<bool>(),
    ) {
        let (matrix, span, whom) = (matrix(&rows), Span { column: 5, from, to }, [one, None, other]);
        let joints = joints(&matrix, span, if dense { 100_000 } else { 0 });
        prop_assert_eq!(found(&joints, 0, &whom), naive(&rows, span, &whom, |_| Vec::new()));
        prop_assert_eq!(found(&joints, 1, &whom), naive(&rows, span, &whom, |row| vec![row[2]]));
        prop_assert_eq!(found(&joints, 2, &whom), naive(&rows, span, &whom, |row| row[2..5].to_vec()));
        prop_assert_eq!(found(&joints, 3, &whom), naive(&rows, span, &whom, |row| vec![row[0]; 12]));
        let everybody = naive(&rows, span, &[None; 3], |row| row[5..].to_vec());
        let (first, last) = (everybody.keys().next(), everybody.keys().next_back());
        let number = |bytes: &Vec<u8>| u16::from_be_bytes([bytes[0], bytes[1]]);
        prop_assert_eq!(joints.seen(), first.map(number).zip(last.map(number)));
        prop_assert_eq!(joints.people(), usize::try_from(everybody.values().sum::<u32>()).unwrap());
    }
}

#[test]
fn blocks_are_counted_one_after_the_other() {
    let row = |at: usize| [0, 1, u8::try_from(at % 5).unwrap(), 0, 0, 0, 0];
    let rows: Vec<Row> = (0..ROWS + 10).map(row).collect();
    let joints = joints(&matrix(&rows), Span { column: 5, from: 0, to: u16::MAX }, rows.len());
    let five = found(&joints, 1, &[None; 3]);
    assert_eq!(five.values().sum::<u32>(), u32::try_from(ROWS + 10).unwrap());
    assert_eq!(five.len(), 5);
}
