//! The smallest numbers this landlord shows: never under what the product allows.

use crate::settings::Landlord;
use crate::statistics::disclosure::Policy;

/// For anybody.
#[must_use]
pub fn public(landlord: &Landlord) -> Policy {
    Policy::public().at_least(u32::try_from(landlord.public_base).unwrap_or(0))
}

/// For staff who may see results.
#[must_use]
pub fn staff(landlord: &Landlord) -> Policy {
    Policy::staff().at_least(u32::try_from(landlord.staff_base).unwrap_or(0))
}
