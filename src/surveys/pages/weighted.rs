//! The share satisfied with every area counted in proportion to its homes, in a sentence.

use leptos::prelude::*;

use crate::statistics::disclosure::Released;

/// The weighted share, to stand below the one as people answered; nothing where the homes are not known.
pub fn view(released: &Released, homes: &[(String, u32)]) -> Option<AnyView> {
    let words = match released.weighted(homes)? {
        Ok(weighted) => format!(
            "Had every area answered in proportion to its homes, it would be {:.1}%, probably between {:.0}% and {:.0}%. Weighted like that, the answers say as much as {:.0} that need no weights; people who gave no area are left out.",
            weighted.percent, weighted.low, weighted.high, weighted.effective,
        ),
        Err(missing) => {
            format!("The share cannot be weighted by the homes in each area, because none is shown for {}.", missing.0)
        }
    };
    Some(view! { <p>{words}</p> }.into_any())
}
