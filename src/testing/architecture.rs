//! What the compiler cannot hold: where SQL may stand, who may name whom, how long a file may be, which words are banned.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::db::Pools;
use crate::db::testing::{Kind, empty};

/// A source file: its path below `src/`, and its text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The text without comments and without the tests at its end.
    fn code(&self) -> String {
        let product = self.text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        product.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
    }

    fn is_test(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        self.path.starts_with("testing/")
            || self.path.contains("/tests/")
            || ["tests.rs", "testing.rs", "fixture.rs"].contains(&name)
            || name.ends_with("_tests.rs")
    }

    /// The first part of the path: the context or the single module.
    fn module(&self) -> &str {
        self.path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    fn is(&self, part: &str) -> bool {
        self.path.split('/').any(|piece| piece.trim_end_matches(".rs") == part)
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut found) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let path = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
                found.push(Source { path, text });
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    assert!(found.len() > 80, "only {} files were found", found.len());
    found
}

/// Fails with every line of a list of faults, if there is one.
fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_file_has_more_than_400_lines_and_half_have_120_at_most() {
    let mut lengths: Vec<(usize, String)> =
        sources().into_iter().map(|source| (source.text.lines().count(), source.path)).collect();
    lengths.sort();
    let (longest, path) = lengths.last().unwrap();
    assert!(*longest <= 400, "{path} has {longest} lines");
    let (median, _) = lengths.get(lengths.len() / 2).unwrap();
    assert!(*median <= 120, "half of the files have {median} lines or more");
}

#[test]
fn every_folder_opens_with_a_sentence_that_says_what_it_is_for() {
    let faults = sources().into_iter().filter(|source| source.path.ends_with("mod.rs")).filter(|source| {
        let charter: Vec<&str> = source.text.lines().map_while(|line| line.strip_prefix("//! ")).collect();
        !charter.last().is_some_and(|line| line.ends_with('.'))
    });
    none(&faults.map(|source| source.path).collect::<Vec<_>>());
}

#[test]
fn sql_stands_in_stores_only() {
    let faults = sources().into_iter().filter(|source| {
        let allowed = source.is_test() || source.is("db") || source.is("store");
        let code = source.code();
        let words = ["sqlx::query", "query_as(", "query_scalar(", " on!(", "(on!("];
        !allowed && words.iter().any(|word| code.contains(word))
    });
    none(&faults.map(|source| source.path).collect::<Vec<_>>());
}

/// Words that may not stand in the product: the word, why, and where it may. Tests may look for them.
const BANNED: &[(&str, &str, &[&str])] = &[
    ("<textarea", "the server writes its children unescaped", &["ui/textarea.rs"]),
    ("inner_html", "people's text must never become markup", &[]),
    (" style=\"", "the policy allows no inline style", &[]),
    ("GetUrl", "a change by GET passes every defence against forged requests", &[]),
    ("GetCbor", "a change by GET passes every defence against forged requests", &[]),
    ("MultipartFormData", "it escapes the limit on bodies and panics without a boundary", &[]),
    ("AssertSqlSafe", "SQL made of parts is a decision", &[]),
    ("insecure_bypass", "the check of the origin has no way round", &[]),
    ("TODO", "what is not done is an issue, not a comment", &[]),
    ("#[server(", "server functions stand in island files", &["island.rs"]),
    (
        "type=\"hidden\"",
        "ui::carried marks what nobody typed; forms that are not posted need no mark",
        &[
            "ui/carried.rs",
            "shell.rs",
            "people/pages/link.rs",
            "plans/pages/show.rs",
            "plans/pages/seen.rs",
            "standards/pages/staff_comments.rs",
        ],
    ),
    ("#[island]", "browser code stands in island files", &["island.rs"]),
];

#[test]
fn banned_words_stand_only_where_a_reason_allows_them() {
    let mut faults = Vec::new();
    for source in sources().into_iter().filter(|source| !source.is_test()) {
        for (word, reason, allowed) in BANNED {
            if source.text.contains(word) && !allowed.iter().any(|path| source.path.ends_with(path)) {
                faults.push(format!("{} holds {word}: {reason}", source.path));
            }
        }
    }
    none(&faults);
}

#[test]
fn a_button_with_a_name_has_the_one_that_is_marked() {
    let faults = sources().into_iter().filter(|source| !source.is_test()).filter(|source| {
        source.code().split("<button").skip(1).any(|button| {
            let button = button.split("</button").next().unwrap_or_default();
            button.contains(" name=") && !button.contains(" name=ui::STEP")
        })
    });
    none(&faults.map(|source| source.path).collect::<Vec<_>>());
}

