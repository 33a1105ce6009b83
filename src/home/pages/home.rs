//! The home page: four doors, each with what is behind it now. It shows only what exists.

use leptos::prelude::*;

use crate::clock;
use crate::db::{self, Tx};
use crate::findings;
use crate::focus_groups;
use crate::performance::{self, Latest};
use crate::plans::{self, progress::Word};
use crate::standards;
use crate::surveys;
use crate::web::{Page, PageError, Reply, Req};

/// A door: its title, where it leads, its one number or sentence, a line more, and a few links.
struct Door {
    title: &'static str,
    href: &'static str,
    number: Option<(String, String)>,
    words: String,
    lines: Vec<Line>,
}

/// A link with what is said after it.
struct Line {
    href: String,
    label: String,
    said: String,
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let landlord = req.landlord.clone();
    let mut tx = req.app.db.read().await?;
    let doors = [
        expect(&mut tx, &req).await?,
        have_your_say(&mut tx, &req).await?,
        doing(&mut tx, &req).await?,
        changed(&mut tx).await?,
    ];
    let doors = doors.map(draw);
    Ok(Page::new("Home", move || {
        view! {
            <div class="ds-hero">
                <h1>{landlord.name.clone()}</h1>
                <p>"What we promise, how we are doing, and what changed because of you."</p>
            </div>
            <ul class="ds-doors">{doors.into_iter().collect_view()}</ul>
        }
    })
    .into())
}

/// What you can expect: how many promises are met, and some as they stand.
async fn expect(tx: &mut Tx, req: &Req) -> Result<Door, db::Error> {
    let published = standards::list_published(tx).await?;
    let latest = performance::latest_of_all(tx, req.today()).await?;
    let judged: Vec<&Latest> = latest.values().filter(|one| one.code.is_some_and(|code| code != "too-few")).collect();
    let met = judged.iter().filter(|one| one.is_met()).count();
    let number = (!judged.is_empty())
        .then(|| (format!("{met} of {}", judged.len()), "promises are met by their latest figures".to_owned()));
    let few = latest.values().filter(|one| one.code == Some("too-few")).count();
    let without = unjudged(published.len().saturating_sub(judged.len() + few), few);
    let words = match published.len() {
        0 => "Our promises appear here when the first one is published.".to_owned(),
        1 => format!("1 promise, how it is measured, and how we are doing.{without}"),
        many => format!("{many} promises, how each is measured, and how we are doing.{without}"),
    };
    // One standard an area, the best known first, so that the few lines speak of different things.
    let mut lines: Vec<Line> = Vec::new();
    let mut areas = Vec::new();
    for standard in &published {
        let said = latest.get(&standard.id).filter(|one| one.number.is_some() && !areas.contains(&standard.area_id));
        if let Some(said) = said.filter(|_| lines.len() < 3) {
            areas.push(standard.area_id);
            let value = said.value.clone().unwrap_or_default();
            lines.push(Line {
                href: format!("/standards/{}", standard.slug),
                label: standard.title.clone(),
                said: format!("{value}. {}", said.status),
            });
        }
    }
    Ok(Door { title: "What you can expect", href: "/standards", number, words, lines })
}

/// Why fewer promises are judged than are made: " 2 have no figure yet."
fn unjudged(none: usize, few: usize) -> String {
    let have = |count: usize| if count == 1 { "has" } else { "have" };
    let none_yet = format!("{none} {} no figure yet", have(none));
    let too_few = format!("{few} {} too few answers to say", have(few));
    match (none, few) {
        (0, 0) => String::new(),
        (_, 0) => format!(" {none_yet}."),
        (0, _) => format!(" {too_few}."),
        _ => format!(" {none_yet}, and {too_few}."),
    }
}

