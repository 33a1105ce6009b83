//! The parts of a drawn sample's page: the draw, asking, and how far each group is.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::clock;
use crate::residents::Way;
use crate::surveys::pages::bars;
use crate::surveys::pages::staff_sample::Drawn;
use crate::surveys::sample::outcome::tenths;
use crate::surveys::sample::plan::Stratum;
use crate::surveys::sample::store::samples::Sample;
use crate::surveys::survey::Survey;
use crate::ui;
use crate::web::number::grouped;

fn rate(of: Option<i64>) -> String {
    of.map_or_else(|| "–".to_owned(), |tenths| format!("{}%", bars::decimal(u32::try_from(tenths).unwrap_or(0))))
}

fn number(of: usize) -> AnyView {
    view! { <td class="ds-table__number">{grouped(&of)}</td> }.into_any()
}

/// The sample in a few lines.
pub(super) fn facts(survey: &Survey, drawn: &Drawn) -> AnyView {
    let sample = &drawn.sample;
    let homes: i64 = drawn.progress.iter().map(|group| group.drawn).sum();
    let state = match sample.begun_at {
        None => "Drawn. Nobody has been asked yet".to_owned(),
        Some(at) => format!("Homes are asked since {}. It stays as it is", clock::day(clock::london_day(at))),
    };
    let calls = format!("/staff/surveys/{}/calls", survey.id);
    ui::facts(vec![
        (if sample.days.is_some() { "Homes asked" } else { "Homes drawn" }, grouped(&homes).into_any()),
        ("State", state.into_any()),
        ("Response rate so far", rate(drawn.summary.response_rate()).into_any()),
        ("Most reminders", sample.plan.most_reminders.to_string().into_any()),
        ("Telephone", view! { <a href=calls>"Calls"</a> }.into_any()),
    ])
}

