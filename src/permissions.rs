//! The one table that says who may do what on which route. A route without a row stops the program at start and fails a test.

use crate::people::Role::{self, Administrator, Analyst, Auditor, Board, Equality, Manager, Officer, Shopper};
use crate::web::PageError;

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everybody, signed in or not.
    Anyone,
    /// Any signed-in person.
    SignedIn,
    /// People who hold one of these roles.
    Only(&'static [Role]),
    /// Nobody: the route does not answer this method.
    Nobody,
}

impl Who {
    /// Checks a person's role, none for somebody who is not signed in.
    ///
    /// # Errors
    /// `SignIn` when signing in could help, else `Forbidden`.
    pub fn check(self, role: Option<Role>) -> Result<(), PageError> {
        match (self, role) {
            (Self::Anyone, _) | (Self::SignedIn, Some(_)) => Ok(()),
            (Self::Only(roles), Some(role)) if roles.contains(&role) => Ok(()),
            (Self::SignedIn | Self::Only(_), None) => Err(PageError::SignIn),
            (Self::Only(_) | Self::Nobody, _) => Err(PageError::Forbidden),
        }
    }
}

/// All staff, who may read what the landlord knows about its service.
const STAFF: Who = Who::Only(&[Officer, Manager, Analyst, Equality, Board, Auditor, Administrator]);
/// Those who may try a survey before residents see it, which keeps nothing.
const TRIERS: Who = Who::Only(&[Officer, Manager, Analyst, Equality, Board, Administrator]);
/// Those who run consultation.
const OFFICERS: Who = Who::Only(&[Officer, Administrator]);
/// Those who may take links and ways to reach people out of the program, to have them sent.
const SENDERS: Who = Who::Only(&[Officer, Administrator]);
/// Those who may read how shops are done, without learning who does them, and how far paper forms are.
const METHOD_READERS: Who = Who::Only(&[Officer, Auditor, Administrator]);
/// Those who lead actions and answer for standards.
const LEADS: Who = Who::Only(&[Officer, Manager, Administrator]);
/// Those who can say how an action stands; who does not run the plan, only of actions they lead, which the page asks.
const PROGRESS: Who = Who::Only(&[Officer, Manager, Analyst, Equality, Administrator]);
/// Those who enter figures.
const FIGURES: Who = Who::Only(&[Manager, Analyst, Administrator]);
/// Those who keep the research library; those who can answer for a standard or keep an improvement plan, of which the page
/// asks whether it is theirs.
const OWNERS: Who = Who::Only(&[Officer, Manager, Analyst, Equality, Administrator]);
/// Those who may take results out of the program.
const EXPORTERS: Who = Who::Only(&[Officer, Analyst, Equality, Auditor, Administrator]);
/// Those who put what residents wrote under themes, and read it before it is shown.
const CODERS: Who = Who::Only(&[Officer, Analyst, Administrator]);
/// Those who prepare results for another person to approve.
const PREPARERS: Who = Who::Only(&[Officer, Analyst, Administrator]);
/// Those who approve what others drafted.
const APPROVERS: Who = Who::Only(&[Manager, Board, Administrator]);
/// Those who look after people and settings.
const ADMINISTRATORS: Who = Who::Only(&[Administrator]);
/// Those who may read the log of changes, who has an account, and how the portal is set.
const LOG_READERS: Who = Who::Only(&[Auditor, Administrator]);
/// Those who may see who signed up for a focus group and what they need.
const REGISTER_READERS: Who = Who::Only(&[Officer, Auditor, Administrator]);
/// Those who may read what residents wrote, and how to reach them.
const COMMENT_READERS: Who = Who::Only(&[Officer, Manager, Auditor, Administrator]);
/// Those who write the yearly audit of improvement, and change nothing else.
const AUDITORS: Who = Who::Only(&[Auditor]);
/// Those who may read it: who writes it, who answers it, and the board.
const AUDIT_READERS: Who = Who::Only(&[Officer, Manager, Board, Auditor, Administrator]);
/// Mystery shoppers.
const SHOPPERS: Who = Who::Only(&[Shopper]);

use Who::{Anyone, Nobody, SignedIn};

