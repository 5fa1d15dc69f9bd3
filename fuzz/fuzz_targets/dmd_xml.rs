//! Bytes as a file of a release of dm+d. The body is `farr_exercise::target::dmd_xml`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| farr_exercise::target::dmd_xml(input));
