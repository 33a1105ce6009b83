//! What disclosure control must hold, on worked examples and on tables made by chance.

use proptest::prelude::*;

use super::*;
use crate::statistics::counts::Category;
use crate::statistics::standing::Standing;

fn scale(values: [u32; 5]) -> Counts {
    let labels = ["Very satisfied", "Fairly satisfied", "Neither", "Fairly not", "Very not"];
    let categories = labels.iter().enumerate().map(|(at, label)| Category {
        label: (*label).to_owned(),
        score: Some(5 - i32::try_from(at).unwrap()),
        favourable: at < 2,
    });
    fill(Counts::one_of(categories.collect()), &values)
}

fn plain(values: &[u32]) -> Counts {
    let categories = (0..values.len()).map(|at| Category::plain(format!("Answer {at}")));
    fill(Counts::one_of(categories.collect()), values)
}

fn fill(mut counts: Counts, values: &[u32]) -> Counts {
    for (at, value) in values.iter().enumerate() {
        (0..*value).for_each(|_| counts.record(at));
    }
    counts
}

fn hidden(table: &Table) -> Vec<bool> {
    table.rows.iter().map(|row| row.cell == Cell::Hidden).collect()
}

#[test]
fn nothing_is_shown_below_the_minimum_base() {
    let table = release(&scale([4, 3, 1, 1, 0]), &Policy::public());
    assert_eq!(table.base, Base::FewerThan(10));
    assert!(table.rows.is_empty() && table.share.is_none() && table.mean.is_none());
    assert!(table.outside.is_none());
    assert!(release(&scale([4, 3, 1, 1, 0]), &Policy::staff()).is_shown());
}

#[test]
fn a_minimum_goes_up_and_never_down() {
    assert_eq!(Policy::public().at_least(3), Policy::public());
    assert_eq!(Policy::staff().at_least(12).minimum(), 12);
}

#[test]
fn very_and_fairly_satisfied_count_over_the_five_points_alone() {
    let mut counts = scale([100, 60, 20, 12, 8 + 2]);
    (0..50).for_each(|_| counts.record_outside());
    let table = release(&counts, &Policy::staff());
    let share = table.share.unwrap();
    assert_eq!((share.percent, share.base, table.outside), (79, 202, Some(50)));
    assert!(share.low < 79.2 && share.high > 79.2);
    assert!(table.mean.is_some());
}

#[test]
fn public_counts_are_rounded_and_their_per_cent_is_not() {
    let table = release(&plain(&[33, 33, 34]), &Policy::public());
    assert_eq!(table.rows[0].cell, Cell::Shown { count: 35, percent: 33 });
}

#[test]
fn every_count_in_public_is_rounded_in_the_same_way_and_none_for_staff() {
    let mut counts = scale([40, 30, 13, 12, 11]);
    (0..17).for_each(|_| counts.record_outside());
    let table = release(&counts, &Policy::public());
    assert_eq!((table.base, table.outside, table.rounded), (Base::Shown(105), Some(15), true));
    assert_eq!(table.share.map(|share| (share.percent, share.base)), Some((66, 105)));
    let table = release(&counts, &Policy::staff());
    assert_eq!((table.base, table.outside, table.rounded), (Base::Shown(106), Some(17), false));
    let mean = |policy: &Policy| {
        release_mean(&[(2, People(20)), (2, People(3))], policy).map(|mean| (mean.base, mean.rounded))
    };
    assert_eq!((mean(&Policy::public()), mean(&Policy::staff())), (Some((25, true)), Some((23, false))));
    assert_eq!(release_share(14, 23, &Policy::public()).map(|share| share.base), Some(25));
}

#[test]
fn the_base_of_each_group_is_rounded_in_public() {
    let groups = [("North", [30, 20, 12, 12, 12]), ("South", [20, 15, 11, 17, 16])];
    let groups = groups.map(|(name, values)| (name.to_owned(), scale(values)));
    let bases = |policy: &Policy| {
        let released = release_groups(&groups, policy).unwrap();
        let groups: Vec<_> = released.groups.iter().map(|(_, table)| table.base()).collect();
        (released.overall.base(), groups)
    };
    assert_eq!(bases(&Policy::public()), (Some(165), vec![Some(85), Some(80)]));
    assert_eq!(bases(&Policy::staff()), (Some(165), vec![Some(86), Some(79)]));
}

