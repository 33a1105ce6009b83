//! The keys of sealed answers, and the cipher: XChaCha20-Poly1305, under a key that lies in a file apart from the
//! database.
//!
//! It protects a stolen database or backup. It does not protect a server that somebody has taken: the file lies there.
//!
//! The file has a key a line in hexadecimal, the newest last: that one seals, all of them open. It is read anew whenever
//! it is needed, so that nothing is ever sealed with a key that is in no file any more.
//!
//! What is sealed begins with the name of its key, the first four bytes of the SHA-256 of it; then come 24 bytes of
//! chance, the text in the cipher and 16 bytes that show any change.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chacha20poly1305::aead::{AeadInOut as _, KeyInit as _};
use chacha20poly1305::{Key as Secret, Tag, XChaCha20Poly1305, XNonce};
use sha2::{Digest as _, Sha256};

use crate::random::{Random, hex, sha256};

const NAME: usize = 4;
const NONCE: usize = 24;
const TAG: usize = 16;
const SECRET: usize = 32;

/// What a new file says of itself.
const ABOUT: &str = "# The keys of sealed answers, the newest last. Without them nobody can ever read those answers.\n\
    # Keep a copy apart from the backups of the database. Never remove a line while anything sealed with it is kept.\n";

/// The name of a key, which tells nothing of the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyName([u8; NAME]);

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

/// Why something sealed cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shut {
    /// The key of this name is not at hand.
    NoKey(KeyName),
    /// It was altered, or belongs elsewhere.
    Altered,
}

/// Why nothing can be sealed: a sentence for whoever runs the program.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoKey(pub String);

struct Key {
    name: KeyName,
    cipher: XChaCha20Poly1305,
    /// For marks: it follows from the key and is none.
    marker: String,
}

impl Key {
    fn of(secret: [u8; SECRET]) -> Self {
        let digest: [u8; 32] = Sha256::digest(secret).into();
        let mut name = [0; NAME];
        name.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        let marker = sha256(&format!("marks of sealed answers {}", hex(&secret)));
        Self { name: KeyName(name), cipher: XChaCha20Poly1305::new(&Secret::from(secret)), marker }
    }

    fn mark(&self, text: &str) -> String {
        let marker = &self.marker;
        // Twice with the key before the text, so that a mark cannot be lengthened.
        sha256(&format!("{marker} {}", sha256(&format!("{marker} {text}"))))
    }
}

/// The keys at hand at one moment, the newest last.
pub struct Keys {
    keys: Vec<Key>,
    random: Random,
}

impl Keys {
    /// The names of the keys, the newest last.
    #[must_use]
    pub fn names(&self) -> Vec<KeyName> {
        self.keys.iter().map(|key| key.name).collect()
    }

    fn newest(&self) -> Result<&Key, NoKey> {
        self.keys.last().ok_or_else(|| NoKey("there is no key for sealed answers".to_owned()))
    }

    /// Seals a text with the newest key. `bound` says what it is and where it belongs: it opens with the same alone.
    ///
    /// # Errors
    /// When there is no key.
    pub fn seal(&self, bound: &[u8], text: &[u8]) -> Result<Vec<u8>, NoKey> {
        let key = self.newest()?;
        let nonce: [u8; NONCE] = self.random.bytes();
        let mut body = text.to_vec();
        let tag = key
            .cipher
            .encrypt_inout_detached(&XNonce::from(nonce), bound, body.as_mut_slice().into())
            .map_err(|_| NoKey("this is too long to be sealed".to_owned()))?;
        Ok([key.name.0.as_slice(), &nonce, &body, tag.as_slice()].concat())
    }