#[test]
fn two_texts_for_one_statement_are_the_exception() {
    let uses: usize = sources().iter().map(|source| source.code().matches("tx.pick(").count()).sum();
    assert!(uses <= 5, "{uses} statements have a text for each engine");
}

#[test]
fn every_island_is_on_the_browsers_list() {
    let sources = sources();
    let listed = listed_modules(&sources.iter().find(|source| source.path == "lib.rs").unwrap().text);
    let islands: BTreeSet<String> = sources
        .iter()
        .filter(|source| source.path.ends_with("island.rs"))
        .map(|source| source.path.trim_end_matches(".rs").to_owned())
        .collect();
    assert!(islands.is_subset(&listed), "islands {islands:?}, listed {listed:?}");
}

/// The paths of the modules that `lib.rs` opens.
fn listed_modules(text: &str) -> BTreeSet<String> {
    let (mut inside, mut found) = (Vec::new(), BTreeSet::new());
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(" {")) {
            inside.push(name.to_owned());
        } else if let Some(name) = line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';')) {
            found.insert([inside.clone(), vec![name.to_owned()]].concat().join("/"));
        } else if line == "}" {
            inside.pop();
        }
    }
    found
}

/// The rows of modules. Each may name its own row and those before it.
const ROWS: &[&[&str]] = &[
    &["config", "clock", "random", "keyring", "db", "statistics"],
    &["app", "jobs", "mail", "files", "audit", "thread", "exchange", "assets", "settings"],
    &["people", "questionnaires", "web", "ui", "permissions", "shell"],
    &["standards", "content", "residents", "focus_groups", "surveys", "mystery_shopping", "findings", "plans"],
    &["performance"],
    &["improvement", "records"],
    &["decisions", "research"],
    &["assurance"],
];

/// What sees everything, since it puts the program together.
const ROOTS: &[&str] =
    &["main", "cli", "router", "serve", "subscriptions", "home", "erasure", "example", "testing", "lib"];

/// Names that a module of a lower row may use all the same, each with its reason.
const EXCEPTIONS: &[(&str, &str, &str)] =
    &[("settings", "web", "the landlord's form is read and shown by its own pages")];

fn row(module: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&module))
}

/// Every module that each module names, pages, islands, example data and tests aside: those may read from anywhere.
fn graph() -> BTreeMap<String, BTreeSet<String>> {
    let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources() {
        if source.is_test() || ["pages", "island", "example"].iter().any(|part| source.is(part)) {
            continue;
        }
        let named = named_modules(&source.code());
        let known = named.into_iter().filter(|name| row(name).is_some() || ROOTS.contains(&name.as_str()));
        graph.entry(source.module().to_owned()).or_default().extend(known);
    }
    graph
}

/// The first part of every `crate::…` path in a text.
fn named_modules(code: &str) -> BTreeSet<String> {
    let word = |text: &str| -> String { text.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect() };
    let mut found = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        let Some(group) = after.strip_prefix('{') else {
            found.insert(word(after));
            continue;
        };
        let mut depth = 0;
        let mut start = true;
        for (at, letter) in group.char_indices() {
            match letter {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => start = true,
                c if start && c.is_ascii_lowercase() => {
                    found.insert(word(group.get(at..).unwrap_or_default()));
                    start = false;
                }
                _ => {}
            }
        }
    }
    found
}

#[test]
fn a_module_names_its_own_row_and_those_before_it() {
    let mut faults = Vec::new();
    for (module, named) in graph() {
        if ROOTS.contains(&module.as_str()) {
            continue;
        }
        let Some(own) = row(&module) else {
            faults.push(format!("{module} stands in no row"));
            continue;
        };
        for name in named.iter().filter(|name| **name != module) {
            let excepted = EXCEPTIONS.iter().any(|(from, to, _)| *from == module && to == name);
            if !excepted && row(name).is_none_or(|row| row > own) {
                faults.push(format!("{module} names {name}"));
            }
        }
    }
    none(&faults);
}

#[test]
fn contexts_do_not_lean_on_each_other_in_a_circle() {
    let graph = graph();
    let contexts: BTreeSet<&str> = ROWS.iter().skip(3).flat_map(|row| row.iter().copied()).collect();
    for start in &contexts {
        let (mut seen, mut next) = (BTreeSet::new(), vec![*start]);
        while let Some(module) = next.pop() {
            for name in graph.get(module).into_iter().flatten().map(String::as_str) {
                let back = name == *start && module != *start;
                assert!(!back, "{start} leans on {module}, which leans on {start}");
                if contexts.contains(name) && name != module && seen.insert(name.to_owned()) {
                    next.push(contexts.get(name).unwrap());
                }
            }
        }
    }
}

