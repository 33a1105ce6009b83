use super::*;

#[test]
fn v13_an_unknown_filter_is_refused_and_words_are_meant_as_they_stand() {
    let standing = Standing::default();
    let read = |fields: &[(&str, &str)]| Filter::read(&Form::filled(fields), &standing);
    assert_eq!(read(&[("q", ""), ("theme", ""), ("page", "")]), Ok(Filter { page: 1, ..Filter::default() }));
    for wrong in [("channel", "post"), ("area", "1"), ("theme", "7"), ("state", "secret"), ("page", "0"), ("page", "x")]
    {
        assert!(read(&[wrong]).is_err(), "{wrong:?}");
    }
    assert!(read(&[("q", &"x".repeat(101))]).is_err());
    let filter = read(&[("q", " 50%_Off! "), ("state", "uncoded"), ("page", "3")]).unwrap();
    assert_eq!(filter.pattern(), "%50!%!_off!!%");
    assert_eq!((filter.state, filter.page), (Some(State::Uncoded), 3));
}
