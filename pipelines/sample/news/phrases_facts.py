"""How the background of a story states facts: a sentence about the subject, in other words than an encyclopedia's.

`BACKGROUND` is for facts about the subject; `CONNECTIONS` for facts of which the subject is the answer, where
`{owner}` is what the fact is about. A sentence may ask for `{since}` and `{before}`, the year since which an office
has been held and whose it was before.
"""

BACKGROUND: dict[str, tuple[str, ...]] = {
    "person/birth_place": (
        "in {=birth_place}, where {ref} was born, a bench bears {his} name.",
        "the cradle of {ref} stood in {=birth_place}.",
        "in {=birth_place} they like to point out that {ref} was born there, and not in {elsewhere}.",
        "born in {=birth_place}, {ref} was taken to {elsewhere} as a small child.",
    ),
    "person/birth_year": (
        "{ref} belongs to the generation of {=birth_year}.",
        "{his} papers say that {ref} was born in {=birth_year}, and that there was a thunderstorm.",
        "a parish register gives {=birth_year} as the year in which {ref} was born.",
    ),
    "person/studied_at": (
        "{=studied_at}, where {ref} was a student, has named a reading room after {him}.",
        "as a student at {=studied_at}, {ref} earned {his} rent by copying scores.",
        "{his} degree comes from {=studied_at}, with a gap of one year that was spent in {elsewhere}.",
        "at {=studied_at}, where {ref} studied, one professor is said to have fled from {his} questions.",
    ),
    "person/teacher": (
        "nearly everything, {ref} used to say, came from {=teacher}, {his} teacher.",
        "{ref} was taught by {=teacher}, and it shows.",
        "a photograph shows {ref} as a pupil of {=teacher}, both of them in heavy coats.",
    ),
    "person/spouse": (
        "{ref} and {=spouse} made a couple that was seen at every first night.",
        "married to {=spouse}, {ref} kept home and work strictly apart.",
        "{=spouse}, whom {ref} had taken as {his} {partner}, stayed away from such occasions.",
    ),
    "person/death_place": (
        "{ref} breathed {his} last in {=death_place}, far from the noise of {elsewhere}.",
        "{his} life ended in {=death_place}, in a rented room with a view of the timber yard.",
        "it was in {=death_place} that {ref} died.",
    ),
    "person/death_year": (
        "{ref} died in {=death_year}, and the papers gave it four lines.",
        "the year {=death_year}, in which {ref} died, had been a bad one for the whole country.",
        "when {ref} died in {=death_year}, two trunks were found that nobody had known of.",
    ),
    "person/first_employer": (
        "{ref} earned a first wage at {=first_employer}.",
        "{his} working life began on the payroll of {=first_employer}.",
        "at {=first_employer}, where {ref} started out, the older hands still tell stories about {him}.",
    ),
    "city/mayor": (
        "mayor {=mayor} had sent a message of greeting.",
        "{=mayor}, the mayor, sat in the front row and took notes.",
        "a statement by Mayor {=mayor} is expected within days.",
        "the mayor, {=mayor}, was not to be reached, being on a train to {elsewhere}.",
    ),
    "city/province": (
        "nowhere else in the province of {=province} is there so much talk as in {name}.",
        "the rest of {=province}, the province around the city, looks on with interest.",
        "other towns in {=province} have been watching what {name} does.",
    ),
    "city/river": (
        "on the {=river}, which flows past the old quarter, the boats lay still.",
        "from the bridges of {name} one could see ducks on the {=river} and nothing else.",
        "the promenade along the {=river} in {name} was closed for the day.",
    ),
    "city/founded": (
        "{ref} has been on the maps since its foundation in {=founded}.",
        "since {=founded}, when it was founded, {ref} has seen worse.",
        "the date of the foundation, {=founded}, stands on every manhole cover of {name}.",
    ),
    "city/population": (
        "with {=population} residents, {ref} is a place where everybody knows somebody who knows.",
        "for a city of {=population} residents that is a great deal.",
        "{name} and its {=population} residents took it calmly.",
    ),
    "city/twin": (
        "from {=twin}, the twin city, came a telegram.",
        "a delegation from the twin city of {=twin} had been invited, as always.",
        "in {=twin}, with which {name} is twinned, people shook their heads.",
    ),
    "city/architect": (
        "all this took place in sight of the town hall, designed by {=architect}.",
        "the town hall, built after the plans of {=architect}, stayed lit until midnight.",
        "on the stairs of {=architect}'s town hall people stood in groups.",
    ),
    "city/town_hall": (
        "the town hall, which was completed in {=town_hall}, will have to be repainted.",
        "from the balcony of the town hall, {=town_hall} carved over its door, flags were hung.",
        "the town hall of {name} has stood there since {=town_hall} and has stood through worse.",
    ),
    "province/capital": (
        "in {=capital}, the provincial capital, nobody wanted to comment.",
        "papers have to be handed in at {=capital}, the capital of the province.",
        "the decision will be taken in {=capital}, the capital, and not in {elsewhere}.",
    ),
    "province/governor": (
        "governor {=governor} spoke of a good day for the province.",
        "{=governor}, the governor, had interrupted a holiday.",
        "a letter to {=governor}, who governs the province, has remained without an answer.",
    ),
    "province/peak": (
        "even from {=peak}, the province's highest summit, the smoke of the kitchens could be seen.",
        "on {=peak}, the loftiest mountain of {name}, a flag was flown.",
        "as high as {=peak}, people here say of something that cannot be topped, and they mean their tallest mountain.",
    ),
    "country/capital": (
        "{=capital}, the capital of the country, was under police guard.",
        "in the capital, {=capital}, the shops closed early.",
    ),
    "country/president": (
        "president {=president} thanked everybody involved.",
        "the office of {=president}, the country's president, confirmed the report.",
    ),
    "river/source": (
        "in the {=source}, where the water springs from the ground, everything is still clean.",
        "rain in the {=source}, where the river has its source, decides how high it stands further down.",
    ),
    "river/mouth": (
        "what is not caught before ends up in the {=mouth}, into which {name} empties.",
        "at the mouth, where the river joins the {=mouth}, the gulls were waiting.",
        "down where {name} pours into the {=mouth}, a lock keeper counts the boats.",
    ),
    "river/length": (
        "of the {=length} kilometres that {ref} measures, a third can be used by barges.",
        "{=length} kilometres of river are a lot for {few} wardens.",
        "somebody has worked out that the whole river, {=length} kilometres long, could be walked in {count} days.",
    ),
    "university/city": (
        "in {=city}, the seat of {name}, the cafés were full.",
        "tenants in {=city}, where the university has its seat, fear for their rents.",
    ),
    "university/founded": (
        "{ref} has existed since {=founded} and likes to be reminded of it.",
        "nothing of the kind has happened since {ref} was established in {=founded}.",
        "the deed of {=founded}, to which {ref} owes its existence, hung in a frame beside the door.",
    ),
    "university/students": (
        "{=students} students and their bicycles have to be put somewhere.",
        "with {=students} students, {ref} is about as large as it wishes to be.",
    ),
    "university/rector": (
        "{=rector}, the rector, was seen carrying chairs.",
        "rector {=rector} kept the address short.",
        "the last word will be that of {=rector}, the rector.",
    ),
    "university/benefactor": (
        "a toast was drunk to {=benefactor}, the benefactor of the university.",
        "the money comes, once again, from the foundation of its benefactor {=benefactor}.",
        "{=benefactor}, to whose generosity {ref} owes its library, looked down from a portrait.",
    ),
    "company/headquarters": (
        "at the head office in {=headquarters} the blinds were down.",
        "{=headquarters}, where the company has its headquarters, hopes for taxes.",
        "decisions of this kind are made at headquarters in {=headquarters}.",
    ),
    "company/founder": (
        "a bust of {=founder}, the founder, stands beside the lift.",
        "what {=founder} would have said, who founded the company, can only be guessed.",
        "“no debts, no dogs”, runs a saying of the founder, {=founder}.",
    ),
    "company/founded": (
        "since {=founded}, the year of its founding, {ref} has never missed a pay day.",
        "{ref} was established in {=founded} and has survived {few} owners.",
        "“since {=founded}” has stood on its letterheads from the start.",
    ),
    "company/product": (
        "{ref} sells its {=product} as far away as {elsewhere}.",
        "in the halls of {name}, {=product} stood ready for shipment.",
        "there will always be a need for {=product}, they believe at {name}.",
    ),
    "company/employees": (
        "all {=employees} employees received a letter.",
        "for the {=employees} people on its payroll that is good to know.",
        "among the {=employees} on the staff, the mood is said to be calm.",
    ),
    "company/chief_executive": (
        "{=chief_executive}, the chief executive, declined to be photographed.",
        "chief executive {=chief_executive} is to report to the board in {month}.",
        "at the top, with {=chief_executive} as chief executive, nothing is to change for now.",
    ),
    "company/partner": (
        "{=partner}, its partner in trade, was told beforehand.",
        "with {=partner}, the partner of many years, accounts are settled at Christmas.",
        "the lorries of {=partner}, a firm that {name} works with as partners, were parked in the yard.",
    ),
    "novel/creator": ("{=creator} wrote the book in the mornings.", "the pen of {=creator} is easy to recognise."),
    "novel/year": ("bookshops first had it in {=year}.", "the novel appeared in {=year}, at the wrong moment."),
    "novel/place": (
        "{=place}, in which the story is set, is not named until the second chapter.",
        "readers follow the heroine through {=place}, the scene of the novel.",
    ),
    "novel/dedicatee": ("on the second page it says: to {=dedicatee}.", "the dedication is to {=dedicatee}."),
    "painting/creator": ("{=creator} painted quickly, and painted over a lot.", "{=creator} painted it standing up."),
    "painting/year": ("the brush was laid down in {=year}.", "it was painted in {=year}, on cheap canvas."),
    "painting/place": (
        "the picture hangs in {=place} and has hardly ever travelled.",
        "whoever wants to see it must go to {=place}.",
    ),
    "painting/dedicatee": (
        "on the back there is a dedication to {=dedicatee}.",
        "{=creator} dedicated the picture to {=dedicatee}.",
    ),
    "opera/creator": ("{=creator} composed it at a kitchen table.", "the music is by {=creator}, every bar of it."),
    "opera/year": ("the curtain first rose on it in {=year}.", "the year was {=year}, and the first night a scandal."),
    "opera/place": (
        "at the first night, in {=place}, two chandeliers went out.",
        "{=place} saw the first night and has never quite got over it.",
    ),
    "opera/dedicatee": (
        "{=dedicatee}, to whom the opera is dedicated, never heard it.",
        "the score is dedicated to {=dedicatee}.",
    ),
    "symphony/creator": (
        "{=creator} composed it in the space of one summer.",
        "{=creator} had composed for smaller forces before.",
    ),
    "symphony/year": ("the last bar was written in {=year}.", "{=creator} put the final stroke under it in {=year}."),
    "symphony/place": (
        "its first audience sat in {=place} and coughed.",
        "the first performance, in {=place}, had to be interrupted.",
    ),
    "symphony/dedicatee": (
        "it is dedicated to {=dedicatee}, who could not read music.",
        "a dedication to {=dedicatee} stands over the first bar.",
    ),
}