#[test]
fn no_context_reaches_into_anothers_store() {
    let contexts: Vec<&str> = ROWS.iter().skip(3).flat_map(|row| row.iter().copied()).collect();
    let mut faults = Vec::new();
    for source in sources().into_iter().filter(|source| !source.is_test() && !source.is("example")) {
        let code = source.code();
        for context in contexts.iter().filter(|context| **context != source.module()) {
            if code.contains(&format!("crate::{context}::store")) || code.contains(&format!(" {context}::store::")) {
                faults.push(format!("{} reaches into the store of {context}", source.path));
            }
        }
    }
    none(&faults);
}

#[test]
fn questions_know_no_survey_no_visit_and_no_person() {
    let named = graph().remove("questionnaires").unwrap_or_default();
    assert!(!named.contains("people"), "questionnaires names people");
}

#[test]
fn both_engines_have_migrations_of_the_same_names() {
    let names = |engine: &str| -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(engine);
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

/// What a migrated database is made of, as lines that compare: columns with their nullability, constraints, indexes.
async fn shape(kind: Kind) -> Option<BTreeSet<String>> {
    const SQLITE_COLUMNS: &str = "SELECT tables.name || '.' || columns.name || CASE WHEN columns.\"notnull\" = 1 OR columns.pk > 0 THEN '' ELSE ' may be empty' END \
        FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns \
        WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%' AND tables.name <> '_sqlx_migrations'";
    const POSTGRES_COLUMNS: &str = "SELECT table_name || '.' || column_name || CASE WHEN is_nullable = 'NO' THEN '' ELSE ' may be empty' END \
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'";
    const SQLITE_TEXTS: &str = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> '_sqlx_migrations' AND tbl_name <> '_sqlx_migrations'";
    const POSTGRES_NAMES: &str = "SELECT CAST(constraints.conname AS TEXT) FROM pg_constraint AS constraints JOIN pg_class AS tables ON tables.oid = constraints.conrelid \
        WHERE tables.relnamespace = 'public'::regnamespace AND tables.relname <> '_sqlx_migrations' AND constraints.contype IN ('c', 'f', 'u') \
        UNION SELECT CAST(indexname AS TEXT) FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_sqlx_migrations' \
        AND indexname NOT IN (SELECT conname FROM pg_constraint)";
    let db = empty(kind).await?;
    let lines: Vec<String> = match db.pools() {
        Pools::Sqlite { writer, .. } => {
            let columns: Vec<String> = sqlx::query_scalar(SQLITE_COLUMNS).fetch_all(writer).await.unwrap();
            let texts: Vec<String> = sqlx::query_scalar(SQLITE_TEXTS).fetch_all(writer).await.unwrap();
            let names = texts.iter().flat_map(|text| {
                ["CONSTRAINT ", "INDEX "].into_iter().flat_map(|word| text.split(word).skip(1)).filter_map(|after| {
                    after.split(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit() && c != '_').next()
                })
            });
            let names: Vec<String> = names.filter(|name| !name.is_empty()).map(str::to_owned).collect();
            [columns, names].concat()
        }
        Pools::Postgres(pool) => {
            let columns: Vec<String> = sqlx::query_scalar(POSTGRES_COLUMNS).fetch_all(pool).await.unwrap();
            let names: Vec<String> = sqlx::query_scalar(POSTGRES_NAMES).fetch_all(pool).await.unwrap();
            [columns, names].concat()
        }
    };
    db.close().await;
    // A key over several columns has a name of its own on one engine only.
    Some(lines.into_iter().filter(|name| !name.ends_with("_pkey")).collect())
}

#[tokio::test]
async fn both_engines_end_with_the_same_tables_columns_and_constraints() {
    let (Some(sqlite), Some(postgres)) = (shape(Kind::Sqlite).await, shape(Kind::Postgres).await) else { return };
    assert!(sqlite.len() > 60, "only {} parts were found", sqlite.len());
    let only =
        |these: &BTreeSet<String>, those: &BTreeSet<String>| these.difference(those).cloned().collect::<Vec<_>>();
    let (in_sqlite, in_postgres) = (only(&sqlite, &postgres), only(&postgres, &sqlite));
    assert!(
        in_sqlite.is_empty() && in_postgres.is_empty(),
        "only on SQLite: {in_sqlite:?}; only on PostgreSQL: {in_postgres:?}"
    );
}
