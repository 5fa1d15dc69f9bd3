//! Bytes as an index, as they are. The body is `farr_exercise::target::index_raw`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| farr_exercise::target::index_raw(input));