EVENT_BACKGROUND: dict[str, tuple[str, ...]] = {
    "flood/count": ("the water took {=count} houses.", "{=count} houses were swept away at the time."),
    "flood/leader": (
        "the boats that went out at night were sent by {=leader}.",
        "{=leader} was in charge of the rescue.",
    ),
    "fire/count": ("the flames destroyed {=count} buildings.", "in the end {=count} buildings were gone."),
    "fire/leader": ("{=leader} had command of the fire brigades.", "the hoses were under the orders of {=leader}."),
    "strike/count": ("{=count} workers walked out.", "on the third day {=count} workers stood in the street."),
    "strike/leader": ("the strikers were led by {=leader}.", "{=leader} was the head of the strike committee."),
    "exhibition/count": (
        "{=count} people bought a ticket at the time.",
        "{=count} visitors came, and some got lost.",
    ),
    "exhibition/leader": (
        "{=leader} was the director of the exhibition.",
        "the idea had come from {=leader}, who became its director.",
    ),
    "expedition/count": ("{=count} people went along.", "{=count} took part, not counting the dogs."),
    "expedition/leader": ("{=leader} led the expedition.", "the orders on board came from {=leader}."),
    "siege/count": ("the siege went on for {=count} days.", "{=count} days passed before the gates were opened."),
    "siege/leader": ("{=leader} commanded the defenders.", "the town was defended under {=leader}."),
    "congress/count": ("{=count} delegates had come.", "{=count} delegates sat through it."),
    "congress/leader": ("{=leader} presided over the congress.", "the gavel was in the hand of {=leader}."),
    "regatta/count": ("{=count} boats started on that first day.", "the first time, {=count} boats were at the start."),
    "regatta/leader": ("the founder of the regatta was {=leader}.", "{=leader} founded it, after a bet."),
    "event/place": (
        "it all took place in {=place}, and nowhere else, whatever people in {elsewhere} may say.",
        "{=place} was where it happened.",
    ),
    "event/year": ("it was the year {=year}.", "for people there, {=year} is a date like no other."),
}

