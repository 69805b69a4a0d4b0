//! What follows from the vocabulary and is asked for again and again: ingredients of drugs, what a treatment falls under,
//! the long words of drug names. Made when first asked for, once a vocabulary.

use super::{Drug, Lexicon, Small, Stems, near, words};
use crate::archive::Made;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Names of drugs are compared with the words of a letter from this length on: shorter ones are too near to other words.
pub const SHORTEST_NAME: usize = 7;

/// The indexes of one vocabulary.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Index {
    ingredients: Made<Ingredients>,
    lineage: Made<Vec<Vec<u16>>>,
    members: Made<Vec<Vec<u16>>>,
    serving: Made<Vec<(u16, u16)>>,
    names: Made<Vec<DrugName>>,
    single: Made<Vec<SingleName>>,
    chapters: Made<Vec<(Vec<String>, u32)>>,
    no_ground: Made<Stems>,
    only_agrees: Made<Stems>,
}

/// Ingredients by number.
#[derive(Serialize, Deserialize)]
struct Ingredients {
    /// Those of each drug, in order.
    of: Vec<Vec<u32>>,
    /// The drugs that have each.
    drugs: Vec<Vec<u16>>,
}

/// A long word of a drug's name.
#[derive(Debug, Serialize, Deserialize)]
pub struct DrugName {
    /// The drug, by number.
    pub drug: u16,
    /// The word as the vocabulary writes it.
    #[serde(borrow)]
    pub word: Cow<'static, str>,
}

/// A drug's name of one word.
#[derive(Debug, Serialize, Deserialize)]
pub struct SingleName {
    /// The drug, by number.
    pub drug: u16,
    /// The name in lower case.
    #[serde(borrow)]
    pub name: Cow<'static, str>,
    /// Which letters it has, as [`near::letters`] tells.
    pub letters: u32,
}

impl Lexicon {
    /// Whether two drugs may be one: the ingredients of one are all in the other. Two combinations that only share
    /// acetaminophen are two drugs.
    pub fn same_drug(&self, a: u16, b: u16) -> bool {
        let of = &self.ingredients().of;
        let within = |some: u16, all: u16| of[some as usize].iter().all(|i| of[all as usize].contains(i));
        a == b || within(a, b) || within(b, a)
    }

    /// Whether two drugs have just the same ingredients, whatever their salt and release.
    pub fn same_ingredients(&self, a: u16, b: u16) -> bool {
        let of = &self.ingredients().of;
        a == b || of[a as usize] == of[b as usize]
    }

    /// The drugs that are a drug, or have an ingredient in common with it, in order.
    pub fn kin(&self, drug: u16) -> Vec<u16> {
        let known = self.ingredients();
        let mut all: Vec<u16> =
            known.of[drug as usize].iter().flat_map(|i| &known.drugs[*i as usize]).copied().collect();
        all.push(drug);
        all.sort_unstable();
        all.dedup();
        all
    }

    /// A treatment and all that it falls under, sorted.
    pub fn lineage(&self, treatment: u16) -> &[u16] {
        let all = self.index.lineage.get_or(|| {
            (0..self.treatments.len() as u16)
                .map(|t| {
                    let mut above = Vec::new();
                    self.climb(t, &mut above);
                    above.sort_unstable();
                    above
                })
                .collect()
        });
        &all[treatment as usize]
    }

    fn climb(&self, treatment: u16, into: &mut Vec<u16>) {
        if !into.contains(&treatment) {
            into.push(treatment);
            self.treatments[treatment as usize].parents.iter().for_each(|p| self.climb(*p, into));
        }
    }

    /// The purposes, by number, that a treatment serves: those of all that it falls under. In order.
    pub fn purposes_of(&self, treatment: u16) -> impl Iterator<Item = u16> + Clone {
        let all = self.index.serving.get_or(|| {
            let treatments = 0..self.treatments.len() as u16;
            let serves = |t: u16, group: &[u16]| self.lineage(t).iter().any(|above| group.contains(above));
            let groups = |t| self.purposes.iter().enumerate().filter(move |(_, g)| serves(t, g)).map(|(n, _)| n as u16);
            treatments.flat_map(|t| groups(t).map(move |n| (t, n))).collect()
        });
        let from = all.partition_point(|(t, _)| *t < treatment);
        all[from..].iter().take_while(move |(t, _)| *t == treatment).map(|(_, purpose)| *purpose)
    }

