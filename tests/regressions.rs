//! Bytes of which a property once did not hold, found by fuzzing (`fuzz/`) and made small, and what fuzzing begins with.

mod properties;

use properties::{TARGETS, seeds, target};
use std::fs;
use std::path::Path;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn what_was_found_once_holds() {
    let folder = Path::new(ROOT).join("tests/regressions");
    let mut held = 0;
    for entry in fs::read_dir(folder).expect("a folder of the package") {
        let folder = entry.expect("an entry").path();
        let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
        let target = target(&name).unwrap_or_else(|| panic!("there is no target {name}"));
        for entry in fs::read_dir(&folder).expect("a folder of findings") {
            let path = entry.expect("an entry").path();
            println!("{}", path.display());
            (target.holds)(&fs::read(&path).expect("a finding"));
            held += 1;
        }
    }
    assert!(held > 0, "no findings in the folder");
}

#[test]
fn every_target_holds_of_its_seeds() {
    for target in TARGETS {
        let seeds = seeds::of(target.name, Path::new(ROOT));
        assert!(!seeds.is_empty(), "{} has no seeds", target.name);
        // the letters are held elsewhere
        let every = if target.name == "letter" { 20 } else { 1 };
        seeds.iter().step_by(every).for_each(|seed| (target.holds)(seed));
        assert!(seeds::words(target.name, Path::new(ROOT)).iter().all(|w| !w.is_empty()));
    }
}
