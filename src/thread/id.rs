//! The keys of every record that another context may point at.

use crate::key;

key!(/// A service standard, over all its versions.
    StandardId);
key!(/// One version of a standard, with its effective dates.
    StandardVersionId);
key!(/// A service area.
    AreaId);
key!(/// An action or sub-row of a plan.
    ActionId);
key!(/// A survey.
    SurveyId);
key!(/// A theme of what residents wrote.
    ThemeId);
key!(/// A focus group session.
    FocusGroupId);
key!(/// A finding: what was learnt and what changed because of it.
    FindingId);
key!(/// An activity of an owner's improvement plan.
    ActivityId);
key!(/// A finding of the yearly audit of improvement.
    AuditFindingId);
key!(/// A decision of the landlord's, over all its versions.
    DecisionId);
key!(/// A piece of research or good practice.
    ResearchId);
key!(/// A mystery shopper's return.
    ReturnId);
key!(/// A resident's comment on a standard.
    CommentId);
key!(/// A home of the landlord, as its list names it.
    HouseholdId);
key!(/// A signed-in person's account.
    AccountId);
