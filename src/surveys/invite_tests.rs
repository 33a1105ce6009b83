use super::*;

#[test]
fn addresses_are_found_however_they_are_pasted() {
    let found = addresses_in("Ann@Home.example, bo@home.example;\n<ann@home.example>\tcy@home.example").unwrap();
    assert_eq!(found, ["ann@home.example", "bo@home.example", "cy@home.example"]);
    assert_eq!(addresses_in("ann@home.example bo(at)home"), Err("bo(at)home".to_owned()));
    assert_eq!(addresses_in("ann@home.example\n not an address\n"), Err("not an address".to_owned()));
    assert_eq!(addresses_in(" \n "), Ok(Vec::new()));
}
