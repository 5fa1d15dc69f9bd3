//! Bytes as a file of ClaML. The body is `farr_exercise::target::claml`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| farr_exercise::target::claml(input));
