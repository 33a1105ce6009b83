//! What the server uses of the machine, as the kernel counts it.

use crate::harness::Outcome;
use crate::harness::server::Server;

/// Time the process spent on a processor so far, in milliseconds.
///
/// # Errors
/// When the machine does not tell.
pub fn processor_ms(server: &Server) -> Outcome<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", server.process()))?;
    // The name in brackets may hold spaces; user and system time are the 12th and 13th field after it.
    let (_, after) = stat.rsplit_once(')').ok_or("no stat")?;
    let fields: Vec<&str> = after.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    // Linux counts in hundredths of a second on every common machine.
    Ok((ticks(11) + ticks(12)) * 10.0)
}

/// Resident memory, in MiB.
///
/// # Errors
/// When the machine does not tell.
pub fn memory_mib(server: &Server) -> Outcome<f64> {
    kept(server, "VmRSS:")
}

/// The most resident memory there was since the start, in MiB.
///
/// # Errors
/// When the machine does not tell.
pub fn most_memory_mib(server: &Server) -> Outcome<f64> {
    kept(server, "VmHWM:")
}

fn kept(server: &Server, name: &str) -> Outcome<f64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.process()))?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)).ok_or("the kernel does not tell")?;
    let kib: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kib / 1024.0)
}
