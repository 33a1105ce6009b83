//! A say for everyone; money well spent.

use super::Event::{Moves, Says, Shows, Waives};
use super::{Deed, Goal, Theme};
use crate::plans::status::Status::{Done, NotStarted, OnTrack};

pub(super) const THEMES: &[Theme] = &[
    Theme { title: "A say for everyone", objectives: &[VOICE, FAIR] },
    Theme { title: "Money well spent", objectives: &[MONEY] },
];

const VOICE: Goal = Goal {
    number: "8",
    title: "Tenants shape what we decide",
    target: 4,
    actions: &[
        Deed {
            number: "8.1",
            title: "Set up a panel of twelve tenants that checks this plan every quarter",
            measure: "Twelve members from at least eight areas",
            outcome: "Somebody who is not us says whether it is done",
            leads: "OF",
            cost: "£3,000 a year",
            due: (-7, -5),
            events: &[
                Says(
                    226,
                    OnTrack,
                    None,
                    "31 people asked to join. Members are drawn by lot so that every area is there.",
                ),
                Shows(
                    176,
                    "How members were drawn, and the areas they come from",
                    "panel.txt",
                    "Twelve members, nine areas, drawn by lot before witnesses.\n",
                ),
                Says(175, Done, None, "The panel has twelve members from nine areas and has met for the first time."),
            ],
        },
        Deed {
            number: "8.2",
            title: "Train tenants to test our service as mystery shoppers",
            measure: "Eight trained tenants",
            outcome: "We learn what it is like to ask us for something",
            leads: "OF, ATa",
            cost: "£1,600",
            due: (-6, -4),
            events: &[
                Says(185, OnTrack, None, "Ten people came to the first evening."),
                Shows(
                    123,
                    "Plan of the training day",
                    "shopper-training.txt",
                    "Morning: what to look for, and how to note it. Afternoon: two practice calls.\n",
                ),
                Says(122, Done, None, "Nine tenants are trained and the first returns are in."),
            ],
        },
        Deed {
            number: "8.3",
            title: "Pay for travel, childcare and an interpreter at every meeting",
            measure: "Offered on every invitation",
            outcome: "Nobody stays away for want of ten pounds",
            leads: "OF, ELe",
            cost: "£5,400",
            due: (-7, -6),
            events: &[Waives(
                201,
                "Every invitation offers it, and one guest in three has used it.",
                "The receipts name people and stay in the accounts.",
            )],
        },
        Deed {
            number: "8.4",
            title: "Ask every tenant once a year how we are doing, and publish the answers as they are",
            measure: "Answers from at least one home in five",
            outcome: "We hear from those who never come to meetings",
            leads: "ATa",
            cost: "£8,000",
            due: (-2, 3),
            events: &[
                Says(87, OnTrack, None, "The questions were tried out with fourteen tenants, and two were thrown out."),
                Says(21, OnTrack, Some(45), "The survey is open."),
            ],
        },
        Deed {
            number: "8.5",
            title: "Meet once a year in every area, with the chief executive, and no slides",
            measure: "Ten evenings",
            outcome: "People know who decides",
            leads: "MP",
            cost: "£2,400",
            due: (-4, -1),
            events: &[
                Says(137, OnTrack, Some(30), "Three evenings, 94 guests."),
                Moves(57, 1, "Two halls were closed in the summer; four evenings have new dates."),
                Says(24, OnTrack, Some(80), "Eight evenings, 231 guests."),
            ],
        },
    ],
};

const FAIR: Goal = Goal {
    number: "9",
    title: "Fair for everybody",
    target: 3,
    actions: &[
        Deed {
            number: "9.1",
            title: "Know what each household needs: language, large print, more time at the door",
            measure: "Needs asked and noted for nine homes in ten",
            outcome: "Nobody has to ask twice",
            leads: "ELe, HoS",
            cost: "No additional cost",
            due: (-3, 4),
            events: &[
                Says(115, OnTrack, Some(20), "Asked at every visit since spring."),
                Says(38, OnTrack, Some(44), "Noted for 44 homes in 100."),
            ],
        },
        Deed {
            number: "9.2",
            title: "Offer every letter in large print and as a recording",
            measure: "Both within five working days of asking",
            outcome: "Letters that everyone can read",
            leads: "ELe",
            cost: "£1,100",
            due: (-6, -4),
            events: &[
                Shows(
                    133,
                    "Requests and days taken",
                    "large-print.csv",
                    "month,requests,most days\n1,7,3\n2,11,4\n3,9,2\n",
                ),
                Says(132, Done, None, "27 requests so far, none took more than four days."),
            ],
        },
        Deed {
            number: "9.3",
            title: "Look at five policies for what they mean to different people, and mend them",
            measure: "Five reports on this site",
            outcome: "Rules that are the same on paper are fair in life",
            leads: "ELe, MP",
            cost: "No additional cost",
            due: (-5, -2),
            events: &[
                Says(154, OnTrack, Some(20), "Lettings is done: two questions were dropped."),
                Says(62, OnTrack, Some(60), "Three of five are done. Rent arrears comes next."),
            ],
        },
    ],
};

const MONEY: Goal = Goal {
    number: "10",
    title: "Show what the rent pays for, and spend it well",
    target: 6,
    actions: &[
        Deed {
            number: "10.1",
            title: "Compare what repairs, cleaning and the office cost us with six neighbours",
            measure: "A table with seven landlords",
            outcome: "We know where to look",
            leads: "ATa",
            cost: "£2,000",
            due: (-6, -3),
            events: &[
                Says(180, OnTrack, None, "Five of six neighbours have sent their figures."),
                Shows(
                    98,
                    "The comparison, landlords by letter",
                    "comparison.csv",
                    "landlord,repair in pounds,cleaning in pounds a home\nA,168,94\nB,181,88\nus,174,101\n",
                ),
                Says(
                    97,
                    Done,
                    None,
                    "Our repairs cost what others pay; our cleaning costs more. Action 6.1 looks into why.",
                ),
            ],
        },
        Deed {
            number: "10.2",
            title: "Show in the yearly report what each pound of rent pays for",
            measure: "One page that tenants have tried out",
            outcome: "Rent is no mystery",
            leads: "ATa, OF",
            cost: "No additional cost",
            due: (2, 5),
            events: &[Says(15, NotStarted, None, "The accounts are ready in spring. The page is planned for then.")],
        },
        Deed {
            number: "10.3",
            title: "Buy boilers together with two other landlords",
            measure: "A signed agreement and a lower price",
            outcome: "One boiler in eight for nothing, in the end",
            leads: "MP, RBr",
            cost: "No additional cost",
            due: (-5, -1),
            events: &[
                Says(127, OnTrack, None, "The two others have agreed to the kind of boiler."),
                Says(43, OnTrack, Some(70), "Prices are in. The agreement is with the lawyers."),
            ],
        },
    ],
};
