//! Sealed answers on their way into the database and out of it.

use std::collections::BTreeMap;

use crate::db::{self, Tx};
use crate::keyring::{KeyName, Keyring, Keys, NoKey, Shut};
use crate::questionnaires::answer::Answers;
use crate::questionnaires::code_book::{self, Coded, NOT_ASKED, Place};
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::store;
use crate::questionnaires::version::Version;
use crate::random::hex;

/// What sealed bytes are. One kind of them does not open as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The answers of a response.
    Response,
    /// The answers of an unfinished survey.
    Draft,
    /// A keyed paper form.
    Paper,
    /// A file of answers that waits to be brought in.
    File,
}

/// The sealed answers of one person before they are sealed: as many bytes for everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Secret {
    /// The keys of the questions, in their order.
    pub keys: Vec<u16>,
    /// State bytes with what follows each.
    pub bytes: Vec<u8>,
}

impl Secret {
    /// Nothing yet.
    #[must_use]
    pub const fn empty() -> Self {
        Self { keys: Vec::new(), bytes: Vec::new() }
    }

    /// Whether there is no sealed question.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Seals it; none where there is no sealed question.
    ///
    /// # Errors
    /// When there is no key.
    pub fn seal(&self, keyring: &Keyring, purpose: Purpose, version_id: i64) -> Result<Option<Vec<u8>>, db::Error> {
        if self.is_empty() {
            return Ok(None);
        }
        Ok(Some(keyring.keys()?.seal(&bound(purpose, version_id, &self.keys), &self.bytes)?))
    }
}

/// What sealed bytes are bound to: what they are, the version, and its sealed questions.
fn bound(purpose: Purpose, version_id: i64, keys: &[u16]) -> Vec<u8> {
    let purpose = match purpose {
        Purpose::Response => 1_u8,
        Purpose::Draft => 2,
        Purpose::Paper => 3,
        Purpose::File => 4,
    };
    let start = b"doorstep sealed 1".iter().copied().chain([purpose]).chain(version_id.to_be_bytes());
    start.chain(keys.iter().flat_map(|key| key.to_be_bytes())).collect()
}

/// The sealed questions, in their order.
fn questions(questionnaire: &Questionnaire) -> impl Iterator<Item = &Question> {
    questionnaire.questions().iter().filter(|question| question.sealed.is_some())
}

fn keys_of(questionnaire: &Questionnaire) -> Vec<u16> {
    questions(questionnaire).map(|question| question.key).collect()
}

/// Whether any question is sealed.
#[must_use]
pub fn any(questionnaire: &Questionnaire) -> bool {
    questions(questionnaire).next().is_some()
}

/// Answers that are kept before they are a response, with the sealed ones apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parted {
    /// Those that are not sealed.
    pub open: Answers,
    /// Those that are; none where no question is.
    pub sealed: Option<Vec<u8>>,
}

/// Parts answers, and seals those that are to be.
///
/// # Errors
/// When there is no key.
pub fn part(keyring: &Keyring, purpose: Purpose, version: &Version, answers: &Answers) -> Result<Parted, db::Error> {
    let (mut open, mut secret) = (answers.clone(), Secret::empty());
    for question in questions(&version.questionnaire) {
        let answer = open.take(question.key);
        let state = answer.as_ref().map_or(NOT_ASKED, code_book::state);
        secret.keys.push(question.key);
        secret.bytes.push(state);
        secret.bytes.append(&mut question.kind.more(state, answer.as_ref()));
    }
    Ok(Parted { sealed: secret.seal(keyring, purpose, version.id)?, open })
}

