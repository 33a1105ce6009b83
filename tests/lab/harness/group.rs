//! A focus group with few places and the people who want them.

use std::sync::Arc;

use chrono::{Datelike as _, TimeDelta, Utc};
use tokio::sync::Barrier;

use super::chance::Chance;
use super::client::Client;
use super::form::Form;
use super::place::Place;
use super::server::Server;
use super::{Outcome, beside, client, ensure, staff};

/// A group that takes sign-ups.
#[derive(Clone)]
pub struct OpenGroup {
    pub slug: String,
    pub capacity: i64,
    form: Form,
}

/// What a person was told: their position on the waiting list, none for a place.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    pub position: Option<i64>,
}

impl OpenGroup {
    /// Plans a group as an officer would and opens it to residents.
    ///
    /// # Errors
    /// When one of the forms is refused.
    pub async fn plan(server: &Server, officer: &mut Client, slug: &str, capacity: i64) -> Outcome<Self> {
        let on = (Utc::now() + TimeDelta::days(30)).date_naive();
        let (day, month, year) = (on.day().to_string(), on.month().to_string(), on.year().to_string());
        let places = capacity.to_string();
        let words = [
            ("capacity", places.as_str()),
            ("slug", slug),
            ("title", slug),
            ("on-day", &day),
            ("on-month", &month),
            ("on-year", &year),
            ("starts", "14:00"),
            ("ends", "15:30"),
        ];
        let path = staff::fill_in(officer, "/staff/focus-groups/new", &words).await?;
        officer.post(&path, &[("step".to_owned(), "open".to_owned())]).await?.expect(303)?;
        let page = client::page(&mut server.visitor(), &format!("/focus-groups/{slug}/sign-up")).await?;
        let form = Form::find(&page.text(), "/sign-up")?.expect(&["key", "name", "email"])?;
        Ok(Self { slug: slug.to_owned(), capacity, form })
    }

    /// Signs one person up under a key of the tester's making.
    ///
    /// # Errors
    /// When they get neither a place nor a position.
    pub async fn sign_up(&self, client: &mut Client, key: &str) -> Outcome<Told> {
        let name = format!("Lab {}", key.get(..12).unwrap_or_default());
        let email = format!("{}@lab.example", key.get(..20).unwrap_or_default());
        let fields = self.form.fill(&[("key", key), ("name", &name), ("email", &email)]);
        client.forget();
        let answer = client.post(&self.form.action, &fields).await?.expect(303)?;
        ensure(answer.location() == format!("/places/{key}"), || format!("led to {}", answer.location()))?;
        let notice = answer.header("set-cookie").unwrap_or_default().to_owned();
        let number = notice.split("number%20").nth(1).and_then(|rest| rest.split('%').next());
        let position = number.and_then(|number| number.parse().ok());
        ensure(position.is_some() || notice.contains("have%20a%20place"), || format!("was told {notice}"))?;
        Ok(Told { position })
    }

    /// Gives a place back, or leaves the waiting list.
    ///
    /// # Errors
    /// When that is refused.
    pub async fn withdraw(client: &mut Client, key: &str) -> Outcome<()> {
        let step = [("step".to_owned(), "withdraw".to_owned())];
        client.post(&format!("/places/{key}"), &step).await?.expect(303)?;
        Ok(())
    }

    /// Lets many people sign up at the same moment, spread over the nodes. Whoever gets a place and is chosen by `leaves` gives it back at once.
    ///
    /// # Errors
    /// When anybody is refused.
    pub async fn crowd(
        &self,
        nodes: &[&Server],
        people: usize,
        chance: &mut Chance,
        leaves: fn(usize) -> bool,
    ) -> Outcome<Vec<Told>> {
        let barrier = Arc::new(Barrier::new(people));
        let mut crowd = Vec::new();
        for number in 0..people {
            let node = nodes.get(number % nodes.len().max(1)).ok_or("no node")?;
            let (mut client, group, key) = (node.visitor(), self.clone(), chance.key());
            let barrier = Arc::clone(&barrier);
            crowd.push(beside(async move {
                client.connect().await?;
                barrier.wait().await;
                let told = group.sign_up(&mut client, &key).await?;
                if told.position.is_none() && leaves(number) {
                    Self::withdraw(&mut client, &key).await?;
                }
                Ok::<Told, super::Fault>(told)
            }));
        }
        let mut told = Vec::new();
        for person in crowd {
            told.push(person.await??);
        }
        Ok(told)
    }

    /// Holds the group as it is stored against what must be true of it: as many places taken as there are, the first come first, nobody lost. Returns how many wait.
    ///
    /// # Errors
    /// What is not true.
    pub async fn check(&self, place: &Place, told: &[Told]) -> Outcome<i64> {
        let look = place.look().await?;
        let of = format!("FROM places JOIN focus_groups USING (focus_group_id) WHERE slug = '{}'", self.slug);
        let count = async |and: &str| look.number(&format!("SELECT COUNT(*) {of} {and}")).await;
        let people = i64::try_from(told.len())?;
        let of_group = async |column: &str| {
            look.number(&format!("SELECT {column} FROM focus_groups WHERE slug = '{}'", self.slug)).await
        };
        let (held, waiting, gone) = (
            count("AND state IN ('booked', 'offered')").await?,
            count("AND state = 'waiting'").await?,
            count("AND state = 'withdrawn'").await?,
        );
        let full = self.capacity.min(people - gone);
        ensure(held == full, || format!("{} places for {people} people: {held} are held", self.capacity))?;
        ensure(waiting == people - gone - full, || {
            format!("{waiting} people wait instead of {}", people - gone - full)
        })?;
        ensure(of_group("taken").await? == held, || "the count of places taken is wrong".to_owned())?;
        ensure(of_group("waiting").await? == waiting, || "the count of people waiting is wrong".to_owned())?;
        let span = look.number(&format!("SELECT COALESCE(MAX(number), 0) {of}")).await?;
        ensure(count("").await? == people && span == people, || {
            format!("{people} signed up, the last is number {span}")
        })?;
        // Nobody overtakes: every place that moved on went to the front of those who wait.
        let overtaken = count(
            "AND state IN ('booked', 'offered') AND number > (SELECT COALESCE(MIN(ahead.number), 999999) FROM places AS ahead \
             WHERE ahead.focus_group_id = places.focus_group_id AND ahead.state = 'waiting')",
        );
        let overtaken = overtaken.await?;
        look.close().await;
        ensure(overtaken == 0, || format!("{overtaken} people were let in before somebody who came earlier"))?;
        let mut positions: Vec<i64> = told.iter().filter_map(|told| told.position).collect();
        positions.sort_unstable();
        if gone == 0 {
            let expected: Vec<i64> = (1..=people - full).collect();
            ensure(positions == expected, || format!("the positions told are {positions:?}"))?;
        }
        Ok(waiting)
    }
}
