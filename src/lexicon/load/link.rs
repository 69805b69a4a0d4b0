//! Entries → [`Lexicon`]: ids become numbers, names and phrases go into the matcher.

use super::entries::{Placed, Raw};
use super::{FileProblem, Place};
use crate::diagnostic::{Confidence, Problem};
use crate::lexicon::pattern::{self, Pattern, literal};
use crate::lexicon::{self, Cue, Lexicon, MatcherBuilder, Small, SmallWords, Term, TreatmentKind, fold};
use crate::yaml::suggest;
use std::collections::{BTreeMap, HashMap};

/// Links everything; what does not resolve is reported and left out.
pub fn link(raw: Raw, lists: Vec<(String, Vec<Vec<Pattern>>)>, problems: &mut Vec<FileProblem>) -> Lexicon {
    let mut linker = Linker { builder: MatcherBuilder::default(), terms: Vec::new(), known: HashMap::new(), problems };
    let mut out = Lexicon::default();
    linker.body_parts(&raw, &mut out);
    linker.treatments(&raw, &mut out);
    linker.drugs(&raw, &mut out);
    linker.guidelines(&raw, &mut out);
    let statements: Vec<&str> = raw.statements.iter().map(|s| s.id.as_str()).collect();
    let named: Vec<&str> = raw.lists.iter().map(|l| l.id.as_str()).collect();
    let parts: Vec<&str> = raw.body_parts.iter().map(|b| b.id.as_str()).collect();
    for (n, statement) in raw.statements.iter().enumerate() {
        linker.phrases(Term::Statement(n as u16), &statement.phrases);
        linker.phrases(Term::Opposite(n as u16), &statement.opposite);
        let title = if statement.title.is_empty() { statement.id.replace('-', " ") } else { statement.title.clone() };
        let shown_by = linker.resolve_all("statement", &statement.shown_by, &statements);
        let signs = linker.resolve_all("list", &statement.signs, &named);
        let (id, speaks_of) = (statement.id.clone(), statement.speaks_of);
        out.statements.push(lexicon::Statement { id, title, speaks_of, shown_by, signs });
    }
    for (n, o) in raw.observations.iter().enumerate() {
        linker.phrases(Term::Observation(n as u16), &o.names);
        linker.phrases(Term::Shown(n as u16), &o.shown);
        linker.phrases(Term::Clear(n as u16), &o.clear);
        let title = if o.title.is_empty() { o.id.replace('-', " ") } else { o.title.clone() };
        let (told_as, grade, varies) = (o.told_as, o.grade, o.varies);
        let (own_place, moves, own_household) = (o.own_place, o.moves, o.own_household);
        out.observations.push(lexicon::Observation {
            id: o.id.clone(),
            title,
            told_as,
            grade,
            varies,
            own_place,
            moves,
            own_household,
        });
    }
    for list in &raw.lists {
        linker.phrases(Term::List(out.lists.len() as u16), &list.phrases);
        let body_parts = linker.resolve_all("body part", &list.body_parts, &parts);
        let (id, one_is_enough) = (list.id.clone(), list.one_is_enough);
        let (of_treatment, of_part, measured) = (list.of_treatment, list.of_part, list.measured);
        out.lists.push(lexicon::PhraseList { id, one_is_enough, of_treatment, of_part, measured, body_parts });
    }
    let denying = raw.words.iter().filter(|e| e.set == Some(Small::DeniesWithin)).flat_map(|e| &e.words);
    let denying: Vec<&str> = denying.map(|(word, _)| word.as_str()).collect();
    for (id, phrases) in lists {
        let list = out.lists.len() as u16;
        for parts in &phrases {
            linker.spanning(list, parts, &|word| denying.contains(&word));
        }
        out.lists.push(lexicon::PhraseList { id, ..lexicon::PhraseList::default() });
    }
    for entry in &raw.cues {
        if let Some(cue) = entry.cue {
            linker.phrases(Term::Cue(cue), &entry.phrases);
        }
    }
    linker.knowledge(&raw, &mut out);
    out.abbreviations = raw.abbreviations.iter().map(|(a, _)| a.trim_end_matches('.').to_lowercase()).collect();
    out.abbreviations.sort();
    out.abbreviations.dedup();
    let sets = raw.words.iter().filter_map(|entry| entry.set.map(|set| (set, entry)));
    out.small =
        SmallWords::of_sets(sets.clone().flat_map(|(set, e)| e.words.iter().map(move |(w, _)| (set, w.clone()))));
    for entry in &raw.words {
        if entry.set.is_some() {
            entry.words.iter().flat_map(|(w, _)| w.split(' ')).for_each(|w| linker.builder.know(w));
        }
    }
    for entry in &raw.tolerances {
        if let Some(of) = entry.of {
            out.tolerances.set(of, entry.apart);
        }
    }
    out.terms = linker.terms;
    out.matcher = linker.builder.finish();
    out
}

