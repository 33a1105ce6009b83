//! Showing that an action was done: a file, a link, or a record within Doorstep.

use super::action::ActionId;
use super::store::{self, Evidence, Written};
use crate::clock::london_day;
use crate::db::{self, Tx};

/// What the evidence is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// A kept file, by its key.
    File(String),
    /// An address on the web.
    Link(String),
    /// A page within Doorstep, by its path.
    Record(String),
}

impl Proof {
    /// A link or a path as typed; nothing when it is neither.
    #[must_use]
    pub fn typed(address: &str) -> Option<Self> {
        let plain = !address.chars().any(|c| c.is_whitespace() || c.is_control());
        if !plain || address.len() > 500 {
            return None;
        }
        if address.starts_with('/') && !address.starts_with("//") && !address.contains('\\') {
            return Some(Self::Record(address.to_owned()));
        }
        let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
        rest.contains('.').then(|| Self::Link(address.to_owned()))
    }
}

/// Attaches a piece of evidence.
///
/// # Errors
/// When the database refuses.
pub async fn attach_evidence(
    tx: &mut Tx,
    action: ActionId,
    title: &str,
    proof: Proof,
    is_public: bool,
    written: Written,
) -> Result<i64, db::Error> {
    let (kind, address, file_id) = match proof {
        Proof::File(id) => ("file", String::new(), Some(id)),
        Proof::Link(address) => ("link", address, None),
        Proof::Record(path) => ("record", path, None),
    };
    let evidence = Evidence {
        evidence_id: 0,
        action_id: action,
        kind: kind.to_owned(),
        title: title.to_owned(),
        address,
        file_id,
        is_public,
        said_on: london_day(written.at),
        withdrawn_on: None,
        withdrawn_reason: String::new(),
    };
    let id = store::insert_evidence(tx, &evidence, written).await?;
    tx.public_changed();
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_web_address_or_a_path_of_ours_is_a_link() {
        assert_eq!(Proof::typed("https://example.org/a"), Some(Proof::Link("https://example.org/a".to_owned())));
        assert_eq!(Proof::typed("/surveys/repairs"), Some(Proof::Record("/surveys/repairs".to_owned())));
        for wrong in [
            "javascript:alert(1)",
            "//evil.example",
            "data:text/html,x",
            "example",
            "https://a b.org",
            "/\\evil.example",
            "",
        ] {
            assert_eq!(Proof::typed(wrong), None, "{wrong}");
        }
    }
}
