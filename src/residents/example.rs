//! The homes of the example landlord, all invented: no name, number or address is anybody's.

use crate::db::{self, Tx};
use crate::random::Random;
use crate::residents::household::{Household, Way};
use crate::residents::store::households;
use crate::surveys::example::AREAS;

/// How many homes are on the list.
const HOMES: usize = 240;

const FIRST: [&str; 16] = [
    "Wren",
    "Tamsin",
    "Barnaby",
    "Odette",
    "Percival",
    "Juniper",
    "Silas",
    "Marigold",
    "Ottoline",
    "Rufus",
    "Clementine",
    "Fergus",
    "Isolde",
    "Jago",
    "Primrose",
    "Thaddeus",
];
const LAST: [&str; 15] = [
    "Applegarth",
    "Brindlewood",
    "Copperpot",
    "Dandyrow",
    "Everlamp",
    "Fennimoor",
    "Gatherby",
    "Hollowell",
    "Inkpenny",
    "Larkspur",
    "Merriwick",
    "Nettlebed",
    "Oakapple",
    "Quillfeather",
    "Thistledown",
];
const STREETS: [&str; 5] = ["Lantern Row", "Quayside Steps", "Upper Fold", "Rise Lane", "Marsh View"];

/// Loads the list, by chance that a seed repeats.
///
/// # Errors
/// When the database refuses.
pub async fn load(tx: &mut Tx) -> Result<(), db::Error> {
    let random = &Random::seeded(240);
    for at in 0..HOMES {
        let mut home = Household::of_reference(&format!("LH-{:04}", at + 1));
        let street = at % AREAS.len();
        let (first, last) = (FIRST.get(at % FIRST.len()), LAST.get(at % LAST.len()));
        let (first, last) = (first.copied().unwrap_or_default(), last.copied().unwrap_or_default());
        home.name = format!("{first} {last}");
        let (area, lane) =
            (AREAS.get(street).copied().unwrap_or_default(), STREETS.get(street).copied().unwrap_or_default());
        home.area = area.to_owned();
        home.address = format!("{} {lane}\n{area}\nMB{} 2ZZ", at / AREAS.len() + 1, street + 1);
        home.tenure = String::from(if random.percent(12) { "Part-owned" } else { "Rented" });
        if random.percent(62) {
            home.email = format!("{}.{}{}@post.example", first.to_lowercase(), last.to_lowercase(), at + 1);
        }
        // Numbers kept for drama by the regulator of telephones.
        if random.percent(70) {
            home.mobile = format!("07700900{at:03}");
        }
        if random.percent(45) {
            home.telephone = format!("01632960{at:03}");
        }
        home.preferred = match random.below(10) {
            0 => Some(Way::Telephone),
            1 => Some(Way::Post),
            2 => Some(Way::Text),
            _ => None,
        };
        home.language = String::from(if random.percent(6) { "Welsh" } else { "English" });
        if random.percent(3) {
            home.no_contact = String::from("They asked us not to write to them");
        }
        households::insert(tx, &home).await?;
    }
    Ok(())
}
