//! Claims that the MTUS does not address the item, against what its sections are about.

use super::named::{Named, others_words};
use super::topic::{Asked, item_span};
use super::unsaid::silences;
use crate::check::memo::{asked, named};
use crate::check::outcome::dependent;
use crate::check::{Context, Finding};
use crate::diagnostic::{Confidence, Severity};
use crate::fact::PartFacts;
use crate::letter::{Decision, Reading, Sentence};
use crate::lexicon::{Cue, Guideline, Lexicon, Section, Silence, SilenceClaim, Small, Term, TreatmentKind};
use crate::source::Span;
use std::ops::Range;

/// A claim that guidelines of the MTUS are silent.
struct Claim {
    /// The guidelines that are called silent, by number.
    guidelines: Vec<u16>,
    /// The words.
    span: Span,
    /// Whether a reason stands beside it.
    hedged: bool,
    /// The classes of what is asked for ("imaging") that it is on rather than on the item itself; none if on the item.
    wider: Vec<u16>,
    /// The parts of the body that it names.
    parts: Vec<u16>,
}

/// A section that addresses what was called unaddressed: numbers of guideline and section.
type Place = (u16, u16);

/// The rationale claims that the MTUS does not address the item, though it has a section on it.
pub fn wrong(context: &Context<'_>, decision: &Decision, _: &PartFacts) -> Vec<Finding> {
    let (Some(request), Some(rationale)) = (&decision.request, &decision.rationale) else { return Vec::new() };
    // what hangs on an operation may be called unaddressed by itself, unless its own line cites a section on it
    let rests = dependent::ground(context, decision).is_some();
    let asked = asked(context, request);
    if asked.treatments.is_empty() {
        return Vec::new();
    }
    claims(context, &rationale.reading, &asked)
        .iter()
        .filter_map(|claim| judge(context, decision, &asked, claim))
        .find(|finding| !rests || finding.case == "same-decision")
        .into_iter()
        .collect()
}

/// The finding on a claim, if the MTUS is known to speak of what it is about.
fn judge(context: &Context<'_>, decision: &Decision, asked: &Asked, claim: &Claim) -> Option<Finding> {
    let entry = entry(context, asked, claim);
    // what is said of a class is held against what is known of the class
    let class =
        (!claim.wider.is_empty()).then(|| Asked { treatments: claim.wider.clone(), parts: asked.parts.clone() });
    let asked = class.as_ref().unwrap_or(asked);
    // a claim that is right or in doubt is left alone
    if entry.is_some_and(|e| e.claim == SilenceClaim::Sound) {
        return None;
    }
    let named = |(g, s): Place, case: &'static str, evidence: Option<Span>, number: String| {
        let guideline = &context.lexicon.guidelines[g as usize];
        let section = &guideline.sections[s as usize];
        let title = if section.title.is_empty() { &guideline.title } else { &section.title };
        let finding = Finding::new(case)
            .label("claim", claim.span)
            .label_if("evidence", evidence.or_else(|| decision.request.as_ref().and_then(item_span)))
            .hole("treatment", context.request_words(decision))
            .hole("section", title.as_str())
            .hole("guideline", guideline.title.as_str())
            .hole("number", number);
        if claim.hedged || entry.is_some_and(|e| e.claim == SilenceClaim::Hedged) {
            Finding { lowered: Some(Severity::Info), ..finding }
        } else {
            finding
        }
    };
    if let Some((place, span)) = cited(context, decision, asked, claim) {
        return Some(named(place, "same-decision", Some(span), decision.n.to_string()));
    }
    let others = context.letter.decisions.iter().filter(|d| d.n != decision.n);
    let elsewhere =
        others.filter(|d| alike(context, d, asked)).find_map(|d| Some((d.n, cited(context, d, asked, claim)?)));
    if let Some((n, (place, span))) = elsewhere {
        return Some(named(place, "other-decision", Some(span), n.to_string()));
    }
    let known = entry.map(|e| e.addressed_by.clone()).unwrap_or_default();
    let known = known.into_iter().find(|(g, _)| claim.guidelines.contains(g) && in_force(context, *g));
    let place = known.or_else(|| addressed(context, asked, claim))?;
    Some(named(place, "default", None, String::new()))
}

/// The claims of silence about the item in a rationale.
fn claims(context: &Context<'_>, reading: &Reading, asked: &Asked) -> Vec<Claim> {
    let named = named(context, reading);
    let sentences = reading.sentences.iter().enumerate();
    sentences.filter_map(|(number, sentence)| claim(context, reading, asked, &named, number, sentence)).collect()
}

