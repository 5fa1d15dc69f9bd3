//! Bytes as NHS numbers. The body is `farr_exercise::target::nhs_number`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| farr_exercise::target::nhs_number(input));
