//! The entries of lexicon files as they are written, merged over layers.

use super::fields::{drug, guideline, limit, position, replace, set, silence, subsection, treatment};
use super::{Place, placed};
use crate::diagnostic::{Confidence, Problem};
use crate::lexicon::{Cue, Measured, SilenceClaim, Small, Subject, ToldAs, Tolerance, TreatmentKind};
use crate::measure::{Date, Quantity};
use crate::yaml::{Fields, Item};

/// A text and where it is written.
pub type Placed = (String, Place);

/// Everything read so far.
#[derive(Default)]
pub struct Raw {
    pub guidelines: Vec<Guideline>,
    pub families: Vec<Family>,
    pub treatments: Vec<Treatment>,
    pub body_parts: Vec<BodyPart>,
    pub drugs: Vec<Drug>,
    pub statements: Vec<Statement>,
    pub observations: Vec<Observation>,
    pub lists: Vec<List>,
    pub cues: Vec<CueEntry>,
    pub abbreviations: Vec<Placed>,
    pub words: Vec<WordSet>,
    pub tolerances: Vec<ToleranceEntry>,
    pub purposes: Vec<Purpose>,
    pub silences: Vec<Silence>,
    pub limits: Vec<Limit>,
    pub positions: Vec<Position>,
    pub subsections: Vec<Subsection>,
}

/// What every entry has.
pub trait Entry: Default {
    /// Where the entry begins; its layer tells a second entry in the same layer from an addition.
    fn head(&mut self) -> &mut Head;
}

/// Id and origin of an entry.
#[derive(Default)]
pub struct Head {
    pub place: Place,
    pub layer: u32,
}

macro_rules! entries {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty,)* })*) => {
        $($(#[$doc])* #[derive(Default)] pub struct $name { pub head: Head, pub id: String, $(pub $field: $type,)* }
        impl Entry for $name { fn head(&mut self) -> &mut Head { &mut self.head } })*
    };
}

entries! {
    /// One edition of a guideline.
    Guideline {
        title: String, full_title: String, mtus: bool, regulation: Option<String>, from: Option<Date>, until: Option<Date>,
        dates_confidence: Option<Confidence>, chapter: Option<u32>, pages: Option<(u32, u32)>, aliases: Vec<Placed>,
        shared_aliases: Vec<Placed>, body_parts: Vec<Placed>, tolerated_body_parts: Vec<Placed>, sections: Vec<Section>,
    }
    /// A section.
    Section {
        title: String, aliases: Vec<Placed>, treatments: Vec<Placed>, body_parts: Vec<Placed>, pages: Option<(u32, u32)>,
        chapter: Option<u32>, confidence: Option<Confidence>,
    }
    /// A family of guidelines.
    Family { names: Vec<Placed>, members: Vec<Placed>, }
    /// A treatment.
    Treatment {
        kind: Option<TreatmentKind>, parents: Vec<Placed>, names: Vec<Placed>, drug_classes: Vec<Placed>,
        body_part: Option<Placed>, class_word: bool, perioperative: bool, single: bool, self_care: bool,
        told_by: Vec<Placed>,
    }
    /// A body part.
    BodyPart { names: Vec<Placed>, region: Option<Placed>, vague: bool, mtus_chapters: Vec<Placed>, }
    /// A drug; its id is the generic name.
    Drug {
        names: Vec<Placed>, brands: Vec<Placed>, classes: Vec<Placed>, strengths: Vec<Placed>, forms: Vec<Placed>,
        confidence: Option<Confidence>,
    }
    /// A clinical statement.
    Statement {
        title: String, speaks_of: Subject, shown_by: Vec<Placed>, signs: Vec<Placed>, phrases: Vec<Placed>,
        opposite: Vec<Placed>,
    }
    /// What an examination or a study finds.
    Observation {
        title: String, told_as: ToldAs, grade: Option<u32>, varies: bool, own_place: bool, moves: bool, own_household: bool, names: Vec<Placed>, shown: Vec<Placed>,
        clear: Vec<Placed>,
    }
    /// A phrase list.
    List { phrases: Vec<Placed>, one_is_enough: bool, of_treatment: bool, of_part: bool, measured: Option<Measured>, body_parts: Vec<Placed>, }
    /// A group of treatments that serve the same purpose.
    Purpose { treatments: Vec<Placed>, }
    /// What the MTUS says or does not say on a treatment.
    Silence {
        treatments: Vec<Placed>, body_parts: Vec<Placed>, addressed_by: Vec<(Placed, Placed)>, from: Option<Date>,
        claim: SilenceClaim,
    }
    /// An amount that a guideline sets.
    Limit {
        title: String, guidelines: Vec<Placed>, treatments: Vec<Placed>, about: Option<Placed>, beside: Option<Placed>,
        tied: Option<Placed>, unless: Vec<Placed>, by_request: bool, body_parts: Vec<Placed>, values: Vec<Quantity>,
    }
    /// What a guideline holds of a treatment.
    Position {
        title: String, guidelines: Vec<Placed>, treatments: Vec<Placed>, by_request: bool, body_parts: Vec<Placed>,
        recommended: Option<bool>, about: Option<Placed>, beside: Option<Placed>, unless: Vec<Placed>,
        contrary: Option<Placed>,
    }
    /// A subsection of a regulation that moved; its id is what stands there.
    Subsection { section: String, about: Option<Placed>, held: Vec<(Date, char)>, }
    /// The phrases of a cue.
    CueEntry { cue: Option<Cue>, phrases: Vec<Placed>, }
    /// A set of small words.
    WordSet { set: Option<Small>, words: Vec<Placed>, }
    /// How far apart a measure may be told.
    ToleranceEntry { of: Option<Tolerance>, apart: f64, }
}

