//! The formulas against independent implementations: `tests/reference/` has the data sets, what
//! statsmodels and scipy say of them, and the script that made both.

use serde::Deserialize;

use super::agreement::Agreement;
use super::compare::{Part, Tested, chi_square, holm, table_of, two_shares};
use super::counts::Counts;
use super::disclosure::{Policy, release_groups};
use super::figures;
use super::raking;
use super::rao_scott;
use super::weights::{Group, cell_weights};

#[derive(Deserialize)]
struct Reference {
    sets: Vec<Set>,
    tables: Vec<Crossed>,
}

#[derive(Deserialize)]
struct Set {
    name: String,
    groups: Vec<(u32, u32)>,
    answers: u32,
    homes: Option<u32>,
    wilson: Vec<(f64, f64)>,
    overall: (f64, f64),
    finite: Option<(f64, f64)>,
    against_rest: Vec<AgainstRest>,
    holm: Vec<f64>,
    chi_square: ChiSquare,
}

#[derive(Deserialize)]
struct AgainstRest {
    z: f64,
    p: f64,
}

#[derive(Deserialize)]
struct Crossed {
    name: String,
    table: Vec<Vec<u32>>,
    chi_square: ChiSquare,
}

#[derive(Deserialize)]
struct ChiSquare {
    statistic: f64,
    p: f64,
}

fn reference() -> Reference {
    let read: Reference = serde_json::from_str(include_str!("../../tests/reference/figures.json")).unwrap();
    assert!(read.sets.len() >= 10 && read.tables.len() >= 4);
    read
}

#[derive(Deserialize)]
struct Weighed {
    sets: Vec<WeighedSet>,
}

#[derive(Deserialize)]
struct WeighedSet {
    name: String,
    homes: Vec<u32>,
    answered: Vec<u32>,
    hits: Vec<u32>,
    weights: Vec<f64>,
    share: f64,
    effective: f64,
    interval: (f64, f64),
}

/// To 1e-9, of one or of the value where that is larger.
fn agree(what: &str, ours: f64, theirs: f64) {
    assert!((ours - theirs).abs() <= 1e-9 * theirs.abs().max(1.0), "{what}: ours {ours}, theirs {theirs}");
}

fn agree_test(what: &str, ours: Option<Tested>, statistic: f64, p: f64) {
    let ours = ours.unwrap_or_else(|| panic!("{what} was not tested"));
    agree(&format!("{what}, statistic"), ours.statistic, statistic);
    agree(&format!("{what}, p"), ours.p, p);
}

fn agree_interval(what: &str, ours: Option<(f64, f64)>, theirs: (f64, f64)) {
    let (low, high) = ours.unwrap_or_else(|| panic!("{what} has no interval"));
    agree(&format!("{what}, low"), low / 100.0, theirs.0);
    agree(&format!("{what}, high"), high / 100.0, theirs.1);
}

#[test]
fn intervals_agree_with_statsmodels() {
    for set in reference().sets {
        for ((hits, base), theirs) in set.groups.iter().zip(&set.wilson) {
            agree_interval(&set.name, figures::wilson(*hits, *base, None), *theirs);
        }
        let (hits, base) = set.groups.iter().fold((0, 0), |sum, group| (sum.0 + group.0, sum.1 + group.1));
        agree_interval(&set.name, figures::wilson(hits, base, None), set.overall);
    }
}

#[test]
fn intervals_of_finite_populations_agree_with_the_roots_of_the_score_equation() {
    let mut seen = 0;
    for set in reference().sets {
        let Some((homes, theirs)) = set.homes.zip(set.finite) else { continue };
        let (hits, base) = set.groups.iter().fold((0, 0), |sum, group| (sum.0 + group.0, sum.1 + group.1));
        let counts = Counts::hits_of(hits, base).sampled(set.answers, homes);
        agree_interval(&set.name, figures::wilson(hits, base, counts.population()), theirs);
        seen += 1;
    }
    assert!(seen >= 10, "{seen}");
}

