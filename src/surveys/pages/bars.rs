//! Released figures of one question: in a sentence, then as a table whose rows carry their bars.

use leptos::prelude::*;

use crate::questionnaires::answer::Answer;
use crate::questionnaires::kinds::field::Field;
use crate::questionnaires::question::Question;
use crate::statistics::table::{Base, Cell, Row, Share, Table};
use crate::surveys::results::QuestionResult;

/// The figures in a sentence.
pub fn sentence(result: &QuestionResult) -> String {
    let question = &result.question;
    if let Some(mean) = &result.mean {
        let decimals = usize::from(question.kind.decimals().max(1));
        let average = question.kind.show(&Answer::Open(format!("{:.decimals$}", mean.value)));
        return format!("The average was {average}. {} gave a number.", capital(&people(mean.base, mean.rounded)));
    }
    let Some(table) = result.table() else {
        return if question.kind.is_number() { TOO_FEW.to_owned() } else { String::new() };
    };
    of_table(question, table)
}

/// The figures of one table of a question in a sentence.
pub fn of_table(question: &Question, table: &Table) -> String {
    let base = match table.base {
        Base::Shown(base) => people(base, table.rounded),
        Base::FewerThan(minimum) => return format!("Too few people answered to show this: fewer than {minimum}."),
        Base::Withheld => return "Not shown, because it would give away how a small group answered.".to_owned(),
    };
    let caution = if table.small_base() { " Few people answered, so treat this with care." } else { "" };
    let said = match (table.share, question.kind.share_words()) {
        (Some(share), Some(words)) => format!("{} of {base} {words}.{}", percent(&share), range(&share)),
        _ => scored(question, table, &base).unwrap_or_else(|| format!("{} answered.", capital(&base))),
    };
    format!("{said}{caution}")
}

/// A share in per cent: with one decimal where counts are not rounded.
pub fn percent(share: &Share) -> String {
    match share.tenths {
        Some(tenths) => format!("{}%", decimal(tenths)),
        None => format!("{}%", share.percent),
    }
}

/// Tenths as a number with one decimal.
pub fn decimal(tenths: u32) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Where the share would probably lie for everybody; nothing where everybody was asked.
fn range(share: &Share) -> String {
    if share.low >= share.high {
        return " Every home answered.".to_owned();
    }
    format!(" Had everybody been asked, it would probably be between {:.0}% and {:.0}%.", share.low, share.high)
}

const TOO_FEW: &str = "Too few people answered to show this.";

/// "1 person", "312 people", "about 310 people".
pub fn people(count: u32, about: bool) -> String {
    let about = if about { "about " } else { "" };
    if count == 1 { "1 person".to_owned() } else { format!("{about}{count} people") }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |letter| letter.to_uppercase().chain(letters).collect())
}

/// Scores in a sentence: their mean, or the commonest where the mean would give hidden ones away.
fn scored(question: &Question, table: &Table, base: &str) -> Option<String> {
    let labels = score_labels(question);
    let ends = labels.first().zip(labels.last()).map(|(low, high)| format!("from “{low}” to “{high}”"))?;
    if let Some(mean) = table.mean {
        let answered = capital(base);
        return Some(format!("The average score was {mean:.1} on a scale {ends}. {answered} answered."));
    }
    let percent_of = |row: &Row| match row.cell {
        Cell::Shown { percent, .. } => percent,
        Cell::Hidden => 0,
    };
    let commonest = table.rows.iter().max_by_key(|row| percent_of(row)).filter(|row| percent_of(row) > 0)?;
    let (score, percent) = (&commonest.label, percent_of(commonest));
    Some(format!("The score given most often was {score}, by {percent}% of {base}, on a scale {ends}."))
}

/// The scores as they stood on the form, with what the two ends mean; none for other kinds.
fn score_labels(question: &Question) -> Vec<String> {
    match question.kind.field() {
        Field::Radios(choices) if question.kind.has_mean() => choices.into_iter().map(|choice| choice.label).collect(),
        _ => Vec::new(),
    }
}

