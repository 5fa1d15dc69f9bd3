//! Bytes as a file of refset rows. The body is `farr_exercise::target::refset_rows`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| farr_exercise::target::refset_rows(input));
