//! Bytes as a file of the UK edition of ICD-10. The body is `farr_exercise::target::icd10_uk`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| farr_exercise::target::icd10_uk(input));
