//! A ZIP file of the same bytes for the same contents: stored as they are, in the order given, without a moment of its own.

use std::io::{Cursor, Write as _};

use ::zip::write::SimpleFileOptions;
use ::zip::{CompressionMethod, DateTime, ZipWriter};

/// Packs files, each a path within and its bytes.
///
/// # Errors
/// When two have one path, or a file is larger than the format takes.
pub fn pack(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, ::zip::result::ZipError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        zip.start_file(path.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
