//! Texts made to be slow: the work on each is bounded by what is read, and what is not read is told. Work is counted, not
//! timed; a text that would take hours makes itself felt as a test that does not end.

mod material;

use imrlint::letter::{DECISIONS, Letter, PART_BYTES, PROBLEMS, Reading, SENTENCE_WORDS};
use imrlint::lint::{Options, Report, lint};
use imrlint::source::Source;
use material::{BOOK, root, text};

/// Patterns of which a text may consist.
const PATTERNS: &[&str] = &[
    ":",
    "\n",
    " ",
    "\t",
    "\0",
    "(",
    "\"",
    "\u{201c}",
    "9",
    "1 2 ",
    "- ",
    ". ",
    ", ",
    "# ",
    "A",
    "not ",
    "and ",
    "the request for ",
    "is medically necessary and ",
    "is not medically necessary. ",
    "Page(s): 78, 80. ",
    "page 7 of the guideline ",
    "two weeks and ",
    "6 visits of physical therapy per the guidelines, ",
    "10 mg of Norco ",
    "January 1, 2014 ",
    "L4-5 and ",
    "Upheld\n",
    ": Upheld\n",
    "x: Overturned\n",
    "CLINICAL CASE SUMMARY\n",
    "Decision rationale: ",
    "The Claims Administrator guideline: \n",
    "Decision based on MTUS Chronic Pain Treatment Guidelines Page(s): 78, 80.\n",
    "MAXIMUS guideline: Decision based on MTUS Chronic Pain Treatment Guidelines Page(s): 78, 80.\n",
    "\u{1f600}\u{e9}",
];

/// Bytes of a pattern: several times what is read of a part.
const SIZE: usize = 2 * PART_BYTES;

fn read(text: &str) -> (Source, Report) {
    let source = Source::new("hostile.txt", text);
    let report = lint(&source, &BOOK, &Options::default());
    (source, report)
}

fn readings(letter: &Letter) -> Vec<&Reading> {
    let decisions = letter.decisions.iter().flat_map(|d| {
        let request = d.request.as_ref().map(|r| &r.reading);
        let lines = [&d.administrator, &d.reviewer].into_iter().flatten().map(|l| &l.reading);
        request.into_iter().chain(lines).chain(d.rationale.as_ref().map(|r| &r.reading))
    });
    letter.summary.iter().chain(decisions).collect()
}

fn has(report: &Report, code: &str) -> bool {
    report.problems.iter().any(|p| p.code == code)
}

/// Whether no more than the bounds was read, and whether what was not read is told.
fn assert_bounded(pattern: &str, source: &Source, report: &Report) {
    let cut = |span: imrlint::source::Span| span.len() > PART_BYTES;
    let outline = &report.letter.outline;
    let fields = outline.decisions.iter().flat_map(|d| {
        let fields = [&d.administrator, &d.reviewer, &d.rationale].into_iter().flatten().map(|f| f.body);
        fields.chain(d.request)
    });
    let too_long = fields.chain(outline.summary).any(cut);
    assert_eq!(has(report, "part-too-long"), too_long, "{pattern:?}");
    assert_eq!(has(report, "too-many-decisions"), report.letter.outline.unread.is_some(), "{pattern:?}");
    assert_eq!(has(report, "too-many-problems"), outline.untold > 0, "{pattern:?}");
    let forms = report.problems.iter().filter(|p| p.code != "part-too-long").count();
    assert!(forms <= PROBLEMS + 2, "{pattern:?}: {forms} problems");
    for reading in readings(&report.letter) {
        assert!(reading.text().len() <= PART_BYTES, "{pattern:?}: a part of {} bytes", reading.text().len());
        assert!(reading.sentences.iter().all(|s| s.words.len() <= SENTENCE_WORDS), "{pattern:?}");
        // cut or not, the sentences hold every word
        assert!(reading.sentences.iter().map(|s| s.words.len()).sum::<usize>() == reading.words.len(), "{pattern:?}");
    }
    // what is found grows with what is read, not with its square
    assert!(report.findings.len() + report.problems.len() <= 200 + source.text.len() / 8, "{pattern:?}");
}

#[test]
fn a_text_of_one_pattern_is_read_within_bounds() {
    for pattern in PATTERNS {
        let (source, report) = read(&pattern.repeat(SIZE / pattern.len()));
        assert_bounded(pattern, &source, &report);
    }
}

#[test]
fn a_pattern_in_a_rationale_leaves_the_other_decisions() {
    let whole = text(&root().join("tests/letters/clean-2014-three-drugs.txt"));
    let at = whole.find("Decision rationale:").expect("a rationale") + "Decision rationale:".len();
    let last = |report: &Report| report.letter.decisions.last().and_then(|d| d.outcome).map(|o| o.overturned);
    let (_, clean) = read(&whole);
    for pattern in PATTERNS {
        let filled = format!("{} {}\n{}", &whole[..at], pattern.repeat(SIZE / pattern.len()), &whole[at..]);
        let (source, report) = read(&filled);
        assert_bounded(pattern, &source, &report);
        if !has(&report, "too-many-decisions") {
            assert_eq!(last(&report), last(&clean), "{pattern:?}");
        }
    }
}

#[test]
fn what_is_not_read_is_told_at_its_place() {
    let whole = text(&root().join("tests/letters/clean-2014-three-drugs.txt"));
    let at = whole.find("Decision rationale:").expect("a rationale") + "Decision rationale:".len();
    let filled = format!("{} {}{}", &whole[..at], "He walks. ".repeat(SIZE / 10), &whole[at..]);
    let (source, report) = read(&filled);
    let problem = report.problems.iter().find(|p| p.code == "part-too-long").expect("it is told");
    assert_eq!(problem.message, "a part of more than 64 KB: its end is not read");
    assert!(source.slice(problem.span).starts_with("He walks.") || source.slice(problem.span).starts_with("walks."));
    assert!(problem.span.start as usize >= at + PART_BYTES - 20);
    let many = "CLINICAL CASE SUMMARY\n".repeat(PROBLEMS + 7);
    let (_, report) = read(&format!("{}{many}{}", &whole[..at], &whole[at..]));
    let problem = report.problems.iter().find(|p| p.code == "too-many-problems").expect("it is told");
    assert!(problem.message.ends_with("more places of the letter's form are damaged, which are not told"));
    let (source, report) = read(&format!("{}\n{whole}", "12/02/2016 ".repeat(SIZE / 11)));
    let problem = report.problems.iter().find(|p| p.code == "part-too-long").expect("it is told");
    assert!(source.slice(problem.span).starts_with("12/02"), "a header that is too long");
    // equal headings are one decision, but each is read
    let (_, report) = read(&format!("{whole}\n{}", "Norco: Upheld\n".repeat(DECISIONS)));
    assert!(has(&report, "too-many-decisions"));
    let (_, report) = read(&format!("{whole}\n{}", "Norco: Upheld\nDecision rationale: No.\n".repeat(DECISIONS)));
    assert!(has(&report, "too-many-decisions"));
    assert_eq!(report.letter.decisions.len(), DECISIONS);
}
