#![cfg(all(feature = "hydrate", not(feature = "ssr")))]
