//! Bytes as a rule of the map. The body is `farr_exercise::target::map_rule`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| farr_exercise::target::map_rule(input));
