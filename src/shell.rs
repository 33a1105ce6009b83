//! The document around every page: head, header, the way round, footer; and the page of a refusal.

mod ways;

use leptos::prelude::*;

use crate::assets;
use crate::people::Role;
use crate::permissions;
use crate::ui;
use crate::ui::spoken::language::ENGLISH;
use crate::web::page::{Layout, NOTED};
use crate::web::viewer::Surroundings;
use crate::web::{Page, PageError, number};
use ways::{BELONG, FOOTER, LOOP, PUBLIC};

fn exists(path: &str) -> bool {
    permissions::of(path).is_some() || (path.starts_with("/pages/") && permissions::of("/pages/{slug}").is_some())
}

fn may_read(path: &str, around: &Surroundings) -> bool {
    permissions::may_read(around.viewer.role(), path)
}

/// The whole document for a page.
pub fn document(page: Page, around: Surroundings) -> AnyView {
    let (title, layout, tongue, in_error, body) = page.into_parts();
    let language = tongue.language();
    // What stands around a page in another language is English still.
    let around_lang = (!language.is_english()).then_some((ENGLISH.tag, ENGLISH.direction())).unzip();
    let error = if in_error { format!("{} ", tongue.say("Error:").words) } else { String::new() };
    provide_context(tongue);
    let landlord = around.landlord.name.clone();
    let place = if layout == Layout::Staff { " – Workspace" } else { "" };
    let full_title = format!("{error}{title}{place} – {landlord}");
    let brand = (around.landlord.colour != crate::settings::Landlord::default().colour).then(|| {
        view! { <link rel="stylesheet" href=format!("/brand.css?v={}", around.publication)/> }
    });
    let notice = around.notice.clone().map(|words| {
        let (title, class, words) = match words.strip_prefix(NOTED) {
            Some(words) => ("Please note", "govuk-notification-banner", words.to_owned()),
            None => ("Done", "govuk-notification-banner govuk-notification-banner--success", words),
        };
        view! {
            <div class=class role="alert" aria-labelledby="notice-title">
                <div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="notice-title">{ui::say(title)}</h2></div>
                <div class="govuk-notification-banner__content"><p class="govuk-notification-banner__heading">{ui::say(words)}</p></div>
            </div>
        }
    });
    // Of a staff page only what it shows is in another language.
    let (lang, dir) =
        if layout == Layout::Staff { (ENGLISH.tag, None) } else { (language.tag, language.rtl.then_some("rtl")) };
    let (main_lang, main_dir) =
        (!language.is_english() && layout == Layout::Staff).then_some((language.tag, language.direction())).unzip();
    let main = match layout {
        Layout::Resident => {
            view! { <main class="ds-width ds-main" id="main-content" tabindex="-1">{notice}{body()}</main> }.into_any()
        }
        Layout::Staff => view! {
            <div class="ds-staff">
                {workspace(&around)}
                {folded(&around)}
                <main class="ds-main" id="main-content" tabindex="-1" lang=main_lang dir=main_dir>{notice}{body()}</main>
            </div>
        }
        .into_any(),
    };
    view! {
        <!DOCTYPE html>
        <html lang=lang dir=dir class="govuk-template">
            <head>
                <meta charset="utf-8"/>
                <title>{full_title}</title>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <link rel="preload" href=assets::FONT r#as="font" type="font/woff2" crossorigin="anonymous"/>
                <link rel="stylesheet" href=assets::href("style.css")/>
                {brand}
                <link rel="icon" href=assets::href("favicon.svg") type="image/svg+xml"/>
            </head>
            <body class="govuk-template__body">
                <a href="#main-content" class="govuk-skip-link">{ui::say("Skip to main content")}</a>
                {header(&around, layout, around_lang)}
                {main}
                {footer(&around, around_lang)}
            </body>
        </html>
    }
    .into_any()
}

/// The attributes of English on a page in another language.
type Around = (Option<&'static str>, Option<&'static str>);

fn header(around: &Surroundings, layout: Layout, (lang, dir): Around) -> AnyView {
    let name = around.landlord.name.clone();
    let brand = match &around.landlord.logo_file {
        Some(file) => view! { <img class="ds-header__logo" src=format!("/logo?v={file}") alt=""/>{name} }.into_any(),
        None => view! { <img class="ds-header__logo" src=assets::href("favicon.svg") alt=""/>{name} }.into_any(),
    };
    let width =
        if layout == Layout::Staff { "ds-width ds-width--wide ds-header__bar" } else { "ds-width ds-header__bar" };
    let ways = (layout == Layout::Resident).then(|| view! { <nav class="ds-nav" aria-label="Main"><div class="ds-width"><ul class="ds-nav__list">{ways(around)}</ul></div></nav> });
    view! {
        <header class="ds-header" lang=lang dir=dir>
            <div class=width>
                <a class="ds-header__home" href="/">{brand}</a>
                <div class="ds-header__account">{person(around)}</div>
            </div>
            {ways}
        </header>
    }
    .into_any()
}

