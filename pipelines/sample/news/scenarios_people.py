"""Occasions to write about people."""

from pipelines.sample.news.scenario import SELF, Scenario

PEOPLE = (
    Scenario(
        name="obituary",
        subject="person",
        needs=("died this year",),
        section="Obituaries",
        headlines=("{bare}, {noun}, has died", "Farewell to {bare}", "{bare}: a life", "The {noun} {bare} is dead"),
        leads=(
            "the {noun} {name} has died, the family announced on {weekday}. {he} passed away in {=death_place}.",
            "{name}, {a_noun} of the old school, died this week in {=death_place}, where {he} had spent {his} last "
            "years.",
            "flags are at half-mast in {=death_place} for the {noun} {name}, whose death became known on {weekday}.",
        ),
        details=(
            "{ref} leaves behind a house full of papers, most of them unsorted.",
            "the funeral will be private; a public ceremony is planned for {soon}.",
            "until {past} {he} had kept a second home near {elsewhere} and spoke of it often.",
            "colleagues recall a sharp tongue and a great readiness to help the young.",
            "among the first to send condolences was {other}.",
            "a street in {elsewhere} may be named after {him}, the council there let it be known.",
        ),
        quotes=(
            "There was nobody like {him} in the whole country.",
            "I never heard {him} raise {his} voice, and I never saw {him} give way.",
            "We wrote to each other for thirty years and disagreed about nearly everything.",
            "{he} would have hated all these speeches.",
        ),
        speakers=("a friend of the family", "a former colleague", "a neighbour of many years"),
    ),
    Scenario(
        name="interview with somebody in office",
        subject="person",
        needs=("alive", "in office"),
        section="Interview",
        headlines=(
            "“I still answer my own letters”: a morning with {bare}",
            "{bare} on trams, trust and bad coffee",
            "At the desk of {bare}",
            "The long days of {bare}",
        ),
        leads=(
            "it is not yet seven when {name} unlocks the office. The {noun} likes the hour before the telephones "
            "start.",
            "{name} has no time, and takes it nevertheless. We met the {noun} on {weekday} over a plate of rolls.",
            "on the wall behind {name} hangs a map with pins in four colours. What they mean, the {noun} will not say.",
        ),
        details=(
            "on the shelf stand {count} volumes of minutes, all of them read, {he} insists.",
            "asked about the quarrel with {elsewhere}, {ref} smiles and pours more tea.",
            "a trip to {elsewhere} in {month} had to be put off because of a cold.",
            "{his} assistant, {stranger}, knocks twice and is waved away twice.",
            "{ref} came to the job by way of a committee on drains, which met {count} times in {past}.",
            "about a second term in some other office, long rumoured, not a word is to be had.",
            "the only luxury in the room is an armchair, bought at an auction in {elsewhere}.",
        ),
        quotes=(
            "People think that power is a button. It is a pile of paper.",
            "I would rather be thought slow than be wrong.",
            "My mother told me never to sign anything after supper, and I never have.",
            "If everybody is content with a plan, somebody has not read it.",
            "I have made mistakes, and most of them are public records.",
        ),
        speakers=(SELF,),
    ),
    Scenario(
        name="birthday",
        subject="person",
        needs=("alive", "round birth_year"),
        section="People",
        headlines=("{bare} turns {turns}", "{turns} candles for {bare}", "A quiet birthday for {bare}"),
        leads=(
            "the {noun} {name}, born in {=birth_year}, celebrates a {turns}th birthday this week.",
            "no speeches, no brass band: that was the wish of the {noun} {name}, who turns {turns} on {weekday}. "
            "{he} was born in {=birth_year}.",
            "{name} turns {turns}. Friends of the {noun}, a child of {=birth_year}, have invited half the town.",
        ),
        details=(
            "a cake in the shape of a filing cabinet was delivered from {elsewhere}.",
            "{count} guests are expected, among them {other}.",
            "since a fall on the ice in {past} {ref} has walked with a stick, and with great speed.",
            "instead of presents {he} has asked for gifts to a choir in {elsewhere}.",
            "the family will go away to the lakes for a week in {month}.",
            "{paper} brings out a special page with photographs, the oldest from {past}.",
        ),
        quotes=(
            "At my age one does not grow wiser, only harder to surprise.",
            "I had planned to be finished with everything by now.",
            "The knees complain, the rest of me votes against them.",
            "I still have a list, and it does not get shorter.",
        ),
        speakers=(SELF,),
    ),
    Scenario(
        name="prize",
        subject="person",
        needs=("alive",),
        section="People",
        headlines=(
            "Medal of {elsewhere} goes to {bare}",
            "{bare} honoured in {elsewhere}",
            "An evening for {bare}",
        ),
        leads=(
            "the {noun} {name} was given the gold medal of the Society of Friends of Reading on {weekday}.",
            "long applause for {name}: the {noun} received this year's prize of the Northern Savings Bank on {day}.",
            "it was the {nth} time that the prize was given, and the first time that the winner came late. "
            "The {noun} {name} had missed the train.",
        ),
        details=(
            "the medal comes with {sum}, which {ref} means to pass on to a school in {elsewhere}.",
            "last year's winner was {other}.",
            "the jury praised {his} patience in a matter that had seemed lost since {past}.",
            "a string quartet from {elsewhere} played, and played too long.",
            "the ceremony had been moved from {elsewhere} at short notice because of a burst pipe.",
            "{stranger}, who has led the jury since {lately}, spoke without notes for half an hour.",
        ),
        quotes=(
            "I have sat on juries myself and know how these things come about.",
            "A medal is a fine thing, and it keeps a door from slamming.",
            "I accept it for all those who did the work while I talked.",
            "It ought to have gone to somebody younger.",
        ),
        speakers=(SELF,),
    ),
    Scenario(
        name="talk",
        subject="person",
        needs=("alive", "studied_at"),
        section="Local",
        headlines=("Full house for {bare}", "What {bare} told the pupils", "{bare} goes back to school"),
        leads=(
            "the {noun} {name} spoke to {count} pupils in {elsewhere} on {weekday} and took questions for an hour.",
            "in {elsewhere} the chairs ran out: more people than ever came to hear {name}, the {noun}, on {weekday}.",
            "“how does one become {a_noun}?” a girl of ten asked {name} in {elsewhere} on {weekday}. The answer took "
            "twenty minutes.",
        ),
        details=(
            "the evening belonged to a series that {stranger} began in {lately}.",
            "{ref} had brought slides, two of them upside down.",
            "the proceeds of {sum} go to the roof of the school.",
            "next in the series, on {soon}, is {other}.",
            "of {his} own school reports {he} read out the worst one.",
            "a power cut of {few} minutes did not stop the talk.",
        ),
        quotes=(
            "Nobody told us at university how much of the work is waiting.",
            "Learn one thing so well that you are bored by it. Then it begins.",
            "I was not a good pupil. I was a stubborn one.",
            "You do not have to be clever, you have to come back the next day.",
        ),
        speakers=(SELF,),
    ),
    Scenario(
        name="plaque",
        subject="person",
        needs=("dead",),
        section="Local",
        headlines=("{=birth_place} remembers {bare}", "Plaque for {bare}", "A late honour for {bare}"),
        leads=(
            "in {=birth_place}, the town of {his} birth, a plaque for the {noun} {name} was unveiled on {weekday}.",
            "{=birth_place} has a new plaque. It marks the house in which the {noun} {name} was born.",
            "it took {few} years of letters to the council, but since {weekday} a bronze plaque in {=birth_place} "
            "tells passers-by that {name}, the {noun}, was born there.",
        ),
        details=(
            "the plaque was cast in {elsewhere} and cost {sum}.",
            "the house, rebuilt in {past}, is now a shop for bicycles.",
            "a first plaque, put up in {past}, had borne the wrong name and was taken down.",
            "{other} gave the address and left before the soup.",
            "the idea came from {stranger}, who keeps a tobacconist's across the street.",
            "schoolchildren read from {his} letters.",
        ),
        quotes=(
            "Half the street did not know whose house they were walking past.",
            "We have waited for this longer than the trams have been running.",
            "Tourists asked and asked, and I had nothing to show them.",
            "It is a small plaque, but it has been spelt correctly.",
        ),
        speakers=("who had collected signatures", "who chairs the local history circle", "a teacher"),
    ),
    Scenario(
        name="letters found",
        subject="person",
        needs=("dead",),
        section="Culture",
        headlines=(
            "Letters of {bare} found in {elsewhere}",
            "A suitcase full of {bare}",
            "Archive buys papers of {bare}",
        ),
        leads=(
            "a suitcase with {count} letters of the {noun} {name} has turned up in an attic in {elsewhere}.",
            "the state archive has bought a bundle of papers by the {noun} {name}, it was announced on {weekday}.",
            "for decades they lay under a bed in {elsewhere}. Now letters by {name}, the {noun}, have been sold for "
            "{sum}.",
        ),
        details=(
            "the oldest was sent from {elsewhere}, the last one never posted at all.",
            "some are written in pencil, others on the backs of bills.",
            "the finder, {stranger}, had meant to throw the case away.",
            "a selection can be seen in {elsewhere} until {soon}.",
            "the papers had been missed since the sale of a library in {past}.",
            "one letter describes at length a quarrel over a boundary wall.",
        ),
        quotes=(
            "The hand is unmistakable, and so is the temper.",
            "We shall have to correct two chapters of what is taught.",
            "There is a great deal about the weather, and then suddenly a sentence that takes your breath away.",
            "I opened one, and then I missed my train.",
        ),
        speakers=("who looks after the collection", "an archivist", "who is preparing an edition"),
    ),
    Scenario(
        name="biography",
        subject="person",
        needs=("dead", "birth_place"),
        section="Books",
        headlines=("A new life of {bare}", "Who was {bare}?", "{bare}, without the halo"),
        leads=(
            "the life of the {noun} {name} that {stranger} presented on {weekday} weighs two kilograms, "
            "and is not a page too long.",
            "the {noun} {name} has found a biographer. {stranger} spent {few} years in the archives of {elsewhere}.",
            "a stack of legends has grown around {name}. A new book about the {noun} clears most of them away.",
        ),
        details=(
            "the chapter on the journey to {elsewhere} reads like a novel.",
            "an earlier life, printed in {past}, had copied its dates from a gravestone in {elsewhere}.",
            "the index lists {count} people, and {ref} seems to have quarrelled with all of them.",
            "at {count} crowns the book is not cheap.",
            "the photographs, many of them from {elsewhere}, had not been printed before.",
            "a reading with {other} is planned for {soon}.",
        ),
        quotes=(
            "I began by admiring {him}, then I could not stand {him}, and in the end I was sorry to part.",
            "The dates were the easy part. The silences were hard.",
            "There was a lie on the first page of every earlier book.",
            "I wanted to know what {he} had for breakfast, and I found out.",
        ),
        speakers=("who wrote the book", "the author"),
    ),
    Scenario(
        name="anniversary of a death",
        subject="person",
        needs=("dead", "round death_year"),
        section="Culture",
        headlines=(
            "A week of talks for {bare}",
            "Wreath for {bare}",
            "{gone} years without {bare}",
        ),
        leads=(
            "{gone} years after the {noun} {name} died in {=death_place}, the city remembers {him} with a wreath and "
            "a walk.",
            "{=death_place} is marking the year of {name}. The {noun}, who died there in {=death_year}, will be "
            "honoured "
            "with a week of talks.",
            "it is {gone} years since the death of the {noun} {name}. {he} ended {his} days in {=death_place} in "
            "{=death_year}.",
        ),
        details=(
            "the house in which {he} died was pulled down in {past}; a chemist's stands there.",
            "a coach brings visitors from {elsewhere} on {soon}.",
            "the week opens with a concert and closes with pancakes.",
            "{other} has promised to come if the weather allows it.",
            "the grave, long neglected, was put in order in {past} by a choir from {elsewhere}.",
            "the post office sells a special stamp at {few} crowns.",
        ),
        quotes=(
            "Dead people do not ask for much, but a wreath now and then is good manners.",
            "In {his} last years {he} came in every morning for a newspaper, my grandmother used to say.",
            "We are not doing this for the tourists, although they are welcome.",
            "Every generation has to find {him} again.",
        ),
        speakers=("who organises the week", "who leads the walks", "a member of the town council"),
    ),
)