#[test]
fn everybody_or_nobody_of_a_small_group_is_not_said_in_public() {
    let table = release(&scale([10, 5, 0, 0, 0]), &Policy::public());
    assert_eq!(table.share, None);
    assert!(release(&scale([20, 10, 0, 0, 0]), &Policy::public()).share.is_some());
    assert_eq!(release_share(15, 15, &Policy::public()), None);
    assert_eq!(release_share(14, 15, &Policy::public()).map(|share| share.percent), Some(93));
    assert_eq!(release_share(4, 4, &Policy::shops()), None);
}

#[test]
fn ticked_answers_hide_few_ticks_and_few_without_them() {
    let categories = vec![Category::plain("Post"), Category::plain("Text"), Category::plain("Call")];
    let mut counts = Counts::several_of(categories);
    (0..40).for_each(|at| {
        counts.record_several(if at < 3 {
            &[0, 1]
        } else if at < 38 {
            &[1, 2]
        } else {
            &[1]
        });
    });
    let table = release(&counts, &Policy::public());
    assert_eq!(hidden(&table), [true, false, true]);
}

#[test]
fn where_everybody_chose_as_many_a_hidden_choice_is_not_what_the_others_leave() {
    let categories = || ["Gutters", "Doors", "Lifts", "Bins"].map(Category::plain).to_vec();
    let choose_two = |mut counts: Counts| {
        (0..40_usize).for_each(|at| {
            counts.record_several(&[at % 3, if at < 3 { 3 } else { (at + 1) % 3 }]);
        });
        hidden(&release(&counts, &Policy::staff()))
    };
    assert_eq!(choose_two(Counts::several_of(categories())), [false, false, false, true]);
    let hidden = choose_two(Counts::same_number_of(categories()));
    assert_eq!(hidden.iter().filter(|hidden| **hidden).count(), 2, "{hidden:?}");
    assert!(hidden[3]);
}

#[test]
fn one_small_area_takes_another_with_it() {
    let areas = [("North", [30, 20, 10, 10, 10]), ("South", [20, 15, 11, 12, 12])];
    let mut groups: Vec<_> = areas.map(|(name, v)| (name.to_owned(), scale(v))).into();
    groups.push(("East".to_owned(), scale([3, 1, 0, 0, 0])));
    let released = release_groups(&groups, &Policy::public()).unwrap();
    assert_eq!(released.overall.base, Base::Shown(155));
    let bases: Vec<_> = released.groups.iter().map(|(_, table)| table.base).collect();
    assert_eq!(bases, [Base::Shown(80), Base::Withheld, Base::FewerThan(10)]);
}

#[test]
fn an_area_without_answers_hides_no_other() {
    let groups = vec![("North".to_owned(), scale([30, 20, 10, 10, 10])), ("South".to_owned(), scale([0, 0, 0, 0, 0]))];
    let released = release_groups(&groups, &Policy::public()).unwrap();
    assert_eq!(released.groups[0].1.base, Base::Shown(80));
    assert_eq!(released.groups[1].1.base, Base::FewerThan(10));
    assert_eq!(released.groups[0].1.share.map(|share| share.percent), Some(63));
    assert_eq!(hidden(&released.groups[0].1), [false; 5]);
}

#[test]
fn staff_read_one_decimal_and_the_public_whole_per_cents() {
    let counts = scale([31, 20, 12, 12, 12]);
    let tenths = |policy: &Policy| release(&counts, policy).share.map(|share| (share.percent, share.tenths));
    assert_eq!((tenths(&Policy::staff()), tenths(&Policy::public())), (Some((59, Some(586))), Some((59, None))));
}

#[test]
fn the_interval_allows_for_the_homes_there_are() {
    let share = |counts: Counts| release(&counts, &Policy::staff()).share.unwrap();
    let all = scale([40, 30, 13, 12, 11]);
    let (wide, narrow) = (share(all.clone()), share(all.sampled(150, 200)));
    assert!(wide.low < narrow.low && narrow.low < 66.1 && narrow.high < wide.high && narrow.high > 66.0);
}

#[test]
fn a_group_that_is_hidden_has_no_verdict_and_takes_part_in_none() {
    let shown = [("North", [90, 60, 20, 20, 10]), ("South", [20, 20, 40, 60, 60]), ("West", [80, 60, 20, 20, 20])];
    let shown: Vec<_> = shown.map(|(name, values)| (name.to_owned(), scale(values))).into();
    let verdicts = |small: [[u32; 5]; 2]| {
        let small = small.map(|values| ("Small".to_owned(), scale(values)));
        let groups: Vec<_> = shown.iter().cloned().chain(small).collect();
        let released = release_groups(&groups, &Policy::staff()).unwrap();
        assert!(released.groups.iter().skip(3).all(|(_, table)| table.share.is_none()));
        assert_eq!(release_groups(&groups, &Policy::public()).unwrap().comparison, None);
        released.comparison.unwrap()
    };
    let some = verdicts([[4, 0, 0, 0, 0], [3, 0, 0, 0, 0]]);
    let (higher, lower) = (Some(Standing::Higher), Some(Standing::Lower));
    assert_eq!(some.groups, [higher, lower, higher, None, None]);
    assert_eq!(some, verdicts([[0, 0, 0, 0, 4], [0, 0, 0, 2, 2]]));
}

