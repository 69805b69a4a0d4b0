//! The entries of lexicon files as they are written, merged over layers.

use super::{Place, placed};
use crate::diagnostic::{Confidence, Problem};
use crate::lexicon::{Cue, SilenceClaim, Small, Subject, ToldAs, TreatmentKind};
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
        body_part: Option<Placed>, class_word: bool, perioperative: bool,
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
        title: String, told_as: ToldAs, grade: Option<u32>, varies: bool, own_place: bool, names: Vec<Placed>, shown: Vec<Placed>,
        clear: Vec<Placed>,
    }
    /// A phrase list.
    List { phrases: Vec<Placed>, one_is_enough: bool, body_parts: Vec<Placed>, }
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
        unless: Vec<Placed>, by_request: bool, body_parts: Vec<Placed>, values: Vec<Quantity>,
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
}

const CONFIDENCE: [(&str, Confidence); 3] =
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
            at.texts(&mut x.names, f.optional("names"));
            at.texts(&mut x.shown, f.optional("shown"));
            at.texts(&mut x.clear, f.optional("clear"));
        });
        at.all(&mut self.lists, f.optional("lists"), "a list", "id", |x, f, at| {
            f.optional("about").text();
            x.one_is_enough |= f.optional("one-is-enough").boolean().unwrap_or(false);
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
    file: usize,
    layer: u32,
}

impl At {
    /// Reads all entries of a list.
    fn all<'a, T: Entry + Identified>(
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
    fn entry<'a, T: Entry + Identified>(
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

    fn texts(self, into: &mut Vec<Placed>, item: Item<'_>) {
        into.extend(
            item.list_or_one().into_iter().filter_map(|i| placed(i, self.file)).map(|(t, p)| (t.to_string(), p)),
        );
    }

    fn text(self, into: &mut Option<Placed>, item: Item<'_>) {
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
    WordSet
);

fn set(into: &mut String, text: Option<&str>) {
    if let Some(text) = text {
        *into = text.to_string();
    }
}

fn replace<T>(into: &mut Option<T>, value: Option<T>) {
    if value.is_some() {
        *into = value;
    }
}

fn guideline<'a>(x: &mut Guideline, f: &mut Fields<'a>, at: At) {
    set(&mut x.title, f.required("title").text());
    set(&mut x.full_title, f.optional("full-title").text());
    if let Some(mtus) = f.required("authority").choice(&[("mtus", true), ("non-mtus", false)]) {
        x.mtus = mtus;
    }
    replace(&mut x.regulation, f.optional("regulation").text().map(str::to_string));
    if let Some(mut days) = f.optional("in-force").fields("the days in force") {
        replace(&mut x.from, days.optional("from").parse_with("a date", Date::parse));
        replace(&mut x.until, days.optional("until").parse_with("a date", Date::parse));
        replace(&mut x.dates_confidence, days.optional("confidence").choice(&CONFIDENCE));
        if let (Some(from), Some(until)) = (x.from, x.until)
            && until < from
        {
            days.optional("until").report("dates-backwards", "the last day in force lies before the first", None);
        }
        days.finish();
    }
    replace(&mut x.chapter, f.optional("chapter").integer(1..=99));
    replace(&mut x.pages, f.optional("pages").parse_with("a page or a range of pages", pages));
    at.texts(&mut x.aliases, f.optional("aliases"));
    at.texts(&mut x.shared_aliases, f.optional("shared-aliases"));
    at.texts(&mut x.body_parts, f.optional("body-parts"));
    at.texts(&mut x.tolerated_body_parts, f.optional("tolerated-body-parts"));
    f.optional("excluded-body-parts").list();
    f.optional("scope").text();
    f.optional("note").text();
    at.all(&mut x.sections, f.optional("sections"), "a section", "id", |s: &mut Section, f, at| {
        set(&mut s.title, f.required("title").text_or_empty());
        at.texts(&mut s.aliases, f.optional("aliases"));
        at.texts(&mut s.treatments, f.optional("treatments"));
        at.texts(&mut s.body_parts, f.optional("body-parts"));
        replace(&mut s.chapter, f.optional("chapter").integer(1..=99));
        replace(&mut s.pages, f.optional("pages").parse_with("a page or a range of pages", pages));
        replace(&mut s.confidence, f.optional("confidence").choice(&CONFIDENCE));
    });
}

fn treatment<'a>(x: &mut Treatment, f: &mut Fields<'a>, at: At) {
    replace(&mut x.kind, f.optional("kind").choice(&TreatmentKind::ALL));
    at.texts(&mut x.parents, f.optional("parents"));
    at.texts(&mut x.names, f.optional("names"));
    at.texts(&mut x.drug_classes, f.optional("drug-classes"));
    at.text(&mut x.body_part, f.optional("body-part"));
    x.class_word |= f.optional("class-word").boolean().unwrap_or(false);
    x.perioperative |= f.optional("perioperative").boolean().unwrap_or(false);
}

