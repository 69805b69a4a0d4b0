//! Defects of the person and the dates.

use super::Edit;
use super::scene::{Decided, Scene, edit, insert, renumbered};
use crate::fact::{DateFact, DateRole, How, PartFacts, SexTold, Used};
use crate::letter::{Dated, ItemKind};
use crate::measure::{Date, Unit};
use crate::rulebook::AmountFact;
use crate::source::Span;

fn sexes(scene: &Scene<'_>) -> Vec<SexTold> {
    let facts = scene.context.facts;
    let rationales = facts.rationales.iter().flat_map(|r| &r.patient.sexes);
    facts.summary.patient.sexes.iter().chain(rationales).copied().collect()
}

fn sex(scene: &mut Scene<'_>, how: How) {
    let all = sexes(scene);
    if all.len() < 2 || all.iter().any(|s| s.sex != all[0].sex) {
        return;
    }
    let fit: Vec<&SexTold> = all.iter().filter(|s| s.how == how && s.alone).collect();
    let Some(place) = scene.dice.pick(&fit).copied() else { return };
    let Some(text) = scene.words.contrary(scene.text(place.span)) else { return };
    let pair = all.iter().map(|s| s.span).collect();
    scene.plant(None, vec![edit(place.span, text)], pair);
}

/// One place calls the patient by the noun of the other sex.
pub fn sex_noun(scene: &mut Scene<'_>) {
    sex(scene, How::Noun);
}

/// One place has the pronoun of the other sex.
pub fn sex_pronoun(scene: &mut Scene<'_>) {
    sex(scene, How::Pronoun);
}

/// One place makes the patient seventeen years older.
pub fn age(scene: &mut Scene<'_>) {
    let facts = scene.context.facts;
    let rationales = facts.rationales.iter().flat_map(|r| &r.patient.ages);
    let all: Vec<(u32, Span)> = facts.summary.patient.ages.iter().chain(rationales).copied().collect();
    if all.len() < 2 {
        return;
    }
    let Some((years, span)) = scene.dice.pick(&all).copied() else { return };
    let text = scene.text(span).replacen(&years.to_string(), &(years + 17).to_string(), 1);
    scene.plant(None, vec![edit(span, text)], all.iter().map(|(_, s)| *s).collect());
}

fn dated(at: Dated, date: Date) -> Edit {
    edit(at.span, date.american())
}

/// The decision is dated before the denial.
pub fn decision_before_denial(scene: &mut Scene<'_>) {
    let header = scene.context.letter.header;
    if let (Some(decision), Some(denial)) = (header.decision, header.ur_denial) {
        scene.plant(None, vec![dated(decision, denial.date.plus_days(-25))], vec![denial.span]);
    }
}

/// The injury is dated after the denial.
pub fn injury_after_denial(scene: &mut Scene<'_>) {
    let dates = scene.context.dates;
    if let (Some(injury), Some(denial)) = (dates.injury, dates.denial) {
        scene.plant(None, vec![dated(injury, denial.date.plus_days(40))], vec![denial.span]);
    }
}

fn told<'a>(scene: &Scene<'a>, role: DateRole) -> Vec<&'a DateFact> {
    scene.context.facts.summary.dates.iter().filter(|d| d.role == role && !d.month_only).collect()
}

/// The request is dated after its own denial.
pub fn request_after_denial(scene: &mut Scene<'_>) {
    let Some(denial) = scene.context.dates.denial else { return };
    // of several requests one may have been made again
    if let [fact] = told(scene, DateRole::Request)[..] {
        scene.plant(None, vec![edit(fact.span, denial.date.plus_days(35).american())], vec![denial.span]);
    }
}

/// Something is dated after the decision.
pub fn event_after_decision(scene: &mut Scene<'_>) {
    let Some(decision) = scene.context.letter.header.decision else { return };
    let events: Vec<&DateFact> = told(scene, DateRole::Event).into_iter().chain(told(scene, DateRole::Visit)).collect();
    let Some(fact) = scene.dice.pick(&events).copied() else { return };
    scene.plant(None, vec![edit(fact.span, decision.date.plus_days(200).american())], vec![decision.span]);
}

/// A visit for the injury is dated before it.
pub fn visit_before_injury(scene: &mut Scene<'_>) {
    let Some(injury) = scene.context.dates.injury else { return };
    let visits = told(scene, DateRole::Visit);
    let Some(fact) = scene.dice.pick(&visits).copied() else { return };
    scene.plant(None, vec![edit(fact.span, injury.date.plus_days(-90).american())], vec![injury.span]);
}

fn header_against_summary(scene: &mut Scene<'_>, role: DateRole, at: Option<Dated>) {
    let Some(header) = at else { return };
    let same: Vec<&DateFact> = told(scene, role).into_iter().filter(|d| d.date == header.date).collect();
    if same.is_empty() {
        return;
    }
    let pair = same.iter().map(|d| d.span).collect();
    // earlier, so that nothing else is out of order
    scene.plant(None, vec![dated(header, header.date.plus_days(-11))], pair);
}

/// The header dates the injury otherwise than the summary.
pub fn injury_date(scene: &mut Scene<'_>) {
    header_against_summary(scene, DateRole::Injury, scene.context.letter.header.injury);
}

