//! Reading what was posted, within limits of size, number and time.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest as _, Multipart};
use axum::http::{Request, header};

use super::{PageError, Req, Upload, cookie};

/// Largest body of a form without files, in bytes.
pub const LARGEST_FORM: usize = 1024 * 1024;
/// Largest body of a form with files, in bytes.
pub const LARGEST_UPLOAD: usize = 25 * 1024 * 1024;
/// Most fields a form may have.
const MOST_FIELDS: usize = 2000;
/// How long a body may take to arrive.
const BODY_DEADLINE: Duration = Duration::from_mins(1);

/// Reads a posted form, plain or with files, within its limits.
///
/// # Errors
/// When it is too large, too slow or no form.
pub(super) async fn read_body(req: &mut Req, uploads: bool, request: Request<Body>) -> Result<(), PageError> {
    let (parts, body) = request.into_parts();
    let limit = if uploads { LARGEST_UPLOAD } else { LARGEST_FORM };
    let read = tokio::time::timeout(BODY_DEADLINE, to_bytes(body, limit)).await;
    let bytes = match read {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => return Err(PageError::TooLarge),
        Err(_) => return Err(PageError::BadRequest("What you sent took too long to arrive. Please try again.".into())),
    };
    let kind =
        parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    if kind.starts_with("multipart/form-data") {
        read_multipart(req, Request::from_parts(parts, Body::from(bytes))).await?;
    } else {
        let text = std::str::from_utf8(&bytes).map_err(|_| unreadable())?;
        req.fields = cookie::pairs(text);
    }
    if req.fields.len() + req.uploads.len() > MOST_FIELDS {
        return Err(unreadable());
    }
    Ok(())
}

fn unreadable() -> PageError {
    PageError::BadRequest("What was sent could not be read as a form.".into())
}

async fn read_multipart(req: &mut Req, request: Request<Body>) -> Result<(), PageError> {
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
    while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|_| unreadable())?;
        match file_name {
            Some(file_name) => req.uploads.push(Upload { field: name, name: file_name, bytes: bytes.to_vec() }),
            None => req.fields.push((name, String::from_utf8(bytes.to_vec()).map_err(|_| unreadable())?)),
        }
        if req.fields.len() + req.uploads.len() > MOST_FIELDS {
            return Err(unreadable());
        }
    }
    Ok(())
}
