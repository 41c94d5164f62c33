//! Mounts the interface into the page.

use landfall_ui::{App, AppProps};
use landfall_words::Locale;

fn main() {
    let window = web_sys::window();
    let language = window.and_then(|window| window.navigator().language());
    let locale = language.and_then(|tag| Locale::from_tag(&tag));
    let locale = locale.unwrap_or(Locale::En);
    yew::Renderer::<App>::with_props(AppProps { locale }).render();
}