/// A row: the path, who may read it, who may post to it.
pub type Row = (&'static str, Who, Who);

/// Every route of the program.
pub const TABLE: &[Row] = &[
    // People
    ("/sign-in", Anyone, Anyone),
    ("/sign-out", Nobody, SignedIn),
    ("/forgotten-password", Anyone, Anyone),
    ("/link/{token}", Anyone, Anyone),
    ("/set-up", Anyone, Anyone),
    ("/account", SignedIn, SignedIn),
    ("/account/sessions", Nobody, SignedIn),
    ("/register", Anyone, Anyone),
    ("/staff", STAFF, Nobody),
    ("/staff/people", LOG_READERS, ADMINISTRATORS),
    ("/staff/people/{id}", LOG_READERS, ADMINISTRATORS),
    ("/staff/audit", LOG_READERS, Nobody),
    ("/staff/letters", COMMENT_READERS, OFFICERS),
    ("/staff/erase-person", OFFICERS, OFFICERS),
    ("/staff/settings", LOG_READERS, ADMINISTRATORS),
    ("/logo", Anyone, Nobody),
    ("/brand.css", Anyone, Nobody),
    // Home, health
    ("/", Anyone, Nobody),
    // Plans
    ("/plan", Anyone, Nobody),
    ("/plan.json", Anyone, Nobody),
    ("/plan.csv", Anyone, Nobody),
    ("/plan/actions/{slug}", Anyone, Nobody),
    ("/plans", Anyone, Nobody),
    ("/staff/plan", STAFF, Nobody),
    ("/staff/plan/plans", STAFF, Nobody),
    ("/staff/plan/months", STAFF, Nobody),
    ("/staff/plan/timeline", STAFF, Nobody),
    ("/staff/plan/by-lead", STAFF, Nobody),
    ("/staff/plan/mine", STAFF, Nobody),
    ("/staff/plan/history", STAFF, Nobody),
    ("/staff/plan/then", STAFF, Nobody),
    ("/staff/plan/pack.json", STAFF, Nobody),
    ("/staff/plan/pack.csv", STAFF, Nobody),
    ("/staff/plan/compare", STAFF, Nobody),
    ("/staff/plan/snapshots", STAFF, LEADS),
    ("/staff/plan/snapshots/{id}", STAFF, Nobody),
    ("/staff/plan/snapshots/{id}/plan.json", STAFF, Nobody),
    ("/staff/plan/snapshots/{id}/plan.csv", STAFF, Nobody),
    ("/staff/plan/new", LEADS, LEADS),
    ("/staff/plan/details", LEADS, LEADS),
    ("/staff/plan/themes/new", LEADS, LEADS),
    ("/staff/plan/themes/{id}", LEADS, LEADS),
    ("/staff/plan/objectives/new", LEADS, LEADS),
    ("/staff/plan/objectives/{id}", LEADS, LEADS),
    ("/staff/plan/actions/new", LEADS, LEADS),
    ("/staff/plan/many", LEADS, LEADS),
    ("/staff/plan/actions/{id}", STAFF, Nobody),
    ("/staff/plan/actions/{id}/edit", LEADS, LEADS),
    ("/staff/plan/actions/{id}/progress", PROGRESS, PROGRESS),
    ("/staff/plan/actions/{id}/deadline", LEADS, LEADS),
    ("/staff/plan/actions/{id}/evidence", LEADS, LEADS),
    ("/staff/plan/actions/{id}/links", LEADS, LEADS),
    ("/staff/plan/actions/{id}/spending", LEADS, LEADS),
    ("/staff/plan/actions/{id}/standard", LEADS, LEADS),
    ("/staff/plan/evidence/{id}", STAFF, LEADS),
    ("/staff/plan/import", LEADS, LEADS),
    ("/staff/plan/import/{id}", LEADS, LEADS),
    ("/staff/plan/leads", STAFF, LEADS),
    ("/staff/plan/leads/{id}", LEADS, LEADS),
    // Standards, comments, content
    ("/standards", Anyone, Nobody),
    ("/standards.json", Anyone, Nobody),
    ("/standards/print", Anyone, Nobody),
    ("/standards/areas/{slug}", Anyone, Nobody),
    ("/standards/{slug}", Anyone, Nobody),
    ("/standards/{slug}/comment", Anyone, Anyone),
    ("/standards/{slug}/thanks", Anyone, Nobody),
    ("/staff/standards", STAFF, Nobody),
    ("/staff/standards/new", LEADS, LEADS),
    ("/staff/standards/areas", STAFF, LEADS),
    ("/staff/standards/areas/{id}", LEADS, LEADS),
    ("/staff/standards/{id}", STAFF, Nobody),
    ("/staff/standards/{id}/edit", LEADS, LEADS),
    ("/staff/standards/{id}/new-version", Nobody, LEADS),
    ("/staff/standards/{id}/discard", LEADS, LEADS),
    ("/staff/standards/{id}/approve", APPROVERS, APPROVERS),
    ("/staff/standards/{id}/waive", LEADS, LEADS),
    ("/staff/standards/{id}/publish", LEADS, LEADS),
    ("/staff/standards/{id}/retire", LEADS, LEADS),
    ("/staff/comments", COMMENT_READERS, Nobody),
    ("/staff/comments/{id}", COMMENT_READERS, LEADS),
    ("/pages/{slug}", Anyone, Nobody),
    ("/staff/pages", STAFF, Nobody),
    ("/staff/pages/{slug}", STAFF, OFFICERS),
    // Homes
    ("/staff/homes", METHOD_READERS, Nobody),
    ("/staff/homes/import", OFFICERS, OFFICERS),
    ("/staff/homes/import/{id}", OFFICERS, OFFICERS),
    // How to reach somebody is for those who write to them.
    ("/staff/homes/{id}", OFFICERS, OFFICERS),
    // Surveys
    ("/surveys", Anyone, Nobody),
    ("/surveys/{slug}", Anyone, Anyone),
    ("/surveys/{slug}/q/{n}", Anyone, Anyone),
    // Of the draft that the browser holds, and of no other.
    ("/surveys/{slug}/photos/{file}", Anyone, Nobody),
    ("/surveys/{slug}/check", Anyone, Anyone),
    ("/surveys/{slug}/all", Anyone, Anyone),
    ("/surveys/{slug}/thanks", Anyone, Nobody),
    ("/surveys/{slug}/results", Anyone, Nobody),
    ("/surveys/{slug}/results.json", Anyone, Nobody),
    ("/surveys/{slug}/results.csv", Anyone, Nobody),
    ("/surveys/{slug}/approach", Anyone, Nobody),
    ("/surveys/{slug}/paper", Anyone, Nobody),
    ("/s", Anyone, Anyone),
    ("/s/{token}", Anyone, Anyone),
    ("/s/{token}/stop", Anyone, Anyone),
    ("/staff/surveys", STAFF, Nobody),
    ("/staff/surveys/new", OFFICERS, OFFICERS),
    ("/staff/surveys/import", OFFICERS, OFFICERS),
    ("/staff/surveys/monthly", STAFF, Nobody),
    ("/staff/surveys/monthly/new", OFFICERS, OFFICERS),
    ("/staff/surveys/monthly/{id}", STAFF, OFFICERS),
    ("/staff/surveys/monthly/{id}/results", STAFF, Nobody),
    ("/staff/surveys/{id}", STAFF, Nobody),
    ("/staff/surveys/{id}/details", OFFICERS, OFFICERS),
    ("/staff/surveys/{id}/homes", OFFICERS, OFFICERS),
    ("/staff/surveys/{id}/weighting", STAFF, OFFICERS),
    ("/staff/surveys/{id}/waves", STAFF, OFFICERS),
    ("/staff/surveys/{id}/questions/new", OFFICERS, OFFICERS),
    ("/staff/surveys/{id}/questions/{key}", OFFICERS, OFFICERS),
    ("/staff/surveys/{id}/questions/{key}/asked", OFFICERS, OFFICERS),
    ("/staff/surveys/{id}/questions/{key}/skips/{n}", OFFICERS, OFFICERS),
    ("/staff/surveys/{id}/questions/{key}/move", Nobody, OFFICERS),
    ("/staff/surveys/{id}/questions/{key}/remove", Nobody, OFFICERS),
    ("/staff/surveys/{id}/try", TRIERS, TRIERS),
    ("/staff/surveys/{id}/publish", Nobody, OFFICERS),
    ("/staff/surveys/{id}/close", Nobody, OFFICERS),
    ("/staff/surveys/{id}/discard", Nobody, OFFICERS),
    ("/staff/surveys/{id}/copy", Nobody, OFFICERS),
    ("/staff/surveys/{id}/publishing", STAFF, PREPARERS),
    ("/staff/surveys/{id}/publishing/approve", Nobody, APPROVERS),
    ("/staff/surveys/{id}/invite", OFFICERS, OFFICERS),
    ("/staff/surveys/{id}/sample", METHOD_READERS, OFFICERS),
    ("/staff/surveys/{id}/sample.csv", METHOD_READERS, Nobody),
    ("/staff/surveys/{id}/sample/homes", OFFICERS, Nobody),
    // Ways to reach people leave the program in the hands of few, who are named in the log for it.
    ("/staff/surveys/{id}/sample/texts", Nobody, SENDERS),
    ("/staff/surveys/{id}/sample/letters", Nobody, SENDERS),
    ("/staff/surveys/{id}/sample/print", Nobody, SENDERS),
    ("/staff/surveys/{id}/events", METHOD_READERS, OFFICERS),
    ("/staff/surveys/{id}/calls", METHOD_READERS, OFFICERS),
    ("/staff/surveys/{id}/calls/{home}", OFFICERS, OFFICERS),
    ("/staff/surveys/{id}/enter", OFFICERS, OFFICERS),
    ("/staff/surveys/{id}/batches", METHOD_READERS, OFFICERS),
    ("/staff/surveys/{id}/batches/{batch}", METHOD_READERS, OFFICERS),
    // What one person wrote on paper is for those who enter it.
    ("/staff/surveys/{id}/batches/{batch}/forms/{number}", OFFICERS, OFFICERS),
    ("/staff/surveys/{id}/paper", STAFF, Nobody),
    ("/staff/surveys/{id}/languages", STAFF, Nobody),
    ("/staff/surveys/{id}/languages/{lang}", STAFF, OFFICERS),
    ("/staff/surveys/{id}/languages/{lang}/texts.csv", STAFF, Nobody),
    ("/staff/surveys/{id}/languages/{lang}/file", Nobody, OFFICERS),
    ("/staff/surveys/{id}/languages/{lang}/offer", Nobody, OFFICERS),
    ("/staff/languages/{lang}", STAFF, OFFICERS),
    ("/staff/languages/{lang}/texts.csv", STAFF, Nobody),
    ("/staff/languages/{lang}/file", Nobody, OFFICERS),
    ("/staff/surveys/{id}/results", STAFF, Nobody),
    ("/staff/surveys/{id}/cross-tab", STAFF, Nobody),
    ("/staff/surveys/{id}/figures.csv", EXPORTERS, Nobody),
    ("/staff/surveys/{id}/measures", STAFF, OFFICERS),
    ("/staff/surveys/{id}/measures.csv", EXPORTERS, Nobody),
    ("/staff/surveys/{id}/approach", STAFF, OFFICERS),
    // What somebody answered stands in the file until it is brought in.
    ("/staff/surveys/{id}/import", OFFICERS, OFFICERS),
    ("/staff/surveys/{id}/import/{file}", OFFICERS, OFFICERS),
    ("/staff/surveys/{id}/files", STAFF, Nobody),
    ("/staff/surveys/{id}/questionnaire.json", EXPORTERS, Nobody),
    // Single answers leave the program in the hands of few, who are named in the log for it.
    ("/staff/surveys/{id}/answers", Nobody, Who::Only(&[Officer, Analyst, Equality, Administrator])),
    ("/staff/surveys/{id}/words", STAFF, Nobody),
    ("/staff/surveys/{id}/words/{key}", STAFF, Nobody),
    // Photos are read as words are.
    ("/staff/surveys/{id}/photos/{key}", STAFF, OFFICERS),
    ("/staff/surveys/{id}/photos/{key}/{file}", STAFF, Nobody),
    ("/staff/surveys/{id}/words/{key}/themes", STAFF, CODERS),
    ("/staff/surveys/{id}/words/{key}/themes/{theme}", CODERS, CODERS),
    ("/staff/surveys/{id}/words/{key}/code", CODERS, CODERS),
    ("/staff/surveys/{id}/words/{key}/second", CODERS, CODERS),
    ("/staff/surveys/{id}/words/{key}/check", STAFF, CODERS),
    ("/staff/surveys/{id}/words/{key}/settle", CODERS, CODERS),
    ("/staff/surveys/{id}/words/{key}/review", CODERS, CODERS),
    ("/staff/surveys/{id}/words/{key}/publish", OFFICERS, OFFICERS),
    // Focus groups
    ("/have-your-say", Anyone, Nobody),
    ("/focus-groups/{slug}", Anyone, Nobody),
    ("/focus-groups/{slug}/sign-up", Anyone, Anyone),
    ("/places/{token}", Anyone, Anyone),
    ("/places/{token}/calendar.ics", Anyone, Nobody),
    ("/staff/focus-groups", STAFF, Nobody),
    ("/staff/focus-groups/new", OFFICERS, OFFICERS),
    ("/staff/focus-groups/{id}", STAFF, OFFICERS),
    ("/staff/focus-groups/{id}/edit", OFFICERS, OFFICERS),
    ("/staff/focus-groups/{id}/move", OFFICERS, OFFICERS),
    ("/staff/focus-groups/{id}/cancel", OFFICERS, OFFICERS),
    ("/staff/focus-groups/{id}/discard", OFFICERS, OFFICERS),
    ("/staff/focus-groups/{id}/people", REGISTER_READERS, Nobody),
    ("/staff/focus-groups/{id}/people/new", OFFICERS, OFFICERS),
    ("/staff/focus-groups/{id}/people/{place}", REGISTER_READERS, OFFICERS),
    ("/staff/focus-groups/{id}/record", OFFICERS, OFFICERS),
    // Mystery shopping
    ("/shops", SHOPPERS, Nobody),
    ("/shops/{id}", SHOPPERS, SHOPPERS),
    ("/shops/{id}/return", SHOPPERS, SHOPPERS),
    ("/shops/{id}/check", SHOPPERS, SHOPPERS),
    ("/shops/{id}/receipt", SHOPPERS, Nobody),
    ("/shops/{id}/photos/{file}", SHOPPERS, Nobody),
    ("/staff/mystery-shopping", STAFF, OFFICERS),
    ("/staff/mystery-shopping/standards/{id}", STAFF, Nobody),
    ("/staff/mystery-shopping/scenarios", METHOD_READERS, Nobody),
    ("/staff/mystery-shopping/scenarios/new", OFFICERS, OFFICERS),
    ("/staff/mystery-shopping/scenarios/{id}", METHOD_READERS, OFFICERS),
    ("/staff/mystery-shopping/shoppers", OFFICERS, OFFICERS),
    ("/staff/mystery-shopping/shoppers/{id}", OFFICERS, OFFICERS),
    ("/staff/mystery-shopping/assign", OFFICERS, OFFICERS),
    ("/staff/mystery-shopping/returns", METHOD_READERS, Nobody),
    ("/staff/mystery-shopping/returns/{id}", METHOD_READERS, OFFICERS),
    ("/staff/mystery-shopping/returns/{id}/photos/{file}", OFFICERS, Nobody),
    // Performance
    ("/staff/performance", STAFF, Nobody),
    ("/staff/performance.csv", EXPORTERS, Nobody),
    ("/staff/performance/areas/{slug}", STAFF, Nobody),
    ("/staff/performance/standards/{slug}", STAFF, OWNERS),
    ("/staff/performance/figures", FIGURES, FIGURES),
    ("/staff/performance/figures.csv", FIGURES, Nobody),
    ("/staff/performance/figures/upload", FIGURES, FIGURES),
    // Findings
    ("/what-changed", Anyone, Nobody),
    ("/what-changed/{slug}", Anyone, Nobody),
    ("/staff/what-changed", STAFF, Nobody),
    ("/staff/what-changed/new", LEADS, LEADS),
    ("/staff/what-changed/{id}", STAFF, LEADS),
    ("/staff/what-changed/{id}/edit", LEADS, LEADS),
    // Research
    ("/staff/research", STAFF, Nobody),
    ("/staff/research.csv", STAFF, Nobody),
    ("/staff/research/new", OWNERS, OWNERS),
    ("/staff/research/{id}", STAFF, OWNERS),
    ("/staff/research/{id}/edit", OWNERS, OWNERS),
    ("/staff/research/{id}/file", STAFF, Nobody),
    // Assurance
    ("/staff/assurance", STAFF, Nobody),
    ("/staff/assurance/{code}", STAFF, LEADS),
    ("/staff/assurance/{code}/evidence", LEADS, LEADS),
    ("/staff/assurance/{code}/files/{id}", STAFF, Nobody),
    ("/staff/assurance/{code}/bundle", STAFF, Nobody),
    // Decisions
    ("/decisions", Anyone, Nobody),
    ("/decisions/{slug}", Anyone, Nobody),
    ("/staff/decisions", STAFF, Nobody),
    ("/staff/decisions/new", LEADS, LEADS),
    ("/staff/decisions/{id}", STAFF, LEADS),
    ("/staff/decisions/{id}/edit", LEADS, LEADS),
    // Continuous improvement
    ("/staff/improvement", STAFF, Nobody),
    ("/staff/improvement/select", LEADS, LEADS),
    ("/staff/improvement/selections/{id}", STAFF, LEADS),
    ("/staff/improvement/processes", STAFF, Nobody),
    ("/staff/improvement/processes/new", LEADS, LEADS),
    ("/staff/improvement/processes/{id}", STAFF, LEADS),
    ("/staff/improvement/processes/{id}/edit", LEADS, LEADS),
    ("/staff/improvement/processes/{id}/owner", LEADS, LEADS),
    ("/staff/improvement/processes/{id}/group", LEADS, LEADS),
    ("/staff/improvement/processes/{id}/meeting", LEADS, LEADS),
    ("/staff/improvement/plans", STAFF, Nobody),
    ("/staff/improvement/plans/new", OWNERS, OWNERS),
    ("/staff/improvement/plans/{id}", STAFF, OWNERS),
    ("/staff/improvement/plans/{id}/activity", OWNERS, OWNERS),
    ("/staff/improvement/activities/{id}", STAFF, Nobody),
    ("/staff/improvement/activities/{id}/edit", OWNERS, OWNERS),
    ("/staff/improvement/activities/{id}/evidence", OWNERS, OWNERS),
    ("/staff/improvement/activities/{id}/sign-off", OWNERS, OWNERS),
    ("/staff/improvement/evidence/{id}", STAFF, Nobody),
    ("/staff/improvement/sign-offs", STAFF, Nobody),
    ("/staff/improvement/sign-offs/{id}", STAFF, APPROVERS),
    // The yearly audit: auditors write it and nothing else, management answers it and changes nothing of it.
    ("/staff/improvement/audits", AUDIT_READERS, Nobody),
    ("/staff/improvement/audits/new", AUDITORS, AUDITORS),
    ("/staff/improvement/audits/{id}", AUDIT_READERS, AUDITORS),
    ("/staff/improvement/audits/{id}/population.csv", AUDIT_READERS, Nobody),
    ("/staff/improvement/audits/{id}/finding", AUDITORS, AUDITORS),
    ("/staff/improvement/audits/{id}/evidence", AUDIT_READERS, AUDITORS),
    ("/staff/improvement/audits/{id}/bundle.zip", AUDIT_READERS, Nobody),
    ("/staff/improvement/audit-items/{id}", AUDIT_READERS, AUDITORS),
    ("/staff/improvement/audit-findings/{id}", AUDIT_READERS, AUDITORS),
    ("/staff/improvement/audit-findings/{id}/response", LEADS, LEADS),
    ("/staff/improvement/audit-findings/{id}/action", LEADS, LEADS),
    ("/staff/improvement/audit-findings/{id}/follow-up", AUDITORS, AUDITORS),
    ("/staff/improvement/audit-follow-ups/{id}", AUDIT_READERS, Nobody),
    ("/staff/improvement/training", STAFF, Nobody),
    ("/staff/improvement/training/new", LEADS, LEADS),
    ("/staff/improvement/training/courses", STAFF, LEADS),
];

/// What the table says of a path: who may read, who may post; none without a row.
#[must_use]
pub fn of(path: &str) -> Option<(Who, Who)> {
    TABLE.iter().find(|(row, _, _)| *row == path).map(|(_, reads, posts)| (*reads, *posts))
}

/// True when somebody of that role, none when not signed in, may open the page at a path of the table.
#[must_use]
pub fn may_read(role: Option<Role>, path: &str) -> bool {
    of(path).is_some_and(|(reads, _)| reads.check(role).is_ok())
}

/// True when somebody of that role, none when not signed in, may send the form of the page at a path of the table.
#[must_use]
pub fn may_post(role: Option<Role>, path: &str) -> bool {
    of(path).is_some_and(|(_, posts)| posts.check(role).is_ok())
}

#[cfg(test)]
#[path = "permissions_tests.rs"]
mod tests;