/// How sure a thing is, as files write it.
pub(super) const CONFIDENCE: [(&str, Confidence); 3] =
    [("low", Confidence::Low), ("medium", Confidence::Medium), ("high", Confidence::High)];

impl Raw {
    /// Reads the root of one file.
    pub fn read(&mut self, root: Item<'_>, file: usize, layer: u32) {
        let Some(mut f) = root.fields("a lexicon file") else { return };
        let at = At { file, layer };
        if let Some(fields) = f.optional("guideline").fields("a guideline") {
            at.entry(&mut self.guidelines, "id", fields, guideline);
        }
        at.all(&mut self.families, f.optional("families"), "a family", "id", |x, f, at| {
            at.texts(&mut x.names, f.optional("names"));
            at.texts(&mut x.members, f.optional("members"));
        });
        at.all(&mut self.treatments, f.optional("treatments"), "a treatment", "id", treatment);
        at.all(&mut self.body_parts, f.optional("body-parts"), "a body part", "id", |x, f, at| {
            at.texts(&mut x.names, f.optional("names"));
            at.texts(&mut x.mtus_chapters, f.optional("mtus-chapters"));
            f.optional("odg-chapters").list();
            at.text(&mut x.region, f.optional("region"));
            x.vague |= f.optional("vague").boolean().unwrap_or(false);
        });
        at.all(&mut self.drugs, f.optional("drugs"), "a drug", "generic", drug);
        at.all(&mut self.statements, f.optional("statements"), "a statement", "id", |x, f, at| {
            set(&mut x.title, f.optional("title").text());
            if let Some(of) = f.optional("speaks-of").choice(Subject::ALL) {
                x.speaks_of = of;
            }
            at.texts(&mut x.shown_by, f.optional("shown-by"));
            at.texts(&mut x.signs, f.optional("signs"));
            at.texts(&mut x.phrases, f.optional("phrases"));
            at.texts(&mut x.opposite, f.optional("opposite"));
        });
        at.all(&mut self.observations, f.optional("observations"), "an observation", "id", |x, f, at| {
            set(&mut x.title, f.optional("title").text());
            x.told_as = f.optional("told-as").choice(ToldAs::ALL).unwrap_or(x.told_as);
            replace(&mut x.grade, f.optional("grade").integer(1..=10));
            x.varies |= f.optional("varies").boolean().unwrap_or(false);
            x.own_place |= f.optional("own-place").boolean().unwrap_or(false);
            x.moves |= f.optional("moves").boolean().unwrap_or(false);
            x.own_household |= f.optional("household").boolean().unwrap_or(false);
            at.texts(&mut x.names, f.optional("names"));
            at.texts(&mut x.shown, f.optional("shown"));
            at.texts(&mut x.clear, f.optional("clear"));
        });
        at.all(&mut self.lists, f.optional("lists"), "a list", "id", |x, f, at| {
            f.optional("about").text();
            x.one_is_enough |= f.optional("one-is-enough").boolean().unwrap_or(false);
            x.of_part |= f.optional("of-part").boolean().unwrap_or(false);
            x.of_treatment |= f.optional("of-treatment").boolean().unwrap_or(false);
            replace(&mut x.measured, f.optional("measured").choice(Measured::ALL));
            at.texts(&mut x.body_parts, f.optional("body-parts"));
            at.texts(&mut x.phrases, f.optional("phrases"));
        });
        at.all(&mut self.cues, f.optional("cues"), "a cue", "id", |x, f, at| {
            x.cue = f.required("id").choice(Cue::ALL);
            f.optional("about").text();
            at.texts(&mut x.phrases, f.optional("phrases"));
        });
        at.texts(&mut self.abbreviations, f.optional("abbreviations"));
        at.all(&mut self.words, f.optional("words"), "a set of words", "id", |x, f, at| {
            x.set = f.required("id").choice(Small::ALL);
            f.optional("about").text();
            at.texts(&mut x.words, f.required("words"));
        });
        at.all(&mut self.tolerances, f.optional("tolerances"), "a tolerance", "id", |x, f, _| {
            x.of = f.required("id").choice(Tolerance::ALL);
            f.optional("about").text();
            x.apart = f.required("apart").number(0.0..=1000.0).unwrap_or(x.apart);
        });
        at.all(&mut self.purposes, f.optional("purposes"), "a purpose", "id", |x, f, at| {
            at.texts(&mut x.treatments, f.required("treatments"));
        });
        at.all(&mut self.silences, f.optional("silence"), "an entry on silence", "id", silence);
        at.all(&mut self.limits, f.optional("limits"), "a limit", "id", limit);
        at.all(&mut self.positions, f.optional("positions"), "a position", "id", position);
        at.all(&mut self.subsections, f.optional("subsections"), "a subsection", "id", subsection);
        f.finish();
    }
}

