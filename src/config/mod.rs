//! A project's configuration, `imrlint.yaml`: text → [`Config`] with every mistake at its place, and layers of settings
//! → [`Settings`] of one letter, each value with the place it came from.
//!
//! The layers, each over the one before: defaults, the profile, the file's own keys, its `paths` that match the letter in
//! their order, the command line (its profile, then its options).

mod globs;
mod load;
mod plan;
mod schema;
mod settle;
#[cfg(test)]
mod tests;

pub use globs::Globs;
pub use load::{load, unknown_name};
pub use plan::Plan;
pub use schema::schema;
pub use settle::{Choice, Settings};

use crate::diagnostic::{Confidence, Severity};
use crate::measure::Date;
use crate::source::Span;

/// The file's name.
pub const FILE_NAME: &str = "imrlint.yaml";

/// The name of the file of accepted findings beside it, unless it names another.
pub const ACCEPTED_NAME: &str = "imrlint-accepted.yaml";

/// Where a value came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said anything.
    Default,
    /// A profile.
    Profile(Profile),
    /// A place in the configuration file.
    File(Span),
    /// An option of the command.
    CommandLine,
}

/// A value with its origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Given<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub origin: Origin,
}

impl<T> Given<T> {
    /// A value from somewhere.
    pub fn new(value: T, origin: Origin) -> Given<T> {
        Given { value, origin }
    }
}

/// What a project wants of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// While a letter is written: everything, preview rules and infos too.
    Draft,
    /// In continuous integration: errors and warnings, and either fails.
    Ci,
    /// Over issued letters: errors, warnings and infos of stable rules, and nothing fails.
    Audit,
}

impl Profile {
    /// All profiles with their words.
    pub const ALL: [(&'static str, Profile); 3] =
        [("draft", Profile::Draft), ("ci", Profile::Ci), ("audit", Profile::Audit)];

    /// The word for it.
    pub fn word(self) -> &'static str {
        Profile::ALL.iter().find(|(_, p)| *p == self).map_or("", |(word, _)| word)
    }

    /// Its values.
    pub fn section(self) -> Section {
        let (preview, show, fail_on) = match self {
            Profile::Draft => (true, Severity::Info, Some(Severity::Warning)),
            Profile::Ci => (false, Severity::Warning, Some(Severity::Warning)),
            Profile::Audit => (false, Severity::Info, None),
        };
        let origin = Origin::Profile(self);
        Section {
            preview: Some(Given::new(preview, origin)),
            show: Some(Given::new(show, origin)),
            fail_on: Some(Given::new(fail_on, origin)),
            ..Section::default()
        }
    }
}

/// The words for severities that settings can take, and the one for none of them.
pub const SEVERITIES: [(&str, Severity); 3] =
    [("info", Severity::Info), ("warning", Severity::Warning), ("error", Severity::Error)];

/// A layer of settings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// Rules to run and rules not to run, and their severities, by name.
    pub choice: Choice,
    /// Whether preview rules run.
    pub preview: Option<Given<bool>>,
    /// Rules that are less sure do not run.
    pub minimum_confidence: Option<Given<Confidence>>,
    /// The least severity that is shown.
    pub show: Option<Given<Severity>>,
    /// The least severity that fails a run; none if nothing does.
    pub fail_on: Option<Given<Option<Severity>>>,
    /// The day on which editions must be in force, whatever the letters say.
    pub as_of: Option<Given<Date>>,
}

/// Settings of some letters.
#[derive(Clone, Debug, Default)]
pub struct PathSection {
    /// Which letters.
    pub matches: Globs,
    /// What holds for them.
    pub section: Section,
}

/// A configuration file.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Folders of rules, as written: relative to the file.
    pub rules: Vec<Given<String>>,
    /// The profile.
    pub profile: Option<Given<Profile>>,
    /// The file of accepted findings, as written: relative to the file.
    pub accepted: Option<Given<String>>,
    /// Letters that a walk through folders leaves out.
    pub exclude: Globs,
    /// What holds for all letters.
    pub section: Section,
    /// What holds for some of them.
    pub paths: Vec<PathSection>,
}

impl Config {
    /// The numbers of the path sections that match a letter; its path is told from the file's folder, with `/`.
    pub fn matching(&self, path: &str) -> Vec<usize> {
        (0..self.paths.len()).filter(|n| self.paths[*n].matches.hit(path)).collect()
    }

    /// The settings of a letter which these path sections match, under a command line: its profile and its options.
    pub fn settings(&self, matching: &[usize], profile: Option<Profile>, command: &Section) -> Settings {
        let own = if profile.is_some() { None } else { self.profile.as_ref().map(|p| p.value.section()) };
        let paths = matching.iter().filter_map(|n| self.paths.get(*n)).map(|p| p.section.clone());
        let layers = own
            .into_iter()
            .chain([self.section.clone()])
            .chain(paths)
            .chain(profile.map(Profile::section))
            .chain([command.clone()]);
        Settings::of(layers)
    }
}
