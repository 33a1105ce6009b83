//! Repairs and safe homes.

use super::Event::{Moves, Says, Shows, Waives};
use super::{Deed, Goal, Theme};
use crate::plans::status::Status::{Done, NotStarted, OnTrack};

pub(super) const THEMES: &[Theme] = &[Theme { title: "Repairs and safe homes", objectives: &[REPAIRS, DAMP, SAFETY] }];

const REPAIRS: Goal = Goal {
    number: "1",
    title: "Mend homes quickly, and right the first time",
    target: 4,
    actions: &[
        Deed {
            number: "1.1",
            title: "Offer repair appointments in the evening and on Saturday morning",
            measure: "At least one evening and one Saturday round a week in every area",
            outcome: "People who work need not take a day off for a repair",
            leads: "MP, RBr",
            cost: "£18,000 a year",
            due: (-6, -3),
            events: &[
                Says(224, OnTrack, None, "The crews have agreed a rota. A trial starts in Millbeck."),
                Says(163, OnTrack, Some(50), "Evening rounds run in five of ten areas. Tuesday evenings fill first."),
                Shows(
                    101,
                    "Appointments offered and taken, by area",
                    "evening-appointments.csv",
                    "area,offered,taken\nMillbeck,64,58\nQuayside,60,49\nHarrow Green,52,47\n",
                ),
                Says(100, Done, None, "Evening and Saturday appointments can be booked in every area."),
            ],
        },
        Deed {
            number: "1.2",
            title: "Send a text the day before a repair, and another when the worker is on the way",
            measure: "Nine in ten appointments have both texts",
            outcome: "Fewer missed visits",
            leads: "RBr",
            cost: "£4,200",
            due: (-5, -4),
            events: &[
                Says(210, OnTrack, None, "The supplier is chosen and the wording was tried out with eight tenants."),
                Shows(
                    131,
                    "Missed visits before and after the texts",
                    "missed-visits.csv",
                    "month,missed visits\nbefore,112\nafter,61\n",
                ),
                Says(130, Done, None, "Both texts go out. Missed visits fell from 112 to 61 a month."),
            ],
        },
        Deed {
            number: "1.3",
            title: "Ring every tenant within a week of a repair to ask whether it is mended",
            measure: "Calls made for eight in ten repairs, and every “no” reopened the same day",
            outcome: "Repairs that did not work come to light at once",
            leads: "TGa, RBr",
            cost: "Unknown",
            due: (-3, 3),
            events: &[
                Says(188, NotStarted, None, "Two callers are being recruited."),
                Says(119, OnTrack, Some(30), "Calls have begun in three areas. One repair in nine was not mended."),
                Says(33, OnTrack, Some(70), "Calls cover seven areas. One repair in fourteen was not mended."),
            ],
        },
        Deed {
            number: "1.4",
            title: "Agree with the crews which parts every van carries",
            measure: "A list on every van, checked each quarter",
            outcome: "Fewer second visits for a missing part",
            leads: "RBr",
            cost: "No additional cost",
            due: (-6, -2),
            events: &[
                Says(200, OnTrack, None, "The crews have listed the twenty parts they miss most often."),
                Says(96, OnTrack, Some(60), "Nine of fifteen vans carry the list. The others wait for new racks."),
            ],
        },
        Deed {
            number: "1.5",
            title: "Publish each month how many repairs were finished in time",
            measure: "A figure on this site by the tenth of each month",
            outcome: "Tenants can check us against our promise",
            leads: "ATa",
            cost: "No additional cost",
            due: (-7, 4),
            events: &[
                Says(212, OnTrack, None, "The first figures are out."),
                Says(61, OnTrack, None, "Published in time six months running."),
            ],
        },
    ],
};

