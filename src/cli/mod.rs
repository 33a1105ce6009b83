//! The command line: each sub-command is a few lines over use cases.

mod backup;
mod doctor;
mod example;
mod import;
mod migrate;
mod reach;
mod routes;
mod sealed;
mod serve;
mod staff;

use std::fs::DirBuilder;
use std::io::IsTerminal as _;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::guard;
use crate::keyring::Keyring;
use crate::mail::Mailer;
use crate::people::Role;
use crate::random::Random;

#[derive(Parser)]
#[command(name = "doorstep", version, about = "A resident engagement portal for social landlords")]
struct Cli {
    /// A TOML file of settings; DOORSTEP_* variables win over it.
    #[arg(long, global = true, env = "DOORSTEP_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the portal.
    Serve,
    /// Bring the database to this program's shape.
    Migrate,
    /// Load the example landlord into an empty database.
    Example,
    /// Bring in what the landlord keeps elsewhere.
    #[command(subcommand)]
    Import(ImportCommand),
    /// Look after staff accounts.
    #[command(subcommand)]
    Staff(StaffCommand),
    /// Copy the database and the files to a folder.
    Backup {
        /// The folder to make; it must not exist yet.
        folder: PathBuf,
    },
    /// Put a backup back into an installation that is not running and holds nothing.
    Restore {
        /// The folder made by `backup`.
        folder: PathBuf,
    },
    /// Check settings, database and the log of changes.
    Doctor,
    /// Make a new key for sealed answers and seal with it what others have sealed.
    RotateKeys,
    /// Print every route with who may use it, a JSON line each.
    Routes,
}

#[derive(Subcommand)]
enum ImportCommand {
    /// Read an improvement plan from a CSV or XLSX file; tells what it read, changed and could not read.
    Plan {
        /// The plan as the landlord keeps it.
        file: PathBuf,
        /// A CSV file with two columns: initials and name.
        #[arg(long)]
        leads: Option<PathBuf>,
        /// The day on which the plan stood as the file says, like 2009-11-12. Without it: the day the file names, else today.
        #[arg(long)]
        as_of: Option<chrono::NaiveDate>,
        /// Only tell, change nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Subcommand)]
enum StaffCommand {
    /// Make an account and print its one-time link.
    Invite {
        /// The person's e-mail address.
        email: String,
        /// One of: resident, shopper, officer, manager, analyst, equality, board, auditor, administrator.
        #[arg(long, value_parser = parse_role)]
        role: Role,
        /// The person's name; their address until they change it.
        #[arg(long)]
        name: Option<String>,
    },
    /// Print a one-time link that sets a new password, for when e-mail is down.
    Reset {
        /// The person's e-mail address.
        email: String,
    },
}

fn parse_role(text: &str) -> Result<Role, String> {
    text.parse()
        .map_err(|()| format!("there is no role {text}; choose one of {}", Role::ALL.map(Role::code).join(", ")))
}

#[cfg(test)]
pub use backup::backup;

/// What a command ends with: a line for the person who typed it.
pub type Outcome = Result<(), String>;

/// Reads the command and runs it.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let Ok(runtime) = tokio::runtime::Builder::new_multi_thread().enable_all().build() else {
        say_wrong("the machine gave no threads");
        return ExitCode::FAILURE;
    };
    match runtime.block_on(run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            say_wrong(&why);
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> Outcome {
    if matches!(cli.command, Command::Routes) {
        return routes::run();
    }
    let config = Config::load(cli.config.as_deref()).map_err(text)?;
    start_log(&config);
    match cli.command {
        Command::Serve => serve::run(open(config).await?).await,
        Command::Migrate => migrate::run(&open(config).await?).await,
        Command::Example => example::run(&open(config).await?).await,
        Command::Import(command) => import::run(&open(config).await?, command).await,
        Command::Staff(command) => staff::run(&open(config).await?, command).await,
        Command::Backup { folder } => backup::backup(&open(config).await?, &folder).await,
        Command::Restore { folder } => backup::restore(&config, &folder).await,
        Command::RotateKeys => sealed::rotate(&open(config).await?).await,
        Command::Doctor => doctor::run(config).await,
        Command::Routes => routes::run(),
    }
}

/// Opens the database and puts the program together.
async fn open(config: Config) -> Result<App, String> {
    make_private_folder(&config.data)?;
    let random = Random::system();
    let keyring = Keyring::in_file(&config.sealing_keys, random.clone());
    let db = guard::open(&config.database_url).await.map_err(text)?.with_room(config.counting_memory);
    let mailer = Mailer::from_config(&config).map_err(text)?;
    Ok(App::new(config, db.with_keyring(keyring), Clock::machine(), random, mailer))
}

/// Makes a folder for this program's own account alone; one that is there keeps its rights, which `doctor` looks at.
fn make_private_folder(path: &Path) -> Result<(), String> {
    if path.exists() {
        return Ok(());
    }
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(|error| format!("{} cannot be made: {error}", path.display()))
}

fn start_log(config: &Config) {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_env("DOORSTEP_LOG_FILTER").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    // A line that cannot be written is let go: saying so on the same full disk would end the request that wrote it.
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .log_internal_errors(false);
    let started = if config.log_json { log.json().try_init() } else { log.with_target(false).try_init() };
    if started.is_err() {
        say_wrong("the log was started twice");
    }
}

/// Any refusal as the line a person reads.
fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Prints a line for the person at the command line.
#[expect(clippy::print_stdout, reason = "commands answer on standard output")]
fn say(line: &str) {
    println!("{line}");
}

#[expect(clippy::print_stderr, reason = "a command's refusal goes to standard error")]
fn say_wrong(line: &str) {
    eprintln!("doorstep: {line}");
}
