//! The letter that carries a personal link.

use crate::clock;
use crate::mail::Letter;
use crate::surveys::invite::Sender;
use crate::surveys::sample::languages::link_in;
use crate::surveys::survey::Survey;

/// Invites one person. The first line says why they got it; there is one link, and the same in each language of the survey,
/// since nothing is known of the language of a pasted address.
#[must_use]
pub fn invitation(survey: &Survey, sender: Sender<'_>, to: &str, token: &str) -> Letter {
    let link = format!("{}/s/{token}", sender.base_url.trim_end_matches('/'));
    let others = sender.languages.iter().map(|other| format!("\n{}: {}", other.name, link_in(&link, other)));
    let others: String = others.collect();
    let minutes = if survey.minutes == 1 { "1 minute".to_owned() } else { format!("{} minutes", survey.minutes) };
    let body = format!(
        "You are getting this because {landlord} would like to hear how its services are for you.\n\n\
        {title}\n\n{introduction}\n\n\
        It takes about {minutes} and is open until {closes}.\n\n\
        Answer here: {link}{others}\n\n\
        The link is for you alone and works once. We use it only to see that each person answers \
        once: your answers are kept apart from your address, so staff are not shown who said what.\n\n\
        If you would rather not answer, you need do nothing.\n",
        title = survey.title,
        introduction = survey.introduction,
        closes = clock::day_and_time(survey.closes_at),
        landlord = sender.landlord,
    );
    Letter { to: to.to_owned(), subject: format!("{}: {minutes} of your time", survey.title), body, attachment: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surveys::survey::tests::november;

    #[test]
    fn an_invitation_has_one_link_and_says_why_it_came() {
        let sender = Sender { landlord: "Harbour Homes", base_url: "https://d.example/", languages: &[] };
        let letter = invitation(&november(), sender, "a@b.example", "tok");
        assert!(letter.body.starts_with("You are getting this because Harbour Homes"));
        assert_eq!(letter.body.matches("https://d.example/s/tok").count(), 1);
        assert!(letter.body.contains("30 November 2026, 11:59pm"));
    }

    #[test]
    fn an_invitation_leads_to_every_language_of_the_survey() {
        let welsh = crate::ui::spoken::language::find("cy").unwrap();
        let sender = Sender { landlord: "Harbour Homes", base_url: "https://d.example", languages: &[welsh] };
        let body = invitation(&november(), sender, "a@b.example", "tok").body;
        assert!(
            body.contains("Answer here: https://d.example/s/tok\nCymraeg: https://d.example/s/tok.cy\n\n"),
            "{body}"
        );
    }
}