    /// The guidelines of a family, by number.
    pub fn members(&self, family: u16) -> &[u16] {
        let numbers = |ids: &[String]| ids.iter().filter_map(|id| self.guideline(id)).collect();
        &self.index.members.get_or(|| self.families.iter().map(|f| numbers(&f.members)).collect())[family as usize]
    }

    /// The long words of all drug names, in order of the drugs.
    pub fn drug_names(&self) -> &[DrugName] {
        self.index.names.get_or(|| {
            let mut all = Vec::new();
            for (drug, entry) in self.drugs.iter().enumerate() {
                let names = std::iter::once(&entry.generic).chain(&entry.brands);
                let words = names.flat_map(|name| name.split([' ', '-', '/'])).filter(|w| w.len() >= SHORTEST_NAME);
                all.extend(words.map(|word| DrugName { drug: drug as u16, word: Cow::Owned(word.to_string()) }));
            }
            all
        })
    }

    /// The names of drugs that are one word, in order of the drugs.
    pub fn single_names(&self) -> &[SingleName] {
        self.index.single.get_or(|| {
            let names = |(drug, entry): (usize, &Drug)| {
                let all =
                    std::iter::once(&entry.generic).chain(&entry.brands).filter(|name| !name.contains([' ', '-']));
                let single = |name: &String| SingleName {
                    drug: drug as u16,
                    name: Cow::Owned(name.to_lowercase()),
                    letters: near::letters(name),
                };
                all.map(single).collect::<Vec<_>>()
            };
            self.drugs.iter().enumerate().flat_map(names).collect()
        })
    }

    /// Words beside the name of a guideline by which it is no ground of the decision.
    pub fn no_ground(&self) -> &Stems {
        self.index.no_ground.get_or(|| self.stems(&[Small::NoGround, Small::OnlyAgrees]))
    }

    /// Those by which a guideline only agrees with another: "makes similar points".
    pub fn only_agrees(&self) -> &Stems {
        self.index.only_agrees.get_or(|| self.stems(&[Small::OnlyAgrees]))
    }

    fn stems(&self, sets: &[Small]) -> Stems {
        Stems::of(sets.iter().flat_map(|set| self.small.of(*set)))
    }

    /// All ACOEM chapters by the words of their titles: guidelines that are one, and sections that are called one by an
    /// alias.
    pub fn chapters(&self) -> &[(Vec<String>, u32)] {
        self.index.chapters.get_or(|| {
            let whole = self.guidelines.iter().filter_map(|g| Some((plain_title(&g.title), g.chapter?)));
            let sections = self.guidelines.iter().flat_map(|g| g.sections.iter());
            whole.chain(sections.filter_map(|s| Some((plain_title(&s.title), s.chapter?)))).collect()
        })
    }

    /// Works out all of it, to be kept in an archive.
    pub fn work_out(&self) {
        let _ = (self.ingredients(), self.drug_names(), self.single_names(), self.chapters());
        let _ = (self.no_ground(), self.only_agrees());
        if !self.treatments.is_empty() {
            let _ = (self.lineage(0), self.purposes_of(0));
        }
        if !self.families.is_empty() {
            self.members(0);
        }
    }

    fn ingredients(&self) -> &Ingredients {
        self.index.ingredients.get_or(|| {
            let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
            let mut known = Ingredients { of: Vec::with_capacity(self.drugs.len()), drugs: Vec::new() };
            for (drug, entry) in self.drugs.iter().enumerate() {
                let of = ingredients(&entry.generic).map(|name| {
                    let next = numbers.len() as u32;
                    let number = *numbers.entry(name).or_insert(next);
                    if number == next {
                        known.drugs.push(Vec::new());
                    }
                    known.drugs[number as usize].push(drug as u16);
                    number
                });
                let of = of.collect();
                known.of.push(of);
            }
            known
        })
    }
}

/// The ingredients of a generic name without salt and release: "oxycodone-acetaminophen", "morphine ER".
fn ingredients(generic: &str) -> impl Iterator<Item = &str> {
    generic.split(['-', '/', '+', ',']).filter_map(|part| part.split_whitespace().next())
}

/// The words of a title without its year and chapter number, in lower case.
fn plain_title(title: &str) -> Vec<String> {
    let bare = title.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let bare = match bare.to_ascii_lowercase().find("chapter ") {
        Some(at) => bare[at + 8..].trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | ' ')),
        None => bare,
    };
    words(bare).iter().map(|w| bare[w.start as usize..w.end as usize].to_lowercase()).collect()
}
