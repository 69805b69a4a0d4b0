//! A letter's form: sections, decisions and their parts, with places. No meaning beyond what the page shows.

mod amount;
mod candidate;
mod citation;
mod edition;
mod grammar;
mod header;
mod heading;
mod outline;
mod parse;
mod reading;
mod request;
mod sentence;

pub use amount::{Amount, Frequency, Level, Value, month_number, plain_unit};
pub use candidate::amounts;
pub use citation::{Citation, CitedPages, CitedSection, GuidelineLine, guideline_line, page_places};
pub use grammar::{Token, TokenKind};
pub use header::{Dated, Header, header};
pub use outline::{DECISIONS, OutcomeWord, Outline, PROBLEMS, outline, trim};
pub use parse::{Decision, Field, Format, Letter, PART_BYTES, parse, parse_asked};
pub use reading::{Lists, Reading, SENTENCE_WORDS, Sentence};
pub use request::{
    Counted, Item, ItemKind, Partial, Request, Side, Strength, multiplied, one_side, request, sides, visits,
};