fn drug<'a>(x: &mut Drug, f: &mut Fields<'a>, at: At) {
    at.texts(&mut x.names, f.optional("names"));
    at.texts(&mut x.brands, f.optional("brands"));
    at.texts(&mut x.classes, f.optional("classes"));
    at.texts(&mut x.strengths, f.optional("strengths"));
    at.texts(&mut x.forms, f.optional("forms"));
    f.optional("schedule").text_or_number();
    f.optional("section-2009").text();
    replace(&mut x.confidence, f.optional("confidence").choice(&CONFIDENCE));
}

fn silence<'a>(x: &mut Silence, f: &mut Fields<'a>, at: At) {
    at.texts(&mut x.treatments, f.required("treatments"));
    at.texts(&mut x.body_parts, f.optional("body-parts"));
    for item in f.optional("addressed-by").list() {
        let Some(mut section) = item.fields("a section") else { continue };
        let (guideline, id) = (section.required("guideline"), section.required("section"));
        if let (Some((g, at_g)), Some((s, at_s))) = (placed(guideline, at.file), placed(id, at.file)) {
            x.addressed_by.push(((g.to_string(), at_g), (s.to_string(), at_s)));
        }
        section.finish();
    }
    replace(&mut x.from, f.optional("from").parse_with("a date", Date::parse));
    let claims = [
        ("wrong", SilenceClaim::Wrong),
        ("hedged", SilenceClaim::Hedged),
        ("right", SilenceClaim::Sound),
        ("doubtful", SilenceClaim::Sound),
    ];
    x.claim = f.required("claim").choice(&claims).unwrap_or_default();
    f.optional("confidence").choice(&CONFIDENCE);
    f.optional("note").text();
}

fn limit<'a>(x: &mut Limit, f: &mut Fields<'a>, at: At) {
    set(&mut x.title, f.required("title").text());
    at.texts(&mut x.guidelines, f.required("guidelines"));
    at.texts(&mut x.treatments, f.required("treatments"));
    x.by_request |= f.optional("by-request").boolean().unwrap_or(false);
    at.text(&mut x.about, f.optional("about"));
    at.text(&mut x.beside, f.optional("beside"));
    at.texts(&mut x.unless, f.optional("unless"));
    at.texts(&mut x.body_parts, f.optional("body-parts"));
    let values = f.required("values").list_or_one();
    x.values.extend(values.into_iter().filter_map(|v| v.parse_with("an amount", Quantity::parse)));
    f.optional("confidence").choice(&CONFIDENCE);
    f.optional("note").text();
}

fn subsection<'a>(x: &mut Subsection, f: &mut Fields<'a>, at: At) {
    set(&mut x.section, f.required("section").text_or_number());
    at.text(&mut x.about, f.required("about"));
    for item in f.required("held").list() {
        let Some(mut held) = item.fields("a letter and its first day") else { continue };
        let letter = held.required("letter").text().and_then(|t| t.chars().next());
        let from = held.required("from").parse_with("a date", Date::parse);
        x.held.extend(from.zip(letter));
        held.finish();
    }
    f.optional("note").text();
}

/// "46" or "74-96".
///
/// # Errors
/// A sentence that says what is wrong.
pub fn pages(text: &str) -> Result<(u32, u32), String> {
    let number = |s: &str| s.trim().parse::<u32>().map_err(|_| "write a number, or two with a hyphen".to_string());
    let (first, last) = match text.split_once('-') {
        Some((first, last)) => (number(first)?, number(last)?),
        None => (number(text)?, number(text)?),
    };
    if first > last { Err("the range runs backwards".to_string()) } else { Ok((first, last)) }
}

fn position<'a>(x: &mut Position, f: &mut Fields<'a>, at: At) {
    set(&mut x.title, f.required("title").text());
    at.texts(&mut x.guidelines, f.required("guidelines"));
    at.texts(&mut x.treatments, f.required("treatments"));
    x.by_request |= f.optional("by-request").boolean().unwrap_or(false);
    at.texts(&mut x.body_parts, f.optional("body-parts"));
    replace(&mut x.recommended, f.optional("recommended").boolean());
    at.text(&mut x.about, f.optional("about"));
    at.text(&mut x.beside, f.optional("beside"));
    at.texts(&mut x.unless, f.optional("unless"));
    at.text(&mut x.contrary, f.optional("contrary"));
    f.optional("note").text();
}
