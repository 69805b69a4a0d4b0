//! The configuration of each letter: found by walking up from it, read once, its rulebook loaded once.

mod file;
mod show;

pub use file::rule_folders;
pub use show::{schema, show};

use file::{Parsed, find, folders, normal, parse, place, shown, tell, today};

use crate::accepted::Known;
use crate::args::{Book, Choosing, Color};
use crate::session::{self, exit};
use imrlint::config::{self, ACCEPTED_NAME, Config, Plan, Profile, Section, Settings};
use imrlint::diagnostic::{Diagnostic, Problem, Severity};
use imrlint::explain;
use imrlint::lint::Options;
use imrlint::measure::Date;
use imrlint::render::RuleInfo;
use imrlint::rulebook::Rulebook;
use imrlint::source::Source;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::env;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// All configurations of a run.
pub struct Configs {
    color: Color,
    here: PathBuf,
    today: Date,
    /// Whether findings tell no words of letters.
    redact: bool,
    /// Whether a file of accepted findings may be missing where one is named: it is about to be written.
    writes: bool,
    off: bool,
    fixed: Option<PathBuf>,
    rules: Vec<PathBuf>,
    accepted: Option<PathBuf>,
    profile: Option<Profile>,
    command: Section,
    named: HashSet<String>,
    bad: AtomicBool,
    state: Mutex<State>,
}

/// What was found and read so far; none stands for what is wrong, which was told.
#[derive(Default)]
struct State {
    /// By folder of letters.
    projects: HashMap<PathBuf, Option<Arc<Project>>>,
    /// By configuration file; the one without a file has none.
    files: HashMap<Option<PathBuf>, Option<Arc<Project>>>,
    /// By folders of rules.
    books: HashMap<Vec<PathBuf>, Option<Arc<Rulebook>>>,
    /// By path.
    accepted: HashMap<PathBuf, Option<Arc<Known>>>,
}

/// A configuration with what it names.
pub struct Project {
    /// The configuration file, if there is one.
    pub path: Option<PathBuf>,
    /// Its text.
    pub source: Source,
    /// What it says.
    pub config: Config,
    /// Folders of rules that are used.
    pub rules: Vec<PathBuf>,
    /// The file of accepted findings, if there is one.
    pub accepted: Option<Arc<Known>>,
    book: Arc<Rulebook>,
    chosen: Mutex<HashMap<Vec<usize>, Arc<Chosen>>>,
}

/// What one letter is linted with.
pub struct Chosen {
    /// The rulebook.
    pub book: Arc<Rulebook>,
    /// Date and rules.
    pub options: Options,
    /// The settings with their origins.
    pub settings: Settings,
    /// The file of accepted findings, if there is one.
    pub accepted: Option<Arc<Known>>,
    today: Date,
}

impl Chosen {
    /// Marks the findings of a letter that the project accepted.
    pub fn accept(&self, letter: &str, findings: &mut [Diagnostic]) -> imrlint::accepted::Matched {
        let ran = |rule: &str| self.options.plan.runs_id(&self.book, rule);
        self.accepted.as_ref().map(|known| known.mark(letter, findings, self.today, ran)).unwrap_or_default()
    }

    /// Whether a finding fails the run.
    pub fn fails(&self, finding: &Diagnostic) -> bool {
        finding.accepted.is_none() && self.settings.fail_on.value.is_some_and(|least| finding.severity >= least)
    }

    /// The least severity that is shown; `usual` where nobody says.
    pub fn least(&self, usual: Severity) -> Severity {
        self.settings.show.as_ref().map_or(usual, |s| s.value)
    }
}

