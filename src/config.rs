//! Every setting of the installation, read once at start from a TOML file and `DOORSTEP_*` variables. The landlord's own settings are in the database.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

/// A setting: its key in the TOML file, its variable, what it is, and its default.
pub struct Key {
    /// The key in the TOML file.
    pub name: &'static str,
    /// The environment variable, which wins over the file.
    pub variable: &'static str,
    /// What it does.
    pub about: &'static str,
    /// What holds when it is not set; empty for none.
    pub default: &'static str,
}

/// All settings, in the order in which `doctor` and the README list them.
pub const KEYS: &[Key] = &[
    Key {
        name: "database_url",
        variable: "DOORSTEP_DATABASE_URL",
        about: "sqlite:PATH or postgres://…; one node or several",
        default: "sqlite:DATA/doorstep.db",
    },
    Key {
        name: "listen",
        variable: "DOORSTEP_LISTEN",
        about: "address and port to serve on",
        default: "127.0.0.1:3000",
    },
    Key {
        name: "base_url",
        variable: "DOORSTEP_BASE_URL",
        about: "the address residents use; every link in an e-mail begins with it",
        default: "http://LISTEN",
    },
    Key {
        name: "data",
        variable: "DOORSTEP_DATA",
        about: "folder for photos, evidence and unsent letters; shared between nodes",
        default: "data",
    },
    Key {
        name: "sealing_keys",
        variable: "DOORSTEP_SEALING_KEYS",
        about: "file with the keys of sealed answers, made at first use; keep a copy of it apart from backups",
        default: "DATA/sealing.keys",
    },
    Key {
        name: "smtp_url",
        variable: "DOORSTEP_SMTP_URL",
        about: "smtps://user:password@host or smtp://host?tls=required; without it letters are written as .eml files",
        default: "",
    },
    Key {
        name: "smtp_ca_file",
        variable: "DOORSTEP_SMTP_CA_FILE",
        about: "a PEM certificate to trust for the mail server, beside the public ones",
        default: "",
    },
    Key {
        name: "mail_from",
        variable: "DOORSTEP_MAIL_FROM",
        about: "the sender of every e-mail",
        default: "Doorstep <doorstep@localhost>",
    },
    Key {
        name: "trusted_proxies",
        variable: "DOORSTEP_TRUSTED_PROXIES",
        about: "addresses, separated by commas, whose X-Forwarded-For is believed",
        default: "",
    },
    Key {
        name: "posts_per_minute",
        variable: "DOORSTEP_POSTS_PER_MINUTE",
        about: "forms one network address may send in a minute, high enough for a library; 0 for no limit",
        default: "600",
    },
    Key { name: "connections", variable: "DOORSTEP_CONNECTIONS", about: "connections open at once", default: "4096" },
    Key {
        name: "counting_memory",
        variable: "DOORSTEP_COUNTING_MEMORY",
        about: "memory for answers that are counted, in MiB; a survey too large for it is read anew for each figure",
        default: "256",
    },
    Key { name: "log", variable: "DOORSTEP_LOG", about: "text or json", default: "text" },
];

/// The settings as read.
#[derive(Debug, Clone)]
pub struct Config {
    pub database_url: String,
    pub listen: SocketAddr,
    pub base_url: String,
    pub data: PathBuf,
    pub sealing_keys: PathBuf,
    pub smtp_url: Option<String>,
    pub smtp_ca_file: Option<PathBuf>,
    pub mail_from: String,
    pub trusted_proxies: Vec<IpAddr>,
    pub posts_per_minute: u32,
    pub connections: usize,
    /// In bytes.
    pub counting_memory: u64,
    pub log_json: bool,
}

/// A setting that cannot be used, in a sentence for the person who set it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(pub String);

