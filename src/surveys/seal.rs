//! The moment a form was opened, carried by the form itself and signed, so that opening a page writes
//! nothing and nobody can claim to have opened it earlier.

use chrono::{DateTime, Utc};
use subtle::ConstantTimeEq as _;

use crate::random::sha256;

/// The seal for a form with this submission key, opened at this moment.
#[must_use]
pub fn seal(seal_key: &str, submission_key: &str, opened: DateTime<Utc>) -> String {
    let moment = opened.timestamp();
    format!("{moment}.{}", sign(seal_key, submission_key, moment))
}

/// When the form was opened; none if the seal was altered or belongs to another form.
#[must_use]
pub fn opened(seal_key: &str, submission_key: &str, seal: &str) -> Option<DateTime<Utc>> {
    let (moment, signature) = seal.split_once('.')?;
    let moment: i64 = moment.parse().ok()?;
    let right = sign(seal_key, submission_key, moment);
    let is_ours: bool = right.as_bytes().ct_eq(signature.as_bytes()).into();
    let opened = DateTime::from_timestamp(moment, 0)?;
    is_ours.then_some(opened)
}

/// Whether a submission key can be one of ours: 256 bits in hexadecimal.
#[must_use]
pub fn is_token(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Hashing twice with the key before the text keeps a signature from being lengthened.
fn sign(seal_key: &str, submission_key: &str, moment: i64) -> String {
    let inner = sha256(&format!("{seal_key} {submission_key} {moment}"));
    sha256(&format!("{seal_key} {inner}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v26_an_altered_seal_is_no_seal() {
        let moment = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let sealed = seal("key", "form", moment);
        assert_eq!(opened("key", "form", &sealed), Some(moment));
        let earlier = sealed.replacen("1800000000", "1700000000", 1);
        let truncated = &sealed[..sealed.len() - 1];
        for wrong in [earlier.as_str(), truncated, "", ".", "1800000000."] {
            assert_eq!(opened("key", "form", wrong), None, "{wrong}");
        }
        assert_eq!(opened("other", "form", &sealed), None);
        assert_eq!(opened("key", "another form", &sealed), None);
    }

    #[test]
    fn v26_only_whole_tokens_are_looked_up() {
        assert!(is_token(&"a1".repeat(32)));
        for wrong in ["", "a1", &"g1".repeat(32), &"a1".repeat(33)] {
            assert!(!is_token(wrong));
        }
    }
}