/// The table with a bar in each row; nothing where nothing may be shown.
pub fn table(question: &Question, table: &Table) -> Option<AnyView> {
    if !table.is_shown() {
        return None;
    }
    let scale = question.kind.has_share();
    let scores = score_labels(question);
    let rows = table.rows.iter().enumerate().map(|(at, row)| {
        let label = scores.get(at).unwrap_or(&row.label);
        line(label, row, scale.then(|| 5_usize.saturating_sub(at)))
    });
    let rows = rows.collect_view();
    let outside = table.outside.filter(|outside| *outside > 0).map(|outside| {
        let words = format!(
            "{} not asked, did not answer or said it does not apply to them; they are not counted here.",
            were(outside, table.rounded)
        );
        view! { <p class="ds-figure-note">{words}</p> }
    });
    let hidden = table.hides_some().then(hidden_note);
    let caption = format!("How people answered: {}", question.text);
    let label = caption.clone();
    let view = view! {
        <div class="ds-scroll" role="region" aria-label=label tabindex="0">
            <table class="ds-table">
                <caption class="govuk-visually-hidden">{caption}</caption>
                <thead><tr>
                    <th scope="col">"Answer"</th>
                    <th scope="col" class="ds-table__number">"Per cent"</th>
                    <th scope="col" class="ds-table__number">{heading(table.rounded)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {hidden}
        {outside}
    };
    Some(view.into_any())
}

/// What "Hidden" means in a table.
pub fn hidden_note() -> AnyView {
    view! { <p class="ds-figure-note">"“Hidden” stands where so few people gave an answer that they might be recognised, or where another hidden number could be worked out."</p> }
    .into_any()
}

/// The heading of a column of counts.
pub fn heading(rounded: bool) -> &'static str {
    if rounded { "People (about)" } else { "People" }
}

fn were(count: u32, about: bool) -> String {
    format!("{} {}", capital(&people(count, about)), if count == 1 { "was" } else { "were" })
}

fn line(label: &str, row: &Row, tone: Option<usize>) -> AnyView {
    let label = label.to_owned();
    let (percent, count, bar) = match row.cell {
        Cell::Shown { count, percent } => (format!("{percent}%"), count.to_string(), Some(bar(percent, tone))),
        Cell::Hidden => ("Hidden".to_owned(), "Hidden".to_owned(), None),
    };
    view! {
        <tr>
            <th scope="row">{label}{bar}</th>
            <td class="ds-table__number ds-table__tight">{percent}</td>
            <td class="ds-table__number ds-table__tight">{count}</td>
        </tr>
    }
    .into_any()
}

/// A bar of at most 400 units; the tone is the place on a scale, 1 worst to 5 best.
pub fn bar(percent: u32, tone: Option<usize>) -> AnyView {
    let class = tone.map_or_else(|| "ds-chart__bar".to_owned(), |tone| format!("ds-chart__bar ds-chart__bar--{tone}"));
    let width = (percent.min(100) * 4).max(2).to_string();
    view! {
        <svg class="ds-chart" viewBox="0 0 400 14" aria-hidden="true">
            <rect class=class x="0" y="1" width=width height="12"></rect>
        </svg>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::kinds::Kind;
    use crate::statistics::disclosure::{self, Policy};
    use crate::surveys::results::{FacetResult, Words};

    fn asked(values: [u32; 5]) -> QuestionResult {
        result("scale", &values)
    }

    fn result(kind: &str, values: &[u32]) -> QuestionResult {
        let kind = Kind::usual(kind).unwrap();
        let mut counts = kind.counts().unwrap();
        for (at, value) in values.iter().enumerate() {
            (0..*value).for_each(|_| counts.record(at));
        }
        QuestionResult {
            question: Question::new("How was it?", kind),
            facets: vec![FacetResult { about: String::new(), table: disclosure::release(&counts, &Policy::public()) }],
            mean: None,
            words: Words::NotAsked,
            is_shut: false,
        }
    }

    #[test]
    fn the_number_and_what_it_means_stand_in_one_sentence() {
        let words = sentence(&asked([50, 30, 20, 15, 15]));
        assert!(words.starts_with("62% of about 130 people were very or fairly satisfied."), "{words}");
        assert!(sentence(&asked([1, 1, 1, 1, 1])).contains("fewer than 10"));
        assert!(sentence(&asked([9, 4, 3, 2, 2])).ends_with("treat this with care."));
    }

    #[test]
    fn scores_are_said_with_what_their_ends_mean() {
        let scores = result("zero_to_ten", &[10, 0, 10, 0, 0, 20, 0, 0, 30, 0, 12]);
        let ends = "from “0 – Not at all” to “10 – Completely”";
        let words = sentence(&scores);
        assert_eq!(words, format!("The average score was 5.9 on a scale {ends}. About 80 people answered."));
        let few = result("zero_to_ten", &[3, 0, 10, 0, 0, 20, 0, 0, 30, 0, 12]);
        let words = sentence(&few);
        assert_eq!(words, format!("The score given most often was 8, by 40% of about 75 people, on a scale {ends}."));
        let html = table(&few.question, few.table().unwrap()).unwrap().to_html();
        assert!(html.contains("10 – Completely") && html.contains("People (about)"), "{html}");
    }

    #[test]
    fn a_hidden_count_is_nowhere_on_the_page() {
        let result = asked([50, 30, 20, 15, 3]);
        let html = table(&result.question, result.table().unwrap()).unwrap().to_html();
        assert_eq!(html.matches(">Hidden<").count(), 4);
        assert!(!html.contains(">3<"));
    }
}