/// Puts parted answers together again.
///
/// # Errors
/// When they cannot be opened.
pub fn join(keyring: &Keyring, purpose: Purpose, version: &Version, parted: Parted) -> Result<Answers, db::Error> {
    let (mut answers, keys) = (parted.open, keys_of(&version.questionnaire));
    let Some(mut sealed) = parted.sealed.filter(|_| !keys.is_empty()) else { return Ok(answers) };
    let opened = match keyring.keys()?.open(&bound(purpose, version.id, &keys), &mut sealed) {
        Ok(opened) => opened,
        // Other questions are sealed now than when these answers were given: nobody has sent any, so they are given anew.
        Err(Shut::Altered) if !version.is_locked() => return Ok(answers),
        Err(shut) => return Err(NoKey(in_words(shut)).into()),
    };
    let asked: Vec<&Question> = questions(&version.questionnaire).collect();
    for (question, place) in asked.iter().zip(code_book::places_of(asked.iter().copied())) {
        if let Some(answer) = code_book::decode(&question.kind, place, opened, None) {
            answers.put(question.key, answer);
        }
    }
    Ok(answers)
}

/// Seals a whole file, where one of the questions of a version is sealed; none where none is.
///
/// # Errors
/// When there is no key.
pub fn seal_file(keyring: &Keyring, version: &Version, bytes: &[u8]) -> Result<Option<Vec<u8>>, db::Error> {
    if !any(&version.questionnaire) {
        return Ok(None);
    }
    Ok(Some(keyring.keys()?.seal(&bound(Purpose::File, version.id, &[]), bytes)?))
}

/// Opens a file that was sealed.
///
/// # Errors
/// When it cannot be opened.
pub fn open_file(keyring: &Keyring, version_id: i64, mut bytes: Vec<u8>) -> Result<Vec<u8>, db::Error> {
    let opened = keyring.keys()?.open(&bound(Purpose::File, version_id, &[]), &mut bytes).map(<[u8]>::to_vec);
    opened.map_err(|shut| NoKey(in_words(shut)).into())
}

fn in_words(shut: Shut) -> String {
    match shut {
        Shut::NoKey(name) => format!("the key {name} is missing: put it back into the file of keys"),
        Shut::Altered => "what was sealed was altered".to_owned(),
    }
}

/// A digest of stored answers, by which a form sent twice with different answers is known. Where some are sealed it hangs
/// on the key and on the form's own key: without the first nobody can try answers out, and by the second equal answers of
/// two people have digests that differ.
///
/// # Errors
/// When some are sealed and there is no key.
pub fn digest(keyring: &Keyring, coded: &Coded, submission_key: &str) -> Result<String, db::Error> {
    let open = code_book::digest(coded);
    if coded.secret.is_empty() {
        return Ok(open);
    }
    Ok(keyring.keys()?.mark(&marked(coded, submission_key, &open))?)
}

/// Whether a digest that is kept is that of these answers. A newer key may have been made since it was.
///
/// # Errors
/// When some are sealed and the keys cannot be read.
pub fn is_digest(keyring: &Keyring, digest: &str, coded: &Coded, submission_key: &str) -> Result<bool, db::Error> {
    let open = code_book::digest(coded);
    if coded.secret.is_empty() {
        return Ok(open == digest);
    }
    Ok(keyring.keys()?.is_mark(digest, &marked(coded, submission_key, &open)))
}

/// What the digest of sealed answers is a mark of.
fn marked(coded: &Coded, submission_key: &str, open: &str) -> String {
    format!("{submission_key} {open} {}", hex(&coded.secret.bytes))
}

/// Opens the sealed answers of one version after the other into their codes, while columns are loaded.
pub struct Opener {
    keys: Option<Keys>,
    bound: Vec<u8>,
    /// Where each question's bytes stand among all codes, in the order in which they are sealed.
    places: Vec<Place>,
    /// How many could not be opened, by why.
    pub shut: BTreeMap<Shut, u64>,
}

impl Opener {
    /// For the responses of a version; none where no question is sealed.
    #[must_use]
    pub fn of(keyring: &Keyring, version_id: i64, places: &[(u16, Place)]) -> Option<Self> {
        if places.is_empty() {
            return None;
        }
        let keys: Vec<u16> = places.iter().map(|(key, _)| *key).collect();
        let bound = bound(Purpose::Response, version_id, &keys);
        // A file that cannot be read opens nothing, and so is told by how many stay shut.
        let opening = keyring.keys().ok();
        Some(Self {
            keys: opening,
            bound,
            places: places.iter().map(|(_, place)| *place).collect(),
            shut: BTreeMap::new(),
        })
    }

