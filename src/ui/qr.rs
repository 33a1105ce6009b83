//! A picture of an address for the camera of a phone.

use leptos::prelude::*;
use qrcode::{Color, QrCode};

/// The empty edge that a camera needs around the picture, in squares. Source: ISO/IEC 18004.
const EDGE: usize = 4;

/// The picture; nothing where the address is too long for one. What it leads to must stand beside it in words.
pub fn qr(address: &str) -> Option<AnyView> {
    let code = QrCode::new(address.as_bytes()).ok()?;
    let wide = code.width();
    let mut drawn = String::new();
    for (at, square) in code.to_colors().into_iter().enumerate() {
        if square == Color::Dark {
            drawn.push_str(&format!("M{} {}h1v1h-1z", at % wide + EDGE, at / wide + EDGE));
        }
    }
    let size = wide + 2 * EDGE;
    let view = view! {
        <svg class="ds-qr" viewBox=format!("0 0 {size} {size}") role="img" aria-label="A picture of the address, for the camera of a phone">
            <rect width=size height=size fill="#fff"/>
            <path d=drawn fill="#000"/>
        </svg>
    };
    Some(view.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_drawn_and_one_that_is_too_long_is_not() {
        let html = qr(&format!("https://homes.example/s/{}", "a1".repeat(32))).unwrap().to_html();
        // Version 6 has 41 squares a side, and 4 at each edge.
        assert!(html.contains("viewBox=\"0 0 49 49\"") && html.matches("h1v1h-1z").count() > 400, "{html}");
        assert!(qr(&"x".repeat(5_000)).is_none());
    }
}
