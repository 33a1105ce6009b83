//! What residents of the example landlord said, all invented.

/// A comment as it is written down here.
pub(super) struct Said {
    pub standard: &'static str,
    pub words: &'static str,
    pub days_ago: i64,
    pub may_publish: bool,
    pub contact: Option<(&'static str, &'static str)>,
    pub answer: &'static str,
    /// Why it is kept back; empty when it is not.
    pub withheld: &'static str,
    /// The words as shown: empty for the resident's own, none when not shown.
    pub shown: Option<&'static str>,
}

const WORDS: Said = Said {
    standard: "",
    words: "",
    days_ago: 1,
    may_publish: true,
    contact: None,
    answer: "",
    withheld: "",
    shown: None,
};

/// Every comment of the example landlord.
pub(super) const COMMENTS: &[Said] = &[
    Said {
        standard: "calls-answered",
        words: "Rang on a Monday at nine and was through before I had found my pen. It used to take ten minutes.",
        days_ago: 34,
        answer: "Thank you. Since June two more people answer the phones on Monday mornings, when most of you ring.",
        shown: Some(""),
        ..WORDS
    },
    Said {
        standard: "appointments-kept",
        words: "They gave me a morning and came at ten past four. I lost half a day’s pay. The plumber, Dougie, was very nice about it.",
        days_ago: 61,
        contact: Some(("Petra Thimble", "petra.thimble@residents.example")),
        answer: "We are sorry. The job before yours ran over and nobody told you. From now on the office phones when a slot will be missed, and we have sent you the 10 pounds.",
        shown: Some(
            "They gave me a morning and came at ten past four. I lost half a day’s pay. The plumber was very nice about it.",
        ),
        ..WORDS
    },
    Said {
        standard: "damp-inspected",
        words: "Inspected after eight days, which is good. But I had to ring twice to learn what they found.",
        days_ago: 48,
        answer: "You should have had it in writing within three working days. We now send the findings on the day of the visit.",
        shown: Some(""),
        ..WORDS
    },
    Said {
        standard: "grass-cut",
        words: "The green behind Clover Court looks lovely this year. The corner by the bins is always left out.",
        days_ago: 80,
        answer: "The corner was not on the contractor’s map. It is now, and was cut on the next visit.",
        shown: Some(""),
        ..WORDS
    },
    Said {
        standard: "cleaning-grade",
        words: "Our block got a B, but nobody had looked behind the lift.",
        days_ago: 27,
        answer: "Come with us next time: the dates of inspections hang in your hall, and anybody may join.",
        shown: Some(""),
        ..WORDS
    },
    Said {
        standard: "minor-adaptations",
        words: "Rail fitted in six days. My mother uses it every day. Thank you.",
        days_ago: 19,
        shown: Some(""),
        answer: "We are glad. Please tell us if she needs anything else.",
        ..WORDS
    },
    Said {
        standard: "threats-same-day",
        words: "Somebody rang me within the hour and stayed on the line.",
        days_ago: 73,
        may_publish: false,
        contact: Some(("Marek Oakapple", "marek.oakapple@residents.example")),
        answer: "Thank you for telling us. Your housing officer stays in touch for as long as you want.",
        ..WORDS
    },
    Said {
        standard: "windows-on-schedule",
        words: "Windows were done in the right month, first time ever.",
        days_ago: 12,
        shown: Some(""),
        ..WORDS
    },
    Said {
        standard: "asb-contact",
        words: "It is the people at number 14 again and everybody knows what they are like.",
        days_ago: 22,
        withheld: "It speaks of neighbours who could be recognised",
        ..WORDS
    },
    Said {
        standard: "routine-repairs",
        words: "Gutter fixed on day nineteen. Cutting it fine, but you did it.",
        days_ago: 3,
        ..WORDS
    },
    Said {
        standard: "emails-answered",
        words: "I wrote a week ago about the parking bays and have heard nothing. Is anybody there?",
        days_ago: 2,
        contact: Some(("Juno Applegarth", "juno.applegarth@residents.example")),
        ..WORDS
    },
    Said {
        standard: "support-needs-met",
        words: "The taxi to the meeting came and the hearing loop worked. I could follow all of it for once.",
        days_ago: 1,
        ..WORDS
    },
];
