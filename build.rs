//! Makes cargo notice a new migration script, which is compiled into the binary.
fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
