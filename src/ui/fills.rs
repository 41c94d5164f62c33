//! What a destination fills into an order, and where each of it is from.

use std::rc::Rc;

use chrono::NaiveDate;
use landfall::destination::{Applies, Destination, Fact, Texts, What};
use landfall::json::Json;
use rust_decimal::Decimal;

use crate::draft::Draft;
use crate::tree::{self, Tree};
use landfall_words::Locale;

/// What is in force for an order at its destination.
#[derive(Clone, Default)]
pub struct Fills<'d> {
    /// The destination.
    pub destination: Option<&'d Destination>,
    /// The day of entry.
    pub entry: NaiveDate,
    /// Fees on arrival.
    pub fees: Vec<Fee<'d>>,
    /// Whether figures in the destination's currency are left out, because the order counts in another.
    pub is_foreign: bool,
}

/// A fee of the destination.
#[derive(Clone)]
pub struct Fee<'d> {
    /// The id of its fact.
    pub id: &'d str,
    /// The charge, with the name of the fact as its label.
    pub charge: Tree,
    /// Where it is from.
    pub fact: &'d Fact,
}

impl Fee<'_> {
    /// The charge as the buyer changed it. Unless that was changed too, it has the name of the fact in
    /// the reader's language, whichever it was changed in.
    pub fn changed(&self, charge: &Tree) -> Tree {
        let mut charge = charge.clone();
        let label = tree::text_at(&charge, "label");
        let is_given = self.fact.name.as_ref();
        if is_given.is_some_and(|name| label == name.en || label == name.zh) {
            let given = tree::get(&self.charge, "label").cloned();
            tree::set(&mut charge, "label", given);
        }
        charge
    }
}

