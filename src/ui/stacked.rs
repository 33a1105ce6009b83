//! A table of words, each row of which stands by itself on a narrow screen, with the words of the column before each cell.

use leptos::prelude::*;

/// The table. The first cell of a row names it; the others follow in the order of `heads`.
pub fn stacked(label: &'static str, heads: &[&'static str], rows: Vec<Vec<AnyView>>) -> AnyView {
    let row = |cells: Vec<AnyView>| {
        let mut cells = cells.into_iter();
        let first = cells.next().map(|cell| view! { <th scope="row">{cell}</th> });
        let rest = heads.iter().skip(1).zip(cells).map(|(head, cell)| view! { <td data-label=*head>{cell}</td> });
        view! { <tr>{first}{rest.collect_view()}</tr> }
    };
    let rows = rows.into_iter().map(row).collect_view();
    let heads = heads.iter().map(|head| view! { <th scope="col">{*head}</th> }).collect_view();
    view! {
        <div class="ds-scroll" tabindex="0" role="region" aria-label=label>
            <table class="ds-table ds-table--stack"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
    .into_any()
}
