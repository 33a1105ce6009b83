//! Photos that a few residents of the example landlord sent, drawn by code.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use crate::app::App;
use crate::db::{self, Tx};
use crate::files;
use crate::questionnaires::answer::Answer;
use crate::questionnaires::kinds::photo;
use crate::surveys::photos::sent::Of;
use crate::surveys::photos::store;
use crate::surveys::store as surveys;

/// The survey that asks for them.
const SLUG: &str = "your-block-and-estate";
/// One person in so many sent one, until there are no more.
const ONE_IN: usize = 23;
/// The names of the files and what people said of them.
const SENT: [(&str, &str); 7] = [
    ("5b0e7c1a-93d4-4f6e-8a21-1c0f5e9d7b34", "The entrance door that does not lock"),
    ("c84f2d90-6a17-4b3c-9e58-d27b60a41f83", "Bags behind the garages"),
    ("17d9a3e6-2c45-4e0b-b7f1-80e6c95d2a47", "The new bench by the pond. Thank you"),
    ("e9362b58-f01d-4a87-8c64-3b5d71f0e9ac", ""),
    ("40a8f7c3-b5e2-4d19-a6d0-92f4187ce5b6", "The puddle by the front steps"),
    ("8f61c0d4-7e39-4c52-93ab-f5d80b24e176", "Two of our four lights are out"),
    ("d25e94b7-1a80-4f3d-86c7-6e09b3f17c5a", "The hedge over the path"),
];

/// What the so-manieth person answers who is asked for a photo.
pub fn answer(at: usize) -> Answer {
    let sent = if at.is_multiple_of(ONE_IN) { SENT.get(at / ONE_IN) } else { None };
    sent.map_or(Answer::NoAnswer, |(file, words)| photo::answer(file, words))
}

/// Keeps the files.
///
/// # Errors
/// When the database or the disk refuses.
pub async fn load(app: &App, tx: &mut Tx) -> Result<(), db::Error> {
    let Some(asked) = surveys::find_by_slug(tx, SLUG).await? else { return Ok(()) };
    let Some((of, _)) = Of::all(&asked).into_iter().next() else { return Ok(()) };
    for (number, (file, _)) in (0..).zip(SENT) {
        let drawn = files::draw_photo(picture(number).map_err(|_| refused())?).await.map_err(|_| refused())?;
        let kept = files::keep_photo_of_nobody(app, tx, file, &drawn, asked.survey.opens_at).await;
        kept.map_err(|_| refused())?;
        store::insert(tx, (of.version_id, of.key), None, file, &drawn).await?;
    }
    Ok(())
}

fn refused() -> db::Error {
    db::Error::WrongRowCount { expected: 1, actual: 0 }
}

/// A wall, a way before it, and something in the way that looks another for each number.
fn picture(number: u32) -> image::ImageResult<Vec<u8>> {
    let (width, height) = if number % 3 == 1 { (240, 320) } else { (320, 240) };
    let thing =
        [[92, 60, 44], [40, 44, 52], [120, 86, 50], [150, 40, 40], [96, 120, 140], [230, 214, 120], [44, 92, 52]];
    let colour = thing.into_iter().cycle().nth(usize::try_from(number).unwrap_or(0)).unwrap_or_default();
    let drawn = RgbImage::from_fn(width, height, |x, y| {
        let (across, down) = (i64::from(x) - i64::from(width) / 2, i64::from(y) - i64::from(height) * 2 / 3);
        let is_thing = match number % 3 {
            0 => across.abs() < 60 && (-150..60).contains(&down),
            1 => across.pow(2) + down.pow(2) * 2 < 9_000,
            _ => (-18..0).contains(&down) && across.abs() < 150 || down.abs() < 50 && (60..110).contains(&across.abs()),
        };
        let shade = u8::try_from((x * 7 + y * 13) % 19).unwrap_or(0);
        let [red, green, blue]: [u8; 3] = match (is_thing, y > height * 3 / 4) {
            (true, _) => colour,
            (false, true) => [150, 146, 140],
            (false, false) if y % 30 < 3 || (x + (y / 30) % 2 * 40) % 80 < 3 => [188, 170, 158],
            (false, false) => [176, 120, 98],
        };
        Rgb([red.saturating_add(shade), green.saturating_add(shade), blue.saturating_add(shade)])
    });
    let mut file = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(drawn).write_to(&mut file, ImageFormat::Png)?;
    Ok(file.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surveys::photos::sent;

    #[tokio::test]
    async fn the_example_has_photos_with_their_files() {
        let app = crate::testing::app().await;
        crate::example::load(&app).await.unwrap();
        let mut tx = app.db.read().await.unwrap();
        let asked = surveys::find_by_slug(&mut tx, SLUG).await.unwrap().unwrap();
        let (of, _) = Of::all(&asked)[0];
        let gallery = sent::gallery(&mut tx, of).await.unwrap();
        assert_eq!((gallery.people, gallery.photos.len()), (SENT.len(), SENT.len()));
        for photo in &gallery.photos {
            assert!(sent::find(&mut tx, of, &photo.file).await.unwrap().is_some());
            assert!(files::is_there(&app, &photo.file).await);
        }
    }
}
