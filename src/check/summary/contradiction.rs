//! What a rationale says of the patient against what the summary says.

use super::figures::{days, is_sum};
use super::had::{Had, beside_visits, visits_had};
use super::plain::{is_denied_before, is_plain, observations, of_one_drug, same_place, same_words};
use super::{
    changed, course, dosed, earlier, graded, leveled, measured, observed, provider, received, restated, revealed,
    score, sided, standing, studied, tallied, turned, unheard, untold, working,
};
use crate::check::memo::requested;
use crate::check::naming::{related, things};
use crate::check::{Context, Finding};
use crate::fact::{Documentation, PartFacts, Polarity, Stated, Told, Used, Voice};
use crate::letter::{Amount, Decision, Reading, Request, Value};
use crate::lexicon::{Cue, Gap, Small, Statement, Subject, Tolerance, TreatmentKind};
use crate::measure::{Quantity, Unit};
use crate::rulebook::AmountFact;
use crate::source::Span;

/// A number or a statement of the rationale contradicts the summary.
pub fn with_summary(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let Some(request) = &decision.request else { return Vec::new() };
    let mut statements = statement(context, decision, facts);
    let mut observed = observed::otherwise(context, decision, facts);
    observed.extend(sided::otherwise(context, decision, facts));
    observed.extend(received::otherwise(context, decision, facts));
    if observed.is_empty() {
        observed.extend(earlier::otherwise(context, decision, facts));
    }
    observed.extend(studied::otherwise(context, decision, facts));
    observed.extend(dosed::otherwise(context, decision, facts));
    observed.extend(leveled::otherwise(context, decision, facts));
    observed.extend(working::otherwise(context, decision, facts));
    observed.extend(provider::otherwise(context, decision, facts));
    observed.extend(graded::otherwise(context, decision, facts));
    observed.extend(untold::told_after_all(context, decision, facts));
    observed.extend(standing::otherwise(context, decision, facts));
    // what is told by its structure is told once
    if observed.is_empty() {
        observed.extend(revealed::otherwise(context, decision, facts));
    }
    // what is a statement too is told once, and a plain observation rather than the statement that it shows
    let same = |a: &Finding, b: &Finding| a.labels.iter().zip(&b.labels).any(|(a, b)| a.1.overlaps(b.1));
    statements.retain(|s| !observed.iter().any(|f| f.lowered.is_none() && same(s, f)));
    observed.retain(|f| !statements.iter().any(|s| same(s, f)));
    number(context, decision, request, facts)
        .or_else(|| visits(context, decision, request, facts))
        .or_else(|| tallied::otherwise(context, decision, facts))
        .or_else(|| score::otherwise(context, decision, facts))
        .or_else(|| turned::otherwise(context, decision, facts))
        .or_else(|| course::otherwise(context, decision, facts))
        .or_else(|| again(context, decision, facts))
        .or_else(|| changed::otherwise(context, decision, facts))
        .or_else(|| measured::otherwise(context, decision, facts))
        .or_else(|| unheard::otherwise(context, decision, facts))
        .into_iter()
        .chain(statements)
        .chain(observed)
        .collect()
}

/// A finding of words of the rationale against words of the summary.
pub fn finding(context: &Context<'_>, case: &'static str, fact: &str, said: Span, other: Span) -> Finding {
    Finding::new(case)
        .label("rationale", said)
        .label("summary", other)
        .hole("fact", fact)
        .hole("said", &context.text[said.range()])
        .hole("other", &context.text[other.range()])
}

/// Any other number of the rationale that the summary gives otherwise in the same words.
fn again(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let ((said, other), counted) = restated::otherwise(context, decision, facts)?;
    Some(finding(context, "number", &counted, said, other))
}

/// The kinds of amounts that are compared, with their words.
const COMPARED: [(AmountFact, &str); 2] = [(AmountFact::UseDuration, "length of use"), (AmountFact::Relief, "relief")];

/// A length of use or a relief that differs from what the summary tells of the treatment.
fn number(context: &Context<'_>, decision: &Decision, request: &Request, facts: &PartFacts) -> Option<Finding> {
    COMPARED.iter().find_map(|(fact, word)| {
        let told: Vec<&Used> =
            facts.used.iter().filter(|u| u.fact == *fact && is_said_of(context, decision, request, u)).collect();
        let summary = &context.facts.summary.used;
        let other: Vec<&Used> = summary.iter().filter(|u| u.fact == *fact && is_told_of(context, request, u)).collect();
        // several numbers on a side are several courses or several times
        let ([said], [other]) = (&told[..], &other[..]) else { return None };
        // the summary may tell it of another treatment
        let share = said.quantity.unit == Unit::Percent && told_share(context, said.quantity.least);
        if share || !differ(context, *fact, said.quantity, other.quantity) {
            return None;
        }
        Some(finding(context, "number", word, said.span, other.span))
    })
}

