//! Amounts of every form, and what is none.

use super::*;
use crate::letter::Reading;
use crate::letter::amounts;
use crate::lexicon::Lexicon;
use crate::source::Span;

fn all(text: &str) -> Vec<String> {
    let reading = Reading::of(text, Span::new(0, text.len()), &Lexicon::default());
    amounts(&reading).into_iter().map(|a| format!("{}: {}", &reading.text()[a.bytes], show(&a.value))).collect()
}

fn show(value: &Value) -> String {
    match value {
        Value::Date(d) => d.to_string(),
        Value::Month(d) => format!("month {}", d.month()),
        Value::Duration(q) => q.to_string(),
        Value::Frequency(f) => format!("{:?} per {:?}", f.times, f.period),
        Value::Course { frequency, time, sure } => format!("{:?} for {time} {sure}", frequency.times),
        Value::Strength { parts, unit } => format!("{parts:?} {unit}"),
        Value::Refills(n) => format!("refills {n}"),
        Value::Tally { number, of } => format!("{number} of {of}"),
        Value::Count { number, unit } => format!("# {number} {unit:?}"),
        Value::Times(q) => format!("x {q}"),
        Value::Ratio(a, b) => format!("{a} in {b}"),
        Value::Levels(l) => l.iter().map(Level::to_string).collect::<Vec<_>>().join(" "),
        Value::Pages(p) => format!("pages {p:?}"),
        Value::Number(q) => format!("number {q}"),
    }
}

#[test]
fn drugs() {
    assert_eq!(
        all("Norco 10/325mg, #120 with 11 refills"),
        ["10/325mg: [10.0, 325.0] mg", "#120: # 120 None", "11 refills: refills 11"]
    );
    assert_eq!(
        all("Lidopro 4%-27.5%-0.0325% 121gm #1"),
        ["4%-27.5%-0.0325%: [4.0, 27.5, 0.0325] %", "121gm: [121.0] gm", "#1: # 1 None"]
    );
    assert_eq!(
        all("suspension 25mg/ml 420 ml, no refills"),
        ["25mg/ml: [25.0] mg/ml", "420 ml: [420.0] ml", "no refills: refills 0"]
    );
    assert_eq!(all("hcl 1percent # 30 QTY: 2"), ["1percent: [1.0] %", "# 30: # 30 None", "QTY: 2: # 2 None"]);
    assert_eq!(all("one refill, refills: 3"), ["one refill: refills 1", "refills: 3: refills 3"]);
}

#[test]
fn courses() {
    assert_eq!(all("2-3 times a week for 6 weeks"), ["2-3 times a week for 6 weeks: (2.0, 3.0) for 6 weeks true"]);
    assert_eq!(
        all("two times a week times three weeks"),
        ["two times a week times three weeks: (2.0, 2.0) for 3 weeks true"]
    );
    assert_eq!(all("twice weekly for 4 weeks"), ["twice weekly for 4 weeks: (2.0, 2.0) for 4 weeks true"]);
    assert_eq!(all("3x/week x 4 weeks"), ["3x/week x 4 weeks: (3.0, 3.0) for 4 weeks true"]);
    assert_eq!(all("PT 2x3"), ["2x3: (2.0, 2.0) for 3 weeks false"]);
    assert_eq!(
        all("twelve (12) sessions, 12-18 visits, eight physical therapy sessions"),
        [
            "twelve (12) sessions: 12 visits of sessions",
            "12-18 visits: 12-18 visits of visits",
            "eight physical therapy sessions: 8 visits of sessions",
        ]
    );
    assert_eq!(all("times 12, X2"), ["times 12: x 12", "X2: x 2"]);
}

#[test]
fn times_and_dates() {
    assert_eq!(
        all("on 10/22/2016, 10-22-16 and 10/14/ 2016"),
        ["10/22/2016: 2016-10-22", "10-22-16: 2016-10-22", "10/14/ 2016: 2016-10-14"]
    );
    assert_eq!(all("October 13, 2016; 10-282016"), ["October 13, 2016: 2016-10-13", "10-282016: 2016-10-28"]);
    assert_eq!(
        all("for less than 4 weeks, a six-week course, 90-day"),
        ["4 weeks: 4 weeks", "six-week: 6 weeks", "90-day: 90 days"]
    );
    // two kinds of marks tell from when until when
    let days = |text: &str| all(text).iter().any(|a| a.contains(": 20"));
    assert!(!["TTD 04/12-08/31", "10/12-10/19", "from 06-08/2016", "3/4-5/6"].into_iter().any(days));
    assert_eq!(all("pain 7/10"), ["7/10: 7 in 10"]);
    // a range of pain is no day, an age no length of time
    assert!(!all("knee pain of 4-5/10").iter().any(|a| a.contains("2010")));
    assert!(!all("a 61-year-old custodian").iter().any(|a| a.contains("61 years")));
}

#[test]
fn levels_and_pages() {
    assert_eq!(
        all("L4-5 and L5-S1, C5-C6, L3-4-5, bilateral L4"),
        ["L4-5: L4-5", "L5-S1: L5-S1", "C5-C6: C5-6", "L3-4-5: L3-4 L4-5", "L4: L4"]
    );
    assert_eq!(
        all("Page(s): 46 of 127. pages 66 and 67, page 7-8"),
        [
            "Page(s): 46 of 127: pages [(46, 46)]",
            "pages 66 and 67: pages [(66, 66), (67, 67)]",
            "page 7-8: pages [(7, 8)]"
        ]
    );
}