#[test]
fn a_group_withheld_to_guard_another_has_no_verdict() {
    let areas = [[90, 60, 20, 20, 10], [20, 20, 40, 60, 60], [9, 9, 9, 9, 9], [2, 1, 0, 0, 0]];
    let groups: Vec<_> = areas.iter().map(|values| (String::new(), scale(*values))).collect();
    let released = release_groups(&groups, &Policy::staff()).unwrap();
    assert_eq!(released.groups[2].1.base, Base::Withheld);
    let given: Vec<bool> = released.comparison.unwrap().groups.iter().map(Option::is_some).collect();
    assert_eq!(given, [true, true, false, false]);
}

#[test]
fn the_rest_of_a_scale_is_shown_to_one_decimal_each_from_its_own_count() {
    let table = release(&scale([100, 61, 20, 12, 10]), &Policy::measures());
    let split = table.split.unwrap();
    assert_eq!((table.share.unwrap().tenths, split.middle, split.below), (Some(793), 99, 108));
    assert_eq!(release(&scale([100, 61, 20, 12, 10]), &Policy::public()).split, None);
    assert_eq!(release(&plain(&[40, 30]), &Policy::measures()).split, None);
}

#[test]
fn the_rest_of_a_scale_never_gives_a_hidden_answer_away() {
    // "Very not" is hidden for its own sake and the middle with it: their sum must not be parted.
    let table = release(&scale([100, 60, 11, 30, 3]), &Policy::measures());
    assert_eq!((hidden(&table), table.split), (vec![false, false, true, false, true], None));
    // Where the other answer below the middle is hidden with it, the two together were known before.
    let table = release(&scale([100, 60, 30, 11, 3]), &Policy::measures());
    assert_eq!(hidden(&table), [false, false, false, true, true]);
    assert_eq!(table.split.map(|split| split.below), Some(69));
}

#[test]
fn measures_hide_as_much_as_anybodys_figures_do() {
    for values in [[4, 3, 1, 1, 0], [100, 60, 20, 12, 3], [9, 9, 9, 9, 9]] {
        let [public, measures] = [Policy::public(), Policy::measures()].map(|policy| release(&scale(values), &policy));
        assert_eq!(hidden(&public), hidden(&measures), "{values:?}");
        assert_eq!((public.is_shown(), public.share.is_some()), (measures.is_shown(), measures.share.is_some()));
    }
}

#[test]
fn measures_of_few_say_nothing_whether_everybody_agreed_or_not() {
    for values in [[15, 0, 0, 0, 0], [0, 0, 0, 0, 15], [6, 3, 3, 2, 1]] {
        assert_eq!(release(&scale(values), &Policy::measures()).base, Base::FewerThan(20), "{values:?}");
    }
    assert!(release(&scale([20, 0, 0, 0, 0]), &Policy::measures()).share.is_some());
}

#[test]
fn what_lies_below_the_middle_is_not_told_of_a_few() {
    assert_eq!(release(&scale([30, 17, 12, 1, 0]), &Policy::measures()).split, None);
}

/// Everything a reader of the tables knows, and a search for a second reading of a hidden cell.
struct Reader<'a> {
    truth: Vec<Vec<u32>>,
    groups: &'a [Table],
    overall: &'a Table,
    shares: bool,
}

