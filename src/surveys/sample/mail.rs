//! What homes of a sample read: the e-mail with its link, its reminder, the text message, the letter.

use crate::clock;
use crate::mail::Letter;
use crate::surveys::survey::Survey;

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

/// "5 minutes".
#[must_use]
pub fn minutes(survey: &Survey) -> String {
    if survey.minutes == 1 { "1 minute".to_owned() } else { format!("{} minutes", survey.minutes) }
}

/// The e-mail to a home: the first, or a reminder. There is one link to answer and one to hear no more.
#[must_use]
pub fn letter(survey: &Survey, sender: Sender<'_>, to: &str, token: &str, is_reminder: bool) -> Letter {
    let (landlord, minutes, link) = (sender.landlord, minutes(survey), sender.link(token));
    let why = if is_reminder {
        format!("We wrote to you before: {landlord} would still like to hear how its services are for you.")
    } else {
        format!(
            "You are getting this because your home was drawn from all homes of {landlord} to say how its services are."
        )
    };
    let body = format!(
        "{why}\n\n{title}\n\n{introduction}\n\n\
        It takes about {minutes} and is open until {closes}.\n\n\
        Answer here: {link}\n\n\
        The link is for your home and works once, for whoever of you answers. We see that your home answered, so that \
        each is counted once. Your answers are kept apart from that: staff are not shown who said what.\n\n\
        If somebody in your home has answered in another way, you need do nothing.\n\n\
        To hear no more about this survey: {link}/stop\n",
        title = survey.title,
        introduction = survey.introduction,
        closes = clock::day_and_time(survey.closes_at),
    );
    let subject = if is_reminder {
        format!("Reminder: {}", survey.title)
    } else {
        format!("{}: {minutes} of your time", survey.title)
    };
    Letter { to: to.to_owned(), subject, body, attachment: None }
}

/// The longest text that a phone takes as one message. Source: GSM 03.38, seven bits a letter.
pub const ONE_MESSAGE: usize = 160;

/// The text message with its link, as one message where the link leaves room for that.
#[must_use]
pub fn text(survey: &Survey, sender: Sender<'_>, link: &str) -> String {
    let said = [
        format!("{}: {}, {}. {link}", sender.landlord, survey.title, minutes(survey)),
        format!("{}: {}. {link}", sender.landlord, survey.title),
        format!("{}: a survey for your home. {link}", sender.landlord),
    ];
    let shortest = format!("A survey for your home: {link}");
    said.into_iter().find(|words| words.chars().count() <= ONE_MESSAGE).unwrap_or(shortest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surveys::survey::tests::november;

    const SENDER: Sender<'_> = Sender { landlord: "Harbour Homes", base_url: "https://d.example/" };

    #[test]
    fn a_letter_says_why_it_came_and_how_to_hear_no_more() {
        let first = letter(&november(), SENDER, "a@b.example", "tok", false);
        assert!(first.body.starts_with("You are getting this because your home was drawn"), "{}", first.body);
        assert_eq!(first.body.matches("https://d.example/s/tok\n").count(), 1);
        assert!(first.body.contains("https://d.example/s/tok/stop"));
        let again = letter(&november(), SENDER, "a@b.example", "tok", true);
        assert!(again.body.starts_with("We wrote to you before") && again.subject == "Reminder: Repairs and you");
    }

    #[test]
    fn a_text_is_one_message_with_a_whole_link() {
        let link = SENDER.link(&"a1".repeat(32));
        let short = text(&november(), SENDER, &link);
        assert_eq!(short, format!("Harbour Homes: Repairs and you, 5 minutes. {link}"));
        let survey = crate::surveys::survey::Survey { title: "long ".repeat(40), ..november() };
        for words in [short, text(&survey, SENDER, &link)] {
            assert!(words.chars().count() <= ONE_MESSAGE && words.ends_with(&link), "{words}");
        }
        assert_eq!(SENDER.typed_at(), "d.example/s");
    }
}
