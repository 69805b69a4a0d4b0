//! Defects of the reviewer's guideline line.

use super::Edit;
use super::scene::{Decided, Scene, edit, hits};
use crate::check;
use crate::diagnostic::Confidence;
use crate::letter::{Citation, Request, Value};
use crate::lexicon::{Cue, Guideline, Section, Term};
use crate::source::Span;

/// The decisions that have a request and a reviewer's line, with each of its citations that name a known guideline.
fn cited<'a>(scene: &Scene<'a>) -> Vec<(Decided<'a>, &'a Request, &'a Citation, &'a Guideline)> {
    let lexicon = scene.lexicon();
    let mut all = Vec::new();
    for decided in scene.decisions() {
        let (Some(request), Some(line)) = (&decided.0.request, &decided.0.reviewer) else { continue };
        for citation in &line.content.citations {
            if let Some(g) = citation.guidelines.first() {
                all.push((decided, request, citation, &lexicon.guidelines[*g as usize]));
            }
        }
    }
    all
}

/// The places that tell what a line should cite.
fn told(decided: Decided<'_>) -> Vec<Span> {
    let decision = decided.0;
    let request = decision.request.as_ref().map(|r| r.reading.passage.span);
    let line = decision.reviewer.as_ref().map(|r| r.reading.passage.span);
    let rationale = decision.rationale.as_ref().map(|r| r.reading.passage.span);
    request.into_iter().chain(line).chain(rationale).collect()
}

/// A page that the rationale names is another in the line.
pub fn page_unlisted(scene: &mut Scene<'_>) {
    for (decided, _, citation, guideline) in cited(scene) {
        let named: Vec<u32> = decided
            .1
            .amounts
            .iter()
            .flat_map(|a| match &a.value {
                Value::Pages(ranges) => ranges.iter().filter(|(a, b)| a == b).map(|(a, _)| *a).collect(),
                _ => Vec::new(),
            })
            .collect();
        let Some(page) = citation.pages.iter().find(|p| p.first == p.last && named.contains(&p.first)) else {
            continue;
        };
        let last = guideline.pages.map_or(u32::MAX, |p| p.1);
        let other = if page.first + 9 <= last { page.first + 9 } else { page.first.saturating_sub(9) };
        scene.plant(Some(decided.0), vec![edit(page.span, other.to_string())], told(decided));
    }
}

/// A page is none of the guideline's.
pub fn page_outside(scene: &mut Scene<'_>) {
    for (decided, _, citation, guideline) in cited(scene) {
        let (Some(page), Some((_, last))) = (citation.pages.first(), guideline.pages) else { continue };
        // the MTUS chapters are counted by pages of their own or of the whole book
        let other = if guideline.chapter.is_some() { 900 } else { last + 40 };
        scene.plant(Some(decided.0), vec![edit(page.span, other.to_string())], vec![]);
    }
}

/// A range of pages runs backwards.
pub fn page_backwards(scene: &mut Scene<'_>) {
    for (decided, _, citation, _) in cited(scene) {
        let Some(page) = citation.pages.iter().find(|p| p.first < p.last) else { continue };
        scene.plant(Some(decided.0), vec![edit(page.span, format!("{}-{}", page.last, page.first))], vec![]);
    }
}

/// A section on more treatments than these is on none in particular.
const NARROW: usize = 4;

/// A section of a guideline that has nothing to do with the request.
fn off_topic<'a>(
    scene: &mut Scene<'a>,
    request: &Request,
    guideline: &'a Guideline,
    paged: bool,
) -> Option<&'a Section> {
    let lexicon = scene.lexicon();
    let asked: Vec<u16> = request.treatments.iter().map(|(t, _)| *t).collect();
    let names = |t: u16| scene.names_treatment(t);
    let far = |s: &&Section| {
        let apart = s.topics.iter().all(|t| asked.iter().all(|a| !lexicon.on_topic(*a, *t)));
        !s.topics.is_empty() && s.confidence == Confidence::High && apart && (!paged || s.pages.is_some())
    };
    // chapters share the titles of sections that are on all sorts of care, and what the letter names may be cited
    let own = |s: &&Section| {
        let named = |t: &u16| (0..lexicon.treatments.len() as u16).any(|n| names(n) && lexicon.on_topic(n, *t));
        paged || s.topics.len() <= NARROW && !s.topics.iter().any(named)
    };
    let sections: Vec<&Section> = guideline.sections.iter().filter(far).filter(own).collect();
    if asked.is_empty() { None } else { scene.dice.pick(&sections).copied() }
}

