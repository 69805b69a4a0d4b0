//! What each amount is: where it is looked for, in which units, and whether it may be that of another treatment.

use crate::measure::Unit;
use crate::rulebook::{AmountFact, Place};

/// Where an amount is looked for if a rule does not say.
pub fn default_places(fact: AmountFact) -> &'static [Place] {
    match fact {
        // the dates of injury and decision are those of the header or the summary
        AmountFact::Age | AmountFact::TimeSinceInjury => &[Place::Summary],
        _ => possible_places(fact),
    }
}

/// Where an amount can be looked for at all.
pub fn possible_places(fact: AmountFact) -> &'static [Place] {
    match fact {
        AmountFact::Levels
        | AmountFact::Visits
        | AmountFact::Quantity
        | AmountFact::Refills
        | AmountFact::Strength
        | AmountFact::Supply
        | AmountFact::DailyDose
        | AmountFact::Injections => &[Place::Request],
        AmountFact::UseDuration
        | AmountFact::CompletedVisits
        | AmountFact::Relief
        | AmountFact::TimeSince
        | AmountFact::TimeSinceInjury
        | AmountFact::Age => &[Place::Summary, Place::Rationale],
    }
}

/// Whether an amount can be asked of another treatment than the request's.
pub fn has_treatment(fact: AmountFact) -> bool {
    matches!(fact, AmountFact::UseDuration | AmountFact::CompletedVisits | AmountFact::Relief | AmountFact::TimeSince)
}

/// Whether an amount is a length of time: its limits need a unit.
pub fn is_time(fact: AmountFact) -> bool {
    unit_fits(fact, Unit::Days)
}

/// Whether a limit of this unit compares with the amount.
pub fn unit_fits(fact: AmountFact, unit: Unit) -> bool {
    match fact {
        AmountFact::Levels => matches!(unit, Unit::Levels | Unit::One),
        AmountFact::Visits | AmountFact::CompletedVisits => matches!(unit, Unit::Visits | Unit::One),
        AmountFact::Injections => matches!(unit, Unit::Injections | Unit::One),
        AmountFact::Quantity | AmountFact::Refills => unit == Unit::One,
        AmountFact::Strength | AmountFact::DailyDose => unit == Unit::Milligrams,
        AmountFact::UseDuration | AmountFact::TimeSinceInjury | AmountFact::TimeSince | AmountFact::Supply => {
            unit.is_time()
        }
        AmountFact::Age => unit == Unit::Years,
        AmountFact::Relief => matches!(unit, Unit::Percent | Unit::Points),
    }
}

/// How a limit of the amount is written.
pub fn unit_help(fact: AmountFact) -> String {
    let example = match fact {
        AmountFact::Levels => "2 levels",
        AmountFact::Visits | AmountFact::CompletedVisits => "12 visits",
        AmountFact::Injections => "3 injections",
        AmountFact::Quantity | AmountFact::Refills => "a plain number",
        AmountFact::Strength | AmountFact::DailyDose => "40 mg",
        AmountFact::UseDuration | AmountFact::TimeSinceInjury | AmountFact::TimeSince => "4 weeks",
        AmountFact::Supply => "30 days",
        AmountFact::Age => "18 years",
        AmountFact::Relief => "50 %",
    };
    format!("write it as {example}")
}
