//! Values as a file for those who may take results out, and the file in which figures are typed.

use crate::exchange::csv;
use crate::performance::figure::first_value;
use crate::performance::period::Month;
use crate::performance::since::{first_days, too_early};
use crate::performance::store::figures as stored;
use crate::performance::value::Shown;
use crate::performance::{Limits, import, standing};
use crate::standards::unit::figure;
use crate::standards::{self, Published, Source, Unit};
use crate::web::{PageError, Reply, Req};

const HEADINGS: [&str; 14] = [
    "area", "standard", "title", "period", "months", "target", "value", "n", "source", "status", "survey", "shops",
    "figures", "unit",
];

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let limits = Limits::staff(&req.landlord);
    let mut rows = vec![HEADINGS.map(str::to_owned).to_vec()];
    for standing in standing::list(&mut tx, req.today()).await? {
        let standard = &standing.standard;
        for value in &standing.values {
            let shown = value.shown(&limits);
            let (number, base, source) = match shown {
                Shown::Value { value, base, source, .. } => (figure(value), base.to_string(), source.code()),
                Shown::TooFew | Shown::Nothing => (String::new(), String::new(), ""),
            };
            let mut row = vec![
                standard.area_name.clone(),
                standard.slug.clone(),
                standard.title.clone(),
                value.period.ends.code(),
                value.period.span.months().to_string(),
                value.target.map(figure).unwrap_or_default(),
                number,
                base,
                source.to_owned(),
                shown.code().unwrap_or("none").to_owned(),
            ];
            for source in [Source::Survey, Source::Shop, Source::Figure] {
                let number = value.source_shown(source, standard.unit, &limits).number();
                row.push(number.map(figure).unwrap_or_default());
            }
            row.push(standard.unit.code().to_owned());
            rows.push(row);
        }
    }
    Ok(Reply::download("performance.csv", csv::CONTENT_TYPE, csv::write(rows)))
}

/// The file in which a month's figures are typed: a row for each standard that has figures, with what stands already.
pub(super) async fn figures(req: Req) -> Result<Reply, PageError> {
    let month = req.query("month").and_then(|text| text.parse().ok()).unwrap_or(Month::of(req.today()).earlier(1));
    let mut tx = req.app.db.read().await?;
    let entered = stored::list_of_month(&mut tx, month).await?;
    let mut rows = vec![import::COLUMNS.map(str::to_owned).to_vec()];
    let all = standards::list_published(&mut tx).await?;
    let first_days = first_days(&mut tx).await?;
    let asked = |standard: &&Published| too_early(standard, month, &first_days).is_none();
    for standard in all.iter().filter(|standard| standard.counts(Source::Figure)).filter(asked) {
        let stands = entered.iter().find(|figure| figure.standard_id == standard.id);
        let (numerator, denominator) = stands.map_or((String::new(), String::new()), |stands| {
            let total = first_value(Unit::PerCent, stands.numerator, stands.denominator);
            (total, stands.denominator.to_string())
        });
        rows.push(vec![standard.slug.clone(), month.code(), numerator, denominator]);
    }
    Ok(Reply::download(&format!("figures-{}.csv", month.code()), csv::CONTENT_TYPE, csv::write(rows)))
}