/// Where entries are being read from.
#[derive(Clone, Copy)]
pub struct At {
    pub(super) file: usize,
    layer: u32,
}

impl At {
    /// Reads all entries of a list.
    pub(super) fn all<'a, T: Entry + Identified>(
        self,
        known: &mut Vec<T>,
        item: Item<'a>,
        what: &'a str,
        key: &'a str,
        read: impl Fn(&mut T, &mut Fields<'a>, At),
    ) {
        for item in item.list() {
            if let Some(fields) = item.fields(what) {
                self.entry(known, key, fields, &read);
            }
        }
    }

    /// Reads one entry: a new one, or an addition to one of an earlier layer.
    pub(super) fn entry<'a, T: Entry + Identified>(
        self,
        known: &mut Vec<T>,
        key: &'a str,
        mut fields: Fields<'a>,
        read: impl Fn(&mut T, &mut Fields<'a>, At),
    ) {
        let item = fields.required(key);
        let Some((id, place)) = placed(item, self.file) else { return };
        let number = known.iter().position(|e| e.id().eq_ignore_ascii_case(id)).unwrap_or_else(|| {
            known.push(T::with_id(id));
            *known.last_mut().expect("just pushed").head() = Head { place, layer: self.layer };
            known.len() - 1
        });
        let entry = &mut known[number];
        let head = entry.head();
        if head.place != place && head.layer == self.layer {
            let first = head.place;
            let mut problem = Problem::error("duplicate-id", place.span, format!("`{id}` is there already"))
                .help("keep one entry, or write both under one id");
            if first.file == self.file {
                problem = problem.related(first.span, "first here");
            }
            fields.reader().report(problem);
        }
        read(entry, &mut fields, self);
        fields.finish();
    }

    pub(super) fn texts(self, into: &mut Vec<Placed>, item: Item<'_>) {
        into.extend(
            item.list_or_one().into_iter().filter_map(|i| placed(i, self.file)).map(|(t, p)| (t.to_string(), p)),
        );
    }

    pub(super) fn text(self, into: &mut Option<Placed>, item: Item<'_>) {
        if let Some((text, place)) = placed(item, self.file) {
            *into = Some((text.to_string(), place));
        }
    }
}

/// Entries that are told apart by an id.
pub trait Identified {
    fn id(&self) -> &str;
    fn with_id(id: &str) -> Self;
}

macro_rules! identified {
    ($($name:ident),*) => {
        $(impl Identified for $name {
            fn id(&self) -> &str { &self.id }
            fn with_id(id: &str) -> Self { $name { id: id.to_string(), ..$name::default() } }
        })*
    };
}
identified!(
    Guideline,
    Section,
    Family,
    Treatment,
    BodyPart,
    Drug,
    Statement,
    Observation,
    List,
    CueEntry,
    Purpose,
    Silence,
    Limit,
    Position,
    Subsection,
    WordSet,
    ToleranceEntry
);
