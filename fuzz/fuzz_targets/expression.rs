//! Bytes as a postcoordinated expression. The body is `farr_exercise::target::expression`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| farr_exercise::target::expression(input));
