//! The kinds of defects that are planted, each with the checks that belong to it.

use super::scene::Scene;
use super::{amount, case, citation, criterion, form, item, outcome, place, prose};

/// A kind of defect.
pub struct Kind {
    /// Kebab-case id.
    pub id: &'static str,
    /// Checks of the catalogue whose findings catch it.
    pub checks: &'static [&'static str],
    /// Plants it wherever a letter has a place for it.
    pub(super) plant: fn(&mut Scene<'_>),
}

/// The number of a kind.
pub fn kind(id: &str) -> Option<usize> {
    KINDS.iter().position(|k| k.id == id)
}

macro_rules! kinds {
    ($($id:literal by $planter:path: $($check:literal)+;)*) => {
        /// All kinds, in the order of the catalogue's areas.
        pub const KINDS: &[Kind] = &[$(Kind { id: $id, checks: &[$($check),+], plant: $planter },)*];
    };
}

kinds! {
    "outcome-flipped" by outcome::outcome_flipped: "outcome-contradicts-conclusion" "dependent-item-inconsistent" "decisions-conflict";
    "conclusion-flipped" by outcome::conclusion_flipped: "outcome-contradicts-conclusion" "conclusion-contradicts-itself";
    "conclusion-added" by outcome::conclusion_added: "conclusion-contradicts-itself" "outcome-contradicts-conclusion";
    "conclusion-removed" by outcome::conclusion_removed: "conclusion-missing";
    "main-item-overturned" by outcome::main_overturned: "dependent-item-inconsistent";
    "main-item-removed" by outcome::main_removed: "dependent-item-inconsistent";

    "page-unlisted" by citation::page_unlisted: "citation-page-unlisted" "citation-page-off-topic" "citation-section-page-mismatch";
    "page-outside" by citation::page_outside: "citation-page-invalid" "citation-chapter-mismatch";
    "page-backwards" by citation::page_backwards: "citation-page-invalid";
    "page-off-topic" by citation::page_off_topic: "citation-page-off-topic" "citation-section-page-mismatch" "citation-page-unlisted";
    "section-off-topic" by citation::section_off_topic: "citation-section-off-topic" "citation-section-page-mismatch";
    "chapter-elsewhere" by citation::chapter_elsewhere: "citation-section-off-topic" "citation-chapter-mismatch" "citation-unlisted-guideline" "citation-superseded";
    "chapter-number-changed" by citation::chapter_number: "citation-chapter-mismatch";
    "edition-superseded" by citation::superseded: "citation-superseded";
    "citation-removed" by citation::citation_removed: "citation-missing" "citation-unlisted-guideline" "citation-authority-mismatch";
    "citation-dropped" by citation::citation_dropped: "citation-unlisted-guideline" "citation-authority-mismatch" "citation-missing";
    "line-not-mtus" by citation::line_outside: "citation-authority-mismatch" "citation-unlisted-guideline";
    "silence-claimed" by prose::silence_claimed: "mtus-silence-wrong" "citation-authority-mismatch";
    "rationale-guideline-replaced" by prose::guideline_replaced: "citation-unlisted-guideline" "citation-authority-mismatch" "citation-guideline-unused" "mtus-silence-wrong";
    "guideline-number-changed" by prose::number_misquoted: "guideline-misquoted";
    "regulation-letter-changed" by prose::regulation_letter: "regulation-reference-stale";

    "approved-against-criterion" by criterion::approved_not_met: "criterion-approved-not-met";
    "approved-in-silence" by criterion::approved_undocumented: "criterion-approved-undocumented" "criterion-approved-not-met";
    "amount-beyond-limit" by criterion::amount_beyond_limit: "criterion-approved-not-met" "request-quantity-mismatch" "request-arithmetic" "fact-contradicts-summary";
    "application-removed" by prose::application_removed: "criterion-denied-unaddressed" "rationale-off-topic";

    "drug-swapped-in-heading" by item::drug_heading: "request-item-mismatch" "rationale-off-topic" "citation-section-off-topic" "citation-page-off-topic" "request-strength-unmarketed";
    "drug-swapped-in-conclusion" by item::drug_conclusion: "request-item-mismatch" "conclusion-missing";
    "drug-swapped-in-application" by item::drug_application: "request-item-mismatch" "rationale-off-topic" "fact-contradicts-summary";
    "drug-swapped-in-rationale" by item::drug_rationale: "request-item-mismatch" "rationale-off-topic";
    "treatment-swapped-in-heading" by item::treatment_heading: "request-item-mismatch" "rationale-off-topic" "citation-section-off-topic" "citation-page-off-topic";
    "treatment-swapped-in-conclusion" by item::treatment_conclusion: "request-item-mismatch" "conclusion-missing";
    "treatment-swapped-in-rationale" by item::treatment_rationale: "request-item-mismatch" "rationale-off-topic";
    "strength-changed-in-heading" by amount::strength_heading: "request-quantity-mismatch" "request-strength-unmarketed";
    "strength-changed-in-conclusion" by amount::strength_conclusion: "request-quantity-mismatch";
    "strength-unmarketed" by amount::strength_unmarketed: "request-strength-unmarketed" "request-quantity-mismatch";
    "quantity-changed-in-heading" by amount::quantity_heading: "request-quantity-mismatch" "request-arithmetic";
    "quantity-changed-in-conclusion" by amount::quantity_conclusion: "request-quantity-mismatch";
    "visits-changed-in-heading" by amount::visits_heading: "request-quantity-mismatch" "request-arithmetic";
    "visits-changed-in-conclusion" by amount::visits_conclusion: "request-quantity-mismatch";
    "side-swapped-in-heading" by place::side_heading: "request-side-mismatch";
    "side-swapped-in-conclusion" by place::side_conclusion: "request-side-mismatch";
    "level-changed-in-heading" by place::level_heading: "request-level-mismatch";
    "level-added-in-heading" by place::level_added: "request-level-mismatch" "criterion-approved-not-met";
    "body-part-swapped-in-heading" by place::body_part_heading: "request-level-mismatch" "citation-section-off-topic" "request-item-mismatch" "rationale-off-topic";
    "body-part-swapped-in-conclusion" by place::body_part_conclusion: "request-level-mismatch" "request-item-mismatch";
    "arithmetic-broken" by amount::arithmetic: "request-arithmetic" "request-quantity-mismatch";
    "drug-misspelled" by item::drug_misspelled: "drug-name-misspelled";
    "amounts-removed" by amount::amounts_removed: "request-incomplete" "request-quantity-mismatch";
    "rationale-copied" by item::rationale_copied: "rationale-duplicated" "request-item-mismatch" "rationale-off-topic";
    "item-unmentioned" by item::item_unmentioned: "request-not-in-summary";

    "sex-noun-changed" by case::sex_noun: "patient-sex-conflict";
    "sex-pronoun-changed" by case::sex_pronoun: "patient-sex-conflict";
    "age-changed" by case::age: "patient-age-conflict";
    "age-told" by case::age_told: "patient-age-conflict";
    "decision-before-denial" by case::decision_before_denial: "date-order-impossible";
    "injury-after-denial" by case::injury_after_denial: "date-order-impossible" "date-conflict";
    "request-after-denial" by case::request_after_denial: "date-order-impossible";
    "event-after-decision" by case::event_after_decision: "date-order-impossible";
    "visit-before-injury" by case::visit_before_injury: "date-order-impossible";
    "injury-date-changed" by case::injury_date: "date-conflict" "date-order-impossible";
    "denial-date-changed" by case::denial_date: "date-conflict" "date-order-impossible";
    "duration-beyond-injury" by case::duration_too_long: "duration-exceeds-injury" "fact-contradicts-summary" "criterion-approved-not-met";
    "length-told" by case::length_told: "duration-exceeds-injury" "fact-contradicts-summary" "criterion-approved-not-met";
    "visits-told-twice" by case::visits_told: "fact-contradicts-summary";
    "number-contradicts-summary" by case::number_contradicted: "fact-contradicts-summary" "criterion-denied-but-met" "criterion-approved-not-met";
    "statement-contradicts-summary" by criterion::statement_contradicted: "fact-contradicts-summary" "criterion-denied-but-met" "criterion-approved-not-met";
    "undocumented-but-shown" by criterion::undocumented_but_shown: "criterion-denied-but-met" "fact-contradicts-summary";

    "section-heading-removed" by form::section_removed: "section-missing";
    "summary-emptied" by form::summary_emptied: "section-missing";
    "outcome-removed" by form::outcome_removed: "decision-incomplete";
    "guideline-line-removed" by form::line_removed: "decision-incomplete";
    "administrator-line-removed" by form::administrator_removed: "decision-incomplete";
    "rationale-removed" by form::rationale_removed: "decision-incomplete";
    "rationale-emptied" by form::rationale_emptied: "decision-incomplete";
    "rationale-label-removed" by form::label_removed: "decision-incomplete";
    "decision-copied" by form::decision_copied: "decision-duplicated";
    "decision-copied-and-flipped" by form::decision_reversed: "decisions-conflict";
}
