//! What a rationale says of the patient against what the summary says.

use super::had::{Had, visits_had};
use super::naming::{related, requested, things};
use super::{Context, Finding, restated};
use crate::diagnostic::Severity;
use crate::fact::{Documentation, PartFacts, Polarity, Stated, Told, Used, Voice};
use crate::letter::{Amount, Decision, Reading, Request, Value};
use crate::lexicon::{Cue, Hit, Subject, Term, fold};
use crate::measure::{Quantity, Unit};
use crate::rulebook::AmountFact;
use crate::source::Span;

/// A number or a statement of the rationale contradicts the summary.
pub fn with_summary(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let Some(request) = &decision.request else { return Vec::new() };
    number(context, request, facts)
        .or_else(|| visits(context, decision, request, facts))
        .or_else(|| score(context, decision, facts))
        .or_else(|| again(context, decision, facts))
        .into_iter()
        .chain(statement(context, decision, facts))
        .collect()
}

fn finding(case: &'static str, fact: &str, said: (Span, String), other: (Span, String)) -> Finding {
    Finding::new(case)
        .label("rationale", said.0)
        .label("summary", other.0)
        .hole("fact", fact)
        .hole("said", said.1)
        .hole("other", other.1)
}

/// Any other number of the rationale that the summary gives otherwise in the same words.
fn again(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let ((said, other), counted) = restated::otherwise(context, decision, facts)?;
    let words = |span: Span| (span, context.text[span.range()].to_string());
    Some(finding("number", &counted, words(said), words(other)))
}

/// The one pain score of the rationale, far from the one of the summary: an info, since pain changes from visit to visit.
fn score(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let (rationale, summary) = (&decision.rationale.as_ref()?.reading, context.letter.summary.as_ref()?);
    let (said, here) = lone_score(rationale, facts)?;
    let (told, there) = lone_score(summary, &context.facts.summary)?;
    let words = |span: Span| (span, context.text[span.range()].to_string());
    let apart = (said - told).abs() >= APART;
    apart.then(|| Finding { lowered: Some(Severity::Info), ..finding("number", "pain", words(here), words(there)) })
}

/// Pain scores nearer than this are those of a good and of a bad day.
const APART: f64 = 3.0;

/// The one pain score, out of ten, that a part of the letter tells of the patient.
fn lone_score(reading: &Reading, facts: &PartFacts) -> Option<(f64, Span)> {
    let mut found: Option<(f64, Span)> = None;
    for amount in &facts.amounts {
        let (Value::Ratio(score, 10.0), Some(n)) = (&amount.value, reading.sentence_at(amount.bytes.start)) else {
            continue;
        };
        let of_pain = reading.sentences[n].cues.has(Cue::PainWord);
        let own = facts.voices.get(n).is_none_or(|v| *v == Voice::Application) && !facts.reviewed.contains(&n);
        if !of_pain || !own {
            continue;
        }
        // "7-8/10", and two scores, are a range
        let range = reading.text().as_bytes()[..amount.bytes.start].ends_with(b"-");
        if range || found.is_some_and(|(other, _)| other != *score) {
            return None;
        }
        found = found.or(Some((*score, reading.span(amount.bytes.clone()))));
    }
    found
}

/// The kinds of amounts that are compared, with their words.
const COMPARED: [(AmountFact, &str); 2] = [(AmountFact::UseDuration, "length of use"), (AmountFact::Relief, "relief")];

/// A length of use or a relief that differs from what the summary tells of the treatment.
fn number(context: &Context<'_>, request: &Request, facts: &PartFacts) -> Option<Finding> {
    COMPARED.iter().find_map(|(fact, word)| {
        let told: Vec<&Used> =
            facts.used.iter().filter(|u| u.fact == *fact && is_about(context, request, u, true)).collect();
        let summary = &context.facts.summary.used;
        let other: Vec<&Used> =
            summary.iter().filter(|u| u.fact == *fact && is_about(context, request, u, false)).collect();
        // several numbers on a side are several courses or several times
        let ([said], [other]) = (&told[..], &other[..]) else { return None };
        if !differ(*fact, said.quantity, other.quantity) {
            return None;
        }
        let words = |u: &Used| (u.span, context.text[u.span.start as usize..u.span.end as usize].to_string());
        Some(finding("number", word, words(said), words(other)))
    })
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
    let told = visits_had(context, rationale, facts);
    let about = |h: &Had| h.thing.as_ref().is_some_and(|t| asked.iter().any(|a| related(context, a, t)));
    let unnamed = |h: &Had| h.thing.is_none() && asked.len() == 1;
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
    // "15 visits of therapy", where each side counts visits once
    let lone = || match (&told[..], &all[..]) {
        ([had], [other]) if had.thing.is_none() && counted.is_empty() => differing(context, request, &[had], &[other]),
        _ => None,
    };
    let found = if counted.len() <= 2 { differing(context, request, &of_request, &counted) } else { None };
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
    let fits =
        |h: &&Had| h.number.least <= said.number.most && number <= h.number.most || h.bound && number > h.number.least;
    let bounded = said.bound && number <= sum;
    let of_request = request.amounts.iter().any(|a| counts(a, number));
    if counted.iter().any(fits) || number == sum || bounded || of_request {
        return None;
    }
    let words = |span: Span| (span, context.text[span.start as usize..span.end as usize].to_string());
    Some(finding("number", "number of visits had", words(said.span), words(other.span)))
}

