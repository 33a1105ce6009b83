//! Being easy to deal with.

use super::Event::{Joins, Says, Shows, Waives};
use super::{Deed, Goal, Theme};
use crate::plans::status::Status::{Done, NotStarted, OnTrack, Stopped};

pub(super) const THEMES: &[Theme] = &[Theme { title: "Being easy to deal with", objectives: &[CONTACT, COMPLAINTS] }];

const CONTACT: Goal = Goal {
    number: "4",
    title: "Answer, and keep people informed",
    target: 3,
    actions: &[
        Deed {
            number: "4.1",
            title: "Answer the telephone within 60 seconds on Mondays too",
            measure: "85 of 100 calls on Mondays, by the telephone system, week by week",
            outcome: "Nobody hangs up in despair",
            leads: "TGa",
            cost: "£31,000 a year",
            due: (-5, -1),
            events: &[
                Says(
                    183,
                    OnTrack,
                    Some(20),
                    "Answered within 60 seconds on Mondays: 52 in 100. Two more people start next month.",
                ),
                Says(94, OnTrack, Some(60), "Answered within 60 seconds on Mondays: 67 in 100."),
                Says(
                    26,
                    OnTrack,
                    Some(75),
                    "Answered within 60 seconds on Mondays: 78 in 100. Over the whole week the promise is kept; on Mondays it is not yet.",
                ),
            ],
        },
        Deed {
            number: "4.2",
            title: "Offer to ring back instead of waiting in the queue",
            measure: "The offer comes after one minute, and nine in ten are rung back the same day",
            outcome: "No cost and no waiting for people on pay-as-you-go",
            leads: "TGa",
            cost: "No additional cost",
            due: (-6, -5),
            events: &[
                Shows(
                    157,
                    "Calls returned the same day, four weeks",
                    "ring-back.csv",
                    "week,asked,returned the same day\n1,203,188\n2,191,182\n3,214,205\n4,187,181\n",
                ),
                Says(156, Done, None, "The offer is there all day. Nine in ten are rung back in time."),
            ],
        },
        Deed {
            number: "4.3",
            title: "Rewrite the twenty letters we send most, together with readers",
            measure: "Each letter read and understood by five tenants",
            outcome: "Letters that need no telephone call to explain them",
            leads: "OF, ELe",
            cost: "No additional cost",
            due: (-4, 1),
            events: &[
                Says(134, OnTrack, Some(25), "Five letters are rewritten. The rent letter lost two pages."),
                Says(31, OnTrack, Some(65), "Thirteen of twenty letters are rewritten."),
            ],
        },
        Deed {
            number: "4.4",
            title: "Give every complaint one named person who rings within two working days",
            measure: "Calls noted for nine complaints in ten",
            outcome: "People tell their story once",
            leads: "HoS",
            cost: "No additional cost",
            due: (-6, -4),
            events: &[
                Says(192, OnTrack, None, "The heads of service share the complaints out each morning."),
                Waives(
                    121,
                    "Every complaint has a named person. 93 in 100 were rung within two days.",
                    "The notes of calls are part of each complaint and stay private; the panel reads a sample each quarter.",
                ),
            ],
        },
        Deed {
            number: "4.5",
            title: "Build an app of our own for rent and repairs",
            measure: "An app that half of all tenants use",
            outcome: "Everything in one place",
            leads: "MP",
            cost: "£95,000",
            due: (0, 6),
            events: &[
                Says(203, NotStarted, None, "Tenants were asked whether they want it."),
                Says(
                    147,
                    Stopped,
                    None,
                    "Four in five tenants told us that they would rather have the website work well on a phone. The money goes to evening appointments and the telephone.",
                ),
            ],
        },
    ],
};

const COMPLAINTS: Goal = Goal {
    number: "5",
    title: "Learn from complaints, and show what changed",
    target: 2,
    actions: &[
        Deed {
            number: "5.1",
            title: "Say every quarter what changed because somebody complained",
            measure: "Four reports a year, on this site and in the newsletter",
            outcome: "Complaining is worth the trouble",
            leads: "OF",
            cost: "No additional cost",
            due: (-5, -3),
            events: &[
                Shows(
                    106,
                    "The first report: nine complaints and what they changed",
                    "complaints-and-changes.txt",
                    "Nine complaints, nine changes. The gate at Orchard Row closes softly now.\n",
                ),
                Says(105, Done, None, "The first report is out and the next has its date."),
            ],
        },
        Deed {
            number: "5.2",
            title: "Go through five complaints a month with three tenants",
            measure: "Notes of each meeting, without names",
            outcome: "Somebody who is not us says what went wrong",
            leads: "OF, MP",
            cost: "£900",
            due: (-6, 5),
            events: &[
                Says(168, OnTrack, None, "The group has met twice."),
                Says(75, OnTrack, None, "Five meetings. The group asked for action 4.4, and got it."),
                Says(17, OnTrack, None, "Seven meetings so far."),
            ],
        },
        Deed {
            number: "5.3",
            title: "Let people follow a complaint by text message",
            measure: "A text at each step",
            outcome: "Nobody has to ask where their complaint is",
            leads: "RBr",
            cost: "Unknown",
            due: (-3, 2),
            events: &[
                Says(174, NotStarted, None, "Waits for the supplier of the repair texts."),
                Joins(125, "1.2", "The same messages serve repairs and complaints, so this goes on in action 1.2."),
            ],
        },
    ],
};
