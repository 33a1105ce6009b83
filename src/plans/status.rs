//! How an action stands. Late is not a status: it is computed from the deadline (see `progress`).

/// The state somebody has stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Finished, with evidence or a stated waiver.
    Done,
    /// Begun and going on.
    OnTrack,
    /// Not begun.
    NotStarted,
    /// Given up, with a reason.
    Stopped,
    /// Carried on inside another action.
    Merged,
    /// The words do not say: a person has to.
    Unclassified,
}

impl Status {
    /// Every status, in the order shown to staff.
    pub const ALL: [Self; 6] =
        [Self::Done, Self::OnTrack, Self::NotStarted, Self::Stopped, Self::Merged, Self::Unclassified];

    /// The stored and published code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::OnTrack => "on_track",
            Self::NotStarted => "not_started",
            Self::Stopped => "stopped",
            Self::Merged => "merged",
            Self::Unclassified => "unclassified",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn read(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// Whether nothing more is expected of the action.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Stopped | Self::Merged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back() {
        for status in Status::ALL {
            assert_eq!(Status::read(status.code()), Some(status));
        }
        assert_eq!(Status::read("late"), None);
    }
}
