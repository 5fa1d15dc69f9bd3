//! Bytes as a file of a release. The body is `farr_exercise::target::rf2`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| farr_exercise::target::rf2(input));
