//! The stages of a run, each by itself, over the letters of the tests: `cargo bench`.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use imrlint::config::Plan;
use imrlint::diagnostic::Confidence;
use imrlint::lint::{Options, lint};
use imrlint::render::{Format, LetterReport, Style};
use imrlint::rulebook::Rulebook;
use imrlint::source::Source;
use imrlint::{builtin, fact, input, letter};
use std::hint::black_box;
use std::path::Path;

/// The letters of the tests by name, as bytes.
fn letters() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/letters");
    let entries = std::fs::read_dir(folder).expect("the letters stand beside the tests");
    let mut all: Vec<_> = entries.map(|e| e.expect("a readable folder").path()).collect();
    all.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    all.sort();
    let read = |p: &Path| (p.display().to_string(), std::fs::read(p).expect("a readable letter"));
    all.iter().map(|p| read(p)).collect()
}

fn sources() -> Vec<Source> {
    letters().iter().filter_map(|(name, bytes)| input::read(name, bytes).ok()).map(|read| read.source).collect()
}

fn stages(c: &mut Criterion) {
    c.bench_function("start: the shipped rulebook", |b| b.iter(builtin::rulebook));
    let book = builtin::rulebook();
    let (files, sources) = (letters(), sources());
    let bytes: usize = sources.iter().map(|s| s.text.len()).sum();
    let parsed: Vec<_> = sources.iter().map(|s| letter::parse(&s.text, &book.lexicon)).collect();
    let options = Options { plan: Plan::new(&book, &[], true, Confidence::Low), ..Options::default() };
    let reports: Vec<_> = sources.iter().map(|s| lint(s, &book, &options)).collect();
    let mut group = c.benchmark_group("letters of the tests");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("read", |b| {
        b.iter(|| files.iter().filter(|(name, bytes)| input::read(name, black_box(bytes)).is_ok()).count())
    });
    group.bench_function("parse", |b| {
        b.iter(|| sources.iter().map(|s| letter::parse(&s.text, &book.lexicon).decisions.len()).sum::<usize>())
    });
    group.bench_function("facts", |b| {
        b.iter(|| parsed.iter().map(|l| fact::gather(l, &book.lexicon).rationales.len()).sum::<usize>())
    });
    group.bench_function("parse, facts and checks", |b| {
        b.iter(|| sources.iter().map(|s| lint(s, &book, &options).findings.len()).sum::<usize>())
    });
    group.bench_function("render as JSON Lines", |b| {
        b.iter(|| {
            let all = sources.iter().zip(&reports);
            let texts = all.map(|(source, report)| {
                let (path, findings, problems) = (&source.name, &report.findings[..], &report.problems[..]);
                let decisions = report.letter.decisions.len();
                let letter = LetterReport { source, path, decisions, findings, problems };
                Format::Jsonl.renderer().letter(&letter, Style::default()).len()
            });
            texts.sum::<usize>()
        })
    });
    group.finish();
    growth(c, &book);
}

/// One letter repeated: the cost of a byte must not grow with the letter.
fn growth(c: &mut Criterion, book: &Rulebook) {
    let Some(letter) = sources().into_iter().max_by_key(|s| s.text.len()) else { return };
    let mut group = c.benchmark_group("length of a letter");
    group.sample_size(10);
    for times in [1, 10, 100] {
        let source = Source::new("long.txt", letter.text.repeat(times));
        group.throughput(Throughput::Bytes(source.text.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(source.text.len()), &source, |b, source| {
            b.iter(|| lint(source, book, &Options::default()).findings.len())
        });
    }
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
