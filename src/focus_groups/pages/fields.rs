//! Reading what several forms share: a person, and a day with two times.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::London;
use leptos::prelude::*;

use crate::clock;
use crate::focus_groups::Group;
use crate::focus_groups::place::{CameBy, NeedKind};
use crate::focus_groups::sign_up::Person;
use crate::people::phone;
use crate::ui;
use crate::web::Form;

fn moment(form: &mut Form, on: Option<NaiveDate>, name: &str, what: &str) -> Option<DateTime<Utc>> {
    let Some(at) = clock::read_time(form.value(name)) else {
        form.error(name, format!("{what}: enter a time like 14:00 or 2pm"));
        return None;
    };
    match clock::london_instant(on?.and_time(at)) {
        Ok(instant) => Some(instant),
        Err(clock::NoSuchTime) => {
            form.error(
                name,
                format!("{what}: the clocks go forward over this time, so it never happens. Enter another"),
            );
            None
        }
    }
}

/// Start and end, typed as UK time. A time that happens twice means the later one.
pub(super) fn read_when(form: &mut Form) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let on = form.day("on", "The day");
    let starts_at = moment(form, on, "starts", "The start");
    let ends_at = moment(form, on, "ends", "The end");
    let (starts_at, ends_at) = starts_at.zip(ends_at)?;
    if ends_at <= starts_at {
        form.error("ends", "The end must be later than the start");
        return None;
    }
    Some((starts_at, ends_at))
}

/// Fills in day and times of a session.
pub(super) fn set_when(form: &mut Form, group: &Group) {
    form.set_day("on", Some(clock::london_day(group.starts_at)));
    form.set("starts", &group.starts_at.with_timezone(&London).format("%H:%M").to_string());
    form.set("ends", &group.ends_at.with_timezone(&London).format("%H:%M").to_string());
}

/// The boxes for day and times.
pub(super) fn when(form: &Form) -> AnyView {
    view! {
        {ui::day(form, "on", "Day", "For example, 27 3 2026")}
        <div class="ds-fields">
            {ui::text(form, "starts", "Starts at").hint("UK time, like 14:00 or 2pm").width(5).view()}
            {ui::text(form, "ends", "Ends at").hint("UK time, like 15:30").width(5).view()}
        </div>
    }
    .into_any()
}

/// Who signs up. An e-mail address or a phone number is needed, so that we can reach them.
pub(super) fn read_person(form: &mut Form, offers: &[NeedKind], came_by: CameBy) -> Person {
    let name = form.required("name", "The name", 80, "Enter a name");
    let email = form.optional_email("email");
    let phone = phone::read(form);
    if email.is_none() && phone.is_none() && form.error_of("email").is_none() {
        form.error("email", "Enter an e-mail address or a phone number, so that we can reach you");
    }
    let wishes = form.text("wishes", "What you need", 1000);
    let needs = offers.iter().copied().filter(|kind| form.has("needs", kind.code())).collect();
    Person { name, email, phone, needs, wishes, came_by }
}

/// The boxes for a person; `yours` words them for the person themselves.
pub(super) fn person(form: &Form, offers: &[NeedKind], yours: bool) -> AnyView {
    let (name, reach) = if yours {
        (
            "Your name",
            "Give an e-mail address, a phone number, or both. We write to you at once and when anything changes.",
        )
    } else {
        ("Name", "Give an e-mail address, a phone number, or both. Without an e-mail address, somebody must phone.")
    };
    let needs = (!offers.is_empty()).then(|| {
        let hint = if yours { "Tick all that you need. We arrange it before the day and tell you." } else { "" };
        let boxes = ui::checkboxes(
            form,
            "needs",
            if yours { "What do you need to take part? (optional)" } else { "Support needed (optional)" },
            offers.iter().map(|kind| (kind.code(), kind.label())),
        );
        if hint.is_empty() { boxes.view() } else { boxes.hint(hint).view() }
    });
    let autocomplete = if yours { ("name", "email", "tel") } else { ("off", "off", "off") };
    view! {
        {ui::text(form, "name", name).autocomplete(autocomplete.0).view()}
        <p class="govuk-hint">{reach}</p>
        {ui::email(form, "email", "E-mail address").autocomplete(autocomplete.1).view()}
        {ui::text(form, "phone", "Phone number").kind("tel").autocomplete(autocomplete.2).width(20).view()}
        {needs}
        {ui::textarea(form, "wishes", if yours { "Anything else that would help you take part? (optional)" } else { "In their own words (optional)" }).rows(3).limit(1000).view()}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r09_a_start_that_the_clocks_skip_is_refused_and_one_that_happens_twice_is_the_later() {
        let typed = |year: &str, month: &str, day: &str| {
            Form::filled(&[
                ("on-day", day),
                ("on-month", month),
                ("on-year", year),
                ("starts", "1:30"),
                ("ends", "4:00"),
            ])
        };
        let mut form = typed("2027", "3", "28");
        assert_eq!(read_when(&mut form), None);
        assert!(form.error_of("starts").unwrap().contains("the clocks go forward"));
        let (starts_at, _) = read_when(&mut typed("2026", "10", "25")).unwrap();
        assert_eq!(starts_at, "2026-10-25T01:30:00Z".parse::<DateTime<Utc>>().unwrap());
        let (starts_at, _) = read_when(&mut typed("2027", "10", "31")).unwrap();
        assert_eq!(starts_at, "2027-10-31T01:30:00Z".parse::<DateTime<Utc>>().unwrap());
    }

    #[test]
    fn somebody_must_be_reachable() {
        let mut form = Form::filled(&[("name", "Pat"), ("phone", "12")]);
        read_person(&mut form, &[], CameBy::Web);
        assert_eq!(form.error_of("phone"), Some("Enter the whole phone number, like 01632 960 001"));
        let mut form = Form::filled(&[("name", "Pat")]);
        read_person(&mut form, &[], CameBy::Web);
        assert!(form.error_of("email").is_some());
        let mut form = Form::filled(&[
            ("name", "Pat"),
            ("phone", "01632 960 001"),
            ("needs", "transport"),
            ("needs", "home_visit"),
        ]);
        let read = read_person(&mut form, &[NeedKind::Transport], CameBy::Phone);
        assert!(form.is_valid());
        assert_eq!(read.needs, [NeedKind::Transport], "only what is on offer");
    }
}
