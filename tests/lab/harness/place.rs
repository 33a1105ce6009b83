//! A place for one installation: a folder, a database of its own, a port, and the settings the program gets.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::Connection as _;

use super::checker::Checker;
use super::server::Server;
use super::{Outcome, ensure};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// Which database an installation stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// Its name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// One installation.
#[derive(Clone)]
pub struct Place {
    pub engine: Engine,
    pub folder: PathBuf,
    pub url: String,
    pub address: SocketAddr,
    pub settings: Vec<(String, String)>,
}

/// The program under test: the one that was built with the lab, or the one that `DOORSTEP_LAB_BIN` names.
#[must_use]
pub fn program() -> PathBuf {
    std::env::var_os("DOORSTEP_LAB_BIN").map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_doorstep")), PathBuf::from)
}

/// The address of a PostgreSQL server to make databases on; none when there is none.
#[must_use]
pub fn postgres() -> Option<String> {
    std::env::var("TEST_POSTGRES_URL").ok()
}

/// A port that was free a moment ago.
///
/// # Errors
/// When the machine has none.
pub fn free_port() -> Outcome<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

impl Place {
    /// An empty place on the engine.
    ///
    /// # Errors
    /// When the folder or the database cannot be made.
    pub async fn new(engine: Engine, name: &str) -> Outcome<Self> {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("lab_{}_{}_{number}", name.to_lowercase(), std::process::id());
        // Beside the build, not in a folder that may live in memory: a flush must mean something.
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(&name);
        std::fs::create_dir_all(&folder)?;
        let url = match engine {
            Engine::Sqlite => format!("sqlite:{}", folder.join("data/doorstep.db").display()),
            Engine::Postgres => make_database(&name).await?,
        };
        let address = SocketAddr::from(([127, 0, 0, 1], free_port()?));
        Ok(Self { engine, folder, url, address, settings: Vec::new() })
    }

    /// The same place with one more setting.
    #[must_use]
    pub fn with(mut self, variable: &str, value: &str) -> Self {
        self.settings.retain(|(name, _)| name != variable);
        self.settings.push((variable.to_owned(), value.to_owned()));
        self
    }

    /// A second node of the same installation: the same database and folder, another port.
    ///
    /// # Errors
    /// When there is no free port.
    pub fn second_node(&self) -> Outcome<Self> {
        let mut node = self.clone();
        node.address.set_port(free_port()?);
        Ok(node.with("DOORSTEP_BASE_URL", &format!("http://{}", self.address)))
    }

    /// The data folder.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Where the program writes its log.
    #[must_use]
    pub fn log(&self) -> PathBuf {
        self.folder.join(format!("log-{}.txt", self.address.port()))
    }

    /// A command of the program in this place and with no setting from outside it.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.settle(Command::new(program()), arguments)
    }

    /// Any command with this place's settings, such as a tracer around the program.
    #[must_use]
    pub fn settle(&self, mut command: Command, arguments: &[&str]) -> Command {
        let ours = |name: &String| name.starts_with("DOORSTEP_");
        for (name, _) in std::env::vars().filter(|(name, _)| ours(name)) {
            command.env_remove(name);
        }
        command
            .args(arguments)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env("DOORSTEP_DATA", self.data())
            .env("DOORSTEP_DATABASE_URL", &self.url)
            .env("DOORSTEP_LISTEN", self.address.to_string())
            .env("DOORSTEP_POSTS_PER_MINUTE", "0")
            .envs(self.settings.iter().cloned());
        command
    }

    /// Runs a command of the program to its end.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn run(&self, arguments: &[&str]) -> Outcome<Ran> {
        Ok(Ran::from(self.command(arguments).output()?))
    }

    /// Runs a command of the program that must succeed.
    ///
    /// # Errors
    /// What it said when it did not.
    pub fn must_run(&self, arguments: &[&str]) -> Outcome<Ran> {
        let ran = self.run(arguments)?;
        ensure(ran.code == Some(0), || format!("doorstep {}: {}", arguments.join(" "), ran.said))?;
        Ok(ran)
    }

    /// Starts the server and waits until it is ready.
    ///
    /// # Errors
    /// When it does not become ready.
    pub async fn serve(&self) -> Outcome<Server> {
        Server::start(self).await
    }

    /// A look into the database past the program.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn look(&self) -> Outcome<Checker> {
        Checker::open(self.engine, &self.url).await
    }

    /// Removes the folder, once nothing is left to find out.
    pub fn clear(&self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// What a command ended with.
pub struct Ran {
    pub code: Option<i32>,
    /// Both streams.
    pub said: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let said = [output.stdout, output.stderr].concat();
        Self { code: output.status.code(), said: String::from_utf8_lossy(&said).into_owned() }
    }
}

async fn make_database(name: &str) -> Outcome<String> {
    let server = postgres().ok_or("TEST_POSTGRES_URL is not set")?;
    let mut connection = sqlx::PgConnection::connect(&server).await?;
    // The name is the lab's own and cannot be a parameter.
    sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut connection).await?;
    connection.close().await?;
    let (base, _) = server.rsplit_once('/').ok_or("TEST_POSTGRES_URL names no database")?;
    // Where the test cluster does not wait for the disk, the program's own connections still ask it to.
    Ok(format!("{base}/{name}?options=-c%20synchronous_commit%3Don"))
}
