//! Bytes as the description of a set. The body is `farr_exercise::target::pointer`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| farr_exercise::target::pointer(input));
