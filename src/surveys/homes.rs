//! How many homes each group of a survey's dividing question has: read from the form and kept.

use crate::db::{self, Tx};
use crate::questionnaires::count;
use crate::questionnaires::question::Question;
use crate::surveys::store;
use crate::surveys::survey::{Asked, Survey};
use crate::web::Form;

/// The most homes of one group.
const MOST: i64 = 1_000_000;

/// The name of a group's box in the form.
#[must_use]
pub fn field(at: usize) -> String {
    format!("homes-{at}")
}

/// The groups people choose from; none when no question divides the survey.
#[must_use]
pub fn groups(asked: &Asked) -> Vec<String> {
    count::divider(&asked.version.questionnaire).map(|question: &Question| question.kind.groups()).unwrap_or_default()
}

/// The homes of each group, where they are known of all of them as they stand now.
#[must_use]
pub fn known(asked: &Asked) -> Vec<(String, u32)> {
    let homes = &asked.survey.group_homes;
    let fits = groups(asked).iter().eq(homes.iter().map(|(name, _)| name));
    if fits { homes.clone() } else { Vec::new() }
}

/// Reads the form: a number for every group, or none for any; nothing when something is wrong, which
/// the form then says.
pub fn read(form: &mut Form, groups: &[String]) -> Option<Vec<(String, u32)>> {
    let boxes: Vec<String> = (0..groups.len()).map(field).collect();
    if boxes.iter().all(|name| form.value(name).trim().is_empty()) {
        return Some(Vec::new());
    }
    let mut homes = Vec::new();
    for (name, group) in boxes.iter().zip(groups) {
        let wrong = format!("Enter how many homes {group} has, from 1 to 1,000,000, or leave all boxes empty");
        let number = form.whole(name, 1..=MOST, &wrong);
        homes.extend(number.and_then(|number| u32::try_from(number).ok()).map(|number| (group.clone(), number)));
    }
    form.is_valid().then_some(homes)
}

/// Fills the form with what is known.
#[must_use]
pub fn fill(asked: &Asked) -> Form {
    let mut form = Form::default();
    for (at, group) in groups(asked).iter().enumerate() {
        if let Some((_, homes)) = asked.survey.group_homes.iter().find(|(name, _)| name == group) {
            form.set(&field(at), &homes.to_string());
        }
    }
    form
}

/// Keeps the homes of each group. Their sum is how many homes could answer.
///
/// # Errors
/// When the database refuses.
pub async fn keep(tx: &mut Tx, survey: &Survey, homes: &[(String, u32)]) -> Result<(), db::Error> {
    let sum: i64 = homes.iter().map(|(_, homes)| i64::from(*homes)).sum();
    let all = if homes.is_empty() { survey.homes } else { Some(sum.min(MOST)) };
    store::set_homes(tx, survey.id, all, homes).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::kinds::{Kind, one_choice};
    use crate::questionnaires::questionnaire::Questionnaire;
    use crate::questionnaires::version::Version;
    use crate::surveys::survey::tests::november;

    fn areas(other: bool, homes: &[(&str, u32)]) -> Asked {
        let options = ["North", "South"].map(str::to_owned).to_vec();
        let settings = one_choice::Settings { options, other, prefer_not: true, ..one_choice::Settings::default() };
        let mut questionnaire = Questionnaire::default();
        questionnaire.add(Question::new("Where do you live?", Kind::OneChoice(settings)).dividing()).unwrap();
        let group_homes = homes.iter().map(|(name, homes)| ((*name).to_owned(), *homes)).collect();
        let version = Version { id: 1, revision: 1, locked_at: None, questionnaire };
        Asked { survey: Survey { group_homes, ..november() }, version }
    }

    #[test]
    fn those_who_live_somewhere_else_have_homes_of_their_own() {
        let all = [("North", 300), ("South", 200), ("Other", 40)];
        let asked = areas(true, &all);
        assert_eq!(groups(&asked), ["North", "South", "Other"]);
        let mut form = fill(&asked);
        assert_eq!((form.value("homes-2"), known(&asked).len()), ("40", 3));
        let read_back = read(&mut form, &groups(&asked)).unwrap();
        assert_eq!(read_back, asked.survey.group_homes);
        form.set("homes-2", "");
        assert_eq!(read(&mut form, &groups(&asked)), None);
        assert!(form.error_of("homes-2").unwrap().starts_with("Enter how many homes Other has"));
    }

    #[test]
    fn homes_entered_before_other_was_offered_are_not_taken_for_all() {
        let asked = areas(true, &[("North", 300), ("South", 200)]);
        assert!(known(&asked).is_empty());
        assert_eq!((fill(&asked).value("homes-1"), fill(&asked).value("homes-2")), ("200", ""));
        assert_eq!(known(&areas(false, &[("North", 300), ("South", 200)])).len(), 2);
    }
}