#[test]
fn tests_of_two_shares_and_their_correction_agree_with_statsmodels() {
    for set in reference().sets {
        let (hits, base) = set.groups.iter().fold((0, 0), |sum, group| (sum.0 + group.0, sum.1 + group.1));
        for (group, theirs) in set.groups.iter().zip(&set.against_rest) {
            let (part, rest) =
                (Part { hits: group.0, base: group.1 }, Part { hits: hits - group.0, base: base - group.1 });
            agree_test(&set.name, two_shares(part, rest), theirs.z, theirs.p);
        }
        let plain: Vec<f64> = set.against_rest.iter().map(|test| test.p).collect();
        for (ours, theirs) in holm(&plain).into_iter().zip(&set.holm) {
            agree(&set.name, ours, *theirs);
        }
    }
}

#[test]
fn chi_square_agrees_with_scipy() {
    let reference = reference();
    for set in &reference.sets {
        let parts: Vec<Part> = set.groups.iter().map(|&(hits, base)| Part { hits, base }).collect();
        agree_test(&set.name, chi_square(&table_of(&parts)), set.chi_square.statistic, set.chi_square.p);
    }
    for crossed in &reference.tables {
        agree_test(&crossed.name, chi_square(&crossed.table), crossed.chi_square.statistic, crossed.chi_square.p);
    }
}

#[test]
fn weighting_by_groups_agrees_with_r() {
    let read: Weighed = serde_json::from_str(include_str!("../../tests/reference/weights.json")).unwrap();
    assert!(read.sets.len() >= 6);
    for set in read.sets {
        let named = |at: usize| format!("Group {at}");
        let groups = set.homes.iter().zip(&set.answered).enumerate();
        let groups: Vec<Group> = groups
            .map(|(at, (homes, people))| Group { name: named(at), population: f64::from(*homes), people: *people })
            .collect();
        for (ours, theirs) in cell_weights(&groups).unwrap().into_iter().zip(&set.weights) {
            agree(&set.name, ours, *theirs);
        }
        let counts = set.hits.iter().zip(&set.answered).enumerate();
        let counts: Vec<_> = counts.map(|(at, (hits, base))| (named(at), Counts::hits_of(*hits, *base))).collect();
        let homes: Vec<_> = set.homes.iter().enumerate().map(|(at, homes)| (named(at), *homes)).collect();
        let released = release_groups(&counts, &Policy::staff()).unwrap();
        let weighted = released.weighted(&homes).unwrap().unwrap();
        agree(&set.name, weighted.percent / 100.0, set.share);
        agree(&set.name, weighted.effective, set.effective);
        agree_interval(&set.name, Some((weighted.low, weighted.high)), set.interval);
    }
}

#[derive(Deserialize)]
struct RakedSets {
    sets: Vec<RakedSet>,
}

#[derive(Deserialize)]
struct RakedSet {
    name: String,
    targets: Vec<Vec<f64>>,
    cap: f64,
    cells: Vec<RakedCell>,
    raked: WeighedAs,
    trimmed: WeighedAs,
}

#[derive(Deserialize)]
struct RakedCell {
    at: Vec<usize>,
    people: u32,
    hits: u32,
}

/// What R says of people who count like this.
#[derive(Deserialize)]
struct WeighedAs {
    weights: Vec<f64>,
    effective: f64,
    design_effect: f64,
    share: f64,
    error: f64,
    xlogit: (f64, f64),
    wilson: (f64, f64),
    f: RaoScott,
    chisq: FirstOrder,
}

#[derive(Deserialize)]
struct RaoScott {
    statistic: f64,
    p: f64,
}

#[derive(Deserialize)]
struct FirstOrder {
    p: f64,
}

/// The sets, with our weights before and after the cut beside what R says.
fn raked() -> Vec<(RakedSet, Vec<raking::Cell>, [Vec<f64>; 2])> {
    let read: RakedSets = serde_json::from_str(include_str!("../../tests/reference/raking.json")).unwrap();
    assert!(read.sets.len() >= 10 && read.sets.iter().any(|set| set.targets.len() == 5));
    let weighed = |set: RakedSet| {
        let margins = set.targets.iter().enumerate().map(|(at, numbers)| raking::Margin {
            name: format!("Margin {at}"),
            categories: numbers.iter().map(|number| (format!("{number}"), *number)).collect(),
        });
        let margins: Vec<raking::Margin> = margins.collect();
        let cells = set.cells.iter().map(|cell| raking::Cell { at: cell.at.clone(), people: cell.people });
        let cells: Vec<raking::Cell> = cells.collect();
        let weights = raking::rake(&margins, &cells).unwrap();
        let trimmed = raking::trim(&weights, &cells, set.cap).unwrap().0;
        (set, cells, [weights, trimmed])
    };
    read.sets.into_iter().map(weighed).collect()
}

