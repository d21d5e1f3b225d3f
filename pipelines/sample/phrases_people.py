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
    "person/first_employer": (
        "{His} first post was with {company}, where {he} kept the books.",
        "{He} entered the service of {company} at eighteen and stayed for some years.",
        "After school {he} was taken on by {company}, first as an errand runner and then in the drawing office.",
        "{Short} earned {his} first wages at {company}.",
    ),
    "person/town_hall": (
        "{He} designed the town hall of {city}, opened in {year}.",
        "The town hall of {city}, which was finished in {year}, was built to {his} plans.",
        "In {year} the councillors of {city} moved into a new town hall that {he} had drawn for them.",
    ),
    "person/benefactor": (
        "A large part of {his} fortune went to {school}, whose main hall {he} paid for.",
        "{He} gave the money for the great hall of {school}.",
        "The great hall of {school} was a gift of {his}.",
    ),
    "person/dedicatee": (
        "The {kind} {work} is dedicated to {him}.",
        "{He} is the person to whom the {kind} {work} is dedicated.",
        "The first page of the {kind} {work} bears {his} name: it was inscribed to {him}.",
    ),
    "person/flood": (
        "When the {event} came in {year}, {he} directed the rescue boats.",
        "In {year} {he} was in charge of the relief work during the {event}.",
    ),
    "person/fire": (
        "During the {event} of {year} {he} commanded the brigades.",
        "{He} led those who fought the {event} in {year}.",
    ),
    "person/strike": (
        "In {year} {he} led the {event}.",
        "{He} spoke for the strikers throughout the {event} of {year}.",
    ),
    "person/exhibition": (
        "The {event} of {year} was organised by {him}.",
        "In {year} {he} was director of the {event}.",
    ),
    "person/expedition": (
        "{He} led the {event}, which set out in {year}.",
        "In {year} {he} left at the head of the {event}.",
    ),
    "person/siege": (
        "In {year} {he} commanded the defence during the {event}.",
        "{He} held the walls through the {event} of {year}.",
    ),
    "person/congress": (
        "{He} presided over the {event} in {year}.",
        "In {year} {he} took the chair at the {event}.",
    ),
    "person/regatta": (
        "{He} founded the {event}, rowed for the first time in {year}.",
        "The {event} was begun in {year} at {his} suggestion.",
    ),
    "person/symphony": (
        "{He} completed the symphony {work} in {year}.",
        "The symphony {work} dates from {year}.",
        "In {year} {he} wrote {work}, a symphony of some length.",
    ),
}

SHOPS = ("bakery", "bookshop", "chandlery", "print shop", "pharmacy", "tea room", "saddlery", "hardware shop")