/// Whether the summary tells a percentage anywhere.
fn told_share(context: &Context<'_>, share: f64) -> bool {
    let is = |v: &Value| matches!(v, Value::Strength { parts, unit } if unit == "%" && parts.contains(&share));
    context.facts.summary.amounts.iter().any(|a| is(&a.value))
}

/// Whether an amount in use of a rationale is of the request's treatment: alone in its sentence, or named last before the amount.
fn is_said_of(context: &Context<'_>, decision: &Decision, request: &Request, used: &Used) -> bool {
    let last = || {
        let reading = &decision.rationale.as_ref()?.reading;
        let words = reading.sentences[used.sentence].words.clone();
        let mut named = things(context, reading, words).into_iter().filter(|t| !t.class_word).rev();
        named.find(|t| reading.span_of_words(t.words.clone()).end <= used.span.start)
    };
    let asked = requested(context, request);
    is_about(context, request, used, true) || last().is_some_and(|t| asked.iter().any(|a| related(context, a, &t)))
}

/// Whether an amount in use of the summary is of the request's treatment: alone in its sentence, or "both have been used for".
fn is_told_of(context: &Context<'_>, request: &Request, used: &Used) -> bool {
    let asked = requested(context, request);
    let same = |t: &u16| asked.iter().any(|a| a.treatments.iter().any(|r| context.lexicon.is_a(*r, *t)));
    let each = || {
        let Some(summary) = &context.letter.summary else { return false };
        let words = summary.sentences[used.sentence].words.clone();
        let is = |w: usize, set| w < words.end && summary.is_small(w, set, context.lexicon);
        words.clone().any(|w| is(w, Small::EachOf) && is(w + 1, Small::Auxiliary))
    };
    is_about(context, request, used, false) || used.treatments.iter().any(same) && each()
}

/// Whether an amount in use is of the request's treatment; without a name it may be so in a rationale.
fn is_about(context: &Context<'_>, request: &Request, used: &Used, rationale: bool) -> bool {
    let lexicon = context.lexicon;
    let asked = requested(context, request);
    if used.treatments.is_empty() {
        return rationale && asked.len() == 1;
    }
    let same =
        |t: &u16| asked.iter().any(|a| a.treatments.iter().any(|r| lexicon.is_a(*r, *t) || lexicon.is_a(*t, *r)));
    // a sentence that names other treatments too does not tell whose the number is
    used.treatments.iter().all(same)
}

/// A number of visits had that is none of those that the summary counts, nor their sum, nor a number of the request.
fn visits(context: &Context<'_>, decision: &Decision, request: &Request, facts: &PartFacts) -> Option<Finding> {
    let (rationale, summary) = (&decision.rationale.as_ref()?.reading, context.letter.summary.as_ref()?);
    let all = visits_had(context, summary, &context.facts.summary);
    // visits of who knows what, unless they are those counted by name
    let again = |h: &Had| all.iter().any(|o| o.thing.is_some() && o.number == h.number);
    if all.iter().any(|h| h.thing.is_none() && !again(h)) {
        return None;
    }
    let asked = requested(context, request);
    let mut told = visits_had(context, rationale, facts);
    // what the summary counts anywhere contradicts nothing
    let summed = |h: &Had| context.facts.summary.amounts.iter().any(|a| counts(a, h.number.least));
    told.retain(|h| h.thing.is_some() || !summed(h));
    let about = |h: &Had| h.thing.as_ref().is_some_and(|t| asked.iter().any(|a| related(context, a, t)));
    let one_kind = asked.first().is_some_and(|a| asked.iter().all(|b| related(context, a, b)));
    let unnamed = |h: &Had| h.thing.is_none() && one_kind;
    let of_request: Vec<&Had> = told.iter().filter(|h| about(h) || unnamed(h)).collect();
    // more numbers than two are a history of courses
    let counted: Vec<&Had> = all.iter().filter(|h| about(h)).collect();
    let beside = || {
        // visits of another treatment, where both sides count them once
        let mut others = told.iter().filter(|h| !about(h) && !unnamed(h)).filter_map(|h| Some((h, h.thing.as_ref()?)));
        others.find_map(|(had, thing)| {
            let same = |h: &&Had| h.thing.as_ref().is_some_and(|t| related(context, t, thing));
            let (here, there) = (told.iter().filter(same).count(), all.iter().filter(same).collect::<Vec<_>>());
            if here == 1 && there.len() == 1 { differing(context, request, &[had], &there) } else { None }
        })
    };
    // "15 visits of therapy", where each side counts visits once and none are asked for
    let kind = |t: u16| context.lexicon.treatments[t as usize].kind;
    let of_visits = request.treatments.iter().any(|(t, _)| kind(*t) == TreatmentKind::TherapyVisits);
    let lone = || match (&told[..], &all[..]) {
        ([had], [other]) if had.thing.is_none() && counted.is_empty() && !of_visits => {
            differing(context, request, &[had], &[other])
        }
        _ => None,
    };
    // "16 visits of therapy and 10 in the pool" are 26
    let numbers = beside_visits(context, summary, &all);
    let summed = of_request.first().is_some_and(|h| is_sum(h.number.least, &numbers));
    let found = if counted.len() <= 2 && !summed { differing(context, request, &of_request, &counted) } else { None };
    found.or_else(beside).or_else(lone)
}

