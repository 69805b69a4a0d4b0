//! The side of the body in the heading against the side that the rationale concludes about.

use super::{Context, Finding};
use crate::fact::{Object, PartFacts};
use crate::letter::{Decision, Side, one_side, sides};

/// Left, right or bilateral differ between the heading and a conclusion about it.
pub fn mismatch(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let (Some(request), Some(rationale)) = (&decision.request, &decision.rationale) else { return Vec::new() };
    let Some(asked) = one_side(&request.sides) else { return Vec::new() };
    // of a partial authorization the whole request may name other sides
    let whole = sides(&request.reading, &(0..request.reading.text().len()), context.lexicon);
    if one_side(&whole) != Some(asked) {
        return Vec::new();
    }
    let reading = &rationale.reading;
    let mut found = Vec::new();
    for stance in facts.conclusion.stances.iter().filter(|s| s.object != Object::Other) {
        let sentence = &reading.sentences[stance.sentence];
        let named = sides(reading, &sentence.bytes, context.lexicon);
        let Some(said) = one_side(&named) else { continue };
        // one side of a bilateral request may be concluded about by itself
        if said == asked || asked == Side::Both && facts.conclusion.stances.len() > 1 {
            continue;
        }
        let Some((_, words)) = named.first() else { continue };
        found.push(
            Finding::new("default")
                .label("other", reading.span_of_words(words.clone()))
                .label_if("request", request.sides.first().map(|(_, w)| request.reading.span_of_words(w.clone())))
                .hole("said", asked.word())
                .hole("other", said.word()),
        );
        break;
    }
    found
}
