//! `doorstep routes`: the route inventory, for tests that walk it.

use super::{Outcome, say, text};
use crate::people::Role;
use crate::permissions::Who;
use crate::router;

pub(super) fn run() -> Outcome {
    for row in router::rows().map_err(text)? {
        for (method, who) in [("GET", row.who_reads), ("POST", row.who_posts)] {
            if who != Who::Nobody {
                let roles: Vec<&str> =
                    Role::ALL.into_iter().filter(|role| who.check(Some(*role)).is_ok()).map(Role::code).collect();
                say(&serde_json::json!({ "method": method, "path": row.route.path, "anyone": who == Who::Anyone, "roles": roles }).to_string());
            }
        }
    }
    Ok(())
}
