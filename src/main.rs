//! Doorstep: promise, ask, learn, act, show, in one program. This root declares every module of the server and reads the command.

mod app;
mod assets;
mod assurance;
mod audit;
mod cli;
mod clock;
mod config;
mod content;
mod db;
mod decisions;
mod erasure;
mod example;
mod exchange;
mod files;
mod findings;
mod focus_groups;
mod home;
mod improvement;
mod jobs;
mod keyring;
mod mail;
mod mystery_shopping;
mod people;
mod performance;
mod permissions;
mod plans;
mod questionnaires;
mod random;
mod records;
mod research;
mod residents;
mod router;
mod serve;
mod settings;
mod shell;
mod standards;
mod statistics;
mod subscriptions;
mod surveys;
#[cfg(test)]
mod testing;
mod thread;
mod ui;
mod web;

/// Pages are made of many small pieces, which this allocator hands out for less than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::main()
}