/// The pages are those of another treatment.
pub fn page_off_topic(scene: &mut Scene<'_>) {
    for (decided, request, citation, guideline) in cited(scene) {
        let (Some(first), Some(last)) = (citation.pages.first(), citation.pages.last()) else { continue };
        let Some((page, _)) = off_topic(scene, request, guideline, true).and_then(|s| s.pages) else { continue };
        let edits = vec![edit(first.span.to(last.span), page.to_string())];
        scene.plant(Some(decided.0), edits, told(decided));
    }
}

/// The section is that of another treatment.
pub fn section_off_topic(scene: &mut Scene<'_>) {
    for (decided, request, citation, guideline) in cited(scene) {
        let (Some(first), Some(last)) = (citation.sections.first(), citation.sections.last()) else { continue };
        if !citation.sections.iter().any(|s| !s.known.is_empty()) {
            continue;
        }
        let Some(other) = off_topic(scene, request, guideline, false) else { continue };
        let edits = vec![edit(first.span.to(last.span), other.title.clone())];
        scene.plant(Some(decided.0), edits, told(decided));
    }
}

/// The chapter is that of another part of the body.
pub fn chapter_elsewhere(scene: &mut Scene<'_>) {
    for (decided, request, citation, guideline) in cited(scene) {
        let lexicon = scene.lexicon();
        if guideline.body_parts.is_empty() || request.body_parts.is_empty() || !guideline.mtus {
            continue;
        }
        let apart = |g: &&Guideline| {
            g.mtus
                && g.from == guideline.from
                && g.chapter.is_some() == guideline.chapter.is_some()
                && !g.body_parts.is_empty()
                && !g.body_parts.iter().chain(&g.tolerated_body_parts).any(|b| guideline.body_parts.contains(b))
        };
        let others: Vec<&Guideline> = lexicon.guidelines.iter().filter(apart).collect();
        let Some(other) = scene.dice.pick(&others) else { continue };
        scene.plant(Some(decided.0), vec![edit(citation.name, other.title.clone())], told(decided));
    }
}

/// The number of the chapter is another than that of its title.
pub fn chapter_number(scene: &mut Scene<'_>) {
    for (decided, _, citation, _) in cited(scene) {
        let Some((number, span)) = citation.chapter.filter(|_| citation.mtus) else { continue };
        let other = if number >= 12 { number - 3 } else { number + 3 };
        let text = scene.text(span).replace(&number.to_string(), &other.to_string());
        scene.plant(Some(decided.0), vec![edit(span, text)], told(decided));
    }
}

/// The edition is one that is not in force.
pub fn superseded(scene: &mut Scene<'_>) {
    for (decided, _, citation, guideline) in cited(scene) {
        let Some(date) = scene.context.dates.decision.map(|d| d.date) else { continue };
        let stem = |g: &Guideline| g.id.rsplit_once('-').map(|(stem, _)| stem.to_string());
        let outdated = |g: &&Guideline| {
            g.id != guideline.id && stem(g) == stem(guideline) && g.until.is_some_and(|until| until < date)
        };
        let Some(other) = scene.lexicon().guidelines.iter().find(outdated) else { continue };
        let year = other.id.rsplit_once('-').map_or("", |(_, year)| year);
        let name = if other.title.contains(year) { other.title.clone() } else { format!("{} {year}", other.title) };
        scene.plant(Some(decided.0), vec![edit(citation.name, name)], told(decided));
    }
}

/// The line cites nothing.
pub fn citation_removed(scene: &mut Scene<'_>) {
    for decided in scene.decisions() {
        let Some(line) = &decided.0.reviewer else { continue };
        if !line.content.citations.is_empty() && !check::is_dependent(&scene.context, decided.0) {
            let edits = vec![edit(line.reading.passage.span, scene.words.cites_nothing.clone())];
            scene.plant(Some(decided.0), edits, told(decided));
        }
    }
}

