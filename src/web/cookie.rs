//! Our cookies, each with every protection the connection allows.

use chrono::TimeDelta;

use crate::config::Config;

/// The signed-in session.
pub const SESSION: &str = "sid";
/// A sentence for the next page.
pub const NOTICE: &str = "notice";

/// The cookie's full name: `__Host-` before it on https, which no other site can set; without on plain http, which is loopback only.
#[must_use]
pub fn name(config: &Config, base: &str) -> String {
    if config.is_https() { format!("__Host-{base}") } else { base.to_owned() }
}

/// A `Set-Cookie` value. Values must be free of control characters, spaces, quotes, commas and semicolons.
#[must_use]
pub fn set(config: &Config, base: &str, value: &str, lasts: TimeDelta) -> String {
    let secure = if config.is_https() { "; Secure" } else { "" };
    format!(
        "{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{secure}",
        name(config, base),
        lasts.num_seconds().max(0)
    )
}

/// A `Set-Cookie` value that removes the cookie.
#[must_use]
pub fn clear(config: &Config, base: &str) -> String {
    set(config, base, "", TimeDelta::zero())
}

/// A text as percent-encoded bytes, fit for a cookie or a query.
#[must_use]
pub fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// The opposite of [`encode`], with `+` as a space as in queries; bytes that are not UTF-8 are replaced.
#[must_use]
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let pair: Vec<u8> = rest.clone().take(2).collect();
                match std::str::from_utf8(&pair)
                    .ok()
                    .filter(|pair| pair.len() == 2)
                    .and_then(|pair| u8::from_str_radix(pair, 16).ok())
                {
                    Some(value) => {
                        bytes.push(value);
                        rest.nth(1);
                    }
                    None => bytes.push(b'%'),
                }
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Pairs of a query or an urlencoded body, in order.
#[must_use]
pub fn pairs(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|part| !part.is_empty())
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_keep_order_repeats_and_odd_bytes() {
        assert_eq!(
            pairs("a=1&b=x+y%21&a=%zz&c"),
            [("a", "1"), ("b", "x y!"), ("a", "%zz"), ("c", "")].map(|(n, v)| (n.to_owned(), v.to_owned()))
        );
        assert_eq!(decode(&encode("Naïve; \"quoted\", %")), "Naïve; \"quoted\", %");
    }
}
