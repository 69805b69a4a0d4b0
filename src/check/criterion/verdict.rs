//! Verdicts with their evidence, and the truth tables over them.
//!
//! Five values: *not applicable* is dropped; `all` is not met if any is, else unclear if any, else not documented if
//! any, else met; `any` is met if any is, else unclear if any, else not documented if any, else not met; `not` swaps met
//! and not met and keeps the rest.

use crate::rulebook::{Place, VerdictWord};
use crate::source::Span;

/// Words that bear on a verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Where.
    pub span: Span,
    /// In which part of the letter.
    pub place: Place,
    /// The amount that was compared, for messages ("3 levels").
    pub amount: Option<String>,
    /// The limit it was compared with.
    pub limit: Option<String>,
    /// What it shows by itself.
    pub shows: VerdictWord,
}

/// A verdict and the words it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Which.
    pub word: VerdictWord,
    /// What it rests on; empty where the letter is silent.
    pub evidence: Vec<Evidence>,
}

impl Verdict {
    /// A verdict without evidence.
    pub fn bare(word: VerdictWord) -> Verdict {
        Verdict { word, evidence: Vec::new() }
    }

    /// Whether the letter says in words that something is not documented.
    pub fn is_stated(&self) -> bool {
        self.evidence.iter().any(|e| e.shows == VerdictWord::NotDocumented)
    }
}

/// All of these.
pub fn all(verdicts: Vec<Verdict>) -> Verdict {
    use VerdictWord::*;
    decide(verdicts, &[NotMet, Unclear, NotDocumented], Met)
}

/// Any of these.
pub fn any(verdicts: Vec<Verdict>) -> Verdict {
    use VerdictWord::*;
    // what is said against one of them is told too where nothing decides
    let against = verdicts.iter().filter(|v| v.word == NotMet).flat_map(|v| v.evidence.clone()).collect::<Vec<_>>();
    let mut verdict = decide(verdicts, &[Met, Unclear, NotDocumented], NotMet);
    if verdict.word == NotDocumented && verdict.evidence.is_empty() {
        verdict.evidence = against;
    }
    verdict
}

/// The reverse.
pub fn not(verdict: Verdict) -> Verdict {
    let word = match verdict.word {
        VerdictWord::Met => VerdictWord::NotMet,
        VerdictWord::NotMet => VerdictWord::Met,
        same @ (VerdictWord::NotDocumented | VerdictWord::NotApplicable | VerdictWord::Unclear) => same,
    };
    Verdict { word, evidence: verdict.evidence }
}

/// The first of `order` that occurs decides, with the evidence of those that have it; else `rest` with all evidence.
fn decide(mut verdicts: Vec<Verdict>, order: &[VerdictWord], rest: VerdictWord) -> Verdict {
    verdicts.retain(|v| v.word != VerdictWord::NotApplicable);
    if verdicts.is_empty() {
        return Verdict::bare(VerdictWord::NotApplicable);
    }
    let word = order.iter().copied().find(|w| verdicts.iter().any(|v| v.word == *w)).unwrap_or(rest);
    let evidence = verdicts.into_iter().filter(|v| v.word == word).flat_map(|v| v.evidence).collect();
    Verdict { word, evidence }
}

#[cfg(test)]
mod tests {
    use super::*;
    use VerdictWord::*;

    #[test]
    fn truth_tables() {
        let v = |words: &[VerdictWord]| words.iter().map(|w| Verdict::bare(*w)).collect::<Vec<_>>();
        for (words, of_all, of_any) in [
            (&[Met, Met][..], Met, Met),
            (&[Met, NotMet], NotMet, Met),
            (&[Met, NotDocumented], NotDocumented, Met),
            (&[NotMet, NotDocumented], NotMet, NotDocumented),
            (&[Unclear, NotDocumented], Unclear, Unclear),
            (&[Unclear, NotMet], NotMet, Unclear),
            (&[NotApplicable, Met], Met, Met),
            (&[NotApplicable, NotMet], NotMet, NotMet),
            (&[NotApplicable], NotApplicable, NotApplicable),
            (&[], NotApplicable, NotApplicable),
        ] {
            assert_eq!((all(v(words)).word, any(v(words)).word), (of_all, of_any), "{words:?}");
        }
        assert_eq!(not(Verdict::bare(Met)).word, NotMet);
        assert_eq!(not(Verdict::bare(NotDocumented)).word, NotDocumented);
    }
}
