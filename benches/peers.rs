//! What we are measured against: nginx with a static file, SQLite's own shell with one commit after another.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::harness::place::free_port;
use crate::harness::{Outcome, ensure, server};

/// A running nginx that serves one file.
pub struct Nginx {
    child: Child,
    port: u16,
}

impl Nginx {
    /// Starts nginx in a folder of its own with the bytes as its only page.
    ///
    /// # Errors
    /// When nginx is not installed or does not start.
    pub fn start(folder: &Path, bytes: &[u8]) -> Outcome<Self> {
        let home = folder.join("nginx");
        std::fs::create_dir_all(home.join("site"))?;
        std::fs::write(home.join("site/page.html"), bytes)?;
        let (port, at) = (free_port()?, home.display().to_string());
        // Its workers would run as another account, which cannot read a page in our folder.
        let user = if is_root() { "user root;\n" } else { "" };
        let settings = format!(
            "{user}daemon off;\nworker_processes auto;\npid {at}/pid;\nerror_log {at}/error.log;\n\
             events {{ worker_connections 1024; }}\nhttp {{\naccess_log off;\nsendfile on;\ntcp_nopush on;\n\
             keepalive_requests 10000000;\nopen_file_cache max=16;\ntypes {{ text/html html; }}\n\
             server {{ listen 127.0.0.1:{port}; root {at}/site; }}\n}}\n"
        );
        let configuration = home.join("nginx.conf");
        std::fs::write(&configuration, settings)?;
        let child = Command::new("nginx")
            .arg("-p")
            .arg(&home)
            .arg("-e")
            .arg(home.join("error.log"))
            .arg("-c")
            .arg(&configuration)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("nginx: {error}"))?;
        let nginx = Self { child, port };
        let began = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            ensure(began.elapsed() < Duration::from_secs(5), || {
                std::fs::read_to_string(home.join("error.log")).unwrap_or_else(|_| "nginx did not start".into())
            })?;
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(nginx)
    }

    /// The address of its page.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/page.html", self.port)
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Its workers end with it only when it is asked.
        let _ = server::signal(self.child.id(), "TERM");
        let _ = self.child.wait();
    }
}

/// Requests per second that 32 connections get from an address, and the most that `watch` said meanwhile.
///
/// # Errors
/// When wrk is not installed, or an answer was no 200.
pub async fn wrk(url: &str, lasts: Duration, watch: impl Fn() -> Outcome<f64>) -> Outcome<(f64, f64)> {
    let lasts = format!("{}s", lasts.as_secs());
    let mut child = Command::new("wrk")
        .args(["-t2", "-c32", "-d", &lasts, url])
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("wrk: {error}"))?;
    let mut most = 0.0_f64;
    while child.try_wait()?.is_none() {
        most = most.max(watch()?);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let said = String::from_utf8(child.wait_with_output()?.stdout)?;
    ensure(!said.contains("Non-2xx"), || format!("wrk: {said}"))?;
    let rate = said.lines().find_map(|line| line.trim().strip_prefix("Requests/sec:"));
    let rate = rate.and_then(|rate| rate.trim().parse().ok()).ok_or_else(|| format!("wrk said no rate: {said}"))?;
    Ok((rate, most))
}

/// One-row commits per second that SQLite's own shell makes from one connection, each on the disk before the next (WAL, synchronous=FULL).
///
/// # Errors
/// When sqlite3 is not installed or refuses.
pub fn bare_commits(folder: &Path) -> Outcome<f64> {
    const ROWS: u32 = 2000;
    const START: &str = "PRAGMA journal_mode = WAL;\nPRAGMA synchronous = FULL;\n\
        CREATE TABLE saves (save_id INTEGER PRIMARY KEY, answers TEXT);\n";
    let line = format!("INSERT INTO saves (answers) VALUES ('{}');\n", "x".repeat(300));
    let (file, script) = (folder.join("bare.db"), folder.join("bare.sql"));
    std::fs::write(&script, [START, &line.repeat(ROWS as usize)].concat())?;
    let (mut rows, mut spent) = (0, Duration::ZERO);
    while spent < Duration::from_secs(3) {
        let _ = std::fs::remove_file(&file);
        let began = Instant::now();
        let output = Command::new("sqlite3")
            .arg("-batch")
            .arg(&file)
            .stdin(std::fs::File::open(&script)?)
            .output()
            .map_err(|error| format!("sqlite3: {error}"))?;
        spent += began.elapsed();
        rows += ROWS;
        ensure(output.status.success(), || String::from_utf8_lossy(&output.stderr).into_owned())?;
    }
    Ok(f64::from(rows) / spent.as_secs_f64())
}
