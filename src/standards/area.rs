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

/// A name as a part of an address: lower-case letters and digits with single hyphens, at most 60 characters.
#[must_use]
pub fn slug(name: &str) -> String {
    let spaced: String = name
        .to_lowercase()
        .chars()
        .filter(|c| !matches!(c, '\'' | '’'))
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect();
    let mut slug = String::new();
    for word in spaced.split_whitespace() {
        if slug.len() + word.len() >= 60 {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    if slug.is_empty() { "standard".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_holds_only_what_an_address_can() {
        assert_eq!(slug("We'll answer – within 20 seconds!"), "well-answer-within-20-seconds");
        assert_eq!(slug("<script>"), "script");
        assert_eq!(slug("日本"), "standard");
        assert!(slug(&"word ".repeat(40)).len() <= 60);
    }
}
