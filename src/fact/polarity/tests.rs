//! A table of sentences with the words asked for between angle brackets.

use super::*;
use std::sync::OnceLock;

fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| crate::builtin::rulebook().lexicon)
}

/// Takes the brackets out of a sentence; where the words between them were.
fn unmark(marked: &str) -> (String, Range<usize>) {
    let (start, end) = (marked.find('<').unwrap(), marked.find('>').unwrap() - 1);
    (marked.replace(['<', '>'], ""), start..end)
}

fn found(marked: &str) -> Context {
    let (text, bytes) = unmark(marked);
    let reading = Reading::of(&text, Span::new(0, text.len()), lexicon());
    let first = reading.words.partition_point(|w| (w.end as usize) <= bytes.start);
    let end = reading.word_at(bytes.end);
    let context = context(&reading, lexicon(), first..end);
    assert_eq!(polarity_of(&text, bytes.start, bytes.end, lexicon()), context.polarity, "{marked}");
    context
}

fn all(polarity: Polarity, documentation: Documentation, sentences: &[&str]) {
    let wrong: Vec<_> = sentences
        .iter()
        .map(|s| (s, found(s)))
        .filter(|(_, c)| c.polarity != polarity || c.documentation != documentation)
        .collect();
    assert!(wrong.is_empty(), "not {polarity:?} and {documentation:?}: {wrong:#?}");
}

#[test]
fn the_that_of_a_cue_opens_its_clause() {
    all(
        Polarity::Negated,
        Documentation::Missing,
        &[
            "It is not documented that <radiculopathy> was found.",
            "There is nothing to suggest that <radiculopathy> is present.",
        ],
    );
}

#[test]
fn an_or_in_the_last_item_of_a_list() {
    all(
        Polarity::Negated,
        Documentation::Said,
        &[
            "He denied numbness, weakness, and <bowel or bladder symptoms>.",
            "She denies fever, weight loss and <bladder or bowel dysfunction>.",
        ],
    );
    all(Polarity::Affirmed, Documentation::Said, &["He denied numbness, but reports <bowel or bladder symptoms>."]);
}

#[test]
fn what_is_denied() {
    all(
        Polarity::Negated,
        Documentation::Said,
        &[
            "<CURES was> not checked before the visit.",
            "The <agreement> was not signed.",
            "There was no <fever>.",
            "There is no <functional improvement> with the drug.",
            "No fever, <chills>, or cough.",
            "No fever, chills, or <cough>.",
            "She denies <numbness> or tingling.",
            "She denies numbness, tingling or <weakness in the legs>.",
            "Negative for <fracture>.",
            "He was free of <spasm> on palpation.",
            "The absence of <instability> was noted.",
            "Findings are not consistent with <radiculopathy>.",
            "Lumbar flexion is full without <spasm> or guarding.",
            "The examiner failed to elicit <weakness> in the arm.",
            "The knee has neither <effusion> nor laxity.",
            "The knee has neither effusion nor <laxity>.",
            "She has no improvement in pain, no <swelling>.",
            "The scan did not show <fracture>.",
            "The provider reports that the scan did not show <fracture>.",
            "The patient is not at risk for <bleeding>.",
            "There were no red flags such as fever, <weight loss>, or trauma.",
            "The exam was negative for <instability> and positive for effusion.",
            "Positive Tinel, negative <Phalen>.",
            "There has been no <improvement in function>.",
            "There has been no functional <improvement>.",
            "He has never had <physical therapy>.",
            "He has not returned to <work>.",
            "She did not have any <numbness>.",
            "There is no concern for <infection>.",
            "Denies: <chest pain>, palpitations.",
            "REVIEW OF SYSTEMS: Neurologic - No <weakness>.",
            "His scan (which showed no <fracture>) was read twice.",
            "No <tenderness> was noted over the joint.",
            "No spasm, tenderness, or <guarding> was seen.",
            "Pain is present without <radicular symptoms>, and strength is full.",
        ],
    );
}

