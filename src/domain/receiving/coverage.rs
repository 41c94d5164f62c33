//! What an inspection looks at, and what it doesn't.

use crate::check::{Named, named};

named! {
    /// What can be looked at in an inspection.
    Aspect {
        /// Whether it works: switched on, tried out.
        Function = "function",
        /// What it is made of.
        Materials = "materials",
        /// Defects that can't be seen from outside.
        HiddenDefects = "hiddenDefects",
        /// Its measures.
        Size = "size",
        /// Its colour.
        Colour = "colour",
        /// How it is packed and labelled.
        Packaging = "packaging",
        /// How many there are.
        Quantity = "quantity",
        /// How it looks from outside.
        Appearance = "appearance",
    }
}

/// What an agent's inspection by photos covers, unless the agent says more: it looks at the outside.
/// Size and colour are often outside of its scope, so they don't count as covered.
pub const AGENT_PHOTOS: [Aspect; 3] = [Aspect::Packaging, Aspect::Quantity, Aspect::Appearance];

/// What an inspection that covers these aspects doesn't cover.
pub fn uncovered(covered: &[Aspect]) -> Vec<Aspect> {
    let all = Aspect::ALL.iter().copied();
    all.filter(|aspect| !covered.contains(aspect)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn photos_of_an_agent_show_the_outside_only() {
        assert_eq!(
            uncovered(&AGENT_PHOTOS),
            [
                Aspect::Function,
                Aspect::Materials,
                Aspect::HiddenDefects,
                Aspect::Size,
                Aspect::Colour,
            ]
        );
        assert_eq!(uncovered(Aspect::ALL), []);
        assert_eq!(uncovered(&[]), Aspect::ALL);
    }
}
