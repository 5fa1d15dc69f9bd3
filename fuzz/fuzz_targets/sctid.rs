//! Bytes as an SCTID. The body is `farr_exercise::target::sctid`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| farr_exercise::target::sctid(input));