    /// Opens what was sealed, where it lies.
    ///
    /// # Errors
    /// See [`Shut`]; the bytes are then of no use.
    pub fn open<'a>(&self, bound: &[u8], sealed: &'a mut [u8]) -> Result<&'a [u8], Shut> {
        let (name, rest) = sealed.split_first_chunk_mut::<NAME>().ok_or(Shut::Altered)?;
        let name = KeyName(*name);
        let key = self.keys.iter().rev().find(|key| key.name == name).ok_or(Shut::NoKey(name))?;
        let (nonce, rest) = rest.split_first_chunk_mut::<NONCE>().ok_or(Shut::Altered)?;
        let (body, tag) = rest.split_last_chunk_mut::<TAG>().ok_or(Shut::Altered)?;
        let (nonce, tag) = (XNonce::from(*nonce), Tag::from(*tag));
        let opened = key.cipher.decrypt_inout_detached(&nonce, bound, (&mut *body).into(), &tag);
        match opened {
            Ok(()) => Ok(&*body),
            Err(_) => Err(Shut::Altered),
        }
    }

    /// What is sealed with an older key, sealed with the newest; none where it is already.
    ///
    /// # Errors
    /// See [`Shut`].
    pub fn reseal(&self, bound: &[u8], mut sealed: Vec<u8>) -> Result<Option<Vec<u8>>, Shut> {
        if self.keys.last().is_some_and(|newest| name_of(&sealed) == Some(newest.name)) {
            return Ok(None);
        }
        let opened = self.open(bound, &mut sealed)?;
        self.seal(bound, opened).map(Some).map_err(|_| Shut::Altered)
    }

    /// A mark of a text by which whoever has the keys knows it again, and by which nobody else can try texts out.
    ///
    /// # Errors
    /// When there is no key.
    pub fn mark(&self, text: &str) -> Result<String, NoKey> {
        self.newest().map(|key| key.mark(text))
    }

    /// Whether a mark is of this text, whichever key was the newest when it was made.
    #[must_use]
    pub fn is_mark(&self, mark: &str, text: &str) -> bool {
        self.keys.iter().any(|key| key.mark(text) == mark)
    }
}

/// The name of the key with which something was sealed.
#[must_use]
pub fn name_of(sealed: &[u8]) -> Option<KeyName> {
    sealed.first_chunk().map(|name| KeyName(*name))
}

/// Where keys are kept. Cheap to clone.
#[derive(Clone)]
pub struct Keyring {
    place: Place,
    random: Random,
}

#[derive(Clone)]
enum Place {
    /// Nowhere: nothing is sealed or opened.
    Nowhere,
    File(Arc<PathBuf>),
    #[cfg(test)]
    Memory(Arc<std::sync::Mutex<String>>),
}

impl Keyring {
    /// No keys, and no place for any.
    #[must_use]
    pub fn none() -> Self {
        Self { place: Place::Nowhere, random: Random::system() }
    }

    /// The keys in a file, which need not be there yet.
    #[must_use]
    pub fn in_file(path: &Path, random: Random) -> Self {
        Self { place: Place::File(Arc::new(path.to_owned())), random }
    }

    /// No keys yet, kept for as long as the program runs: for tests.
    #[must_use]
    #[cfg(test)]
    pub fn in_memory(random: Random) -> Self {
        Self { place: Place::Memory(Arc::default()), random }
    }

    /// Forgets every key, as when their file is lost.
    #[cfg(test)]
    pub fn lose(&self) -> String {
        let Place::Memory(text) = &self.place else { return String::new() };
        std::mem::take(&mut text.lock().unwrap())
    }

    /// Brings back what was lost.
    #[cfg(test)]
    pub fn find_again(&self, lost: String) {
        if let Place::Memory(text) = &self.place {
            *text.lock().unwrap() = lost;
        }
    }

