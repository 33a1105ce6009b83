//! How many of the homes that could answer did, and how near that comes to asking them all, in sentences.

use leptos::prelude::*;

use crate::statistics::{accuracy, figures};
use crate::surveys::pages::bars;
use crate::surveys::survey::Survey;
use crate::ui;

/// What the answers say of all homes. `answers` is how many may be spoken of: none when they are too few.
pub fn view(survey: &Survey, answers: Option<u32>, may_change: bool) -> Option<AnyView> {
    let details = format!("/staff/surveys/{}/details", survey.id);
    let change = |words: &'static str| may_change.then(|| view! { " "<a href=details>{words}</a> });
    let Some(homes) = survey.homes() else {
        let words = "To see the response rate and the margin of error, ";
        return may_change.then(|| {
            view! { <p class="ds-meta">{words}{change("say how many homes could have answered")}"."</p> }.into_any()
        });
    };
    if answers.is_some_and(|answers| answers > homes) {
        let words = format!(
            "More people answered than the {} that could have, so no margin of error can be worked out.",
            counted(homes)
        );
        let view = view! { <p>{words}{change("Check the number of homes")}</p> };
        return Some(view.into_any());
    }
    let words = answers.and_then(|answers| achieved(answers, homes))?;
    Some(view! { <p>{words}</p> }.into_any())
}

/// The response rate, and the margin it gives.
fn achieved(answers: u32, homes: u32) -> Option<String> {
    let margin = accuracy::achieved_margin(answers, homes)?;
    let rate = bars::decimal(figures::tenths(answers, homes));
    let homes = counted(homes);
    if margin <= 0.0 {
        return Some(format!("All {homes} that could answer did, so there is no margin of error."));
    }
    Some(format!(
        "That is {rate}% of the {homes} that could answer. It gives a margin of error of at most ±{margin:.1} points: had every home answered, a per cent of everybody would probably be within that of what stands here.",
    ))
}

fn counted(homes: u32) -> String {
    ui::counted(usize::try_from(homes).unwrap_or(usize::MAX), "home", "homes")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surveys::survey::tests::november;

    fn html(homes: Option<i64>, answers: Option<u32>) -> String {
        view(&Survey { homes, ..november() }, answers, true).map(RenderHtml::to_html).unwrap_or_default()
    }

    #[test]
    fn the_response_rate_and_the_margin_achieved_are_said() {
        let words = html(Some(8_797), Some(500));
        assert!(words.contains("That is 5.7% of the 8,797 homes that could answer."), "{words}");
        assert!(words.contains("at most ±4.3 points"), "{words}");
        assert!(html(Some(2_436), Some(536)).contains("at most ±3.7 points"));
    }

    #[test]
    fn too_few_answers_are_not_spoken_of() {
        assert_eq!(html(Some(8_797), None), "");
    }

    #[test]
    fn more_answers_than_homes_are_not_called_a_sample() {
        let words = html(Some(300), Some(312));
        assert!(words.contains("More people answered than the 300 homes") && !words.contains('±'), "{words}");
        assert!(html(Some(312), Some(312)).contains("All 312 homes that could answer did"));
        assert!(html(None, Some(312)).contains("say how many homes could have answered"));
        assert!(view(&Survey { homes: None, ..november() }, Some(312), false).is_none());
    }
}
