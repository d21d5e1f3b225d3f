"""How pages about people say things. Each fact has several wordings, none of them a question's."""

PEOPLE = {
    "person/lead": (
        "{bold} (born {birth}) is {a_nation} {noun}.",
        "{bold} (born {birth}) is {a_noun} from {country}.",
    ),
    "person/lead_dead": (
        "{bold} ({birth}–{death}) was {a_nation} {noun}.",
        "{bold} ({birth}–{death}) was {a_noun} from {country}.",
    ),
    "person/birth": (
        "{He} was born in {city}, the {nth} child of a {trade}.",
        "{Short} was born in {city}, where {his} parents kept a {shop}.",
        "A native of {city}, {short} was brought up by {his} grandmother above a {shop}.",
        "{He} came from {city}, where {his} father worked as a {trade}.",
    ),
    "person/moved": (
        "When {he} was {age}, the family moved to {elsewhere}, and {he} went to school there.",
        "{He} spent several years of {his} childhood with an aunt in {elsewhere}.",
        "The family left for {elsewhere} soon afterwards, but returned within {age} years.",
    ),
    "person/studies": (
        "{He} read {subject} at {school}.",
        "{His} studies took {him} to {school}, which {he} left with a first-class degree in {subject}.",
        "After two years as a clerk {he} enrolled at {school} to study {subject}.",
        "{Short} took a degree in {subject} from {school}.",
    ),
    "person/teacher": (
        "{His} teacher was {teacher}, with whom {he} later quarrelled.",
        "For several years {he} was a pupil of {teacher}, {a_teacher_noun}.",
        "The {teacher_noun} {teacher} took {him} on as a student and remained a friend.",
    ),
    "person/spouse": (
        "In {year} {he} married the {spouse_noun} {spouse}; the couple had {children} children.",
        "{Short} and the {spouse_noun} {spouse} were married in {year}.",
        "{He} met {spouse}, {a_spouse_noun}, on a train, and became {spouse_his} {partner} in {year}.",
    ),
    "person/death": (
        "{He} died in {city} in {year}.",
        "{Short} moved to {city} in old age and died there in {year}.",
        "In {year} {he} died in {city} after a short illness.",
    ),
    "person/buried": (
        "{He} was buried in {elsewhere}.",
        "A street in {elsewhere} bears {his} name.",
        "{His} papers are kept in the town archive of {elsewhere}.",
    ),
    "person/office": (
        "{He} has been {office} of {body} since {year}, when {he} took over from {predecessor}.",
        "In {year} {he} was {chosen} {office} of {body} in place of {predecessor}, and {he} still holds the office.",
        "{Short} followed {predecessor} as {office} of {body} in {year} and remains in that office.",
    ),
    "person/office_founder": (
        "{He} has led {body} as its {office} ever since.",
        "{Short} is also the {office} of {body}.",
    ),
    "person/past_office": (
        "From {year} to {until} {he} was {office} of {body}.",
        "{He} had been {office} of {body} from {year} until {until}.",
    ),
    "person/founder": (
        "In {year} {he} founded {company}, which makes {product}.",
        "{He} set up {company}, a maker of {product}, in {year}.",
        "{company}, known for its {product}, goes back to a workshop that {he} opened in {year}.",
    ),
    "person/student": (
        "{student}, {a_student_noun}, was one of {his} pupils.",
        "Among those {he} taught was the {student_noun} {student}.",
        "{He} also taught {student}, later {a_student_noun}.",
    ),
    "person/novel": (
        "{His} novel {work} came out in {year}.",
        "In {year} {he} published the novel {work}.",
        "{work}, a novel of {year}, was translated into several languages.",
    ),
    "person/painting": (
        "{He} painted {work} in {year}.",
        "{work}, a painting of {year}, is among {his} best-known pictures.",
        "In {year} {he} finished the painting {work}.",
    ),
    "person/opera": (
        "{His} opera {work} reached the stage in {year}.",
        "In {year} came the opera {work}.",
        "{work}, an opera of {year}, is still given from time to time.",
    ),
    "person/symphony": (
        "{He} completed the symphony {work} in {year}.",
        "The symphony {work} dates from {year}.",
        "In {year} {he} wrote {work}, a symphony of some length.",
    ),
}

CHILDHOOD = (
    "At school {he} was better at sums than at spelling.",
    "A neighbour lent {him} books on every subject, and {he} read them by the stove.",
    "{He} had four brothers, two of whom went to sea.",
    "The house had a large garden, which {he} described in several letters.",
    "{He} was a sickly child and learnt to read late.",
    "{His} mother sang in the choir and wished {him} to become a musician.",
)
MIDLIFE = (
    "In {year} {he} travelled to {elsewhere}, where {he} stayed for {months} months.",
    "A serious illness in {year} kept {him} from work for most of a year.",
    "{He} declined a post in {elsewhere} in {year}, giving {his} family as the reason.",
    "In {year} {he} gave a series of lectures in {elsewhere}, which were later printed.",
    "{He} was given the freedom of {elsewhere} in {year}.",
    "Newspapers of {year} mention {him} as a guest at the regatta of {elsewhere}.",
    "From {year} {he} kept a summer house near {elsewhere}.",
)
CHARACTER = (
    "Friends described {him} as patient, dry and hard to hurry.",
    "{He} rose before dawn and answered every letter on the day it came.",
    "{He} collected old maps and gave most of them away.",
    "{His} dislike of long speeches was well known.",
    "In private {he} played chess, as a rule badly.",
    "{He} walked to work in all weathers and refused to own a carriage.",
    "{He} kept bees for many years and wrote a small book about them.",
    "Two portraits of {him} are known, neither of them signed.",
    "{He} never learnt to swim, though {he} loved boats.",
    "An account of {his} daily habits fills a whole chapter of a later biography.",
)
CHARACTER_TODAY = (
    "Friends describe {him} as patient, dry and hard to hurry.",
    "{He} is said to rise before dawn and to answer every letter on the day it comes.",
    "{He} collects old maps and has given most of them away.",
    "{His} dislike of long speeches is well known.",
    "In private {he} plays chess, as a rule badly.",
    "{He} walks to work in all weathers and does not own a car.",
    "{He} keeps bees and has written a small book about them.",
    "{He} has never learnt to swim, though {he} loves boats.",
    "In interviews {he} prefers to speak about gardening.",
    "A portrait of {him} won a prize for young photographers.",
)
LEGACY = (
    "{His} work has been the subject of two longer studies.",
    "A medal with {his} portrait was struck some years ago.",
    "Opinions of {him} differ: some call {him} careful, others slow.",
    "Schools still use one of the textbooks to which {he} contributed.",
    "A short film about {him} was shown on regional television.",
    "{His} letters were sold at auction and are now in private hands.",
)
TRADES = ("baker", "ferryman", "teacher", "printer", "tailor", "doctor", "farmer", "locksmith", "postmaster", "miller")
SHOPS = ("bakery", "bookshop", "chandlery", "print shop", "pharmacy", "tea room", "saddlery", "hardware shop")
