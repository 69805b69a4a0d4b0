//! Families of cues: which phrases compete for the same words.

/// Cues that compete for the same words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Family {
    /// The letter's form.
    Form,
    /// What a rationale concludes.
    Conclusion,
    /// What a rationale leans to.
    Lean,
    /// How sentences are joined and turned.
    Turn,
    /// Who or what speaks.
    Speaker,
    /// Negation, doubt and their ends.
    Polarity,
    /// Who the patient is.
    Patient,
    /// What a date is the date of.
    Date,
    /// What an amount is the amount of.
    Amount,
    /// Relief from a treatment.
    Relief,
    /// Bounds of amounts.
    Bound,
    /// What is said of a guideline.
    Guideline,
    /// A side of the body.
    Side,
    /// What an item hangs on.
    Dependence,
    /// Who finds what to be so.
    Claim,
    /// Whether a guideline is for or against something.
    Position,
    /// Proof that is missing or refused.
    Proof,
    /// What joins words and clauses of a verdict.
    Link,
    /// Conditions and concessions.
    Condition,
    /// How clauses hang together.
    Subordination,
    /// How a case stands to its guideline, and on what grounds it may depart from it.
    Departure,
    /// What a reviewer puts aside.
    Aside,
    /// "Medical necessity".
    Necessity,
    /// Whether that is there.
    Established,
    /// What a sentence is about.
    Topic,
    /// Tense and mood.
    Mood,
    /// Whether a treatment was had before.
    Earlier,
    /// Who was examined, and what was found.
    Finding,
    /// The form of a drug and how it is taken.
    Dosage,
    /// What stands for things that are named elsewhere.
    Reference,
    /// Words for needing a thing, granting it and refusing it.
    Needing,
    /// What becomes of the denial.
    Standing,
    /// That a need is shown.
    Showing,
    /// What denies a ruling in the reviewer's own words.
    Denying,
    /// What is ruled on, and by whom.
    Ruled,
    /// How a day or a length of time belongs to the injury.
    Injury,
    /// How a length of time is told.
    Length,
    /// What a length of time or a day may be instead.
    Instead,
    /// What only a patient has.
    OwnThing,
    /// What only a patient does.
    OwnDeed,
    /// What others have and do.
    OthersDeed,
    /// How an age or a sex is told without a word for the patient.
    Person,
    /// How an observation came out.
    Value,
    /// What begins a clause that gives the ground.
    Opening,
    /// Whether and how the patient works.
    Work,
    /// Who asks for a treatment.
    Provider,
    /// What became of another item of the letter.
    Fate,
    /// What a letter tells beside the case.
    Beside,
}