impl Configs {
    /// The configurations of letters in these paths. Those of the paths themselves are read at once, so that a mistake in one
    /// is told before any letter is linted.
    ///
    /// # Errors
    /// An exit code; everything is told on standard error.
    pub fn new(book: &Book, choosing: &Choosing, paths: &[PathBuf], writes: bool, color: Color) -> Result<Configs, u8> {
        let configs = Configs {
            color,
            here: env::current_dir().unwrap_or_default(),
            today: today(),
            redact: false,
            writes,
            off: book.no_config,
            fixed: book.config.clone(),
            rules: book.rules.clone(),
            accepted: choosing.accepted.clone(),
            profile: choosing.profile,
            command: choosing.section(),
            named: paths.iter().map(|p| p.display().to_string()).collect(),
            bad: AtomicBool::new(false),
            state: Mutex::default(),
        };
        for path in paths {
            let project = if path.is_dir() { configs.of_folder(path) } else { configs.project(path) };
            let Some(project) = project else { continue };
            let names = configs.command.choice.names();
            if let Some(unknown) = names.filter_map(|n| config::unknown_name(&n.value, &project.book)).next() {
                eprintln!("error: {unknown}; `imrlint rules list` shows all rules with their checks");
                return Err(exit::USAGE);
            }
        }
        if configs.is_bad() { Err(exit::RULEBOOK) } else { Ok(configs) }
    }

    /// The same, findings telling no words of letters.
    pub fn redacting(self, redact: bool) -> Configs {
        Configs { redact, ..self }
    }

    /// Whether anything was wrong in a configuration, or in what it names.
    pub fn is_bad(&self) -> bool {
        self.bad.load(Ordering::Relaxed)
    }

    /// What a letter is linted with; none if its configuration is wrong.
    pub fn of(&self, path: &str) -> Option<Arc<Chosen>> {
        let project = self.project(Path::new(path))?;
        Some(self.choose(&project, path))
    }

    /// What a record of standard input is linted with: its id stands for its path in the current folder.
    pub fn of_record(&self, id: &str) -> Option<Arc<Chosen>> {
        let project = self.of_folder(&self.here)?;
        Some(self.choose(&project, id))
    }

    /// Whether a letter is left out: one that a walk found and that its configuration excludes, or whose configuration is wrong.
    pub fn skips(&self, path: &str) -> bool {
        let Some(project) = self.project(Path::new(path)) else { return true };
        let exclude = &project.config.exclude;
        !exclude.written.is_empty() && !self.named.contains(path) && exclude.hit(&self.relative(&project, path))
    }

    /// The files of accepted findings that were met, in order of their paths.
    pub fn accepted(&self) -> Vec<Arc<Known>> {
        let mut all: Vec<Arc<Known>> = self.lock().accepted.values().flatten().cloned().collect();
        all.sort_by(|a, b| a.path.cmp(&b.path));
        all
    }

    /// Tells on standard error which accepted findings are gone or accepted no longer.
    pub fn report_accepted(&self) {
        self.accepted().iter().for_each(|known| known.report(self.color));
    }

    /// What documents tell about the rules of the rulebooks that are known so far.
    pub fn rule_infos(&self) -> Vec<RuleInfo> {
        let mut books: Vec<Vec<PathBuf>> = self.lock().books.keys().cloned().collect();
        books.sort();
        let mut known = BTreeMap::new();
        for folders in books {
            let (loaded, _) = session::load(&folders, self.color);
            known.extend(explain::rule_infos(&loaded).into_iter().map(|info| (info.id.clone(), info)));
        }
        known.into_values().collect()
    }

    /// The configuration of a letter, or of the current folder for standard input.
    pub fn project(&self, path: &Path) -> Option<Arc<Project>> {
        match path.parent() {
            Some(folder) if path != Path::new("-") => self.of_folder(folder),
            _ => self.of_folder(&self.here),
        }
    }

    /// The configuration of letters in a folder.
    pub fn of_folder(&self, folder: &Path) -> Option<Arc<Project>> {
        let mut state = self.lock();
        if let Some(known) = state.projects.get(folder) {
            return known.clone();
        }
        let file = match &self.fixed {
            _ if self.off => None,
            Some(fixed) => Some(self.whole(fixed)),
            None => find(&self.whole(folder)),
        };
        let project = match state.files.get(&file) {
            Some(known) => known.clone(),
            None => {
                let project = self.read(file.clone(), &mut state).map(Arc::new);
                state.files.insert(file, project.clone());
                project
            }
        };
        state.projects.insert(folder.to_path_buf(), project.clone());
        if project.is_none() {
            self.bad.store(true, Ordering::Relaxed);
        }
        project
    }

