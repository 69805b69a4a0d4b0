//! Whether what a guideline line cites has anything to do with the request: by treatment and by body part.

use super::chapter;
use crate::check::memo::asked;
use crate::check::outcome::dependent;
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::PartFacts;
use crate::letter::{Citation, Decision, Field, GuidelineLine, Request};
use crate::lexicon::{Cue, Guideline, Lexicon, Section, Term, TreatmentKind};
use crate::source::Span;
use smallvec::SmallVec;
use std::cell::LazyCell;
use std::ops::Range;

/// How something cited stands to the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// It speaks of the treatment or its class.
    On,
    /// It speaks of other treatments.
    Off,
    /// It speaks of another part of the body.
    Elsewhere,
    /// Nobody knows.
    Unknown,
}

/// What is asked for: treatments and parts of the body, by number.
#[derive(Clone)]
pub struct Asked {
    /// Treatments, the most specific that are known.
    pub treatments: Vec<u16>,
    /// Parts of the body; none if the item has none.
    pub parts: Vec<u16>,
}

/// What [`asked`](crate::check::memo::asked) gives, found anew.
pub fn find_asked(request: &Request, lexicon: &Lexicon) -> Asked {
    let class_word = |t: &u16| lexicon.treatments[*t as usize].class_word;
    let mut treatments: Vec<u16> = request.treatments.iter().map(|(t, _)| *t).collect();
    if treatments.iter().all(class_word) {
        let of_drug = |drug: u16| lexicon.drugs[drug as usize].treatments.clone();
        let items = request.items.iter();
        treatments.extend(items.flat_map(|i| i.drug.map(of_drug).unwrap_or_default().into_iter().chain(i.treatment)));
    }
    let kind = |t: u16| lexicon.treatments[t as usize].kind;
    // "knee walker": the name of a device for no part of the body in particular
    let named_so = |words: &Range<usize>| {
        let device = |t: u16| kind(t) == TreatmentKind::Device && lexicon.treatments[t as usize].body_part.is_none();
        request.reading.hits.iter().any(|h| {
            let around = (h.first as usize) <= words.start && words.end <= h.end as usize;
            around && matches!(lexicon.terms[h.term as usize], Term::Treatment(t) if device(t))
        })
    };
    // a test before an operation belongs to the operation: "preoperative chest x-ray"
    let preparing = request.reading.cues.has(Cue::AssociatedItem)
        && treatments.iter().all(|t| matches!(kind(*t), TreatmentKind::Imaging | TreatmentKind::Test));
    let named = request.body_parts.iter().filter(|(_, words)| !preparing && !named_so(words));
    let mut parts: Vec<u16> = named.map(|(b, _)| *b).collect();
    if parts.is_empty() {
        // what is made for one part of the body names it by itself; a film of the chest is asked for before any operation
        let own = treatments.iter().map(|t| &lexicon.treatments[*t as usize]);
        let named = own.filter(|t| t.kind != TreatmentKind::Imaging).filter_map(|t| t.body_part.as_deref());
        parts.extend(named.filter_map(|id| lexicon.body_part(id)));
    }
    for list in [&mut treatments, &mut parts] {
        list.sort_unstable();
        list.dedup();
    }
    Asked { treatments, parts }
}

impl Asked {
    /// Whether any of some topics is a word on any of the treatments.
    pub fn concerns(&self, topics: &[u16], lexicon: &Lexicon) -> bool {
        let kind = |t: &u16| lexicon.treatments[*t as usize].kind;
        let drugs = topics.iter().all(|t| matches!(kind(t), TreatmentKind::DrugClass | TreatmentKind::Drug));
        if !drugs || topics.len() < 3 {
            return self.treatments.iter().any(|t| topics.iter().any(|topic| lexicon.on_topic(*t, *topic)));
        }
        // a section on several classes of drugs serves the purpose of most of them: one on sleep names a class that serves spasm too
        let serves = |t: u16| {
            let most = |purpose: u16| {
                let of = topics.iter().filter(|topic| lexicon.purposes_of(**topic).any(|p| p == purpose));
                of.count() * 2 > topics.len()
            };
            lexicon.purposes_of(t).any(most)
        };
        self.treatments.iter().any(|t| serves(*t) || topics.iter().any(|topic| lexicon.is_akin(*t, *topic)))
    }

    /// Whether what comes first of some topics is a word on any of the treatments, and more than "medication".
    pub fn begins_with(&self, topics: &[u16], lexicon: &Lexicon) -> bool {
        let first = topics.first().filter(|t| !lexicon.treatments[**t as usize].class_word);
        first.is_some_and(|topic| self.treatments.iter().any(|t| lexicon.is_akin(*t, *topic)))
    }

