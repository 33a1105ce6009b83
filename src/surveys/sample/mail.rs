//! What homes of a sample read: the e-mail with its link, its reminder, the text message, the letter.

use crate::mail::Letter;
use crate::surveys::sample::languages;
use crate::surveys::spoken::Spoken;
use crate::ui::spoken::Language;

/// Who writes, and where links lead.
#[derive(Clone, Copy)]
pub struct Sender<'a> {
    /// The landlord's name.
    pub landlord: &'a str,
    /// The product's own address.
    pub base_url: &'a str,
}

impl Sender<'_> {
    /// The address of a personal link.
    #[must_use]
    pub fn link(&self, token: &str) -> String {
        format!("{}/s/{token}", self.base_url.trim_end_matches('/'))
    }

    /// Where codes are typed, as people type an address.
    #[must_use]
    pub fn typed_at(&self) -> String {
        let bare = self.base_url.trim_end_matches('/');
        let bare = bare.strip_prefix("https://").or_else(|| bare.strip_prefix("http://")).unwrap_or(bare);
        format!("{bare}/s")
    }
}

/// A phrase that names the minutes, for one or for several, in the language of the survey.
fn with_minutes(spoken: &Spoken, [one, several]: [&str; 2], fills: &[(&str, &str)]) -> String {
    let minutes = spoken.survey.minutes.to_string();
    let pattern = if spoken.survey.minutes == 1 { one } else { several };
    spoken.tongue.fill(pattern, &[fills, &[("n", minutes.as_str())]].concat()).words
}

/// How long it takes and until when it is open.
#[must_use]
pub fn how_long(spoken: &Spoken) -> String {
    let both = [
        "It takes about 1 minute and is open until {moment}.",
        "It takes about {n} minutes and is open until {moment}.",
    ];
    let moment = languages::until(&spoken.survey, spoken);
    with_minutes(spoken, both, &[("moment", moment.as_str())])
}

