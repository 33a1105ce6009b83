//! In which language a home is written to: its own where the list of homes names one, the survey is offered in it, and the
//! program's part of the letter can be said in it; otherwise English, with a line for every language the survey is offered in.

use crate::clock;
use crate::db::{self, Tx};
use crate::residents::Household;
use crate::surveys::spoken::{self, Spoken};
use crate::surveys::survey::{Asked, Survey};
use crate::ui::spoken::{Language, language, phrases};

/// A survey in every language in which homes are written to.
pub struct Languages {
    /// English first.
    all: Vec<Spoken>,
    /// What else people may choose, in the order in which it is offered.
    offered: Vec<&'static Language>,
}

impl Languages {
    /// The survey in English and in each language that it is offered in.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn load(tx: &mut Tx, asked: &Asked) -> Result<Self, db::Error> {
        let english = spoken::load(tx, asked.clone(), None).await?.unwrap_or_else(|| Spoken::english(asked.clone()));
        let offered = english.offered.clone();
        let mut all = vec![english];
        for language in &offered {
            let spoken = spoken::load(tx, asked.clone(), Some(language.code)).await?;
            all.extend(spoken.filter(|spoken| phrases::of_letters().all(|words| !spoken.tongue.say(words).is_english)));
        }
        Ok(Self { all, offered })
    }

    /// The survey in English alone.
    #[cfg(test)]
    #[must_use]
    pub fn english(asked: Asked) -> Self {
        Self { all: vec![Spoken::english(asked)], offered: Vec::new() }
    }

    /// As a home reads it; none where there is not even English, which is always there.
    #[must_use]
    pub fn of(&self, home: &Household) -> Option<&Spoken> {
        let own = language::named(&home.language);
        let is_own = |spoken: &&Spoken| own.is_some_and(|own| *spoken.tongue.language() == *own);
        self.all.iter().find(is_own).or_else(|| self.all.first())
    }

    /// What else the survey can be read in, beside the language of what is said: that of the home first.
    pub fn others(&self, spoken: &Spoken, home: &Household) -> Vec<&'static Language> {
        let own = language::named(&home.language);
        let mut others: Vec<&'static Language> =
            self.offered.iter().copied().filter(|one| *one != spoken.tongue.language()).collect();
        others.sort_by_key(|one| Some(*one) != own);
        if !spoken.tongue.is_plain_english() {
            others.insert(0, &language::ENGLISH);
        }
        others
    }
}

/// The address of a personal link in the language of what is said.
#[must_use]
pub fn link_in(link: &str, language: &Language) -> String {
    if *language == language::ENGLISH { link.to_owned() } else { format!("{link}{}{}", spoken::MARK, language.code) }
}

