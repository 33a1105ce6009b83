//! What a survey is for, which says where its answers may be reported. It is chosen when the survey is made and stays.

/// What a survey is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SurveyKind {
    /// The regulator's yearly survey: the only source of the tenant satisfaction measures.
    TsmPerception,
    /// What residents think of their landlord in general.
    Perception,
    /// What people thought of one service just after they had it.
    Transactional,
    /// A question that is still open: what should be decided.
    Consultation,
    /// A few questions, asked often.
    Pulse,
}

impl SurveyKind {
    /// All, in the order they are offered.
    pub const ALL: [Self; 5] =
        [Self::Consultation, Self::Perception, Self::Transactional, Self::Pulse, Self::TsmPerception];

    /// As it is stored and sent in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TsmPerception => "tsm_perception",
            Self::Perception => "perception",
            Self::Transactional => "transactional",
            Self::Consultation => "consultation",
            Self::Pulse => "pulse",
        }
    }

    /// In words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::TsmPerception => "Tenant satisfaction measures (the regulator’s yearly survey)",
            Self::Perception => "Perception survey",
            Self::Transactional => "After a service (transactional)",
            Self::Consultation => "Consultation",
            Self::Pulse => "Pulse survey",
        }
    }

    /// The same with what it is for, for the person who chooses.
    #[must_use]
    pub const fn choice(self) -> &'static str {
        match self {
            Self::TsmPerception => {
                "Tenant satisfaction measures: the regulator’s twelve questions, worded as it wants them"
            }
            Self::Perception => "Perception: what residents think of you in general",
            Self::Transactional => "After a service: how a repair, a letting or a call went, asked of those who had it",
            Self::Consultation => "Consultation: what people think before you decide",
            Self::Pulse => "Pulse: a few questions, asked often",
        }
    }

    /// Whether its answers may be reported as tenant satisfaction measures: those of a general survey with the
    /// regulator's questions and no other. What people say just after a repair is no measure of all tenants.
    #[must_use]
    pub const fn feeds_measures(self) -> bool {
        matches!(self, Self::TsmPerception)
    }
}

impl std::str::FromStr for SurveyKind {
    type Err = ();
    fn from_str(code: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.code() == code).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_known_by_its_code_and_one_alone_feeds_the_measures() {
        for kind in SurveyKind::ALL {
            assert_eq!(kind.code().parse(), Ok(kind));
        }
        assert!("".parse::<SurveyKind>().is_err());
        let feeding: Vec<_> = SurveyKind::ALL.into_iter().filter(|kind| kind.feeds_measures()).collect();
        assert_eq!(feeding, [SurveyKind::TsmPerception]);
    }
}
