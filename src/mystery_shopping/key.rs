//! The keys of this context's own records. A return's key is in `thread`, as others point at it.

use crate::key;

key!(/// A scenario, over all its versions.
    ScenarioId);
key!(/// One version of a scenario.
    ScenarioVersionId);
key!(/// A scored item of one version of a scenario.
    ItemId);
key!(/// A shop given to a shopper.
    AssignmentId);
key!(/// A photo kept for an assignment.
    PhotoId);
key!(/// A scored item of a return.
    ReturnItemId);
