//! The letters about a place. Each says first why the person gets it, and has one private link at most. People without an e-mail address are phoned; staff see who.

use chrono::{DateTime, Utc};

use super::place::{Need, NeedState, Place, State};
use super::store::places;
use super::{Group, calendar, links};
use crate::app::App;
use crate::clock;
use crate::db::{self, Tx};
use crate::mail::{self, Letter};
use crate::settings::Landlord;

/// What every letter about a place shares: who writes, to whom, about what.
pub(super) struct Envelope<'a> {
    pub app: &'a App,
    pub landlord: &'a Landlord,
    pub group: &'a Group,
    pub place: &'a Place,
}

/// What one letter says, before greeting, link and signature are put around it.
struct Words {
    /// The subject, before the group's title.
    about: String,
    /// Why the person gets it.
    why: String,
    says: String,
    link: Link,
    with_calendar: bool,
}

/// The private link of a letter, and what it is for.
enum Link {
    None,
    /// A new one.
    New(&'static str),
    /// The one of the page that the person sees.
    To(String, &'static str),
}

const CHANGE: &str = "See your place, or tell us you cannot come:";

impl Envelope<'_> {
    /// To somebody who signed up. The link is the one of the page they see.
    pub(super) async fn signed_up(&self, tx: &mut Tx, needs: &[Need], token: &str) -> Result<(), db::Error> {
        let has_place = self.place.state == State::Booked;
        let waiting = self.group.waiting;
        let (about, standing) = if has_place {
            ("You have a place".to_owned(), "You have a place.".to_owned())
        } else {
            (
                format!("You are number {waiting} on the waiting list"),
                format!(
                    "Every place is taken. You are number {waiting} on the waiting list. If a place becomes free for you, we write to you at once and hold it for 48 hours, or until 24 hours before the start if that is earlier."
                ),
            )
        };
        let words = Words {
            about,
            why: format!("you signed up for our focus group “{}”.", self.group.title),
            says: format!("{standing}\n\n{}{}", self.when_and_where(), self.asked_for(needs)),
            link: Link::To(links::address(self.app, token), CHANGE),
            with_calendar: has_place,
        };
        self.send(tx, words).await
    }

    /// To the next person on the waiting list.
    pub(super) async fn offered(&self, tx: &mut Tx, until: DateTime<Utc>) -> Result<(), db::Error> {
        let until = clock::day_and_time(until);
        let words = Words {
            about: "A place is free for you".into(),
            why: format!("you are on the waiting list for our focus group “{}”.", self.group.title),
            says: format!(
                "A place is free for you. We hold it until {until} (UK time). After that it goes to the next person.\n\n{}",
                self.when_and_where()
            ),
            link: Link::New("Take the place, or let it go to the next person:"),
            with_calendar: false,
        };
        self.send(tx, words).await
    }

    /// To somebody who took an offered place, or was given one by staff.
    pub(super) async fn confirmed(&self, tx: &mut Tx, needs: &[Need]) -> Result<(), db::Error> {
        let words = Words {
            about: "You have a place".into(),
            why: format!("you took a place in our focus group “{}”.", self.group.title),
            says: format!("The place is yours.\n\n{}{}", self.when_and_where(), self.asked_for(needs)),
            link: Link::New(CHANGE),
            with_calendar: true,
        };
        self.send(tx, words).await
    }

    /// To somebody who withdrew, or was withdrawn by staff at their wish. The place is as it was before.
    pub(super) async fn withdrawn(&self, tx: &mut Tx) -> Result<(), db::Error> {
        let (about, told, says) = match self.place.state {
            State::Waiting => (
                "You are off the waiting list",
                "you asked us to take you off the waiting list for our focus group",
                "You are no longer on the waiting list. Thank you for telling us.",
            ),
            State::Offered => (
                "You let the place go",
                "you told us that you will not take the place we offered you in our focus group",
                "You are no longer on the list. Thank you for telling us: the place can go to somebody else.",
            ),
            _ => (
                "You have withdrawn",
                "you told us that you cannot come to our focus group",
                "You are no longer on the list. Thank you for telling us: your place can go to somebody else.",
            ),
        };
        let words = Words {
            about: about.into(),
            why: format!("{told} {}.", self.title_and_start()),
            says: says.into(),
            link: Link::None,
            with_calendar: false,
        };
        self.send(tx, words).await
    }

    /// To somebody whose offer ran out.
    pub(super) async fn lapsed(&self, tx: &mut Tx) -> Result<(), db::Error> {
        let page = format!("{}/focus-groups/{}", self.app.config.base_url.trim_end_matches('/'), self.group.slug);
        let words = Words {
            about: "Your offer has run out".into(),
            why: format!(
                "we offered you a place in our focus group “{}” and did not hear from you in time.",
                self.group.title
            ),
            says: format!(
                "The place has gone to the next person, and you are no longer on the list. If you still want to come, sign up again:\n{page}"
            ),
            link: Link::None,
            with_calendar: false,
        };
        self.send(tx, words).await
    }

    /// To everybody on the list when time or place changed.
    pub(super) async fn moved(&self, tx: &mut Tx) -> Result<(), db::Error> {
        let stands = match (self.place.state, self.place.offer_until) {
            (State::Booked, _) => "Your place is safe. If you cannot come at the new time, please tell us.".into(),
            (State::Lapsed, _) => "We can no longer hold the place that we offered you, because the group now starts within 24 hours. If you can come, please phone us: there may still be room.".into(),
            (_, Some(until)) => {
                format!("The place offered to you is held until {} (UK time).", clock::day_and_time(until))
            }
            _ => "You keep your position on the waiting list.".into(),
        };
        let words = Words {
            about: "New time or place".into(),
            why: format!("you signed up for our focus group “{}”. The time or place has changed.", self.group.title),
            says: format!("{}\n\n{stands}", self.when_and_where()),
            link: Link::New(CHANGE),
            with_calendar: self.place.state == State::Booked,
        };
        self.send(tx, words).await
    }

    /// To everybody on the list when the group will not take place.
    pub(super) async fn cancelled(&self, tx: &mut Tx) -> Result<(), db::Error> {
        let words = Words {
            about: "Cancelled".into(),
            why: format!(
                "you signed up for our focus group {}. It will not take place, and we are sorry.",
                self.title_and_start()
            ),
            says: format!("The reason: {}", self.group.cancel_reason),
            link: Link::None,
            with_calendar: self.place.state == State::Booked,
        };
        self.send(tx, words).await
    }

    /// To somebody for whom staff arranged support, or could not.
    pub(super) async fn support(&self, tx: &mut Tx, needs: &[Need]) -> Result<(), db::Error> {
        let words = Words {
            about: "What we have arranged for you".into(),
            why: format!("you told us what you need to take part in our focus group {}.", self.title_and_start()),
            says: self.asked_for(needs).trim_start().to_owned(),
            link: Link::New(CHANGE),
            with_calendar: false,
        };
        self.send(tx, words).await
    }

    /// To somebody who signed up again although they are on the list.
    pub(super) async fn link_again(&self, tx: &mut Tx) -> Result<(), db::Error> {
        let words = Words {
            about: "You are on the list already".into(),
            why: format!(
                "somebody signed up for our focus group “{}” with your name and address, and you are on the list already.",
                self.group.title
            ),
            says: "Nothing has changed.".into(),
            link: Link::New("See where you stand, or tell us you cannot come:"),
            with_calendar: false,
        };
        self.send(tx, words).await
    }

    async fn send(&self, tx: &mut Tx, words: Words) -> Result<(), db::Error> {
        let Self { app, landlord, group, place } = self;
        let Some(email) = place.email.clone() else { return Ok(()) };
        let link = match words.link {
            Link::None => String::new(),
            Link::New(what) => format!("\n{what}\n{}\n", links::make(app, tx, place.id).await?),
            Link::To(address, what) => format!("\n{what}\n{address}\n"),
        };
        let phone = if landlord.phone.is_empty() {
            String::new()
        } else {
            format!("\nQuestions? Phone {} and give the reference {}.\n", landlord.phone, place.reference)
        };
        let (name, why, says) = (&place.name, words.why, words.says);
        let letter = Letter {
            to: email,
            subject: format!("{}: {}", words.about, group.title),
            body: format!("Hello {name}\n\nYou get this because {why}\n\n{says}\n{link}{phone}\n{}\n", landlord.name),
            attachment: words.with_calendar.then(|| calendar::file(app, landlord, group)),
        };
        let posted = mail::post(tx, app.clock.now(), &letter).await?;
        places::insert_letter(tx, place.id, posted).await
    }

    /// The group's title with its start, to stand in a sentence.
    fn title_and_start(&self) -> String {
        format!("“{}” on {}", self.group.title, clock::day_and_time(self.group.starts_at))
    }

    /// When and where, as two lines.
    fn when_and_where(&self) -> String {
        format!("When: {}\nWhere: {}", self.group.when(), self.group.place.replace('\n', ", "))
    }

    /// What the person asked for and what becomes of it, with their own words; nothing when they need nothing.
    fn asked_for(&self, needs: &[Need]) -> String {
        let lines: Vec<String> = needs.iter().map(|need| format!("- {}", became(need, self.place))).collect();
        let needed = if lines.is_empty() {
            String::new()
        } else {
            format!("\n\nWhat you need to take part:\n{}", lines.join("\n"))
        };
        let wishes = &self.place.wishes;
        if wishes.is_empty() { needed } else { format!("{needed}\n\nYou also told us:\n{wishes}") }
    }
}

/// A need and what becomes of it, on one line.
fn became(need: &Need, place: &Place) -> String {
    let what = need.kind.short();
    match (need.state, need.answer.is_empty()) {
        (NeedState::Requested, _) if place.state == State::Booked => {
            format!("{what}: we are arranging this and will write to you")
        }
        (NeedState::Requested, _) => format!("{what}: we will arrange this if you get a place"),
        (state, true) => format!("{what}: {}", state.label().to_lowercase()),
        (state, false) => format!("{what}: {}. {}", state.label().to_lowercase(), need.answer),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::focus_groups::place::NeedKind;
    use crate::focus_groups::sign_up::{Person, sign_up};
    use crate::focus_groups::testing::{self, opened, person};
    use crate::focus_groups::withdraw::withdraw;
    use crate::testing::app_on;

    db_test!(support_is_arranged_for_a_place_and_promised_for_a_wait_and_ones_own_words_come_back, db => {
        let app = app_on(db);
        let group = opened(&app, 1).await;
        for name in ["Ann", "Bob"] {
            let mut tx = app.db.write().await.unwrap();
            let one = Person { needs: vec![NeedKind::Transport], wishes: "A seat by the door".into(), ..person(name) };
            sign_up(&app, &Landlord::default(), &mut tx, group, "", &one).await.unwrap();
            tx.commit().await.unwrap();
        }
        let letters = testing::letters(&app).await;
        assert!(letters[0].body.starts_with("Hello Ann\n\nYou get this because you signed up"), "{}", letters[0].body);
        assert!(letters[0].body.contains("- Transport: we are arranging this and will write to you"));
        assert!(letters[1].body.contains("- Transport: we will arrange this if you get a place"));
        assert!(letters[1].body.contains("You also told us:\nA seat by the door\n"));
    });

    db_test!(whoever_leaves_reads_what_they_left, db => {
        let app = app_on(db);
        let group = opened(&app, 1).await;
        let mut ids = Vec::new();
        for name in ["Ann", "Bob", "Cy"] {
            ids.push(testing::sign_up(&app, group, name).await.place_id);
        }
        // Bob waits; Ann has the place, which is then offered to Cy.
        for id in [ids[1], ids[0], ids[2]] {
            let mut tx = app.db.write().await.unwrap();
            withdraw(&app, &Landlord::default(), &mut tx, id, true).await.unwrap();
            tx.commit().await.unwrap();
        }
        let letters = testing::letters(&app).await;
        for (to, about, says) in [
            ("bob", "You are off the waiting list: ", "You are no longer on the waiting list."),
            ("ann", "You have withdrawn: ", "your place can go to somebody else."),
            ("cy", "You let the place go: ", "the place can go to somebody else."),
        ] {
            let last = letters.iter().rfind(|letter| letter.recipient.starts_with(to)).unwrap();
            assert!(last.subject.starts_with(about), "{}", last.subject);
            assert!(last.body.contains(says), "{}", last.body);
        }
    });
}