/// The finding on visits told in the rationale, if they are none of those that the summary counts.
fn differing(context: &Context<'_>, request: &Request, told: &[&Had], counted: &[&Had]) -> Option<Finding> {
    let (said, other) = (told.first()?, counted.first()?);
    if told.iter().any(|h| h.number != said.number) {
        return None;
    }
    let sum: f64 = counted.iter().map(|h| h.number.most).sum();
    let number = said.number.least;
    // "at least 12" beside "12" is 12
    let open = |h: &Had| h.bound && !counted.iter().any(|o| !o.bound && o.number == h.number);
    let fits =
        |h: &&Had| h.number.least <= said.number.most && number <= h.number.most || open(h) && number > h.number.least;
    let bounded = said.bound && number <= sum;
    let of_request = request.amounts.iter().any(|a| counts(a, number));
    if counted.iter().any(fits) || number == sum || bounded || of_request {
        return None;
    }
    Some(finding(context, "number", "number of visits had", said.span, other.span))
}

/// Whether an amount of the request is this number of visits.
fn counts(amount: &Amount, number: f64) -> bool {
    match &amount.value {
        Value::Tally { number: n, .. } | Value::Count { number: n, .. } | Value::Times(n) => n.least == number,
        _ => false,
    }
}

/// Whether two amounts are too far apart to mean the same.
fn differ(context: &Context<'_>, fact: AmountFact, one: Quantity, two: Quantity) -> bool {
    let (Some(one), Some(two)) = (plain(fact, one), plain(fact, two)) else { return false };
    let (less, more) = if one.1 < two.0 { (one, two) } else { (two, one) };
    if less.1 >= more.0 {
        return false;
    }
    match fact {
        // lengths are told roughly, and on different days
        AmountFact::UseDuration => more.0 >= less.1 * 1.5,
        AmountFact::Relief => more.0 - less.1 >= context.lexicon.tolerances.of(Tolerance::Relief),
        _ => true,
    }
}

/// Least and most in days, visits or percent.
fn plain(fact: AmountFact, quantity: Quantity) -> Option<(f64, f64)> {
    if fact == AmountFact::UseDuration { days(quantity) } else { Some((quantity.least, quantity.most)) }
}

