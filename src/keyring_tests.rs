use super::*;

fn ring() -> Keyring {
    Keyring::in_memory(Random::seeded(5))
}

fn sealed(ring: &Keyring, bound: &[u8], text: &[u8]) -> Vec<u8> {
    ring.keys().unwrap().seal(bound, text).unwrap()
}

/// What opens of it, or why it does not.
fn opened(ring: &Keyring, bound: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Shut> {
    ring.keys().unwrap().open(bound, &mut sealed.to_vec()).map(<[u8]>::to_vec)
}

#[test]
fn what_is_sealed_opens_where_it_belongs_and_nowhere_else() {
    let ring = ring();
    ring.add().unwrap();
    let one = sealed(&ring, b"here", &[9, 8, 4]);
    assert_eq!(one.len(), 3 + NAME + NONCE + TAG);
    assert_eq!(opened(&ring, b"here", &one), Ok(vec![9, 8, 4]));
    assert_eq!(opened(&ring, b"there", &one), Err(Shut::Altered));
    for at in 0..one.len() {
        let mut altered = one.clone();
        altered[at] ^= 1;
        assert!(opened(&ring, b"here", &altered).is_err(), "byte {at}");
        assert!(opened(&ring, b"here", &one[..at]).is_err(), "cut at {at}");
    }
    assert_ne!(sealed(&ring, b"here", &[9, 8, 4]), one, "chance is never used twice");
}

#[test]
fn a_newer_key_seals_and_the_older_one_still_opens() {
    let ring = ring();
    let first = ring.add().unwrap();
    let old = sealed(&ring, b"", b"before");
    let second = ring.add().unwrap();
    assert_eq!(ring.keys().unwrap().names(), [first, second]);
    let new = sealed(&ring, b"", b"after");
    assert_eq!((name_of(&old), name_of(&new)), (Some(first), Some(second)));
    assert_eq!(opened(&ring, b"", &old).unwrap(), b"before");
    let lost = ring.lose();
    assert_eq!(opened(&ring, b"", &new), Err(Shut::NoKey(second)));
    assert!(ring.keys().unwrap().seal(b"", b"now").is_err());
    ring.find_again(lost);
    assert_eq!(opened(&ring, b"", &new).unwrap(), b"after");
}

#[test]
fn a_mark_is_known_again_and_tells_nothing_without_the_key() {
    let (one, other) = (ring(), Keyring::in_memory(Random::seeded(6)));
    one.add().unwrap();
    other.add().unwrap();
    let mark = |ring: &Keyring, text: &str| ring.keys().unwrap().mark(text).unwrap();
    assert_eq!(mark(&one, "yes"), mark(&one, "yes"));
    assert_ne!(mark(&one, "yes"), mark(&one, "no"));
    assert_ne!(mark(&one, "yes"), mark(&other, "yes"));
    assert_ne!(mark(&one, "yes"), sha256("yes"));
    let before = mark(&one, "yes");
    one.add().unwrap();
    assert_ne!(mark(&one, "yes"), before);
    let keys = one.keys().unwrap();
    assert!(keys.is_mark(&before, "yes") && keys.is_mark(&mark(&one, "yes"), "yes") && !keys.is_mark(&before, "no"));
    assert!(!other.keys().unwrap().is_mark(&before, "yes"));
}

#[test]
fn the_file_is_for_its_owner_alone_and_a_spoilt_one_is_never_written_over() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = std::env::temp_dir().join(format!("doorstep-keys-{}", Random::system().token()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("sealing.keys");
    let ring = Keyring::in_file(&path, Random::seeded(1));
    assert!(ring.keys().unwrap().names().is_empty(), "it need not be there");
    ring.begin().unwrap();
    ring.begin().unwrap();
    assert_eq!(ring.keys().unwrap().names().len(), 1, "the first key is made once");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let one = sealed(&ring, b"", b"yes");
    ring.add().unwrap();
    assert_eq!(opened(&Keyring::in_file(&path, Random::seeded(2)), b"", &one).unwrap(), b"yes");
    std::fs::write(&path, "no key\n").unwrap();
    let said = ring.add().unwrap_err().to_string();
    assert!(said.contains("line 1 is no key"), "{said}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "no key\n");
    std::fs::remove_dir_all(&folder).unwrap();
}
