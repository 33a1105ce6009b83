use super::*;

#[test]
fn a_month_ends_on_its_last_day() {
    let end = |y, m| Month::new(y, m).unwrap().last_day().to_string();
    assert_eq!(end(2009, 11), "2009-11-30");
    assert_eq!(end(2009, 12), "2009-12-31");
    assert_eq!(end(2008, 2), "2008-02-29");
}

#[test]
fn a_code_reads_back_and_nonsense_does_not() {
    let month = Month::read("2010-01").unwrap();
    assert_eq!(month.code(), "2010-01");
    assert_eq!(month.to_string(), "January 2010");
    for wrong in ["2010-13", "2010", "10-01", "2010-1", "", "9999-01"] {
        assert_eq!(Month::read(wrong), None, "{wrong}");
    }
}

#[test]
fn months_subtract_across_a_new_year() {
    let (a, b) = (Month::new(2009, 11).unwrap(), Month::new(2010, 2).unwrap());
    assert_eq!(b.since(a), 3);
    assert_eq!(a.plus(3), b);
}