/// Until when a survey is open, in its language.
#[must_use]
pub fn until(survey: &Survey, spoken: &Spoken) -> String {
    if spoken.tongue.is_plain_english() {
        return clock::day_and_time(survey.closes_at);
    }
    spoken.tongue.say(&format!("{} (UK time)", clock::time_on_day(survey.closes_at))).words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::App;
    use crate::db_test;
    use crate::mail;
    use crate::questionnaires::translations::Texts;
    use crate::questionnaires::translations::store::{self, Kept};
    use crate::residents::Way;
    use crate::residents::store::households;
    use crate::surveys::page_words;
    use crate::surveys::pages::tests::{open, three_questions};
    use crate::surveys::sample::draw::draw;
    use crate::surveys::sample::store::samples;
    use crate::surveys::sample::testing::{EVERYBODY, SENDER, homes};
    use crate::surveys::sample::{export, mailing};
    use crate::surveys::survey::Access;
    use crate::testing::{Browser, app_on, run_jobs};

    /// Every text of a survey in brackets, offered in a language; all of them or all but one.
    async fn translate(app: &App, asked: &Asked, code: &str, is_whole: bool) {
        let mut texts = Texts::default();
        for line in spoken::lines(asked).iter().skip(usize::from(!is_whole)) {
            texts.put(line, &format!("‹{}›", line.source));
        }
        let kept = Kept { texts, offered: true, ..Kept::nothing(language::find(code).unwrap()) };
        let mut tx = app.db.write().await.unwrap();
        assert!(store::save(&mut tx, asked.version.id, &kept).await.unwrap());
        tx.commit().await.unwrap();
    }

    async fn in_language(app: &App, languages: &[&str]) {
        let mut tx = app.db.write().await.unwrap();
        for (home, language) in households::list(&mut tx).await.unwrap().into_iter().zip(languages) {
            households::update(&mut tx, &Household { language: (*language).to_owned(), ..home }).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    db_test!(a_home_is_written_to_in_its_language_where_the_survey_is_complete_in_it, db => {
        let app = app_on(db);
        homes(&app, 6, Some(Way::Email)).await;
        in_language(&app, &["Welsh", "", "cymraeg", "Polish", "Klingon", "Urdu"]).await;
        let asked = open(&app, Access::Personal, &three_questions()).await;
        translate(&app, &asked, "cy", true).await;
        // Nobody may choose Polish: a text is missing. Urdu is whole, but nobody has said the letter in it.
        translate(&app, &asked, "pl", false).await;
        translate(&app, &asked, "ur", true).await;
        let mut words = Texts::default();
        for line in page_words::lines().iter().filter(|line| phrases::of_letters().all(|words| words != line.source)) {
            words.put(line, &format!("«{}»", line.source));
        }
        let mut tx = app.db.write().await.unwrap();
        assert!(store::save_phrases(&mut tx, language::find("ur").unwrap(), &words, 0).await.unwrap());
        draw(&mut tx, &asked.survey, &EVERYBODY, "seed", app.clock.now()).await.unwrap();
        mailing::order(&mut tx, &asked.survey, 0, app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        run_jobs(&app).await;
        let all = mail::store::list(&mut app.db.read().await.unwrap(), 99).await.unwrap();
        let to = |at: usize| all.iter().find(|letter| letter.recipient == format!("person{at}@home.example")).unwrap();
        for welsh in [0, 2] {
            assert_eq!(to(welsh).subject, "‹Repairs and you›: 5 munud o’ch amser");
            assert!(to(welsh).body.contains(".cy\nEnglish: ") && !to(welsh).body.contains("It takes"), "{}", to(welsh).body);
        }
        for english in [1, 3, 4, 5] {
            assert_eq!(to(english).subject, "Repairs and you: 5 minutes of your time", "{english}");
            assert!(to(english).body.contains("\nCymraeg: ") && !to(english).body.contains("Polski"));
        }
        // The home's own language is the first that an English letter names.
        let (urdu, welsh) = (to(5).body.find("اردو: ").unwrap(), to(5).body.find("Cymraeg: ").unwrap());
        assert!(urdu < welsh);
        // The link leads to the survey in the language.
        let path = to(0).body.split("Atebwch yma: ").nth(1).unwrap().split('\n').next().unwrap().to_owned();
        let path = path.strip_prefix(&app.config.base_url).unwrap();
        Browser::new(&app).get(path).await.expect(200).holds("‹Repairs and you›").holds("lang=\"cy\"");
    });

    db_test!(texts_and_letters_are_in_the_language_of_the_home_too, db => {
        let app = app_on(db);
        homes(&app, 4, None).await;
        in_language(&app, &["Welsh"; 4]).await;
        let asked = open(&app, Access::Personal, &three_questions()).await;
        translate(&app, &asked, "cy", true).await;
        let mut tx = app.db.write().await.unwrap();
        draw(&mut tx, &asked.survey, &EVERYBODY, "seed", app.clock.now()).await.unwrap();
        let sample = samples::find(&mut tx, asked.survey.id).await.unwrap().unwrap();
        let languages = Languages::load(&mut tx, &asked).await.unwrap();
        let of = (&asked.survey, &sample, &languages);
        let texts = export::make(&mut tx, &app.random, of, SENDER, Way::Text, export::EVERY, app.clock.now()).await.unwrap().0;
        let file = String::from_utf8(export::texts(&languages, SENDER, &texts)).unwrap();
        assert!(file.contains(".cy,Welsh") && file.contains("arolwg ar gyfer eich cartref"), "{file}");
        let letters = export::make(&mut tx, &app.random, of, SENDER, Way::Post, export::EVERY, app.clock.now()).await.unwrap().0;
        let file = String::from_utf8(export::letters(&languages, SENDER, &letters)).unwrap();
        assert!(file.contains("Welsh,Welsh,‹Repairs and you›") && file.contains("Tachwedd 2026"), "{file}");
        tx.commit().await.unwrap();
    });
}