    fn read(&self, path: Option<PathBuf>, state: &mut State) -> Option<Project> {
        let Parsed { source, config, mut problems } = parse(path.as_deref(), &self.here)?;
        let folder = path.as_deref().and_then(Path::parent).unwrap_or(&self.here).to_path_buf();
        let rules = if self.rules.is_empty() { folders(&config, &folder, &mut problems) } else { self.rules.clone() };
        // those of the command are told as they were written
        let own = |r: &PathBuf| if self.rules.is_empty() { PathBuf::from(shown(r, &self.here)) } else { r.clone() };
        let shown: Vec<PathBuf> = rules.iter().map(own).collect();
        let known = state.books.get(&rules).cloned();
        let book = known.unwrap_or_else(|| session::of_folders(&shown, self.color).map(Arc::new));
        state.books.insert(rules.clone(), book.clone());
        if let Some(book) = &book {
            problems.extend(config.check_names(book));
        }
        let accepted = self.accepted_file(&config, &folder, state, &mut problems);
        let bad = tell(&source, &mut problems, self.color);
        if bad {
            return None;
        }
        Some(Project { path, source, config, rules, accepted: accepted?, book: book?, chosen: Mutex::default() })
    }

    /// The file of accepted findings of a configuration, if there is one; none if it is wrong.
    fn accepted_file(
        &self,
        config: &Config,
        folder: &Path,
        state: &mut State,
        problems: &mut Vec<Problem>,
    ) -> Option<Option<Arc<Known>>> {
        let path = match (&self.accepted, &config.accepted) {
            (Some(own), _) => self.whole(own),
            (None, Some(named)) => normal(&folder.join(&named.value)),
            (None, None) => folder.join(ACCEPTED_NAME),
        };
        // who wants no configuration wants nothing beside it
        if self.off && self.accepted.is_none() && !self.writes {
            return Some(None);
        }
        if !self.writes && !path.is_file() {
            if self.accepted.is_some() {
                eprintln!(
                    "error: {}: there is no such file; `imrlint baseline write` makes it",
                    shown(&path, &self.here)
                );
                return None;
            }
            if let Some(named) = &config.accepted {
                let problem = Problem::error("no-file", place(named.origin), "there is no such file");
                problems.push(problem.help("`imrlint baseline write` makes it"));
                return None;
            }
            return Some(None);
        }
        let known = state.accepted.entry(path.clone());
        let read = || Known::read(&path, shown(&path, &self.here), self.color).map(Arc::new);
        known.or_insert_with(read).clone().map(Some)
    }

    fn choose(&self, project: &Project, path: &str) -> Arc<Chosen> {
        let matching = match project.config.paths.is_empty() {
            true => Vec::new(),
            false => project.config.matching(&self.relative(project, path)),
        };
        let mut chosen = project.chosen.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || {
            let settings = project.config.settings(&matching, self.profile, &self.command);
            let (preview, least) = (settings.preview.value, settings.minimum_confidence.value);
            let plan = Plan::new(&project.book, &settings.choices, preview, least);
            let options = Options { as_of: settings.as_of.as_ref().map(|d| d.value), plan, redact: self.redact };
            let (book, accepted) = (project.book.clone(), project.accepted.clone());
            Arc::new(Chosen { book, options, settings, accepted, today: self.today })
        };
        chosen.entry(matching.clone()).or_insert_with(make).clone()
    }

    /// A letter's path from the folder of its configuration, with `/`.
    fn relative(&self, project: &Project, path: &str) -> String {
        let whole = self.whole(Path::new(path));
        let folder = project.path.as_deref().and_then(Path::parent).unwrap_or(&self.here);
        let inside = whole.strip_prefix(folder).unwrap_or(&whole);
        let names = inside.components().filter(|c| matches!(c, Component::Normal(_)));
        names.map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    }

    /// A path from the root.
    pub fn whole(&self, path: &Path) -> PathBuf {
        normal(&self.here.join(path))
    }

    /// A path for messages.
    pub fn shown(&self, path: &Path) -> String {
        shown(path, &self.here)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
