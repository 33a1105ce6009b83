//! A page of the site: the text it is shipped with, or what the landlord made of it.

use chrono::{DateTime, NaiveDate, Utc};

/// A page as it stands.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SitePage {
    pub slug: String,
    pub title: String,
    /// Markdown; words in braces stand for the landlord's settings.
    pub body: String,
    /// The code of the role that looks after it.
    pub owner_role: String,
    /// The day by which somebody reads it again.
    pub review_on: NaiveDate,
    /// When the landlord last changed it; none for the shipped text.
    pub changed_at: Option<DateTime<Utc>>,
}

/// A page as it is shipped.
pub struct Shipped {
    pub slug: &'static str,
    pub title: &'static str,
    pub body: &'static str,
}

/// The day on which the shipped texts were written, as `YYYY-MM-DD`.
const WRITTEN: (i32, u32, u32) = (2026, 11, 22);

/// Every page of the site.
pub const SHIPPED: [Shipped; 4] = [
    Shipped { slug: "contact", title: "Contact us", body: include_str!("shipped/contact.md") },
    Shipped { slug: "privacy", title: "How we look after what you tell us", body: include_str!("shipped/privacy.md") },
    Shipped { slug: "accessibility", title: "Accessibility statement", body: include_str!("shipped/accessibility.md") },
    Shipped { slug: "cookies", title: "Cookies", body: include_str!("shipped/cookies.md") },
];

impl Shipped {
    /// The shipped page of that address.
    #[must_use]
    pub fn find(slug: &str) -> Option<&'static Self> {
        SHIPPED.iter().find(|page| page.slug == slug)
    }

    /// The page as it stands before the landlord changes it; it should be read again within a year.
    #[must_use]
    pub fn as_page(&self) -> SitePage {
        let (year, month, day) = WRITTEN;
        SitePage {
            slug: self.slug.to_owned(),
            title: self.title.to_owned(),
            body: self.body.to_owned(),
            owner_role: "officer".to_owned(),
            review_on: NaiveDate::from_ymd_opt(year + 1, month, day).unwrap_or_default(),
            changed_at: None,
        }
    }
}

impl SitePage {
    /// True when somebody should have read it again by now.
    #[must_use]
    pub fn is_stale(&self, today: NaiveDate) -> bool {
        self.review_on < today
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statement_has_all_legal_sections() {
        let statement = Shipped::find("accessibility").unwrap().body;
        for section in [
            "How accessible this site is",
            "What to do if you cannot read or use part of this site",
            "Reporting problems with accessibility",
            "Enforcement procedure",
            "Equality Advisory and Support Service",
            "Technical information",
            "Compliance status",
            "Content that is not accessible",
            "Disproportionate burden",
            "not within the scope",
            "What we are doing to improve accessibility",
            "How this statement was prepared",
            "2018",
        ] {
            assert!(statement.contains(section), "{section}");
        }
    }

    #[test]
    fn the_cookies_page_names_every_cookie_the_program_sets() {
        let page = Shipped::find("cookies").unwrap().body;
        for name in [crate::web::cookie::SESSION, crate::web::cookie::NOTICE, "survey-"] {
            assert!(page.contains(&format!("**{name}**")), "{name}");
        }
    }

    #[test]
    fn a_shipped_page_is_stale_after_its_review_day_and_not_on_it() {
        let page = Shipped::find("privacy").unwrap().as_page();
        assert!(!page.is_stale(page.review_on));
        assert!(page.is_stale(page.review_on.succ_opt().unwrap()));
    }
}
