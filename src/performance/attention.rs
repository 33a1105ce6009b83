//! What of performance needs a person: figures to enter, misses to explain.

use super::narrate::may_explain;
use super::period::Month;
use super::since::{first_days, too_early};
use super::standing;
use super::store::figures;
use super::value::Limits;
use crate::db::{self, Tx};
use crate::people::{Account, Role};
use crate::settings::Landlord;
use crate::standards::Source;
use crate::thread::Attention;
use chrono::NaiveDate;

/// What waits for a person: last month's figures for those who enter them, misses for those who answer for the standard.
///
/// # Errors
/// When the database refuses.
pub async fn needs_attention(
    tx: &mut Tx,
    account: &Account,
    landlord: &Landlord,
    today: NaiveDate,
) -> Result<Vec<Attention>, db::Error> {
    let limits = Limits::staff(landlord);
    let all = standing::list(tx, today).await?;
    let mut needs = Vec::new();
    for standing in all.iter().filter(|one| one.needs_explanation(&limits) && may_explain(account, &one.standard)) {
        let sentence =
            format!("\u{201c}{}\u{201d} misses its promise: say why and what happens next", standing.standard.title);
        needs.push(Attention { sentence, href: format!("/staff/performance/standards/{}", standing.standard.slug) });
    }
    if matches!(account.role, Role::Analyst | Role::Manager | Role::Administrator) {
        let month = Month::of(today).earlier(1);
        let entered = figures::list_of_month(tx, month).await?;
        let first_days = first_days(tx).await?;
        let lacking = all.iter().filter(|one| {
            one.standard.counts(Source::Figure)
                && too_early(&one.standard, month, &first_days).is_none()
                && !entered.iter().any(|figure| figure.standard_id == one.standard.id)
        });
        let lacking = lacking.count();
        if lacking > 0 {
            let sentence = match lacking {
                1 => format!("1 standard has no figure for {month} yet"),
                many => format!("{many} standards have no figure for {month} yet"),
            };
            needs.push(Attention { sentence, href: format!("/staff/performance/figures?month={}", month.code()) });
        }
    }
    Ok(needs)
}