/// Editions that a name in prose may mean.
pub fn meant(scene: &Scene<'_>, term: Term) -> Vec<u16> {
    let lexicon = scene.lexicon();
    let title = |n: u16| lexicon.guidelines[n as usize].title.as_str();
    match term {
        Term::Guideline(n) => vec![n],
        Term::SharedGuideline(n) => (0..lexicon.guidelines.len() as u16).filter(|g| title(*g) == title(n)).collect(),
        Term::Family(n) => lexicon.families[n as usize].members.iter().filter_map(|id| lexicon.guideline(id)).collect(),
        _ => Vec::new(),
    }
}

/// The guidelines that a rationale names, each with the editions that it may mean.
fn named(scene: &Scene<'_>, decided: Decided<'_>) -> Vec<Vec<u16>> {
    let Some(rationale) = &decided.0.rationale else { return Vec::new() };
    let lexicon = scene.lexicon();
    let all = hits(&rationale.reading).map(|(_, h)| meant(scene, lexicon.terms[h.term as usize]));
    all.filter(|g| !g.is_empty()).collect()
}

/// Whether a rationale calls a guideline silent or puts it aside.
fn puts_aside(scene: &Scene<'_>, decided: Decided<'_>) -> bool {
    let Some(rationale) = &decided.0.rationale else { return false };
    hits(&rationale.reading).any(|(_, h)| {
        let term = scene.lexicon().terms[h.term as usize];
        matches!(term, Term::Cue(Cue::Silent | Cue::NotApplicable | Cue::OutsideMtus))
    })
}

/// A guideline that the rationale names is not listed any more.
pub fn citation_dropped(scene: &mut Scene<'_>) {
    for decided in scene.decisions() {
        let Some(line) = &decided.0.reviewer else { continue };
        let all = &line.content.citations;
        // "ACOEM" is each of its chapters, and a source in free words may be anything
        let id = |g: u16| &scene.lexicon().guidelines[g as usize].id;
        let families = || scene.lexicon().families.iter().filter(|f| f.id != "mtus");
        let kin = |a: u16, b: u16| a == b || families().any(|f| f.members.contains(id(a)) && f.members.contains(id(b)));
        let same = |c: &Citation, g: u16| c.guidelines.is_empty() || c.guidelines.iter().any(|h| kin(*h, g));
        let elsewhere = |n: usize, g: &u16| all.iter().enumerate().any(|(m, c)| m != n && same(c, *g));
        // a name that means a kept one as well leaves nothing unlisted
        let named = named(scene, decided);
        let lone = |n: usize| {
            named.iter().any(|g| g.iter().any(|g| all[n].guidelines.contains(g)) && !g.iter().any(|g| elsewhere(n, g)))
        };
        let Some(gone) = (0..all.len()).find(|n| lone(*n)) else { continue };
        if all.len() < 2 {
            continue;
        }
        let kept: Vec<String> = all
            .iter()
            .enumerate()
            .filter(|(n, _)| *n != gone)
            .map(|(_, c)| {
                let lead = if c.mtus { &scene.words.citing_mtus } else { &scene.words.citing_other };
                format!("{lead} {}", scene.text(c.span).trim_start_matches("MTUS "))
            })
            .collect();
        let edits: Vec<Edit> = vec![edit(line.reading.passage.span, format!("{}.", kept.join(". ")))];
        scene.plant(Some(decided.0), edits, told(decided));
    }
}

/// The line says that the decision is not based on the MTUS, on which the rationale rests.
pub fn line_outside(scene: &mut Scene<'_>) {
    for decided in scene.decisions() {
        let Some(line) = &decided.0.reviewer else { continue };
        let cited: Vec<u16> = line.content.citations.iter().flat_map(|c| c.guidelines.iter().copied()).collect();
        let mtus = line.content.citations.iter().all(|c| c.mtus);
        let rests = named(scene, decided).iter().any(|g| g.iter().any(|g| cited.contains(g)));
        if cited.is_empty() || !mtus || !rests || puts_aside(scene, decided) {
            continue;
        }
        let edits = vec![edit(line.reading.passage.span, scene.words.outside.clone())];
        scene.plant(Some(decided.0), edits, told(decided));
    }
}