    /// Puts what is sealed into the codes. Where it cannot be opened they stay as they are.
    pub fn open(&mut self, codes: &mut [u8], sealed: Option<&mut [u8]>) {
        // Without anything sealed it was altered outside the program.
        let Some(sealed) = sealed else { return self.note(Shut::Altered) };
        let opened = match &self.keys {
            Some(keys) => keys.open(&self.bound, sealed),
            None => Err(crate::keyring::name_of(sealed).map_or(Shut::Altered, Shut::NoKey)),
        };
        match opened {
            Ok(mut opened) => {
                for place in &self.places {
                    for at in place.bytes() {
                        let Some((byte, rest)) = opened.split_first() else { return };
                        if let Some(code) = codes.get_mut(at) {
                            *code = *byte;
                        }
                        opened = rest;
                    }
                }
            }
            Err(shut) => self.note(shut),
        }
    }

    fn note(&mut self, shut: Shut) {
        *self.shut.entry(shut).or_default() += 1;
    }
}

/// The places of the sealed questions among all codes, each with its key.
#[must_use]
pub fn places(questionnaire: &Questionnaire) -> Vec<(u16, Place)> {
    let each = questionnaire.questions().iter().zip(code_book::places(questionnaire));
    each.filter(|(question, _)| question.sealed.is_some()).map(|(question, place)| (question.key, place)).collect()
}

/// Makes sure that there is a key before the first sealed answer arrives. Where answers are sealed already and their key is
/// missing, none is made in its place.
///
/// # Errors
/// The inner error says why there is none; the outer is the database's.
pub async fn ready(tx: &mut Tx, questionnaire: &Questionnaire) -> Result<Result<(), NoKey>, db::Error> {
    if !any(questionnaire) {
        return Ok(Ok(()));
    }
    let keyring = tx.keyring().clone();
    match keyring.keys().map(|keys| keys.names().is_empty()) {
        Ok(false) => Ok(Ok(())),
        Ok(true) if store::sealed::any(tx).await? => {
            Ok(Err(NoKey(format!("the key of earlier answers is not in {}", keyring.whereabouts()))))
        }
        Ok(true) => Ok(keyring.begin()),
        Err(wrong) => Ok(Err(wrong)),
    }
}

/// Something sealed, sealed with the newest key; none where it is already.
///
/// # Errors
/// When it cannot be opened.
pub fn reseal(keys: &Keys, purpose: Purpose, version: &Version, sealed: Vec<u8>) -> Result<Option<Vec<u8>>, Shut> {
    let questions = if purpose == Purpose::File { Vec::new() } else { keys_of(&version.questionnaire) };
    keys.reseal(&bound(purpose, version.id, &questions), sealed)
}

/// What is sealed in all responses, and what of it opens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// How many responses have sealed answers.
    pub sealed: u64,
    /// How many do not open, by why.
    pub shut: BTreeMap<Shut, u64>,
    /// The keys with which they are sealed.
    pub names: BTreeMap<KeyName, u64>,
}

/// Opens everything that is sealed, to see whether it can be.
///
/// # Errors
/// When the database refuses.
pub async fn census(tx: &mut Tx) -> Result<Census, db::Error> {
    let mut census = Census::default();
    for id in store::sealed::list_versions(tx).await? {
        let Some(version) = store::find_version(tx, id).await? else { continue };
        let Some(mut opener) = Opener::of(tx.keyring(), id, &places(&version.questionnaire)) else { continue };
        store::rows::each_row(tx, id, true, 0, i64::MAX, |mut row| {
            census.sealed += 1;
            if let Some(name) = row.sealed.as_deref().and_then(crate::keyring::name_of) {
                *census.names.entry(name).or_default() += 1;
            }
            opener.open(&mut row.codes, row.sealed.as_deref_mut());
        })
        .await?;
        for (why, many) in opener.shut {
            *census.shut.entry(why).or_default() += many;
        }
    }
    Ok(census)
}
