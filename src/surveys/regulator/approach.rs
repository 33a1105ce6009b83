//! The summary of approach: how a survey of the measures was done, published beside its results.
//!
//! Its items are the regulator's list: a) achieved sample size, b) timing, c) collection methods, d) sampling method,
//! e) representativeness, f) weighting, g) external contractors, h) households left out, i) reasons for a sample that was
//! not reached, j) incentives, k) anything else that matters; and the questionnaire. The program knows a, b, c, f and the
//! questionnaire from the data; staff write the rest.

use serde::{Deserialize, Serialize};

use crate::web::Form;

/// How people were chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sampling {
    /// Everybody was asked.
    Census,
    /// By chance.
    Random,
    /// By chance within groups.
    Stratified,
    /// Until each group had its number.
    Quota,
}

impl Sampling {
    /// All, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Census, Self::Random, Self::Stratified, Self::Quota];

    /// As it is stored and sent in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Census => "census",
            Self::Random => "random",
            Self::Stratified => "stratified",
            Self::Quota => "quota",
        }
    }

    /// In words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Census => "Everybody was asked (census)",
            Self::Random => "People were chosen by chance (simple random sample)",
            Self::Stratified => "People were chosen by chance within groups (stratified random sample)",
            Self::Quota => "People were asked until each group had its number (quota sample)",
        }
    }
}

impl std::str::FromStr for Sampling {
    type Err = ();
    fn from_str(code: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|sampling| sampling.code() == code).ok_or(())
    }
}

/// What staff write of a survey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approach {
    /// d) How people were chosen.
    pub sampling: Sampling,
    /// e) How far those who answered are like all tenants, and how that was judged.
    pub representativeness: String,
    /// e) The characteristics it was judged by.
    pub characteristics: String,
    /// g) Contractors by name, with what they did.
    pub contractors: String,
    /// h) How many households were left out.
    pub excluded_homes: i64,
    /// h) Why; empty when none was left out.
    pub excluded_reason: String,
    /// i) Why fewer answered than asked for; empty when enough did.
    pub shortfall: String,
    /// j) What people were offered for answering.
    pub incentives: String,
    /// k) Anything else that has a material effect on the figures.
    pub issues: String,
}

/// The longest text of a field, in characters.
pub const LONGEST: usize = 2_000;

/// Reads the form; none when something is wrong, which the form then says. `short` says that the survey is over and too
/// few answered, so that the reason is required.
pub fn read(form: &mut Form, short: bool) -> Option<Approach> {
    let sampling = form.choice::<Sampling>("sampling", "Choose how people were chosen");
    let missing = "Say how like all tenants those who answered are, and how you judged it";
    let representativeness = form.required("representativeness", "This", LONGEST, missing);
    let characteristics =
        form.required("characteristics", "This", 300, "Enter the characteristics you compared, like age and area");
    let contractors =
        form.required("contractors", "This", LONGEST, "Name the contractors and what they did, or write “None”");
    let excluded_homes =
        form.whole("excluded_homes", 0..=1_000_000, "Enter how many households were left out, from 0 to 1,000,000");
    let excluded_reason = form.text("excluded_reason", "This", LONGEST);
    if excluded_homes.is_some_and(|homes| homes > 0) && excluded_reason.is_empty() {
        form.error("excluded_reason", "Say why households were left out");
    }
    let shortfall = form.text("shortfall", "This", LONGEST);
    if short && shortfall.is_empty() {
        form.error("shortfall", "Fewer people answered than the regulator asks for. Say why");
    }
    let incentives =
        form.required("incentives", "This", LONGEST, "Say what people were offered and how much, or write “None”");
    let issues = form.required("issues", "This", LONGEST, "Say what else matters to the figures, or write “None”");
    if !form.is_valid() {
        return None;
    }
    Some(Approach {
        sampling: sampling?,
        representativeness,
        characteristics,
        contractors,
        excluded_homes: excluded_homes?,
        excluded_reason,
        shortfall,
        incentives,
        issues,
    })
}

/// Fills the form with what was written before.
#[must_use]
pub fn fill(approach: Option<&Approach>) -> Form {
    let Some(approach) = approach else { return Form::default() };
    Form::filled(&[
        ("sampling", approach.sampling.code()),
        ("representativeness", &approach.representativeness),
        ("characteristics", &approach.characteristics),
        ("contractors", &approach.contractors),
        ("excluded_homes", &approach.excluded_homes.to_string()),
        ("excluded_reason", &approach.excluded_reason),
        ("shortfall", &approach.shortfall),
        ("incentives", &approach.incentives),
        ("issues", &approach.issues),
    ])
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A summary with everything in it.
    pub fn whole() -> Approach {
        Approach {
            sampling: Sampling::Census,
            representativeness: "Those who answered are like all tenants within 5 points.".to_owned(),
            characteristics: "Age, area and kind of home".to_owned(),
            contractors: "None".to_owned(),
            excluded_homes: 3,
            excluded_reason: "Three households could not be asked safely.".to_owned(),
            shortfall: "The survey was open for one week only.".to_owned(),
            incentives: "A draw of one voucher of £50".to_owned(),
            issues: "None".to_owned(),
        }
    }

    #[test]
    fn a_summary_comes_back_from_its_own_form() {
        assert_eq!(read(&mut fill(Some(&whole())), true), Some(whole()));
    }

    #[test]
    fn every_item_must_be_filled_in() {
        let required = [
            "sampling",
            "representativeness",
            "characteristics",
            "contractors",
            "excluded_homes",
            "incentives",
            "issues",
        ];
        let mut form = Form::default();
        assert_eq!(read(&mut form, false), None);
        let named: Vec<&str> = form.errors().iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(named, required);
        for (field, is_asked) in [("excluded_reason", true), ("shortfall", true)] {
            let mut form = fill(Some(&whole()));
            form.set(field, " ");
            assert_eq!(read(&mut form, true).is_none(), is_asked, "{field}");
            assert_eq!(form.error_of(field).is_some(), is_asked, "{field}");
        }
    }

    #[test]
    fn a_reason_is_asked_for_only_where_there_is_something_to_explain() {
        let mut form = fill(Some(&whole()));
        form.set("shortfall", "");
        form.set("excluded_homes", "0");
        form.set("excluded_reason", "");
        assert!(read(&mut form, false).is_some());
    }
}