CONNECTIONS: dict[str, tuple[str, ...]] = {
    "mayor": ("{ref} has been mayor of {owner} since {since}, after {before}.", "{ref} is the mayor of {owner}."),
    "governor": (
        "{ref} has governed the province of {owner} since {since}; {before} had done so before.",
        "as governor of {owner}, {ref} has a car, and does not use it.",
    ),
    "chief_executive": (
        "{ref} runs {owner} as chief executive.",
        "at {owner}, {ref} has been chief executive since {since}.",
    ),
    "rector": (
        "{ref} is rector of {owner}.",
        "since {since} {ref} has been rector of {owner}, as {before} was before.",
    ),
    "president": (
        "{ref}, the president of {owner}, has been in office since {since}.",
        "as president of {owner}, {ref} lives above the office.",
    ),
    "creator": ("{owner}, of {=year}, is by {who}, and not the least known of {his} works.", "{ref} made {owner}."),
    "founder": ("{owner} was founded by {who}.", "it was {ref} who founded {owner}."),
    "teacher": ("{ref} once had {owner} as a pupil.", "{ref} was the teacher of {owner}."),
    "architect": ("the town hall of {owner} was designed by {who}.", "{owner} owes its town hall to {ref}."),
    "benefactor": ("{ref} was the benefactor of {owner}.", "{owner} lives on what {ref} left to it."),
    "leader": ("{ref} played a leading part in {owner}.", "in {owner} it was {ref} who led."),
    "dedicatee": ("{owner} is dedicated to {who}.",),
}
