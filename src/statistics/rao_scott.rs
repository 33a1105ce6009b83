//! Weighted answers: the error of a share, and whether weighted shares of groups differ by more than chance.
//!
//! Weights are taken as given and people as drawn with replacement, each by himself: what a calibration to known numbers
//! would gain is left out, so that nothing is called more certain than it is.

use statrs::function::beta::checked_beta_reg;

use super::compare::Tested;

/// People of one row of a table who count alike and answered alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Alike {
    pub weight: f64,
    pub row: usize,
    pub column: usize,
    pub people: u32,
}

impl Alike {
    fn sum(&self) -> f64 {
        self.weight * f64::from(self.people)
    }
}

/// A weighted share and its standard error: the linearised variance of a ratio, `n / (n − 1) · Σ w² (y − p)² / (Σ w)²`
/// (D. A. Binder (1983), "On the variances of asymptotically normal estimators from complex surveys", International
/// Statistical Review 51, 279–292). Each entry is a weight with how many people have it and how many of them are
/// favourable. None of fewer than two people.
pub(super) fn share(of: &[(f64, u32, u32)]) -> Option<(f64, f64)> {
    let n: f64 = of.iter().map(|(_, base, _)| f64::from(*base)).sum();
    let all: f64 = of.iter().map(|(weight, base, _)| weight * f64::from(*base)).sum();
    let hits: f64 = of.iter().map(|(weight, _, hits)| weight * f64::from(*hits)).sum();
    if n < 2.0 || all <= 0.0 {
        return None;
    }
    let p = hits / all;
    let squares = |(weight, base, hits): &(f64, u32, u32)| {
        let (hits, base) = (f64::from(*hits), f64::from(*base));
        weight * weight * (hits * (1.0 - p) * (1.0 - p) + (base - hits) * p * p)
    };
    let variance = n / (n - 1.0) * of.iter().map(squares).sum::<f64>() / (all * all);
    Some((p, variance.sqrt()))
}

/// How many people counted equally would give a share with this error: `p (1 − p) / se²`, on which Wilson's interval then
/// rests (E. L. Korn and B. I. Graubard (1998), Survey Methodology 24, 193–201). None at nought and at one, where the
/// error says nothing.
pub(super) fn equal_people(p: f64, error: f64) -> Option<f64> {
    let found = p * (1.0 - p) / (error * error);
    (found.is_finite() && found > 0.0).then_some(found)
}

/// The chi-square test that rows and columns of a weighted table do not depend on each other, with the second-order
/// correction: Pearson's statistic of the weighted shares over the sum of its design effects, against an F distribution
/// whose degrees of freedom follow Satterthwaite (J. N. K. Rao and A. J. Scott (1984), "On chi-squared tests for multiway
/// contingency tables with cell proportions estimated from survey data", Annals of Statistics 12, 46–60; the F form: D. R.
/// Thomas and J. N. K. Rao (1987), Journal of the American Statistical Association 82, 630–636). None for a table with an
/// empty row or column, or with fewer than two of either.
pub(super) fn rao_scott(table: &[Alike], rows: usize, columns: usize) -> Option<Tested> {
    let n: f64 = table.iter().map(|alike| f64::from(alike.people)).sum();
    let all: f64 = table.iter().map(Alike::sum).sum();
    if rows < 2 || columns < 2 || n < 2.0 || all <= 0.0 {
        return None;
    }
    let cells = rows * columns;
    let (mut p, mut squares) = (vec![0.0; cells], vec![0.0; cells]);
    for alike in table {
        let at = alike.row * columns + alike.column;
        *p.get_mut(at)? += alike.sum() / all;
        *squares.get_mut(at)? += alike.weight * alike.sum() / (all * all);
    }
    let statistic = n * pearson(&p, rows, columns)?;
    let every: f64 = squares.iter().sum();
    // The covariance of the shares, with the factor of people drawn with replacement.
    let covariance = |one: usize, other: usize| -> Option<f64> {
        let own = if one == other { *squares.get(one)? } else { 0.0 };
        let (a, b) = (*p.get(one)?, *p.get(other)?);
        let crossed = squares.get(one)? * b + squares.get(other)? * a;
        Some(n / (n - 1.0) * (own - crossed + every * a * b))
    };
    let contrasts = contrasts(rows, columns);
    let inverse: Vec<f64> = p.iter().map(|share| if *share > 0.0 { 1.0 / share } else { 0.0 }).collect();
    let form = |of: &dyn Fn(usize, usize) -> Option<f64>| -> Option<Vec<Vec<f64>>> {
        let line = |one: &Contrast| contrasts.iter().map(|other| product(one, other, of)).collect::<Option<Vec<f64>>>();
        contrasts.iter().map(line).collect()
    };
    let drawn_equally = form(&|one, other| {
        if one == other { Some(inverse.get(one)? / n) } else { Some(0.0) }
    })?;
    let as_weighted = form(&|one, other| Some(inverse.get(one)? * covariance(one, other)? * inverse.get(other)?))?;
    let effects = solve(drawn_equally, as_weighted)?;
    let trace: f64 = effects.iter().enumerate().filter_map(|(at, row)| row.get(at)).sum();
    let of_square: f64 = effects
        .iter()
        .enumerate()
        .map(|(at, row)| {
            row.iter().zip(&effects).filter_map(|(value, other)| Some(value * other.get(at)?)).sum::<f64>()
        })
        .sum();
    let (freedom, f) = (trace * trace / of_square, statistic / trace);
    Some(Tested { statistic: f, p: upper_f(f, freedom, freedom * (n - 1.0))? })
}