    /// The topic of a list of treatments; an empty list says nothing.
    pub fn topic(&self, topics: &[u16], lexicon: &Lexicon) -> Topic {
        // "patch" or "injection" alone does not tell what is asked for
        let vague = self.treatments.iter().all(|t| lexicon.treatments[*t as usize].class_word);
        if !topics.is_empty() && self.concerns(topics, lexicon) {
            Topic::On
        } else if topics.is_empty() || vague {
            Topic::Unknown
        } else {
            Topic::Off
        }
    }

    /// Whether some parts of the body are none of those asked for.
    pub fn elsewhere(&self, covered: &[&str], lexicon: &Lexicon) -> bool {
        let limbs = self.treatments.iter().all(|t| lexicon.treatments[*t as usize].kind == TreatmentKind::Test);
        !covered.is_empty() && !self.parts.is_empty() && !self.parts.iter().any(|p| fits(*p, covered, limbs, lexicon))
    }
}

/// Whether a part of the body is among those covered. A region fits if any of its parts is covered; a nerve study of a
/// part of a limb fits where the limb is covered, for the trouble may sit in the spine.
fn fits(part: u16, covered: &[&str], limbs: bool, lexicon: &Lexicon) -> bool {
    let this = &lexicon.body_parts[part as usize];
    let region = this.region.as_deref();
    let mut inside = lexicon.body_parts.iter().filter(|b| b.region.as_deref() == Some(&this.id));
    covered.contains(&this.id.as_str())
        || (limbs || this.vague) && region.is_some_and(|r| covered.contains(&r))
        || inside.any(|b| covered.contains(&b.id.as_str()))
}

/// The parts of the body that a guideline covers or may be used for.
fn covered<'a>(guideline: &'a Guideline, section: Option<&'a Section>) -> SmallVec<[&'a str; 16]> {
    let own = section.map(|s| &s.body_parts).filter(|b| !b.is_empty());
    let all = own.into_iter().flatten();
    let whole = if own.is_none() { &guideline.body_parts[..] } else { &[] };
    let tolerated = if own.is_none() && whole.is_empty() { &[][..] } else { &guideline.tolerated_body_parts[..] };
    all.chain(whole).chain(tolerated).map(String::as_str).collect()
}

/// A section, or a whole guideline, against the request.
fn place_topic(asked: &Asked, lexicon: &Lexicon, guideline: u16, section: Option<u16>) -> Topic {
    let edition = &lexicon.guidelines[guideline as usize];
    let section = section.map(|s| &edition.sections[s as usize]);
    if asked.elsewhere(&covered(edition, section), lexicon) {
        return Topic::Elsewhere;
    }
    match section {
        Some(section) => asked.topic(&section.topics, lexicon),
        None => whole_topic(asked, lexicon, edition),
    }
}

/// A guideline without a section says something of the request only if all that it is about is known.
fn whole_topic(asked: &Asked, lexicon: &Lexicon, guideline: &Guideline) -> Topic {
    let known =
        guideline.chapter.is_none() && guideline.mtus && guideline.sections.iter().all(|s| !s.topics.is_empty());
    if !known {
        return Topic::Unknown;
    }
    let all: Vec<u16> = guideline.sections.iter().flat_map(|s| s.topics.iter().copied()).collect();
    asked.topic(&all, lexicon)
}

/// The best of several: one that is on topic, else one of which nothing is known.
fn best(topics: impl Iterator<Item = Topic>) -> Topic {
    let all: Vec<Topic> = topics.collect();
    let has = |t| all.contains(&t);
    match all.first() {
        None => Topic::Unknown,
        Some(_) if has(Topic::On) => Topic::On,
        Some(_) if has(Topic::Unknown) => Topic::Unknown,
        Some(_) if has(Topic::Off) => Topic::Off,
        Some(_) => Topic::Elsewhere,
    }
}

/// How each part of a citation stands to the request, with its place and words; a citation without sections is one part.
pub fn parts(citation: &Citation, asked: &Asked, context: &Context<'_>) -> Vec<(Topic, Span, String)> {
    let lexicon = context.lexicon;
    if citation.guidelines.is_empty() || chapter::contradicts_itself(context, citation) || is_later(citation, lexicon) {
        return vec![(Topic::Unknown, citation.span, citation.name_text.clone())];
    }
    let whole = || best(citation.guidelines.iter().map(|g| place_topic(asked, lexicon, *g, None)));
    if citation.sections.is_empty() {
        return vec![(whole(), citation.span, citation.name_text.clone())];
    }
    // the pages of older letters say more than the free words before them
    let sections = citation.sections.iter().map(|section| {
        let known = section.known.iter().map(|(g, s)| place_topic(asked, lexicon, *g, Some(*s)));
        let topic = if section.known.is_empty() { unknown_section(whole()) } else { best(known) };
        (topic, section.span, section.text.clone())
    });
    sections.collect()
}

