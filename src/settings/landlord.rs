//! Who the landlord is, how to reach it, and how small a number may be shown.

use serde::{Deserialize, Serialize};

/// Everything about the landlord that pages and letters say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Landlord {
    pub name: String,
    /// The brand colour as `#rrggbb`, checked to have a contrast of 4.5:1 on paper and against white.
    pub colour: String,
    /// The key of the logo's file, if one was uploaded.
    pub logo_file: Option<String>,
    pub phone: String,
    pub email: String,
    /// The office's postal address, a line a line.
    pub address: String,
    pub opening_hours: String,
    /// How to report a repair: a sentence with a number or an address.
    pub repairs: String,
    /// What to do in an emergency.
    pub emergency: String,
    /// How to make a complaint.
    pub complaints: String,
    /// The fewest answers behind a figure shown in public; never under 10.
    pub public_base: i64,
    /// The fewest answers behind a figure shown to staff; never under 5.
    pub staff_base: i64,
    /// The fewest accepted mystery shops behind a figure; never under 5.
    pub shop_base: i64,
}

/// The least base in public. Source: `domain` section 6.3, after the practice of official statistics.
pub const LEAST_PUBLIC_BASE: i64 = 10;
/// The least base for staff, and for mystery shops.
pub const LEAST_STAFF_BASE: i64 = 5;

impl Default for Landlord {
    fn default() -> Self {
        Self {
            name: "Your landlord".into(),
            colour: "#0b5d57".into(),
            logo_file: None,
            phone: String::new(),
            email: String::new(),
            address: String::new(),
            opening_hours: String::new(),
            repairs: String::new(),
            emergency: String::new(),
            complaints: String::new(),
            public_base: LEAST_PUBLIC_BASE,
            staff_base: LEAST_STAFF_BASE,
            shop_base: LEAST_STAFF_BASE,
        }
    }
}