/// The claim of silence about the item in a sentence.
fn claim(
    context: &Context<'_>,
    reading: &Reading,
    asked: &Asked,
    named: &[Named],
    number: usize,
    sentence: &Sentence,
) -> Option<Claim> {
    let aside = reading.cues(context.lexicon, sentence.hits.clone(), Cue::NotApplicable).next();
    let aside = aside.map(|h| (h.first as usize..h.end as usize, true));
    let silent = silences(context, reading, number).into_iter().map(|words| (words, false));
    silent.chain(aside).find_map(|silent| claim_by(context, reading, asked, named, (number, sentence), silent))
}

/// The claim of silence about the item that some words of a sentence make.
fn claim_by(
    context: &Context<'_>,
    reading: &Reading,
    asked: &Asked,
    named: &[Named],
    (number, sentence): (usize, &Sentence),
    (at, aside): (Range<usize>, bool),
) -> Option<Claim> {
    let hits = sentence.hits.clone();
    let here = |n: &&Named| n.sentence == number && subject(context, n, &at, reading);
    // "MTUS" before the name of one of its parts is part of that name
    let bare = |end: usize| {
        let (from, to) = (reading.words[end - 1].end as usize, reading.words.get(end).map_or(0, |w| w.start as usize));
        reading.text().get(from..to).is_some_and(|s| s.trim().is_empty())
    };
    let next = |n: &Named, m: &Named| !m.whole_mtus && m.at.start == n.at.end && bare(n.at.end);
    let prefix = |n: &&Named| n.whole_mtus && named.iter().any(|m| next(n, m));
    let said: Vec<&Named> = named.iter().filter(here).filter(|n| !prefix(n)).collect();
    let guidelines: Vec<u16> = said.iter().flat_map(|n| meant(context, n)).collect();
    let mtus = |g: &u16| context.lexicon.guidelines[*g as usize].mtus;
    let ours =
        !said.is_empty() && guidelines.iter().all(mtus) && !said.iter().any(|n| others_words(context, reading, n));
    let passive = said.iter().all(|n| n.at.start > at.start);
    let items = items(context, reading, sentence, &at, passive);
    if !ours || !about_item(context, &items, asked) {
        return None;
    }
    let end = claim_end(context, reading, sentence, &at);
    // "does not list tramadol as a first choice" speaks of it
    let is = |w: usize, set| context.lexicon.is_small(reading.word(w), set);
    let as_one = |w: usize| {
        let (this, next) = (reading.word(w), reading.word(w + 1));
        is(w, Small::As) && is(w + 1, Small::Article)
            || this.eq_ignore_ascii_case("to") && next.eq_ignore_ascii_case("be")
    };
    if (at.end..end.saturating_sub(1)).any(as_one) {
        return None;
    }
    let told = said.iter().map(|n| n.at.end).chain([at.end]).max().unwrap_or(at.end);
    let hedged = reading.cues(context.lexicon, hits, Cue::Hedge).any(|h| (h.end as usize) <= end);
    // a longer account says of which side of the item the guideline is silent; what is put aside is not called so
    if end.saturating_sub(told) > ITEM_WORDS && !hedged && !aside {
        return None;
    }
    let start = said.iter().map(|n| n.span).reduce(Span::to).unwrap_or_default();
    Some(Claim {
        guidelines,
        span: start.to(reading.span_of_words(at.clone())),
        hedged: hedged || aside,
        wider: if is_wider(context.lexicon, &items, asked) { items } else { Vec::new() },
        parts: parts(context, reading, sentence, &at, end, passive),
    })
}

/// The parts of the body that a claim names.
fn parts(
    context: &Context<'_>,
    reading: &Reading,
    sentence: &Sentence,
    silent: &Range<usize>,
    end: usize,
    passive: bool,
) -> Vec<u16> {
    let within = |first: usize| passive && first < end || (silent.start..end).contains(&first);
    let hits = reading.hits[sentence.hits.clone()].iter().filter(|h| within(h.first as usize));
    context.body_parts(hits).collect()
}

/// The editions that a name calls silent: "MTUS/ACOEM" is all of the MTUS.
fn meant(context: &Context<'_>, named: &Named) -> Vec<u16> {
    let both = named.guidelines.len() > 1 && named.words.contains('/');
    let whole = context.lexicon.families.iter().filter(|f| both && f.id == "mtus").flat_map(|f| &f.members);
    let members = whole.filter_map(|m| context.lexicon.guideline(m));
    named.guidelines.iter().copied().chain(members).collect()
}

