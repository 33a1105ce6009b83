//! Places people are proud of.

use super::Event::{Moves, Says, Shows, Unclear};
use super::{Deed, Goal, Theme};
use crate::plans::status::Status::{Done, NotStarted, OnTrack};

pub(super) const THEMES: &[Theme] = &[Theme { title: "Places to be proud of", objectives: &[SHARED, SAFE] }];

const SHARED: Goal = Goal {
    number: "6",
    title: "Clean, cared-for shared places",
    target: 4,
    actions: &[
        Deed {
            number: "6.1",
            title: "Agree with the tenants of each block what clean means, with photographs",
            measure: "A page with photographs in all 64 entrances",
            outcome: "Cleaner and tenant look at the same picture",
            leads: "TGa, OF",
            cost: "£2,100",
            due: (-5, -2),
            events: &[
                Says(166, OnTrack, Some(30), "Tenants in twenty blocks have taken the photographs themselves."),
                Shows(
                    77,
                    "The page with photographs, Tern House",
                    "clean-means-this.txt",
                    "Stairs: swept twice a week, washed on Thursday. See the photographs beside the lift.\n",
                ),
                Says(76, Done, None, "All 64 entrances have their page."),
            ],
        },
        Deed {
            number: "6.2",
            title: "Walk round every estate twice a year with tenants and councillors",
            measure: "A list of what was seen, and what became of it, within a month",
            outcome: "Small things are mended before they are big",
            leads: "TGa",
            cost: "No additional cost",
            due: (-6, 4),
            events: &[
                Says(159, OnTrack, Some(50), "The spring round: ten walks, 87 things seen, 71 mended."),
                Says(29, OnTrack, Some(80), "The autumn round: six of ten walks so far."),
            ],
        },
        Deed {
            number: "6.3",
            title: "Care for the grounds of two estates with our own gardeners",
            measure: "Four gardeners at work, and tenants asked after half a year",
            outcome: "One gardener who knows the place",
            leads: "MP",
            cost: "£64,000 a year",
            due: (3, 7),
            events: &[Says(
                52,
                NotStarted,
                None,
                "The contract runs until spring. The two estates are chosen: Orchard Row and Harrow Green.",
            )],
        },
        Deed {
            number: "6.4",
            title: "Hold a day each quarter when we take bulky rubbish away free of charge",
            measure: "Four days in every area",
            outcome: "No sofas by the bins",
            leads: "TGa",
            cost: "Unknown",
            due: (-6, 1),
            events: &[Unclear(
                113,
                "Skips were ordered for Millbeck and Quayside with the council, leaflets went round.",
            )],
        },
    ],
};

const SAFE: Goal = Goal {
    number: "7",
    title: "Feel safe at home and on the way home",
    target: 5,
    actions: &[
        Deed {
            number: "7.1",
            title: "Mend every shared light within five working days",
            measure: "Nineteen lights in twenty",
            outcome: "No dark stairs",
            leads: "RBr",
            cost: "£7,300",
            due: (-3, 2),
            events: &[
                Says(109, OnTrack, None, "In time: 81 lights in 100."),
                Says(36, OnTrack, None, "In time: 92 lights in 100. A second electrician has started."),
            ],
        },
        Deed {
            number: "7.2",
            title: "Give everybody who reports a nuisance a named person, who rings within one working day",
            measure: "Calls noted for nineteen reports in twenty",
            outcome: "Nobody is left alone with it",
            leads: "TGa, HoS",
            cost: "No additional cost",
            due: (-5, -2),
            events: &[
                Says(140, OnTrack, Some(50), "Named people in five areas."),
                Says(58, OnTrack, Some(70), "Named people in seven areas. Three wait for a new colleague."),
            ],
        },
        Deed {
            number: "7.3",
            title: "Offer neighbours a mediator before a quarrel grows",
            measure: "A mediator within two weeks of asking",
            outcome: "Fewer quarrels that end in court",
            leads: "OF",
            cost: "£6,000",
            due: (1, 4),
            events: &[Says(47, NotStarted, None, "Three mediators are asked for a price.")],
        },
        Deed {
            number: "7.4",
            title: "Ask young people where they do not feel safe, and change two of those places",
            measure: "Two places changed, and the young people asked again",
            outcome: "Places that serve those who use them most",
            leads: "OF, TGa",
            cost: "£12,000",
            due: (-4, -1),
            events: &[
                Says(149, OnTrack, None, "46 young people drew maps. The underpass and the garages came first."),
                Moves(48, 4, "The council mends the underpass in spring; ours follows theirs."),
                Says(47, OnTrack, Some(50), "The garages have light and are open to view. The underpass follows."),
            ],
        },
    ],
};
