//! From what a shopper typed to a return: reading the form, and saying what is wrong with each field.

use chrono::{DateTime, Utc};

use super::outcome::Outcome;
use super::scenario::Item;
use super::shop_return::{NewItem, NewReturn, Photo};
use crate::clock;
use crate::web::Form;

/// The most characters a shopper may write about a shop.
pub const LONGEST_FACTS: usize = 4000;
/// The most characters of a photo's description.
pub const LONGEST_WORDS: usize = 200;

/// The field of an item's outcome.
#[must_use]
pub fn outcome_field(item: &Item) -> String {
    format!("item-{}", item.id)
}

/// The field of an item's number.
#[must_use]
pub fn value_field(item: &Item) -> String {
    format!("value-{}", item.id)
}

/// The field of a kept photo's description.
#[must_use]
pub fn photo_field(photo: &Photo) -> String {
    format!("photo-words-{}", photo.photo_id)
}

/// Reads the whole return; none, with the form saying why, when something is missing or wrong.
pub fn read(form: &mut Form, items: &[Item], photos: &[Photo], now: DateTime<Utc>) -> Option<NewReturn> {
    let on = form.day("on", "The day of the shop");
    let mut moment = |field: &str, missing: &str| {
        let time = clock::read_time(form.value(field));
        if time.is_none() {
            form.error(field, missing);
        }
        let at = on.zip(time).map(|(on, time)| clock::london_instant(on.and_time(time)));
        if matches!(at, Some(Err(_))) {
            form.error(field, "The clocks went forward over this time, so it did not happen. Check it");
        }
        at.and_then(Result::ok)
    };
    let began = moment("began", "Enter the time when you began, like 14:05");
    let ended = moment("ended", "Enter the time when you finished, like 14:20");
    if on.is_some_and(|on| on > clock::london_day(now)) {
        form.error("on", "The day of the shop must be today or in the past");
    } else if ended.is_some_and(|ended| ended > now) {
        form.error("ended", "The time when you finished must be in the past");
    }
    if let (Some(began), Some(ended)) = (began, ended)
        && ended < began
    {
        form.error("ended", "The time when you finished must be after the time when you began");
    }
    let scored: Vec<NewItem> = items.iter().filter_map(|item| read_item(form, item)).collect();
    let facts = form.required("facts", "What happened", LONGEST_FACTS, "Write what happened, in your own words");
    for photo in photos {
        let field = photo_field(photo);
        form.required(&field, "The description", LONGEST_WORDS, "Say in a few words what the photo shows");
    }
    let recognised = yes_or_no(form, "recognised", "Say whether you were recognised");
    let felt_unsafe = yes_or_no(form, "unsafe", "Say whether something felt unsafe");
    let unsafe_words = form.text("unsafe-words", "What felt unsafe", 1000);
    if felt_unsafe == Some(true) && unsafe_words.is_empty() {
        form.error("unsafe-words", "Say what felt unsafe, so that somebody can act on it");
    }
    if !form.has("truthful", "yes") {
        form.error("truthful", "Tick the box if what you wrote is true");
    }
    if !form.is_valid() {
        return None;
    }
    Some(NewReturn {
        shopped_on: on?,
        began_at: began?,
        ended_at: ended?,
        items: scored,
        facts,
        recognised: recognised?,
        felt_unsafe: felt_unsafe?,
        unsafe_words: if felt_unsafe? { unsafe_words } else { String::new() },
    })
}

fn read_item(form: &mut Form, item: &Item) -> Option<NewItem> {
    let outcome: Option<Outcome> =
        form.choice(&outcome_field(item), &format!("Choose met, not met or does not apply: {}", item.wording));
    let field = value_field(item);
    let value = if item.measure.is_empty() || form.value(&field).trim().is_empty() {
        None
    } else {
        form.decimal(&field, 0.0..=100_000.0, &format!("Enter a number for {}", item.measure))
    };
    outcome.map(|outcome| NewItem { item: item.id, outcome, value })
}

fn yes_or_no(form: &mut Form, field: &str, missing: &str) -> Option<bool> {
    match form.value(field) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => {
            form.error(field, missing);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mystery_shopping::key::{ItemId, PhotoId};
    use crate::thread::id::StandardId;

    fn filled() -> Form {
        Form::filled(&[
            ("on-day", "12"),
            ("on-month", "11"),
            ("on-year", "2026"),
            ("began", "14:05"),
            ("ended", "14:20"),
            ("item-1", "met"),
            ("value-1", "42"),
            ("facts", "They answered."),
            ("photo-words-7", "The bin store"),
            ("recognised", "no"),
            ("unsafe", "no"),
            ("unsafe-words", "left over"),
            ("truthful", "yes"),
        ])
    }

    fn items() -> Vec<Item> {
        vec![Item { id: ItemId(1), wording: "Answered".into(), standard: StandardId(1), measure: "seconds".into() }]
    }

    fn photos() -> Vec<Photo> {
        vec![Photo { photo_id: PhotoId(7), file_id: "x".into(), words: String::new(), width: None, height: None }]
    }

    fn now() -> DateTime<Utc> {
        crate::testing::noon()
    }

    #[test]
    fn a_whole_form_is_a_return() {
        let found = read(&mut filled(), &items(), &photos(), now()).unwrap();
        assert_eq!(found.items, [NewItem { item: ItemId(1), outcome: Outcome::Met, value: Some(42.0) }]);
        assert_eq!(found.began_at, "2026-11-12T14:05:00Z".parse::<DateTime<Utc>>().unwrap());
        assert_eq!(found.unsafe_words, "", "nothing felt unsafe, so that nothing is said about it");
    }

    #[test]
    fn each_thing_that_is_missing_is_named_at_its_field() {
        for (field, value) in [
            ("on-year", "2027"),
            ("began", "later"),
            ("ended", "13:00"),
            ("item-1", ""),
            ("value-1", "quick"),
            ("facts", " "),
            ("photo-words-7", ""),
            ("recognised", ""),
            ("unsafe", "perhaps"),
            ("truthful", ""),
        ] {
            let mut form = filled();
            form.set(field, value);
            assert_eq!(read(&mut form, &items(), &photos(), now()), None, "{field}");
            let named = form.errors().iter().any(|(name, _)| field.starts_with(name.as_str()));
            assert!(named, "{field}: {:?}", form.errors());
        }
        let mut form = filled();
        form.set("unsafe", "yes");
        form.set("unsafe-words", "");
        assert_eq!(read(&mut form, &items(), &photos(), now()), None);
        assert!(form.error_of("unsafe-words").is_some());
    }
}
