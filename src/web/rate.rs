//! How many forms one network address may send: high enough for a library or an office, low enough to stop a flood.

use std::net::IpAddr;
use std::num::NonZeroU32;

use axum::http::HeaderMap;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Counts forms by network address.
pub struct PostLimit(Option<DefaultKeyedRateLimiter<IpAddr>>);

impl PostLimit {
    /// At most so many forms a minute from one address, and as many at once; 0 for no limit.
    #[must_use]
    pub fn per_minute(posts: u32) -> Self {
        Self(NonZeroU32::new(posts).map(|posts| RateLimiter::keyed(Quota::per_minute(posts))))
    }

    /// True when the address may send one more.
    #[must_use]
    pub fn allows(&self, client: IpAddr) -> bool {
        self.0.as_ref().is_none_or(|limiter| limiter.check_key(&client).is_ok())
    }

    /// Forgets addresses that have been quiet.
    pub fn forget_quiet(&self) {
        if let Some(limiter) = &self.0 {
            limiter.retain_recent();
        }
    }
}

/// The client's address: the peer's, unless the peer is a trusted proxy, in which case the last address it was told that is not itself a trusted proxy.
#[must_use]
pub fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    if !trusted.contains(&peer) {
        return peer;
    }
    let told = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    let told: Vec<IpAddr> = told.filter_map(|part| part.trim().parse().ok()).collect();
    told.into_iter().rev().find(|address| !trusted.contains(address)).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forwarded(value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", value.parse().unwrap());
        headers
    }

    #[test]
    fn v32_an_untrusted_peer_is_not_believed() {
        let (peer, proxy): (IpAddr, IpAddr) = ("192.0.2.9".parse().unwrap(), "10.0.0.2".parse().unwrap());
        assert_eq!(client_address(peer, &forwarded("203.0.113.7"), &[proxy]), peer);
    }

    #[test]
    fn v32_a_trusted_proxy_is_believed_about_its_own_peer_only() {
        let proxy: IpAddr = "10.0.0.2".parse().unwrap();
        let real: IpAddr = "203.0.113.7".parse().unwrap();
        assert_eq!(client_address(proxy, &forwarded("1.2.3.4, 203.0.113.7"), &[proxy]), real);
        assert_eq!(client_address(proxy, &forwarded("203.0.113.7, 10.0.0.2"), &[proxy]), real);
        assert_eq!(client_address(proxy, &forwarded("nonsense"), &[proxy]), proxy);
    }

    #[test]
    fn a_flood_from_one_address_does_not_stop_another() {
        let limit = PostLimit::per_minute(3);
        let (one, other): (IpAddr, IpAddr) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        assert_eq!((0..5).filter(|_| limit.allows(one)).count(), 3);
        assert!(limit.allows(other));
    }
}