pub(super) struct Linker<'p> {
    builder: MatcherBuilder,
    terms: Vec<Term>,
    known: HashMap<Term, u32>,
    problems: &'p mut Vec<FileProblem>,
}

impl Linker<'_> {
    fn term(&mut self, term: Term) -> u32 {
        if let Some(number) = self.known.get(&term) {
            return *number;
        }
        let number = self.builder.term(term.kind());
        self.terms.push(term);
        self.known.insert(term, number);
        number
    }

    fn name(&mut self, term: Term, name: &str, plural: bool) {
        let number = self.term(term);
        for steps in literal(name, plural) {
            self.builder.add_name(number, &steps);
        }
    }

    fn phrases(&mut self, term: Term, phrases: &[Placed]) {
        let number = self.term(term);
        for (phrase, place) in phrases {
            match pattern::parse(phrase) {
                Ok(parts) => self.builder.add_phrase(number, &parts),
                Err(why) => self.report(*place, "bad-phrase", format!("this phrase cannot be read: {why}"), None),
            }
        }
    }

    /// Adds a phrase of a rule. Of one that leaves words out, what holds no denial itself is told apart.
    fn spanning(&mut self, list: u16, parts: &[Pattern], denies: &dyn Fn(&str) -> bool) {
        let plain = || parts.iter().map(|p| p.without(denies)).collect::<Option<Vec<Pattern>>>();
        let (told, spanning) = (self.term(Term::List(list)), self.term(Term::Spanning(list)));
        let Some(plain) = (parts.len() > 1).then(plain).flatten() else {
            return self.builder.add_phrase(told, parts);
        };
        self.builder.add_phrase(spanning, &plain);
        for (n, part) in parts.iter().enumerate() {
            for denying in part.with(denies) {
                let mut whole = parts.to_vec();
                whole[n] = denying;
                self.builder.add_phrase(told, &whole);
            }
        }
    }

    fn report(&mut self, place: Place, code: &'static str, message: String, help: Option<String>) {
        self.problems.push((place.file, Problem { help, ..Problem::error(code, place.span, message) }));
    }

    /// The number of an id, or a problem with what may have been meant.
    pub(super) fn resolve(&mut self, what: &str, (id, place): &Placed, known: &[&str]) -> Option<u16> {
        if let Some(number) = known.iter().position(|k| k == id) {
            return Some(number as u16);
        }
        let meant = suggest(id, known.iter().copied()).map_or(String::new(), |m| format!(", did you mean `{m}`?"));
        self.report(*place, "unknown-id", format!("there is no {what} `{id}`{meant}"), None);
        None
    }

    /// The numbers of several ids.
    pub(super) fn resolve_all(&mut self, what: &str, ids: &[Placed], known: &[&str]) -> Vec<u16> {
        ids.iter().filter_map(|id| self.resolve(what, id, known)).collect()
    }

    fn body_parts(&mut self, raw: &Raw, out: &mut Lexicon) {
        let guidelines: Vec<&str> = raw.guidelines.iter().map(|g| g.id.as_str()).collect();
        for (n, part) in raw.body_parts.iter().enumerate() {
            for (name, _) in &part.names {
                self.name(Term::BodyPart(n as u16), name, true);
            }
            for chapter in &part.mtus_chapters {
                self.resolve("guideline", chapter, &guidelines);
            }
            out.body_parts.push(lexicon::BodyPart {
                id: part.id.clone(),
                region: part.region.as_ref().map(|(r, _)| r.clone()),
                vague: part.vague,
                mtus_chapters: texts(&part.mtus_chapters),
            });
        }
    }

    fn treatments(&mut self, raw: &Raw, out: &mut Lexicon) {
        let ids: Vec<&str> = raw.treatments.iter().map(|t| t.id.as_str()).collect();
        let parts: Vec<&str> = raw.body_parts.iter().map(|b| b.id.as_str()).collect();
        for (n, t) in raw.treatments.iter().enumerate() {
            for (name, _) in &t.names {
                self.name(Term::Treatment(n as u16), name, true);
            }
            if t.kind.is_none() {
                self.report(
                    t.head.place,
                    "missing-key",
                    format!("the treatment `{}` needs the key `kind`", t.id),
                    None,
                );
            }
            let mut parents: Vec<u16> = Vec::new();
            for parent in &t.parents {
                let Some(number) = self.resolve("treatment", parent, &ids) else { continue };
                if leads_to(&raw.treatments, &ids, number as usize, n) {
                    let message = format!("`{}` falls under `{}` already", parent.0, t.id);
                    self.report(parent.1, "parent-cycle", message, None);
                } else {
                    parents.push(number);
                }
            }
            if let Some(part) = &t.body_part {
                self.resolve("body part", part, &parts);
            }
            out.treatments.push(lexicon::Treatment {
                id: t.id.clone(),
                kind: t.kind.unwrap_or(TreatmentKind::Service),
                parents,
                name: t.names.first().map_or_else(|| t.id.replace('-', " "), |(n, _)| n.clone()),
                class_word: t.class_word,
                perioperative: t.perioperative,
                single: t.single,
                self_care: t.self_care,
                told_by: t.told_by.iter().map(|(word, _)| fold(word)).collect(),
                body_part: t.body_part.as_ref().map(|(b, _)| b.clone()),
            });
        }
    }

    fn drugs(&mut self, raw: &Raw, out: &mut Lexicon) {
        // a drug falls under the treatments that name it and under those that name one of its classes
        let mut named: BTreeMap<String, Vec<u16>> = BTreeMap::new();
        let mut classed: BTreeMap<&str, Vec<u16>> = BTreeMap::new();
        for (n, t) in raw.treatments.iter().enumerate() {
            for (name, _) in &t.names {
                named.entry(name.to_lowercase()).or_default().push(n as u16);
            }
            for (class, _) in &t.drug_classes {
                classed.entry(class).or_default().push(n as u16);
            }
        }
        let classes: Vec<&str> = raw.drugs.iter().flat_map(|d| d.classes.iter().map(|(c, _)| c.as_str())).collect();
        for t in &raw.treatments {
            for class in &t.drug_classes {
                self.resolve("drug class", class, &classes);
            }
        }
        for (n, drug) in raw.drugs.iter().enumerate() {
            let n = n as u16;
            self.name(Term::Generic(n), &drug.id, false);
            for (name, _) in &drug.names {
                self.name(Term::Generic(n), name, false);
            }
            for (brand, (name, _)) in drug.brands.iter().enumerate() {
                self.name(Term::Brand { drug: n, brand: brand as u16 }, name, false);
            }
            let under = |names: &mut dyn Iterator<Item = &String>| -> Vec<u16> {
                names.filter_map(|name| named.get(&name.to_lowercase())).flatten().copied().collect()
            };
            let classed = drug.classes.iter().filter_map(|(class, _)| classed.get(class.as_str())).flatten();
            let mut treatments = under(&mut std::iter::once(&drug.id).chain(drug.names.iter().map(|(n, _)| n)));
            treatments.extend(classed);
            // what only one of its brands is called tells nothing of the drug
            if treatments.is_empty() {
                treatments = under(&mut drug.brands.iter().map(|(n, _)| n));
            }
            treatments.sort_unstable();
            treatments.dedup();
            out.drugs.push(lexicon::Drug {
                generic: drug.id.clone(),
                brands: texts(&drug.brands),
                treatments,
                strengths: texts(&drug.strengths),
                forms: texts(&drug.forms),
                confidence: drug.confidence.unwrap_or(Confidence::Medium),
            });
        }
    }

    fn guidelines(&mut self, raw: &Raw, out: &mut Lexicon) {
        let treatments: Vec<&str> = raw.treatments.iter().map(|t| t.id.as_str()).collect();
        let mut parts: Vec<&str> = raw.body_parts.iter().map(|b| b.id.as_str()).collect();
        parts.extend(raw.body_parts.iter().filter_map(|b| b.region.as_ref().map(|(r, _)| r.as_str())));
        parts.push("any");
        for (n, g) in raw.guidelines.iter().enumerate() {
            let n = n as u16;
            for name in [&g.title, &g.full_title].into_iter().chain(g.aliases.iter().map(|(a, _)| a)) {
                self.name(Term::Guideline(n), name, false);
            }
            for (name, _) in &g.shared_aliases {
                self.name(Term::SharedGuideline(n), name, false);
            }
            for part in g.body_parts.iter().chain(&g.tolerated_body_parts) {
                self.resolve("body part", part, &parts);
            }
            let mut sections = Vec::new();
            for (s, section) in g.sections.iter().enumerate() {
                let term = Term::Section { guideline: n, section: s as u16 };
                for name in std::iter::once(&section.title).chain(section.aliases.iter().map(|(a, _)| a)) {
                    self.name(term, name, false);
                }
                let topics = self.resolve_all("treatment", &section.treatments, &treatments);
                self.resolve_all("body part", &section.body_parts, &parts);
                if let (Some((first, last)), Some((from, to))) = (section.pages, g.pages)
                    && (first < from || last > to)
                {
                    let message = format!("the section's pages lie outside of the guideline's pages {from}-{to}");
                    self.report(section.head.place, "pages-outside", message, None);
                }
                sections.push(lexicon::Section {
                    id: section.id.clone(),
                    title: section.title.clone(),
                    topics,
                    chapter: section.chapter,
                    body_parts: texts(&section.body_parts).into_iter().filter(|p| p != "any").collect(),
                    pages: section.pages,
                    confidence: section.confidence.unwrap_or(Confidence::Medium),
                });
            }
            out.guidelines.push(lexicon::Guideline {
                id: g.id.clone(),
                title: g.title.clone(),
                full_title: if g.full_title.is_empty() { g.title.clone() } else { g.full_title.clone() },
                mtus: g.mtus,
                regulation: g.regulation.clone(),
                from: g.from,
                until: g.until,
                dates_confidence: g.dates_confidence.unwrap_or(Confidence::Medium),
                chapter: g.chapter,
                pages: g.pages,
                body_parts: texts(&g.body_parts).into_iter().filter(|p| p != "any").collect(),
                tolerated_body_parts: texts(&g.tolerated_body_parts),
                sections: sections.into_iter().collect(),
            });
        }
        let ids: Vec<&str> = raw.guidelines.iter().map(|g| g.id.as_str()).collect();
        for (n, family) in raw.families.iter().enumerate() {
            for (name, _) in &family.names {
                self.name(Term::Family(n as u16), name, false);
            }
            for member in &family.members {
                self.resolve("guideline", member, &ids);
            }
            out.families.push(lexicon::GuidelineFamily { id: family.id.clone(), members: texts(&family.members) });
        }
        let missing: Vec<&str> =
            Cue::ALL.iter().filter(|(_, c)| !raw.cues.iter().any(|e| e.cue == Some(*c))).map(|(id, _)| *id).collect();
        if !missing.is_empty() && !raw.cues.is_empty() {
            let last = raw.cues.last().map_or(Place::default(), |c| c.head.place);
            self.report(last, "missing-cue", format!("no phrases are given for the cues {}", missing.join(", ")), None);
        }
    }
}

/// Whether `to` is reached from `from` over parents.
fn leads_to(treatments: &[super::entries::Treatment], ids: &[&str], from: usize, to: usize) -> bool {
    let mut open = vec![from];
    let mut seen = vec![false; treatments.len()];
    while let Some(n) = open.pop() {
        if n == to {
            return true;
        }
        if !std::mem::replace(&mut seen[n], true) {
            open.extend(treatments[n].parents.iter().filter_map(|(id, _)| ids.iter().position(|k| k == id)));
        }
    }
    false
}

fn texts(placed: &[Placed]) -> Vec<String> {
    placed.iter().map(|(t, _)| t.clone()).collect()
}