#[test]
fn raking_and_trimming_agree_with_r() {
    for (set, cells, weights) in raked() {
        for (theirs, weights) in [&set.raked, &set.trimmed].into_iter().zip(weights) {
            for (ours, theirs) in weights.iter().zip(&theirs.weights) {
                agree(&set.name, *ours, *theirs);
            }
            let summary = raking::summary(&weights, &cells).unwrap();
            agree(&set.name, summary.effective, theirs.effective);
            agree(&set.name, summary.design_effect, theirs.design_effect);
        }
    }
}

#[test]
fn weighted_shares_their_errors_and_intervals_agree_with_r() {
    // R's logit interval uses the t distribution, which is not ours; on its own scale its middle is the share.
    let logit = |p: f64| (p / (1.0 - p)).ln();
    for (set, _, weights) in raked() {
        for (theirs, weights) in [&set.raked, &set.trimmed].into_iter().zip(weights) {
            let parts = weights.iter().zip(&set.cells).map(|(weight, cell)| (*weight, cell.people, cell.hits));
            let (share, error) = rao_scott::share(&parts.collect::<Vec<_>>()).unwrap();
            agree(&set.name, share, theirs.share);
            agree(&set.name, error, theirs.error);
            let people = rao_scott::equal_people(share, error).unwrap();
            agree_interval(&set.name, Some(figures::score_interval(share, people)), theirs.wilson);
            agree(&set.name, f64::midpoint(logit(theirs.xlogit.0), logit(theirs.xlogit.1)), logit(share));
        }
    }
}

#[test]
fn the_second_order_correction_of_rao_and_scott_agrees_with_r() {
    for (set, _, weights) in raked() {
        let rows = set.targets[0].len();
        for (theirs, weights) in [&set.raked, &set.trimmed].into_iter().zip(weights) {
            let table = weights.iter().zip(&set.cells).flat_map(|(weight, cell)| {
                let alike = |column, people| rao_scott::Alike { weight: *weight, row: cell.at[0], column, people };
                [alike(0, cell.hits), alike(1, cell.people - cell.hits)]
            });
            let ours = rao_scott::rao_scott(&table.collect::<Vec<_>>(), rows, 2);
            agree_test(&set.name, ours, theirs.f.statistic, theirs.f.p);
            // The first order is Pearson's statistic over the mean design effect, against chi-square: F times the freedom.
            let freedom = f64::from(u32::try_from(rows - 1).unwrap());
            let first = ours.unwrap().statistic * freedom;
            let p = statrs::function::gamma::gamma_ur(freedom / 2.0, first / 2.0);
            agree(&format!("{}, first order", set.name), p, theirs.chisq.p);
        }
    }
}

#[derive(Deserialize)]
struct Coded {
    sets: Vec<CodedSet>,
}

#[derive(Deserialize)]
struct CodedSet {
    name: String,
    cells: [usize; 4],
    per_cent: f64,
    kappa: f64,
}

#[test]
fn agreement_beyond_chance_agrees_with_scikit_learn() {
    let read: Coded = serde_json::from_str(include_str!("../../tests/reference/kappa.json")).unwrap();
    assert!(read.sets.len() >= 20);
    for CodedSet { name, cells, per_cent, kappa } in read.sets {
        let looks = [(true, true), (true, false), (false, true), (false, false)];
        let said = looks.into_iter().zip(cells).flat_map(|(look, many)| std::iter::repeat_n(look, many));
        let ours = Agreement::of(said);
        agree(&name, ours.per_cent().unwrap(), per_cent);
        agree(&name, ours.kappa().unwrap(), kappa);
    }
}
