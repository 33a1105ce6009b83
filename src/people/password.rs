//! Passwords: argon2id on a small pool of threads, and a check that a new one is hard to guess.

use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::Semaphore;

use crate::random::Random;

/// Fewest characters of a password.
pub const SHORTEST: usize = 12;
/// Most characters of a password: enough for any phrase, few enough to hash quickly.
pub const LONGEST: usize = 128;

/// Hashing takes 19 MiB and most of a core each time, so that few run at once.
static HASHERS: Semaphore = Semaphore::const_new(2);

/// A hash of no one's password: checking against it takes as long as against a real one.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$ZyVpCWvHBXwDtyxpeHZzGsgZqNW8wMiN5Wb0mpzTTVk";

/// Why a new password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    TooShort,
    TooLong,
    /// Easy to guess: a common word, a name, or something about this person or landlord.
    Guessable,
}

/// Checks a new password. `about` are words an attacker would try first: the person's name, address and landlord.
///
/// # Errors
/// Why it is too weak.
pub fn check(password: &str, about: &[&str]) -> Result<(), Weakness> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Weakness::TooShort);
    }
    if length > LONGEST {
        return Err(Weakness::TooLong);
    }
    if zxcvbn::zxcvbn(password, about).score() < zxcvbn::Score::Three { Err(Weakness::Guessable) } else { Ok(()) }
}

/// Hashes a password with argon2id (19 MiB, two passes), as kept in the database. None when the machine fails.
pub async fn hash(random: &Random, password: String) -> Option<String> {
    let salt = random.salt();
    let _permit = HASHERS.acquire().await.ok()?;
    tokio::task::spawn_blocking(move || {
        let hash: Result<argon2::password_hash::phc::PasswordHash, _> =
            Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
        hash.ok().map(|hash| hash.to_string())
    })
    .await
    .ok()
    .flatten()
}

/// Checks a password against a kept hash; without one it does the same work and says no, so that time tells nothing.
pub async fn matches(password: String, hash: Option<String>) -> bool {
    let Ok(_permit) = HASHERS.acquire().await else { return false };
    tokio::task::spawn_blocking(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let right = Argon2::default().verify_password(password.as_bytes(), hash.as_str()).is_ok();
        right && known
    })
    .await
    .unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_short_and_personal_passwords_are_refused() {
        assert_eq!(check("short", &[]), Err(Weakness::TooShort));
        assert_eq!(check(&"long".repeat(40), &[]), Err(Weakness::TooLong));
        assert_eq!(check("password1234", &[]), Err(Weakness::Guessable));
        assert_eq!(check("maple lantern seven otters", &[]), Ok(()));
    }

    #[tokio::test]
    async fn the_right_password_matches_and_nothing_else_does() {
        let hash = hash(&Random::seeded(1), "maple lantern 🦦 otters".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(matches("maple lantern 🦦 otters".into(), Some(hash.clone())).await);
        assert!(!matches("maple lantern otters".into(), Some(hash)).await);
        assert!(!matches("anything".into(), None).await);
    }

    #[test]
    fn nobodys_hash_can_be_checked_against() {
        // A malformed hash would be refused at once and give away which accounts exist.
        assert!(argon2::password_hash::phc::PasswordHash::new(NOBODY).is_ok());
    }
}
