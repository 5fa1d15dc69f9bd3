//! Bytes as a rule pack. The body is `farr_exercise::target::rule_pack`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| farr_exercise::target::rule_pack(input));