/// Whether the line says that what it cites is no part of the MTUS though the name is that of a part: a later edition.
fn is_later(citation: &Citation, lexicon: &Lexicon) -> bool {
    !citation.mtus && citation.guidelines.iter().any(|g| lexicon.guidelines[*g as usize].mtus)
}

/// A section that nobody knows still stands in a chapter on some part of the body.
fn unknown_section(whole: Topic) -> Topic {
    if whole == Topic::Elsewhere { Topic::Elsewhere } else { Topic::Unknown }
}

/// None of the sections, or guidelines, that the line cites has anything to do with the request.
pub fn section_off_topic(context: &Context<'_>, decision: &Decision, _: &PartFacts) -> Vec<Finding> {
    let (Some(line), Some(request)) = (&decision.reviewer, &decision.request) else { return Vec::new() };
    // the line of what hangs on an operation may cite what the operation rests on
    if dependent::ground(context, decision).is_some() && !cites_own(context, request, line) {
        return Vec::new();
    }
    let mut asked = Asked::clone(&asked(context, request));
    if asked.parts.is_empty() {
        asked.parts = operated(context, request);
    }
    let cited: Vec<(&Citation, Vec<(Topic, Span, String)>)> =
        line.content.citations.iter().map(|c| (c, parts(c, &asked, context))).collect();
    let off = |t: Topic| matches!(t, Topic::Off | Topic::Elsewhere);
    // an ODG chapter is followed by a topic in free words: the chapter alone may be in the wrong place
    let citation_off = |parts: &[(Topic, Span, String)]| {
        parts.iter().all(|(t, ..)| off(*t))
            || parts.iter().any(|(t, ..)| *t == Topic::Elsewhere) && parts.iter().all(|(t, ..)| *t != Topic::On)
    };
    // a chapter of the MTUS on another part of the body is a slip even where something else that is cited fits
    let chapter =
        |c: &Citation| c.mtus && c.guidelines.iter().all(|g| context.lexicon.guidelines[*g as usize].chapter.is_some());
    let elsewhere = |(c, parts): &(&Citation, Vec<(Topic, Span, String)>)| {
        chapter(c) && !parts.is_empty() && parts.iter().all(|(t, ..)| *t == Topic::Elsewhere)
    };
    let all_off = cited.iter().all(|(_, parts)| citation_off(parts));
    // of several chapters one may be for a trouble elsewhere that the rationale speaks of
    let lone = || cited.iter().filter(|(c, _)| chapter(c)).count() == 1 && cited.iter().any(elsewhere);
    let cited: Vec<_> = match () {
        () if cited.is_empty() => return Vec::new(),
        () if all_off => cited,
        () if lone() && !speaks_of_chapter(context, decision, &cited) => cited.into_iter().filter(elsewhere).collect(),
        () => return beside(context, decision, request, &asked),
    };
    let mut places = cited.iter().flat_map(|(c, parts)| parts.iter().map(move |p| (*c, p))).filter(|(_, p)| off(p.0));
    let Some((citation, (topic, span, words))) = places.next() else { return Vec::new() };
    let elsewhere = *topic == Topic::Elsewhere;
    // a guideline on all of the body has its chapters as sections
    let has_chapter = citation.guidelines.iter().all(|g| context.lexicon.guidelines[*g as usize].chapter.is_some());
    let by_chapter = |topic: Topic| topic == Topic::Elsewhere && (has_chapter || citation.sections.is_empty());
    let place = if by_chapter(*topic) { citation.name } else { *span };
    let guideline = match elsewhere && !by_chapter(*topic) {
        true => format!("\"{words}\" of {}", citation.name_text),
        false => citation.name_text.clone(),
    };
    let part = asked.parts.first().map_or("", |p| &context.lexicon.body_parts[*p as usize].id).replace('-', " ");
    let mut finding = Finding::new(if elsewhere { "body-part" } else { "section" })
        .label("section", place)
        .label_if("request", item_span(request))
        .hole("section", words.as_str())
        .hole("guideline", guideline)
        .hole("treatment", context.request_words(decision))
        .hole("body-part", part);
    for (citation, (topic, span, _)) in places {
        finding = finding.label("section", if *topic == Topic::Elsewhere { citation.name } else { *span });
    }
    vec![finding]
}

