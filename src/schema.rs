//! The JSON Schema of rule files, for completion in editors: made from the same tables that the loader reads with.

use crate::measure::Comparison;
use crate::rulebook::{AmountFact, CATALOGUE, Place, Rulebook, Scope, SideAsked, VerdictWord, phase_words};
use serde_json::{Value, json};

/// The schema; ids of treatments, guidelines, statements and lists are those of the rulebook.
pub fn schema(book: &Rulebook) -> Value {
    let lexicon = &book.lexicon;
    let ids = |all: Vec<&str>| json!({ "enum": all });
    let one_or_more = |item: Value| json!({ "anyOf": [item.clone(), { "type": "array", "items": item }] });
    let checks: Vec<&str> = CATALOGUE.iter().filter(|c| c.scope != Scope::Criterion).map(|c| c.id).collect();
    let expected: Vec<&str> = ["silent", "finding"].into_iter().chain(CATALOGUE.iter().map(|c| c.id)).collect();
    let treatment = ids(lexicon.treatments.iter().map(|t| t.id.as_str()).collect());
    let statement = ids(lexicon.statements.iter().map(|s| s.id.as_str()).collect());
    let list = ids(lexicon.lists.iter().map(|l| l.id.as_str()).filter(|id| !id.contains('/')).collect());
    let part = ids(lexicon.body_parts.iter().map(|b| b.id.as_str()).collect());
    let guideline = ids(lexicon.guidelines.iter().map(|g| g.id.as_str()).collect());
    let verdict = ids(VerdictWord::ALL.iter().map(|(w, _)| *w).collect());
    let text = json!({ "type": "string" });
    let amount_or_name =
        json!({ "type": ["string", "number"], "description": "\"4 weeks\", or the name of a limit of the authority" });
    let mut test = json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "all": { "type": "array", "items": { "$ref": "#/$defs/test" } },
            "any": { "type": "array", "items": { "$ref": "#/$defs/test" } },
            "not": { "$ref": "#/$defs/test" },
            "statement": one_or_more(statement),
            "list": one_or_more(list),
            "phrases": one_or_more(text.clone()),
            "amount": ids(AmountFact::ALL.iter().map(|(w, _)| *w).collect()),
            "of": one_or_more(treatment.clone()),
            "only": { "enum": ["affirmed"] },
            "phase": one_or_more(ids(phase_words())),
            "side": one_or_more(ids(SideAsked::ALL.iter().map(|(w, _)| *w).collect())),
            "cites": one_or_more(json!({ "anyOf": [guideline.clone(), {
                "type": "object",
                "additionalProperties": false,
                "required": ["guideline"],
                "properties": { "guideline": guideline.clone(), "section": text, "pages": { "type": ["string", "number"] } },
            }] })),
            "in": one_or_more(ids(Place::ALL.iter().map(|(w, _)| *w).collect())),
            "evidence": {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "met": { "$ref": "#/$defs/tests" }, "not-met": { "$ref": "#/$defs/tests" }, "undocumented": { "$ref": "#/$defs/tests" },
                },
            },
            "table": {
                "type": "object",
                "required": ["columns", "rows"],
                "properties": {
                    "columns": { "type": "object" },
                    "rows": { "type": "array", "items": { "type": "object", "required": ["verdict"], "properties": { "verdict": verdict.clone() } } },
                },
            },
        },
    });
    if let Some(properties) = test["properties"].as_object_mut() {
        properties.extend(Comparison::ALL.iter().map(|(key, _)| (key.to_string(), amount_or_name.clone())));
    }
    let decision = json!({
        "request": text, "outcome": { "enum": ["upheld", "overturned"] }, "guideline": text, "administrator": text, "rationale": text,
    });
    let mut trial = json!({
        "name": text, "letter": text, "date": text, "dates": { "type": "object" }, "summary": text,
        "decisions": { "type": "array", "items": { "type": "object", "additionalProperties": false, "properties": decision.clone() } },
        "expect": { "enum": expected }, "verdict": verdict,
    });
    if let (Some(trial), Some(decision)) = (trial.as_object_mut(), decision.as_object()) {
        trial.extend(decision.clone());
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "imrlint rule",
        "type": "object",
        "additionalProperties": false,
        "required": ["id", "title", "status", "confidence", "authority", "explain", "tests"],
        "oneOf": [{ "required": ["check"] }, { "required": ["criterion", "applies"] }],
        "properties": {
            "id": { "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$" },
            "title": text,
            "status": { "enum": ["preview", "stable", "retired"] },
            "severity": { "enum": ["info", "warning", "error"] },
            "confidence": { "enum": ["low", "medium", "high"] },
            "authority": one_or_more(json!({
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "guideline": guideline, "section": text, "pages": { "type": ["string", "number"] }, "regulation": text,
                    "limits": { "type": "object", "additionalProperties": { "type": ["string", "number"] } }, "note": text,
                },
            })),
            "check": ids(checks),
            "applies": {
                "type": "object",
                "additionalProperties": false,
                "required": ["treatment"],
                "properties": {
                    "treatment": one_or_more(treatment.clone()), "except": one_or_more(treatment), "body-part": one_or_more(part),
                    "when": { "$ref": "#/$defs/test" }, "unless": { "$ref": "#/$defs/test" },
                },
            },
            "criterion": {
                "type": "object",
                "additionalProperties": false,
                "required": ["role", "test"],
                "properties": {
                    "role": { "enum": ["necessary", "sufficient", "factor"] },
                    "undocumented": { "enum": ["ignore", "warn", "recited", "told"] },
                    "test": { "$ref": "#/$defs/test" },
                    "grounds": one_or_more(text.clone()),
                    "missed": one_or_more(text.clone()),
                },
            },
            "exceptions": { "$ref": "#/$defs/tests" },
            "message": text, "messages": { "type": "object" }, "labels": { "type": "object" }, "help": text, "explain": text,
            "note": text, "measured": text,
            "tests": { "type": "array", "items": { "type": "object", "additionalProperties": false, "required": ["name", "expect"], "properties": trial } },
        },
        "$defs": { "test": test, "tests": one_or_more(json!({ "$ref": "#/$defs/test" })) },
    })
}
