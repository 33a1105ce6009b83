//! The example's four scenarios.

use crate::mystery_shopping::channel::Channel;

/// A scenario before its standards are looked up.
pub(super) struct Draft {
    pub title: &'static str,
    pub channel: Channel,
    pub persona: &'static str,
    pub brief: &'static str,
    pub opening_line: &'static str,
    pub facts_allowed: &'static str,
    pub answer_key: &'static str,
    pub stop_rule: &'static str,
    /// Words, the standard's slug, the number to note.
    pub items: &'static [(&'static str, &'static str, &'static str)],
}

/// Every scenario.
pub(super) const ALL: [Draft; 4] = [
    Draft {
        title: "Ask by phone how long a small repair takes",
        channel: Channel::Phone,
        persona: "Yourself: a tenant whose kitchen tap has begun to drip. Nothing is urgent.",
        brief: "Phone the repairs line between 8am and 6pm. Start your watch at the first ring and stop it when a person speaks.\n\nAsk how long a small repair takes, and how you would report one. Then ask for somebody to phone you back about having the outside tap looked at too. Keep the number you gave switched on the next working day.",
        opening_line: "Hello. My kitchen tap drips a little. How long would it take to have it mended?",
        facts_allowed: "You live in a flat on the first floor. You are at home on most mornings. Give your own number for the call back.",
        answer_key: "They say how many working days a small repair takes, and offer to book it. They promise a call back by the end of the next working day.",
        stop_rule: "Say no when they offer to book a visit: “I will look in my diary first”. If they ask whether you are testing them, tell the truth.",
        items: &[
            ("A person answered within 60 seconds", "calls-answered", "seconds until a person answered"),
            ("They gave their name and said what happens next", "name-given", ""),
            ("They phoned back by the end of the next working day", "call-backs-kept", ""),
        ],
    },
    Draft {
        title: "E-mail a question about the rent account",
        channel: Channel::Email,
        persona: "Yourself, or a tenant who pays by standing order and wonders about the statement.",
        brief: "Send one e-mail to the address on the contact page, on a weekday before noon. Wait for the answer, and count the working days until it comes. An automatic reply is not an answer.",
        opening_line: "Could you tell me when the next rent statement is sent, and whether I can have it by e-mail?",
        facts_allowed: "Your name and your street. Do not give a rent account number.",
        answer_key: "Statements go out every quarter, and can come by e-mail on request.",
        stop_rule: "Stop when you have an answer, or after ten working days.",
        items: &[
            ("A full answer came within 3 working days", "emails-answered", "working days until the answer"),
            ("The answer was signed with a name", "name-given", ""),
        ],
    },
    Draft {
        title: "Call in at the office without an appointment",
        channel: Channel::Visit,
        persona: "Yourself: somebody who wants to know how to apply for a move.",
        brief: "Go to the Lantern Row office on any weekday. Start your watch when you come through the door and stop it when somebody asks what you need.\n\nAsk for the form to apply for a move, and how long an answer takes.",
        opening_line: "I would like to know how I apply to move to a smaller home.",
        facts_allowed: "You have lived in your home for six years and have two bedrooms.",
        answer_key: "They hand over or send the form, and say how many working days a decision takes.",
        stop_rule: "Do not fill in the form. Leave if you wait longer than thirty minutes, and write that down.",
        items: &[
            ("Somebody saw you within ten minutes", "seen-in-ten-minutes", "minutes until somebody saw you"),
            ("They gave their name or wore a badge you could read", "name-given", ""),
        ],
    },
    Draft {
        title: "Look round an empty home and its shared entrance",
        channel: Channel::Inspection,
        persona: "Yourself, with a member of staff who opens the door.",
        brief: "Meet at the shared entrance. Look at the entrance and the stairs first. Then go through the home room by room. Look, try, and write down what you see. Take a photo where something is wrong.\n\nIf no home is empty that week, do the entrance alone and choose “Does not apply” for the home.",
        opening_line: "",
        facts_allowed: "There is nobody to convince here. Ask whatever you like.",
        answer_key: "The list of what a home is like when we let it, and the grades for cleaning with their pictures.",
        stop_rule: "Do not go in when something smells of gas or a step is broken. Tell the member of staff at once.",
        items: &[
            ("The home was clean and cleared, cupboards too", "relet-standard", ""),
            ("Taps, toilet and heating were shown to work", "relet-standard", ""),
            ("Doors and windows opened, shut and locked", "relet-standard", ""),
            ("The entrance and stairs were of grade A or B", "cleaning-grade", ""),
            ("No rubbish lay about and the notice board was up to date", "cleaning-grade", ""),
        ],
    },
];
