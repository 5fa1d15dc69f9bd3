//! Bytes as delimited text. The body is `farr_exercise::target::delimited_text`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| farr_exercise::target::delimited_text(input));
