//! A letter's form: sections, decisions and their parts, with places. No meaning beyond what the page shows.

mod amount;
mod by_cue;
mod candidate;
mod citation;
mod edition;
mod grammar;
mod header;
mod heading;
mod memo;
mod outline;
mod parse;
mod reading;
mod request;
mod sentence;
mod stretch;

pub use amount::{Amount, Frequency, Level, Value, month_number, plain_unit};
pub use candidate::amounts;
pub use citation::{Citation, CitedPages, CitedSection, GuidelineLine, guideline_line, page_places};
pub use grammar::{Token, TokenKind};
pub use header::{Dated, Header, header};
pub(crate) use memo::Memo;
pub use outline::{DECISIONS, OutcomeWord, Outline, PROBLEMS, outline, trim};
pub(crate) use parse::parse_asked;
pub use parse::{Decision, Field, Format, Letter, PART_BYTES, parse};
pub use reading::{Lists, Reading, SENTENCE_WORDS, Sentence};
pub use request::{
    Counted, Item, ItemKind, Partial, Request, Side, Strength, multiplied, one_side, request, sides, visits,
};
