//! Reaching into a JSON tree by the paths that issues and form fields have: `lines[2].carton.units`.

use std::borrow::Cow;

use landfall::json::Json;

/// A tree that borrows nothing.
pub type Tree = Json<'static>;

/// One step of a path.
enum Step<'p> {
    Name(&'p str),
    Index(usize),
}

/// The first step of a path and what follows it.
fn split(path: &str) -> Option<(Step<'_>, &str)> {
    if let Some(rest) = path.strip_prefix('[') {
        let (index, rest) = rest.split_once(']')?;
        let rest = rest.strip_prefix('.').unwrap_or(rest);
        return Some((Step::Index(index.parse().ok()?), rest));
    }
    if path.is_empty() {
        return None;
    }
    let end = path.find(['.', '[']).unwrap_or(path.len());
    let (name, rest) = path.split_at_checked(end)?;
    Some((Step::Name(name), rest.strip_prefix('.').unwrap_or(rest)))
}

/// The item that a path such as `lines[2].carton.units` belongs to: `(2, "carton.units")` for `lines`.
pub fn item<'p>(path: &'p str, list: &str) -> Option<(usize, &'p str)> {
    match split(path.strip_prefix(list)?)? {
        (Step::Index(index), rest) => Some((index, rest)),
        (Step::Name(_), _) => None,
    }
}

/// A text.
pub fn text(text: impl Into<String>) -> Tree {
    Json::Text(Cow::Owned(text.into()))
}

/// An object without fields.
pub const fn empty() -> Tree {
    Json::Object(Vec::new())
}

/// An object.
pub fn object<const N: usize>(fields: [(&'static str, Tree); N]) -> Tree {
    let fields = fields.map(|(name, value)| (Cow::Borrowed(name), value));
    Json::Object(fields.into())
}

/// What stands at a path.
pub fn get<'t>(tree: &'t Tree, path: &str) -> Option<&'t Tree> {
    let Some((step, rest)) = split(path) else {
        return Some(tree);
    };
    let inner = match (step, tree) {
        (Step::Name(name), Json::Object(fields)) => {
            let (_, value) = fields.iter().find(|(field, _)| field == name)?;
            value
        }
        (Step::Index(index), Json::List(items)) => items.get(index)?,
        _ => return None,
    };
    get(inner, rest)
}

/// The text at a path; empty where there is none.
pub fn text_at<'t>(tree: &'t Tree, path: &str) -> &'t str {
    match get(tree, path) {
        Some(Json::Text(text)) => text,
        _ => "",
    }
}

/// Whether `true` stands at a path.
pub fn is_set(tree: &Tree, path: &str) -> bool {
    get(tree, path) == Some(&Json::Boolean(true))
}

/// Puts a value at a path, making the objects on the way, or takes what is there away. An object that
/// has lost its last field goes too, so that a carton whose fields were all emptied is no carton.
pub fn set(tree: &mut Tree, path: &str, value: Option<Tree>) {
    let Some((step, rest)) = split(path) else {
        *tree = value.unwrap_or(Json::Null);
        return;
    };
    match (step, tree) {
        (Step::Index(index), Json::List(items)) => match value {
            None if rest.is_empty() && index < items.len() => {
                items.remove(index);
            }
            value => {
                if let Some(item) = items.get_mut(index) {
                    set(item, rest, value);
                }
            }
        },
        (Step::Name(name), Json::Object(fields)) => {
            let at = fields.iter().position(|(field, _)| field == name);
            let Some(value) = value else {
                if let Some(at) = at {
                    if let Some((_, inner)) = fields.get_mut(at)
                        && !rest.is_empty()
                    {
                        set(inner, rest, None);
                    }
                    let is_gone = rest.is_empty()
                        || fields.get(at).is_some_and(|(_, inner)| *inner == empty());
                    if is_gone {
                        fields.remove(at);
                    }
                }
                return;
            };
            match at.and_then(|at| fields.get_mut(at)) {
                Some((_, inner)) => set(inner, rest, Some(value)),
                None => {
                    let mut inner = empty();
                    set(&mut inner, rest, Some(value));
                    fields.push((Cow::Owned(name.to_owned()), inner));
                }
            }
        }
        _ => {}
    }
}

/// Puts a value where nothing stands yet.
pub fn fill(tree: &mut Tree, path: &str, value: Tree) {
    if get(tree, path).is_none() {
        set(tree, path, Some(value));
    }
}

#[cfg(test)]
mod tests {
    use landfall::json::read;

    use super::*;

    fn tree(text: &str) -> Tree {
        read(text).unwrap().into_owned()
    }

    #[test]
    fn a_path_finds_what_it_names() {
        let tree = tree(r#"{"lines":[{"sku":"A"},{"carton":{"units":"24"}}]}"#);
        assert_eq!(text_at(&tree, "lines[0].sku"), "A");
        assert_eq!(text_at(&tree, "lines[1].carton.units"), "24");
        for missing in [
            "lines[2].sku",
            "lines[1].sku",
            "lines.sku",
            "x",
            "lines[",
            "lines[0]x[",
        ] {
            assert_eq!(text_at(&tree, missing), "", "{missing}");
        }
        assert_eq!(
            item("lines[12].carton.units", "lines"),
            Some((12, "carton.units"))
        );
        assert_eq!(item("lines[12]", "lines"), Some((12, "")));
        assert_eq!(item("charges[1].label", "lines"), None);
    }

    #[test]
    fn setting_makes_the_way_and_taking_away_clears_it() {
        let mut order = tree(r#"{"lines":[{"sku":"A"}]}"#);
        let before = order.clone();
        set(&mut order, "lines[0].carton.units", Some(text("24")));
        assert_eq!(text_at(&order, "lines[0].carton.units"), "24");
        set(&mut order, "lines[0].carton.units", None);
        assert_eq!(order, before);
        set(&mut order, "lines[7].sku", Some(text("B")));
        set(&mut order, "customs.deMinimis.dutyUpTo", None);
        assert_eq!(order, before);
        set(&mut order, "lines[0]", None);
        assert_eq!(order, tree(r#"{"lines":[]}"#));
    }

    #[test]
    fn filling_leaves_what_is_there() {
        let mut order = tree(r#"{"customs":{"basis":"cif"}}"#);
        fill(&mut order, "customs.basis", text("fob"));
        fill(&mut order, "customs.vatPercent", text("19"));
        assert_eq!(
            order,
            tree(r#"{"customs":{"basis":"cif","vatPercent":"19"}}"#)
        );
    }
}
