//! The letter that carries a personal link.

use crate::clock;
use crate::mail::Letter;
use crate::surveys::survey::Survey;

/// Invites one person. The first line says why they got it; there is one link.
#[must_use]
pub fn invitation(survey: &Survey, landlord: &str, base_url: &str, to: &str, token: &str) -> Letter {
    let minutes = if survey.minutes == 1 { "1 minute".to_owned() } else { format!("{} minutes", survey.minutes) };
    let body = format!(
        "You are getting this because {landlord} would like to hear how its services are for you.\n\n\
        {title}\n\n{introduction}\n\n\
        It takes about {minutes} and is open until {closes}.\n\n\
        Answer here: {base_url}/s/{token}\n\n\
        The link is for you alone and works once. We use it only to see that each person answers \
        once: your answers are kept apart from your address, so staff are not shown who said what.\n\n\
        If you would rather not answer, you need do nothing.\n",
        title = survey.title,
        introduction = survey.introduction,
        closes = clock::day_and_time(survey.closes_at),
        base_url = base_url.trim_end_matches('/'),
    );
    Letter { to: to.to_owned(), subject: format!("{}: {minutes} of your time", survey.title), body, attachment: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surveys::survey::tests::november;

    #[test]
    fn an_invitation_has_one_link_and_says_why_it_came() {
        let letter = invitation(&november(), "Harbour Homes", "https://d.example/", "a@b.example", "tok");
        assert!(letter.body.starts_with("You are getting this because Harbour Homes"));
        assert_eq!(letter.body.matches("https://d.example/s/tok").count(), 1);
        assert!(letter.body.contains("30 November 2026, 11:59pm"));
    }
}
