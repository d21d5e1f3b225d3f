"""Occasions to write about novels, paintings, operas and symphonies."""

from pipelines.sample.news.scenario import Scenario

WORKS = (
    Scenario(
        name="exhibition",
        subject="painting",
        needs=("creator", "place"),
        section="Culture",
        headlines=("{bare} gets a new light", "All eyes on {bare}", "{=place} shows its treasure"),
        leads=(
            "the gallery in {=place} has rehung its best-known picture: {name} by {=creator} is at eye level again.",
            "in {=place} people are queuing for a picture. {name}, which {=creator} painted, has come back from the "
            "restorers.",
            "a guard in {=place} noticed the smell of smoke first: {name}, the painting by {=creator}, was in danger "
            "for a "
            "few minutes on {weekday}.",
        ),
        details=(
            "{large} visitors came on the first day.",
            "from {month} to {soon} it had been on loan in {elsewhere}.",
            "under the varnish a cat came to light.",
            "thieves had tried to cut it from its frame in {past}.",
            "the insurers put its value at {sum}.",
            "a second version, in {elsewhere}, is thought to be a copy.",
            "the glass, made in {elsewhere}, does not mirror the lamps.",
        ),
        quotes=(
            "I have sat beside it for years, and it still does not greet me.",
            "It was brown when I was a child. Now I know that there is weather in it.",
            "You should look at the left corner first and then not look away.",
            "People whisper in front of it, as if it were asleep.",
        ),
        speakers=("who guards the upper floor", "who led the restoration", "a visitor from {elsewhere}"),
    ),
    Scenario(
        name="catalogue",
        subject="painting",
        needs=("creator", "year"),
        section="Culture",
        headlines=("Doubts about {bare} laid to rest", "How old is {bare}?", "A signature under the frame"),
        leads=(
            "the date is settled: {name} was finished by {=creator} in {=year}, a new catalogue says.",
            "a bill for canvas and two lemons proves it. {=creator} was at work on the painting {name} in {=year}.",
            "was it really {=creator} who painted {name}? Yes, say the experts, and in {=year}, not later.",
        ),
        details=(
            "some had thought of a pupil, and of a date near {past}.",
            "the canvas was examined in a hospital in {elsewhere}.",
            "the bill had lain in a cookery book.",
            "the catalogue, {count} crowns, appears on {soon}.",
            "a collector in {elsewhere} had offered {sum} for it.",
            "a conference in {elsewhere} deals with the matter in {month}.",
        ),
        quotes=(
            "Lemons were dear that winter. That is how we knew.",
            "The brush never lies, but it mumbles.",
            "My colleague and I have a bet to settle, and I shall enjoy it.",
            "Now somebody has to change the label.",
        ),
        speakers=("who wrote the catalogue", "an art historian", "a chemist who examined the paint"),
    ),
    Scenario(
        name="opera revival",
        subject="opera",
        needs=("creator", "place"),
        section="Culture",
        headlines=("{bare} is back", "Bravos for {bare}", "Three hours and a thunderstorm: {bare}"),
        leads=(
            "at the theatre of {elsewhere}, {name} by {=creator} was received with bravos and one boo on {weekday}.",
            "{=creator} would have been pleased: {name}, the opera whose first night was in {=place}, can be heard "
            "again.",
            "half a century it lay in a cupboard. Now {name}, {=creator}'s opera, returns to {=place}, where it was "
            "first "
            "given.",
        ),
        details=(
            "the soprano, {stranger}, had stepped in at noon.",
            "the set, from {elsewhere}, creaked.",
            "the last staging, in {past}, had closed after {few} nights.",
            "there are further performances until {soon}.",
            "in the interval the cloakroom ran out of hooks.",
            "conductor {stranger} took the second act so fast that the chorus was out of breath.",
        ),
        quotes=(
            "I died four times in rehearsal, and it still hurt.",
            "Nobody hums it on the way home, but everybody is silent, which is better.",
            "It is a piece for people who can wait.",
            "We found a whole scene that had been pasted over.",
        ),
        speakers=("who sings the miller", "who staged it", "who has a seat in the second row"),
    ),
    Scenario(
        name="opera notes",
        subject="opera",
        needs=("creator", "year"),
        section="Culture",
        headlines=("The score of {bare} is in print", "At last: {bare} by the book", "What {=creator} crossed out"),
        leads=(
            "the full score of {name} has been printed at last. {=creator}'s opera had its first night in {=year}.",
            "since {=year}, when it was first seen, {name} by {=creator} has been played from copies full of mistakes. "
            "That is over.",
            "“louder, but not yet”: such notes by {=creator} fill the margins of {name}, the opera first heard in "
            "{=year}.",
        ),
        details=(
            "the copyist's slips had been passed on since {past}.",
            "the edition took {few} years and {sum}.",
            "a broadcast from {elsewhere} is announced for {soon}.",
            "two pages had served as the lining of a drawer in {elsewhere}.",
            "the harpist will have {count} bars more to play.",
            "{other} has written the preface.",
        ),
        quotes=(
            "We have played wrong notes with great conviction for decades.",
            "There are three endings, and two of them are happy.",
            "The ink tells you when the coffee came.",
            "I am a bassoonist. For me it is a revolution.",
        ),
        speakers=("who edited the score", "who plays in the theatre orchestra", "a music teacher"),
    ),
    Scenario(
        name="concert",
        subject="symphony",
        needs=("creator", "place"),
        section="Culture",
        headlines=("{bare} under the open sky", "{bare}, with rain", "An evening of {=creator}"),
        leads=(
            "the youth orchestra of {elsewhere} closed its season with {name}, the symphony by {=creator} that was "
            "first "
            "played in {=place}.",
            "umbrellas went up in the slow movement: {name} by {=creator} was given under the open sky on {weekday}. "
            "Its first performance had been in {=place}, and under a roof.",
            "{=place}, where {name} was heard for the first time, has heard it again. The symphony by {=creator} "
            "filled "
            "the hall on {weekday}.",
        ),
        details=(
            "{large} people stayed to the end.",
            "the horn player, {stranger}, is {count} years old and still practises at night.",
            "the parts were borrowed from {elsewhere}.",
            "a recording from {past} had long been thought unsurpassed.",
            "the concert is repeated on {soon}.",
            "before it a march by {stranger} was played, and quickly forgotten.",
        ),
        quotes=(
            "In the third movement I always think of trains.",
            "The rain came in on the beat.",
            "It is easier to play than to explain.",
            "We rehearsed in a garage, and now everything sounds like a cathedral.",
        ),
        speakers=("who conducted", "who plays the second violin", "a listener"),
    ),
    Scenario(
        name="manuscript",
        subject="symphony",
        needs=("creator", "year"),
        section="Culture",
        headlines=("Manuscript of {bare} sold", "{sum} for {bare}", "Where the last page of {bare} was"),
        leads=(
            "the manuscript of {name}, a symphony that {=creator} completed in {=year}, has been sold for {sum}.",
            "one page was missing, and now it has been found: {=creator}'s symphony {name}, of {=year}, is whole "
            "again.",
            "a radio orchestra has recorded {name}. {=creator} had finished the symphony in {=year}.",
        ),
        details=(
            "it had been in the hands of a family in {elsewhere} since {past}.",
            "the buyer wishes to remain unknown, and is said to be tall.",
            "a library in {elsewhere} had bid until the end.",
            "on the back there is a shopping list: leeks, ink, candles.",
            "it will be shown in {elsewhere} until {soon}.",
            "the recording was made in {few} nights, because of the trams.",
        ),
        quotes=(
            "I held it for a minute and then asked for a chair.",
            "The leeks are the only legible thing on that page.",
            "One sees how the hand grew tired, and how it went on.",
            "It belongs in a library, and we shall wait.",
        ),
        speakers=("the auctioneer", "who deals in manuscripts", "a musicologist"),
    ),
    Scenario(
        name="novel reissued",
        subject="novel",
        needs=("creator", "year"),
        section="Books",
        headlines=("{bare}, read again", "Back in the shops: {bare}", "Why everybody is reading {bare}"),
        leads=(
            "a publisher in {elsewhere} has brought out {name} once more. The novel by {=creator}, of {=year}, had "
            "been "
            "out of print.",
            "on trams, on benches, in bed: the whole country is reading {name}. {=creator} wrote the novel, and it "
            "came "
            "out in {=year}.",
            "it was pulped, banned in {few} parishes and forgotten. Now {name}, {=creator}'s novel of {=year}, is a "
            "success.",
        ),
        details=(
            "{large} copies were sold within a week.",
            "an earlier edition, from {past}, had left out the eleventh chapter.",
            "the afterword is by {other}.",
            "a reading in {elsewhere} had to be moved to the swimming bath.",
            "translations into {few} languages are being prepared.",
            "an audio book, read by {stranger}, follows on {soon}.",
        ),
        quotes=(
            "I missed my stop twice and do not regret it.",
            "It is a book that has more patience than its readers.",
            "We printed too few, and I blame myself.",
            "My grandmother hid it behind the flour.",
        ),
        speakers=("who runs a bookshop in {elsewhere}", "the publisher", "a librarian"),
    ),
    Scenario(
        name="novel walk",
        subject="novel",
        needs=("creator", "place"),
        section="Books",
        headlines=("With {bare} through {=place}", "A novel on foot", "{=place} puts up signs"),
        leads=(
            "{=place} has discovered a novel as an attraction. On {weekday} the first guided walk in the footsteps of "
            "{name} took place; {=creator} set the book there.",
            "{count} readers with the novel {name} under their arms walked through {=place} on {weekday}. {=creator} "
            "had "
            "chosen the city as the scene of the book.",
            "a film company is shooting {name} in {=place}, just where {=creator} let the novel take place.",
        ),
        details=(
            "the inn of the fourth chapter is a bank today.",
            "the walk ends, as the book does, in the dark.",
            "some readers had come from {elsewhere}.",
            "a rival town, {elsewhere}, claims to be the model.",
            "the bridge was painted grey for the film and will be green again by {soon}.",
            "an attempt to film it had come to nothing in {past}.",
        ),
        quotes=(
            "I had imagined the stairs steeper.",
            "We have to explain every day that the widow never lived here.",
            "The book is right about the fog and wrong about the trams.",
            "You come for the ending and you stay for the cake.",
        ),
        speakers=("who leads the walk", "a reader from {elsewhere}", "who keeps the café on the square"),
    ),
    Scenario(
        name="dedication",
        subject="work",
        needs=("creator", "dedicatee"),
        section="Culture",
        headlines=("For whom was {bare} made?", "A dedication and its story", "{bare}: the name on the first page"),
        leads=(
            "three lines in a diary explain why {=creator} dedicated {name} to {=dedicatee}.",
            "{=creator} dedicated the {noun} {name} to {=dedicatee}. Why, a small show in {elsewhere} now tells.",
            "the {noun} {name} by {=creator} bears a dedication to {=dedicatee}, and for a long time nobody could "
            "say why.",
        ),
        details=(
            "the diary was bought at a flea market in {elsewhere} for {few} crowns.",
            "it seems that a debt of {large} crowns was forgiven.",
            "scholars had thought of a love affair, wrongly.",
            "the show can be seen until {soon}.",
            "an earlier edition, from {past}, had left the dedication out.",
            "the two are said to have met but once, on a platform in {elsewhere}.",
        ),
        quotes=(
            "Gratitude is a bad reason to write and a good one to finish.",
            "One reads the name a hundred times and does not ask.",
            "I was looking for something else, as always.",
            "It is a thank-you letter with a great deal around it.",
        ),
        speakers=("who found the diary", "who put the show together", "a historian"),
    ),
)
