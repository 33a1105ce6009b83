//! Photos made safe: decoded within limits, turned upright, drawn anew, so that nothing hidden in the original survives.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};
use tokio::sync::Semaphore;

/// Widest and highest picture that is decoded, in pixels.
pub const LARGEST_SIDE: u32 = 8000;
/// What a picker offers: kinds that are read here. A phone makes one of them out of its own.
pub const TAKEN: &str = "image/jpeg,image/png,image/webp";
/// Longest side of the picture that is kept, in pixels: enough to see a broken latch.
pub const KEPT_SIDE: u32 = 2000;

/// Decoding takes memory, so that few pictures are decoded at once.
static DECODERS: Semaphore = Semaphore::const_new(2);

/// Why a picture was not kept, each with a plain sentence in the page that asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ImageError {
    /// Not a JPEG, PNG or WebP.
    #[error("The photo must be a JPG, PNG or WebP file")]
    UnknownFormat,
    /// Too many pixels.
    #[error("The photo is too large. Its longest side can be 8,000 pixels")]
    TooLarge,
    /// The file is damaged.
    #[error("The photo could not be read. It may be damaged: try taking it again")]
    Unreadable,
}

/// A photo drawn anew as a JPEG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    pub jpeg: Vec<u8>,
    /// In pixels, as it stands upright.
    pub width: u32,
    /// In pixels, as it stands upright.
    pub height: u32,
}

/// Decodes a photo and draws it anew as a JPEG without any metadata.
///
/// # Errors
/// When the bytes are not a picture that can be kept.
pub async fn redraw(bytes: Vec<u8>) -> Result<Drawn, ImageError> {
    let _permit = DECODERS.acquire().await.map_err(|_| ImageError::Unreadable)?;
    tokio::task::spawn_blocking(move || redraw_now(bytes)).await.unwrap_or(Err(ImageError::Unreadable))
}

fn redraw_now(bytes: Vec<u8>) -> Result<Drawn, ImageError> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| ImageError::Unreadable)?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) {
        return Err(ImageError::UnknownFormat);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(LARGEST_SIDE);
    limits.max_image_height = Some(LARGEST_SIDE);
    limits.max_alloc = Some(256 * 1024 * 1024);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| kind_of(&error))?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| kind_of(&error))?;
    picture.apply_orientation(orientation);
    if picture.width().max(picture.height()) > KEPT_SIDE {
        picture = picture.thumbnail(KEPT_SIDE, KEPT_SIDE);
    }
    let mut out = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture.to_rgb8())
        .write_to(&mut out, ImageFormat::Jpeg)
        .map_err(|_| ImageError::Unreadable)?;
    Ok(Drawn { jpeg: out.into_inner(), width: picture.width(), height: picture.height() })
}

fn kind_of(error: &image::ImageError) -> ImageError {
    if matches!(error, image::ImageError::Limits(_)) { ImageError::TooLarge } else { ImageError::Unreadable }
}

/// Pictures for tests of pages that take photos.
#[cfg(test)]
pub mod sample {
    use super::*;

    /// A JPEG, 40 by 20, with an EXIF block that turns it a quarter (orientation 6).
    pub fn jpeg_with_exif() -> Vec<u8> {
        let mut plain = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(40, 20).write_to(&mut plain, ImageFormat::Jpeg).unwrap();
        let plain = plain.into_inner();
        let exif: &[u8] = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let mut tagged = plain[..2].to_vec();
        tagged.extend([0xff, 0xe1]);
        tagged.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
        tagged.extend(exif);
        tagged.extend(&plain[2..]);
        tagged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, height).write_to(&mut out, ImageFormat::Png).unwrap();
        out.into_inner()
    }

    #[tokio::test]
    async fn a_photo_is_drawn_anew_as_a_smaller_jpeg() {
        let kept = redraw(png(4000, 1000)).await.unwrap();
        let picture = image::load_from_memory(&kept.jpeg).unwrap();
        assert_eq!((picture.width(), picture.height()), (2000, 500));
        assert_eq!((kept.width, kept.height), (2000, 500));
        assert_eq!(image::guess_format(&kept.jpeg).unwrap(), ImageFormat::Jpeg);
    }

    #[tokio::test]
    async fn v15_what_is_not_a_picture_is_refused() {
        assert_eq!(redraw(b"<?php echo 1; ?>".to_vec()).await, Err(ImageError::UnknownFormat));
        assert_eq!(redraw(png(8001, 1)).await, Err(ImageError::TooLarge));
        let half = png(500, 500);
        assert_eq!(redraw(half.iter().take(half.len() / 2).copied().collect()).await, Err(ImageError::Unreadable));
    }

    #[tokio::test]
    async fn a_photo_keeps_no_metadata_and_stands_upright() {
        let tagged = sample::jpeg_with_exif();
        assert!(exif::Reader::new().read_from_container(&mut Cursor::new(&tagged)).is_ok());
        let kept = redraw(tagged).await.unwrap();
        assert!(exif::Reader::new().read_from_container(&mut Cursor::new(&kept.jpeg)).is_err());
        let picture = image::load_from_memory(&kept.jpeg).unwrap();
        assert_eq!((picture.width(), picture.height()), (20, 40));
        assert_eq!((kept.width, kept.height), (20, 40));
    }
}