fn ways(around: &Surroundings) -> AnyView {
    let ways = PUBLIC.iter().filter(|(path, _)| exists(path)).map(|(path, label)| {
        let here =
            is_in(&around.path, path) || BELONG.iter().any(|(under, way)| way == path && is_in(&around.path, under));
        view! { <li><a class="ds-nav__link" href=*path aria-current=current(around, path, here)>{*label}</a></li> }
    });
    ways.collect_view().into_any()
}

/// True for a page's own address and those below it.
fn is_in(asked: &str, path: &str) -> bool {
    asked.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// How a way is marked: as the page itself, as the part of the site the page lies in, or not.
fn current(around: &Surroundings, path: &str, here: bool) -> Option<&'static str> {
    here.then_some(if around.path == path { "page" } else { "true" })
}

fn person(around: &Surroundings) -> AnyView {
    let Some(account) = &around.viewer.account else {
        return view! { <a href="/sign-in">"Sign in"</a> }.into_any();
    };
    let start = match account.role {
        Role::Resident => None,
        Role::Shopper => exists("/shops").then_some(("/shops", "My shops")),
        _ => Some(("/staff", "Workspace")),
    };
    view! {
        {start.map(|(path, label)| view! { <a href=path>{label}</a> })}
        <a href="/account"><span class="govuk-visually-hidden">"Your account: "</span>{account.name.clone()}</a>
        <form method="post" action="/sign-out"><button type="submit" class="ds-link-button">"Sign out"</button></form>
    }
    .into_any()
}

fn workspace(around: &Surroundings) -> AnyView {
    view! { <nav class="ds-side" aria-label="Workspace">{groups(around)}</nav> }.into_any()
}

/// The same ways behind one word, for screens on which they would push the page itself out of sight. Style shows one of
/// the two and takes the other away, for readers of every kind.
fn folded(around: &Surroundings) -> AnyView {
    let here = LOOP.iter().flat_map(|(_, links)| *links).find(|(path, _)| is_here(around, path));
    let here = here.map(|(_, label)| view! { <span class="ds-menu__here">{*label}</span> });
    view! {
        <details class="ds-menu">
            <summary class="ds-menu__word">"Menu"{here}</summary>
            <nav class="ds-menu__ways" aria-label="Workspace">{groups(around)}</nav>
        </details>
    }
    .into_any()
}

fn is_here(around: &Surroundings, path: &str) -> bool {
    around.path == path || (path != "/staff" && around.path.starts_with(&format!("{path}/")))
}

fn groups(around: &Surroundings) -> AnyView {
    let groups = LOOP.iter().filter_map(|(group, links)| {
        let links: Vec<AnyView> = links
            .iter()
            .filter(|(path, _)| may_read(path, around))
            .map(|(path, label)| {
                view! { <li><a class="ds-side__link" href=*path aria-current=current(around, path, is_here(around, path))>{*label}</a></li> }
                    .into_any()
            })
            .collect();
        (!links.is_empty()).then(|| {
            view! {
                <div class="ds-side__group">
                    {(!group.is_empty()).then(|| view! { <p class="ds-side__title">{*group}</p> })}
                    <ul class="ds-side__list">{links}</ul>
                </div>
            }
        })
    });
    groups.collect_view().into_any()
}

fn footer(around: &Surroundings, (lang, dir): Around) -> AnyView {
    let links = FOOTER
        .iter()
        .filter(|(path, _)| exists(path))
        .map(|(path, label)| view! { <li><a class="ds-footer__link" href=*path>{*label}</a></li> });
    let links = links.collect_view();
    let landlord = &around.landlord;
    let ways = [
        ("Phone", &landlord.phone),
        ("E-mail", &landlord.email),
        ("Post", &landlord.address),
        ("Open", &landlord.opening_hours),
    ];
    let help = ways.into_iter().filter(|(_, value)| !value.is_empty()).map(|(what, value)| {
        let words = match what {
            "Phone" => phone(value),
            "E-mail" => email(value),
            _ => lines(value),
        };
        view! { <div><h2>{what}</h2><p>{words}</p></div> }
    });
    let help = help.collect_view();
    view! {
        <footer class="ds-footer" lang=lang dir=dir>
            <div class="ds-width">
                <div class="ds-footer__help">{help}</div>
                <ul class="ds-footer__list">{links}</ul>
                <p class="ds-footer__note">{landlord.name.clone()}" uses Doorstep, free software under the AGPL."</p>
            </div>
        </footer>
    }
    .into_any()
}

