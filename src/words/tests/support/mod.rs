//! What the test files share.
#![allow(dead_code, reason = "each test file uses its part")]

use landfall::money::Figure;
use landfall_words::Locale;
use rust_decimal::Decimal;

/// A decimal from its digits.
pub fn d(digits: &str) -> Figure {
    Figure(digits.parse().unwrap())
}

/// Words that could be shown: something, complete, with no trace of how it was put together.
#[track_caller]
pub fn check_words(locale: Locale, words: &str) {
    let characters: Vec<char> = words.chars().collect();
    assert!(!words.is_empty());
    assert_eq!(words.trim(), words);
    assert!(!words.contains(['{', '}', '!', '！']), "{words}");
    let pairs = characters.windows(2);
    let mut doubled = pairs.filter(|pair| pair.iter().all(|character| character.is_whitespace()));
    assert_eq!(doubled.next(), None, "{words}");
    assert!(!words.contains(&Decimal::MAX.to_string()), "{words}");
    if locale == Locale::En {
        assert!(!words.contains(is_chinese), "{words}");
    }
}

/// A full sentence in its language.
#[track_caller]
pub fn check_sentence(locale: Locale, sentence: &str) {
    check_words(locale, sentence);
    match locale {
        Locale::En => assert!(sentence.ends_with('.'), "{sentence}"),
        Locale::Zh => {
            assert!(sentence.ends_with('。'), "{sentence}");
            assert!(sentence.contains(is_chinese), "{sentence}");
        }
    }
}

/// Checks a text in all languages: it differs between them, and has every operand in each.
#[track_caller]
pub fn check_languages(
    words: impl Fn(Locale) -> String,
    operands: &[&str],
    check: impl Fn(Locale, &str),
) {
    for locale in Locale::ALL {
        let words = words(locale);
        check(locale, &words);
        for operand in operands {
            assert!(words.contains(operand), "no {operand} in: {words}");
        }
    }
    let chinese = words(Locale::Zh);
    assert_ne!(words(Locale::En), chinese);
    let foreign = [", ", "; ", ". "]
        .into_iter()
        .find(|mark| chinese.contains(mark));
    assert_eq!(foreign, None, "{chinese}");
}

/// Checks that examples have every variant: `index_of` numbers the variants of an enumeration by a
/// `match`, so a new variant doesn't compile until it is numbered, and fails until it has an example.
#[track_caller]
pub fn check_complete<T>(examples: &[T], variants: usize, index_of: impl Fn(&T) -> usize) {
    let mut found: Vec<usize> = examples.iter().map(index_of).collect();
    found.sort_unstable();
    found.dedup();
    assert_eq!(found, (0..variants).collect::<Vec<_>>());
}

fn is_chinese(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}
