//! Whether other care was asked for and allowed, as the rationale tells it, against the summary.

use super::contradiction::finding;
use super::opposed::{Claim, opposed};
use super::receipt::{Place, clause};
use super::received::is_surgery;
use crate::check::naming::{Thing, related, things};
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::{Documentation, Meaning, PartFacts, Polarity, meaning};
use crate::letter::{Decision, Reading};
use crate::lexicon::{Cue, Small};

/// How many words may stand between a treatment and what became of it.
const REACH: usize = 12;

/// A treatment that the rationale says was allowed or asked for while the summary tells that it was not, or the reverse.
pub fn otherwise(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let (rationale, summary) = (&decision.rationale.as_ref()?.reading, context.letter.summary.as_ref()?);
    let mut said = standings(context, rationale, |n| facts.is_of_case(n));
    // what this letter itself decides is another check's
    let requests = || context.letter.decisions.iter().filter_map(|d| d.request.as_ref());
    let decided = |t: &Thing| {
        requests().any(|r| crate::check::memo::requested(context, r).iter().any(|a| related(context, a, t)))
    };
    said.retain(|c| !decided(&c.topic.0));
    if said.is_empty() {
        return None;
    }
    let told = standings(context, summary, |_| true);
    let same = |a: &(Thing, bool), b: &(Thing, bool)| a.1 == b.1 && related(context, &a.0, &b.0);
    let (one, other) = opposed(context, &said, &told, same, |a, b| a == b)?;
    let found = finding(context, "observation", "what was asked for or allowed", one.span, other.span);
    Some(Finding { lowered: Some(Severity::Info), ..found })
}

/// What a part of the letter tells of treatments: whether each was asked for, and whether it was allowed.
fn standings(context: &Context<'_>, reading: &Reading, own: impl Fn(usize) -> bool) -> Vec<Claim<(Thing, bool), bool>> {
    let mut found = Vec::new();
    let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
    for (n, sentence) in reading.sentences.iter().enumerate() {
        if !own(n) || [Cue::Conditional, Cue::GuidelineSays, Cue::People].iter().any(|c| sentence.cues.has(*c)) {
            continue;
        }
        let verbs: Vec<usize> = sentence
            .words
            .clone()
            .filter(|w| is(*w, Small::Allowed) || is(*w, Small::Disallowed) || is(*w, Small::AskedFor))
            .collect();
        if verbs.is_empty() {
            continue;
        }
        let named = things(context, reading, sentence.words.clone());
        for thing in named.iter().filter(|t| !t.class_word || is_surgery(context, t)) {
            let near = |w: &&usize| {
                let (from, to) =
                    if **w < thing.words.start { (**w, thing.words.start) } else { (thing.words.end, **w) };
                to.saturating_sub(from) <= REACH
            };
            // each verb is told of the treatment that stands nearest before it, or right behind it
            let belongs = |w: usize| {
                let before = named.iter().rfind(|t| t.words.end <= w);
                let behind = named.iter().find(|t| t.words.start > w);
                let of = |t: Option<&Thing>| t.is_some_and(|t| t.words == thing.words);
                of(before) || before.is_none() && of(behind)
            };
            for w in verbs.iter().filter(near).filter(|w| belongs(**w)) {
                let meant = meaning(reading, context.lexicon, *w..*w + 1);
                let itself = meaning(reading, context.lexicon, thing.words.clone());
                let unclear =
                    |m: &Meaning| m.polarity == Polarity::Doubtful || m.documentation == Documentation::Missing;
                if unclear(&meant) || unclear(&itself) {
                    continue;
                }
                // "denied" is no denial of itself
                let other = |m: &Meaning| m.cue.as_ref().is_none_or(|c| !c.contains(w));
                let denied = [&meant, &itself].into_iter().any(|m| m.polarity == Polarity::Negated && other(m));
                let (allows, value) =
                    if is(*w, Small::AskedFor) { (false, !denied) } else { (true, is(*w, Small::Allowed) != denied) };
                let words = thing.words.start.min(*w)..thing.words.end.max(*w + 1);
                found.push(Claim {
                    topic: (thing.clone(), allows),
                    value,
                    place: Place::of(
                        context,
                        reading,
                        sentence,
                        &clause(context, reading, sentence, thing.words.clone()),
                    ),
                    span: reading.span_of_words(words),
                });
            }
        }
    }
    found
}
