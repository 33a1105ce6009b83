//! A photo for the example, drawn by code: a stairwell with a bag of rubbish, as a PNG.

use std::io::Write as _;

const WIDTH: u32 = 640;
const HEIGHT: u32 = 480;

/// The colour of one point: wall, window, steps, rail, and what was left on the landing.
fn colour(x: u32, y: u32) -> [u8; 3] {
    let step = 260 + (x / 40) * 14;
    let shade = u8::try_from((x + y) % 23).unwrap_or(0);
    let in_bag = (i64::from(x) - 150).pow(2) * 2 + (i64::from(y) - 395).pow(2) < 4200;
    match (x, y) {
        _ if in_bag => [44, 46 + shade / 4, 52],
        (430..=560, 60..=190) if (490..=500).contains(&x) || (120..=128).contains(&y) => [236, 236, 230],
        (430..=560, 60..=190) => [170, 200 + shade / 3, 222],
        (_, y) if y > step && y % 40 < 6 => [120, 112, 104],
        (_, y) if y > step => [168 + shade / 3, 160, 150],
        (x, y) if x % 80 < 5 && y > step - 90 => [70, 96, 92],
        (_, y) if y > 250 => [205, 198 + shade / 3, 182],
        _ => [224, 216 + shade / 4, 198],
    }
}

/// The picture as a file.
pub(super) fn stairwell() -> std::io::Result<Vec<u8>> {
    let mut rows = Vec::new();
    for y in 0..HEIGHT {
        rows.push(0);
        rows.extend((0..WIDTH).flat_map(|x| colour(x, y)));
    }
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(&rows)?;
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = [WIDTH.to_be_bytes(), HEIGHT.to_be_bytes()].concat();
    head.extend([8, 2, 0, 0, 0]);
    for (kind, data) in [(b"IHDR", head), (b"IDAT", packed.finish()?), (b"IEND", Vec::new())] {
        file.extend(u32::try_from(data.len()).unwrap_or(0).to_be_bytes());
        let body = [kind.as_slice(), data.as_slice()].concat();
        let mut sum = flate2::Crc::new();
        sum.update(&body);
        file.extend(&body);
        file.extend(sum.sum().to_be_bytes());
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn the_picture_is_a_photo_that_can_be_kept() {
        let picture = super::stairwell().unwrap();
        assert!(crate::files::draw_photo(picture).await.is_ok());
    }
}