impl Reader<'_> {
    fn is_hidden(&self, row: usize, column: usize) -> bool {
        let rows = &self.groups[row].rows;
        rows.get(column).is_none_or(|row| row.cell == Cell::Hidden)
    }

    fn agrees(&self, guess: &[Vec<u32>]) -> bool {
        let sum = |row: &[u32]| row.iter().sum::<u32>();
        let good = |row: &[u32]| row.iter().take(2).sum::<u32>();
        let below = |row: &[u32]| row.iter().skip(3).sum::<u32>();
        let columns = guess[0].len();
        let total: Vec<u32> = (0..columns).map(|c| guess.iter().map(|row| row[c]).sum()).collect();
        let truth: Vec<u32> = (0..columns).map(|c| self.truth.iter().map(|row| row[c]).sum()).collect();
        let rows_agree = guess.iter().zip(&self.truth).zip(self.groups).all(|((g, t), table)| {
            (!table.is_shown() || sum(g) == sum(t)) && (!self.shares || table.share.is_none() || good(g) == good(t))
        });
        let mean = |row: &[u32]| {
            let scores: Vec<_> = row.iter().enumerate().map(|(at, v)| (5 - i32::try_from(at).unwrap(), *v)).collect();
            (figures::mean(&scores).unwrap_or(0.0) * 10.0).round()
        };
        rows_agree
            && sum(&total) == sum(&truth)
            && (!self.shares || self.overall.share.is_none() || good(&total) == good(&truth))
            && (self.overall.split.is_none() || below(&total) == below(&truth))
            && (self.overall.mean.is_none() || (mean(&total) - mean(&truth)).abs() < 0.5)
            && self
                .overall
                .rows
                .iter()
                .enumerate()
                .all(|(column, row)| row.cell == Cell::Hidden || total[column] == truth[column])
    }

    /// Whether some other table that agrees with all that is shown differs at the cell.
    fn doubts(&self, at: (usize, usize)) -> bool {
        let free: Vec<(usize, usize)> = (0..self.truth.len())
            .flat_map(|r| (0..self.truth[0].len()).map(move |c| (r, c)))
            .filter(|(r, c)| self.is_hidden(*r, *c))
            .collect();
        let mut guess = self.truth.clone();
        self.search(&free, 0, &mut guess, at)
    }

    fn search(&self, free: &[(usize, usize)], depth: usize, guess: &mut Vec<Vec<u32>>, at: (usize, usize)) -> bool {
        let Some(&(row, column)) = free.get(depth) else {
            return guess[at.0][at.1] != self.truth[at.0][at.1] && self.agrees(guess);
        };
        let value = self.truth[row][column];
        for other in value.saturating_sub(2)..=value + 2 {
            guess[row][column] = other;
            if self.search(free, depth + 1, guess, at) {
                guess[row][column] = value;
                return true;
            }
        }
        guess[row][column] = value;
        false
    }
}

fn no_small_cell_can_be_worked_out(truth: Vec<Vec<u32>>, released: &Released, shares: bool) {
    let policy = Policy::staff();
    let groups: Vec<Table> = released.groups.iter().map(|(_, table)| table.clone()).collect();
    let reader = Reader { truth: truth.clone(), groups: &groups, overall: &released.overall, shares };
    for (r, row) in truth.iter().enumerate() {
        for (c, value) in row.iter().enumerate() {
            if *value > 0 && *value < policy.minimum() {
                assert!(reader.is_hidden(r, c), "small cell {r},{c} shown in {truth:?}");
                assert!(reader.doubts((r, c)), "cell {r},{c} follows from the rest: {truth:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_small_cell_of_one_table_can_be_worked_out(
        values in proptest::array::uniform5(0u32..14),
    ) {
        prop_assume!(values.iter().sum::<u32>() >= 5);
        let counts = scale(values);
        let table = release(&counts, &Policy::staff());
        let released = Released { groups: vec![(String::new(), table.clone())], overall: table, comparison: None, shown: Vec::new() };
        no_small_cell_can_be_worked_out(vec![values.to_vec()], &released, true);
    }

    #[test]
    fn no_small_cell_of_a_division_can_be_worked_out(
        values in proptest::collection::vec(proptest::collection::vec(0u32..12, 3), 3),
    ) {
        prop_assume!(values.iter().flatten().sum::<u32>() >= 5);
        let groups: Vec<_> = values.iter().map(|row| (String::new(), plain(row))).collect();
        let released = release_groups(&groups, &Policy::staff()).unwrap();
        prop_assume!(released.overall.is_shown());
        no_small_cell_can_be_worked_out(values, &released, false);
    }

    #[test]
    fn shares_lie_within_their_interval(hits in 0u32..400, rest in 0u32..400) {
        prop_assume!(hits + rest >= 20);
        let share = release_share(hits, hits + rest, &Policy::public()).unwrap();
        let exact = 100.0 * f64::from(hits) / f64::from(hits + rest);
        prop_assert!(share.low <= exact + 1e-9 && exact <= share.high + 1e-9);
        prop_assert!((0.0..=100.0).contains(&share.low) && (0.0..=100.0).contains(&share.high));
    }
}