/// Whether an amount of the request is this number of visits.
fn counts(amount: &Amount, number: f64) -> bool {
    match &amount.value {
        Value::Tally { number: n, .. } | Value::Count { number: n, .. } | Value::Times(n) => n.least == number,
        _ => false,
    }
}

/// Whether two amounts are too far apart to mean the same.
fn differ(fact: AmountFact, one: Quantity, two: Quantity) -> bool {
    let (Some(one), Some(two)) = (plain(fact, one), plain(fact, two)) else { return false };
    let (less, more) = if one.1 < two.0 { (one, two) } else { (two, one) };
    if less.1 >= more.0 {
        return false;
    }
    match fact {
        // lengths are told roughly, and on different days
        AmountFact::UseDuration => more.0 >= less.1 * 1.5,
        AmountFact::Relief => more.0 - less.1 >= 10.0,
        _ => true,
    }
}

/// Least and most in days, visits or percent.
fn plain(fact: AmountFact, quantity: Quantity) -> Option<(f64, f64)> {
    let days = match (fact, quantity.unit) {
        (AmountFact::UseDuration, Unit::Days) => 1.0,
        (AmountFact::UseDuration, Unit::Weeks) => 7.0,
        (AmountFact::UseDuration, Unit::Months) => 30.4,
        (AmountFact::UseDuration, Unit::Years) => 365.25,
        (AmountFact::UseDuration, _) => return None,
        _ => 1.0,
    };
    Some((quantity.least * days, quantity.most * days))
}

/// A statement that the rationale makes of the patient and the summary denies, or the reverse, both in plain words; or one
/// that the rationale says is not documented and the summary makes.
fn statement(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let (Some(rationale), Some(summary)) = (&decision.rationale, &context.letter.summary) else { return Vec::new() };
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
        };
        if !against || facts.stated.iter().filter(|s| is_own(s)).any(|s| again(&s)) {
            continue;
        }
        // "failed conservative care" is not conservative care
        let part = |s: &Stated| s.words.start < said.words.start && said.words.start < s.words.end;
        if facts.stated.iter().any(|s| s.sentence == said.sentence && matches!(s.told, Told::Statement(_)) && part(s)) {
            continue;
        }
        let same = |o: &&&Stated| {
            is_plain(context, summary, o)
                && same_place(context, reading, said, summary, o)
                && (entry.speaks_of != Subject::Treatment || same_treatment(context, decision, said, summary, o))
        };
        let case = if missing { "undocumented" } else { "statement" };
        if found.iter().any(|(told, _)| *told == said.told) {
            continue;
        }
        // "no documentation of functional improvement" beside a return to modified duty with the treatment
        let shows = |o: &&&Stated| {
            matches!(o.told, Told::Statement(n) if missing && entry.shown_by.contains(&n))
                && (o.polarity, o.documentation) == (Polarity::Affirmed, Documentation::Said)
        };
        let Some(other) = others.iter().find(same).or_else(|| told.iter().filter(shows).find(same)) else { continue };
        let words = |span: Span| (span, context.text[span.start as usize..span.end as usize].to_string());
        found.push((said.told, finding(case, &entry.title, words(said.span), words(other.span))));
    }
    found.into_iter().map(|(_, finding)| finding).collect()
}

/// Whether the reviewer says it of this patient.
fn is_own(stated: &Stated) -> bool {
    matches!(stated.voice, Some(Voice::Application | Voice::Conclusion))
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
        all
    };
    let (mut mine, others) = (named(&rationale.reading, said), named(summary, other));
    if mine.is_empty() {
        mine = requested(context, request);
    }
    // of several treatments in a sentence it is open which one helped
    !others.is_empty() && !mine.is_empty() && others.iter().all(|o| mine.iter().any(|m| related(context, m, o)))
}

