//! The catalogue of checks: the closed list of what a finding can be. Ids never change.

use crate::diagnostic::Severity;

/// What a check looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One decision.
    Decision,
    /// The whole letter.
    Letter,
    /// Criteria, run by their engine.
    Criterion,
    /// Criteria, and one decision as a whole.
    Both,
}

impl Scope {
    /// Whether the rule of a criterion makes such findings.
    pub fn of_criteria(self) -> bool {
        matches!(self, Scope::Criterion | Scope::Both)
    }
}

/// A check of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckInfo {
    /// Its id, for ever.
    pub id: &'static str,
    /// Its area: outcome, citation, criterion, request, case, form.
    pub area: &'static str,
    /// Severity of its findings unless a rule says otherwise.
    pub severity: Severity,
    /// What it looks at.
    pub scope: Scope,
    /// Cases that have a wording of their own.
    pub cases: &'static [&'static str],
    /// Names of its labels; the first is the primary one.
    pub labels: &'static [&'static str],
    /// Holes that its wording may have.
    pub holes: &'static [&'static str],
}

/// The number of a check.
pub fn check_number(id: &str) -> Option<u16> {
    CATALOGUE.iter().position(|c| c.id == id).map(|n| n as u16)
}

macro_rules! catalogue {
    ($($area:literal { $($id:literal $severity:ident $scope:ident cases $cases:tt labels $labels:tt holes $holes:tt;)* })*) => {
        /// All checks in the order of the catalogue.
        pub const CATALOGUE: &[CheckInfo] = &[$($(CheckInfo {
            id: $id, area: $area, severity: Severity::$severity, scope: Scope::$scope,
            cases: &$cases, labels: &$labels, holes: &$holes,
        },)*)*];
    };
}

