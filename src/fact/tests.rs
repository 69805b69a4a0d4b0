//! Invented sentences in many hands: what they conclude, and in whose voice they speak.

use super::{Conclusion, Object, Ruling, Strength, Voice, conclusion, voices};
use crate::letter::Reading;
use crate::lexicon::Lexicon;
use crate::source::Span;
use std::sync::OnceLock;

fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| crate::builtin::rulebook().lexicon)
}

fn read(text: &str) -> Reading {
    Reading::of(text, Span::new(0, text.len()), lexicon())
}

fn conclude(request: &str, rationale: &str) -> Conclusion {
    let reading = read(rationale);
    let voices = voices(&reading, lexicon());
    conclusion(&reading, &read(request), &voices, lexicon())
}

fn letters(rationale: &str) -> String {
    let letter = |v: &Voice| match v {
        Voice::Recital => 'R',
        Voice::Application => 'A',
        Voice::Conclusion => 'C',
        Voice::Advice => 'V',
        Voice::Other => 'O',
    };
    voices(&read(rationale), lexicon()).iter().map(letter).collect()
}

fn all_conclude(word: &str, request: &str, rationales: &[&str]) {
    for rationale in rationales {
        let found = conclude(request, rationale);
        assert_eq!(found.word(), word, "{request}: {rationale}\n{:?}", found.stances);
    }
}

#[test]
fn approvals_are_seen() {
    all_conclude(
        "necessary",
        "MRI of the left knee",
        &[
            "The request is medically necessary.",
            "Certification is therefore advised.",
            "I find the requested MRI medically necessary.",
            "I disagree that the MRI is not medically necessary.",
            "There is no reason to find the request not medically necessary.",
            "The utilization reviewer erred in finding that the MRI was not medically necessary.",
            "The utilization reviewer concluded that the MRI was not medically necessary. The knee locks and gives way. The request is medically necessary.",
            "The request is approved.",
            "The request was denied by utilization review on 1/5/2017. The request is medically necessary.",
            "The request is therefore certified.",
            "Certification is recommended.",
            "I recommend certification of the MRI.",
            "The prior denial is overturned.",
            "The previous adverse determination should be reversed.",
            "I do not concur with the utilization review determination.",
            "I do not agree with the denial. The request is medically necessary.",
            "Guidelines state that MRI is not medically necessary unless red flags are present. In this case there is locking. The request is medically necessary.",
            "The guidelines recommend MRI when medically necessary. There is a torn meniscus on exam. The request is therefore appropriate.",
            "The requested MRI is warranted.",
            "Therefore, the MRI is supported.",
            "This request is indicated and should be approved.",
            "In my opinion the MRI is medically necessary.",
            "The criteria have been met and the MRI is medically necessary.",
            "While the patient has not had an x-ray, the MRI is medically necessary.",
            "It is determined that the request is medically necessary.",
            "The request meets medical necessity.",
            "The submitted records establish medical necessity.",
            "The request is both reasonable and medically necessary.",
            "The request is not only reasonable but medically necessary.",
        ],
    );
    all_conclude(
        "necessary",
        "Assistant surgeon",
        &[
            "As the surgery is medically necessary, the request for an assistant surgeon is medically necessary.",
            "As the surgery is medically necessary, an assistant is medically necessary.",
        ],
    );
    all_conclude(
        "necessary",
        "Urine drug screen",
        &[
            "Drug testing is recommended as an option. The claimant is on opioids with aberrant behavior. A urine drug screen is medically necessary and appropriate.",
        ],
    );
    all_conclude(
        "necessary",
        "Lumbar ESI",
        &[
            "Radiculopathy is documented; the injection is, accordingly, medically necessary.",
            "Medically necessary.",
            "The claimant has shown that the injection is medically necessary.",
            "Overall, this request for lumbar ESI is felt to be appropriate and is considered medically necessary.",
            "The request is reasonable and appropriate.",
            "The documentation supports the medical necessity of the requested injection.",
            "Though nothing shows that therapy failed, the request is medically necessary.",
            "The patient did not respond to therapy and is now, in my view, a candidate; the injection is medically necessary.",
            "No surgery is planned, and the injection is medically necessary.",
            "There is no contraindication to the injection and it is medically necessary.",
            "The patient cannot tolerate NSAIDs, so the injection is medically necessary.",
            "The patient has not improved. The request is medically necessary.",
            "I respectfully disagree with the prior determination.",
            "The request for lumbar ESI, which the UR physician found not medically necessary, is medically necessary.",
            "Utilization review denied the request as not medically necessary. I disagree. The injection is medically necessary.",
            "The UR determination that the injection is not medically necessary is overturned.",
            "The request is partially medically necessary.",
            "Based on these findings, the requested injection meets the guideline criteria.",
            "Recommend approval.",
            "The patient failed therapy. Approved.",
            "Certified as medically necessary.",
            "The injection is deemed clinically appropriate and medically necessary for this claimant.",
            "The injection is reasonably required to cure or relieve the injured worker from the effects of the industrial injury.",
        ],
    );
    all_conclude(
        "necessary",
        "Functional capacity evaluation",
        &["An FCE is not needed to settle work restrictions here. The request for an FCE is medically necessary."],
    );
}

