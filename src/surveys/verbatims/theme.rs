//! A theme of a code frame: something that several people wrote about.

use crate::thread::id::ThemeId;

/// The most themes of one question.
pub const MOST: usize = 40;

/// A theme as it stands.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Theme {
    /// Its key.
    #[sqlx(rename = "theme_id")]
    pub id: ThemeId,
    /// Its name: "Waiting times".
    pub name: String,
    /// What belongs under it, for those who code; or nothing.
    pub description: String,
    /// Where it stands among the others, upwards.
    pub place: i64,
    /// The theme that took it in. Whatever was put under it counts there.
    pub merged_into: Option<ThemeId>,
}

impl Theme {
    /// Whether answers can be put under it.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.merged_into.is_none()
    }
}
