//! Bytes as an index, compared with the golden files. The body is `farr_exercise::target::changes`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| farr_exercise::target::changes(input));
