//! What people are told about their accounts.

/// Shown whether or not an account is known, so that nobody learns which addresses have one.
pub const LINK_SENT: &str = "If an account has that address, a link to choose a new password is on its way to it.";
/// The same for somebody who asks for an account, who may have one already.
pub const ACCOUNT_LINK_SENT: &str = "A link to choose your password is on its way to your e-mail address.";
/// Shown for a wrong address and for a wrong password alike.
pub const WRONG: &str = "The e-mail address or the password is not right";
/// Shown after too many wrong tries.
pub const WAIT: &str = "There were too many wrong tries. Wait 15 minutes, or choose a new password";