catalogue! {
    "outcome" {
        "outcome-contradicts-conclusion" Error Decision cases ["default"] labels ["conclusion", "outcome"] holes ["outcome", "conclusion", "meaning"];
        "conclusion-contradicts-itself" Error Decision cases ["default"] labels ["second", "first", "outcome"] holes ["first", "second"];
        "conclusion-missing" Warning Decision cases ["default"] labels ["rationale", "outcome"] holes ["request"];
        "dependent-item-inconsistent" Error Decision cases ["absent", "absent-approved", "overturned", "upheld", "said-denied", "said-approved"] labels ["ground", "outcome", "other"] holes ["item", "number", "other"];
    }
    "citation" {
        "citation-page-unlisted" Warning Decision cases ["default"] labels ["page", "listed"] holes ["page", "listed", "guideline"];
        "citation-page-invalid" Error Decision cases ["outside", "book", "backwards"] labels ["page", "guideline"] holes ["page", "guideline", "first", "last"];
        "citation-page-off-topic" Warning Decision cases ["default"] labels ["page", "request"] holes ["page", "treatment", "guideline", "topics"];
        "citation-section-off-topic" Warning Decision cases ["section", "body-part", "beside"] labels ["section", "request"] holes ["section", "treatment", "guideline", "body-part"];
        "citation-section-page-mismatch" Warning Decision cases ["default"] labels ["page", "section"] holes ["section", "page", "first", "last"];
        "citation-chapter-mismatch" Warning Decision cases ["title", "table", "page"] labels ["chapter", "other"] holes ["chapter", "title", "table", "page", "expected"];
        "citation-authority-mismatch" Error Decision cases ["outside", "silent"] labels ["rationale", "silent", "line"] holes ["guideline"];
        "citation-unlisted-guideline" Warning Decision cases ["default"] labels ["rationale", "line"] holes ["guideline"];
        "citation-guideline-unused" Info Decision cases ["default"] labels ["line"] holes ["guideline"];
        "mtus-silence-wrong" Warning Decision cases ["default", "same-decision", "other-decision"] labels ["claim", "evidence"] holes ["treatment", "section", "guideline", "number"];
        "citation-superseded" Warning Decision cases ["superseded", "not-yet"] labels ["citation", "date"] holes ["guideline", "day", "date", "event"];
        "citation-missing" Warning Decision cases ["default", "dependent"] labels ["line", "outcome"] holes ["request"];
        "guideline-misquoted" Error Decision cases ["default", "position", "otherwise"] labels ["quote", "other"] holes ["guideline", "said", "limit"];
        "regulation-reference-stale" Info Decision cases ["stale", "malformed"] labels ["reference"] holes ["reference", "expected", "date"];
    }
    "criterion" {
        "criterion-approved-not-met" Error Both cases ["lacking", "falls-short", "turned", "unsupported", "beyond", "weak"] labels ["evidence", "outcome"] holes ["criterion", "treatment", "amount", "limit"];
        "criterion-approved-undocumented" Warning Both cases ["default", "bare", "unapplied"] labels ["outcome", "request", "missing"] holes ["criterion", "treatment", "limit"];
        "criterion-denied-but-met" Warning Both cases ["record"] labels ["ground", "evidence", "outcome"] holes ["criterion", "treatment", "amount", "limit"];
        "criterion-denied-unaddressed" Info Decision cases ["default", "bare"] labels ["rationale", "outcome"] holes ["treatment", "criteria"];
    }
    "request" {
        "request-item-mismatch" Error Decision cases ["default", "stray"] labels ["other", "request"] holes ["item", "other"];
        "rationale-off-topic" Error Decision cases ["default"] labels ["rationale", "request"] holes ["item"];
        "request-quantity-mismatch" Error Decision cases ["strength", "quantity", "refills", "visits", "duration"] labels ["other", "request"] holes ["item", "said", "other"];
        "request-side-mismatch" Error Decision cases ["default", "remaining", "elsewhere"] labels ["other", "request"] holes ["said", "other"];
        "request-level-mismatch" Error Decision cases ["levels", "body-part", "rationale", "unknown"] labels ["other", "request"] holes ["said", "other"];
        "request-arithmetic" Error Decision cases ["parts", "course", "supply", "sum"] labels ["stated", "other"] holes ["stated", "expected", "original", "authorized", "remaining"];
        "request-strength-unmarketed" Warning Decision cases ["default", "unit"] labels ["strength"] holes ["drug", "strength", "marketed"];
        "drug-name-misspelled" Info Decision cases ["default"] labels ["name"] holes ["written", "drug"];
        "request-incomplete" Info Decision cases ["drug", "visits"] labels ["item"] holes ["item", "missing"];
        "rationale-duplicated" Info Letter cases ["default"] labels ["rationale", "first"] holes ["number"];
    }
    "case" {
        "patient-sex-conflict" Error Letter cases ["default"] labels ["second", "first"] holes ["first", "second", "first-words", "second-words"];
        "patient-age-conflict" Error Letter cases ["default"] labels ["second", "first"] holes ["first", "second"];
        "date-order-impossible" Error Letter cases ["default", "future", "visit", "record"] labels ["later", "earlier"] holes ["later", "earlier", "later-date", "earlier-date"];
        "date-conflict" Warning Letter cases ["injury", "denial", "rationale"] labels ["second", "first"] holes ["first", "second"];
        "duration-exceeds-injury" Warning Decision cases ["default"] labels ["duration", "injury"] holes ["duration", "elapsed"];
        "fact-contradicts-summary" Warning Decision cases ["statement", "number", "undocumented", "observation"] labels ["rationale", "summary"] holes ["fact", "said", "other"];
        "request-not-in-summary" Info Decision cases ["default"] labels ["request"] holes ["item"];
    }
    "form" {
        "section-missing" Error Letter cases ["default", "empty"] labels ["place"] holes ["section"];
        "decision-incomplete" Error Decision cases ["request", "outcome", "reviewer", "administrator", "rationale", "empty"] labels ["place"] holes ["part", "request"];
        "decision-duplicated" Warning Letter cases ["default"] labels ["second", "first"] holes ["item", "number"];
        "decisions-conflict" Error Letter cases ["default"] labels ["second", "first"] holes ["item", "number", "first", "second"];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_kebab_case() {
        for (n, check) in CATALOGUE.iter().enumerate() {
            assert_eq!(check_number(check.id), Some(n as u16), "{}", check.id);
            assert!(check.id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
            assert!(!check.cases.is_empty() && !check.labels.is_empty());
        }
    }
}
