"""Banks of sentences about people that no question asks about: early years, journeys, habits, afterlife."""

CHILDHOOD: tuple[str, ...] = (
    "Four of the children in the household were cousins, who had been taken in after a fire in {elsewhere}.",
    "An aunt in {elsewhere} taught {him} to read from the labels of jars, long before any school was thought of.",
    "{He} was a sickly child and learnt to walk late, to run later still, and to swim not at all.",
    "The family moved to {elsewhere} in {year} and came back after {few} winters, poorer and with a dog.",
    "{His} grandfather, {a_trade} who had once sailed in the {ship}, told the same {few} stories every {weekday}.",
    (
        "A neighbour by the name of {stranger}, {a_stranger_noun}, lent {him} books on every subject, and {he} read "
        "them by the stove."
    ),
    "At school {short} was better at sums than at spelling, and a report of {year} complains of {his} handwriting.",
    "The nearest school had {count} pupils and one stove, and whoever brought no wood sat by the door.",
    "{His} mother sang in a choir in {elsewhere} and wished {him} to become a musician.",
    (
        "During the floods of {year} the children were sent to relations in {elsewhere}, where {short} saw a theatre "
        "for the first time."
    ),
    "A flock of geese was in {his} charge for {few} summers, and {he} kept a written account of each bird.",
    "{Short} shared a bedroom with {few} others above a store of {goods} and never forgot the smell.",
    "In {year} a cousin, {kin}, won a small sum in a lottery and spent a part of it on {his} schooling.",
    "Most of what is known of these years comes from a diary that {he} began in {year} and kept up for {few} months.",
    "{He} ran away at the age of eleven, got as far as {elsewhere}, and was brought home by {a_trade}.",
    (
        "A broken leg kept {him} indoors for the whole {season} of {year}; {he} passed the time in drawing maps of "
        "islands that did not exist."
    ),
    "{Short} earned {his} first coins by carrying {goods} to the market at dawn.",
    "School was {few} miles away, and the children walked there and back in all weathers.",
    (
        "{His} talent was noticed by {stranger}, {a_stranger_noun} from {elsewhere} who was lodging with the family in "
        "the {season} of {year}."
    ),
    "For a school prize in {year} {he} recited a poem of {count} verses, forgot the last, and made one up.",
    "Much of {his} early reading consisted of old numbers of {paper}, which the family used for wrapping fish.",
    "The garden of the house in {street}, with its wall of {material}, returns in several of {his} letters.",
    "When a travelling circus wintered in {elsewhere}, {he} offered the owner {his} services and was politely refused.",
    (
        "At {festival} in {year} {he} was allowed to carry the lantern of the guild, an honour that {he} mentioned for "
        "decades."
    ),
)
STUDY_YEARS: tuple[str, ...] = (
    "{He} arrived with two shirts, a barometer and a letter of recommendation that nobody asked to see.",
    "As a student {short} lodged in {street} with {a_trade}, who took part of the rent in help with the accounts.",
    "{He} failed an examination in {year}, passed it {few} months later, and kept both certificates on the wall.",
    "To pay for books {he} gave lessons to the children of {a_trade} and copied music for a theatre.",
    (
        "A debating club met in {his} room every {weekday}; its minutes for {year} record mostly who had brought the "
        "{goods}."
    ),
    (
        "Among {his} friends of those years was {stranger}, later {a_stranger_noun} in {elsewhere}, with whom {he} "
        "corresponded for life."
    ),
    "The long vacation of {year} {he} spent in {elsewhere}, sorting the herbarium of a retired physician.",
    "{Short} rowed in a boat that lost by {count} lengths to a crew from {elsewhere} in {year}.",
    "Illness cost {him} the {season} of {year}, and {he} made up the lost term by working at night.",
    "A grant from a charity in {elsewhere} covered {share} of the fees; the rest came from a cousin, {kin}.",
    (
        "{He} attended lectures on far more subjects than {he} was entered for, among them anatomy, bell founding and "
        "the law of inheritance."
    ),
    "A satirical paper which {he} edited with {few} friends ran to {count} numbers and was then forbidden.",
    "In {month} {year} {he} was fined for climbing the tower of the main building at night.",
    "The winter was so cold that {short} and {his} neighbours burnt their furniture, chair by chair, and sat on books.",
    "With {stranger}, {a_stranger_noun}, {he} shared a single good coat, so that the two were never seen out together.",
    "{He} learnt two foreign languages in these years, one from grammars and the other from a cook.",
    "A prize essay of {count} pages, handed in in {year}, would have won at half the length.",
    "The examiners noted in {year} that {his} answers were correct and {his} manner was not.",
    "A walking tour to {elsewhere} with {few} fellow students in the {season} of {year} ended when the money did.",
    "{Short} played the viola in the students' orchestra and gave up the instrument as soon as {he} was allowed to.",
    "A short stay in {elsewhere} in {year}, meant for the study of archives, was largely passed at the theatre.",
    "{He} joined the protest against the price of bread in {year} and spent {few} nights under arrest.",
    "{His} notebooks of this time, full of sketches of sleeping listeners, were shown in {elsewhere} in {year}.",
    (
        "On leaving in {year} {he} owed money to {a_trade}, a bookseller and the porter, the last of whom was repaid "
        "in {later}."
    ),
)
TRAVELS: tuple[str, ...] = (
    (
        "In {year} {he} made a first long journey, by way of {elsewhere} to {elsewhere2}, and was robbed at both ends "
        "of it."
    ),
    (
        "A voyage aboard the {ship} in the {season} of {year} took {him} to {elsewhere}, where {he} stayed for {few} "
        "months."
    ),
    "{Short} crossed the mountains on foot with {stranger}, {a_stranger_noun}, and wrote {count} pages about the food.",
    "From {elsewhere} {he} sent home seeds, sketches and, once, a live tortoise.",
    "An invitation to {elsewhere} in {year} was accepted by return of post and regretted within the week.",
    "Stranded in {elsewhere} when the ferry froze in, {he} learnt the dialect and {few} card games.",
    "{He} kept careful lists of {his} expenses abroad; {goods} and tips made up {share} of them in {year}.",
    (
        "The {season} of {year} was spent in {elsewhere} for the sake of {his} lungs, which the damp there did not "
        "improve."
    ),
    (
        "In the company of a cousin, {kin}, {he} visited {elsewhere} in {year} to settle an inheritance, which proved "
        "to consist of debts."
    ),
    (
        "{Short} was one of {count} passengers when the {ship} ran aground off {elsewhere} in {month} {year}; nobody "
        "was hurt."
    ),
    "Twice {he} set out for {elsewhere}, and twice {he} turned back before the border.",
    "Letters from {elsewhere}, written in {year}, describe the markets in detail and the sights hardly at all.",
    (
        "In {elsewhere} {he} met {stranger}, {a_stranger_noun}, who showed {him} the quarries and talked without pause "
        "for {few} days."
    ),
    "A study tour of {year} led through {few} countries and gave {him} a lasting distaste for hotels.",
    "{He} returned from {elsewhere} in {year} with {count} notebooks, most of which have been kept.",
    "The customs officers of {elsewhere} held {him} for a night in {year} on account of a trunk full of {goods}.",
    (
        "For {festival} of {year} {he} travelled to {elsewhere} and found that it had been put off for a week on "
        "account of rain."
    ),
    "{Short} twice climbed the hills behind {elsewhere}, in {year} and again in {later}, to look at the same view.",
    "An account of {his} journey to {elsewhere} appeared in {paper} in {month} {year}, cut by {share}.",
    "{He} disliked the sea and took, whenever {he} could, the long way round by land.",
    "Between {year} and {later} {he} spent every {season} in {elsewhere}, in rooms above the workshop of {a_trade}.",
    "A guide to {elsewhere} printed in {year} thanks {him} for the correction of {count} mistakes.",
    "{He} went to {elsewhere} in {year} to see an eclipse and saw a cloud.",
    (
        "Of all the towns that {he} came to know, {elsewhere} pleased {him} most and {elsewhere2} least, chiefly "
        "because of the bells."
    ),
)
PRIVATE: tuple[str, ...] = (
    "{He} rose before dawn and answered every letter on the day it came.",
    "Friends described {him} as patient, dry and hard to hurry.",
    (
        "From {year} {he} rented a summer house near {elsewhere}, whose shutters were painted {colour} at {his} own "
        "expense."
    ),
    "{Short} kept bees, and a small book about them, printed in {elsewhere} in {year}, sold {count} copies.",
    (
        "Every {weekday} {he} played chess with {stranger}, {a_stranger_noun}; the score, according to both, stood in "
        "{his} favour."
    ),
    "{He} collected old maps, gave most of them away, and then asked for {few} of them back.",
    "A serious illness in {year} kept {him} from work for the better part of a year.",
    "The household in {street} included two parrots, an aunt from {elsewhere} and, from {year}, a deaf gardener.",
    "{He} walked to work in all weathers, as a rule by way of the fish market.",
    "With {his} cousin {kin} {he} quarrelled in {year} over a clock, and the two were reconciled only in {later}.",
    "{His} dislike of long speeches was so well known that after {year} nobody asked {him} for one.",
    "{Short} slept badly, and {he} used to read the timetables of ferries until morning.",
    "In {year} {he} bought a small boat, the {ship}, which {he} painted every {season} and seldom sailed.",
    "{He} never learnt to cook, and for {few} years took every meal at the same table of an inn in {street}.",
    "A fire in {year} destroyed {his} furniture and {share} of {his} books, and spared, to {his} annoyance, the piano.",
    (
        "At home {he} wore an old coat, dyed {colour}, with so many pockets that visitors remembered the coat before "
        "the person."
    ),
    "{He} stood godparent to {count} children, and wrote to each of them at {festival}.",
    "Gardening took up {his} Sundays; a pear raised by {him} won a prize in {elsewhere} in {year}.",
    "Money meant little to {short}, who lost a good deal of it in {year} on shares in a canal near {elsewhere}.",
    "{He} could not bear the smell of {goods} and crossed the street to avoid any shop that dealt in such things.",
    "{Short} sat on the board of an orphanage in {elsewhere} from {year} to {later} and knew every child by name.",
    "Two portraits of {him} are known, one by {stranger} from {year}, the other unsigned and rather better.",
    "In later years {he} suffered from gout and dictated {his} letters to {a_trade} who lived upstairs.",
    (
        "Visitors after {year} found {him} hard of hearing, cheerful, and surrounded by clocks that {he} could no "
        "longer hear."
    ),
)
PRIVATE_TODAY: tuple[str, ...] = (
    (
        "By all accounts {short} works in the mornings only and spends the afternoons in the second-hand bookshops of "
        "{elsewhere}."
    ),
    "{Short} divides the year between a flat in {street} and a cottage near {elsewhere}, bought in {year}.",
    "{He} has not owned a car since {year} and walks to work in all weathers.",
    (
        "In interviews {he} prefers to speak about gardening, and about the pears {he} grows near {elsewhere} in "
        "particular."
    ),
    "Those who know {him} well speak of a dry humour and of a memory for faces that borders on the uncomfortable.",
    "{He} plays chess every {weekday} with {stranger}, {a_stranger_noun}, and admits to losing.",
    (
        "Since {year} {he} has sung in an amateur choir in {elsewhere}, among the second altos or wherever a voice is "
        "missing."
    ),
    "{Short} collects old maps; {count} of them were lent to a museum in {elsewhere} in {year}.",
    "{He} keeps bees on the roof of {his} house and gives the honey to the neighbours, whether they like it or not.",
    "A cousin, {kin}, is {a_trade} in {elsewhere}, and the two are often mistaken for each other in the press.",
    "{He} has never learnt to swim, though {he} owns a small boat called the {ship}.",
    "{Short} lives quietly, gives few interviews, and told {paper} in {year} that the two facts were connected.",
    "A long illness, of which {he} spoke in public for the first time in {year}, keeps {him} from flying.",
    "{He} supports a home for old sailors in {elsewhere} and reads aloud there on the first {weekday} of the month.",
    (
        "{He} had the front door painted {colour} in {year}; the street committee objected at first and has since come "
        "to like it."
    ),
    "Every {season} {he} spends {few} weeks on foot in the hills, without a telephone.",
    "{He} speaks four languages, two of them, by {his} own account, only to waiters.",
    "Since {year} {he} has run the long race at {elsewhere} {few} times and has finished it twice.",
    "A collector of {goods} from before the age of plastic, {he} has filled {few} rooms and part of the stairs.",
    "{Short} is a regular guest at {festival}, where {he} helps to wash the dishes.",
    "The family keeps a dog, by custom named after a ferry, and the present one is called {ship}.",
    "{He} is known for short speeches; the shortest, given in {elsewhere} in {year}, ran to {count} words.",
    "In {year} {he} gave up smoking, and in {later} {he} gave up talking about it.",
    "{He} mends clocks as a pastime and has {count} of them, no two of which agree.",
)
LEGACY: tuple[str, ...] = (
    "{His} papers, in {count} boxes, came to the town archive of {elsewhere} in {year}.",
    "Obituaries appeared in {few} newspapers, and the one in {paper} confused {him} with a cousin, {kin}.",
    "A street in {elsewhere} was named after {him} in {year}; it is short, steep and popular with cyclists.",
    "The first biography, by {stranger}, came out in {year} and has been corrected ever since.",
    "In {year} {elsewhere} had a medal struck with {his} portrait, in an edition of {large}.",
    "{His} letters were sold at auction in {year} and are now for the most part in private hands.",
    "Opinions of {him} differ: some call {him} careful, others slow.",
    (
        "A bust of {material} by {stranger} was put up in {elsewhere} in {year} and moved in {later} to make room for "
        "a kiosk."
    ),
    "The {prize}, given in {his} memory since {year}, goes to persons under thirty, at irregular intervals.",
    (
        "An exhibition in {elsewhere} in {year} brought together {count} objects, among them {his} spectacles and a "
        "travelling trunk."
    ),
    "The house in {street} where {he} had worked was a museum from {year} until {later}; it is now a dental practice.",
    "Schools used a reader containing an extract from {his} letters until {year}.",
    (
        "A society for the study of {his} life, with its seat in {elsewhere}, had {large} members at its height and "
        "has {count} today."
    ),
    "{His} library was scattered in {year}, when {a_trade} bought {share} of it for the paper.",
    "A rose, a ferry and a kind of cake have been named after {him}; the rose alone is still to be had.",
    "Stamps with {his} likeness were issued in {year}; on {count} misprinted sheets {he} looks the other way.",
    (
        "For {few} decades {he} was all but forgotten, until an article by {stranger} in {year} drew new attention to "
        "{him}."
    ),
    "The diaries, published in {elsewhere} in {year}, proved to be mostly about the weather.",
    "A short film about {him}, shown in {elsewhere} in {year}, invents a duel and leaves out the gout.",
    "Historians still argue over a letter of doubtful date, found in {elsewhere} in {year} inside a chest of {goods}.",
    "The centenary was marked by {festival} being held in {his} honour, with {large} lanterns.",
    (
        "A complete edition of {his} correspondence was begun in {year} and had reached the ninth letter of the "
        "alphabet by {later}."
    ),
    "{His} walking stick hangs in an inn in {elsewhere}, which {he} is not known ever to have visited.",
    "Few who pass the plaque in {street}, put up in {year} by {a_trade}, know who {he} was.",
)
REPUTATION: tuple[str, ...] = (
    "In a survey of {year} readers of {paper} placed {him} among the {count} most useful people of the age.",
    "{His} work has been the subject of two longer studies, which disagree on almost every point.",
    "The critic who called {him} tireless in {year} has been quoted more often than anything {short} ever said.",
    "In {elsewhere} {his} name is better known than at home, a fact usually traced to a lecture of {year}.",
    (
        "An essay by {stranger}, {a_stranger_noun}, argued in {year} that {his} importance lies chiefly in the "
        "questions {he} left open."
    ),
    "{Short} has been called both too cautious and too bold, at times by the same writer.",
    "The first full account of {his} career, a thesis of {count} pages, was handed in at {elsewhere} in {year}.",
    (
        "Honours have come from far away: {elsewhere} granted {him} its freedom in {year}, {elsewhere2} a golden key "
        "in {later}."
    ),
    "Not everybody was convinced; a pamphlet of {year} by {stranger} lists {count} objections, some of them fair.",
    "{He} received the {prize} in {year} and gave the money to a school for the deaf in {elsewhere}.",
    "Caricatures in {paper} usually showed {him} with a watering can, for reasons no longer understood.",
    "Younger colleagues have praised {his} readiness to share unfinished work, and complained of {his} handwriting.",
    "The phrase most often ascribed to {him} was in fact coined by {stranger}, {a_stranger_noun} in {elsewhere}.",
    "A portrait of {him}, painted in {elsewhere} in {year}, has served as the model for nearly all later likenesses.",
    (
        "For {share} of those questioned by {paper} in {year}, {short} stood for good sense; the rest had not heard "
        "the name."
    ),
    "A dispute with {stranger} over who had been first, carried on from {year} to {later}, did credit to neither side.",
    "{His} influence has been greatest in {elsewhere}, where {few} admirers translated everything they could find.",
    "Encyclopedias printed before {year} give {him} {few} lines, and those printed since {later} a full column.",
    "The {prize}, for which {he} was put forward in {year}, went in the end to {stranger}, {a_stranger_noun}.",
    (
        "{He} declined an honorary title from {elsewhere} in {year}, and the refusal made {him} better known than the "
        "title would have."
    ),
    "A dictionary of anecdotes contains {count} about {short}, of which at most a handful can be true.",
    (
        "In the judgement of {stranger}, writing in {year}, no other figure of the period was so often right at the "
        "wrong moment."
    ),
    (
        "Conferences on {his} work have been held in {elsewhere} and {elsewhere2}, the larger of them with {large} "
        "visitors."
    ),
    (
        "Among experts {his} standing has hardly changed since {year}; among the public it has risen and sunk with the "
        "fashion."
    ),
)
