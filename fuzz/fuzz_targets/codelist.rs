//! Bytes as a list of codes. The body is `farr_exercise::target::codelist`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| farr_exercise::target::codelist(input));
