//! Letters one after the other: read and looked at on several threads, told in order.

use crate::args::{Color, Inputs};
use crate::files::{Input, inputs};
use crate::guard::guarded;
use crate::pool;
use crate::progress::Progress;
use crate::session::{self, Reading};
use crate::timing::Timing;
use imrlint::letter::Format;
use imrlint::render::{self, InputError};
use imrlint::source::Source;
use std::io;

/// Reads every input, looks at the texts and takes what that gave, in the order of the inputs. What cannot be read, or is
/// of no supported form (`look` gives the form then), is told on standard error and returned. A fault of the program in
/// one letter is such an error too.
///
/// # Errors
/// The first error of `take`, and wrong patterns of inputs.
pub fn each<T: Send>(
    args: &Inputs,
    color: Color,
    look: impl Fn(&str, &Source) -> Result<T, Format> + Sync,
    take: impl FnMut(T) -> io::Result<()>,
) -> io::Result<Vec<InputError>> {
    each_timed(args, color, &Timing::new(false), |_| false, look, take)
}

/// The same, with the time that reading takes. What `skip` says of a path is not even read.
///
/// # Errors
/// Those of [`each`].
pub fn each_timed<T: Send>(
    args: &Inputs,
    color: Color,
    timing: &Timing,
    skip: impl Fn(&str) -> bool + Sync,
    look: impl Fn(&str, &Source) -> Result<T, Format> + Sync,
    mut take: impl FnMut(T) -> io::Result<()>,
) -> io::Result<Vec<InputError>> {
    let inputs = inputs(args).map_err(|wrong| io::Error::new(io::ErrorKind::InvalidInput, wrong))?;
    let mut errors = Vec::new();
    let mut progress = Progress::new(args.quiet);
    let style = session::error_style(color);
    pool::ordered(
        || args.threads(),
        inputs.filter(|input| !skip(&input.path)),
        |input| one(&input, timing, &look),
        |done| {
            let Some((notes, result)) = done else { return Ok(()) };
            for note in notes.iter().filter(|_| !args.quiet) {
                progress.clear();
                eprintln!("{note}");
            }
            let taken = match result {
                Ok(found) => {
                    progress.make_room();
                    take(found)
                }
                Err(error) => {
                    progress.clear();
                    eprint!("{}", render::input_error(&error, style));
                    errors.push(error);
                    Ok(())
                }
            };
            progress.count();
            taken
        },
    )?;
    Ok(errors)
}

/// One input: remarks for people, and what it gave.
fn one<T>(
    input: &Input,
    timing: &Timing,
    look: &(impl Fn(&str, &Source) -> Result<T, Format> + Sync),
) -> (Vec<String>, Result<T, InputError>) {
    let mut notes = Vec::new();
    let result = guarded(|| {
        let Reading { source, notes: remarks } = timing.read(|| session::read(input))?;
        notes = remarks;
        look(&input.path, &source).map_err(|format| no_letter(&input.path, format))
    });
    let fault = |message| Err(InputError { path: input.path.clone(), code: "internal".to_string(), message });
    (notes, result.unwrap_or_else(fault))
}

/// Why a text of a form that is not supported is not linted.
fn no_letter(path: &str, format: Format) -> InputError {
    let (code, message) = match format {
        Format::Unsupported => (
            "unsupported-format",
            "this is an IMR letter of a form that is not supported; supported are the letters with CLINICAL CASE SUMMARY and IMR ISSUES, DECISIONS AND RATIONALES",
        ),
        _ => ("no-letter", "this is no IMR decision letter: none of its headings and labels was found"),
    };
    InputError { path: path.to_string(), code: code.to_string(), message: message.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn a_fault_in_one_letter_leaves_the_others() {
        crate::guard::install();
        let letters = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/letters");
        for threads in [1, 2] {
            let args = Inputs { paths: vec![letters.clone()], threads: Some(threads), ..Inputs::default() };
            let mut taken = Vec::new();
            let look = |path: &str, source: &Source| match path.contains("clean-2016") {
                true => panic!("{}", source.text),
                false => Ok(path.to_string()),
            };
            let errors = each(&args, Color::Never, look, |path| {
                taken.push(path);
                Ok(())
            })
            .unwrap();
            assert!(errors.len() > 3 && errors.iter().all(|e| e.code == "internal"));
            assert!(errors.iter().all(|e| e.message.len() < 200 && e.message.contains("letters.rs:")));
            assert!(taken.len() > 20 && taken.is_sorted(), "{threads} threads: {taken:?}");
        }
    }
}