#[test]
fn denials_are_seen() {
    all_conclude(
        "not-necessary",
        "MRI of the left knee",
        &[
            "The MRI is not medically necessary at this time; it may be asked for again once a plain film was taken.",
            "I would uphold the denial.",
            "The original denial was correct.",
            "It does not appear that the scan is medically necessary.",
            "I do not find the MRI to be medically necessary.",
            "The MRI cannot, on this record, be deemed medically necessary.",
            "The MRI is not, at this time, considered to be medically necessary.",
            "No evidence shows that the MRI is medically necessary.",
            "There is no indication that an MRI is medically necessary at this point.",
            "Nothing in the records suggests that the MRI is medically necessary.",
            "The treating physician believes that the MRI is medically necessary. The records show no instability. The request is not medically necessary.",
            "The request is denied.",
            "The request is not certified. It is not medically necessary.",
            "Non-certification is recommended.",
            "I cannot recommend certification of the MRI.",
            "The denial by utilization review is upheld.",
            "I concur with the utilization review determination.",
            "Per ACOEM, imaging is medically necessary when surgery is planned. No surgery is planned. The request is not medically necessary.",
            "The requested MRI is not warranted.",
            "The criteria have not been met and the MRI is not medically necessary.",
            "Although the request is reasonable, medical necessity cannot be established at this time.",
            "The request for MRI would be medically necessary if locking were documented. Locking is not documented. The request is not medically necessary.",
            "As no surgery is planned, the MRI is not needed.",
            "It cannot be determined that the request is medically necessary.",
            "The medical necessity of this request cannot be determined.",
            "The medical necessity of the MRI of the left knee without contrast, as asked for by the surgeon on 3/1/2016, is not substantiated.",
            "The request does not meet medical necessity.",
            "The request lacks medical necessity.",
            "The submitted records fail to establish medical necessity.",
            "Without such records, medical necessity is not established and the request is not certified.",
            "Absent further information, the request is not medically appropriate.",
            "The request is neither reasonable nor medically necessary.",
            "The MRI isn't medically necessary.",
            "The MRI is no longer medically necessary.",
            "The MRI is hardly medically necessary.",
        ],
    );
    all_conclude(
        "not-necessary",
        "Norco 10/325mg #90",
        &[
            "The request for hydrocodone/acetaminophen 10/325 mg #90 is not medically necessary.",
            "Continued use of opioids is not medically necessary.",
            "Ongoing Norco is not supported.",
            "The request for Norco is not medically necessary. The patient should be weaned slowly, and a small supply for that purpose may be medically necessary.",
            "The request is not medically necessary. Weaning is recommended, and abrupt cessation is not appropriate.",
        ],
    );
    all_conclude(
        "not-necessary",
        "Cold therapy unit",
        &[
            "The concurrent request for surgery is supported. However, a unit beyond 7 days is not. Therefore, the request for a cold therapy unit is not medically necessary.",
        ],
    );
    all_conclude(
        "not-necessary",
        "Post-op physical therapy x 12",
        &["Since the surgery is not medically necessary, none of the associated services are medically necessary."],
    );
    all_conclude(
        "not-necessary",
        "Assistant surgeon",
        &["Although the surgery is medically necessary, an assistant surgeon is not medically necessary."],
    );
    all_conclude(
        "not-necessary",
        "Physical therapy, 12 sessions",
        &[
            "A trial of 6 sessions was approved by a prior reviewer. The first 6 sessions were medically necessary. The request for 12 sessions is not medically necessary.",
            "Six of the sessions are medically necessary, but twelve are not. The request for 12 sessions as submitted is not medically necessary.",
        ],
    );
    all_conclude(
        "not-necessary",
        "Gym membership",
        &[
            "Gym memberships are not considered medical treatment. The request for a gym membership is not medically necessary.",
        ],
    );
    all_conclude(
        "not-necessary",
        "Acupuncture x 6",
        &[
            "MTUS: \"acupuncture is medically necessary when pain medication is reduced.\" The claimant tolerates medication. The request is not medically necessary.",
        ],
    );
    all_conclude(
        "not-necessary",
        "Lumbar ESI",
        &[
            "There was no radiculopathy, so the injection is not medically necessary.",
            "Not medically necessary.",
            "The medical necessity for the request has not been demonstrated in the records provided.",
            "The claimant has not shown that the injection is medically necessary.",
            "The physician has not explained why the injection is medically necessary.",
            "The provider stated that the injection was medically necessary, but there is no radiculopathy. Hence the request is not medically necessary.",
            "There is insufficient documentation to support medical necessity.",
            "There is insufficient information to establish the medical necessity of the injection.",
            "The documentation does not support the medical necessity of the requested injection.",
            "Because criteria are unmet, the request must be considered medically unnecessary.",
            "Without evidence that therapy failed, the request is not medically necessary.",
            "In the absence of evidence that the injection is medically necessary, the request is denied.",
            "It has not been shown that conservative care failed. Therefore, the injection is not medically necessary.",
            "The UR determination that the injection is not medically necessary is upheld.",
            "The requested injection does not meet guideline criteria.",
            "Recommend non-certification.",
            "Not certified.",
            "The injection is deemed inappropriate and not medically necessary for this claimant.",
            "Thus, necessity of the injection has not been made out.",
            "The need for the injection has not been established.",
            "The injection is not reasonably required to cure or relieve the injured worker from the effects of the industrial injury.",
        ],
    );
    all_conclude(
        "not-necessary",
        "Soma 350mg #30",
        &[
            "Carisoprodol is not medically necessary.",
            "Muscle relaxants are not medically necessary for chronic pain in most patients. The claimant has taken Soma for years. The request is not medically necessary.",
        ],
    );
    all_conclude(
        "not-necessary",
        "Home aide",
        &["The request for a home aide when the spouse is at work is not medically necessary."],
    );
}