/// Who was on the list, who was left out and why, and who was drawn.
pub(super) fn draw_table(drawn: &Drawn) -> AnyView {
    let mut all = Stratum::default();
    for (_, stratum) in &drawn.strata {
        all.homes += stratum.homes;
        all.no_contact += stratum.no_contact;
        all.unreachable += stratum.unreachable;
        all.asked_lately += stratum.asked_lately;
        all.drawn += stratum.drawn;
    }
    let row = |name: &str, stratum: &Stratum| {
        view! {
            <tr>
                <th scope="row">{name.to_owned()}</th>
                {number(stratum.homes)}{number(stratum.no_contact)}{number(stratum.unreachable)}
                {number(stratum.asked_lately)}{number(stratum.reachable())}{number(stratum.drawn)}
            </tr>
        }
    };
    let rows: Vec<_> = drawn.strata.iter().map(|(name, stratum)| row(name, stratum)).collect();
    let sum = (drawn.strata.len() > 1).then(|| row("All", &all));
    view! {
        <section class="ds-section">
            <h2>"How it was drawn"</h2>
            <div class="ds-scroll" tabindex="0" role="region" aria-label="Homes of the list by group">
                <table class="ds-table">
                    <caption>"Homes of the list as it stood"</caption>
                    <thead><tr>
                        <th scope="col">"Group"</th><th scope="col" class="ds-table__number">"On the list"</th>
                        <th scope="col" class="ds-table__number">"Do not contact"</th><th scope="col" class="ds-table__number">"No way known"</th>
                        <th scope="col" class="ds-table__number">"Asked lately"</th><th scope="col" class="ds-table__number">"Could be asked"</th>
                        <th scope="col" class="ds-table__number">"Drawn"</th>
                    </tr></thead>
                    <tbody>{rows}{sum}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// That homes are asked about what happens at them.
pub(super) fn by_events(survey: &Survey) -> AnyView {
    let href = format!("/staff/surveys/{}/events", survey.id);
    view! { <p>"Homes are asked as events come, none is drawn: "<a href=href>"send a list of events"</a>"."</p> }
        .into_any()
}

/// How anybody can draw it again.
pub(super) fn how_drawn(survey: &Survey, sample: &Sample) -> AnyView {
    let whole = &sample.plan.whole;
    let whole = (!whole.is_empty()).then(|| format!(" Of {} every home that may be asked is drawn.", whole.join(", ")));
    let wanted = sample.plan.wanted.map_or_else(
        || "All homes that could be asked".to_owned(),
        |wanted| ui::counted(usize::try_from(wanted).unwrap_or(0), "home", "homes"),
    );
    let lately = match sample.plan.months {
        0 => "No home was left out for having been drawn for another survey.".to_owned(),
        1 => "Homes drawn for another survey in the month before were left out.".to_owned(),
        months => format!("Homes drawn for another survey in the {months} months before were left out."),
    };
    let words = format!(
        "{wanted}, drawn on {}. {}.{} {lately}",
        clock::day(clock::london_day(sample.drawn_at)),
        sample.plan.strata.label(),
        whole.unwrap_or_default()
    );
    view! {
        <p>{words}</p>
        <p>"The seed is "<strong>{sample.seed.clone()}</strong>". Within each group the homes stand in the order of the SHA-256 of the seed, a colon and the reference; the first of them are drawn. Places are shared out in proportion to the homes that could be asked, those left over to the largest remainders. With the file anybody can draw the sample again."</p>
        <p><a href=format!("/staff/surveys/{}/sample.csv", survey.id)>"Download the draw (CSV)"</a></p>
    }
    .into_any()
}

/// Asking the homes, each by its own way.
pub(super) fn ask(survey: &Survey, drawn: &Drawn, may_ask: bool, today: NaiveDate) -> AnyView {
    let at = format!("/staff/surveys/{}/sample", survey.id);
    if !may_ask {
        return view! { <div class="govuk-inset-text" id="mail" tabindex="-1">"Homes are asked while the survey is published and has not closed."</div> }.into_any();
    }
    let of =
        |wanted: Way| drawn.ways.iter().find(|(way, ..)| *way == wanted).map_or((0, 0), |(_, all, due)| (*all, *due));
    let homes = |many: i64| ui::counted(usize::try_from(many).unwrap_or(0), "home", "homes");
    let (by_email, mail_due) = of(Way::Email);
    let (by_text, texts_due) = of(Way::Text);
    let (by_post, letters_due) = of(Way::Post);
    let (by_call, _) = of(Way::Telephone);
    let sample = &drawn.sample;
    let mail = if by_email == 0 || sample.mailings > sample.plan.most_reminders {
        (by_email > 0).then(|| view! { <p>"As many e-mails as there may be were sent."</p> }.into_any())
    } else if sample.mailed_on == Some(today) {
        Some(view! { <p>"E-mails were sent today. A reminder can go out from tomorrow."</p> }.into_any())
    } else if mail_due == 0 {
        Some(view! { <p>"Every home that is asked by e-mail has answered or asked for no more."</p> }.into_any())
    } else {
        let label = match sample.mailings {
            0 => format!("Send the invitation to {}", homes(mail_due)),
            _ => format!("Remind {}", homes(mail_due)),
        };
        Some(
            view! {
                <form method="post" action=at.clone()>
                    {ui::carried("before", sample.mailings.to_string())}
                    <button type="submit" class="govuk-button" name=ui::STEP value="mail">{label}</button>
                </form>
            }
            .into_any(),
        )
    };
    let download = |path: &str, due: i64, label: String| {
        (due > 0).then(|| {
            view! { <form method="post" action=format!("{at}/{path}")>{ui::quiet_button(&label)}</form> }.into_any()
        })
    };
    let texts = download(
        "texts",
        texts_due,
        format!("Download {} (CSV)", ui::counted(usize::try_from(texts_due).unwrap_or(0), "text", "texts")),
    );
    let letters = download(
        "letters",
        letters_due,
        format!("Download {} (CSV)", ui::counted(usize::try_from(letters_due).unwrap_or(0), "letter", "letters")),
    );
    let print = download("print", letters_due, "Print the letters".to_owned());
    view! {
        <section class="ds-section" id="mail" tabindex="-1">
            <h2>"Ask the homes"</h2>
            <p>"Each home is asked by the way it prefers, or the first that we know. Whichever link, code or call it answers by, it counts once. Homes that have answered, or asked for no more, are not written to again."</p>
            <h3>{format!("By e-mail: {}", homes(by_email))}</h3>
            {mail}
            <h3>{format!("By text message: {}", homes(by_text))}</h3>
            <p class="ds-meta">"The file has each mobile number with its text and link, for the service that sends them. The links are made with the file and stand nowhere else. Downloading it again on the same day counts once."</p>
            <div class="ds-toolbar">{texts}</div>
            <h3>{format!("By letter: {}", homes(by_post))}</h3>
            <p class="ds-meta">"Each letter has a link, a picture of it for phones, and a code that can be typed at "<a href="/s">"the address for codes"</a>"."</p>
            <div class="ds-toolbar">{letters}{print}</div>
            <h3>{format!("By telephone: {}", homes(by_call))}</h3>
            <p><a href=format!("/staff/surveys/{}/calls", survey.id)>"Ring the homes"</a>" · "<a href=format!("{at}/homes")>"Find a home to enter its answers"</a></p>
        </section>
    }
    .into_any()
}

/// How far each group is. Of a group smaller than `least` homes it is not said how many answered, so that nobody reads from
/// it who did.
pub(super) fn progress(drawn: &Drawn, least: i64) -> AnyView {
    let cell = |of: i64| view! { <td class="ds-table__number">{grouped(&of)}</td> };
    let rows = drawn.progress.iter().map(|one| {
        let hidden = one.drawn < least;
        let answered = if hidden { "–".to_owned() } else { grouped(&one.answered) };
        let share = if hidden { "–".to_owned() } else { rate(tenths(one.answered, one.drawn)) };
        view! {
            <tr>
                <th scope="row">{one.stratum.clone()}</th>
                {cell(one.drawn)}{cell(one.asked)}{cell(one.failed)}{cell(one.stopped)}
                <td class="ds-table__number">{answered}</td>
                <td class="ds-table__number">{share}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let small = drawn.progress.iter().any(|one| one.drawn < least).then(|| {
        view! { <p class="ds-meta">{format!("Of a group of fewer than {least} homes it is not shown how many answered.")}</p> }
    });
    view! {
        <section class="ds-section">
            <h2>"How far we have come"</h2>
            <div class="ds-scroll" tabindex="0" role="region" aria-label="Homes asked and answered by group">
                <table class="ds-table">
                    <caption>"Homes of the sample by group"</caption>
                    <thead><tr>
                        <th scope="col">"Group"</th><th scope="col" class="ds-table__number">"Drawn"</th>
                        <th scope="col" class="ds-table__number">"Asked"</th><th scope="col" class="ds-table__number">"E-mail failed"</th>
                        <th scope="col" class="ds-table__number">"Asked for no more"</th><th scope="col" class="ds-table__number">"Answered"</th>
                        <th scope="col" class="ds-table__number">"Response rate"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {small}
        </section>
    }
    .into_any()
}
