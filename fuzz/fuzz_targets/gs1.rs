//! Bytes as the text of a scan. The body is `farr_exercise::target::gs1`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| farr_exercise::target::gs1(input));