const DAMP: Goal = Goal {
    number: "2",
    title: "Act on damp and mould before it harms anybody",
    target: 5,
    actions: &[
        Deed {
            number: "2.1",
            title: "Visit every home that reported damp in the last two years",
            measure: "A visit and a written plan for each home",
            outcome: "Nobody has to report the same damp twice",
            leads: "MP, HoS",
            cost: "£36,000",
            due: (-5, 2),
            events: &[
                Says(205, OnTrack, None, "412 homes are on the list. Visits began with families with small children."),
                Says(
                    142,
                    OnTrack,
                    Some(40),
                    "166 homes are visited. Half needed more than paint: a fan, a gutter or a vent.",
                ),
                Says(40, OnTrack, Some(78), "321 homes are visited and 274 have a plan with dates."),
            ],
        },
        Deed {
            number: "",
            title: "Millbeck and Orchard Row",
            measure: "148 homes",
            outcome: "",
            leads: "TGa",
            cost: "",
            due: (-5, -2),
            events: &[
                Says(150, OnTrack, Some(60), "89 homes are visited."),
                Shows(
                    81,
                    "List of visits with dates, without addresses",
                    "visits-millbeck.csv",
                    "week,homes visited\n1,31\n2,28\n3,30\n4,33\n5,26\n",
                ),
                Says(80, Done, None, "All 148 homes are visited."),
            ],
        },
        Deed {
            number: "",
            title: "Harrow Green",
            measure: "131 homes",
            outcome: "",
            leads: "TGa",
            cost: "",
            due: (-3, 0),
            events: &[
                Says(90, OnTrack, Some(35), "46 homes are visited."),
                Says(40, OnTrack, Some(80), "105 homes are visited."),
            ],
        },
        Deed {
            number: "",
            title: "Quayside and the tall blocks",
            measure: "133 homes",
            outcome: "",
            leads: "RBr",
            cost: "",
            due: (-1, 2),
            events: &[Says(
                40,
                OnTrack,
                Some(51),
                "68 homes are visited. Ventilation in Tern House needs a survey of its own.",
            )],
        },
        Deed {
            number: "2.2",
            title: "Teach everybody who visits homes to spot damp and to report it the same day",
            measure: "All 86 members of staff who visit homes",
            outcome: "Damp is found when we come for something else",
            leads: "HoS",
            cost: "£3,500",
            due: (-6, -4),
            events: &[
                Says(195, OnTrack, Some(45), "39 people have had the half day."),
                Waives(
                    128,
                    "All 86 people are trained, and the half day is part of joining us.",
                    "The register of training holds personal details; the tenants’ panel has seen it.",
                ),
            ],
        },
        Deed {
            number: "2.3",
            title: "Fit humidity sensors in the 200 homes most at risk",
            measure: "200 sensors read each week",
            outcome: "We see damp coming before the tenant does",
            leads: "MP (choice)\nRBr (fitting)",
            cost: "£22,500",
            due: (-4, -2),
            events: &[
                Says(190, OnTrack, None, "Tenants helped to choose the sensor: small, silent, no microphone."),
                Moves(92, -1, "The maker could send only 80 sensors in the summer."),
                Says(70, OnTrack, Some(40), "80 sensors are in and read each week. The rest have arrived late."),
            ],
        },
        Deed {
            number: "2.4",
            title: "Write plain advice on damp together with tenants, in four languages",
            measure: "A leaflet in English, Polish, Welsh and Urdu",
            outcome: "Advice that blames nobody and helps",
            leads: "OF",
            cost: "£1,900",
            due: (-5, -3),
            events: &[
                Says(
                    172,
                    OnTrack,
                    None,
                    "Eleven tenants have written the first version. Out went every “simply open a window”.",
                ),
                Shows(
                    111,
                    "The leaflet’s text in English",
                    "damp-leaflet.txt",
                    "Damp is not your fault. Tell us, and we come within ten working days. Here is what we do, and what can help until then.\n",
                ),
                Says(110, Done, None, "The leaflet is out in four languages and with every welcome pack."),
            ],
        },
    ],
};

const SAFETY: Goal = Goal {
    number: "3",
    title: "Keep every building safe, and say so at its front door",
    target: 6,
    actions: &[
        Deed {
            number: "3.1",
            title: "Show the safety checks of each building by its front door and online",
            measure: "A notice in all 64 shared entrances",
            outcome: "People can see when the alarm, lift and water were last checked",
            leads: "MP",
            cost: "£2,800",
            due: (-2, 2),
            events: &[
                Says(117, NotStarted, None, "The notice is being tried out in Tern House."),
                Says(45, OnTrack, Some(55), "Notices hang in 35 of 64 entrances."),
            ],
        },
        Deed {
            number: "3.2",
            title: "Walk every tall block with tenants each quarter to check the fire doors",
            measure: "Six blocks, four times a year",
            outcome: "A door that does not close is mended within a day",
            leads: "MP, TGa",
            cost: "No additional cost",
            due: (-7, 5),
            events: &[
                Says(179, OnTrack, None, "The first round: 212 doors seen, 19 mended."),
                Says(88, OnTrack, None, "The second round: 214 doors seen, 7 mended."),
                Says(12, OnTrack, None, "The third round: 214 doors seen, 5 mended."),
            ],
        },
        Deed {
            number: "3.3",
            title: "Replace the alarm panels of the six tall blocks",
            measure: "Six panels in service and tested with the fire service",
            outcome: "Alarms that say where the smoke is",
            leads: "MP",
            cost: "£140,000",
            due: (-4, -1),
            events: &[
                Says(160, OnTrack, None, "The order is placed."),
                Moves(66, 3, "Cables in two blocks are older than the drawings say and must be renewed first."),
                Says(65, OnTrack, Some(50), "Three panels are in. The other three follow with the new cables."),
            ],
        },
    ],
};
