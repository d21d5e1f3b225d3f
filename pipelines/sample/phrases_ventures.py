"""How pages about universities, companies and works say things."""

VENTURES = {
    "university/lead": (
        "{bold} is a university in {city}, {country}.",
        "{bold} is {a_nation} university with its seat in {city}.",
    ),
    "university/founded": (
        "It was founded in {year}.",
        "Teaching began in {year}, the year of its foundation.",
        "It opened its doors in {year}.",
    ),
    "university/rector": (
        "The rector is {holder}, {a_noun}, who succeeded {predecessor} in {year}.",
        "{holder}, {a_noun}, has been rector since {year}, following {predecessor}.",
        "Since {year} it has been led by {holder} as rector; before that {predecessor} was in charge.",
    ),
    "university/students": (
        "{students} students are enrolled.",
        "It teaches {students} students.",
        "The number of its students is {students}.",
    ),
    "university/known": (
        "Many of those who studied at {name} made a name for themselves.",
        "{name} has several well-known graduates.",
    ),
    "university/alumni": (
        "The {noun} {person} studied here.",
        "{person}, {a_noun}, graduated in {subject}.",
        "{person} read {subject} here before becoming {a_noun}.",
        "Among its graduates is the {noun} {person}.",
    ),
    "company/lead": (
        "{bold} is {a_nation} maker of {product} based in {city}.",
        "{bold} is a company in {city}, {country}, that makes {product}.",
        "{bold}, with headquarters in {city}, is {a_nation} producer of {product}.",
    ),
    "company/founder": (
        "It was founded in {year} by {founder}.",
        "{founder}, {a_noun}, started the company in {year} in a rented {shop}.",
        "The firm goes back to {founder}, {a_noun}, who opened it in {year}.",
    ),
    "company/chief": (
        "{holder} has been chief executive since {year}, when {predecessor} retired.",
        "The chief executive is {holder}, who took over from {predecessor} in {year}.",
        "Since {year} it has been led by {holder} as chief executive; {predecessor} led it before.",
    ),
    "company/chief_founder": (
        "{holder} has been its chief executive from the beginning.",
        "Its chief executive is still {holder}.",
    ),
    "company/employees": (
        "It employs {employees} people.",
        "{employees} people work for the company.",
        "Its workforce numbers {employees}.",
    ),
    "work/novel": (
        "{bold} is a novel by {creator}, published in {year}.",
        "{bold} is a novel that the writer {creator} published in {year}.",
    ),
    "work/painting": (
        "{bold} is an oil painting by {creator} from {year}.",
        "{bold} is a large canvas that {creator} painted in {year}.",
    ),
    "work/opera": (
        "{bold} is an opera by {creator}, first performed in {year}.",
        "{bold} is an opera in three acts; {creator} wrote it for the stage in {year}.",
    ),
    "work/symphony": (
        "{bold} is a symphony by {creator}, completed in {year}.",
        "{bold} is the title of a symphony that {creator} wrote in {year}.",
    ),
    "work/novel_place": ("The story takes place in {city}.", "The scene is {city} and its harbour streets."),
    "work/painting_place": ("It hangs in the gallery of {city}.", "The picture belongs to the city of {city}."),
    "work/opera_place": ("The theatre of {city} gave the first performance.", "It was first staged in {city}."),
    "work/symphony_place": (
        "It was heard for the first time in {city}.",
        "The first performance took place in {city}.",
    ),
}

UNIVERSITY_LIFE = (
    "The main building, with its blue dome, was finished in {year}.",
    "Women have been admitted since {modern}.",
    "The botanical garden is open to everybody.",
    "A second campus was opened in {elsewhere} in {year} and closed again ten years later.",
    "The library holds a large collection of sea charts.",
    "Its rowing club competes every June with that of {elsewhere}.",
    "Lectures were held in a former customs house until {year}.",
    "The faculty of medicine is the largest.",
)
COMPANY_LIFE = (
    "A second plant works in {elsewhere}.",
    "The factory burnt down in {year} and was rebuilt within the year.",
    "During a crisis in {year} half of the staff had to be dismissed.",
    "Goods are shipped abroad through the port of {elsewhere}.",
    "A strike in {year} ended with shorter working hours.",
    "The company paid for a school and a row of workers' houses.",
    "It won a gold medal at the trade fair of {elsewhere} in {year}.",
    "Shares have been traded since {modern}.",
    "Its trade mark shows a swallow over a gate.",
    "For a time it also made bedsteads, without much success.",
    "The archive of the firm was given to the town museum.",
)
NOVEL_THEMES = (
    "It follows a ferryman's widow who inherits a house she has never seen.",
    "The hero, a surveyor, measures a valley that seems to grow from year to year.",
    "At the centre stands a quarrel between two sisters about a piece of land.",
    "The tale is told by a clerk who admits that he has invented half of it.",
    "A bell founder loses his hearing and hides it from the whole town.",
    "Three generations of a family of pilots wait for a ship that never comes.",
)
PAINTING_THEMES = (
    "It shows three women at a table, one of whom looks at the viewer.",
    "A boy sits on a wall and peels an apple, with his back to a burning barn.",
    "Two boats lie on a frozen bay, and a lamp burns in one of them.",
    "It shows an empty room with a chair turned to the wall.",
    "Haymakers rest under a tree while a storm comes up behind them.",
)
OPERA_THEMES = (
    "A miller's daughter is promised to two men and marries neither.",
    "The plot turns on a letter that is delivered forty years too late.",
    "It tells of a king who becomes a gardener and of the gardener who becomes king.",
    "A smuggler hides in a convent and falls in love with the abbess's niece.",
)
SYMPHONY_THEMES = (
    "It describes a single day at sea, from dawn to night.",
    "It has three movements, the last of which grows out of one note.",
    "Its first movement is a funeral march for a friend of the composer.",
    "A single trumpet opens and closes it.",
)
NOVEL_LIFE = (
    "The author wrote most of it during a stay in {elsewhere}.",
    "A first version was burnt; the second was finished in four months.",
    "Critics praised the dialogue and found the ending cold.",
    "A film was made of it in {modern}.",
    "School editions leave out the eleventh chapter.",
    "It was reprinted in {later} with a long preface.",
    "The manuscript is kept in {elsewhere}.",
)
PAINTING_LIFE = (
    "A grey sky takes up more than half of the canvas.",
    "The small dog in the corner was added later.",
    "It was bought from the painter for the price of a horse.",
    "In {modern} it was lent to an exhibition in {elsewhere}.",
    "It was cleaned in {modern}, and the colours turned out to be much brighter than anybody had thought.",
    "A copy by an unknown hand is in {elsewhere}.",
    "The frame, carved from pear wood, is the original one.",
    "X-rays show a second figure under the window.",
)
MUSIC_LIFE = (
    "One passage uses a tune that ferrymen are said to have sung.",
    "It needs a large orchestra with four horns and two harps.",
    "The first audience was puzzled, the second cheered.",
    "A performance in {elsewhere} in {later} made it popular.",
    "The score was thought lost and was found in {elsewhere} in {later}.",
    "It lasts a little under an hour and a half.",
    "The composer revised the ending twice.",
    "The best-known recording dates from {modern}.",
    "It is dedicated to the citizens of {elsewhere}.",
)
WORK_THEMES = {
    "novel": NOVEL_THEMES,
    "painting": PAINTING_THEMES,
    "opera": OPERA_THEMES,
    "symphony": SYMPHONY_THEMES,
}
WORK_LIFE = {"novel": NOVEL_LIFE, "painting": PAINTING_LIFE, "opera": MUSIC_LIFE, "symphony": MUSIC_LIFE}