#[test]
fn nothing_is_concluded_about_the_request() {
    all_conclude(
        "none",
        "MRI of the left knee",
        &["The treating physician believes that the MRI is medically necessary."],
    );
    all_conclude("none", "Norco 10/325mg #90", &["The request for Percocet 5/325mg #60 is not medically necessary."]);
    all_conclude("none", "Lumbar ESI", &["The patient failed therapy. Approved by the FDA."]);
    all_conclude("none", "Soma 350mg #30", &["The request for Flexeril is not medically necessary."]);
    all_conclude("none", "Home aide", &["The request is supported when it is medically necessary."]);
}

#[test]
fn both_ways_is_mixed() {
    all_conclude(
        "mixed",
        "Zolpidem 10mg #30",
        &[
            "Ambien is medically necessary on a short-term basis. The request for zolpidem 10mg #30 is not medically necessary.",
        ],
    );
}

#[test]
fn a_stance_says_how_plainly_about_what_and_where() {
    let rationale = "As the surgery is not medically necessary, the requested brace is not medically necessary.";
    let found = conclude("Knee brace", rationale);
    let seen: Vec<_> = found.stances.iter().map(|s| (s.ruling, s.strength, s.object)).collect();
    assert_eq!(
        seen,
        [(Ruling::Deny, Strength::Plain, Object::Other), (Ruling::Deny, Strength::Plain, Object::ThisRequest),]
    );
    assert_eq!(&rationale[found.stances[1].span.range()], "not medically necessary");
    let found = conclude("Knee brace", "The requested brace is warranted. The request is medically necessary.");
    assert_eq!(found.stances[0].strength, Strength::Leaning);
    assert_eq!(found.deciding().count(), 1);
    let found = conclude(
        "Assistant surgeon",
        "The surgery is medically necessary, but the assistant surgeon is not medically necessary.",
    );
    assert_eq!(found.word(), "not-necessary");
}

