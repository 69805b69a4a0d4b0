//! Cues: the closed list of what words can signal to the linter. The words themselves are data, `rules/lexicon/cues/`.

use super::family::Family;
use serde::{Deserialize, Serialize};

/// Declares the cues with their ids in YAML and the family in which the longest phrase wins.
macro_rules! cues {
    ($($(#[$doc:meta])* $name:ident = $id:literal in $family:ident,)*) => {
        /// What a phrase of the lexicon signals.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Cue { $($(#[$doc])* $name,)* }

        impl Cue {
            /// All cues with their ids.
            pub const ALL: &[(&str, Cue)] = &[$(($id, Cue::$name),)*];

            /// The family in which only the longest of overlapping phrases counts.
            pub fn family(self) -> Family {
                match self { $(Cue::$name => Family::$family,)* }
            }
        }
    };
}

cues! {
    /// The sentence that introduces the decisions.
    DecisionsIntroduction = "decisions-introduction" in Form,
    /// Words of a partial authorization.
    PartialTemplate = "partial-template" in Form,
    /// The end of its first sentence.
    PartialOpening = "partial-opening" in Form,
    /// What the administrator authorized.
    PartialAuthorized = "partial-authorized" in Form,
    /// Words that sentences have and headings do not: "is", "has".
    Prose = "prose" in Form,
    /// What is still in dispute.
    PartialRemaining = "partial-remaining" in Form,

    /// The rationale finds the request necessary.
    Necessary = "necessary" in Conclusion,
    /// The rationale finds the request not necessary.
    NotNecessary = "not-necessary" in Conclusion,
    /// "Medical necessity", found or denied by the words behind it.
    Necessity = "necessity" in Necessity,
    /// Says that the medical necessity before it is there.
    Established = "established" in Established,
    /// Says that the medical necessity before it is not there.
    NotEstablished = "not-established" in Established,
    /// The request is granted: a conclusion only if said of the request.
    Granted = "granted" in Conclusion,
    /// The request is refused: a conclusion only if said of the request.
    Refused = "refused" in Conclusion,
    /// The denial is reversed, in words that need no subject: "I am overturning".
    Overturns = "overturns" in Conclusion,
    /// The denial stands, in words that need no subject: "I am upholding".
    Upholds = "upholds" in Conclusion,
    /// Says more weakly that the request is necessary.
    LeansNecessary = "leans-necessary" in Lean,
    /// Says more weakly that the request is not necessary.
    LeansNotNecessary = "leans-not-necessary" in Lean,
    /// Looks like a conclusion and is none.
    NoConclusion = "no-conclusion" in Conclusion,

    /// Opens a conclusion: "given the above".
    ConclusionOpener = "conclusion-opener" in Turn,
    /// Turns from the guideline to the case: "in this case".
    CaseTurn = "case-turn" in Turn,
    /// Sets against: "however".
    Contrast = "contrast" in Turn,

    /// A guideline says: "guidelines recommend".
    GuidelineSays = "guideline-says" in Speaker,
    /// Recommends or weighs evidence without naming a guideline: "is not recommended".
    Recommends = "recommends" in Speaker,
    /// Words of a guideline's own style: "is recommended as an option".
    GuidelineStyle = "guideline-style" in Speaker,
    /// The person: "the applicant", "this patient".
    Person = "person" in Speaker,
    /// The person in words that guidelines do not use: "the claimant", "this patient".
    Claimant = "claimant" in Finding,
    /// Persons in general, as guidelines speak: "patients who".
    People = "people" in Speaker,
    /// The records of the case: "the documentation submitted".
    Record = "record" in Speaker,
    /// The request at hand: "the request".
    ThisRequest = "this-request" in Speaker,
    /// Another request than the one at hand: "the concurrent request".
    OtherRequest = "other-request" in Speaker,
    /// The treating side: "the treating provider".
    TreatingProvider = "treating-provider" in Speaker,
    /// The administrator's reviewer: "utilization review".
    UtilizationReview = "utilization-review" in Speaker,
    /// Any name of a guideline: "guideline", "label".
    GuidelineWord = "guideline-word" in Topic,
    /// Advice when it stands behind the ruling: "taper".
    AdviceTopic = "advice-topic" in Topic,
    /// Advice beside the decision.
    Advice = "advice" in Speaker,

    /// Somebody says or finds something: "states that".
    Claims = "claims" in Claim,
    /// The reviewer's own finding, in the passive, and no claim of somebody else: "is found to be".
    Found = "found" in Claim,
    /// Proof is missing for what follows: "no evidence that".
    Unproven = "unproven" in Proof,
    /// What follows is rejected, whether it affirms or denies: "disagree that".
    Rejects = "rejects" in Proof,
    /// Takes every doubt from what follows: "there is no doubt that".
    Assures = "assures" in Proof,
    /// Joins two words of one verdict: "necessary or appropriate".
    Coordination = "coordination" in Link,
    /// Begins another clause: "and the".
    ClauseJoin = "clause-join" in Link,
    /// Makes what follows a condition: "if".
    Conditional = "conditional" in Condition,
    /// Begins a clause that the main clause follows behind a comma: "because".
    Subordinate = "subordinate" in Subordination,
    /// Concedes what follows: "while", "although".
    Concession = "concession" in Condition,
    /// Tells what happened: "was", "underwent".
    Past = "past" in Mood,
    /// Holds the case against the guideline: "exceeds the recommendation".
    Applies = "applies" in Mood,
    /// What an examination finds: "tenderness".
    Findings = "findings" in Finding,
    /// A number or a finding of one person at one time: "drops from 8 to 4".
    Measured = "measured" in Finding,
    /// Speaks in general: "should", "may".
    General = "general" in Mood,

    /// Negates what follows: "no", "denies".
    Negation = "negation" in Polarity,
    /// Negates what stands before: "was ruled out".
    NegationAfter = "negation-after" in Polarity,
    /// Says that what follows is not documented: "no documentation of".
    Undocumented = "undocumented" in Polarity,
    /// Says that what stands before is not documented: "was not documented".
    UndocumentedAfter = "undocumented-after" in Polarity,
    /// Makes what follows doubtful: "possible", "rule out".
    Doubt = "doubt" in Polarity,
    /// Makes what stands before doubtful: "is unclear".
    DoubtAfter = "doubt-after" in Polarity,
    /// Looks like a negation and is none: "not only".
    PseudoNegation = "pseudo-negation" in Polarity,
    /// Ends the reach of a cue: "but".
    ScopeEnd = "scope-end" in Polarity,
    /// Denies that something shows what follows; of records, says that they do not document it: "does not show".
    Unshown = "unshown" in Polarity,
    /// Negates only what stands right behind it: "negative" in "negative Spurling test".
    NegationOfNext = "negation-of-next" in Polarity,
    /// Negates only what stands right before it: "negative" in "Spurling test negative".
    NegationOfLast = "negation-of-last" in Polarity,
    /// Makes all that follows in its clause a mere supposition, whatever it says: "if", "whether".
    Supposition = "supposition" in Polarity,
    /// A noun that takes for granted what follows; what is said of it is not said of that: "response to".
    About = "about" in Polarity,
    /// Asks for what follows; what becomes of the request is not said of that: "request for".
    AsksFor = "asks-for" in Polarity,
    /// Papers, or that something is in them: "notes", "documented". A "no" before the words before it means these.
    Papers = "papers" in Polarity,
    /// A subject of a statement of its own, over which no cue reaches: "he", "the patient".
    Subject = "subject" in Polarity,
    /// A verb of a statement of its own, over which no cue reaches: "is", "reported".
    Verb = "verb" in Polarity,
    /// That what stands before was found: no statement of its own where that is denied, "no fever, chills were noted".
    Perceived = "perceived" in Polarity,
    /// Puts a whole clause under the cue before it, subject and verb and all: "that".
    ClauseOpener = "clause-opener" in Polarity,
    /// Joins items of a list that stand under one negation: "or".
    ListOr = "list-or" in Polarity,
    /// Joins items of a list: "and".
    ListAnd = "list-and" in Polarity,

    /// The patient is male: "year-old man".
    Male = "male" in Patient,
    /// The patient is female.
    Female = "female" in Patient,
    /// A pronoun of a man.
    MalePronoun = "male-pronoun" in Patient,
    /// A pronoun of a woman.
    FemalePronoun = "female-pronoun" in Patient,
    /// "year-old".
    YearsOld = "years-old" in Patient,
    /// Somebody else whom a pronoun may mean: "the physician".
    OtherPerson = "other-person" in Patient,
    /// Somebody of the patient's own life whom a pronoun may mean: "his wife".
    Relative = "relative" in Patient,
    /// What only a patient has, behind a pronoun: "her pain".
    OwnThing = "own-thing" in OwnThing,
    /// What only a patient does, with the pronoun: "she limps".
    OwnDeed = "own-deed" in OwnDeed,
    /// What others than the patient have or do, with the pronoun: "her note", "he who".
    OthersDeed = "others-deed" in OthersDeed,
    /// Tells that the patient has none of what stands before: "none of which she has".
    NoneOfWhich = "none-of-which" in OthersDeed,
    /// Opens what the patient's family has had: "family history of".
    FamilyHistory = "family-history" in Patient,
    /// Tells of a time that was over: "for the first two weeks", "before the injury".
    Bygone = "bygone" in Mood,
    /// Words with a sex that tell nothing of the patient: "male erectile disorder".
    NoSex = "no-sex" in Patient,

    /// The date that follows is that of the injury.
    InjuryDate = "injury-date" in Date,
    /// The date nearby is that of the denial.
    DenialDate = "denial-date" in Date,
    /// The date nearby is that of the request for authorization.
    RequestDate = "request-date" in Date,
    /// The date nearby belongs to something earlier than this injury.
    EarlierDate = "earlier-date" in Date,
    /// The date nearby belongs to something to come.
    /// The date nearby is that of a visit for an injury under treatment.
    VisitDate = "visit-date" in Date,
    /// Tells how the injury came about: "fell".
    Accident = "accident" in Mood,
    /// The date nearby is yet to come: an appointment, the end of a leave.
    PlannedDate = "planned-date" in Date,

    /// Use of a drug over time.
    UseOver = "use-over" in Amount,
    /// Use began then: "since".
    Since = "since" in Amount,
    /// A number of visits right behind it was had: "despite".
    HadCount = "had-count" in Amount,
    /// Visits that the patient has had.
    Completed = "completed" in Amount,
    /// Relief that a treatment gave.
    Relief = "relief" in Relief,
    /// The amount that follows is the most that it may have been: "no more than".
    AtMost = "at-most" in Bound,

    /// The line is not based on the MTUS.
    OutsideMtus = "outside-mtus" in Guideline,
    /// The line cites nothing.
    CitesNothing = "cites-nothing" in Guideline,
    /// The guideline says nothing of the item: "does not address".
    Silent = "silent" in Guideline,
    /// The guideline is put aside rather than called silent: "does not apply".
    NotApplicable = "not-applicable" in Guideline,
    /// A reason why a claim of silence is hedged: "for acute conditions".
    Hedge = "hedge" in Guideline,
    /// A guideline is for something: "recommended".
    PositionFor = "position-for" in Position,
    /// A guideline is against something: "discouraged".
    PositionAgainst = "position-against" in Position,
    /// What stands before was denied in another decision of this letter: "was denied above".
    DeniedAbove = "denied-above" in Opening,
    /// What stands before was approved in another decision of this letter.
    ApprovedAbove = "approved-above" in Opening,
    /// Begins a clause that is the ground of what stands behind its comma: "as", "because".
    GroundOpens = "ground-opens" in Opening,
    /// Another item is not necessary, and therefore this one.
    GroundDenied = "ground-denied" in Dependence,
    /// Another item is necessary, and therefore this one.
    GroundApproved = "ground-approved" in Dependence,
    /// The item is part of an operation by its name.
    AssociatedItem = "associated-item" in Dependence,
    /// What follows shares the ruling before it: "and so are the".
    EchoOf = "echo-of" in Dependence,
    /// What stands before shares a ruling: "share that outcome".
    Echoes = "echoes" in Dependence,
    /// Names an operation by its place in the plan: "the primary procedure".
    OperationWord = "operation-word" in Fate,
    /// Names another item by its number: "decision 1".
    ItemNumber = "item-number" in Fate,
    /// The letter at hand: "this review".
    LetterSelf = "letter-self" in Fate,
    /// What stands before will be done: "goes forward"; denied, that it will not.
    GoesAhead = "goes-ahead" in Fate,
    /// What stands before comes to nothing: "is off the table".
    FallsThrough = "falls-through" in Fate,
    /// Rules against what follows: "found against".
    RulesAgainst = "rules-against" in Fate,
    /// What follows is denied: "the denial of".
    DenialOf = "denial-of" in Fate,
    /// What follows is approved: "the approval of", "overturned the denial of".
    ApprovalOf = "approval-of" in Fate,
    /// What stands above was denied or approved, whatever it was: "the denial above".
    DenialHere = "denial-here" in Fate,
    /// The same of an approval.
    ApprovalHere = "approval-here" in Fate,
    /// There will be none of what follows: "there will be no".
    WillBeNo = "will-be-no" in Fate,
    /// There is none of the approved thing that follows: "in the absence of".
    WantOf = "want-of" in Fate,
    /// Leaves open what becomes of an item, or tells of another time: "until", "previously".
    FateOpen = "fate-open" in Fate,
    /// What stands before is the ground of what follows: "hence".
    SoThat = "so-that" in Fate,

    /// Left.
    LeftSide = "left-side" in Side,
    /// Right.
    RightSide = "right-side" in Side,
    /// Both sides.
    BothSides = "both-sides" in Side,

    /// What stands before the claim is the ground of the decision: "per", "according to".
    Following = "following" in Guideline,
    /// What is named before it is the ground of the decision: "on which I rely".
    RestsOnIt = "rests-on-it" in Guideline,
    /// Somebody else than the reviewer leans on what is named: "the provider relied on".
    OthersLean = "others-lean" in Guideline,
    /// The guideline named before it speaks of something else than the item: "discusses ... but not".
    SpeaksElsewhere = "speaks-elsewhere" in Guideline,

    /// A drug put on the skin: "gel".
    TopicalForm = "topical-form" in Dosage,
    /// A drug taken by mouth in pieces: "tablets".
    OralForm = "oral-form" in Dosage,
    /// A drug in a form whose strengths are not told here: "suspension", "compound".
    OtherForm = "other-form" in Dosage,
    /// A drug is taken only when it is wanted: "as needed".
    AsNeeded = "as-needed" in Dosage,
    /// A drug is taken once a day: "nightly".
    OnceDaily = "once-daily" in Dosage,
    /// A drug is taken twice a day: "BID".
    TwiceDaily = "twice-daily" in Dosage,
    /// A drug is taken three times a day: "TID".
    ThriceDaily = "thrice-daily" in Dosage,
    /// A drug is taken four times a day: "QID".
    FourTimesDaily = "four-times-daily" in Dosage,
    /// Words for several items at once: "associated requests".
    Collective = "collective" in Reference,
    /// What follows is found elsewhere in the letter: "see above".
    SeeElsewhere = "see-elsewhere" in Reference,
    /// The thing asked for is a device, whatever therapy it gives: "unit".
    DeviceWord = "device-word" in Reference,
    /// A word for care in general, by which a rationale speaks of what is asked for without its name: "sessions", "dose".
    CareWord = "care-word" in Reference,
    /// The patient's own age follows: "her age of".
    OwnAge = "own-age" in Patient,
    /// The age that follows is a bound and nobody's own: "over".
    AgeBound = "age-bound" in Reference,
    /// A word that requests of any kind may have: "without contrast", "sessions".
    RequestDetail = "request-detail" in Reference,
    /// A stretch of time that reaches up to now, and no earlier time: "for the past 4 years".
    UpToNow = "up-to-now" in Date,
    /// Pain, of which a score tells how much: "VAS".
    PainWord = "pain-word" in Topic,
    /// The decade of the patient's age follows: "in her early".
    InDecade = "in-decade" in Topic,
    /// The year of the patient's birth follows: "born in".
    Born = "born" in Topic,
    /// Who asks for the treatment or prescribes it; the specialty follows.
    CaseProvider = "case-provider" in Provider,
    /// A specialty of physicians, or another profession that treats.
    Specialty = "specialty" in Provider,
    /// Asks for what follows: "seeks".
    Asks = "asks" in Provider,
    /// What stands before is asked for: "is requested".
    IsAsked = "is-asked" in Provider,
    /// The operation that follows was done.
    HadSurgery = "had-surgery" in Work,
    /// The patient does not work.
    WorkOff = "work-off" in Work,
    /// The patient works less, or other work, than before.
    WorkLimited = "work-limited" in Work,
    /// The patient does all of the usual work.
    WorkFull = "work-full" in Work,
    /// The patient works, in whatever way.
    WorkSome = "work-some" in Work,
    /// An illness that no injury brings: "diabetes".
    OtherIllness = "other-illness" in Topic,
    /// The patient's age follows: "aged".
    Aged = "aged" in Topic,
    /// The patient's age follows, before the sentence itself: "at age".
    AtAge = "at-age" in Topic,
    /// A chapter by its number: "Chapter 8".
    ChapterNumber = "chapter-number" in Reference,
    /// A table of a chapter: "Table 8-8".
    TableNumber = "table-number" in Reference,
    /// The request at hand, with an article that leaves no doubt: "the request for", "this is a request".
    TheRequest = "the-request" in Reference,
    /// What follows is the view of the administrator's reviewer: "UR thought".
    AnothersRuling = "anothers-ruling" in Reference,
    /// Somebody who examined the patient for the case: "the agreed examiner".
    Examiner = "examiner" in Ruled,
    /// Care of which guidelines say themselves that it is not necessary: "elective care".
    ElectiveCare = "elective-care" in Reference,
    /// A number right before or behind it is that of the request: "asked for".
    AskedBeside = "asked-beside" in Reference,
    /// A word that sets two measures of one kind apart: "flexion", "with medication".
    SetsApart = "sets-apart" in Topic,
    /// A word that tells nothing of what was tried, found or had: "trial".
    VagueWord = "vague-word" in Topic,
    /// A complaint that lasts; a duration follows: "pain for".
    ComplaintOver = "complaint-over" in Reference,

    /// Somebody needs what follows: "requires".
    Needs = "needs" in Needing,
    /// A need: "need for".
    Need = "need" in Needing,
    /// Said of a request: "necessary".
    Needed = "needed" in Needing,
    /// Said of a request: "unnecessary".
    Unneeded = "unneeded" in Needing,
    /// Looks like a word for a need and is none: "as needed".
    OtherNeed = "other-need" in Needing,
    /// Said of a request: "meets the test of medical necessity".
    Passes = "passes" in Needing,
    /// Said of a request: "fails the test of medical necessity".
    Fails = "fails" in Needing,
    /// Grants what follows: "approve".
    Grants = "grants" in Needing,
    /// Denies what was recited right before: "none of these is present".
    NoneOfThese = "none-of-these" in Needing,
    /// Says that what was recited right before is not in the records: "none of these was noted".
    NoneNoted = "none-noted" in Needing,
    /// Opens a sentence on what the records do not tell: "no deficit is described".
    NoneTold = "none-told" in Needing,
    /// What a drug becomes in the body.
    Metabolite = "metabolite" in Needing,
    /// Tells of a reason for what follows: "every reason to".
    ReasonTo = "reason-to" in Needing,
    /// Refuses what follows: "deny".
    Refuses = "refuses" in Needing,
    /// Said of a request: "approved".
    GrantedInBrief = "granted-in-brief" in Needing,
    /// Said of a request: "denied".
    RefusedInBrief = "refused-in-brief" in Needing,
    /// The denial under review: "the adverse determination".
    Denial = "denial" in Ruled,
    /// The denial stands: "is left in place".
    LetsStand = "lets-stand" in Standing,
    /// The denial does not stand: "is set aside".
    LetsFall = "lets-fall" in Standing,
    /// Records show what follows: "bears out".
    ShowsNeed = "shows-need" in Showing,
    /// Records speak for what follows: "justify".
    Justifies = "justifies" in Standing,
    /// Said of a need before it: "established".
    NeedShown = "need-shown" in Showing,
    /// Said of a need before it: "lacking".
    NeedUnshown = "need-unshown" in Showing,
    /// The criteria of what follows: "requirements for".
    CriteriaFor = "criteria-for" in Showing,
    /// Turns a ruling in own words round: "cannot".
    OwnDenial = "own-denial" in Denying,
    /// Looks so and does not: "not only".
    OwnAffirmation = "own-affirmation" in Denying,
    /// Opens a condition without which the request is not needed: "only if".
    OnlyThen = "only-then" in Denying,
    /// The reviewer: "I", "this reviewer".
    ReviewerSelf = "reviewer-self" in Ruled,
    /// The reviewer comes to a view: "find".
    Judges = "judges" in Standing,
    /// Less or something else than what follows names: "help".
    FallsShort = "falls-short" in Ruled,
    /// Stands before the name of an item: "use of".
    ItemOf = "item-of" in Ruled,
    /// Stands for the item in the heading: "this one".
    StandsForItem = "stands-for-item" in Ruled,
    /// A day on which the patient was seen follows: "presented on".
    SeenDate = "seen-date" in Date,
    /// A day on which the patient was seen stands right before: "the patient complained".
    SeenAfter = "seen-after" in Injury,
    /// A film, a study or an operation.
    RecordOfStudy = "record-of-study" in Instead,
    /// Another injury or claim than this one.
    OtherInjury = "other-injury" in Instead,
    /// The injury grew over time: "cumulative trauma".
    GrownInjury = "grown-injury" in Topic,
    /// A request that was made on the day right before.
    RequestMade = "request-made" in Injury,
    /// The denial refers to what the sentence dates: "was referenced in its determination".
    InItsDenial = "in-its-denial" in Injury,
    /// The request in dispute by name: "for this request".
    RequestInDispute = "request-in-dispute" in Injury,
    /// The bare year of the injury follows: "was injured in".
    InjuryYear = "injury-year" in Injury,
    /// How long ago the injury was: "industrial injury two years ago".
    InjuryAgo = "injury-ago" in Date,
    /// A length of time that began with the injury: "since the fall".
    SinceInjury = "since-injury" in Injury,
    /// The length of time before is that since the injury: "post injury".
    AfterInjury = "after-injury" in Injury,
    /// Comes of this injury: "for this injury".
    FromInjury = "from-injury" in Injury,
    /// A length of time follows that something has lasted: "for the past".
    Lasting = "lasting" in Length,
    /// So long something has lasted: "history of".
    SoLong = "so-long" in Length,
    /// Has gone on up to now: "has persisted".
    HasLasted = "has-lasted" in Length,
    /// May lie ahead, or be a bound: "will", "within".
    ToCome = "to-come" in Instead,
    /// A man or woman with the age in years: "a woman of 36 years".
    OfYears = "of-years" in Person,
    /// The patient, when an age follows: "this".
    ThisOne = "this-one" in Person,
    /// The patient with the sex: "this female worker".
    SexedPerson = "sexed-person" in Person,
    /// A test found what it looks for: "positive".
    TestPositive = "test-positive" in Value,
    /// A test did not: "negative".
    TestNegative = "test-negative" in Value,
    /// A faculty or structure is whole: "intact".
    FacultyWhole = "faculty-whole" in Value,
    /// A faculty or structure is not: "diminished".
    FacultyImpaired = "faculty-impaired" in Value,
    /// Joins an observation to what is said of it: "was noted to be".
    ValueVerb = "value-verb" in Value,
    /// The treatment that follows was not had: "has not started".
    NotHad = "not-had" in Value,
    /// What is asked for has been had for long, or a course of it before: "has already completed".
    LongUsed = "long-used" in Earlier,
    /// What is asked for is the first of its kind: "this would be the first".
    FirstUsed = "first-used" in Earlier,
    /// The treatment before it was or was not had, by its own polarity: "has been given".
    HadAfter = "had-after" in Value,
    /// The treatment that follows was had: "has undergone".
    WasHad = "was-had" in Value,
    /// The treatments that follow were had: "treatment to date has included".
    HadList = "had-list" in Value,
    /// A study tells what follows: "revealed".
    StudyTells = "study-tells" in Value,
    /// What only an abnormal study tells: "herniation".
    StudyFinding = "study-finding" in Value,
    /// How many visits were had.
    TopicVisits = "topic-visits" in Value,
    /// How severe pain is.
    TopicScore = "topic-score" in Value,
    /// How much relief a treatment gave.
    TopicRelief = "topic-relief" in Value,
    /// Whether and how the patient works.
    TopicWork = "topic-work" in Value,
    /// What the patient suffers from.
    TopicDiagnosis = "topic-diagnosis" in Value,
    /// An examination of the patient.
    TopicExam = "topic-exam" in Value,
    /// When a drug was begun and how it is taken.
    TopicUse = "topic-use" in Value,
    /// Tells a diagnosis: "diagnosed with".
    ToldDiagnosis = "told-diagnosis" in Value,
    /// Tells of an examination.
    ToldExam = "told-exam" in Value,
    /// The case does not keep to the guideline, as the reviewer says: "the criteria have not been met".
    CriteriaUnmet = "criteria-unmet" in Departure,
    /// The reviewer says that nothing supports the request: "no rationale was given for".
    Unsupported = "unsupported" in Departure,
    /// What stands before would support the request: "to warrant imaging".
    WouldSupport = "would-support" in Departure,
    /// The case keeps to all that the guideline asks for: "meets each of these".
    CriteriaMet = "criteria-met" in Departure,
    /// More is asked for than the guideline has, unless it is denied: "exceeds the recommended number".
    GoesBeyond = "goes-beyond" in Departure,
    /// A ground of a decision follows: "given".
    GivesReason = "gives-reason" in Departure,
    /// Denies all that was named: "none of the three".
    NoneOfNamed = "none-of-named" in Proof,
    /// Denies what was named last, where its clause ends: "has not been on one".
    NotOne = "not-one" in Proof,
    /// Denies one of what was named: "no such".
    NoSuch = "no-such" in Proof,
    /// Words like a ground that give none, or only the complaint: "given the above", "in view of the ongoing pain".
    NoReason = "no-reason" in Departure,
    /// What a reviewer is glad not to find: "side effects".
    WelcomeLack = "welcome-lack" in Departure,
    /// More, or later, than what is asked for: "use beyond this request".
    NotAsked = "not-asked" in Aside,
    /// The reviewer doubts what something would bring: "I do not see what a delay would".
    DoubtsGain = "doubts-gain" in Aside,
    /// Something was never tried or done: "has not been exhausted".
    Untried = "untried" in Departure,
    /// A wish, a hope, or that no harm is done, which is no clinical reason: "would like to have it".
    Excuse = "excuse" in Departure,
    /// What nearly every guideline asks for first: "conservative care".
    UsualFirst = "usual-first" in Departure,
    /// Another claim, illness or matter than the one that is decided: "not part of the claim".
    AnotherMatter = "another-matter" in Beside,
    /// A time long before the one that is decided: "years before the claim".
    LongAgo = "long-ago" in Beside,
    /// What was used was given up: "came off it".
    LeftOff = "left-off" in Beside,
    /// Somebody beside the patient to whom the same may have happened: "a coworker".
    Bystander = "bystander" in Beside,
}
