//! An audit, what could be drawn for it, and the tests of what was drawn.

use chrono::{DateTime, Utc};

use super::coded::coded;
use crate::improvement::plan::PlanId;
use crate::improvement::sign_off::SignOffId;
use crate::improvement::year::Year;
use crate::key;
use crate::thread::id::AccountId;

key!(/// The audit of one year.
    AuditId);
key!(/// A report or plan that could be drawn for an audit.
    ItemId);

/// The most reports, or plans, that are drawn for one audit.
pub const MOST: i64 = 200;

coded!(/// Within which groups the sample is drawn, each in proportion to its size.
Strata {
    /// From all of them together.
    None = "none", "From all of them together";
    /// From those of each person who owns a plan.
    Owner = "owner", "From those of each plan owner, in proportion";
    /// From those made by each way; plans have none and are drawn together.
    Way = "way", "From selected processes, line management and projects, in proportion";
});

coded!(/// What is drawn.
Kind {
    Report = "report", "Sign-off report";
    Plan = "plan", "Improvement plan";
});

coded!(/// The three things that the policy has an audit ensure.
Head {
    Performance = "performance", "Is performance better?";
    Standards = "standards", "Were the standards for improvement kept?";
    Prospects = "prospects", "Are the prospects for further improvement excellent?";
});

coded!(/// What a test showed.
Verdict {
    Met = "met", "Yes";
    Partly = "partly", "Partly";
    NotMet = "not_met", "No";
    NotShown = "not_shown", "The evidence does not show it";
});

coded!(/// How far the auditor vouches for the year as a whole.
Assurance {
    Substantial = "substantial", "Substantial assurance";
    Reasonable = "reasonable", "Reasonable assurance";
    Limited = "limited", "Limited assurance";
    None = "none", "No assurance";
});

impl Verdict {
    /// The code of its mark.
    #[must_use]
    pub fn mark(self) -> &'static str {
        match self {
            Self::Met => "meeting",
            Self::Partly => "close",
            Self::NotMet => "missing",
            Self::NotShown => "unclassified",
        }
    }
}

/// The audit of a year.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Audit {
    #[sqlx(rename = "audit_id")]
    pub id: AuditId,
    pub year: Year,
    /// What it looks at and how.
    pub scope: String,
    #[sqlx(try_from = "String")]
    pub strata: Strata,
    /// From which anybody can draw the sample again.
    pub seed: String,
    pub opened_by: AccountId,
    pub opened_at: DateTime<Utc>,
    /// The code of what the auditor vouches for; none while it is open.
    pub assurance: Option<String>,
    pub conclusion: String,
    pub finished_by: Option<AccountId>,
    pub finished_at: Option<DateTime<Utc>>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub withdrawn_reason: String,
}

impl Audit {
    /// Its page.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/staff/improvement/audits/{}", self.id)
    }

    /// True while the auditor may change it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.finished_at.is_none() && self.withdrawn_at.is_none()
    }

    /// How far the auditor vouches; none while it is open.
    #[must_use]
    pub fn vouched(&self) -> Option<Assurance> {
        self.assurance.as_deref()?.parse().ok()
    }

    /// How it stands, as a mark's code and words.
    #[must_use]
    pub fn standing(&self) -> (&'static str, &'static str) {
        match (self.vouched(), self.withdrawn_at) {
            (_, Some(_)) => ("stopped", "Taken back"),
            (Some(assurance), None) => ("done", assurance.label()),
            (None, None) => ("on-track", "Under way"),
        }
    }
}

/// What is drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    Report(SignOffId),
    /// A plan, by the newest version in the year.
    Plan(PlanId, i64),
}

impl Drawn {
    /// Which kind it is.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::Report(_) => Kind::Report,
            Self::Plan(..) => Kind::Plan,
        }
    }

    /// What the draw goes by, which no other has: "report-12".
    #[must_use]
    pub fn reference(self) -> String {
        match self {
            Self::Report(id) => format!("report-{id}"),
            Self::Plan(id, _) => format!("plan-{id}"),
        }
    }

    /// Its own page.
    #[must_use]
    pub fn href(self) -> String {
        match self {
            Self::Report(id) => format!("/staff/improvement/sign-offs/{id}"),
            Self::Plan(id, version) => format!("/staff/improvement/plans/{id}?version={version}"),
        }
    }
}

/// A report or plan that could be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub drawn: Drawn,
    pub title: String,
    pub stratum: String,
}

/// The same, in an audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub id: ItemId,
    pub audit_id: AuditId,
    pub of: Candidate,
    /// Its place in the draw of its kind, from 1; none where it was not drawn.
    pub place: Option<i64>,
}

impl Item {
    /// The page of its tests.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/staff/improvement/audit-items/{}", self.id)
    }

    /// What it is, in words.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}: {}", self.of.drawn.kind().label(), self.of.title)
    }
}

/// What an auditor writes of one test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTest {
    pub head: Head,
    pub verdict: Verdict,
    pub words: String,
}

/// A test as it was written. Of several of one head the newest counts.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Test {
    pub item_id: ItemId,
    #[sqlx(try_from = "String")]
    pub head: Head,
    #[sqlx(try_from = "String")]
    pub verdict: Verdict,
    pub words: String,
    pub written_by: AccountId,
    pub written_at: DateTime<Utc>,
}

/// The test that counts, of a head of an item.
#[must_use]
pub fn counting(tests: &[Test], item: ItemId, head: Head) -> Option<&Test> {
    tests.iter().rev().find(|test| test.item_id == item && test.head == head)
}

/// How many tests of the items drawn have no verdict.
#[must_use]
pub fn open_tests(items: &[Item], tests: &[Test]) -> usize {
    let drawn = items.iter().filter(|item| item.place.is_some());
    drawn.map(|item| Head::ALL.iter().filter(|head| counting(tests, item.id, **head).is_none()).count()).sum()
}
