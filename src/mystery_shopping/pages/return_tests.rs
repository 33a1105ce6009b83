//! A return through the real router: what is refused, what is kept, what is too large, and what felt unsafe.

use super::tests::{typed, world};
use crate::files::image::sample;
use crate::mystery_shopping::store::photos;
use crate::settings::{self, Landlord};

#[tokio::test]
async fn a_refused_return_keeps_what_was_typed_and_the_photo_already_taken() {
    let mut world = world().await;
    let items = world.items();
    let jpeg = sample::jpeg_with_exif();
    let mut fields: Vec<_> =
        typed(&items).into_iter().filter(|(name, _)| *name != "ended" && *name != "truthful").collect();
    fields.push(("photo-2-words", ""));
    let files: [(&str, &str, &[u8]); 2] = [("photo-1", "notes.txt", b"not a photo"), ("photo-2", "stairs.jpg", &jpeg)];
    let answer = world.shopper.post_files(&world.path("/return"), &fields, &files).await.expect(422);
    let answer = answer
        .holds("<title>Error: Your return")
        .holds("The photo must be a JPG, PNG or WebP file")
        .holds("Enter the time when you finished")
        .holds("Say in a few words what the photo shows")
        .holds("Tick the box if what you wrote is true")
        .holds("value=\"10:05\"")
        .holds("value=\"42\"")
        .holds("They answered &lt;b>fast&lt;/b> &amp; did not say")
        .holds("Photo 1")
        .holds("width=\"20\" height=\"40\"");
    assert!(answer.text.contains(" is kept."));
    let mut tx = world.app.db.read().await.unwrap();
    let kept = photos::list(&mut tx, world.shop.assignment_id).await.unwrap();
    assert_eq!(kept.len(), 1);
    drop(tx);
    // Another day, another phone: everything is still there, and a photo is not needed again.
    let again = world.shopper.get(&world.path("/return")).await.expect(200);
    again.holds("value=\"10:05\"").holds("value=\"42\"").holds("Photo 1").holds("did not say");
    let gaps = world.shopper.get(&world.path("/check")).await.expect(200);
    gaps.holds("<title>Error: Your return").holds("There is a problem").holds("Enter the time when you finished");
    world.shopper.get(&world.path("")).await.expect(200).holds("See what is still missing");
    let words = format!("photo-words-{}", kept[0].photo_id);
    let mut fields = typed(&items);
    fields.push((&words, "The stairs"));
    world.shopper.post(&world.path("/return"), &fields).await.expect(303);
    world.shopper.get(&world.path("/check")).await.expect(200).holds("The stairs");
    // A photo is added by a button of its own, kept for later, and taken out again.
    let more: [(&str, &str, &[u8]); 1] = [("photo-1", "second.jpg", &jpeg)];
    let kept_one = world
        .shopper
        .post_files(&world.path("/return"), &[("step", "photos"), (&words, "The stairs")], &more)
        .await
        .expect(303);
    assert!(kept_one.location().ends_with("/return#photos"));
    let remove = format!("remove-{}", kept[0].photo_id);
    let pressed = [("step", remove.as_str()), ("facts", "Typed meanwhile"), ("photo-1-words", "The next one")];
    let removed = world.shopper.post(&world.path("/return"), &pressed).await.expect(303);
    assert_eq!(removed.location(), world.path("/return"));
    world
        .shopper
        .get(&world.path("/return"))
        .await
        .expect(200)
        .holds("Photo removed.")
        .holds("Typed meanwhile")
        .holds("value=\"The next one\"");
    let mut tx = world.app.db.read().await.unwrap();
    let left = photos::list(&mut tx, world.shop.assignment_id).await.unwrap();
    assert_eq!(left.len(), 1);
    assert_ne!(left[0].photo_id, kept[0].photo_id);
    assert!(!world.app.config.data.join("files").join(&kept[0].file_id).exists(), "its bytes are erased");
}

#[tokio::test]
async fn photos_that_are_too_large_together_are_refused_on_a_page_that_leads_back() {
    let mut world = world().await;
    let landlord = Landlord { name: "Mill Lane Homes".into(), phone: "01632 960 001".into(), ..Landlord::default() };
    let mut tx = world.app.db.write().await.unwrap();
    settings::store::save(&mut tx, &landlord, world.app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    let large = vec![0_u8; 13 * 1024 * 1024];
    let files: [(&str, &str, &[u8]); 2] = [("photo-1", "a.jpg", &large), ("photo-2", "b.jpg", &large)];
    let refused = world.shopper.post_files(&world.path("/return"), &[("step", "photos")], &files).await.expect(413);
    refused
        .holds("Mill Lane Homes")
        .holds("01632 960 001")
        .holds("Sign out")
        .lacks("Your landlord")
        .holds(&format!("href=\"{}\"", world.path("/return")))
        .holds("add one at a time");
}

#[tokio::test]
async fn whoever_felt_unsafe_is_told_whom_to_phone_and_reads_their_own_words_again() {
    let mut world = world().await;
    let landlord = Landlord { phone: "01632 960 001".into(), ..Landlord::default() };
    let mut tx = world.app.db.write().await.unwrap();
    settings::store::save(&mut tx, &landlord, world.app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    world.shopper.get("/shops").await.expect(200).holds("phone us on").holds("tel:01632960001").holds("phone 999");
    let items = world.items();
    let mut fields: Vec<_> = typed(&items).into_iter().filter(|(name, _)| *name != "unsafe").collect();
    fields.extend([("unsafe", "yes"), ("unsafe-words", "A dog & no lead")]);
    world.shopper.post(&world.path("/return"), &fields).await.expect(303);
    let check = world.shopper.get(&world.path("/check")).await.expect(200).lacks("Change the photos");
    let key = check.holds("Yes</p>").holds("A dog &amp; no lead</p>").hidden("key");
    world.shopper.post(&world.path("/check"), &[("key", &key)]).await.expect(303);
    let receipt = world.shopper.get(&world.path("/receipt")).await.expect(200);
    receipt.holds("something felt unsafe").holds("phone us on").holds("tel:01632960001").holds("phone 999");
    world.shopper.get(&world.path("")).await.expect(200).holds("A dog &amp; no lead").holds("Somebody recognised you");
}

#[tokio::test]
async fn a_day_outside_the_shops_days_is_mentioned_before_it_is_sent_and_may_be_sent() {
    let mut world = world().await;
    let items = world.items();
    world.shopper.post(&world.path("/return"), &typed(&items)).await.expect(303);
    world.shopper.get(&world.path("/check")).await.expect(200).lacks("The day you gave");
    let other_day = typed(&items).into_iter().map(|(name, value)| (name, if name == "on-day" { "13" } else { value }));
    let fields: Vec<_> = other_day.collect();
    world.shopper.post(&world.path("/return"), &fields).await.expect(303);
    let check = world.shopper.get(&world.path("/check")).await.expect(200);
    let check = check.holds("13 November 2026, is outside 14 November 2026 to 26 November 2026");
    let key = check.hidden("key");
    let sent = world.shopper.post(&world.path("/check"), &[("key", &key)]).await.expect(303);
    assert_eq!(sent.location(), world.path("/receipt"));
}
