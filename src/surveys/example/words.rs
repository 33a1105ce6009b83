//! What the example landlord's residents wrote. All invented.

/// About a repair that went well.
pub const REPAIRS_KIND: &[&str] = &[
    "The plumber phoned before he came, put sheets down and was done in an hour.",
    "I got a text the day before with a two-hour slot and they kept to it.",
    "Very polite young man. He showed me how to turn the water off if it happens again.",
    "Second time this year and both times fixed on the day.",
    "They noticed another dripping tap and mended it while they were here.",
    "The lady on the phone knew exactly what to ask, so the right person came.",
    "Quick, clean, friendly.",
    "I work nights and they gave me a late appointment without a fuss.",
    "The new boiler part was fitted three days after I rang.",
    "They rang a week later to ask if the heating was still fine. It was.",
    "Good job on the back door. It shuts properly for the first time in years.",
    "He took his boots off without being asked.",
    "It was an emergency on a Sunday and somebody came within two hours.",
    "I could send a photo of the leak, which saved a visit.",
    "The electrician explained everything to my mother, who is hard of hearing, in writing.",
    "No complaints at all. Thank you.",
    "The joiner matched the old skirting so you cannot see the join.",
    "Reported online at night, done by Thursday.",
    "They came back the next morning to finish as they had promised.",
    "Our caretaker chased it for us and it was done that week.",
];

/// About a repair that went badly.
pub const REPAIRS_HARSH: &[&str] = &[
    "I took a day off and nobody came. When I rang they had no record of it.",
    "Three visits for one kitchen tap. Each time a part was missing.",
    "The window was fixed but the plaster round it was left broken for two months.",
    "Waited five weeks for the extractor fan and the mould came back meanwhile.",
    "Nobody tells you they are running late. A text would do.",
    "The man was fine. The waiting was not.",
    "They marked it as finished when it was not, so I had to report it all over again.",
    "I was passed between the office and the contractor four times.",
    "The bathroom floor is still soft. They looked at it and said somebody would ring. Nobody did.",
    "Left a mess in the hall that I had to clear with a bad back.",
    "I asked for the afternoon because of school, and they came at nine.",
    "The radiator leaks again after three weeks.",
    "Your letters say twenty days. It was thirty-four.",
    "I have to explain the same thing to a new person every time.",
    "The gate has been tied up with string since the spring.",
    "No one could say which trade was needed, so first a joiner came, then a plumber, then a plasterer.",
    "Heating off for six days in a cold week with a baby in the house.",
    "They said I was not in. I was sitting by the door.",
];

/// About a place that is well looked after.
pub const ESTATE_KIND: &[&str] = &[
    "The new cleaner takes pride in it. The stairs have never looked better.",
    "The wild flower strip by the car park is lovely. More of that please.",
    "Lights on the path were mended quickly after I rang.",
    "A bench by the bus stop would make it perfect.",
    "The bins are much better since there is a second collection.",
    "Keep the notice board up to date, it is the one thing everybody reads.",
    "Happy here. A few more trees for shade in summer.",
    "The children’s play day was good. Do it every year.",
    "Somebody comes within a day now when furniture is dumped.",
    "The hall was painted in a colour we chose together. It made a difference.",
];

/// About a place that is not.
pub const ESTATE_HARSH: &[&str] = &[
    "The entrance door has not locked since September, so anybody walks in.",
    "The lift smells and is mopped once a month at best.",
    "Grass cuttings are left on the path and get slippery.",
    "Nobody has cleaned the landing windows this year.",
    "Rubbish is dumped behind the garages every weekend and stays for weeks.",
    "Two of four lights on our stair are out. I am afraid to come home late.",
    "I reported the noise eleven times and never heard what came of it.",
    "We pay a service charge for gardening that we do not see.",
    "The bin store is overflowing and there are rats.",
    "Cars park across the drop kerb and my neighbour in her chair cannot get past.",
    "The hedge is over the path, you have to walk in the road with a pram.",
    "Please put the cleaning rota up, so that we know when they were here.",
    "The puddle by the front steps is ice all winter.",
    "Graffiti in the underpass has been there for a year.",
];

/// About the landlord in general, content.
pub const HOMES_KIND: &[&str] = &[
    "On the whole you do well. The office people are kind.",
    "I like that you publish what you promised and how it went.",
    "The open evening was the first time I felt somebody listened.",
    "I have been here nineteen years and it is better than it was.",
    "Thank you for the help with the rent when my hours were cut.",
];

/// About the landlord in general, not content.
pub const HOMES_HARSH: &[&str] = &[
    "You ask every year. Show us what you did with the last answers.",
    "I cannot get through on the phone at lunch time, which is when I can ring.",
    "My home is cold and the windows are rotten. I was told next year, three years ago.",
    "Letters are full of words I have to look up.",
    "Tell us before workmen come, not after.",
    "The damp in the back bedroom comes back each winter whatever is painted over it.",
];
