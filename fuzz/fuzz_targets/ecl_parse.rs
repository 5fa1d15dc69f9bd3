//! Bytes as an expression constraint. The body is `farr_exercise::target::ecl_parse`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| farr_exercise::target::ecl_parse(input));