    /// The file, where the keys are kept in one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        let Place::File(path) = &self.place else { return None };
        Some(path.as_path())
    }

    /// The keys as they are now; none where there is no file.
    ///
    /// # Errors
    /// When the file cannot be read, or holds something else.
    pub fn keys(&self) -> Result<Keys, NoKey> {
        let text = self.text()?;
        let keys = (1..).zip(text.lines()).map(|(number, line)| (number, line.trim()));
        let keys = keys.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).map(|(number, line)| {
            let wrong = || NoKey(format!("{}: line {number} is no key of 64 hexadecimal digits", self.whereabouts()));
            read(line).map(Key::of).ok_or_else(wrong)
        });
        Ok(Keys { keys: keys.collect::<Result<_, _>>()?, random: self.random.clone() })
    }

    /// Adds a key, which is the newest from now on, and gives its name. The file is made, or replaced in one step.
    ///
    /// # Errors
    /// When the file cannot be read or written: nothing is changed then.
    pub fn add(&self) -> Result<KeyName, NoKey> {
        let _turn = self.turn()?;
        self.put_another()
    }

    /// Makes the first key where there is none.
    ///
    /// # Errors
    /// When the file cannot be read or written: nothing is changed then.
    pub fn begin(&self) -> Result<(), NoKey> {
        let _turn = self.turn()?;
        if self.keys()?.keys.is_empty() {
            self.put_another()?;
        }
        Ok(())
    }

    fn put_another(&self) -> Result<KeyName, NoKey> {
        // A file that cannot be understood is not written over.
        self.keys()?;
        let (secret, before) = (self.random.bytes::<SECRET>(), self.text()?);
        let before = if before.is_empty() { ABOUT.to_owned() } else { before };
        let end = if before.ends_with('\n') { "" } else { "\n" };
        let text = format!("{before}{end}{}\n", hex(&secret));
        match &self.place {
            Place::Nowhere => return Err(NoKey("there is no place for the keys of sealed answers".to_owned())),
            #[cfg(test)]
            Place::Memory(held) => *held.lock().unwrap() = text,
            Place::File(path) => write(path, &text, &self.random).map_err(|error| cannot_be_written(path, &error))?,
        }
        Ok(Key::of(secret).name)
    }

    /// Held while the file is read and written, so that two nodes do not make a key at once.
    fn turn(&self) -> Result<Option<File>, NoKey> {
        let Place::File(path) = &self.place else { return Ok(None) };
        let lock = folder(path).join(".sealing.lock");
        let options = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(lock);
        let held = options.and_then(|file| file.lock().map(|()| file));
        held.map(Some).map_err(|error| cannot_be_written(path, &error))
    }

    fn text(&self) -> Result<String, NoKey> {
        match &self.place {
            Place::Nowhere => Ok(String::new()),
            #[cfg(test)]
            Place::Memory(text) => Ok(text.lock().unwrap().clone()),
            Place::File(path) => match std::fs::read_to_string(path.as_path()) {
                Ok(text) => Ok(text),
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
                Err(error) => Err(NoKey(format!("{} cannot be read: {error}", path.display()))),
            },
        }
    }

    /// Where the keys are, in words.
    #[must_use]
    pub fn whereabouts(&self) -> String {
        self.path().map_or_else(|| "memory".to_owned(), |path| path.display().to_string())
    }
}

/// A key in hexadecimal digits.
fn read(line: &str) -> Option<[u8; SECRET]> {
    let mut secret = [0; SECRET];
    let digits = line.as_bytes();
    if digits.len() != 2 * SECRET || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    for (byte, pair) in secret.iter_mut().zip(digits.chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(secret)
}

fn cannot_be_written(path: &Path, error: &std::io::Error) -> NoKey {
    NoKey(format!("{} cannot be written: {error}", path.display()))
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes the file whole beside its place, for this program's own account alone, and puts it there in one step.
fn write(path: &Path, text: &str, random: &Random) -> std::io::Result<()> {
    let folder = folder(path);
    let draft = folder.join(format!(".sealing-{}", random.token()));
    let written = (|| {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&draft, path)?;
        File::open(folder)?.sync_all()
    })();
    if written.is_err() {
        let _ = std::fs::remove_file(&draft);
    }
    written
}

#[cfg(test)]
#[path = "keyring_tests.rs"]
mod tests;
