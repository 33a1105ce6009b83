//! The landlord's settings.

use leptos::prelude::*;

use crate::files::{UploadError, keep_photo};
use crate::permissions;
use crate::settings::colour::Colour;
use crate::settings::landlord::{LEAST_PUBLIC_BASE, LEAST_STAFF_BASE};
use crate::settings::{Landlord, store};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let landlord = &req.landlord;
    let form = Form::filled(&[
        ("name", &landlord.name),
        ("colour", &landlord.colour),
        ("phone", &landlord.phone),
        ("email", &landlord.email),
        ("address", &landlord.address),
        ("opening-hours", &landlord.opening_hours),
        ("repairs", &landlord.repairs),
        ("emergency", &landlord.emergency),
        ("complaints", &landlord.complaints),
        ("public-base", &landlord.public_base.to_string()),
        ("staff-base", &landlord.staff_base.to_string()),
        ("shop-base", &landlord.shop_base.to_string()),
    ]);
    if permissions::may_post(req.viewer.role(), "/staff/settings") {
        Ok(page(form).into())
    } else {
        Ok(facts(&form).into())
    }
}

/// The smallest numbers, as the page calls them.
const PUBLIC_BASE: &str = "Fewest answers behind a figure in public";
const STAFF_BASE: &str = "Fewest answers behind a figure for staff";
const SHOP_BASE: &str = "Fewest mystery shops behind a figure";

/// The settings for somebody who reads and changes nothing.
fn facts(form: &Form) -> Page {
    let rows = [
        ("name", "Landlord’s name"),
        ("colour", "Colour"),
        ("phone", "Phone"),
        ("email", "E-mail address"),
        ("address", "Postal address"),
        ("opening-hours", "Opening hours"),
        ("repairs", "How to report a repair"),
        ("emergency", "What to do in an emergency"),
        ("complaints", "How to make a complaint"),
        ("public-base", PUBLIC_BASE),
        ("staff-base", STAFF_BASE),
        ("shop-base", SHOP_BASE),
    ]
    .map(|(field, label)| (label, form.value(field).to_owned()));
    Page::staff("Settings", move || {
        let rows = rows.into_iter().map(|(label, value)| (label, ui::paragraphs(&value))).collect();
        view! {
            <h1 class="govuk-heading-l">"Settings"</h1>
            {ui::facts(rows)}
        }
    })
}

fn page(form: Form) -> Page {
    let refused = form.clone();
    Page::staff("Settings", move || {
        view! {
            {ui::error_summary(&form)}
            <h1 class="govuk-heading-l">"Settings"</h1>
            <form method="post" action="/staff/settings" enctype="multipart/form-data" novalidate>
                <h2 class="govuk-heading-m">"Who you are"</h2>
                {ui::text(&form, "name", "Landlord’s name").view()}
                {ui::file(&form, "logo", "Logo", "A JPG or PNG on a pale background. Leave empty to keep the one you have.", "image/png,image/jpeg,image/webp")}
                {ui::text(&form, "colour", "Colour").hint("Six digits after a hash, like #0b5d57. It must be dark enough to read.").width(10).view()}
                <h2 class="govuk-heading-m">"How to reach you"</h2>
                {ui::text(&form, "phone", "Phone").kind("tel").width(20).view()}
                {ui::email(&form, "email", "E-mail address").autocomplete("off").view()}
                {ui::textarea(&form, "address", "Postal address").rows(4).view()}
                {ui::text(&form, "opening-hours", "Opening hours").view()}
                {ui::textarea(&form, "repairs", "How to report a repair").rows(2).view()}
                {ui::textarea(&form, "emergency", "What to do in an emergency").rows(2).view()}
                {ui::textarea(&form, "complaints", "How to make a complaint").rows(2).view()}
                <h2 class="govuk-heading-m">"Small numbers"</h2>
                <p class="govuk-body">"A figure that few people stand behind could give one of them away. You can ask for more people, never for fewer."</p>
                {ui::text(&form, "public-base", PUBLIC_BASE).number().width(4).view()}
                {ui::text(&form, "staff-base", STAFF_BASE).number().width(4).view()}
                {ui::text(&form, "shop-base", SHOP_BASE).number().width(4).view()}
                {ui::button("Save the settings")}
            </form>
        }
    })
    .with_form(&refused)
}

