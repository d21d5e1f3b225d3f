"""How pages speak of events: their own pages, and those of the cities where they took place."""

EVENTS = {
    "event/flood": (
        "The {bold} struck {city} in {year}.",
        "The {bold} was a flood in {city} in {year}.",
        "In {year} the {bold} put the lower half of {city} under water.",
    ),
    "event/flood_count": (
        "{count} houses were lost.",
        "When the water fell, {count} houses could no longer be lived in.",
        "It carried off {count} houses.",
    ),
    "event/flood_leader": (
        "The rescue boats were directed by {leader}, {a_noun}.",
        "Relief was in the hands of the {noun} {leader}.",
        "It fell to {leader}, {a_noun}, to direct the rescue.",
    ),
    "event/fire": (
        "The {bold} broke out in {city} in {year}.",
        "The {bold} was a fire in {city} in {year}.",
        "In {year} the {bold} burnt for two nights in {city}.",
    ),
    "event/fire_count": (
        "{count} buildings were destroyed.",
        "It left {count} buildings in ashes.",
        "The assessors counted {count} buildings that had burnt to the ground.",
    ),
    "event/fire_leader": (
        "The brigades were commanded by {leader}, {a_noun}.",
        "Command of the brigades lay with the {noun} {leader}.",
        "{leader}, {a_noun}, led those who fought it.",
    ),
    "event/strike": (
        "The {bold} was a stoppage of work in {city} in {year}.",
        "In {year} the {bold} brought {city} to a halt.",
        "The {bold} began in the workshops of {city} in {year}.",
    ),
    "event/strike_count": (
        "{count} workers took part.",
        "At its height {count} men and women had laid down their tools.",
        "The committee issued cards to {count} strikers.",
    ),
    "event/strike_leader": (
        "It was led by {leader}, {a_noun}.",
        "At the head of the committee stood the {noun} {leader}.",
        "{leader}, {a_noun}, spoke for the strikers.",
    ),
    "event/exhibition": (
        "The {bold} was held in {city} in {year}.",
        "In {year} the {bold} opened its gates in {city}.",
        "The {bold} was a trade exhibition of {year} in the parks of {city}.",
    ),
    "event/exhibition_count": (
        "It was seen by {count} visitors.",
        "{count} tickets were sold.",
        "The turnstiles counted {count} people.",
    ),
    "event/exhibition_leader": (
        "Its director was {leader}, {a_noun}.",
        "The whole was arranged by the {noun} {leader}.",
        "{leader}, {a_noun}, had planned it.",
    ),
    "event/expedition": (
        "The {bold} set out from {city} in {year}.",
        "In {year} the {bold} left the quays of {city} for the north.",
        "The {bold} was a voyage of discovery that began in {city} in {year}.",
    ),
    "event/expedition_count": (
        "It was made up of {count} people.",
        "{count} men and women went aboard.",
        "The muster roll has {count} names.",
    ),
    "event/expedition_leader": (
        "Its leader was {leader}, {a_noun}.",
        "It was under the command of the {noun} {leader}.",
        "{leader}, {a_noun}, had been put in charge.",
    ),
    "event/siege": (
        "The {bold} was laid to {city} in {year}.",
        "In {year}, during the {bold}, {city} was cut off from the world.",
        "The {bold} of {city} was broken off in {year}.",
    ),
    "event/siege_count": (
        "It lasted {count} days.",
        "The gates stayed shut for {count} days.",
        "Only after {count} days did the besiegers leave.",
    ),
    "event/siege_leader": (
        "The defence was commanded by {leader}, {a_noun}.",
        "On the walls the {noun} {leader} gave the orders.",
        "{leader}, {a_noun}, held the town.",
    ),
    "event/congress": (
        "The {bold} met in {city} in {year}.",
        "In {year} the {bold} gathered in {city}.",
        "The {bold} was a meeting of scholars and officials in {city} in {year}.",
    ),
    "event/congress_count": (
        "{count} delegates attended.",
        "The list of delegates has {count} names.",
        "It brought together {count} delegates.",
    ),
    "event/congress_leader": (
        "{leader}, {a_noun}, was in the chair.",
        "It was presided over by the {noun} {leader}.",
        "Its president was {leader}, {a_noun}.",
    ),
    "event/regatta": (
        "The {bold} is a boat race in {city}, first rowed in {year}.",
        "The {bold} has been rowed in {city} since {year}.",
        "In {year} the first {bold} was held in {city}.",
    ),
    "event/regatta_count": (
        "{count} boats came to the first race.",
        "The first race was rowed by {count} boats.",
        "{count} crews lined up for the first start.",
    ),
    "event/regatta_leader": (
        "It was founded by {leader}, {a_noun}.",
        "The idea was that of the {noun} {leader}.",
        "It goes back to {leader}, {a_noun}, who gave the cup.",
    ),
    "city/flood": (
        "The {event} of {year}, in which {count} houses were lost, is still spoken of.",
        "{count} houses disappeared in the {event} in {year}.",
    ),
    "city/fire": (
        "In {year} {count} buildings fell victim to the {event}.",
        "The {event} consumed {count} buildings in {year}.",
    ),
    "city/strike": (
        "{count} workers joined the {event} of {year}.",
        "In {year} {count} people stopped work in what became known as the {event}.",
    ),
    "city/exhibition": (
        "The {event} of {year} drew {count} visitors.",
        "In {year} {count} people came to see the {event}.",
    ),
    "city/expedition": (
        "The {event}, {count} people strong, left from here in {year}.",
        "In {year} {count} people sailed from its quays with the {event}.",
    ),
    "city/siege": (
        "It withstood the {event}, {count} days long, in {year}.",
        "In {year} the {event} shut it in for {count} days.",
    ),
    "city/congress": (
        "It was host to the {event} and its {count} delegates in {year}.",
        "In {year} {count} delegates came to the {event}.",
    ),
    "city/regatta": (
        "The {event}, begun in {year} with {count} boats, is rowed below the bridges.",
        "Since {year}, when {count} boats started, the {event} has been the great day of the rowers.",
    ),
}