/// Whether a line cites only sections on drugs or on therapy, and a drug or therapy is asked for: then it is about the item.
fn cites_own(context: &Context<'_>, request: &Request, line: &Field<GuidelineLine>) -> bool {
    let lexicon = context.lexicon;
    let own = |t: u16| {
        let kind = lexicon.treatments[t as usize].kind;
        matches!(kind, TreatmentKind::Drug | TreatmentKind::DrugClass | TreatmentKind::TherapyVisits)
    };
    let plain = |(g, s): &(u16, u16)| {
        let guideline = &lexicon.guidelines[*g as usize];
        guideline.chapter.is_none() && guideline.sections[*s as usize].topics.iter().all(|t| own(*t))
    };
    let sections = || line.content.citations.iter().flat_map(|c| &c.sections);
    let whole = line.content.citations.iter().all(|c| c.mtus && !c.sections.is_empty());
    let named = sections().all(|s| !s.known.is_empty() && s.known.iter().all(plain));
    whole && named && !request.treatments.is_empty() && request.treatments.iter().all(|(t, _)| own(*t))
}

/// The parts of the body on which the operations of the letter are asked for, where therapy after one names none itself.
fn operated(context: &Context<'_>, request: &Request) -> Vec<u16> {
    let lexicon = context.lexicon;
    let kind = |t: u16| lexicon.treatments[t as usize].kind;
    let therapy = request.treatments.iter().any(|(t, _)| kind(*t) == TreatmentKind::TherapyVisits);
    let says = |cue| request.reading.cues.has(cue);
    if !therapy || !says(Cue::AssociatedItem) {
        return Vec::new();
    }
    let others = context.letter.decisions.iter().filter_map(|d| d.request.as_ref());
    let operations = others.filter(|r| r.treatments.iter().any(|(t, _)| kind(*t) == TreatmentKind::Surgery));
    operations.flat_map(|r| asked(context, r).parts.clone()).collect()
}

/// A section beside others that fit, on treatments of which the letter speaks nowhere.
fn beside(context: &Context<'_>, decision: &Decision, request: &Request, asked: &Asked) -> Vec<Finding> {
    let lexicon = context.lexicon;
    let Some(line) = &decision.reviewer else { return Vec::new() };
    // gathered only if a section is off its topic
    let named = LazyCell::new(|| spoken_of(context));
    let foreign = |(g, s): &(u16, u16)| {
        let topics = &lexicon.guidelines[*g as usize].sections[*s as usize].topics;
        // what covers many things may cover this one in passing
        asked.topic(topics, lexicon) == Topic::Off
            && topics.len() <= NARROW
            && !topics.iter().any(|t| named.iter().any(|n| lexicon.on_topic(*n, *t)))
    };
    let sections = line.content.citations.iter().filter(|c| !is_later(c, lexicon)).flat_map(|c| {
        c.sections.iter().filter(|s| !s.known.is_empty() && s.known.iter().all(foreign)).map(move |s| (c, s))
    });
    let finding = sections.take(1).map(|(citation, section)| Finding {
        lowered: Some(Severity::Info),
        ..Finding::new("beside")
            .label("section", section.span)
            .label_if("request", item_span(request))
            .hole("section", section.text.as_str())
            .hole("guideline", citation.name_text.as_str())
            .hole("treatment", context.request_words(decision))
            .hole("body-part", "")
    });
    finding.collect()
}

/// A section on more treatments than these is on none in particular.
const NARROW: usize = 4;

/// The treatments that the letter speaks of, in its summary, its headings and its rationales.
fn spoken_of(context: &Context<'_>) -> Vec<u16> {
    let letter = context.letter;
    let requests = letter.decisions.iter().filter_map(|d| d.request.as_ref()).map(|r| &r.reading);
    let rationales = letter.decisions.iter().filter_map(|d| d.rationale.as_ref()).map(|r| &r.reading);
    let hits = letter.summary.iter().chain(requests).chain(rationales).flat_map(|r| &r.hits);
    let mut all: Vec<u16> = hits
        .flat_map(|h| match context.term(h) {
            Term::Treatment(t) => vec![t],
            Term::Generic(d) | Term::Brand { drug: d, .. } => context.lexicon.drugs[d as usize].treatments.clone(),
            _ => Vec::new(),
        })
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether the rationale speaks of the part of the body that a chapter cited is on: the trouble may sit there.
fn speaks_of_chapter(
    context: &Context<'_>,
    decision: &Decision,
    cited: &[(&Citation, Vec<(Topic, Span, String)>)],
) -> bool {
    let Some(rationale) = &decision.rationale else { return false };
    let lexicon = context.lexicon;
    let named: Vec<u16> = context.body_parts(&rationale.reading.hits).collect();
    let chapters = cited.iter().flat_map(|(c, _)| c.guidelines.iter()).map(|g| &lexicon.guidelines[*g as usize]);
    chapters.filter(|g| g.chapter.is_some()).any(|g| {
        let covered: Vec<&str> = g.body_parts.iter().map(String::as_str).collect();
        named.iter().any(|p| fits(*p, &covered, false, lexicon))
    })
}

/// Where the request names what it asks for.
pub fn item_span(request: &Request) -> Option<Span> {
    request.items.first().map(|i| i.span)
}
