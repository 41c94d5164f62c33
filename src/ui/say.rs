//! The page's own words: both languages stand side by side where they are shown.

use landfall_words::Locale;

/// The one of two fixed texts that is in the reader's language.
pub const fn say(locale: Locale, en: &'static str, zh: &'static str) -> &'static str {
    match locale {
        Locale::En => en,
        Locale::Zh => zh,
    }
}
