//! What guidelines say, as far as checks need it: purposes, silences, limits, positions and subsections, with ids as numbers.

use super::entries::Raw;
use super::link::Linker;
use crate::lexicon::{self, Lexicon};

impl Linker<'_> {
    /// Links everything that is known of guidelines beyond their sections.
    pub(super) fn knowledge(&mut self, raw: &Raw, out: &mut Lexicon) {
        let treatments: Vec<&str> = raw.treatments.iter().map(|t| t.id.as_str()).collect();
        let parts: Vec<&str> = raw.body_parts.iter().map(|b| b.id.as_str()).collect();
        let guidelines: Vec<&str> = raw.guidelines.iter().map(|g| g.id.as_str()).collect();
        let lists: Vec<&str> = raw.lists.iter().map(|l| l.id.as_str()).collect();
        for purpose in &raw.purposes {
            out.purposes.push(self.resolve_all("treatment", &purpose.treatments, &treatments));
        }
        for silence in &raw.silences {
            let mut addressed_by = Vec::new();
            for (guideline, section) in &silence.addressed_by {
                let Some(g) = self.resolve("guideline", guideline, &guidelines) else { continue };
                let sections: Vec<&str> = raw.guidelines[g as usize].sections.iter().map(|s| s.id.as_str()).collect();
                addressed_by.extend(self.resolve("section", section, &sections).map(|s| (g, s)));
            }
            out.silences.push(lexicon::Silence {
                treatments: self.resolve_all("treatment", &silence.treatments, &treatments),
                body_parts: self.resolve_all("body part", &silence.body_parts, &parts),
                addressed_by,
                from: silence.from,
                claim: silence.claim,
            });
        }
        for limit in &raw.limits {
            out.limits.push(lexicon::Limit {
                id: limit.id.clone(),
                title: limit.title.clone(),
                guidelines: self.resolve_all("guideline", &limit.guidelines, &guidelines),
                treatments: self.resolve_all("treatment", &limit.treatments, &treatments),
                by_request: limit.by_request,
                about: limit.about.as_ref().and_then(|l| self.resolve("list", l, &lists)),
                beside: limit.beside.as_ref().and_then(|l| self.resolve("list", l, &lists)),
                tied: limit.tied.as_ref().and_then(|l| self.resolve("list", l, &lists)),
                unless: self.resolve_all("list", &limit.unless, &lists),
                body_parts: self.resolve_all("body part", &limit.body_parts, &parts),
                values: limit.values.clone(),
            });
        }
        for position in &raw.positions {
            let mut list = |id: &Option<_>| id.as_ref().and_then(|l| self.resolve("list", l, &lists));
            let (about, beside, contrary) = (list(&position.about), list(&position.beside), list(&position.contrary));
            out.positions.push(lexicon::Position {
                title: position.title.clone(),
                guidelines: self.resolve_all("guideline", &position.guidelines, &guidelines),
                treatments: self.resolve_all("treatment", &position.treatments, &treatments),
                by_request: position.by_request,
                body_parts: self.resolve_all("body part", &position.body_parts, &parts),
                recommended: position.recommended,
                about,
                beside,
                unless: self.resolve_all("list", &position.unless, &lists),
                contrary,
            });
        }
        for subsection in &raw.subsections {
            let about = subsection.about.as_ref().and_then(|l| self.resolve("list", l, &lists));
            let Some(about) = about else { continue };
            let (section, held) = (subsection.section.clone(), subsection.held.clone());
            out.subsections.push(lexicon::Subsection { section, about, held });
        }
    }
}
