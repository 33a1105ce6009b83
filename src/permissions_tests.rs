//! What the table of permissions has to say for every route, and what auditors may read.

use super::*;

#[test]
fn an_auditor_reads_and_changes_nothing_but_the_yearly_audit_which_nobody_else_changes() {
    // What management does about an audit: it answers a finding and puts a recommendation into a plan.
    let answers = ["/response", "/action"];
    for (path, reads, posts) in TABLE {
        let of_audits = path.starts_with("/staff/improvement/audit");
        let by_auditors = of_audits && *posts != Nobody && !answers.iter().any(|end| path.ends_with(end));
        assert_eq!(matches!(posts, Who::Only(roles) if roles.contains(&Auditor)), by_auditors, "{path}");
        if by_auditors {
            assert_eq!(*posts, AUDITORS, "{path}");
        }
        if of_audits {
            for role in [Role::Resident, Shopper, Analyst, Equality] {
                assert!(reads.check(Some(role)).is_err(), "{path} {role:?}");
            }
        }
    }
}

#[test]
fn an_auditor_reads_all_that_is_not_a_form_or_a_shoppers_name() {
    // Pages that are nothing but a form for a change hold nothing to read; who the shoppers are is for those who run the programme.
    let only_a_form = [
        "/new",
        "/edit",
        "/move",
        "/cancel",
        "/record",
        "/invite",
        "/enter",
        "/erase-person",
        "/forms/{number}",
        "/themes/{theme}",
        "/code",
        "/second",
        "/settle",
        "/review",
        "/assign",
        "/upload",
        "/import",
        "/import/{id}",
        "/import/{file}",
        "/discard",
        "/approve",
        "/waive",
        "/publish",
        "/retire",
        "/progress",
        "/deadline",
        "/standard",
        "/evidence",
        "/actions/{id}/links",
        "/actions/{id}/spending",
        "/plan/many",
        "/details",
        "/homes",
        "/themes/{id}",
        "/objectives/{id}",
        "/leads/{id}",
        "/areas/{id}",
        "/questions/{key}",
        "/questions/{key}/asked",
        "/try",
        "/questions/{key}/skips/{n}",
        "/figures",
        "/figures.csv",
        "/improvement/select",
        "/processes/{id}/owner",
        "/processes/{id}/group",
        "/processes/{id}/meeting",
        "/plans/{id}/activity",
        "/activities/{id}/sign-off",
        "/audit-findings/{id}/response",
        "/audit-findings/{id}/action",
    ];
    // How to reach the people of a home is for those who write to them.
    let ways_to_reach = ["/staff/homes/{id}", "/calls/{home}"];
    let shoppers_names = ["/shoppers", "/shoppers/{id}", "/photos/{file}"];
    for (path, reads, _) in TABLE.iter().filter(|(path, reads, _)| path.starts_with("/staff") && *reads != Nobody) {
        let excepted = only_a_form.iter().chain(&shoppers_names).chain(&ways_to_reach).any(|end| path.ends_with(end));
        assert!(excepted || reads.check(Some(Auditor)).is_ok(), "{path}");
    }
}

#[test]
fn a_path_has_one_row() {
    let mut paths: Vec<&str> = TABLE.iter().map(|(path, _, _)| *path).collect();
    paths.sort_unstable();
    let all = paths.len();
    paths.dedup();
    assert_eq!(paths.len(), all);
}