/// The header dates the denial otherwise than the summary.
pub fn denial_date(scene: &mut Scene<'_>) {
    header_against_summary(scene, DateRole::Denial, scene.context.letter.header.ur_denial);
}

/// A treatment is said to have been used for longer than the injury is old.
pub fn duration_too_long(scene: &mut Scene<'_>) {
    let dates = scene.context.dates;
    let (Some(injury), Some(decision)) = (dates.injury, dates.decision) else { return };
    let years = (decision.date.days_since(injury.date) / 365).max(0) + 4;
    for (decision, facts) in scene.decisions() {
        let long =
            |u: &&Used| u.fact == AmountFact::UseDuration && !matches!(u.quantity.unit, Unit::Days | Unit::Hours);
        let used = facts.used.iter().filter(|u| !is_age(facts, u)).find(long);
        if let Some(used) = used {
            scene.plant(Some(decision), vec![edit(used.span, format!("{years} years"))], vec![injury.span]);
        }
    }
}

/// A sentence at the head of a rationale says that its drug was used for longer than the injury is old.
pub fn length_told(scene: &mut Scene<'_>) {
    let dates = scene.context.dates;
    let (Some(injury), Some(decided)) = (dates.injury, dates.decision) else { return };
    let years = (decided.date.days_since(injury.date) / 365).max(0) + 4;
    for (decision, _) in scene.decisions() {
        let (Some(request), Some(rationale)) = (&decision.request, &decision.rationale) else { continue };
        let [item] = &request.items[..] else { continue };
        if item.drug.is_none() || request.treatments.is_empty() {
            continue;
        }
        let Some(words) = scene.dice.pick(&scene.words.lengths) else { continue };
        let words = scene.fill(words, decision).replace("{years}", &years.to_string());
        let edits = vec![insert(rationale.reading.passage.span.start, format!("{words} "))];
        scene.plant(Some(decision), edits, vec![injury.span]);
    }
}

/// A sentence at the head of a rationale gives the patient another age than the summary.
pub fn age_told(scene: &mut Scene<'_>) {
    let [(years, told)] = scene.context.facts.summary.patient.ages[..] else { return };
    let Some((decision, _)) = scene.decisions().into_iter().find(|(d, _)| d.rationale.is_some()) else { return };
    let (Some(rationale), Some(words)) = (&decision.rationale, scene.dice.pick(&scene.words.ages)) else { return };
    let other = if years < 60 { years + 13 } else { years - 13 };
    let words = words.replace("{age}", &other.to_string());
    let edits = vec![insert(rationale.reading.passage.span.start, format!("{words} "))];
    scene.plant(None, edits, vec![told]);
}

/// Summary and rationale count the visits of the therapy asked for otherwise, where neither counted them before.
pub fn visits_told(scene: &mut Scene<'_>) {
    let Some(summary) = &scene.context.letter.summary else { return };
    let counts = |facts: &PartFacts| facts.used.iter().any(|u| u.fact == AmountFact::CompletedVisits);
    if counts(&scene.context.facts.summary) {
        return;
    }
    for (decision, facts) in scene.decisions() {
        let (Some(request), Some(rationale)) = (&decision.request, &decision.rationale) else { continue };
        let [item] = &request.items[..] else { continue };
        if item.kind != ItemKind::Visits || request.treatments.len() != 1 || counts(facts) {
            continue;
        }
        let told = |scene: &mut Scene<'_>, number: &str| -> Option<String> {
            let words = scene.dice.pick(&scene.words.visits)?.clone();
            Some(scene.fill(&words, decision).replace("{number}", number))
        };
        let (Some(first), Some(second)) = (told(scene, "5"), told(scene, "17")) else { continue };
        let edits = vec![
            insert(summary.passage.span.end, format!(" {first}")),
            insert(rationale.reading.passage.span.start, format!("{second} ")),
        ];
        scene.plant(Some(decision), edits, Vec::new());
    }
}

/// Whether an amount is the patient's age, however it was read.
fn is_age(facts: &PartFacts, used: &Used) -> bool {
    facts.patient.ages.iter().any(|(_, span)| span.overlaps(used.span))
}

/// The same amount in a rationale and in the summary, by kind of amount.
fn shared<'a>(scene: &Scene<'a>, decided: Decided<'a>) -> Option<(&'a Used, &'a Used)> {
    decided.1.used.iter().filter(|u| !is_age(decided.1, u)).find_map(|said| {
        // the words of a date hold no number that could be three times as much
        let fits =
            |u: &&Used| u.fact == said.fact && u.quantity == said.quantity && !scene.text(said.span).contains('/');
        Some((said, scene.context.facts.summary.used.iter().find(fits)?))
    })
}

/// A number of the rationale is another than in the summary.
pub fn number_contradicted(scene: &mut Scene<'_>) {
    for decided in scene.decisions() {
        let Some((said, other)) = shared(scene, decided) else { continue };
        let q = said.quantity;
        let number = match q.unit {
            Unit::Percent if q.most < 50.0 => 90.0,
            Unit::Percent => 10.0,
            _ => q.most * 3.0,
        };
        let text = renumbered(scene.text(said.span), number);
        scene.plant(Some(decided.0), vec![edit(said.span, text)], vec![other.span]);
    }
}
