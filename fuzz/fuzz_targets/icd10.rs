//! Bytes as codes of ICD-10 and the like. The body is `farr_exercise::target::icd10`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| farr_exercise::target::icd10(input));
