//! What homes read that are asked to answer: e-mails, text messages and letters.

/// Each phrase with its Welsh. They are put together and never looked for in a finished sentence.
pub(super) const LETTERS: &[(&str, &str)] = &[
    (
        "You are getting this because your home was drawn from all homes of {landlord} to say how its services are.",
        "Rydych yn cael hwn am fod eich cartref wedi’i ddewis o blith holl gartrefi {landlord} i ddweud sut mae ei wasanaethau.",
    ),
    (
        "We wrote to you before: {landlord} would still like to hear how its services are for you.",
        "Gwnaethom ysgrifennu atoch o’r blaen: hoffai {landlord} glywed o hyd sut mae ei wasanaethau i chi.",
    ),
    ("It takes about 1 minute and is open until {moment}.", "Mae’n cymryd tua 1 munud ac mae ar agor tan {moment}."),
    (
        "It takes about {n} minutes and is open until {moment}.",
        "Mae’n cymryd tua {n} munud ac mae ar agor tan {moment}.",
    ),
    ("Answer here: {link}", "Atebwch yma: {link}"),
    (
        "The link is for your home and works once, for whoever of you answers. We see that your home answered, so that each is counted once. Your answers are kept apart from that: staff are not shown who said what.",
        "Mae’r ddolen ar gyfer eich cartref chi ac mae’n gweithio unwaith, pwy bynnag ohonoch sy’n ateb. Gwelwn fod eich cartref wedi ateb, fel bod pob un yn cael ei gyfrif unwaith. Cedwir eich atebion ar wahân i hynny: nid yw staff yn cael gweld pwy ddywedodd beth.",
    ),
    (
        "If somebody in your home has answered in another way, you need do nothing.",
        "Os yw rhywun yn eich cartref wedi ateb mewn ffordd arall, nid oes angen i chi wneud dim.",
    ),
    ("To hear no more about this survey: {link}", "I beidio â chlywed mwy am yr arolwg hwn: {link}"),
    ("Reminder: {title}", "Nodyn atgoffa: {title}"),
    ("{title}: 1 minute of your time", "{title}: 1 munud o’ch amser"),
    ("{title}: {n} minutes of your time", "{title}: {n} munud o’ch amser"),
    ("{landlord}: {title}, 1 minute. {link}", "{landlord}: {title}, 1 munud. {link}"),
    ("{landlord}: {title}, {n} minutes. {link}", "{landlord}: {title}, {n} munud. {link}"),
    ("{landlord}: a survey for your home. {link}", "{landlord}: arolwg ar gyfer eich cartref. {link}"),
    ("A survey for your home: {link}", "Arolwg ar gyfer eich cartref: {link}"),
    (
        "Your home was drawn from all homes of {landlord} to say how its services are.",
        "Mae eich cartref wedi’i ddewis o blith holl gartrefi {landlord} i ddweud sut mae ei wasanaethau.",
    ),
    (
        "Hold the camera of a phone to the picture, or type this address:",
        "Daliwch gamera ffôn at y llun, neu teipiwch y cyfeiriad hwn:",
    ),
    ("and then your code:", "ac yna eich cod:"),
    (
        "The code is for your home and works once, for whoever of you answers. We see that your home answered, so that each is counted once. Your answers are kept apart from that: staff are not shown who said what.",
        "Mae’r cod ar gyfer eich cartref chi ac mae’n gweithio unwaith, pwy bynnag ohonoch sy’n ateb. Gwelwn fod eich cartref wedi ateb, fel bod pob un yn cael ei gyfrif unwaith. Cedwir eich atebion ar wahân i hynny: nid yw staff yn cael gweld pwy ddywedodd beth.",
    ),
    (
        "If you would rather answer by telephone or on paper, or would rather not be asked, phone us on {phone} and say {reference}.",
        "Os byddai’n well gennych ateb dros y ffôn neu ar bapur, neu beidio â chael eich gofyn, ffoniwch ni ar {phone} a dywedwch {reference}.",
    ),
];
