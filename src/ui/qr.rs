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
    // Neighbours in a row are drawn as one bar: letters come by the hundred.
    for (row, squares) in code.to_colors().chunks(wide).enumerate() {
        let mut from = 0;
        for bar in squares.chunk_by(|one, next| one == next) {
            if bar.first() == Some(&Color::Dark) {
                let long = bar.len();
                drawn.push_str(&format!("M{} {}h{long}v1h-{long}z", from + EDGE, row + EDGE));
            }
            from += bar.len();
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
        assert!(html.contains("viewBox=\"0 0 49 49\"") && html.matches("v1h-").count() > 200, "{html}");
        // Three corners have a square of seven, whose upper and lower edges are bars of their own.
        assert!(html.matches("h7v1h-7z").count() >= 6, "{html}");
        assert!(qr(&"x".repeat(5_000)).is_none());
    }
}