#[test]
fn voices_come_in_runs_and_turn_with_the_case() {
    for (rationale, expected) in [
        ("ODG recommends MRI. The request is medically necessary.", "RC"),
        (
            "Opioids are continued where function gains. Pain drops from 8 to 4 with the drug. No side effect is recorded. She has not been tried on less. Medically necessary.",
            "RAAAC",
        ),
        (
            "Special studies come after a month of care. I see no red flag. The elbow is tender two months on. Ten weeks after the repair flexion is 60 degrees. The request is not medically necessary.",
            "RAAAC",
        ),
        (
            "Imaging is of little use in the first month. Most back pain resolves. Here, the claimant has pain of two weeks. There is no deficit. The request is not medically necessary.",
            "RRAAC",
        ),
        (
            "The claimant is a welder. He fell. X-rays were normal. Under the MTUS, imaging should be reserved for red flags. None is present. Therefore the request is not medically necessary.",
            "AAARAC",
        ),
        (
            "Opioids may be continued if the patient has returned to work or has improved function and pain. (Kalso, 2003) Long-term efficacy is unclear. Mr. Doe takes six tablets a day. His pain stays at 8/10. The request is not medically necessary. It should be tapered rather than stopped.",
            "RRRACV",
        ),
        (
            "Antiepilepsy drugs are first-line agents for neuropathic pain. A good response is a 50% reduction in pain. The applicant reports burning feet. Relief was about half. Function is better. Hence, continued gabapentin is medically necessary.",
            "RRAAAC",
        ),
        (
            "Surgical consideration is indicated for patients with red flags, or activity limitation for more than four months. Conservative care, including injections, can be carried out for at least three to six months. The submitted records show six visits of therapy. No injection has been given. Strength is 4/5. Based on the foregoing, surgery is not medically necessary.",
            "RRAAAC",
        ),
        (
            "Manipulation is recommended as an option. Time to produce effect: 4 to 6 treatments. Frequency: 1 to 2 times per week. Maximum duration: 8 weeks. The request is for twelve visits at the outset. That is twice the trial. The request is not medically necessary.",
            "RRRRAAC",
        ),
        (
            "Manipulation is recommended as an option. Time to produce effect: 4 to 6 treatments. Frequency: 1 to 2 times per week. Maximum duration: 8 weeks. The request is for twelve visits at the outset. That is twice the trial. The request is not medically necessary.",
            "RRRRAAC",
        ),
    ] {
        assert_eq!(letters(rationale), expected, "{rationale}");
    }
}