/// Have your say: what is open today.
async fn have_your_say(tx: &mut Tx, req: &Req) -> Result<Door, db::Error> {
    let mut lines = Vec::new();
    for survey in surveys::open_now(tx, req.now()).await? {
        let closes = clock::day(clock::london_day(survey.closes_at));
        let minutes = if survey.minutes == 1 { "1 minute".to_owned() } else { format!("{} minutes", survey.minutes) };
        lines.push(Line { href: survey.path(), label: survey.title, said: format!("{minutes}, closes {closes}") });
    }
    for group in focus_groups::open_now(tx, req.now()).await? {
        let places = match group.places_left {
            ..=0 => "full, with a waiting list".to_owned(),
            1 => "1 place left".to_owned(),
            many => format!("{many} places left"),
        };
        let said = format!("{}, {places}", clock::day_and_time(group.starts_at));
        lines.push(Line { href: format!("/focus-groups/{}", group.slug), label: group.title, said });
    }
    let number = match lines.len() {
        0 => None,
        1 => Some(("1".to_owned(), "thing to take part in today".to_owned())),
        many => Some((many.to_string(), "things to take part in today".to_owned())),
    };
    let words = if lines.is_empty() {
        "Nothing is open today. The next survey or focus group appears here on the day it opens."
    } else {
        "You need no account, and we never show who said what."
    };
    Ok(Door { title: "Have your say", href: "/have-your-say", number, words: words.into(), lines })
}

/// What we are doing: the plan in numbers, and its newest news.
async fn doing(tx: &mut Tx, req: &Req) -> Result<Door, db::Error> {
    let (title, href) = ("What we are doing", "/plan");
    let Some(plan) = plans::summary(tx, req.today()).await? else {
        let words = "Our improvement plan appears here when it is published.".into();
        return Ok(Door { title, href, number: None, words, lines: Vec::new() });
    };
    let number = Some((format!("{} of {}", plan.done, plan.total), "actions are done".to_owned()));
    // With those that are done, these are all.
    let rest = plan.counts.in_words(&[Word::OnTrack, Word::Late, Word::NotStarted, Word::NotClear]);
    let words = if rest.is_empty() { rest } else { format!("{rest}.") };
    let lines = plan.latest_changes.into_iter().map(|one| Line {
        href: one.href,
        label: one.name,
        said: format!("{}, updated {}", one.word.words(), clock::day(one.on)),
    });
    Ok(Door { title, href, number, words, lines: lines.collect() })
}

/// What changed because of you: the newest decisions.
async fn changed(tx: &mut Tx) -> Result<Door, db::Error> {
    let lines = findings::latest_published(tx, 3).await?.into_iter().map(|one| Line {
        href: one.href(),
        said: format!("{}, {}", one.decision.label(), clock::day(one.decided_on)),
        label: one.title,
    });
    Ok(Door {
        title: "What changed because of you",
        href: "/what-changed",
        number: None,
        words: "What you said, what we decided and why, and what we did. Newest first.".into(),
        lines: lines.collect(),
    })
}

fn draw(door: Door) -> AnyView {
    let Door { title, href, number, words, lines } = door;
    let heading = if crate::permissions::of(href).is_some() {
        view! { <a class="ds-door__link" href=href>{title}</a> }.into_any()
    } else {
        title.into_any()
    };
    let number =
        number.map(|(figure, what)| view! { <p class="ds-door__number"><strong>{figure}</strong>" "{what}</p> });
    let some = !lines.is_empty();
    let lines = lines
        .into_iter()
        .map(|line| view! { <li><a href=line.href>{line.label}</a>": "{line.said}</li> })
        .collect_view();
    let list = some.then(|| view! { <ul class="ds-door__list">{lines}</ul> });
    view! {
        <li class="ds-door">
            <h2 class="ds-door__title">{heading}</h2>
            {number}
            <p>{words}</p>
            {list}
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::unjudged;

    #[test]
    fn promises_that_cannot_be_judged_are_accounted_for() {
        assert_eq!(unjudged(0, 0), "");
        assert_eq!(unjudged(2, 0), " 2 have no figure yet.");
        assert_eq!(unjudged(1, 1), " 1 has no figure yet, and 1 has too few answers to say.");
    }
}
