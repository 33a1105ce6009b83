//! The example landlord's plan.