/// Whether a named guideline is what is called silent: it stands before the cue in the same clause, or behind it ("is not
/// addressed by the MTUS").
fn subject(context: &Context<'_>, named: &Named, silent: &Range<usize>, reading: &Reading) -> bool {
    let joined = |from: usize, to: usize| {
        let (from, to) = (reading.words[from - 1].end as usize, reading.words[to].start as usize);
        !past_aside(&reading.text()[from..to]).contains(['(', ')', ',', ';', ':'])
    };
    let near = named.at.end <= silent.start && silent.start - named.at.end <= 6;
    // "MTUS: silent on massage" in the manner of notes
    let headed = named.at.end == silent.start && reading.is_marked(named.at.end - 1, b':');
    let before = near && (headed || joined(named.at.end, silent.start));
    // "the MTUS has nothing on biofeedback, the ODG applies": a comma begins another clause
    let next = named.at.start >= silent.end && named.at.start - silent.end <= 2;
    // "makes no mention of the MTUS": the guideline is what somebody left out
    let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
    let left_out = || is(silent.start, Small::Does) && !(silent.end - 1..named.at.start).any(|w| is(w, Small::Within));
    // "the note is silent on the MTUS"
    let of_it = || {
        let between = silent.end - 1..named.at.start;
        between.clone().any(|w| is(w, Small::Regarding)) && !between.into_iter().any(|w| is(w, Small::Within))
    };
    let behind = next && joined(silent.end, named.at.start) && !left_out() && !of_it();
    before || behind || named.at.start >= silent.start && named.at.end <= silent.end
}

/// What follows a word that is set off by commas: ", however,".
fn past_aside(text: &str) -> &str {
    let aside = text.trim_start().strip_prefix(',').and_then(|rest| rest.split_once(','));
    aside.filter(|(word, _)| word.split_whitespace().count() <= ASIDE_WORDS).map_or(text, |(_, rest)| rest)
}

/// So many words may stand between the commas of an aside: "in turn".
const ASIDE_WORDS: usize = 2;

/// The treatments that a claim names: behind the cue, or before it where the guideline stands behind ("X is not addressed by
/// the MTUS").
fn items(
    context: &Context<'_>,
    reading: &Reading,
    sentence: &Sentence,
    silent: &Range<usize>,
    passive: bool,
) -> Vec<u16> {
    let lexicon = context.lexicon;
    let of_term = |term| match term {
        Term::Treatment(t) => vec![t],
        Term::Generic(d) | Term::Brand { drug: d, .. } => lexicon.drugs[d as usize].treatments.clone(),
        _ => Vec::new(),
    };
    let hits = reading.hits[sentence.hits.clone()].iter();
    hits.filter(|h| passive || h.first as usize >= silent.start).flat_map(|h| of_term(context.term(h))).collect()
}

/// Whether a claim is about the item: it names no treatment, or one that is asked for.
fn about_item(context: &Context<'_>, items: &[u16], asked: &Asked) -> bool {
    let lexicon = context.lexicon;
    items.is_empty()
        || items.iter().any(|t| asked.treatments.iter().any(|a| lexicon.is_a(*a, *t) || lexicon.is_a(*t, *a)))
}

/// Whether all that a claim names are classes of what is asked for.
fn is_wider(lexicon: &Lexicon, items: &[u16], asked: &Asked) -> bool {
    let class =
        |t: &u16| asked.treatments.iter().any(|a| a != t && lexicon.is_a(*a, *t)) && !asked.treatments.contains(t);
    !items.is_empty() && items.iter().all(class)
}

/// So many words may name the item behind the cue; what goes on longer says of which side of it the MTUS is silent.
const ITEM_WORDS: usize = 7;

/// Where the words of a claim end: at the first mark behind the cue, or where another clause is joined ("and therefore the ODG
/// was used").
fn claim_end(context: &Context<'_>, reading: &Reading, sentence: &Sentence, silent: &Range<usize>) -> usize {
    let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
    let clause = |w: usize| (w + 1..sentence.words.end).any(|v| is(v, Small::Auxiliary));
    let joined = |w: &usize| is(*w, Small::JoinsClause) && clause(*w);
    let marked = |w: &usize| {
        let (from, to) = (reading.words[*w - 1].end as usize, reading.words[*w].start as usize);
        reading.text()[from..to].contains(['(', ')', ',', ';', ':'])
    };
    (silent.end..sentence.words.end).find(|w| marked(w) || joined(w)).unwrap_or(sentence.words.end)
}

