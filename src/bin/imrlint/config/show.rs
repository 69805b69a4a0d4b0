//! `imrlint config show` and `imrlint config schema`.

use super::{Chosen, Configs, Project};
use crate::args::{Color, ConfigShow, ListFormat, RulesSchema};
use crate::session::{self, exit};
use imrlint::config::{self, Given, Origin};
use imrlint::source::Source;

/// One value.
#[derive(serde::Serialize)]
struct Row {
    key: &'static str,
    value: String,
    origin: String,
}

/// Prints every setting and its origin.
pub fn show(args: &ConfigShow, color: Color) -> u8 {
    let configs = match Configs::new(&args.book, &args.choosing, std::slice::from_ref(&args.path), false, color) {
        Ok(configs) => configs,
        Err(code) => return code,
    };
    let path = args.path.display().to_string();
    // a folder stands for a letter in it whose name no pattern asks for
    let letter = if args.path.is_dir() { args.path.join("-") } else { args.path.clone() };
    let Some(project) = configs.project(&letter) else { return exit::RULEBOOK };
    let chosen = configs.choose(&project, &letter.display().to_string());
    let rows = rows(&configs, &project, &chosen, args);
    let file = project.path.as_ref().map(|p| configs.shown(p));
    match args.format {
        ListFormat::Json => {
            let all = serde_json::json!({ "schema": 1, "path": path, "config": file, "values": rows });
            println!("{}", serde_json::to_string_pretty(&all).unwrap_or_default());
        }
        ListFormat::Text => {
            let name = file.unwrap_or_else(|| "no configuration file".to_string());
            println!("{path}: {name}");
            let width = rows.iter().map(|r| r.value.chars().count()).max().unwrap_or(0).min(48);
            for row in &rows {
                println!("{:<19} {:<width$}  {}", row.key, row.value, row.origin);
            }
        }
    }
    0
}

fn rows(configs: &Configs, project: &Project, chosen: &Chosen, args: &ConfigShow) -> Vec<Row> {
    let (settings, config) = (&chosen.settings, &project.config);
    let origin = |o: Origin| origin(o, &project.source, args);
    let mut rows = Vec::new();
    let mut row = |key, value: String, origin: String| rows.push(Row { key, value, origin });
    let default = || "default".to_string();
    if args.book.rules.is_empty() {
        for (folder, named) in project.rules.iter().zip(&config.rules) {
            row("rules", configs.shown(folder), origin(named.origin));
        }
    } else {
        project.rules.iter().for_each(|f| row("rules", f.display().to_string(), origin(Origin::CommandLine)));
    }
    if project.rules.is_empty() {
        row("rules", "the shipped rulebook alone".to_string(), default());
    }
    match (args.choosing.profile, &config.profile) {
        (Some(profile), _) => row("profile", profile.word().to_string(), origin(Origin::CommandLine)),
        (None, Some(profile)) => row("profile", profile.value.word().to_string(), origin(profile.origin)),
        (None, None) => row("profile", "none".to_string(), default()),
    }
    let list = |of: fn(&config::Choice) -> &Vec<Given<String>>| -> Vec<(String, String)> {
        settings.choices.iter().flat_map(of).map(|n| (n.value.clone(), origin(n.origin))).collect()
    };
    let severity: Vec<(String, String)> = settings
        .choices
        .iter()
        .flat_map(|c| &c.severity)
        .map(|(n, s)| (format!("{}: {}", n.value, s.value.map_or("off", |s| s.word())), origin(s.origin)))
        .collect();
    for (key, all, none) in [
        ("select", list(|c| &c.select), "all"),
        ("extend-select", list(|c| &c.extend_select), "none"),
        ("ignore", list(|c| &c.ignore), "none"),
        ("severity", severity, "as the rules say"),
    ] {
        if all.is_empty() {
            row(key, none.to_string(), default());
        }
        all.into_iter().for_each(|(value, origin)| row(key, value, origin));
    }
    row("preview", settings.preview.value.to_string(), origin(settings.preview.origin));
    let least = &settings.minimum_confidence;
    row("minimum-confidence", least.value.word().to_string(), origin(least.origin));
    match &settings.show {
        Some(show) => row("show", show.value.word().to_string(), origin(show.origin)),
        None => row("show", "warning; info for json and jsonl".to_string(), default()),
    }
    row("fail-on", settings.fail_on.value.map_or("never", |s| s.word()).to_string(), origin(settings.fail_on.origin));
    match &settings.as_of {
        Some(day) => row("as-of", day.value.to_string(), origin(day.origin)),
        None => row("as-of", "the dates of each letter".to_string(), default()),
    }
    let accepted = chosen.accepted.as_ref().map_or("none".to_string(), |known| known.shown.clone());
    match (&args.choosing.accepted, &config.accepted) {
        (Some(_), _) => row("accepted", accepted, origin(Origin::CommandLine)),
        (None, Some(named)) => row("accepted", accepted, origin(named.origin)),
        (None, None) => row("accepted", accepted, default()),
    }
    if config.exclude.written.is_empty() {
        row("exclude", "none".to_string(), default());
    }
    config.exclude.written.iter().for_each(|p| row("exclude", p.value.clone(), origin(p.origin)));
    rows
}

/// Where a value came from, in words.
fn origin(origin: Origin, source: &Source, args: &ConfigShow) -> String {
    match origin {
        Origin::Default => "default".to_string(),
        Origin::CommandLine => "command line".to_string(),
        Origin::Profile(profile) if args.choosing.profile.is_some() => {
            format!("profile {} of the command line", profile.word())
        }
        Origin::Profile(profile) => format!("profile {}", profile.word()),
        Origin::File(span) => {
            let at = source.position(span.start);
            format!("{}:{}:{}", source.name, at.line, at.column)
        }
    }
}

/// Prints the schema of configuration files.
pub fn schema(args: &RulesSchema, color: Color) -> u8 {
    match session::rulebook(&args.book, color) {
        Ok(book) => {
            println!("{}", serde_json::to_string_pretty(&config::schema(book)).unwrap_or_default());
            0
        }
        Err(code) => code,
    }
}
