//! Service areas: the parts of the landlord's work that standards are grouped by.

use crate::thread::id::AreaId;

/// A service area.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Area {
    #[sqlx(rename = "area_id")]
    pub id: AreaId,
    pub slug: String,
    pub name: String,
    /// One line saying what the area is about.
    pub description: String,
    /// Its place in lists, from 1.
    pub position: i64,
}