#[test]
fn what_is_denied_behind_the_words() {
    all(
        Polarity::Negated,
        Documentation::Said,
        &[
            "A <fracture> was ruled out.",
            "<Instability> is unlikely.",
            "<Fever>, chills and cough were denied.",
            "Fever, <chills> and cough were denied.",
            "<Radiculopathy> was not present.",
            "The <numbness> has resolved.",
            "<Red flags>: none.",
            "<Spurling test> negative bilaterally.",
            "<Numbness>: denied.",
            "<Physical therapy> was not attempted.",
        ],
    );
}

#[test]
fn a_denial_behind_reaches_no_clause_with_its_own_verb() {
    all(
        Polarity::Affirmed,
        Documentation::Said,
        &[
            "The <reflexes were brisk> and straight leg raise was negative.",
            "Sensation and strength were <normal> and Spurling's test was negative.",
            "The patient was <febrile> and chills were denied.",
            "There was <functional gain> and the report of the scan was not included.",
        ],
    );
}

#[test]
fn what_is_missing_from_the_records() {
    all(
        Polarity::Negated,
        Documentation::Missing,
        &[
            "There is no documentation of <functional improvement>.",
            "There is no clear evidence of <radiculopathy>.",
            "There was a lack of documentation of <objective gains>.",
            "The records do not mention <red flags>.",
            "The notes submitted do not show <functional improvement>.",
            "The provider failed to document <failed conservative treatment>.",
            "<Radiculopathy> was not documented.",
            "<Functional improvement> has not been clearly demonstrated.",
            "There is no documentation that he has <weakness>.",
            "There is no evidence the patient has <failed therapy>.",
            "There is no indication the applicant had tried or <failed therapy>.",
            "There are no <physical therapy> notes for review.",
            "There is no documentation of relief with the drug, and objective <functional improvement>.",
            "There is no mention of <spasm>, weakness, or red flags.",
            "There is no mention of spasm, weakness, or <red flags>.",
            "There is no documentation of suspected <instability>.",
            "He used it for months without documented <improvement>.",
            "It was not documented to have led to <improvement>.",
            "The records lack <functional improvement> documentation.",
            "No <red flags> documented.",
            "A <risk screening> and the report of the pharmacy were not sent.",
            "The <functional gains> and the amount of medication saved were not documented.",
        ],
    );
    all(Polarity::Doubtful, Documentation::Missing, &["It is unclear what <conservative treatment> was tried."]);
}

#[test]
fn what_is_said_to_be_so() {
    all(
        Polarity::Affirmed,
        Documentation::Said,
        &[
            "The patient has <numbness>.",
            "No fever, but <cough>.",
            "No fever, <cough> is present.",
            "She denies fever and reports <cough>.",
            "There is no numbness and he has <weakness>.",
            "No numbness; <weakness> of the arm.",
            "Not only <numbness> but weakness was found.",
            "There was no increase in <swelling>.",
            "There was no change in <numbness>.",
            "He walks without difficulty despite <pain>.",
            "She was not without <pain>.",
            "Pain failed to improve with <physical therapy>.",
            "Symptoms did not respond to <conservative treatment>.",
            "There was a lack of response to <physical therapy>.",
            "There is no documentation of the number of visits of <physical therapy>.",
            "There is no explanation for further <physical therapy>.",
            "The request for <physical therapy> was denied.",
            "The response to <physical therapy> was not documented.",
            "No complaints other than <headache>.",
            "No radicular pain was seen after the <surgery>.",
            "No weakness, because of <surgery> in May.",
            "No effusion, <tenderness> over the medial joint line and the patella.",
            "Spasm is absent; <tenderness> is present.",
            "IMPRESSION: No fracture. <Spasm>.",
            "1. No fracture 2. <Disc bulge> at one level.",
            "No, <pain> was the reason.",
            "Positive <Tinel>, negative Phalen.",
            "The exam was negative for instability and positive for <effusion>.",
            "The patient could not tolerate <ibuprofen>.",
            "<Spasm> has not resolved.",
            "No doubt he has <spasm>.",
            "Despite no relief with the drug, <pain> persists.",
            "No fever \u{2014} <cough> for a week.",
            "\u{2022} No spasm \u{2022} <Tenderness>",
            "Utilization review denied the request for <surgery>.",
            "<Pain> with no numbness noted.",
            "(No red flags) <spasm> on the left.",
            "He, with <numbness>, denied pain.",
            "<Low back pain>, weakness was not documented.",
            "No spasm and decreased <range of motion>.",
            "Neck supple, negative Spurling test, <tenderness> over the trapezius.",
            "There are no signs of infection, although <swelling> persists.",
        ],
    );
}