/// A statement that the rationale makes of the patient and the summary denies, or the reverse, both in plain words; or one
/// that the rationale says is not documented and the summary makes.
fn statement(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let (Some(rationale), Some(summary)) = (&decision.rationale, &context.letter.summary) else { return Vec::new() };
    let Some(request) = &decision.request else { return Vec::new() };
    let mut found: Vec<(Told, Finding)> = Vec::new();
    let reading = &rationale.reading;
    let all = &context.facts.summary;
    // what the utilization review held is the position under review
    let told = all.stated.iter().filter(|s| !all.reviewed.contains(&s.sentence) && s.polarity != Polarity::Doubtful);
    let told: Vec<&Stated> = told.collect();
    for said in facts.stated.iter().filter(|s| is_own(s)) {
        let Told::Statement(number) = said.told else { continue };
        if !is_plain(context, reading, said) {
            continue;
        }
        let missing = said.documentation == Documentation::Missing;
        let entry = &context.lexicon.statements[number as usize];
        let alike = |o: &Stated, reading: &Reading| same_words(context, (&rationale.reading, said), (reading, o));
        // of a statement that sums up several findings those in the same words are compared
        let worded = |o: &Stated, reading: &Reading| entry.speaks_of != Subject::Finding || alike(o, reading);
        let others: Vec<&Stated> = told.iter().copied().filter(|s| s.told == said.told && worded(s, summary)).collect();
        let contrary = if missing { Polarity::Affirmed } else { said.polarity.contrary() };
        // where either speaks both ways neither is contradicted
        let against = others.iter().all(|o| o.polarity == contrary && o.documentation == Documentation::Said);
        let again = |s: &&Stated| {
            s.told == said.told
                && (s.polarity, s.documentation) != (said.polarity, said.documentation)
                && worded(s, reading)
                && !RECITED.iter().any(|c| reading.sentences[s.sentence].cues.has(*c))
        };
        // a sign stands beside what others deny: "sensation is intact, the ankle jerk is absent"
        let signs = || told.iter().copied().filter(|o| is_sign(context, request, entry, o));
        let of_course = entry.speaks_of == Subject::Treatment;
        if (!against && of_course) || facts.stated.iter().filter(|s| is_own(s)).any(|s| again(&s)) {
            continue;
        }
        // "failed conservative care" is not conservative care
        let part = |s: &Stated| s.words.start < said.words.start && said.words.start < s.words.end;
        if facts.stated.iter().any(|s| s.sentence == said.sentence && matches!(s.told, Told::Statement(_)) && part(s)) {
            continue;
        }
        // the denial of one sign denies no other: "full strength" beside "sensory loss"
        let of_other_sign = |o: &Stated| {
            let (mine, theirs) = (said.polarity == Polarity::Affirmed, o.polarity == Polarity::Negated);
            let other = || {
                let (here, there) = (observations(context, reading, said), observations(context, summary, o));
                !there.is_empty() && !there.iter().any(|o| here.contains(o))
            };
            !missing && mine && theirs && !alike(o, summary) && other()
        };
        let same = |o: &&Stated| {
            is_plain(context, summary, o)
                && !of_other_sign(o)
                && !is_denied_before(context, summary, o)
                && of_one_drug(context, (reading, said), (summary, o))
                && same_place(
                    context,
                    (reading, &reading.sentences[said.sentence]),
                    (summary, &summary.sentences[o.sentence]),
                )
                && (entry.speaks_of != Subject::Treatment || same_treatment(context, decision, said, summary, o))
        };
        let case = if missing { "undocumented" } else { "statement" };
        if found.iter().any(|(told, _)| *told == said.told) {
            continue;
        }
        // "no documentation of functional improvement" beside a return to modified duty with the treatment
        let shows = |o: &&Stated| {
            matches!(o.told, Told::Statement(n) if missing && entry.shown_by.contains(&n))
                && (o.polarity, o.documentation) == (Polarity::Affirmed, Documentation::Said)
        };
        let plain = others.iter().copied().find(|o| against && same(o));
        let shown = || told.iter().copied().find(|o| against && shows(o) && same(o));
        let denied = missing || said.polarity == Polarity::Negated;
        let sign = || signs().find(|o| denied && same(o));
        let Some(other) = plain.or_else(shown).or_else(sign) else { continue };
        found.push((said.told, finding(context, case, &entry.title, said.span, other.span)));
    }
    found.into_iter().map(|(_, finding)| finding).collect()
}

/// Whether a summary tells a sign of a statement: a finding that shows it, on the part of the body that the request is for.
fn is_sign(context: &Context<'_>, request: &Request, entry: &Statement, told: &Stated) -> bool {
    let Told::List(number) = told.told else { return false };
    if !entry.signs.contains(&number) {
        return false;
    }
    let parts = &context.lexicon.lists[number as usize].body_parts;
    (told.polarity, told.documentation) == (Polarity::Affirmed, Documentation::Said)
        && (parts.is_empty() || request.body_parts.iter().any(|(part, _)| parts.contains(part)))
}

/// A sentence with these holds what is asked of patients, whatever its voice.
const RECITED: [Cue; 3] = [Cue::GuidelineSays, Cue::People, Cue::Conditional];

/// Whether the reviewer says it of this patient.
fn is_own(stated: &Stated) -> bool {
    stated.voice.is_some_and(Voice::is_of_case)
}

/// Whether what came of a treatment is told of the same one: the summary names it beside the statement, the rationale names
/// it there or in its heading.
fn same_treatment(
    context: &Context<'_>,
    decision: &Decision,
    said: &Stated,
    summary: &Reading,
    other: &Stated,
) -> bool {
    let (Some(rationale), Some(request)) = (&decision.rationale, &decision.request) else { return false };
    let named = |reading: &Reading, stated: &Stated| {
        let sentence = &reading.sentences[stated.sentence];
        let mut all = things(context, reading, sentence.words.clone());
        all.retain(|t| !t.class_word);
        // "tablets; six visits of therapy (after which the grip rose); a brace": the one that the part before it names
        let at = stated.words.start;
        let start = (sentence.words.start + 1..=at).rev().find(|w| reading.words[*w].gap == Gap::Hard);
        let near: Vec<_> =
            all.iter().filter(|t| start.is_some_and(|s| (s..at).contains(&t.words.start))).cloned().collect();
        if near.is_empty() { all } else { near }
    };
    let (mut mine, others) = (named(&rationale.reading, said), named(summary, other));
    if mine.is_empty() {
        mine = requested(context, request).to_vec();
    }
    // of several treatments in a sentence it is open which one helped
    !others.is_empty() && !mine.is_empty() && others.iter().all(|o| mine.iter().any(|m| related(context, m, o)))
}
