//! Runs the fuzzing engine on one property of `tests/properties`: the one that `IMRLINT_FUZZ` names. With `IMRLINT_SEEDS` it
//! writes the seeds and the dictionary of that target into this folder and ends.
#![no_main]

#[path = "../../tests/properties/mod.rs"]
mod properties;

use properties::{Target, seeds, target};
use std::fmt::Write;
use std::path::Path;
use std::sync::LazyLock;
use std::{env, fs, process};

static TARGET: LazyLock<&'static Target> = LazyLock::new(|| {
    let name = env::var("IMRLINT_FUZZ").unwrap_or_default();
    target(&name).unwrap_or_else(|| panic!("IMRLINT_FUZZ names no target: `{name}`"))
});

libfuzzer_sys::fuzz_target!(
    init: {
        if let Some(folder) = env::var_os("IMRLINT_SEEDS") {
            write_seeds(Path::new(&folder));
            process::exit(0);
        }
        LazyLock::force(&properties::BOOK);
        LazyLock::force(&TARGET);
    },
    |bytes: &[u8]| (TARGET.holds)(bytes)
);

fn write_seeds(folder: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package's folder");
    let corpus = folder.join("corpus").join(TARGET.name);
    fs::create_dir_all(&corpus).expect("a writable folder");
    for (number, seed) in seeds::of(TARGET.name, root).iter().enumerate() {
        fs::write(corpus.join(format!("seed-{number:04}")), seed).expect("a writable folder");
    }
    let mut dictionary = String::new();
    for word in seeds::words(TARGET.name, root) {
        let bytes = word.bytes().fold(String::new(), |mut out, b| {
            // writing to a String cannot fail
            let _ = write!(out, "\\x{b:02x}");
            out
        });
        let _ = writeln!(dictionary, "\"{bytes}\"");
    }
    fs::write(folder.join(format!("{}.dict", TARGET.name)), dictionary).expect("a writable folder");
}