/// Pearson's chi-square of shares, as if of one person.
fn pearson(p: &[f64], rows: usize, columns: usize) -> Option<f64> {
    let across: Vec<f64> = p.chunks(columns).map(|row| row.iter().sum()).collect();
    let down: Vec<f64> = (0..columns).map(|at| p.iter().skip(at).step_by(columns).sum()).collect();
    if across.len() != rows || across.iter().chain(&down).any(|sum| *sum <= 0.0) {
        return None;
    }
    let expected = across.iter().flat_map(|row| down.iter().map(move |column| row * column));
    Some(p.iter().zip(expected).map(|(share, expected)| (share - expected).powi(2) / expected).sum())
}

/// What a table has beyond its rows and columns: each inner cell against the last of its row, of its column and of all.
type Contrast = [(usize, f64); 4];

fn contrasts(rows: usize, columns: usize) -> Vec<Contrast> {
    let at = |row: usize, column: usize| row * columns + column;
    let (last_row, last_column) = (rows - 1, columns - 1);
    let inner = (0..last_row).flat_map(|row| (0..last_column).map(move |column| (row, column)));
    let contrast = |(row, column)| {
        [
            (at(row, column), 1.0),
            (at(row, last_column), -1.0),
            (at(last_row, column), -1.0),
            (at(last_row, last_column), 1.0),
        ]
    };
    inner.map(contrast).collect()
}

fn product(one: &Contrast, other: &Contrast, of: &dyn Fn(usize, usize) -> Option<f64>) -> Option<f64> {
    let pairs = one.iter().flat_map(|left| other.iter().map(move |right| (left, right)));
    pairs.map(|((a, x), (b, y))| Some(x * y * of(*a, *b)?)).sum()
}

/// The matrix that gives `right` when it is multiplied by `left`: Gauss's elimination with the largest pivot. None where
/// `left` is singular.
fn solve(mut left: Vec<Vec<f64>>, mut right: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let size = left.len();
    for at in 0..size {
        let height = |row: &usize| left.get(*row).and_then(|row| row.get(at)).map_or(0.0, |value| value.abs());
        let pivot = (at..size).max_by(|one, other| height(one).total_cmp(&height(other)))?;
        if height(&pivot) <= 0.0 {
            return None;
        }
        left.swap(at, pivot);
        right.swap(at, pivot);
        let (lead, beside) = (left.get(at)?.clone(), right.get(at)?.clone());
        let first = *lead.get(at)?;
        for row in (0..size).filter(|row| *row != at) {
            let factor = left.get(row)?.get(at)? / first;
            subtract(left.get_mut(row)?, &lead, factor);
            subtract(right.get_mut(row)?, &beside, factor);
        }
    }
    for (at, row) in right.iter_mut().enumerate() {
        let first = *left.get(at)?.get(at)?;
        for value in row.iter_mut() {
            *value /= first;
        }
    }
    Some(right)
}

fn subtract(row: &mut [f64], other: &[f64], factor: f64) {
    for (value, other) in row.iter_mut().zip(other) {
        *value -= factor * other;
    }
}

/// How often an F distribution with these degrees of freedom, which need not be whole, lies above a value (M. Abramowitz
/// and I. A. Stegun (1964), "Handbook of Mathematical Functions", formula 26.6.2).
fn upper_f(value: f64, above: f64, below: f64) -> Option<f64> {
    if value.is_nan() || value < 0.0 {
        return None;
    }
    checked_beta_reg(below / 2.0, above / 2.0, below / (below + above * value)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(weight: f64, row: usize, column: usize, people: u32) -> Alike {
        Alike { weight, row, column, people }
    }

    #[test]
    fn people_who_count_equally_have_the_textbook_error() {
        let (p, error) = share(&[(2.0, 60, 45), (2.0, 40, 15)]).unwrap();
        assert!((p - 0.6).abs() < 1e-12 && (error - (0.24_f64 / 99.0).sqrt()).abs() < 1e-12);
        assert!((equal_people(p, error).unwrap() - 99.0).abs() < 1e-9);
        assert_eq!(share(&[(1.0, 1, 1)]), None);
        assert_eq!(share(&[(1.0, 9, 9)]).and_then(|(p, error)| equal_people(p, error)), None);
    }

    #[test]
    fn a_table_with_an_empty_row_or_one_row_is_not_tested() {
        assert_eq!(rao_scott(&[alike(1.0, 0, 0, 9), alike(1.0, 0, 1, 9)], 2, 2), None);
        assert_eq!(rao_scott(&[alike(1.0, 0, 0, 9), alike(1.0, 1, 0, 9)], 2, 2), None);
        assert_eq!(rao_scott(&[alike(1.0, 0, 0, 9), alike(1.0, 0, 1, 9)], 1, 2), None);
        assert_eq!(rao_scott(&[alike(1.0, 0, 0, 9), alike(1.0, 1, 5, 9)], 2, 2), None, "outside the table");
    }

    #[test]
    fn no_difference_at_all_is_never_called_one() {
        let table = [alike(1.5, 0, 0, 20), alike(1.5, 0, 1, 10), alike(0.5, 1, 0, 40), alike(0.5, 1, 1, 20)];
        let found = rao_scott(&table, 2, 2).unwrap();
        assert!(found.statistic.abs() < 1e-20 && (found.p - 1.0).abs() < 1e-9, "{found:?}");
    }
}
