//! Bytes as an expression constraint, evaluated. The body is `farr_exercise::target::ecl_evaluate`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| farr_exercise::target::ecl_evaluate(input));
