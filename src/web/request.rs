//! A request as a page sees it.

use std::net::IpAddr;
use std::str::FromStr;
use std::sync::Arc;

use axum::http::Method;
use chrono::{DateTime, NaiveDate, Utc};

use super::form::bare;
use super::{Form, PageError, Viewer};
use crate::app::App;
use crate::audit::{self, Actor};
use crate::db::{self, Tx};
use crate::people::Account;
use crate::settings::Landlord;

/// A file that came with a form.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The field it came in.
    pub field: String,
    /// The name it had, never used as a path.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Everything a page may read of a request.
pub struct Req {
    pub app: App,
    pub viewer: Viewer,
    pub landlord: Arc<Landlord>,
    pub method: Method,
    pub path: String,
    /// The client's address, through trusted proxies only.
    pub client: IpAddr,
    /// What the browser says it is.
    pub device: String,
    pub(super) params: Vec<(String, String)>,
    pub(super) query: Vec<(String, String)>,
    /// As they were sent, with the mark of what nobody typed.
    pub(super) fields: Vec<(String, String)>,
    pub(super) uploads: Vec<Upload>,
    pub(super) cookies: Vec<(String, String)>,
}

impl Req {
    /// A part of the path, as `{slug}` in the route.
    ///
    /// # Errors
    /// `NotFound` when the route has no such part.
    pub fn param(&self, name: &str) -> Result<&str, PageError> {
        self.params.iter().find(|(param, _)| param == name).map(|(_, value)| value.as_str()).ok_or(PageError::NotFound)
    }

    /// A part of the path as a key.
    ///
    /// # Errors
    /// `NotFound` when it cannot be one.
    pub fn id<T: FromStr>(&self, name: &str) -> Result<T, PageError> {
        self.param(name)?.parse().map_err(|_| PageError::NotFound)
    }

    /// A value of the query; none when it is missing or empty.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(field, value)| bare(field) == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// A day of the query, `YYYY-MM-DD`; none when it is missing.
    ///
    /// # Errors
    /// `BadRequest` when it is not a day.
    pub fn query_day(&self, name: &str) -> Result<Option<NaiveDate>, PageError> {
        self.query(name)
            .map(|text| {
                text.parse().map_err(|_| PageError::BadRequest(format!("{name} must be a date like 2026-03-27")))
            })
            .transpose()
    }

    /// The query as a form, for filters.
    #[must_use]
    pub fn query_form(&self) -> Form {
        Form::new(self.query.iter().map(|(name, value)| (bare(name).to_owned(), value.clone())).collect())
    }

    /// The posted form.
    #[must_use]
    pub fn form(&self) -> Form {
        let fields = self.fields.iter().map(|(name, value)| (bare(name).to_owned(), value.clone()));
        Form::new(fields.collect())
    }

    /// Takes a file that came in a field; none when the field was left empty.
    #[must_use]
    pub fn upload(&self, field: &str) -> Option<&Upload> {
        self.uploads.iter().find(|upload| upload.field == field && !upload.bytes.is_empty())
    }

    /// Every file that came in a field.
    #[must_use]
    pub fn uploads(&self, field: &str) -> Vec<&Upload> {
        self.uploads.iter().filter(|upload| upload.field == field && !upload.bytes.is_empty()).collect()
    }

    /// One of our cookies by its base name.
    #[must_use]
    pub fn cookie(&self, base: &str) -> Option<&str> {
        let name = super::cookie::name(&self.app.config, base);
        self.cookies
            .iter()
            .find(|(cookie, value)| *cookie == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// The current instant.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    /// Today in London.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.app.clock.today()
    }

    /// The signed-in person.
    ///
    /// # Errors
    /// `SignIn` when nobody is signed in.
    pub fn account(&self) -> Result<&Account, PageError> {
        self.viewer.account.as_ref().ok_or(PageError::SignIn)
    }

    /// Who acts, for records: the signed-in person, or the program when nobody is.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.viewer.account.as_ref().map_or_else(Actor::system, Account::actor)
    }

    /// Notes a change by the signed-in person in the transaction of the change. Does nothing when nobody is signed in.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn audit(&self, tx: &mut Tx, action: &str, object: &str, detail: &str) -> Result<(), db::Error> {
        match &self.viewer.account {
            Some(account) => audit::record(tx, self.now(), &account.actor(), action, object, detail).await,
            None => Ok(()),
        }
    }
}
