//! Keeping figures: all of them or none, with what each replaces.

use chrono::{DateTime, Utc};

use super::figure::NewFigure;
use super::store::figures;
use crate::audit::{self, Actor};
use crate::db::{self, Tx};
use crate::jobs::{self, Fact};

/// What became of the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Entered {
    /// Figures for a month that had none.
    pub new: usize,
    /// Figures that replaced another.
    pub changed: usize,
    /// Figures that stood already.
    pub same: usize,
}

/// Keeps figures in one transaction; one that stands already changes nothing. Each standard that changed is announced.
///
/// # Errors
/// When the database refuses.
pub async fn enter(
    tx: &mut Tx,
    by: &Actor,
    figures_to_keep: &[NewFigure],
    now: DateTime<Utc>,
) -> Result<Entered, db::Error> {
    let mut entered = Entered::default();
    for figure in figures_to_keep {
        let stands = figures::list(tx, figure.standard_id).await?;
        let before = stands.iter().find(|stood| stood.month == figure.month);
        let same = before.is_some_and(|stood| {
            stood.denominator == figure.denominator && (stood.numerator - figure.numerator).abs() < 1e-6
        });
        if same {
            entered.same += 1;
            continue;
        }
        figures::end(tx, figure.standard_id, figure.month, now).await?;
        figures::insert(tx, figure, by.account, now).await?;
        let detail = match before {
            None => {
                entered.new += 1;
                format!("{}: {} of {}", figure.month, figure.numerator, figure.denominator)
            }
            Some(stood) => {
                entered.changed += 1;
                format!(
                    "{}: {} of {} in place of {} of {}",
                    figure.month, figure.numerator, figure.denominator, stood.numerator, stood.denominator
                )
            }
        };
        audit::record(tx, now, by, "entered a figure", &format!("standard {}", figure.standard_id), &detail).await?;
        jobs::announce(tx, now, Fact::ResultsChanged(figure.standard_id)).await?;
    }
    Ok(entered)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::performance::store::testing::standard;
    use crate::testing::{app_on, noon};

    db_test!(a_figure_entered_twice_changes_nothing_and_a_correction_replaces, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let standard_id = standard(&app, &mut tx, "Calls answered").await;
        let figure = NewFigure { standard_id, month: "2026-10".parse().unwrap(), numerator: 90.0, denominator: 100 };
        let corrected = NewFigure { numerator: 92.0, ..figure };
        let system = Actor::system();
        let first = enter(&mut tx, &system, &[figure], noon()).await.unwrap();
        let second = enter(&mut tx, &system, &[figure], noon()).await.unwrap();
        let third = enter(&mut tx, &system, &[corrected], noon()).await.unwrap();
        assert_eq!((first.new, second.same, third.changed), (1, 1, 1));
        let kept = figures::list(&mut tx, standard_id).await.unwrap();
        assert!((kept[0].numerator - 92.0).abs() < f64::EPSILON);
        assert_eq!(audit::first_broken(&mut tx).await.unwrap(), None);
    });
}
