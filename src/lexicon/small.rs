//! Small words that are asked for one at a time: closed sets, whose words are data (`rules/lexicon/words.yaml`).

/// Declares the sets with their ids in YAML.
macro_rules! small {
    ($($(#[$doc:meta])* $name:ident = $id:literal,)*) => {
        /// A set of small words.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Small { $($(#[$doc])* $name,)* }

        impl Small {
            /// All sets with their ids.
            pub const ALL: &[(&str, Small)] = &[$(($id, Small::$name),)*];
        }
    };
}

small! {
    /// Opens a sentence that outweighs the one before it: "however".
    Outweighs = "outweighs",
    /// Sets a ruling against the view of another that it names: "contrary to".
    Opposes = "opposes",
    /// Says of several things the same of each: "both".
    EachOf = "each-of",
    /// By which a guideline speaks for something: "recommend".
    Advises = "advises",
    /// Behind a number makes it a limit, not what was measured: "threshold".
    LimitNoun = "limit-noun",
    /// Tells, right behind an age, that it is that of another day: "when".
    OfThen = "of-then",
    /// An ordinary word near to the name of a drug, and no slip of it; to be in a set is to be known: "restoring".
    PlainWord = "plain-word",
    /// Joins the parts of a list: "and".
    Lists = "lists",
    /// A word for somebody who is no grown patient: "girl".
    Child = "child",
    /// Behind "a woman" tells what kind of patient it is: "who".
    TellsKind = "tells-kind",
    /// Makes of what follows a manner or an example: "as".
    As = "as",
    /// Stands right before a length of time that is an age: "aged".
    BeforeAge = "before-age",
    /// Ends the words that name what a conclusion is about: "which", "up from".
    LeavesSubject = "leaves-subject",
    /// A side of the body.
    Side = "side",
    /// May stand between "the request" and a part of the body: "for the".
    OfRequest = "of-request",
    /// Begins a word that tells that something was asked for once more: "resubmi".
    AskedAgain = "asked-again",
    /// An injury that grew over time: "cumulative".
    GrownInjury = "grown-injury",
    /// Begins a word for what became of a denial later: "appeal".
    AfterDenial = "after-denial",
    /// Between a date and a denial tells that the date is of something else: "requested".
    OtherClause = "other-clause",
    /// May stand between an illness and somebody else whose it is: "is his".
    LeadsOwner = "leads-owner",
    /// Two times: "twice".
    Twice = "twice",
    /// A pronoun that can tell whose something is: "her".
    Owner = "owner",
    /// Alone between a date and a denial, all that was asked for: "these".
    AllRequests = "all-requests",
    /// May stand between somebody and their age: "who is a".
    Apposed = "apposed",
    /// Stands right before somebody whom the patient cares for or meets: "lifting a".
    Handles = "handles",
    /// Tells that something was so at some time, or changed: "longer", "latest".
    Shifts = "shifts",
    /// Tells that something is older than this injury: "prior".
    Former = "former",
    /// Tells that something came of the work: "industrial".
    OfWork = "of-work",
    /// Leads to how long something has been so: "for".
    LeadsTime = "leads-time",
    /// What an injury is, or did: "sprain".
    Hurt = "hurt",
    /// The name of a month.
    MonthName = "month-name",
    /// Tells that all the time so far is meant: "before".
    ToDate = "to-date",
    /// Told of papers too, so that its denial may be of those: "provided".
    Handed = "handed",
    /// Tells that a treatment was had and given up: "stopped".
    Stopped = "stopped",
    /// Tells beside a drug that less of it is taken.
    TakenLess = "taken-less",
    /// Tells of relief beside a percentage: "improvement", "lessened".
    ReliefWord = "relief-word",
    /// Relief by a noun, of which is told how long it lasted.
    ReliefNoun = "relief-noun",
    /// Beside a percentage tells that it is one of something else: "impairment".
    OtherShare = "other-share",
    /// Tells how long something lasted: "lasted", "for".
    Lasts = "lasts",
    /// What visits of a therapy are counted by: "sessions", "times".
    VisitUnit = "visit-unit",
    /// Operations, counted: "surgeries".
    OperationWord = "operation-word",
    /// Injections, counted: "blocks".
    InjectionWord = "injection-word",
    /// Behind pieces of a drug tells that so many are taken a day.
    PerDay = "per-day",
    /// A verb by which a joint moves: "bends".
    MovesVerb = "moves-verb",
    /// Before a day tells that something began on it: "since".
    Begins = "begins",
    /// Before a number tells that it was more: "over".
    IsMore = "is-more",
    /// Beside a number tells that it was less: "under".
    IsLess = "is-less",
    /// Behind a number and "or" tells that it was at least so much: "more".
    OrMore = "or-more",
    /// May stand between an article and an age that no noun follows: "healthy".
    PersonAdjective = "person-adjective",
    /// Tells that somebody else than the patient is thought of: "unlike".
    SetsBeside = "sets-beside",
    /// What a request is told by: "plan".
    PlanWord = "plan-word",
    /// Before what befell the patient tells that something later is told: "after".
    Later = "later",
    /// Before a treatment tells that it is only more of it, or some form: "further".
    Narrows = "narrows",
    /// A verb by which a treatment is said to have been had: "given", "tried".
    Receives = "receives",
    /// An active verb that tells the same: "takes", "underwent".
    Takes = "takes",
    /// One that tells it only right before the treatment: "had".
    HasHad = "has-had",
    /// A noun that a treatment belongs to when it is had: "trial".
    TrialOf = "trial-of",
    /// May stand between such a word and the treatment: "no prior".
    Determines = "determines",
    /// Stands right behind a treatment of which a verb tells: "was", "of".
    FollowsThing = "follows-thing",
    /// Stands right before a participle that tells what was done: "been".
    Helps = "helps",
    /// "be", "being".
    Be = "be",
    /// Tells that only some of a topic is not told: "adequate", "since".
    NarrowsTopic = "narrows-topic",
    /// May stand between "there is no mention of" and what is not told.
    LeadsTopic = "leads-topic",
    /// A participle that tells that something was found out: "measured".
    Gauged = "gauged",
    /// "no".
    No = "no",
    /// What an injury makes somebody suffer: "symptoms".
    Suffered = "suffered",
    /// What is done for an injury: "examined".
    SeenFor = "seen-for",
    /// "positive".
    Positive = "positive",
    /// A measure by name, or the first word of its name: "BMI".
    NamedMeasure = "named-measure",
    /// Walking, of which is told how long or how far.
    Walks = "walks",
    /// Sitting, of which is told how long.
    Sits = "sits",
    /// Standing, of which is told how long.
    Stands = "stands",
    /// Lifting, of which is told how much.
    Lifts = "lifts",
    /// Carrying, of which is told how much.
    Carries = "carries",
    /// Sleep, of which is told how long.
    Sleeps = "sleeps",
    /// Driving, of which is told how long.
    DrivesFor = "drives-for",
    /// Work, of which is told how long.
    WorksFor = "works-for",
    /// Counts minutes.
    UnitOfMinutes = "unit-of-minutes",
    /// Counts hours.
    UnitOfHours = "unit-of-hours",
    /// Counts pounds.
    UnitOfPounds = "unit-of-pounds",
    /// Counts how far or how often.
    UnitOfWay = "unit-of-way",
    /// What is measured on either side beside movements: "grip".
    SideMeasure = "side-measure",
    /// What an injury is called: "sprain".
    InjuryNoun = "injury-noun",
    /// Ends how old something is.
    AgeWord = "age-word",
    /// Right before an injury tells that it is the one of this case: "this".
    Pointing = "pointing",
    /// May stand for the request in a clause of its own: "it".
    PointsBack = "points-back",
    /// A verb by which care is said to have gone on or to have failed: "exhausted".
    TriedInVain = "tried-in-vain",
    /// A request or the paper that holds it: "form".
    RequestNoun = "request-noun",
    /// A drug in a specimen that is denied to be so is another kind of drug: "prescribed".
    Foreseen = "foreseen",
    /// A verb or a noun of flexion: "bends".
    Bends = "bends",
    /// A drug by no name: "agent".
    DrugNoun = "drug-noun",
    /// A noun or a verb of use: "usage".
    Usage = "usage",
    /// Before a day tells that something has gone on since.
    SinceWord = "since-word",
    /// Opens words for how regularly something is done: "every".
    Regularly = "regularly",
    /// Behind a length of time leads to what was worn or used: "in".
    WornIn = "worn-in",
    /// Opens a clause that tells which one is meant: "that".
    Narrowing = "narrowing",
    /// Behind a number of visits tells that they are asked for: "sought".
    Sought = "sought",
    /// A half.
    Half = "half",
    /// Before an article tells how often, and not when: "once a week".
    Recurs = "recurs",
    /// Behind a complaint tells when it comes: "whenever".
    EachTime = "each-time",
    /// Tells that care was allowed: "certified".
    Allowed = "allowed",
    /// Tells that it was not: "denied".
    Disallowed = "disallowed",
    /// Tells that care was asked for: "requested".
    AskedFor = "asked-for",
    /// A general word that makes a rule of what it stands in: "should".
    Rules = "rules",
    /// Compares one side of the body with the other: "uninvolved".
    Compares = "compares",
    /// "any".
    Any = "any",
    /// Denies for all time: "never".
    Outright = "outright",
    /// "yet".
    Yet = "yet",
    /// "non".
    Non = "non",
    /// One that denies it by itself: "untried".
    Untried = "untried",
    /// A treatment told by its verb: "x-rayed".
    Deed = "deed",
    /// Tells that a treatment is planned, asked for or ruled on, and not that it was had.
    Unhad = "unhad",
    /// Tells what a treatment did, so that a denial is of that.
    Effect = "effect",
    /// Opens a clause of its own: "because".
    OpensClause = "opens-clause",
    /// "is".
    Is = "is",
    /// Leads from somebody to a trade: "as".
    IsOne = "is-one",
    /// "a".
    Article = "article",
    /// Behind "is" begins what somebody is: "a", "now".
    ArticleOrNow = "article-or-now",
    /// "he".
    He = "he",
    /// Leads from a day to how the injury came about on it: "when".
    TellsHow = "tells-how",
    /// Says of a complaint that it began on the day behind it: "began".
    SetsIn = "sets-in",
    /// Makes of a ruling one on most cases: "always".
    AtTimes = "at-times",
    /// Behind "this" tells that many cases are meant: "type".
    KindOf = "kind-of",
    /// A paper with pages of its own that is no guideline: "deposition".
    OtherPaper = "other-paper",
    /// Says what would be: "may".
    MayBe = "may-be",
    /// Opens a sentence with a condition: "if".
    If = "if",
    /// Opens the other half of a sentence: "but".
    But = "but",
    /// Behind a denial leads to what is not shown: "would".
    WouldShow = "would-show",
    /// Joins two clauses: "and".
    Joins = "joins",
    /// "of".
    Of = "of",
    /// Stands before "Upheld" in a sentence: "be".
    ProseEnd = "prose-end",
    /// A part of a guideline, beside its name: "chapter".
    Chapter = "chapter",
    /// Begins a word that parts the name of a guideline from a year that is not its edition's: "effective".
    BeforeYear = "before-year",
    /// By which a guideline speaks of something, and by which its silence is told: "address".
    Addresses = "addresses",
    /// By which a reviewer looks for what a guideline holds.
    Seeks = "seeks",
    /// May stand in a ruling on a request and changes nothing: "ongoing".
    OfRuling = "of-ruling",
    /// A word for another who has a say, or for what he wrote: "appeal".
    OtherVoice = "other-voice",
    /// Before a request tells that another than this one is meant: "future".
    OfLater = "of-later",
    /// By which a reviewer joins the ruling of another: "agree".
    Agrees = "agrees",
    /// Before "be" tells no more than that something is possible: "can".
    CanBe = "can-be",
    /// Leads from a ruling to its ground: "due".
    LeadsGround = "leads-ground",
    /// What a guideline holds on something, and what it is said to lack: "guidance".
    Guidance = "guidance",
    /// Ends a source's name that may mean something else: "approved" of a drug, a "clinic" that was visited.
    MeantOtherwise = "meant-otherwise",
    /// A guideline's name in capitals alone, in small letters a word or a unit: "mcg".
    NameInCapitals = "name-in-capitals",
    /// By which a number is held against a lower one: "beyond".
    Surpasses = "surpasses",
    /// By which doses or visits of the case are added up: "comes" to.
    ComesTo = "comes-to",
    /// What treatment was without, which closes its item: "success".
    VainOutcome = "vain-outcome",
    /// By which something is made of what is named behind it: "make".
    Renders = "renders",
    /// What something may be made: "simpler".
    Rendered = "rendered",
    /// What a body that issues guidelines calls them: "rules".
    SourceNoun = "source-noun",
    /// Leads to what several numbers come to, by a verb or not: "bring".
    Sums = "sums",
    /// May stand behind what a sum comes to: "in all".
    OfSum = "of-sum",
    /// "since", which may lead to a time.
    SinceThen = "since-then",
    /// By which a guideline says what it holds of something, behind "and": "regards".
    Regards = "regards",
    /// Heads what is asked for, before a colon: "request".
    HeadsRequest = "heads-request",
    /// Tells what is known of a treatment in general: "efficacy".
    OfScience = "of-science",
    /// "until", behind a denial that holds up to then.
    Until = "until",
    /// Denies the subject that it opens: "neither".
    DeniesSubject = "denies-subject",
    /// Leads to what is not missing after all: "other than".
    Excepts = "excepts",
    /// Leads to what is left of a number: "leaves".
    Leaves = "leaves",
    /// "left", which is a side too.
    Left = "left",
    /// Tells that a part of a number was used up: "attended".
    Used = "used",
    /// Makes a number none to reckon with: "about".
    Roughly = "roughly",
    /// Means the guideline named before: "the same".
    TheSame = "the-same",
    /// Opens what somebody does or has, so that what stands behind it is the object: "makes".
    Does = "does",
    /// Begins a word that tells of somebody else's reliance on a guideline, or of the order among guidelines: "appeal".
    NoGround = "no-ground",
    /// Leads from what is said to where it stands: "in".
    Within = "within",
    /// A word of many sources' names, by which none is known: "american".
    SourceWord = "source-word",
    /// Stands before a bare number of injections: "series of".
    Series = "series",
    /// A single piece of a drug: "tablet".
    Piece = "piece",
    /// What a number in a heading counts, which tells nothing beside it.
    Counted = "counted",
    /// Before an age tells that the patient is past it: "over".
    PastAge = "past-age",
    /// Leads from somebody to an age that was reached: "turned".
    Turned = "turned",
    /// The care that a patient has: "treatment".
    Care = "care",
    /// Tells that something has been or still is: "has", "remains".
    Had = "had",
    /// Tells of what did not help: "despite".
    Despite = "despite",
    /// May stand between "is" and a decade of life: "only".
    Narrowly = "narrowly",
    /// "at".
    At = "at",
    /// Tells what is so now: "is".
    Now = "now",
    /// A low grade of a finding: "mild".
    GradeLow = "grade-low",
    /// A middle one: "moderate".
    GradeMiddle = "grade-middle",
    /// A high one: "severe".
    GradeHigh = "grade-high",
    /// Of a tear: "partial".
    GradePartial = "grade-partial",
    /// Of a tear: "complete".
    GradeComplete = "grade-complete",
    /// Care that is had in visits: "course".
    VisitWord = "visit-word",
    /// In a heading tells nothing of what is asked for: "request".
    TellsNoItem = "tells-no-item",
    /// Tells that a drug is released slowly: "ER".
    Slow = "slow",
    /// Tells of nothing but a complaint, or of the ruling: "hurts".
    Complaint = "complaint",
    /// A verb that carries tense and denial: "is", "cannot"; with "nt" behind it too.
    Auxiliary = "auxiliary",
    /// One of these that says nothing by itself of tense: "been".
    BareAuxiliary = "bare-auxiliary",
    /// One of these that tells of the past: "was".
    PastAuxiliary = "past-auxiliary",
    /// Tells how long something went on that is over: "lasted".
    WentOn = "went-on",
    /// Before a number tells that it was told before, or is over: "those".
    KnownBefore = "known-before",
    /// Right behind a verdict opens why it is so: "to" restore motion.
    OpensReason = "opens-reason",
    /// A time as only a case has it: "summer".
    OwnTime = "own-time",
    /// Leads to what is spoken of: "about".
    Regarding = "regarding",
    /// Ties what follows to the word before: "of".
    Preposition = "preposition",
    /// Tells that something known is meant: "the".
    Determiner = "determiner",
    /// Joins a statement to the one before: "so".
    JoinsStatement = "joins-statement",
    /// Opens, before its subject, what would be in another case: "were she older".
    Inverts = "inverts",
    /// Behind one person, tells what is not so: "as if he were".
    Were = "were",
    /// Means what was spoken of before: "it".
    KnownThing = "known-thing",
    /// Means care of some kind, without its name: "therapy", "sessions".
    CareNoun = "care-noun",
    /// Tells that something other or less is meant: "instead".
    Instead = "instead",
    /// Makes a phrase of a rule one that may deny: "failed".
    DeniesWithin = "denies-within",
    /// Denies in any way: "hardly".
    Denies = "denies",
    /// Puts what follows in doubt, or makes it somebody else's word: "whether", "argued".
    Unsettles = "unsettles",
    /// Stands for a ruling that follows: "the answer is no".
    Answer = "answer",
    /// Joins two clauses: "and".
    JoinsClause = "joins-clause",
    /// Takes a denial before it back: "it is not disputed that".
    Doubts = "doubts",
    /// A word for somebody who speaks or is spoken of, as a subject: "I".
    Speaker = "speaker",
    /// Begins the subject of a statement, as determiners do: "nobody".
    OpensSubject = "opens-subject",
    /// Opens a sentence on another case than this one: "ordinarily", "without".
    SupposesCase = "supposes-case",
    /// Tells what that would be: "would".
    Would = "would",
    /// Opens a clause that supposes something: "unless".
    OpensCondition = "opens-condition",
    /// Counts how far a joint moves: "degrees".
    Degrees = "degrees",
    /// May stand between a study or an operation and its day: "performed on".
    OfStudy = "of-study",
    /// Leads from the numbers of a sum to what it comes to: "makes".
    Makes = "makes",
    /// What befalls a patient or is done to one and is counted: "injections".
    Event = "event",
    /// A movement of a joint: "flexion".
    Movement = "movement",
    /// Right before a movement tells which one: "internal".
    MovementKind = "movement-kind",
    /// Tells that pain goes elsewhere: "radiates".
    Radiates = "radiates",
    /// Leads to what something is made: "to".
    To = "to",
    /// Asks, or leads to a clause on what stands before: "which".
    Relative = "relative",
    /// The records of a case in the reviewer's own words: "chart".
    Papers = "papers",
    /// The granting of a request: "approval of the MRI is not warranted".
    Approval = "approval",
    /// Said of what a guideline lets pass, and of a request: "allowed".
    LetsPass = "lets-pass",
    /// Behind a ruling begins its reason: "because".
    GivesReason = "gives-reason",
    /// Begins the few words that may follow a ruling: "at this time".
    BehindRuling = "behind-ruling",
    /// Begins the few words that may follow a ruling without a subject: "for this worker".
    BehindBriefRuling = "behind-brief-ruling",
    /// Leads from a word of need to what the need is general in: "in".
    TiedBehind = "tied-behind",
    /// Behind a need tells that it is this one's: "this".
    OfThisCase = "of-this-case",
    /// Before a number tells that it is no limit, but the least or a time after which: "at least".
    Floor = "floor",
    /// What a patient can do, which rises when it is better: "flexion".
    Ability = "ability",
    /// A score that falls when it is better: "Oswestry".
    Burden = "burden",
    /// A score of pain.
    Hurts = "hurts",
    /// Right before a value tells that it is the old one: "stayed at".
    Stays = "stays",
    /// Behind a value tells that it is the first: "before".
    Earlier = "earlier",
    /// Behind a value tells that it is the last: "after".
    Afterwards = "afterwards",
    /// Beside a gain tells that it is a plan or a hope, or of something else: "goal".
    CloudsGain = "clouds-gain",
    /// Behind a gain tells that it was lost: "worsened".
    LosesGain = "loses-gain",
    /// A visit of a therapy.
    Visit = "visit",
    /// What the treating side means to do, as it writes: "plan".
    Plan = "plan",
    /// Tells that something was decided in this very letter: "above".
    InThisLetter = "in-this-letter",
    /// A time at which the patient is seen: "visit", "hours".
    Meeting = "meeting",
    /// Leads to the first of two values.
    From = "from",
    /// The inner of two like structures.
    Inner = "inner",
    /// The outer of them.
    Outer = "outer",
    /// Leads to what several numbers come to: "a total of".
    Total = "total",
    /// Leads to the period of a rate: "a week".
    Each = "each",
    /// A relative who is a man.
    MaleRelative = "male-relative",
    /// A relative who is a woman.
    FemaleRelative = "female-relative",
    /// Before a word of need tells that it is of something else: "than is needed", "an endorsed use".
    OfOther = "of-other",
    /// Leads from a need to its object: "for".
    NeedOf = "need-of",
    /// May stand in a ruling without a subject: "hereby".
    InBriefRuling = "in-brief-ruling",
    /// May stand between a denial and the word denied: "be considered".
    VerdictLink = "verdict-link",
    /// Right before "is allowed" makes that a measure of what is asked for: "than".
    Measures = "measures",
    /// One of these that needs no word for exceeding before it: "what".
    MeasuresAlone = "measures-alone",
    /// Leads from a gain to what it came of: "from".
    CameOf = "came-of",
    /// Before a treatment, with a gain behind it, tells that the gain came of it: "on".
    GainedOn = "gained-on",
    /// A first, short course of a treatment: "trial".
    Trial = "trial",
    /// A participle that does not end in "ed": "been".
    Participle = "participle",
    /// What any finding or condition may be called: "condition".
    AnyFinding = "any-finding",
    /// The subject of a denied statement: "nothing".
    DenyingSubject = "denying-subject",
    /// All that a guideline asks for: "each".
    AllOf = "all-of",
    /// Asks for something of late: "current".
    Recent = "recent",
    /// Counts what was had before: "already".
    SoFar = "so-far",
    /// Tells that something goes beyond a measure: "exceeds".
    Exceeds = "exceeds",
    /// May stand between an observation and its value: "to light touch".
    ValueLink = "value-link",
    /// May stand behind an age that no noun follows: "with".
    GoesOn = "goes-on",
    /// So common in letters that it tells nothing of what a guideline asks for: "documentation".
    CommonWord = "common-word",
    /// Near what is asked for tells that it must have failed: "failure".
    Fails = "fails",
    /// Denies an ability: "cannot".
    Inability = "inability",
    /// Right before an amount tells that it is little: "only".
    Merely = "merely",
    /// Right before an amount tells that it is the least: "more than".
    AtLeast = "at-least",
    /// What is felt beside pain: "numbness".
    Felt = "felt",
    /// What a physician looks at: "examination".
    Examined = "examined",
    /// Joins the two ends of a time, or leads to its end: "through".
    TimeTo = "time-to",
    /// The end of a time that goes on: "present".
    TimePresent = "time-present",
    /// Right behind a time tells that it goes on: "onward".
    TimeOnward = "time-onward",
    /// Right before a time tells that it goes on from there: "since".
    TimeFrom = "time-from",
    /// Tells of what was before something: "before".
    TimeBefore = "time-before",
    /// Right before a month that is written like another word: "in May".
    TimeLead = "time-lead",
    /// Tells of a later time: "now".
    TimeNow = "time-now",
    /// Tells that it was so at first: "initially".
    TimeFirst = "time-first",
    /// Tells that something has gone: "resolved".
    TimeGone = "time-gone",
    /// Right behind "gone" tells where to: "gone from 20 to 40".
    TimeMoves = "time-moves",
    /// At the head of a sentence tells that it was so once: "formerly".
    TimeFormerly = "time-formerly",
    /// Tells of something that it is asked about, and not that it is there: "monitored".
    IsWatched = "is-watched",
    /// Tells that a guideline says no other than one that was named: "similar".
    OnlyAgrees = "only-agrees",
    /// Right before a word for going tells that it did so in part: "partly".
    TimePartly = "time-partly",
    /// At the head of a sentence points back: "these".
    TimeBack = "time-back",
    /// Tells that something goes on: "still".
    TimeGoesOn = "time-goes-on",
    /// A unit of time.
    TimeUnit = "time-unit",
    /// Before a unit of time tells that it reaches up to now: "past".
    TimeLast = "time-last",
    /// "Been".
    Been = "been",
    /// Right behind a length of time tells when something was: "ago".
    Ago = "ago",
    /// Denies what was denied before: "nor".
    TimeDenies = "time-denies",
    /// A verb by which somebody tells of the patient: "reports".
    TellsOf = "tells-of",
    /// Something that comes and goes: "flare".
    Episode = "episode",
    /// Tells that one drug followed on another: "switched".
    Switches = "switches",
    /// Before a part of the body tells that it is the other one: "opposite".
    OtherSide = "other-side",
    /// A linking verb that opens what is told of something in particular: "is", "was".
    Points = "points",
    /// Before a part of the body tells that care was for it: "for".
    LeadsCared = "leads-cared",
    /// Before a number tells that it is a bound: "than".
    Bounds = "bounds",
    /// A verb of several subjects: "are".
    AreVerb = "are-verb",
}