/// What is known of silence on the item.
fn entry<'a>(context: &Context<'a>, asked: &Asked, claim: &Claim) -> Option<&'a Silence> {
    let lexicon = context.lexicon;
    if !claim.wider.is_empty() {
        return None;
    }
    let parts = if claim.parts.is_empty() { &asked.parts } else { &claim.parts };
    let fits = |e: &&Silence| {
        // a class word in an entry means just the items that letters call by it
        let same = |t: u16, s: u16| t == s || !lexicon.treatments[s as usize].class_word && lexicon.is_a(t, s);
        let treatment = asked.treatments.iter().any(|t| e.treatments.iter().any(|s| same(*t, *s)));
        let part = e.body_parts.is_empty() || parts.iter().any(|p| e.body_parts.contains(p));
        treatment && part && e.from.is_none_or(|from| context.in_force.is_none_or(|d| from <= d))
    };
    // an entry that calls the claim right or doubtful goes before one that calls it wrong
    let mut all: Vec<&Silence> = lexicon.silences.iter().filter(fits).collect();
    all.sort_by_key(|e| e.claim);
    all.first().copied()
}

/// Whether a decision asks for the same thing for the same part of the body.
fn alike(context: &Context<'_>, other: &Decision, asked: &Asked) -> bool {
    let Some(request) = &other.request else { return false };
    let theirs = crate::check::memo::asked(context, request);
    theirs
        .treatments
        .iter()
        .any(|t| asked.treatments.contains(t) && !context.lexicon.treatments[*t as usize].class_word)
        && (theirs.parts == asked.parts || theirs.parts.iter().any(|p| asked.parts.contains(p)))
}

/// The section on the item that a decision's line cites from a guideline that is called silent.
fn cited(context: &Context<'_>, decision: &Decision, asked: &Asked, claim: &Claim) -> Option<(Place, Span)> {
    let line = decision.reviewer.as_ref()?;
    let citations = line.content.citations.iter().filter(|c| c.mtus);
    citations.flat_map(|c| &c.sections).find_map(|section| {
        let place = section.known.iter().find(|(g, s)| {
            let guideline = &context.lexicon.guidelines[*g as usize];
            let topics = &guideline.sections[*s as usize].topics;
            claim.guidelines.contains(g)
                && covers(guideline, asked, context.lexicon)
                && lists(topics, asked, context.lexicon)
        })?;
        Some((*place, section.span))
    })
}

/// Whether a section lists the treatment, or the class that it directly falls under.
fn lists(topics: &[u16], asked: &Asked, lexicon: &Lexicon) -> bool {
    asked.treatments.iter().any(|t| {
        let parents = &lexicon.treatments[*t as usize].parents;
        // an operation has classes of classes: rotator cuff repair, shoulder surgery, arthroscopy, surgery
        let surgery = lexicon.treatments[*t as usize].kind == TreatmentKind::Surgery;
        topics.contains(t)
            || parents.iter().any(|p| topics.contains(p))
            || surgery && topics.iter().any(|topic| lexicon.is_a(*t, *topic))
    })
}

/// Whether a guideline covers the part of the body asked for; a chapter on a part needs a request that names one.
fn covers(guideline: &Guideline, asked: &Asked, lexicon: &Lexicon) -> bool {
    let parts: Vec<&str> = guideline.body_parts.iter().map(String::as_str).collect();
    parts.is_empty() || asked.parts.iter().any(|p| parts.contains(&lexicon.body_parts[*p as usize].id.as_str()))
}

/// Whether a guideline is in force.
fn in_force(context: &Context<'_>, guideline: u16) -> bool {
    let g = &context.lexicon.guidelines[guideline as usize];
    context.in_force.is_some_and(|d| g.from.is_none_or(|f| f <= d) && g.until.is_none_or(|u| d <= u))
}

/// The section of an edition in force that is about the item and little else.
fn addressed(context: &Context<'_>, asked: &Asked, claim: &Claim) -> Option<Place> {
    let lexicon = context.lexicon;
    let editions = claim.guidelines.iter().filter(|g| in_force(context, **g));
    editions.copied().find_map(|g| {
        let guideline = &lexicon.guidelines[g as usize];
        let sections = guideline.sections.iter().position(|s| is_on(guideline, s, asked, lexicon))?;
        covers(guideline, asked, lexicon).then_some((g, sections as u16))
    })
}

/// A section may list a treatment on the word of a title only; and one that lists many is not sure to speak of each.
fn is_on(guideline: &Guideline, section: &Section, asked: &Asked, lexicon: &Lexicon) -> bool {
    if guideline.body_parts.is_empty() {
        let narrow = section.topics.len() <= 2 && section.confidence != Confidence::Low;
        return narrow && asked.treatments.iter().any(|t| section.topics.contains(t));
    }
    // the chapters speak of films and nerve studies of their part of the body
    let study = |t: &u16| {
        let t = &lexicon.treatments[*t as usize];
        matches!(t.kind, TreatmentKind::Imaging | TreatmentKind::Test)
    };
    section.confidence == Confidence::High
        && asked.treatments.iter().all(study)
        && lists(&section.topics, asked, lexicon)
}
