//! The evidence bundle of an audit as a file.

use super::parts::audit_of;
use crate::improvement::audits::bundle::{BundleError, CONTENT_TYPE, bundle};
use crate::web::{PageError, Reply, Req};

pub(in crate::improvement::pages) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let audit = audit_of(&req, &mut tx).await?;
    let bytes = bundle(&req.app, &mut tx, &audit).await.map_err(|error| match error {
        BundleError::Database(error) => error.into(),
        other => PageError::Internal(other.to_string()),
    })?;
    Ok(Reply::download(&format!("audit-{}.zip", audit.year.0), CONTENT_TYPE, bytes))
}
