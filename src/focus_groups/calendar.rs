//! A session as a calendar file (iCalendar), to go with a confirmation.

use icalendar::{Calendar, Component as _, Event, EventLike as _, EventStatus, Property};

use super::Group;
use crate::app::App;
use crate::settings::Landlord;

/// The file's name, media type and content. A later revision of the same session replaces the earlier one in the person's calendar; a cancelled one takes it out.
#[must_use]
pub fn file(app: &App, landlord: &Landlord, group: &Group) -> (String, String, String) {
    let base = app.config.base_url.trim_end_matches('/');
    let mut event = Event::new();
    event
        .uid(&format!("focus-group-{}@{}", group.id, app.config.host()))
        .timestamp(app.clock.now())
        .sequence(u32::try_from(group.revision).unwrap_or(0))
        .summary(&group.title)
        .description(&format!("Focus group of {}. {}", landlord.name, group.purpose))
        .location(&group.place.replace('\n', ", "))
        .url(&format!("{base}/focus-groups/{}", group.slug))
        .starts(group.starts_at)
        .ends(group.ends_at)
        .status(if group.cancelled_at.is_some() { EventStatus::Cancelled } else { EventStatus::Confirmed });
    let method = if group.cancelled_at.is_some() { "CANCEL" } else { "PUBLISH" };
    let mut calendar = Calendar::new();
    calendar.append_property(Property::new("METHOD", method));
    calendar.push(event.done());
    ("focus-group.ics".into(), format!("text/calendar; charset=utf-8; method={method}"), calendar.done().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::focus_groups::testing::opened;
    use crate::testing::app;

    #[tokio::test]
    async fn a_calendar_file_holds_time_place_and_revision() {
        let app = app().await;
        let id = opened(&app, 3).await;
        let mut tx = app.db.read().await.unwrap();
        let mut group = crate::focus_groups::find_by_id(&mut tx, id).await.unwrap().unwrap();
        let (name, kind, text) = file(&app, &Landlord::default(), &group);
        assert_eq!(name, "focus-group.ics");
        assert!(kind.starts_with("text/calendar") && kind.ends_with("method=PUBLISH"));
        for line in [
            "BEGIN:VCALENDAR",
            "METHOD:PUBLISH",
            "DTSTART:20261210T140000Z",
            "DTEND:20261210T153000Z",
            "SEQUENCE:0",
            "STATUS:CONFIRMED",
            "DTSTAMP:20261116T120000Z",
        ] {
            assert!(text.contains(line), "no {line} in {text}");
        }
        assert!(text.lines().all(|line| line.len() <= 75), "{text}");
        group.cancelled_at = Some(app.clock.now());
        group.revision = 1;
        let (_, _, text) = file(&app, &Landlord::default(), &group);
        assert!(text.contains("METHOD:CANCEL") && text.contains("STATUS:CANCELLED") && text.contains("SEQUENCE:1"));
    }
}