fn read(form: &mut Form, logo_file: Option<String>) -> Landlord {
    let name = form.required("name", "The name", 80, "Enter the landlord’s name");
    let colour = form.value("colour").trim().to_lowercase();
    match Colour::parse(&colour) {
        None => form.error("colour", "Enter a colour as a hash and six digits, like #0b5d57"),
        Some(chosen) if !chosen.is_readable() => {
            form.error("colour", "This colour is too pale to read. Choose a darker one");
        }
        Some(_) => {}
    }
    let least = |form: &mut Form, field: &str, label: &str, least: i64| {
        let message = format!("{label}: enter a whole number from {least} to 1,000");
        form.whole(field, least..=1000, &message).unwrap_or(least)
    };
    Landlord {
        name,
        colour,
        logo_file,
        phone: form.text("phone", "The phone number", 40),
        email: form.optional_email("email").unwrap_or_default(),
        address: form.text("address", "The address", 300),
        opening_hours: form.text("opening-hours", "The opening hours", 120),
        repairs: form.text("repairs", "How to report a repair", 300),
        emergency: form.text("emergency", "What to do in an emergency", 300),
        complaints: form.text("complaints", "How to make a complaint", 300),
        public_base: least(form, "public-base", PUBLIC_BASE, LEAST_PUBLIC_BASE),
        staff_base: least(form, "staff-base", STAFF_BASE, LEAST_STAFF_BASE),
        shop_base: least(form, "shop-base", SHOP_BASE, LEAST_STAFF_BASE),
    }
}

/// What changed, for the log: the name of each setting, and of a smallest number what it was and is.
fn changed(old: &Landlord, new: &Landlord) -> String {
    let words = [
        ("Landlord’s name", old.name == new.name),
        ("Colour", old.colour == new.colour),
        ("Logo", old.logo_file == new.logo_file),
        ("Phone", old.phone == new.phone),
        ("E-mail address", old.email == new.email),
        ("Postal address", old.address == new.address),
        ("Opening hours", old.opening_hours == new.opening_hours),
        ("How to report a repair", old.repairs == new.repairs),
        ("What to do in an emergency", old.emergency == new.emergency),
        ("How to make a complaint", old.complaints == new.complaints),
    ];
    let numbers = [
        (PUBLIC_BASE, old.public_base, new.public_base),
        (STAFF_BASE, old.staff_base, new.staff_base),
        (SHOP_BASE, old.shop_base, new.shop_base),
    ];
    let words = words.into_iter().filter(|(_, same)| !same).map(|(name, _)| name.to_owned());
    let numbers = numbers.into_iter().filter(|(_, old, new)| old != new);
    let all: Vec<String> = words.chain(numbers.map(|(name, old, new)| format!("{name} from {old} to {new}"))).collect();
    all.join(", ")
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut landlord = read(&mut form, req.landlord.logo_file.clone());
    if !form.is_valid() {
        return Ok(page(form).into());
    }
    let mut tx = req.app.db.write().await?;
    if let Some(logo) = req.upload("logo") {
        match keep_photo(&req.app, &mut tx, &logo.name, logo.bytes.clone(), Some(req.account()?.id)).await {
            Ok(file) => landlord.logo_file = Some(file.file_id),
            Err(UploadError::Database(error)) => return Err(error.into()),
            Err(refusal) => {
                form.error("logo", refusal.to_string());
                return Ok(page(form).into());
            }
        }
    }
    store::save(&mut tx, &landlord, req.now()).await?;
    req.audit(&mut tx, "changed the settings", "settings", &changed(&req.landlord, &landlord)).await?;
    tx.commit().await?;
    Ok(Reply::redirect("/staff/settings").saying("The settings are saved."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_names_what_changed_and_both_smallest_numbers() {
        let old = Landlord::default();
        let new = Landlord { phone: "01632 960 100".into(), staff_base: 8, ..old.clone() };
        assert_eq!(changed(&old, &new), "Phone, Fewest answers behind a figure for staff from 5 to 8");
        assert_eq!(changed(&old, &old), "");
    }
}
