//! What the pages around the questions say: start, check, receipt, refusals, paper.

/// Each phrase with its Welsh, in the order in which people meet them.
pub(super) const PAGES: &[(&str, &str)] = &[
    // Around every page.
    ("Skip to main content", "Neidio i’r prif gynnwys"),
    ("Error:", "Gwall:"),
    ("There is a problem", "Mae yna broblem"),
    ("Done", "Wedi’i wneud"),
    ("Please note", "Sylwch"),
    ("Language", "Iaith"),
    // The start.
    ("Have your say", "Dweud eich dweud"),
    ("It takes", "Mae’n cymryd"),
    ("About 1 minute", "Tua 1 munud"),
    ("About {n} minutes", "Tua {n} munud"),
    ("It is open until", "Mae ar agor tan"),
    ("Questions", "Cwestiynau"),
    ("Up to {n}", "Hyd at {n}"),
    (
        "You do not give your name. {landlord} keeps your answers without your address and without the time of day, and staff are not shown who said what.",
        "Nid ydych yn rhoi eich enw. Mae {landlord} yn cadw eich atebion heb eich cyfeiriad a heb yr amser o’r dydd, ac nid yw staff yn cael gweld pwy ddywedodd beth.",
    ),
    ("Start now", "Dechrau nawr"),
    ("Go on where you stopped", "Mynd ymlaen o’r lle y gwnaethoch stopio"),
    (
        "Your answers are saved after each question, so you can stop and come back on this device within 30 days.",
        "Mae eich atebion yn cael eu cadw ar ôl pob cwestiwn, felly gallwch stopio a dod yn ôl ar y ddyfais hon o fewn 30 diwrnod.",
    ),
    ("See all the questions on one page instead", "Gweld yr holl gwestiynau ar un dudalen yn lle hynny"),
    ("Print a paper form instead", "Argraffu ffurflen bapur yn lle hynny"),
    (
        "Your answers so far are kept. On this device you can go on where you stopped.",
        "Mae eich atebion hyd yma wedi’u cadw. Ar y ddyfais hon gallwch fynd ymlaen o’r lle y gwnaethoch stopio.",
    ),
    ("Start again from the first question", "Dechrau eto o’r cwestiwn cyntaf"),
    (
        "If another person began on this device, or you want to begin afresh, you can start again. The answers given so far will be deleted. They were not sent to us.",
        "Os dechreuodd rhywun arall ar y ddyfais hon, neu os ydych am ddechrau o’r newydd, gallwch ddechrau eto. Bydd yr atebion a roddwyd hyd yma yn cael eu dileu. Ni chawsant eu hanfon atom.",
    ),
    ("Delete them and start again", "Eu dileu a dechrau eto"),
    ("You sent answers on this device on {date}.", "Gwnaethoch anfon atebion ar y ddyfais hon ar {date}."),
    (
        "If somebody else would like to answer on it, they can start below.",
        "Os hoffai rhywun arall ateb arni, gallant ddechrau isod.",
    ),
    ("See your receipt", "Gweld eich derbynneb"),
    (
        "This survey is for people who were sent a personal link. Open the link in your e-mail or text message to answer.",
        "Mae’r arolwg hwn ar gyfer pobl a gafodd ddolen bersonol. Agorwch y ddolen yn eich e-bost neu neges destun i ateb.",
    ),
    ("I have a code from a letter", "Mae gen i god o lythyr"),
    ("This survey opens at {moment}.", "Bydd yr arolwg hwn yn agor am {moment}."),
    ("This survey closed at {moment}.", "Caeodd yr arolwg hwn am {moment}."),
    ("See what people told us", "Gweld beth ddywedodd pobl wrthym"),
    (
        "The results will appear here when they have been read.",
        "Bydd y canlyniadau’n ymddangos yma ar ôl iddynt gael eu darllen.",
    ),
    // The questions.
    ("Back", "Yn ôl"),
    ("Question {n} of {most}", "Cwestiwn {n} o {most}"),
    ("Save and go on", "Cadw a mynd ymlaen"),
    ("The questions were changed. Please look again", "Newidiwyd y cwestiynau. Edrychwch eto"),
    ("All questions", "Pob cwestiwn"),
    (
        "We have filled in your answers so far. What you change on this page is kept only when you send it.",
        "Rydym wedi llenwi eich atebion hyd yma. Dim ond pan fyddwch yn ei hanfon y caiff yr hyn rydych yn ei newid ar y dudalen hon ei gadw.",
    ),
    ("Send my answers", "Anfon fy atebion"),
    (
        "You have not answered any question yet. Answer at least one",
        "Nid ydych wedi ateb unrhyw gwestiwn eto. Atebwch o leiaf un",
    ),
    ("Check your answers", "Gwirio eich atebion"),
    ("Change", "Newid"),
    ("Not answered", "Heb ei ateb"),
    (
        "Your answers were changed in another window. Look at them again, then send them",
        "Newidiwyd eich atebion mewn ffenestr arall. Edrychwch arnynt eto, yna eu hanfon",
    ),
    ("Please look at your answers again, then send them", "Edrychwch ar eich atebion eto, yna eu hanfon"),
    // What stands against sending.
    (
        "This survey closed at {moment}. You began before then, so you can still send your answers until {until}.",
        "Caeodd yr arolwg hwn am {moment}. Gwnaethoch ddechrau cyn hynny, felly gallwch anfon eich atebion o hyd tan {until}.",
    ),
    (
        "This survey does not open until {moment}. Your answers are still on this page",
        "Nid yw’r arolwg hwn yn agor tan {moment}. Mae eich atebion yn dal ar y dudalen hon",
    ),
    (
        "This survey closed at {moment}, so your answers cannot be taken any more. They are still on this page for you to keep",
        "Caeodd yr arolwg hwn am {moment}, felly ni ellir derbyn eich atebion mwyach. Maent yn dal ar y dudalen hon i chi eu cadw",
    ),
    (
        "This survey is for people who were sent a personal link. Open the link in your e-mail, then send your answers from there",
        "Mae’r arolwg hwn ar gyfer pobl a gafodd ddolen bersonol. Agorwch y ddolen yn eich e-bost, yna anfonwch eich atebion oddi yno",
    ),
    (
        "Answers were sent with your personal link before. Each link counts once, so these were not added",
        "Anfonwyd atebion gyda’ch dolen bersonol o’r blaen. Mae pob dolen yn cyfrif unwaith, felly ni chafodd y rhain eu hychwanegu",
    ),
    (
        "The questions were changed while you were answering. Look at your answers again, then send them",
        "Newidiwyd y cwestiynau tra oeddech yn ateb. Edrychwch ar eich atebion eto, yna eu hanfon",
    ),
    ("Your answers were not kept. Please send them again", "Ni chafodd eich atebion eu cadw. Anfonwch nhw eto"),
    ("These answers were sent before", "Anfonwyd yr atebion hyn o’r blaen"),
    (
        "You sent this form a moment ago, and those answers are kept. What you changed since then has not been sent, so that nobody is counted twice.",
        "Gwnaethoch anfon y ffurflen hon funud yn ôl, ac mae’r atebion hynny wedi’u cadw. Nid yw’r hyn y gwnaethoch ei newid ers hynny wedi’i anfon, fel nad oes neb yn cael ei gyfrif ddwywaith.",
    ),
    (
        "If you want to change what you told us, please contact us with the reference from your receipt.",
        "Os ydych am newid yr hyn a ddywedwyd gennych wrthym, cysylltwch â ni gyda’r cyfeirnod o’ch derbynneb.",
    ),
    (
        "The photo you added is not here any more. Choose “Change” beside it, then add it again or take it away",
        "Nid yw’r llun a ychwanegwyd gennych yma bellach. Dewiswch “Newid” wrth ei ymyl, yna ychwanegwch ef eto neu ei dynnu i ffwrdd",
    ),
    ("Back to the survey", "Yn ôl i’r arolwg"),
    ("This has ended", "Mae hyn wedi dod i ben"),
    (
        "This personal link has been used: answers were sent with it. Thank you. Each link counts once.",
        "Mae’r ddolen bersonol hon wedi’i defnyddio: anfonwyd atebion gyda hi. Diolch. Mae pob dolen yn cyfrif unwaith.",
    ),
    ("Go to the home page", "Mynd i’r hafan"),
    // The receipt.
    ("Thank you", "Diolch"),
    ("Your reference", "Eich cyfeirnod"),
    ("We received your answers on {date}.", "Cawsom eich atebion ar {date}."),
    (
        "Keep the reference if you may want to ask us about them: it is the only way for us to find them, as they do not carry your name.",
        "Cadwch y cyfeirnod os efallai y byddwch am ein holi amdanynt: dyma’r unig ffordd i ni ddod o hyd iddynt, gan nad ydynt yn cynnwys eich enw.",
    ),
    ("What happens next", "Beth sy’n digwydd nesaf"),
    ("See other surveys", "Gweld arolygon eraill"),
    // Paper.
    ("Paper form", "Ffurflen bapur"),
    (
        "Print this page: only the form is printed.",
        "Argraffwch y dudalen hon: dim ond y ffurflen sy’n cael ei hargraffu.",
    ),
    (
        "Use a pen. Tick the boxes or write on the lines. Leave out what you would rather not answer.",
        "Defnyddiwch feiro. Ticiwch y blychau neu ysgrifennwch ar y llinellau. Gadewch yr hyn y byddai’n well gennych beidio â’i ateb.",
    ),
    (
        "You do not give your name. Somebody at {landlord} types in your answers, which are kept without your address and without anything that says who sent them.",
        "Nid ydych yn rhoi eich enw. Bydd rhywun yn {landlord} yn teipio eich atebion, sy’n cael eu cadw heb eich cyfeiriad a heb ddim sy’n dweud pwy a’u hanfonodd.",
    ),
    (
        "Give the form to anybody who works for {landlord}, so that we have it by {date}.",
        "Rhowch y ffurflen i unrhyw un sy’n gweithio i {landlord}, fel ei bod gyda ni erbyn {date}.",
    ),
    ("Send the form back so that we have it by {date}:", "Anfonwch y ffurflen yn ôl fel ei bod gyda ni erbyn {date}:"),
    ("Thank you for your answers.", "Diolch am eich atebion."),
    ("Copy the code of your letter here:", "Copïwch god eich llythyr yma:"),
    (
        "By it we see that your home answered, so that each is counted once. It is kept apart from your answers.",
        "Drwyddo gwelwn fod eich cartref wedi ateb, fel bod pob un yn cael ei gyfrif unwaith. Fe’i cedwir ar wahân i’ch atebion.",
    ),
    ("For our office: received on", "Ar gyfer ein swyddfa: derbyniwyd ar"),
    // Times and days.
    ("{time} on {date} (UK time)", "{time} ar {date} (amser y DU)"),
    ("midnight at the start of {date} (UK time)", "hanner nos ar ddechrau {date} (amser y DU)"),
    ("midday", "hanner dydd"),
    ("{n}am", "{n}yb"),
    ("{n}pm", "{n}yp"),
    ("{day} January {year}", "{day} Ionawr {year}"),
    ("{day} February {year}", "{day} Chwefror {year}"),
    ("{day} March {year}", "{day} Mawrth {year}"),
    ("{day} April {year}", "{day} Ebrill {year}"),
    ("{day} May {year}", "{day} Mai {year}"),
    ("{day} June {year}", "{day} Mehefin {year}"),
    ("{day} July {year}", "{day} Gorffennaf {year}"),
    ("{day} August {year}", "{day} Awst {year}"),
    ("{day} September {year}", "{day} Medi {year}"),
    ("{day} October {year}", "{day} Hydref {year}"),
    ("{day} November {year}", "{day} Tachwedd {year}"),
    ("{day} December {year}", "{day} Rhagfyr {year}"),
];