#[test]
fn what_is_doubtful() {
    all(
        Polarity::Doubtful,
        Documentation::Said,
        &[
            "Possible <radiculopathy>.",
            "An MRI to rule out <fracture>.",
            "Rule out <fracture>.",
            "He may have <weakness>.",
            "Therapy may be extended if <functional improvement> is documented.",
            "If there is no <improvement>, stop.",
            "Whether <instability> is present remains open.",
            "<Infection> cannot be excluded.",
            "<Infection> could not be ruled out.",
            "A <fracture> is possible.",
            "She is at risk for <gastrointestinal events>.",
            "It should be tapered unless there is <functional improvement>.",
            "<Functional improvement> should be documented.",
            "The differential includes likely <strain> or sprain.",
            "The differential includes likely strain or <sprain>.",
        ],
    );
}

#[test]
fn the_deciding_cue_is_told() {
    let (text, _) = unmark("There is no documentation of <spasm>.");
    let reading = Reading::of(&text, Span::new(0, text.len()), lexicon());
    let cue = found("There is no documentation of <spasm>.").cue.unwrap();
    assert_eq!(reading.slice(cue), "There is no documentation of");
    assert_eq!(found("He has <spasm>.").cue, None);
}

#[test]
fn places_out_of_the_ordinary_do_no_harm() {
    for (text, start, end) in [("", 0, 0), ("no", 0, 2), ("no  fever.", 4, 9), ("…", 0, 3), ("no fever", 90, 99)] {
        polarity_of(text, start, end, lexicon());
    }
    assert_eq!(polarity_of("no \n\n fever.", 6, 11, lexicon()), Polarity::Negated);
    let reading = Reading::of("No fever.", Span::new(0, 9), lexicon());
    assert_eq!(context(&reading, lexicon(), 7..9).polarity, Polarity::Affirmed);
}

#[test]
fn may_is_a_month_with_a_capital() {
    let affirmed = ["An epidural injection in May relieved the <pain>.", "He had <therapy> in May 2014."];
    all(Polarity::Affirmed, Documentation::Said, &affirmed);
    all(Polarity::Doubtful, Documentation::Said, &["She may have <radiculopathy>."]);
}

#[test]
fn signs_before_words_affirm_and_deny() {
    all(
        Polarity::Negated,
        Documentation::Said,
        &[
            "ROS: + nausea, - <heartburn>, - melena.",
            "+numbness in the hand, -<weakness> or atrophy.",
            "Spurling (+), <Hoffmann> (-), clonus (-).",
            "The (+) Spurling test, (-) <straight leg raise> on the left.",
            "Pain 5/10, - <numbness>, - tingling.",
        ],
    );
    all(
        Polarity::Affirmed,
        Documentation::Said,
        &[
            "No fever, + <nausea>, - vomiting.",
            "He takes Norco + Soma - <heartburn> since.",
            "Diagnoses: - <lumbar strain> - knee pain.",
            "There is 2+ <edema> of the low-back area.",
        ],
    );
    all(Polarity::Doubtful, Documentation::Said, &["+ nausea, - heartburn, <melena>."]);
}

#[test]
fn what_a_denial_is_not_of() {
    all(
        Polarity::Affirmed,
        Documentation::Said,
        &[
            "Therapy and tablets without success, a single level, <fluoroscopy>.",
            "It does not make <headaches> on four days any simpler to treat.",
        ],
    );
    all(
        Polarity::Negated,
        Documentation::Said,
        &["Without relief, benefit or <gain>.", "It did not make <headaches>."],
    );
}