/// Whether a statement is made in its own words, and not by words for the contrary; in a sentence that is no general rule.
fn is_plain(context: &Context<'_>, reading: &Reading, stated: &Stated) -> bool {
    let sentence = &reading.sentences[stated.sentence];
    let general = [Cue::GuidelineSays, Cue::People, Cue::Conditional, Cue::Supposition, Cue::General];
    let asks = [Cue::UtilizationReview, Cue::AsksFor, Cue::ComplaintOver];
    if general.iter().chain(&asks).any(|c| sentence.cues.has(*c)) {
        return false;
    }
    let hits = &reading.hits[sentence.hits.clone()];
    // "there is no evidence of" is what a guideline says too: of the statement itself it is the denial
    let style = |h: &&Hit| context.is(h, Cue::GuidelineStyle) && !stated.span.contains(reading.span_of_hit(h));
    if hits.iter().any(|h| style(&h)) {
        return false;
    }
    let at = |h: &Hit| h.first as usize == stated.words.start && h.end as usize == stated.words.end;
    let one_matter = match stated.told {
        Told::Statement(n) => context.lexicon.statements[n as usize].speaks_of != Subject::Finding,
        Told::List(_) => false,
    };
    let own = one_matter || hits.iter().any(|h| at(h) && matches!(context.term(h), Term::Statement(_)));
    // "absent reflexes and loss of sensation": far from its cue a denial may have ended
    let before = (0..stated.words.start).rev();
    let cue = before.take_while(|w| reading.span_of_words(*w..w + 1).start >= stated.span.start).count();
    own && !(stated.documentation == Documentation::Said && cue > REACH && is_listed(reading, stated))
        && stated.polarity != Polarity::Doubtful
        && (stated.documentation == Documentation::Said || is_near(reading, stated))
}

/// Whether something else is listed between the word that denies and what it denies.
fn is_listed(reading: &Reading, stated: &Stated) -> bool {
    let end = reading.span_of_words(stated.words.start..stated.words.start + 1).start;
    let between =
        (0..stated.words.start).rev().take_while(|w| reading.span_of_words(*w..w + 1).start >= stated.span.start);
    let listed =
        |w: usize| matches!(fold(reading.slice(w..w + 1)).as_str(), "and" | "or" | "nor") || comma_behind(reading, w);
    end > stated.span.start && between.into_iter().any(listed)
}

/// Whether a comma stands behind a word.
fn comma_behind(reading: &Reading, word: usize) -> bool {
    reading.text().as_bytes().get(reading.words[word].end as usize) == Some(&b',')
}

/// Whether the words that say that something is missing stand before it or right after it: far after it they may be about
/// something else.
fn is_near(reading: &Reading, stated: &Stated) -> bool {
    stated.span.end <= reading.span_of_words(stated.words.clone()).end + NEAR
}

/// Words before a thing that deny it: "no evidence of".
const REACH: usize = 3;

/// Bytes between a thing and the end of what is said of it: "was not documented".
const NEAR: u32 = 25;

/// Whether half of the longer words of two statements are the same.
fn same_words(context: &Context<'_>, one: (&Reading, &Stated), two: (&Reading, &Stated)) -> bool {
    let words = |(reading, stated): (&Reading, &Stated)| -> Vec<String> {
        let named = things(context, reading, stated.words.clone());
        // "treatment" may be any
        let class = |w: &usize| named.iter().any(|t| t.class_word && t.words.contains(w));
        let hits = &reading.hits[reading.sentences[stated.sentence].hits.clone()];
        let told = |w: &usize| hits.iter().any(|h| h.first as usize == *w && context.is(h, Cue::VagueWord));
        let vague = |w: &usize| class(w) || told(w);
        let all = stated.words.clone().filter(|w| !vague(w)).map(|w| fold(reading.slice(w..w + 1)));
        all.map(|w| w.trim_end_matches('s').to_string()).filter(|w| w.len() >= TELLING).collect()
    };
    let (mine, others) = (words(one), words(two));
    let shared = mine.iter().filter(|w| others.contains(w)).count();
    shared > 0 && 2 * shared >= mine.len().min(others.len())
}

/// Words shorter than this tell too little.
const TELLING: usize = 5;

/// Whether two statements may be about one part of the body: neither names another than the other.
fn same_place(context: &Context<'_>, one: &Reading, a: &Stated, two: &Reading, b: &Stated) -> bool {
    let parts = |reading: &Reading, stated: &Stated| -> Vec<u16> {
        let hits = reading.hits[reading.sentences[stated.sentence].hits.clone()].iter();
        hits.filter_map(|h| match context.term(h) {
            Term::BodyPart(n) => Some(n),
            _ => None,
        })
        .collect()
    };
    let (mine, others) = (parts(one, a), parts(two, b));
    mine.is_empty() || others.is_empty() || mine.iter().any(|p| others.contains(p))
}
