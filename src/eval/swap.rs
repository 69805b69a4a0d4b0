//! Something else in place of what a letter names: another drug, treatment, part of the body.

use super::scene::Scene;
use crate::diagnostic::Confidence;
use crate::letter::Request;
use crate::lexicon::{Term, TreatmentKind};

/// Names as short as this are abbreviations, or words with another meaning.
const SHORT: usize = 5;

impl Scene<'_> {
    /// The name of a drug that is of none of the classes that the letter names and serves another purpose than the request.
    pub fn other_drug(&mut self, request: &Request) -> Option<String> {
        let lexicon = self.lexicon();
        let serves = |t: u16| request.treatments.iter().any(|(a, _)| lexicon.on_topic(t, *a));
        let names: Vec<&String> = lexicon
            .drugs
            .iter()
            .filter(|d| d.confidence == Confidence::High && !d.strengths.is_empty() && !d.treatments.is_empty())
            .filter(|d| !d.treatments.iter().any(|t| serves(*t) || self.names_treatment(*t)))
            .filter_map(|d| d.brands.first())
            .filter(|b| b.len() >= SHORT && b.bytes().all(|c| c.is_ascii_alphabetic()))
            .collect();
        self.dice.pick(&names).map(|n| (*n).clone())
    }

    /// The name of a treatment that is no drug and serves another purpose than all that the letter names.
    pub fn other_treatment(&mut self, request: &Request) -> Option<String> {
        let lexicon = self.lexicon();
        let kinds = [TreatmentKind::TherapyVisits, TreatmentKind::Imaging, TreatmentKind::Test, TreatmentKind::Device];
        let names: Vec<&String> = lexicon
            .treatments
            .iter()
            .enumerate()
            .filter(|(_, t)| kinds.contains(&t.kind) && !t.class_word && t.body_part.is_none())
            .filter(|(_, t)| t.name.len() >= SHORT && !t.perioperative)
            .filter(|(n, _)| !self.names_treatment(*n as u16))
            .filter(|(n, t)| {
                let mut asked = request.treatments.iter().map(|(t, _)| *t);
                let kind = |t: u16| lexicon.treatments[t as usize].kind;
                asked.all(|a| kind(a) != t.kind && !lexicon.on_topic(*n as u16, a))
            })
            .map(|(_, t)| &t.name)
            .collect();
        self.dice.pick(&names).map(|n| (*n).clone())
    }

    /// The name of a part of the body in another region than those that the request names.
    pub fn other_body_part(&mut self, request: &Request) -> Option<String> {
        let lexicon = self.lexicon();
        let region = |n: u16| {
            let part = &lexicon.body_parts[n as usize];
            part.region.clone().unwrap_or_else(|| part.id.clone())
        };
        let asked: Vec<String> = request.body_parts.iter().map(|(n, _)| region(*n)).collect();
        // a name that the lexicon reads as exactly one part
        let named: Vec<String> = (0..lexicon.body_parts.len() as u16)
            .filter(|n| !lexicon.body_parts[*n as usize].vague && !asked.contains(&region(*n)))
            .filter(|n| !lexicon.body_parts[*n as usize].mtus_chapters.is_empty())
            // "lower extremity" may hold what "lumbar" is named for
            .filter(|n| {
                !lexicon.body_parts.iter().any(|p| p.region.as_ref() == Some(&lexicon.body_parts[*n as usize].id))
            })
            .filter_map(|n| {
                let name = lexicon.body_parts[n as usize].id.replace('-', " ");
                let mut words = crate::lexicon::words(&name);
                let hits = lexicon.matcher.scan(&name, &mut words);
                let parts = hits.iter().filter(|h| lexicon.terms[h.term as usize] == Term::BodyPart(n));
                parts.clone().any(|h| h.first == 0 && h.end as usize == words.len()).then_some(name)
            })
            .collect();
        self.dice.pick(&named).cloned()
    }
}
