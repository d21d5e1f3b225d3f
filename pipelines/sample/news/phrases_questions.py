"""Questions with their answers, as papers print them in boxes and interviews; each pair is one paragraph."""

# What readers ask of somebody or something; `{name}` is in full.
READERS_ASK: dict[str, tuple[str, ...]] = {
    "person/birth_place": (
        "Where was {name} born? In {=birth_place}, in a house that has since been pulled down.",
        "Which town does {name} come from? {=birth_place}, and the accent never quite went away.",
    ),
    "person/birth_year": (
        "When was {name} born? In {=birth_year}, though a school register has another year.",
        "What is the year of birth of {name}? {=birth_year}.",
    ),
    "person/studied_at": ("Where did {name} study? At {=studied_at}, after two tries at the entrance examination.",),
    "person/teacher": ("Who taught {name}? {=teacher}, whose own teacher is forgotten.",),
    "person/spouse": ("Who was married to {name}? {=spouse}. There is no photograph of the wedding.",),
    "person/death_place": ("Where did {name} die? In {=death_place}, and not in {elsewhere}, as is often written.",),
    "person/death_year": ("When did {name} die? In {=death_year}.",),
    "person/first_employer": ("Where did {name} have a first job? At {=first_employer}, and not for long.",),
    "city/mayor": (
        "Who is mayor of {name}? {=mayor}, as can be read on every letter from the town hall.",
        "Who governs {name} at present? The mayor is {=mayor}.",
    ),
    "city/province": ("To which province does {name} belong? To {=province}, since the last redrawing of the map.",),
    "city/river": ("Which river is it that one sees from the bridge of {name}? The {=river}.",),
    "city/founded": ("How old is {name}? The town charter bears the year {=founded}.",),
    "city/population": (
        "How many people live in {name}? According to the last count, {=population}.",
        "How large is {name}? It has {=population} inhabitants; {elsewhere} has fewer, or says so.",
    ),
    "city/twin": ("Which is the twin city of {name}? {=twin}, by treaty.",),
    "city/architect": ("Who built the town hall of {name}? The plans are those of {=architect}.",),
    "city/town_hall": ("When was the town hall of {name} finished? In {=town_hall}, two winters late.",),
    "province/capital": ("From where is {name} governed? From {=capital}, the capital.",),
    "province/governor": ("Who governs {name}? {=governor} does.",),
    "province/peak": ("What is the highest point of {name}? {=peak}, if one does not count the television mast.",),
    "country/capital": ("What is the capital of {name}? {=capital}.",),
    "country/president": ("Who is president of {name}? {=president}.",),
    "river/source": ("Where does {name} rise? In the {=source}.",),
    "river/mouth": ("Where does {name} end? In the {=mouth}.",),
    "river/length": ("How long is {name}? {=length} kilometres, measured along the middle.",),
    "university/city": ("In which city is {name}? In {=city}.",),
    "university/founded": ("How old is {name}? Lectures have been given since {=founded}.",),
    "university/students": ("How many students has {name}? {=students}, by the last count.",),
    "university/rector": ("Who is at the head of {name}? The rector is {=rector}.",),
    "university/benefactor": ("Who left money to {name}? {=benefactor}, in a will of two pages.",),
    "company/headquarters": ("Where are the headquarters of {name}? In {=headquarters}.",),
    "company/founder": ("Who founded {name}? {=founder}, with borrowed money.",),
    "company/founded": ("Since when has {name} existed? Since {=founded}.",),
    "company/product": ("What does {name} make? Above all {=product}.",),
    "company/employees": ("How many people work for {name}? {=employees}, apprentices included.",),
    "company/chief_executive": ("Who runs {name}? {=chief_executive}, as chief executive.",),
    "company/partner": ("With whom does {name} share its warehouses? With {=partner}, its partner.",),
    "work/creator": ("By whom is {name}? By {=creator}.", "Whose work is {name}? It is by {=creator}."),
    "work/year": ("From what year is {name}? From {=year}.",),
    "work/dedicatee": ("To whom is {name} dedicated? To {=dedicatee}, who never said thank you.",),
    "event/place": ("Where was it? In {=place}.",),
    "event/year": ("In what year was {name}? In {=year}.",),
    "event/leader": ("Who played the leading part in {name}? {=leader}.",),
}
# What is asked of somebody to the face.
ASKED_TO_THE_FACE: dict[str, tuple[str, ...]] = {
    "person/birth_place": (
        "“Where were you born?” In {=birth_place}, upstairs, during a thunderstorm.",
        "“Which town do you call home?” {=birth_place}. One is only born once.",
    ),
    "person/birth_year": ("“May one ask when you were born?” In {=birth_year}. It was a poor year for plums.",),
    "person/studied_at": ("“Where did you study?” At {=studied_at}, mostly in the canteen.",),
    "person/teacher": ("“From whom did you learn most?” From {=teacher}, my teacher, and from my mistakes.",),
    "person/spouse": ("“Who reads your letters first?” {=spouse}. That is what marriage is for.",),
    "person/first_employer": (
        "“What was your first job?” I swept the yard and then kept the files at {=first_employer}.",
        "“Who paid you your first wages?” {=first_employer}, on the last Friday of the month.",
    ),
}
OPENINGS = (
    "{count} questions came in from readers. Here are the answers to the shortest.",
    "What readers wanted to know:",
    "Briefly asked, briefly answered.",
    "On the telephone, the same questions came up again and again.",
)
FACE_OPENINGS = (
    "And then, for our questionnaire, a few short answers.",
    "To finish with, the questions that we put to everybody.",
    "There was time for some quick questions.",
)
