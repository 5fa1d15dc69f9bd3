//! Bytes as an index, their checksums made right first. The body is `farr_exercise::target::index`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| farr_exercise::target::index(input));