impl Config {
    /// Reads the file, if one is named, and the environment.
    ///
    /// # Errors
    /// When the file cannot be read, a key is unknown, or a value cannot be used.
    #[expect(clippy::disallowed_methods, reason = "the one permitted reading of the environment")]
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        let mut found = file.map(read_file).transpose()?.unwrap_or_default();
        for key in KEYS {
            if let Ok(value) = std::env::var(key.variable) {
                found.insert(key.name.to_owned(), value);
            }
        }
        Self::from_values(&found)
    }

    fn from_values(found: &HashMap<String, String>) -> Result<Self, ConfigError> {
        let text = |name: &str| found.get(name).filter(|value| !value.is_empty()).cloned();
        let data = PathBuf::from(text("data").unwrap_or_else(|| "data".into()));
        let listen: SocketAddr = parse("listen", &text("listen").unwrap_or_else(|| "127.0.0.1:3000".into()))?;
        let proxies = text("trusted_proxies").unwrap_or_default();
        Ok(Self {
            database_url: text("database_url")
                .unwrap_or_else(|| format!("sqlite:{}", data.join("doorstep.db").display())),
            base_url: text("base_url").unwrap_or_else(|| format!("http://{listen}")).trim_end_matches('/').to_owned(),
            listen,
            sealing_keys: text("sealing_keys").map_or_else(|| data.join("sealing.keys"), PathBuf::from),
            data,
            smtp_url: text("smtp_url"),
            smtp_ca_file: text("smtp_ca_file").map(PathBuf::from),
            mail_from: text("mail_from").unwrap_or_else(|| "Doorstep <doorstep@localhost>".into()),
            trusted_proxies: proxies
                .split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .map(|part| parse("trusted_proxies", part))
                .collect::<Result<_, _>>()?,
            posts_per_minute: parse("posts_per_minute", &text("posts_per_minute").unwrap_or_else(|| "600".into()))?,
            connections: parse("connections", &text("connections").unwrap_or_else(|| "4096".into()))?,
            counting_memory: parse::<u64>("counting_memory", &text("counting_memory").unwrap_or_else(|| "256".into()))?
                .saturating_mul(1024 * 1024),
            log_json: text("log").is_some_and(|value| value == "json"),
        })
    }

    /// True when residents reach the program by https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// The host and port of the base URL, as a browser sends them.
    #[must_use]
    pub fn host(&self) -> &str {
        let rest = self.base_url.split_once("://").map_or(self.base_url.as_str(), |(_, rest)| rest);
        rest.split('/').next().unwrap_or(rest)
    }

    /// True when only people at this machine can reach the program: it listens on loopback, and its own address is a loopback address, so that no proxy answers for it elsewhere.
    #[must_use]
    pub fn is_loopback_only(&self) -> bool {
        self.listen.ip().is_loopback() && is_loopback_host(self.host())
    }

    /// Refuses to serve the open network without https in front: sessions and answers would travel in the clear.
    ///
    /// # Errors
    /// A sentence saying what to set.
    pub fn check_exposure(&self) -> Result<(), ConfigError> {
        if self.listen.ip().is_loopback() || (self.is_https() && !self.trusted_proxies.is_empty()) {
            return Ok(());
        }
        Err(ConfigError(format!(
            "{} is not a loopback address. Set DOORSTEP_BASE_URL to the https address and DOORSTEP_TRUSTED_PROXIES to the address of the proxy that ends TLS, or listen on 127.0.0.1.",
            self.listen
        )))
    }
}

/// True for `localhost` and the addresses of the machine itself, with or without a port.
#[must_use]
pub fn is_loopback_host(host: &str) -> bool {
    let name = if host.ends_with(']') { host } else { host.rsplit_once(':').map_or(host, |(name, _)| name) };
    name.eq_ignore_ascii_case("localhost")
        || name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn read_file(path: &Path) -> Result<HashMap<String, String>, ConfigError> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| ConfigError(format!("{} cannot be read: {error}", path.display())))?;
    let table: toml::Table = text.parse().map_err(|error| ConfigError(format!("{}: {error}", path.display())))?;
    table
        .into_iter()
        .map(|(name, value)| {
            if !KEYS.iter().any(|key| key.name == name) {
                return Err(ConfigError(format!("{}: there is no setting called {name}", path.display())));
            }
            let text = match value {
                toml::Value::String(text) => text,
                toml::Value::Array(items) => {
                    items.iter().filter_map(|item| item.as_str()).collect::<Vec<_>>().join(",")
                }
                other => other.to_string(),
            };
            Ok((name, text))
        })
        .collect()
}

fn parse<T: std::str::FromStr>(name: &str, text: &str) -> Result<T, ConfigError> {
    text.trim().parse().map_err(|_| ConfigError(format!("{name}: “{text}” cannot be used")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(values: &[(&str, &str)]) -> Config {
        Config::from_values(&values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
            .unwrap()
    }

    #[test]
    fn v38_an_open_address_needs_https_and_a_trusted_proxy() {
        assert!(with(&[]).check_exposure().is_ok());
        assert!(with(&[("listen", "0.0.0.0:80")]).check_exposure().is_err());
        assert!(with(&[("listen", "0.0.0.0:80"), ("base_url", "https://doorstep.example")]).check_exposure().is_err());
        assert!(
            with(&[
                ("listen", "0.0.0.0:80"),
                ("base_url", "https://doorstep.example"),
                ("trusted_proxies", "10.0.0.2")
            ])
            .check_exposure()
            .is_ok()
        );
    }

    #[test]
    fn the_host_is_taken_from_the_base_url() {
        assert_eq!(with(&[("base_url", "https://doorstep.example/")]).host(), "doorstep.example");
        assert_eq!(with(&[]).host(), "127.0.0.1:3000");
    }

    #[test]
    fn a_portal_behind_a_proxy_of_the_same_machine_is_not_loopback_only() {
        assert!(with(&[]).is_loopback_only());
        assert!(with(&[("base_url", "http://localhost:3000")]).is_loopback_only());
        assert!(with(&[("listen", "[::1]:3000")]).is_loopback_only());
        assert!(!with(&[("base_url", "https://doorstep.example")]).is_loopback_only());
        assert!(!with(&[("listen", "0.0.0.0:80"), ("base_url", "http://localhost")]).is_loopback_only());
    }

    #[test]
    fn a_value_that_cannot_be_used_names_its_setting() {
        let error = Config::from_values(&HashMap::from([("listen".to_owned(), "nowhere".to_owned())])).unwrap_err();
        assert!(error.to_string().starts_with("listen:"));
    }
}