/// The e-mail to a home in the language of `spoken`: the first, or a reminder. There is one link to answer, one for each of
/// the other languages, and one to hear no more.
#[must_use]
pub fn letter(
    spoken: &Spoken,
    others: &[&'static Language],
    sender: Sender<'_>,
    (to, token): (&str, &str),
    is_reminder: bool,
) -> Letter {
    let (link, title) = (sender.link(token), spoken.survey.title.as_str());
    let say = |pattern: &str, fills: &[(&str, &str)]| spoken.tongue.fill(pattern, fills).words;
    let why = if is_reminder {
        "We wrote to you before: {landlord} would still like to hear how its services are for you."
    } else {
        "You are getting this because your home was drawn from all homes of {landlord} to say how its services are."
    };
    let own = languages::link_in(&link, spoken.tongue.language());
    let answer = say("Answer here: {link}", &[("link", own.as_str())]);
    let stop = format!("{link}/stop");
    let others: Vec<String> =
        others.iter().map(|other| format!("\n{}: {}", other.name, languages::link_in(&link, other))).collect();
    let body = [
        say(why, &[("landlord", sender.landlord)]),
        title.to_owned(),
        spoken.survey.introduction.clone(),
        how_long(spoken),
        format!("{answer}{}", others.concat()),
        say(THE_LINK, &[]),
        say("If somebody in your home has answered in another way, you need do nothing.", &[]),
        say("To hear no more about this survey: {link}", &[("link", stop.as_str())]),
    ];
    let subject = if is_reminder {
        say("Reminder: {title}", &[("title", title)])
    } else {
        let both = ["{title}: 1 minute of your time", "{title}: {n} minutes of your time"];
        with_minutes(spoken, both, &[("title", title)])
    };
    Letter { to: to.to_owned(), subject, body: body.join("\n\n") + "\n", attachment: None }
}

/// What a link is.
const THE_LINK: &str = "The link is for your home and works once, for whoever of you answers. We see that your home answered, so that each is counted once. Your answers are kept apart from that: staff are not shown who said what.";

/// The longest text that a phone takes as one message. Source: GSM 03.38, seven bits a letter; letters that it has not are
/// sent in sixteen, of which fewer fit.
pub const ONE_MESSAGE: usize = 160;
const ONE_MESSAGE_OF_OTHER_LETTERS: usize = 70;

/// The text message with its link, as one message where the link leaves room for that.
#[must_use]
pub fn text(spoken: &Spoken, sender: Sender<'_>, link: &str) -> String {
    let fills = [("landlord", sender.landlord), ("title", spoken.survey.title.as_str()), ("link", link)];
    let say = |pattern: &str| spoken.tongue.fill(pattern, &fills).words;
    let both = ["{landlord}: {title}, 1 minute. {link}", "{landlord}: {title}, {n} minutes. {link}"];
    let said = [
        with_minutes(spoken, both, &fills),
        format!("{}: {}. {link}", sender.landlord, spoken.survey.title),
        say("{landlord}: a survey for your home. {link}"),
    ];
    let fits = |words: &String| {
        let most = if words.is_ascii() { ONE_MESSAGE } else { ONE_MESSAGE_OF_OTHER_LETTERS };
        words.chars().count() <= most
    };
    said.into_iter().find(fits).unwrap_or_else(|| say("A survey for your home: {link}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::questionnaire::Questionnaire;
    use crate::questionnaires::version::Version;
    use crate::surveys::survey::tests::november;
    use crate::surveys::survey::{Asked, Survey};
    use crate::ui::spoken::{Tongue, language};

    const SENDER: Sender<'_> = Sender { landlord: "Harbour Homes", base_url: "https://d.example/" };

    fn english(survey: Survey) -> Spoken {
        let version = Version { id: 1, revision: 1, locked_at: None, questionnaire: Questionnaire::default() };
        Spoken::english(Asked { survey, version })
    }

    #[test]
    fn a_letter_says_why_it_came_and_how_to_hear_no_more() {
        let spoken = english(november());
        let first = letter(&spoken, &[], SENDER, ("a@b.example", "tok"), false);
        assert!(first.body.starts_with("You are getting this because your home was drawn"), "{}", first.body);
        assert_eq!(first.body.matches("https://d.example/s/tok\n").count(), 1);
        assert!(first.body.contains("https://d.example/s/tok/stop"));
        assert!(first.body.contains("It takes about 5 minutes and is open until 30 November 2026, 11:59pm."));
        let again = letter(&spoken, &[], SENDER, ("a@b.example", "tok"), true);
        assert!(again.body.starts_with("We wrote to you before") && again.subject == "Reminder: Repairs and you");
    }

    #[test]
    fn a_letter_is_whole_in_another_language_and_leads_to_it() {
        let welsh = language::find("cy").unwrap();
        let mut spoken = english(Survey { title: "Atgyweirio".to_owned(), ..november() });
        spoken.tongue = Tongue::new(welsh, []);
        let first = letter(&spoken, &[&language::ENGLISH], SENDER, ("a@b.example", "tok"), false);
        assert_eq!(first.subject, "Atgyweirio: 5 munud o’ch amser");
        assert!(
            first.body.contains("Atebwch yma: https://d.example/s/tok.cy\nEnglish: https://d.example/s/tok\n"),
            "{}",
            first.body
        );
        assert!(first.body.contains("30 Tachwedd 2026") && first.body.contains("https://d.example/s/tok/stop"));
        assert!(!["You are", "It takes", "November", "If somebody"].iter().any(|words| first.body.contains(words)));
        // In English it names the languages there are.
        let plain = letter(&english(november()), &[welsh], SENDER, ("a@b.example", "tok"), false);
        assert!(plain.body.contains("\nCymraeg: https://d.example/s/tok.cy\n"), "{}", plain.body);
        let message = text(&spoken, SENDER, "https://d.example/s/tok.cy");
        assert_eq!(message, "Harbour Homes: Atgyweirio, 5 munud. https://d.example/s/tok.cy");
    }

    #[test]
    fn a_text_is_one_message_with_a_whole_link() {
        let link = SENDER.link(&"a1".repeat(32));
        let short = text(&english(november()), SENDER, &link);
        assert_eq!(short, format!("Harbour Homes: Repairs and you, 5 minutes. {link}"));
        let long = english(Survey { title: "long ".repeat(40), ..november() });
        for words in [short, text(&long, SENDER, &link)] {
            assert!(words.chars().count() <= ONE_MESSAGE && words.ends_with(&link), "{words}");
        }
        assert_eq!(SENDER.typed_at(), "d.example/s");
    }
}
