//! Bytes as a line of JSON lines. The body is `farr_exercise::target::json_line`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| farr_exercise::target::json_line(input));
