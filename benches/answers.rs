//! A survey of fifteen questions, answered as fast as the server takes it.

use std::time::{Duration, Instant};

use chrono::{Datelike as _, TimeDelta, Utc};

use crate::harness::chance::Chance;
use crate::harness::client::{self, Client};
use crate::harness::form::Form;
use crate::harness::server::Server;
use crate::harness::survey::OpenSurvey;
use crate::harness::{Fault, Outcome, beside, ensure, staff};
use crate::usage;

/// What a landlord asks: mostly the five-point scale, a few choices, a score, a number, a date, words.
pub const FIFTEEN: [&str; 15] = [
    "scale",
    "scale",
    "scale",
    "scale",
    "scale",
    "scale",
    "one_choice",
    "one_choice",
    "several_choices",
    "zero_to_ten",
    "zero_to_ten",
    "number",
    "date",
    "short_text",
    "long_text",
];

/// The survey.
pub struct Questions {
    pub slug: String,
    /// Where staff find it.
    pub staff: String,
}

/// Makes a survey of questions of these kinds as an officer would, question by question, and publishes it. The first
/// question divides the results if it can. The title must begin with "Bench" and be no other's.
///
/// # Errors
/// When a form is refused.
pub async fn build(server: &Server, officer: &mut Client, title: &str, kinds: &[&str]) -> Outcome<Questions> {
    let now = Utc::now();
    let days = [now - TimeDelta::days(2), now + TimeDelta::days(30)];
    let [from, to] = days.map(|on| [on.day().to_string(), on.month().to_string(), on.year().to_string()]);
    let ([from_day, from_month, from_year], [to_day, to_month, to_year]) = (&from, &to);
    let words = [
        ("title", title),
        ("introduction", "A survey to measure by."),
        ("next_steps", "Nothing more."),
        ("minutes", "5"),
        ("access", "open"),
        ("opens-day", from_day),
        ("opens-month", from_month),
        ("opens-year", from_year),
        ("opens_time", "09:00"),
        ("closes-day", to_day),
        ("closes-month", to_month),
        ("closes-year", to_year),
        ("closes_time", "23:59"),
    ];
    let made = staff::fill_in(officer, "/staff/surveys/new", &words).await?;
    for (number, kind) in kinds.iter().enumerate() {
        add_question(officer, &made, kind, number + 1).await?;
    }
    officer.post(&format!("{made}/publish"), &[]).await?.expect(303)?;
    let list = client::page(&mut server.visitor(), "/surveys").await?.text();
    let mut slugs = list.split("href=\"/surveys/").filter_map(|rest| rest.split('"').next());
    let named = title.to_lowercase().replace(' ', "-");
    let slug = slugs.find(|slug| *slug == named).ok_or("the survey is not on the list")?;
    Ok(Questions { slug: slug.to_owned(), staff: made })
}

/// Adds a question with its settings as they are offered; only lists of answers must be typed.
async fn add_question(officer: &mut Client, survey: &str, kind: &str, number: usize) -> Outcome<()> {
    let page = client::page(officer, &format!("{survey}/questions/new?kind={kind}")).await?;
    let form = Form::with_field(&page.text(), "kind")?;
    let offered = |field: &&crate::harness::form::Field| {
        field.name != "text" && (!["checkbox", "radio", "select"].contains(&field.kind.as_str()) || field.checked)
    };
    let mut fields: Vec<(String, String)> =
        form.fields.iter().filter(offered).map(|field| (field.name.clone(), field.value.clone())).collect();
    if number == 1 && form.has("divides") {
        fields.push(("divides".to_owned(), "yes".to_owned()));
    }
    fields.push(("text".to_owned(), format!("Question {number}, of the kind {kind}?")));
    for (_, value) in fields.iter_mut().filter(|(name, value)| name == "s-options" && value.is_empty()) {
        "First answer\nSecond answer\nThird answer".clone_into(value);
    }
    let path = format!("{survey}/questions/new");
    officer.post(&path, &fields).await?.expect(303).map_err(|why| format!("{kind}: {why}"))?;
    Ok(())
}

/// Processor time of the server, in milliseconds, for one person who opens the page with all questions and sends their answers.
///
/// # Errors
/// When answers are not taken.
pub async fn processor_ms(server: &Server, questions: &Questions, people: u32) -> Outcome<f64> {
    let survey = OpenSurvey::named(&questions.slug, server).await?;
    let (mut client, mut chance) = (server.visitor(), Chance::new(1, 0));
    survey.send(&mut client, &chance.key()).await?.expect(303)?;
    let (before, began) = (usage::processor_ms(server)?, Instant::now());
    for _ in 0..people {
        client.forget();
        client::page(&mut client, &survey.path()).await?;
        survey.send(&mut client, &chance.key()).await?.expect(303)?;
    }
    let each = (usage::processor_ms(server)? - before) / f64::from(people);
    let whole = began.elapsed().as_secs_f64() * 1000.0 / f64::from(people);
    println!("(c) 15 answers         {each:>10.3} ms of processor, {whole:.2} ms in all; aim ≤ 1 (LimeSurvey: 199)");
    Ok(each)
}

/// Pages saved per second by so many people at once, and the most memory the server used meanwhile.
///
/// # Errors
/// When a page is not saved.
pub async fn save_pages(server: &Server, questions: &Questions, people: u64, lasts: Duration) -> Outcome<(f64, f64)> {
    let path = format!("/surveys/{}", questions.slug);
    let mut savers = Vec::new();
    for _ in 0..people {
        let mut client = server.visitor();
        let first = client.post(&path, &[]).await?.expect(303)?.location().to_owned();
        let page = client::page(&mut client, &first).await?;
        let fields = Form::find(&page.text(), &first)?.fill(&[]);
        savers.push((client, first, fields));
    }
    let began = Instant::now();
    let save = |(mut client, path, fields): (Client, String, Vec<(String, String)>)| {
        beside(async move {
            let mut saved = 0_u32;
            while began.elapsed() < lasts {
                client.post(&path, &fields).await?.expect(303)?;
                saved += 1;
            }
            Ok::<u32, Fault>(saved)
        })
    };
    let savers: Vec<_> = savers.into_iter().map(save).collect();
    let mut most = 0.0_f64;
    while began.elapsed() < lasts {
        most = most.max(usage::memory_mib(server)?);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let mut saved = 0;
    for saver in savers {
        saved += saver.await??;
    }
    let spent = began.elapsed().as_secs_f64();
    ensure(saved > 0, || "nothing was saved".to_owned())?;
    Ok((f64::from(saved) / spent, most))
}
