//! How many homes of each tenure the list of homes holds, and which of them the regulator counts as rented or part-owned,
//! by the words that the list uses. It is a guess that staff see and correct, never a figure that is reported by itself.

use crate::db::{self, Tx};
use crate::questionnaires::bank::Tenure;
use crate::residents;
use crate::surveys::regulator::stock::Stock;

/// Words of tenures that are low-cost home ownership.
const PART_OWNED: &[&str] = &["shared", "part own", "part-own", "equity", "lcho"];
/// Words of tenures that are neither: whoever lives there answers for no measure.
const NEITHER: &[&str] = &["lease", "freehold", "outright", "owner", "market", "commercial", "garage", "shop"];

/// Homes of a tenure, as the list words it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Empty where the list says none.
    pub words: String,
    /// From one on.
    pub homes: i64,
    /// What the regulator would count them as, by the words; none for neither.
    pub tenure: Option<Tenure>,
}

/// The tenures of the homes that are listed now, in the order of their words.
///
/// # Errors
/// When the database refuses.
pub async fn load(tx: &mut Tx) -> Result<Vec<Listed>, db::Error> {
    let counts = residents::count(tx).await?;
    Ok(of(counts.into_iter().map(|count| (count.tenure, count.homes))))
}

/// The same from counts, in which a tenure may come several times.
fn of(counts: impl IntoIterator<Item = (String, i64)>) -> Vec<Listed> {
    let mut all: Vec<Listed> = Vec::new();
    for (words, homes) in counts {
        match all.iter_mut().find(|known| known.words == words) {
            Some(known) => known.homes += homes,
            None => all.push(Listed { tenure: guess(&words), words, homes }),
        }
    }
    all.sort_by(|one, other| one.words.cmp(&other.words));
    all
}

/// What the words of a tenure say: general needs, supported and the like are rented, as is whatever is not known otherwise.
fn guess(words: &str) -> Option<Tenure> {
    let words = words.to_lowercase();
    let says = |known: &[&str]| known.iter().any(|word| words.contains(word));
    if words.trim().is_empty() {
        None
    } else if says(PART_OWNED) {
        Some(Tenure::Lcho)
    } else if says(NEITHER) {
        None
    } else {
        Some(Tenure::Lcra)
    }
}

/// The homes behind a survey as the list has them; none where it has no home of either tenure.
#[must_use]
pub fn stock(all: &[Listed]) -> Option<Stock> {
    let homes = |tenure: Tenure| all.iter().filter(|one| one.tenure == Some(tenure)).map(|one| one.homes).sum();
    let stock = Stock { lcra_homes: homes(Tenure::Lcra), lcho_homes: homes(Tenure::Lcho), combined: false };
    (stock.lcra_homes + stock.lcho_homes > 0).then_some(stock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_says_how_many_homes_of_each_tenure_there_are() {
        let counts = [
            ("General needs", 700),
            ("Shared ownership", 30),
            ("General needs", 62),
            ("Housing for older people", 120),
            ("Leasehold", 41),
            ("Shared ownership leaseholder", 3),
            ("", 9),
        ];
        let all = of(counts.map(|(words, homes)| (words.to_owned(), homes)));
        let told: Vec<_> = all.iter().map(|one| (one.words.as_str(), one.homes, one.tenure)).collect();
        let right = [
            ("", 9, None),
            ("General needs", 762, Some(Tenure::Lcra)),
            ("Housing for older people", 120, Some(Tenure::Lcra)),
            ("Leasehold", 41, None),
            ("Shared ownership", 30, Some(Tenure::Lcho)),
            ("Shared ownership leaseholder", 3, Some(Tenure::Lcho)),
        ];
        assert_eq!(told, right);
        assert_eq!(stock(&all), Some(Stock { lcra_homes: 882, lcho_homes: 33, combined: false }));
        assert_eq!(stock(&[]), None);
    }
}
