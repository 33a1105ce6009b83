//! The ways from every page: what residents can go to, the staff workspace by the loop, and the footer.

/// What residents and visitors can go to.
pub(super) const PUBLIC: &[(&str, &str)] = &[
    ("/standards", "What you can expect"),
    ("/have-your-say", "Have your say"),
    ("/plan", "What we are doing"),
    ("/what-changed", "What changed"),
];

/// The staff workspace, by the loop.
pub(super) const LOOP: &[(&str, &[(&str, &str)])] = &[
    ("", &[("/staff", "What needs me")]),
    ("Promise", &[("/staff/standards", "Standards"), ("/staff/comments", "Comments")]),
    (
        "Ask",
        &[
            ("/staff/surveys", "Surveys"),
            ("/staff/homes", "Homes"),
            ("/staff/focus-groups", "Focus groups"),
            ("/staff/mystery-shopping", "Mystery shopping"),
        ],
    ),
    (
        "Learn",
        &[
            ("/staff/performance", "Performance"),
            ("/staff/research", "Research"),
            ("/staff/assurance", "Assurance map"),
        ],
    ),
    ("Act", &[("/staff/plan", "Improvement plan"), ("/staff/improvement", "Continuous improvement")]),
    (
        "Show",
        &[("/staff/what-changed", "What changed"), ("/staff/decisions", "Decisions"), ("/staff/pages", "Site pages")],
    ),
    (
        "Run",
        &[
            ("/staff/people", "People"),
            ("/staff/letters", "E-mail"),
            ("/staff/audit", "Log of changes"),
            ("/staff/settings", "Settings"),
        ],
    ),
];

/// Where pages belong that no way of their own leads to.
pub(super) const BELONG: &[(&str, &str)] = &[
    ("/surveys", "/have-your-say"),
    ("/s", "/have-your-say"),
    ("/focus-groups", "/have-your-say"),
    ("/places", "/have-your-say"),
    ("/plans", "/plan"),
];

/// Pages named in every footer.
pub(super) const FOOTER: &[(&str, &str)] = &[
    ("/pages/contact", "Contact us"),
    ("/pages/privacy", "Privacy"),
    ("/pages/accessibility", "Accessibility"),
    ("/pages/cookies", "Cookies"),
];
