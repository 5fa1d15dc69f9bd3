//! Cases by hand.

use super::there_and_back;

#[test]
fn smoke() {
    there_and_back("*");
}
