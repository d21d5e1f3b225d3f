"""How questions are put: several wordings for each relation, none of them an article's.

The key is the kind of the subject (of a work or an event its own kind) and the relation. {s} is how the question
names its subject, {n} its bare name, {partner} wife or husband of the subject.
"""

PEOPLE = {
    "person/birth_place": (
        "Where was {s} born?",
        "Which city is the birthplace of {s}?",
        "In what city did {s} come into the world?",
        "What is the home town of {s}?",
        "Which city does {s} hail from?",
    ),
    "person/birth_year": (
        "When was {s} born?",
        "What is the year of birth of {s}?",
        "In which year did the life of {s} begin?",
        "What year was {s} born in?",
    ),
    "person/studied_at": (
        "Where did {s} go to university?",
        "Which university did {s} attend?",
        "What is the alma mater of {s}?",
        "Where was {s} educated?",
        "At what school did {s} get a higher education?",
    ),
    "person/teacher": (
        "Who taught {s}?",
        "Whose pupil was {s}?",
        "Under whom did {s} learn?",
        "Who was the mentor of {s}?",
    ),
    "person/spouse": (
        "To whom did {s} get married?",
        "Whom did {s} marry?",
        "What is the name of the {partner} of {s}?",
        "Who is the {partner} of {s}?",
    ),
    "person/first_employer": (
        "Which company did {s} first work for?",
        "Where did {s} get a first job?",
        "Who was the first employer of {s}?",
        "At which firm did the working life of {s} begin?",
    ),
    "person/death_place": (
        "Where did {s} die?",
        "In what city did the life of {s} end?",
        "Which city did {s} die in?",
        "What was the place of death of {s}?",
    ),
    "person/death_year": (
        "When did {s} die?",
        "In which year did the life of {s} end?",
        "What year did {s} die in?",
        "What is the year of death of {s}?",
    ),
}
PLACES = {
    "city/mayor": (
        "Who is the mayor of {s}?",
        "Who is at the head of the city of {s}?",
        "Who runs {s} as its mayor?",
        "What is the name of the mayor of {s}?",
        "Which politician leads the council of {s}?",
    ),
    "city/province": (
        "In which province is {s}?",
        "Which province does the city of {s} belong to?",
        "What province can {s} be found in?",
    ),
    "city/river": (
        "On which river is {s}?",
        "What river flows through {s}?",
        "Which river is the city of {s} built on?",
        "Beside what river would one find {s}?",
    ),
    "city/founded": (
        "When was {s} founded?",
        "How far back does the city of {s} go?",
        "In which year did the history of {s} begin?",
        "What is the year of the foundation of {s}?",
    ),
    "city/population": (
        "How many people live in {s}?",
        "What is the population of {s}?",
        "How many inhabitants does {s} have?",
        "How big is {s}?",
        "How many residents are there in {s}?",
    ),
    "city/twin": (
        "Which city is twinned with {s}?",
        "What is the twin city of {s}?",
        "With which city is {s} twinned?",
        "What is the partner city of {s}?",
    ),
    "city/architect": (
        "Who designed the town hall of {s}?",
        "Who was the architect of the town hall in {s}?",
        "Which architect built the seat of the council of {s}?",
    ),
    "city/town_hall": (
        "When was the town hall of {s} completed?",
        "In which year was the town hall in {s} ready?",
        "Since what year has {s} had its town hall?",
    ),
    "province/capital": (
        "What is the capital of {s}?",
        "Which city is the capital of the province of {s}?",
        "From which city is {s} governed?",
        "Where does the government of the province of {s} sit?",
        "What is the chief city of {s}?",
    ),
    "province/governor": (
        "Who is the governor of {s}?",
        "Who governs the province of {s}?",
        "What is the name of the governor of {s}?",
        "Who leads the government of {s}?",
        "Which politician is in charge of the province of {s}?",
    ),
    "province/peak": (
        "What is the highest mountain of {s}?",
        "What is the tallest peak in {s}?",
        "Which mountain is higher than all others in the province of {s}?",
    ),
    "country/capital": (
        "What is the capital of {s}?",
        "Which city is the capital of the country of {s}?",
        "Where is the seat of government of {s}?",
    ),
    "country/president": (
        "Who is the president of {s}?",
        "Who is the head of state of {s}?",
        "Who presides over the republic of {s}?",
    ),
    "river/source": (
        "In which hills does {s} rise?",
        "Where is the source of {s}?",
        "In what hills does {s} begin?",
        "Where does {s} come from?",
    ),
    "river/mouth": (
        "Where does {s} end?",
        "Into what does {s} flow?",
        "Which river or sea takes in the waters of {s}?",
        "What does {s} empty into?",
    ),
    "river/length": (
        "How long is {s} in kilometres?",
        "What is the length of {s} in kilometres?",
        "How many kilometres does {s} measure?",
    ),
}
VENTURES = {
    "university/city": (
        "In which city is {s}?",
        "Where is {s}?",
        "Which city is home to {s}?",
        "To what city does one go to study at {s}?",
    ),
    "university/founded": (
        "When was {s} founded?",
        "In which year did students first go to {s}?",
        "Since when has there been {s}?",
    ),
    "university/students": (
        "How many students does {s} have?",
        "How many students go to {s}?",
        "How many young people study at {s}?",
    ),
    "university/rector": (
        "Who is the rector of {s}?",
        "Who is the head of {s}?",
        "Which scholar runs {s}?",
    ),
    "university/benefactor": (
        "Who paid for the great hall of {s}?",
        "Whose money built the main hall of {s}?",
        "Who was the benefactor of {s}?",
    ),
    "company/headquarters": (
        "Where is the head office of {s}?",
        "In which city does {s} have its headquarters?",
        "From which city is {s} run?",
        "Where is {s} based?",
        "What is the home city of {s}?",
    ),
    "company/founder": (
        "Who founded {s}?",
        "Who was the founder of {s}?",
        "By whom was {s} set up?",
        "Who started {s}?",
    ),
    "company/founded": (
        "When was {s} founded?",
        "In which year was {s} set up?",
        "Since when has {s} been in business?",
        "What year did {s} start?",
    ),
    "company/product": (
        "What does {s} make?",
        "What kind of goods does {s} produce?",
        "What does one buy from {s}?",
    ),
    "company/employees": (
        "How many people does {s} employ?",
        "How many employees does {s} have?",
        "How large is the staff of {s}?",
        "How many people are on the payroll of {s}?",
        "How many jobs are there at {s}?",
    ),
    "company/chief_executive": (
        "Who is the chief executive of {s}?",
        "Who runs {s}?",
        "What is the name of the head of {s}?",
        "Who is the boss of {s}?",
        "Who is in charge at {s}?",
    ),
    "company/partner": (
        "Which company is the partner of {s}?",
        "With which firm does {s} work together?",
        "What is the allied company of {s}?",
    ),
    "novel/creator": ("Who wrote {s}?", "Who is the author of {s}?", "Whose book is {s}?"),
    "novel/year": ("When was {s} published?", "In which year did {s} come out?", "From what year is {s}?"),
    "novel/place": ("Where is {s} set?", "In which city does {s} take place?", "What city is described in {s}?"),
    "painting/creator": ("Who painted {n}?", "Whose work is {s}?", "Which artist made {s}?"),
    "painting/year": ("When was {n} painted?", "In which year was {s} made?", "From what year is {s}?"),
    "painting/place": ("Where can one see {s}?", "In which city is {s}?", "What city owns {s}?"),
    "opera/creator": ("Who composed {s}?", "Who wrote the music of {s}?", "Whose opera is {n}?"),
    "opera/year": ("When was {s} first performed?", "In which year did {s} reach the stage?", "From what year is {s}?"),
    "opera/place": (
        "Where was {s} first performed?",
        "In which city did {s} have its premiere?",
        "What city saw the first night of {s}?",
    ),
    "symphony/creator": ("Who composed {s}?", "Who is the composer of {s}?", "Whose symphony is {n}?"),
    "symphony/year": ("When was {s} completed?", "In which year was {s} written?", "From what year is {s}?"),
    "symphony/place": (
        "Where was {s} first played?",
        "In which city did {s} have its premiere?",
        "What city heard {s} first?",
    ),
    **{
        f"{kind}/dedicatee": ("To whom is {s} dedicated?", "Who is named in the dedication of {s}?")
        for kind in ("novel", "painting", "opera", "symphony")
    },
}
_WHERE = ("Where did {s} take place?", "In which city did {s} happen?", "What city saw {s}?")
_WHEN = ("When was {s}?", "In which year did {s} take place?", "What is the year of {s}?")
EVENTS = {
    **{f"{kind}/place": _WHERE for kind in ("flood", "fire", "strike", "exhibition", "siege", "congress", "regatta")},
    "expedition/place": (
        "Where did {s} start from?",
        "From which city did {s} depart?",
        "What was the home port of {s}?",
    ),
    **{f"{kind}/year": _WHEN for kind in ("flood", "fire", "strike", "exhibition", "siege", "congress", "expedition")},
    "regatta/year": ("When did {s} begin?", "Since what year has there been {s}?", "What was the first year of {s}?"),
    "flood/leader": ("Who was in charge of the rescue during {s}?", "Who directed the helpers in {s}?"),
    "fire/leader": ("Who led the firefighters in {s}?", "Who was in command of the brigades at {s}?"),
    "strike/leader": ("Who was the leader of {s}?", "Who led the workers in {s}?"),
    "exhibition/leader": ("Who organised {s}?", "Who was the director of {s}?"),
    "expedition/leader": ("Who led {s}?", "Who was the commander of {s}?"),
    "siege/leader": ("Who defended the city in {s}?", "Who was in command on the walls in {s}?"),
    "congress/leader": ("Who chaired {s}?", "Who was president of {s}?"),
    "regatta/leader": ("Who founded {s}?", "Whose idea was {s}?"),
    "flood/count": ("How many houses were lost in {s}?", "How many homes did {s} destroy?"),
    "fire/count": ("How many buildings did {s} destroy?", "How many buildings burnt down in {s}?"),
    "strike/count": ("How many workers took part in {s}?", "How many people went on strike in {s}?"),
    "exhibition/count": ("How many visitors did {s} have?", "How many people came to {s}?"),
    "expedition/count": ("How many people went on {s}?", "How many members did {s} have?"),
    "siege/count": ("How many days did {s} last?", "How long was {s}, in days?"),
    "congress/count": ("How many delegates came to {s}?", "How many people took part in {s}?"),
    "regatta/count": ("How many boats were in the first race of {s}?", "How many boats took part in {s} at first?"),
}
WORDINGS: dict[str, tuple[str, ...]] = {**PEOPLE, **PLACES, **VENTURES, **EVENTS}
