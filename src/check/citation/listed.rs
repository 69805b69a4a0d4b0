//! Guidelines of the rationale against those that the guideline line lists.

use super::named::{Named, editions, kin, may_rest, others_words, speaks_elsewhere};
use super::unsaid::is_silent;
use crate::check::memo::named;
use crate::check::outcome::dependent;
use crate::check::{Context, Finding};
use crate::fact::PartFacts;
use crate::letter::{Citation, Decision, GuidelineLine, Reading};
use crate::lexicon::{Cue, Term};

/// The guidelines that a line names in any way, by number; the name of the MTUS as a whole lists nothing.
fn listed(context: &Context<'_>, line: &GuidelineLine, reading: &Reading) -> Vec<u16> {
    let hits = reading.guidelines.iter().map(|n| &reading.hits[*n as usize]);
    let by_words = hits.filter_map(|h| editions(context.lexicon, context.term(h)));
    let named = by_words.filter(|(_, whole_mtus)| !whole_mtus).flat_map(|(all, _)| all);
    line.citations.iter().flat_map(|c| c.guidelines.iter().copied()).chain(named).collect()
}

/// The rationale rests on a guideline that the line does not list.
pub fn unlisted(context: &Context<'_>, decision: &Decision, _: &PartFacts) -> Vec<Finding> {
    let (Some(line), Some(rationale)) = (&decision.reviewer, &decision.rationale) else { return Vec::new() };
    let content = &line.content;
    // a line of free text may name anything
    let unknown = content.citations.iter().any(|c| c.guidelines.is_empty());
    if content.citations.is_empty() || unknown || dependent::ground(context, decision).is_some() {
        return Vec::new();
    }
    let listed = listed(context, content, &line.reading);
    let reading = &rationale.reading;
    let is_mtus = |n: &Named| n.guidelines.iter().all(|g| context.lexicon.guidelines[*g as usize].mtus);
    let all = named(context, reading);
    let known = |n: &Named| n.guidelines.iter().any(|g| listed.iter().any(|l| kin(context.lexicon, *g, *l)));
    let unlisted = |n: &&Named| {
        // what the MTUS is not said to hold is another check, and so is a line outside of it
        // ("ACOEM" alone may be a later edition, which such a line has to list)
        let part = |g: &u16| context.lexicon.guidelines[*g as usize].id.starts_with("acoem");
        let by_name = n.words.contains("MTUS") || !n.guidelines.iter().all(part);
        let other_check =
            is_mtus(n) && (is_silent(context, reading, n.sentence) || content.outside_mtus.is_some() && by_name);
        // a line that lists nothing of the MTUS leaves out the MTUS as a whole too
        let absent = n.whole_mtus
            && !content.citations.iter().any(|c| c.mtus)
            && content.outside_mtus.is_none()
            && !reading.sentences.iter().enumerate().any(|(s, _)| is_silent(context, reading, s));
        (!n.whole_mtus || absent) && !known(n) && !other_check
    };
    let plainly = |n: &&Named| n.rests && !others_words(context, reading, n) && !speaks_elsewhere(context, reading, n);
    let missing = all.iter().find(|n| plainly(n) && unlisted(n)).or_else(|| {
        // where no guideline of the line is named, nor guidelines without a name, it rests on the one that is
        let mut grounds = all.iter().filter(|n| may_rest(context, reading, n)).peekable();
        let first = grounds.peek().copied()?;
        (grounds.all(|n| unlisted(&n)) && !says_unnamed(context, reading)).then_some(first)
    });
    let Some(named) = missing else { return Vec::new() };
    let place = content.citations.first().map(|c| c.span);
    vec![
        Finding::new("default")
            .label("rationale", named.span)
            .label_if("line", place)
            .hole("guideline", named.words.trim_start_matches("the ").to_string()),
    ]
}

/// A guideline that the line lists is neither named nor, as far as names tell, used in the rationale.
pub fn unused(context: &Context<'_>, decision: &Decision, _: &PartFacts) -> Vec<Finding> {
    let (Some(line), Some(rationale)) = (&decision.reviewer, &decision.rationale) else { return Vec::new() };
    if dependent::ground(context, decision).is_some() {
        return Vec::new();
    }
    let reading = &rationale.reading;
    if says_unnamed(context, reading) {
        return Vec::new();
    }
    let named = named(context, reading);
    let uses = |citation: &Citation, n: &Named| {
        let same = |g: &u16| n.guidelines.iter().any(|m| kin(context.lexicon, *m, *g));
        n.whole_mtus && citation.mtus || citation.guidelines.iter().any(same)
    };
    let unused = line.content.citations.iter().filter(|c| {
        // words that rest on another guideline show that the rationale names what it uses
        let rests_elsewhere = named.iter().any(|n| {
            n.rests
                && !is_silent(context, reading, n.sentence)
                && !others_words(context, reading, n)
                && !speaks_elsewhere(context, reading, n)
                && !uses(c, n)
        });
        !c.guidelines.is_empty() && rests_elsewhere && !named.iter().any(|n| uses(c, n)) && !named_in_words(c, reading)
    });
    unused.map(|c| Finding::new("default").label("line", c.span).hole("guideline", c.name_text.as_str())).collect()
}

/// Whether some sentence lets guidelines speak without saying which: these may be any. Behind a sentence that names one,
/// "the guidelines also state" means that one.
fn says_unnamed(context: &Context<'_>, reading: &Reading) -> bool {
    let mut named = false;
    for s in reading.sentences.iter().filter(|s| !s.words.is_empty()) {
        let has = |is: &dyn Fn(Term) -> bool| reading.hits[s.hits.clone()].iter().any(|h| is(context.term(h)));
        named |= reading.guidelines.iter().any(|n| s.hits.contains(&(*n as usize)));
        // "other guidelines recommend"
        let other = reading.word(s.words.start).eq_ignore_ascii_case("other");
        if named && !other {
            continue;
        }
        let says = has(&|t| t == Term::Cue(Cue::GuidelineSays)) && !has(&|t| t == Term::Cue(Cue::ThisRequest));
        if says {
            return true;
        }
    }
    false
}

/// Whether the rationale holds the words of a section of the citation.
fn named_in_words(citation: &Citation, reading: &Reading) -> bool {
    let text = reading.text().to_lowercase();
    citation.sections.iter().any(|s| s.text.len() > 8 && text.contains(&s.text.to_lowercase()))
}
