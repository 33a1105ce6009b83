//! One requirement for an inspection: a ZIP with an index page, each record as it stands, the files, and a list of SHA-256
//! hashes that `sha256sum -c` reads. The same state gives the same bytes. No name of a resident or shopper is written into it;
//! files go in as they were attached.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use chrono::NaiveDate;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::evidence::Evidence;
use super::map::Map;
use super::requirement::{Group, Requirement, Set};
use super::source::Source;
use super::stands;
use crate::app::App;
use crate::db::{self, Tx};
use crate::people::{self, Account, Names};
use crate::random::hex;
use crate::thread::id::AccountId;
use crate::{clock, files, settings};

/// Why there is no bundle.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The database refused.
    #[error(transparent)]
    Internal(#[from] db::Error),
    /// The ZIP could not be written.
    #[error("the ZIP could not be written: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// The same, for a part of it.
    #[error("the ZIP could not be written: {0}")]
    Write(#[from] std::io::Error),
}

/// What goes into the ZIP, by path.
type Parts = BTreeMap<String, Vec<u8>>;

/// Makes the bundle of a requirement as it stands on a day: the name of the file, and its bytes.
///
/// # Errors
/// When the database refuses, or the ZIP cannot be written.
pub async fn make(
    app: &App,
    tx: &mut Tx,
    (set, group, requirement): (&Set, &Group, &Requirement),
    today: NaiveDate,
) -> Result<(String, Vec<u8>), BundleError> {
    let map = Map::load(tx, today).await?;
    let staff = people::store::list(tx).await?;
    let public = Names::of_the_public(tx).await?;
    let landlord = settings::store::find(tx).await?.name;
    let mut parts = Parts::new();
    let mut rows = String::new();
    for (at, one) in map.evidence(&requirement.code).iter().filter(|one| one.withdrawn_at.is_none()).enumerate() {
        let inside = inside(app, tx, at + 1, one, today, &public, &mut parts).await?;
        rows.push_str(&row(one, &inside, &staff, today, &public));
    }
    let owner = map.owner(&requirement.code).map_or("Nobody yet".to_owned(), |id| name(&staff, id));
    let list = if rows.is_empty() { "<p>No evidence is attached.</p>".to_owned() } else { format!("<ol>{rows}</ol>") };
    let body = format!(
        "<p>{}</p><p>{}</p><p>{}</p><dl>{}</dl><h2>Evidence</h2>{list}<p>manifest.sha256 holds the hash of every other file.</p>",
        escaped(&requirement.words),
        escaped(&format!("{}: {}, {}. Version {} of the set.", group.title, set.title, set.from, set.version)),
        escaped(&set.provenance),
        facts(&[
            ("Landlord", landlord),
            ("As it stood on", clock::day(today)),
            ("Who answers for it", owner),
            ("How it stands", map.standing(requirement).label().to_owned()),
        ]),
    );
    parts.insert("index.html".into(), page(&requirement.label, &body));
    let manifest: Vec<String> = parts.iter().map(|(path, bytes)| format!("{}  {path}\n", hash(bytes))).collect();
    parts.insert("manifest.sha256".into(), manifest.concat().into_bytes());
    Ok((format!("{}-{today}.zip", requirement.code), zipped(&parts)?))
}

fn hash(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    hex(&sha2::Sha256::digest(bytes))
}

/// Writes what a piece of evidence is into the parts: the links to it, as HTML.
async fn inside(
    app: &App,
    tx: &mut Tx,
    number: usize,
    one: &Evidence,
    today: NaiveDate,
    public: &Names,
    parts: &mut Parts,
) -> Result<String, BundleError> {
    let mut links = String::new();
    let mut file_ids: Vec<String> = one.file_id.iter().cloned().collect();
    if !one.address.is_empty() {
        links.push_str(&format!("<p>{}</p>", escaped(&one.address)));
    }
    if let Some(source) = Source::from_code(&one.record) {
        match stands::read(tx, source, today).await? {
            None => links.push_str("<p>The record is no longer there.</p>"),
            Some(found) => {
                let title = public.taken_out_of(&found.title);
                let told: Vec<(&str, String)> =
                    found.facts.iter().map(|(label, words)| (*label, public.taken_out_of(words))).collect();
                let path = format!("records/{number:02}.html");
                links.push_str(&link(&path, &title));
                parts.insert(path, page(&title, &format!("<dl>{}</dl>", facts(&told))));
                for (ending, bytes) in found.data {
                    let path = format!("records/{number:02}-{ending}");
                    links.push_str(&link(&path, "Its figures as data"));
                    parts.insert(path, public.taken_out_of(&String::from_utf8_lossy(&bytes)).into_bytes());
                }
                file_ids.extend(found.files);
            }
        }
    }
    for (at, file_id) in file_ids.iter().enumerate() {
        let file = files::find(tx, file_id).await?;
        let bytes = match &file {
            Some(file) => files::read(app, file).await,
            None => None,
        };
        let Some((file, bytes)) = file.zip(bytes) else {
            links.push_str("<p>A file is missing.</p>");
            continue;
        };
        let path = format!("files/{number:02}-{:02}-{}", at + 1, plain(&public.taken_out_of(&file.name)));
        links.push_str(&link(&path, &public.taken_out_of(&file.name)));
        parts.insert(path, bytes);
    }
    Ok(links)
}

fn row(one: &Evidence, inside: &str, staff: &[Account], today: NaiveDate, public: &Names) -> String {
    let old = if one.is_old(today) { " Older than 12 months." } else { "" };
    let said = format!(
        "{}. Of {}.{old} Attached by {} on {} under version {}.",
        one.strength.label(),
        clock::day(one.dated_on),
        name(staff, one.attached_by),
        clock::day(clock::london_day(one.attached_at)),
        one.set_version
    );
    format!(
        "<li><p><strong>{}</strong></p><p>{}</p>{inside}</li>",
        escaped(&public.taken_out_of(&one.title)),
        escaped(&said)
    )
}

fn name(staff: &[Account], id: AccountId) -> String {
    staff.iter().find(|one| one.id == id).map(|one| format!("{}, {}", one.name, one.role.label())).unwrap_or_default()
}

fn link(path: &str, title: &str) -> String {
    format!("<p><a href=\"{path}\">{}</a></p>", escaped(title))
}

fn facts(rows: &[(&str, String)]) -> String {
    let rows = rows.iter().map(|(label, words)| format!("<dt>{}</dt><dd>{}</dd>", escaped(label), lines(words)));
    rows.collect::<Vec<_>>().concat()
}

/// A text with its line breaks.
fn lines(words: &str) -> String {
    escaped(words).replace('\n', "<br>")
}

fn page(title: &str, body: &str) -> Vec<u8> {
    let title = escaped(title);
    format!(
        "<!doctype html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>\n"
    )
    .into_bytes()
}

/// A text as it may stand in HTML, in an attribute too.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// A name as it may stand in a path on any computer.
fn plain(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' }).collect()
}

/// The parts in the order of their paths, without compression and without a time, so that the bytes are always the same.
fn zipped(parts: &Parts) -> Result<Vec<u8>, BundleError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in parts {
        archive.start_file(path.as_str(), options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}
