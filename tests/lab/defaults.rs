//! V38: an open address without https is refused, cookies carry every protection, letters travel by TLS or not at all.

use serde_json::json;

use crate::Setup;
use crate::harness::form::Form;
use crate::harness::place::Place;
use crate::harness::{Outcome, client, ensure, staff};
use crate::report::Report;

pub async fn run(setup: Setup) -> Outcome<Report> {
    let place = setup.place().await?;
    place.must_run(&["example"])?;
    let port = place.address.port();

    let mut refused = 0;
    let open = place.clone().with("DOORSTEP_LISTEN", &format!("0.0.0.0:{port}"));
    let half = open.clone().with("DOORSTEP_BASE_URL", "https://portal.example");
    let mail = place.clone().with("DOORSTEP_SMTP_URL", "smtp://localhost:25");
    let loud =
        open.clone().with("DOORSTEP_BASE_URL", "http://portal.example").with("DOORSTEP_TRUSTED_PROXIES", "10.0.0.2");
    for (place, word) in
        [(&open, "DOORSTEP_BASE_URL"), (&half, "DOORSTEP_TRUSTED_PROXIES"), (&loud, "https"), (&mail, "TLS")]
    {
        let ran = place.run(&["serve"])?;
        ensure(ran.code.is_some_and(|code| code != 0) && ran.said.contains(word), || {
            format!("serve should have refused and named {word}: {}", ran.said)
        })?;
        refused += 1;
    }

    let plain = sign_in_cookie(&place, None).await?;
    for part in ["sid=", "HttpOnly", "SameSite=Lax", "Path=/"] {
        ensure(plain.contains(part), || format!("the session cookie lacks {part}: {plain}"))?;
    }
    // On an open address the printed password of the example landlord opens nothing, so that somebody of their own signs in.
    let look = place.look().await?;
    look.change(&format!("UPDATE accounts SET is_example = FALSE WHERE email = '{}'", staff::OFFICER)).await?;
    look.close().await;
    let https = place.clone().with("DOORSTEP_BASE_URL", "https://portal.example");
    let secure = sign_in_cookie(&https, Some("portal.example")).await?;
    for part in ["__Host-sid=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        ensure(secure.contains(part), || format!("the session cookie on https lacks {part}: {secure}"))?;
    }
    ensure(!secure.contains("Domain"), || format!("the session cookie names a domain: {secure}"))?;
    place.clear();
    Ok(Report::of(json!({ "refused": refused, "cookies": 2 })))
}

/// Signs in and returns the session cookie's line.
async fn sign_in_cookie(place: &Place, host: Option<&str>) -> Outcome<String> {
    let server = place.serve().await?;
    let mut visitor = server.visitor();
    if let Some(host) = host {
        visitor = visitor.for_host(host);
    }
    let page = client::page(&mut visitor, "/sign-in").await?;
    let form = Form::find(&page.text(), "/sign-in")?.expect(&["email", "password"])?;
    let fields = form.fill(&[("email", staff::OFFICER), ("password", staff::PASSWORD)]);
    let answer = visitor.post("/sign-in", &fields).await?.expect(303)?;
    let line = answer.headers.iter().find(|(name, value)| name == "set-cookie" && value.contains("sid="));
    let line = line.map(|(_, value)| value.clone()).ok_or("signing in set no session cookie")?;
    server.stop().await?;
    Ok(line)
}