impl<'d> Fills<'d> {
    /// Nothing is filled.
    pub fn none() -> Fills<'static> {
        Fills::default()
    }

    /// What an order's destination fills.
    pub fn of(
        destinations: &'d [Destination],
        draft: &Draft,
        today: NaiveDate,
        locale: Locale,
    ) -> Fills<'d> {
        let mut all = destinations.iter();
        let Some(destination) = all.find(|place| place.code == draft.destination) else {
            return Fills::none();
        };
        let entry = draft.entry(today, locale);
        let home = tree::text_at(&draft.head, "homeCurrency");
        let is_foreign = !home.is_empty() && home != destination.currency.code();
        let facts = destination.in_force(entry);
        let fees = facts.filter_map(|fact| {
            let What::Charge(charge) = &fact.what else {
                return None;
            };
            let mut charge = charge.clone();
            let name = fact
                .name
                .as_ref()
                .map_or(fact.id.as_str(), |name| text_of(name, locale));
            tree::fill(&mut charge, "label", tree::text(name));
            let id = fact.id.as_str();
            (!is_foreign).then_some(Fee { id, charge, fact })
        });
        Fills {
            fees: fees.collect(),
            destination: Some(destination),
            entry,
            is_foreign,
        }
    }

    /// The facts in force on the day of entry.
    pub fn in_force(&self) -> impl Iterator<Item = &'d Fact> + use<'d> {
        let entry = self.entry;
        let facts = self.destination.map_or(&[][..], |place| &place.facts);
        facts
            .iter()
            .map(Rc::as_ref)
            .filter(move |fact| fact.in_force(entry))
    }

    /// The facts in force that fill fields, with the field's path and value.
    pub fn facts(&self) -> impl Iterator<Item = (&'d str, &'d Tree, &'d Fact)> {
        let is_foreign = self.is_foreign;
        self.in_force().filter_map(move |fact| match &fact.what {
            What::Field { path, value } => {
                let is_amount = path.starts_with("customs.deMinimis");
                (!is_foreign || !is_amount).then_some((*path, value, fact))
            }
            What::Charge(_) | What::Duty(_) | What::Open => None,
        })
    }

    /// What is filled, by path.
    pub fn fields(&self) -> Vec<(&'d str, Tree)> {
        let Some(destination) = self.destination else {
            return Vec::new();
        };
        let mut fields = vec![("homeCurrency", tree::text(destination.currency.code()))];
        fields.extend(self.facts().map(|(path, value, _)| (path, value.clone())));
        let additional = self.additional_duty(&tree::empty());
        if !additional.is_zero() {
            fields.push((
                "customs.additionalDutyPercent",
                tree::text(additional.to_string()),
            ));
        }
        fields
    }

    /// What the destination is called.
    pub fn place(&self, locale: Locale) -> String {
        let name = self.destination.map(|place| text_of(&place.name, locale));
        name.unwrap_or_default().to_owned()
    }

    /// A layer of duty with its percentage.
    pub fn layer_name(&self, fact: &Fact, locale: Locale) -> String {
        let name = fact
            .name
            .as_ref()
            .map_or(fact.id.as_str(), |name| text_of(name, locale));
        if let What::Duty(layer) = &fact.what {
            format!("{name} (+{} %)", layer.percent)
        } else {
            name.to_owned()
        }
    }

    /// What is filled at a path.
    pub fn at(&self, path: &str) -> Option<Tree> {
        let mut fields = self.fields().into_iter();
        fields.find_map(|(filled, value)| (filled == path).then_some(value))
    }

    /// The facts behind what is filled at a path.
    pub fn behind(&self, path: &str) -> Vec<&'d Fact> {
        if path == "customs.additionalDutyPercent" {
            return self.duties(&tree::empty()).1;
        }
        let facts = self.facts().filter(|(filled, _, _)| *filled == path);
        facts.map(|(_, _, fact)| fact).collect()
    }

    /// The additional duty of goods with the layers that a line has chosen, `{ group: fact }`.
    pub fn additional_duty(&self, chosen: &Tree) -> Decimal {
        self.duties(chosen).0
    }

    /// The additional duty of a line that has chosen layers of this destination, in force on the day.
    /// What it chose for another destination or day counts for nothing.
    pub fn chosen_duty(&self, line: &Tree) -> Option<Decimal> {
        let chosen = tree::get(line, "layers")?;
        let groups = self.groups();
        let is_any = groups.iter().any(|(group, facts)| {
            let id = tree::text_at(chosen, group);
            facts.iter().any(|fact| fact.id == id)
        });
        is_any.then(|| self.additional_duty(chosen))
    }

    fn duties(&self, chosen: &Tree) -> (Decimal, Vec<&'d Fact>) {
        let Some(destination) = self.destination else {
            return (Decimal::ZERO, Vec::new());
        };
        let groups = match chosen {
            Json::Object(groups) => groups.as_slice(),
            Json::Null
            | Json::Boolean(_)
            | Json::Integer(_)
            | Json::Inexact
            | Json::Text(_)
            | Json::List(_) => &[],
        };
        let ids = groups.iter().map(|(_, id)| tree::text_at(id, ""));
        let chosen: Vec<&str> = ids.collect();
        let duty = destination.additional_duty(self.entry, &chosen);
        (duty.percent, duty.facts)
    }

    /// The layers that a line may choose, by group, in the order of the data.
    pub fn groups(&self) -> Vec<(&'d str, Vec<&'d Fact>)> {
        let mut groups: Vec<(&str, Vec<&Fact>)> = Vec::new();
        for fact in self.in_force() {
            let What::Duty(layer) = &fact.what else {
                continue;
            };
            // A layer of no group is chosen by itself.
            let alone = (layer.applies == Applies::Chosen).then_some(fact.id.as_str());
            let Some(group) = layer.group.as_deref().or(alone) else {
                continue;
            };
            match groups.iter_mut().find(|(name, _)| *name == group) {
                Some((_, facts)) => facts.push(fact),
                None => groups.push((group, vec![fact])),
            }
        }
        groups
    }
}

/// A text of the data in the reader's language.
pub fn text_of(texts: &Texts, locale: Locale) -> &str {
    match locale {
        Locale::En => &texts.en,
        Locale::Zh => &texts.zh,
    }
}
