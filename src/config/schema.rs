//! The JSON Schema of configuration files, for completion in editors.

use super::{Profile, SEVERITIES};
use crate::rulebook::{CATALOGUE, Rulebook};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The schema; names of rules and treatments are those of a rulebook.
pub fn schema(book: &Rulebook) -> Value {
    let mut names: BTreeSet<&str> = book.rules.iter().map(|r| r.id.as_str()).collect();
    names.extend(CATALOGUE.iter().flat_map(|c| [c.id, c.area]));
    names.extend(book.lexicon.treatments.iter().map(|t| t.id.as_str()));
    let one_or_more = |one: Value| json!({ "anyOf": [one, { "type": "array", "items": one }] });
    let texts = one_or_more(json!({ "type": "string" }));
    let words =
        |more: Option<&str>| json!({ "enum": SEVERITIES.iter().map(|(w, _)| *w).chain(more).collect::<Vec<_>>() });
    let chosen = one_or_more(json!({ "$ref": "#/$defs/name" }));
    let section = json!({
        "select": chosen, "extend-select": chosen, "ignore": chosen,
        "severity": { "type": "object", "propertyNames": { "$ref": "#/$defs/name" }, "additionalProperties": words(Some("off")) },
        "preview": { "type": "boolean" },
        "minimum-confidence": { "enum": ["low", "medium", "high"] },
        "show": words(None),
        "fail-on": words(Some("never")),
        "as-of": { "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
    });
    let with = |more: Value| {
        let mut all = section.clone();
        if let (Some(all), Value::Object(more)) = (all.as_object_mut(), more) {
            all.extend(more);
        }
        all
    };
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "imrlint configuration",
        "type": "object",
        "additionalProperties": false,
        "properties": with(json!({
            "rules": texts,
            "profile": { "enum": Profile::ALL.iter().map(|(w, _)| *w).collect::<Vec<_>>() },
            "accepted": { "type": "string" },
            "exclude": texts,
            "paths": { "type": "array", "items": {
                "type": "object", "additionalProperties": false, "required": ["match"],
                "properties": with(json!({ "match": texts })),
            } },
        })),
        "$defs": { "name": { "enum": names } },
    })
}