fn lines(text: &str) -> AnyView {
    let lines = text.lines().enumerate();
    lines.map(|(at, line)| view! { {(at > 0).then(|| view! { <br/> })}{line.to_owned()} }).collect_view().into_any()
}

/// A phone number to be rung by touching it; words as they are where they hold more than a number.
pub fn phone(words: &str) -> AnyView {
    match number::tel(words) {
        Some(href) => view! { <a href=href>{words.to_owned()}</a> }.into_any(),
        None => lines(words),
    }
}

/// An e-mail address to be written to by touching it; words as they are where they hold more than an address.
pub fn email(words: &str) -> AnyView {
    if words.contains('@') && !words.contains(char::is_whitespace) {
        view! { <a href=format!("mailto:{words}")>{words.to_owned()}</a> }.into_any()
    } else {
        lines(words)
    }
}

/// The page of a refusal: what happened, what to do, and a reference to quote where it helps.
pub fn refusal(
    error: &PageError,
    reference: &str,
    around: &Surroundings,
    posted: Option<Vec<(String, String)>>,
) -> Page {
    let is_staff = around.viewer.role().is_some_and(Role::is_staff);
    let (title, words) = match error {
        PageError::NotFound => (
            "Page not found",
            "There is nothing at this address. It may have been typed or copied wrongly, or the page may have moved."
                .to_owned(),
        ),
        PageError::Forbidden if is_staff => (
            "You cannot do this",
            "Your account does not allow this. If you think it should, ask an administrator.".to_owned(),
        ),
        PageError::Forbidden => ("You cannot do this", "Your account does not allow this.".to_owned()),
        PageError::SignIn => ("Sign in", "Sign in to see this page.".to_owned()),
        PageError::Gone(words) => ("This has ended", words.clone()),
        PageError::BadRequest(words) => ("This could not be understood", words.clone()),
        PageError::TooMany => (
            "Too many at once",
            "Many forms have been sent from your network in the last minute. Wait a minute, then send yours again."
                .to_owned(),
        ),
        PageError::TooLarge => (
            "Too large to send",
            "What you sent is larger than this form can take. Choose a smaller file or write less, then try again."
                .to_owned(),
        ),
        PageError::Unavailable(_) if posted.is_some() => (
            "Not saved, please try again",
            "We could not save what you sent. It is still here: press the button to try again.".to_owned(),
        ),
        PageError::Unavailable(_) => (
            "Please try again soon",
            "The service cannot reach its records just now. Please try again in a few minutes.".to_owned(),
        ),
        PageError::Internal(_) => (
            "Something went wrong",
            format!(
                "This is our fault, not yours. Please try again, and if it happens again quote the reference {reference}."
            ),
        ),
    };
    let again = matches!(error, PageError::Unavailable(_))
        .then_some(posted)
        .flatten()
        .map(|fields| try_again(&around.path, fields));
    // Residents and shoppers know no administrator.
    let ask = (matches!(error, PageError::Forbidden) && !is_staff).then(|| {
        view! { <p class="govuk-body">"If you think it should, "<a class="govuk-link" href="/pages/contact">"contact us"</a>"."</p> }
    });
    let workspace = is_staff
        .then(|| view! { <p class="govuk-body"><a class="govuk-link" href="/staff">"Go to what needs me"</a></p> });
    let contact = (!around.landlord.phone.is_empty())
        .then(|| view! { <p class="govuk-body">"You can also phone us on " {phone(&around.landlord.phone)} "."</p> });
    Page::new(title, move || {
        view! {
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body">{words}</p>
            {ask}
            {again}
            {contact}
            {workspace}
            <p class="govuk-body"><a class="govuk-link" href="/">"Go to the home page"</a></p>
        }
    })
}

/// A form that sends the same again; passwords are never written back.
fn try_again(path: &str, fields: Vec<(String, String)>) -> AnyView {
    let hidden = fields
        .into_iter()
        .filter(|(name, _)| !name.contains("password"))
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! { <form method="post" action=path.to_owned()>{hidden}{ui::button("Try again")}</form> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_alone_can_be_rung_and_words_stay_words() {
        assert!(phone("01632 960 100").to_html().contains("href=\"tel:01632960100\""));
        assert!(!phone("Phone the office").to_html().contains("href"));
        assert!(email("hello@home.example").to_html().contains("href=\"mailto:hello@home.example\""));
        assert!(!email("write to us").to_html().contains("href"));
    }

    #[test]
    fn a_page_belongs_to_the_way_it_lies_under() {
        assert!(is_in("/plan", "/plan") && is_in("/plan/actions/a", "/plan"));
        assert!(!is_in("/planning", "/plan") && !is_in("/standards", "/s"));
    }
}
