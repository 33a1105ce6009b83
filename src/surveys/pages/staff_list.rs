//! Every survey, newest first.

use leptos::prelude::*;

use crate::clock;
use crate::permissions;
use crate::surveys::store;
use crate::surveys::survey::{Access, State};
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

/// `/staff/surveys`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let now = req.now();
    let mut tx = req.app.db.read().await?;
    let surveys = store::list(&mut tx).await?;
    let may_make = permissions::may_read(req.viewer.role(), "/staff/surveys/new");
    Ok(Page::staff("Surveys", move || {
        let rows = surveys.iter().map(|(survey, responses)| {
            let state = survey.state(now);
            let closes = clock::day_and_time(survey.closes_at);
            let access = match survey.access {
                Access::Open => "Open link",
                Access::Personal => "Personal links",
            };
            let href = format!("/staff/surveys/{}", survey.id);
            let results = (*responses > 0).then(|| view! { <li><a href=format!("{href}/results")>"Results"</a></li> });
            let measures = survey
                .kind
                .feeds_measures()
                .then(|| view! { <li><a href=format!("{href}/measures")>"Measures"</a></li> });
            view! {
                <tr>
                    <th scope="row"><a href=href.clone()>{survey.title.clone()}</a></th>
                    <td>{survey.kind.label()}</td>
                    <td>{tag(state)}</td>
                    <td>{access}</td>
                    <td>{closes}</td>
                    <td class="ds-table__number">{*responses}</td>
                    <td><ul class="ds-actions"><li><a href=href>"View"</a></li>{results}{measures}</ul></td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        let list = if surveys.is_empty() {
            view! { <div class="ds-empty"><p>"No surveys yet. The first one appears here when you make it."</p></div> }
                .into_any()
        } else {
            view! {
                <div class="ds-scroll ds-scroll--tall" role="region" aria-label="Surveys" tabindex="0">
                    <table class="ds-table">
                        <caption class="govuk-visually-hidden">"Surveys"</caption>
                        <thead><tr>
                            <th scope="col">"Survey"</th><th scope="col">"Kind"</th><th scope="col">"State"</th><th scope="col">"Who answers"</th>
                            <th scope="col">"Closes"</th><th scope="col" class="ds-table__number">"Answers"</th>
                            <th scope="col"><span class="govuk-visually-hidden">"Actions"</span></th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any()
        };
        view! {
            <div class="ds-heading"><h1>"Surveys"</h1></div>
            <div class="ds-toolbar">
                {may_make.then(|| view! { {ui::link_button("Make a survey", "/staff/surveys/new")}<a href="/staff/surveys/import">"Make one from a file"</a> })}
                <a href="/staff/surveys/monthly">"Monthly surveys"</a>
            </div>
            {list}
        }
    })
    .into())
}

/// The state in a coloured word.
pub fn tag(state: State) -> AnyView {
    let class = match state {
        State::Draft | State::Waiting => "govuk-tag govuk-tag--grey",
        State::Open => "govuk-tag govuk-tag--green",
        State::Closed => "govuk-tag",
    };
    view! { <strong class=class>{state.label()}</strong> }.into_any()
}
