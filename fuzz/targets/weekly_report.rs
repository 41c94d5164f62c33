#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| landfall_fuzz::weekly_report(text));
