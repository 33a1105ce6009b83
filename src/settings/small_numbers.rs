//! The smallest numbers this landlord shows: never under what the product allows.

use super::Landlord;
use crate::statistics::disclosure::Policy;

/// Residents' answers, for anybody.
#[must_use]
pub fn public(landlord: &Landlord) -> Policy {
    Policy::public().at_least(count(landlord.public_base))
}

/// The regulator's measures, for anybody.
#[must_use]
pub fn measures(landlord: &Landlord) -> Policy {
    Policy::measures().at_least(count(landlord.public_base))
}

/// Residents' answers, for staff who may see results.
#[must_use]
pub fn staff(landlord: &Landlord) -> Policy {
    Policy::staff().at_least(count(landlord.staff_base))
}

/// Mystery shops, for anybody.
#[must_use]
pub fn shops(landlord: &Landlord) -> Policy {
    Policy::shops().at_least(count(landlord.shop_base))
}

fn count(base: i64) -> u32 {
    u32::try_from(base).unwrap_or(0)
}
