"""Occasions to write about provinces, countries, rivers and universities."""

from pipelines.sample.news.scenario import Scenario

LANDS = (
    Scenario(
        name="roads",
        subject="province",
        needs=("governor",),
        section="Politics",
        headlines=("New roads for {bare}", "{bare} mends its bridges", "Who pays for the roads of {bare}?"),
        leads=(
            "{sum} for roads and bridges: {=governor}, the governor of {name}, set out the plans on {weekday}.",
            "every third bridge in {name} is in need of repair. Governor {=governor} wants to begin with the oldest.",
            "the government of {name} under {=governor} gives up the motorway to {elsewhere} and puts the money into "
            "country roads.",
        ),
        details=(
            "{count} bridges have been closed to lorries since {lately}.",
            "work is to begin on {soon} near the border.",
            "farmers had blocked a crossing with beets in {month}.",
            "an expert from {elsewhere} had called the state of things adventurous.",
            "the railway to {elsewhere} gets a second track, though not before {later}.",
            "the opposition speaks of a drop in the ocean.",
        ),
        quotes=(
            "A road is finished when nobody talks about it.",
            "My tractor knows every hole by its first name.",
            "We have mended the same bridge four times. Now we build it once.",
            "The lorries will go where the lorries have always gone: through our village.",
        ),
        speakers=("who farms near the border", "who speaks for the road office", "who sits for the opposition"),
    ),
    Scenario(
        name="seat of government",
        subject="province",
        needs=("capital",),
        section="Politics",
        headlines=("{bare} votes on bells and bins", "Crowded days in {=capital}", "A province on its feet"),
        leads=(
            "in {=capital}, the capital of {name}, {large} people took to the streets on {weekday} against the "
            "closing of "
            "village schools.",
            "the assembly of {name} sat in {=capital}, the provincial capital, until dawn, and then rose without a "
            "vote.",
            "{name} will keep its {count} small schools. That was the outcome of a long night in {=capital}, where the "
            "province is governed.",
        ),
        details=(
            "buses had come from {elsewhere} and from the coast.",
            "a petition with {large} names was handed in.",
            "the law dates from {past} and has been changed {few} times since.",
            "the next sitting is on {soon}.",
            "among the speakers was {other}.",
            "it remained peaceful, apart from a few tomatoes.",
        ),
        quotes=(
            "A village without a school is a row of houses.",
            "I have taught every mayor between here and the hills.",
            "They count the pupils and forget the snow.",
            "We came on foot so that they could hear us coming.",
        ),
        speakers=("a teacher of {count} years' standing", "who had brought three children", "a deputy"),
    ),
    Scenario(
        name="mountain rescue",
        subject="province",
        needs=("peak",),
        section="Local",
        headlines=("Night on the {=peak}", "Walkers brought down in {bare}", "Lost above the clouds"),
        leads=(
            "{few} walkers who had lost their way on {=peak}, the highest mountain of {name}, were found unhurt on "
            "{weekday}.",
            "a hut is to be built on {=peak}, the highest point of {name}, and not everybody is pleased.",
            "the highest summit of {name} has a new cross. {stranger} and {few} helpers carried it up {=peak} on "
            "{weekday}.",
        ),
        details=(
            "the path had been closed since a rockfall in {past}.",
            "rescuers from {elsewhere} searched with dogs.",
            "the weather turns within half an hour up there, the guides warn.",
            "last year {count} people had to be helped down.",
            "a walker from {elsewhere} sprained an ankle.",
            "the mountain club, founded in {past}, counts {large} members.",
        ),
        quotes=(
            "We sang until we could hear somebody swearing, and then we knew we were found.",
            "In town shoes one should not go further than the inn.",
            "The mountain is not bad. It is only not interested.",
            "You could see the lights of {elsewhere}, and they did not come any nearer.",
        ),
        speakers=("a mountain guide", "who runs the valley inn", "one of the walkers"),
    ),
    Scenario(
        name="state visit",
        subject="country",
        needs=("president", "capital"),
        section="Politics",
        headlines=("Red carpet in {=capital}", "{bare} receives its neighbours", "A handshake and an anthem too many"),
        leads=(
            "the band played the wrong anthem, but nobody minded: in {=capital} President {=president} of {name} "
            "received "
            "guests from abroad on {weekday}.",
            "{=president}, president of {name}, has warned of new customs duties. The speech in {=capital} lasted "
            "two hours.",
            "a treaty on fishing has been signed in {=capital}. On behalf of {name}, President {=president} signed "
            "twice, "
            "because the first pen failed.",
        ),
        details=(
            "traffic stood still as far as the ring road.",
            "the talks go back to a quarrel about herring in {past}.",
            "a visit to {elsewhere} was cancelled because of fog.",
            "the treaty takes effect on {soon}.",
            "at dinner, {other} sat next to the foreign minister.",
            "{large} police were on duty.",
        ),
        quotes=(
            "We have talked about fish for a very long time, and about peace only a little, which is a good sign.",
            "Neighbours do not have to love one another; they have to knock.",
            "The soup was cold, the mood was not.",
            "There is nothing in the small print, I have looked.",
        ),
        speakers=("a member of the delegation", "who led the talks", "a diplomat"),
    ),
    Scenario(
        name="river clean-up",
        subject="river",
        needs=("source",),
        section="Nature",
        headlines=("Old bicycles out of the {bare}", "The {bare} breathes again", "Salmon are back in the {bare}"),
        leads=(
            "from the {=source}, where it rises, to its mouth {name} was searched for rubbish last weekend.",
            "for the first time since {past} salmon have been seen in {name}, not far from its source in the "
            "{=source}.",
            "{large} volunteers have rid {name} of bottles, tyres and a safe. They began high up in the {=source}, "
            "at the "
            "spring.",
        ),
        details=(
            "the safe was empty.",
            "{count} bicycles were counted, one of them from {past}.",
            "a paper mill near {elsewhere} had been the main culprit.",
            "anglers from {elsewhere} lent their boats.",
            "the water is tested every {few} weeks.",
            "bathing will be allowed again from {soon}.",
        ),
        quotes=(
            "The otters did not wait for a decision by the council.",
            "I found my own wheelbarrow, stolen nine years ago.",
            "You can see the bottom again, and it is not a pretty sight.",
            "What is thrown in up there is fished out down here.",
        ),
        speakers=("who chairs the anglers' club", "a biologist", "a ferryman"),
    ),
    Scenario(
        name="canoe journey",
        subject="river",
        needs=("mouth", "length"),
        section="Sport",
        headlines=("By canoe down the {bare}", "{few} paddlers, one river", "Blisters on the {bare}"),
        leads=(
            "all {=length} kilometres of {name} lie behind them: {few} pupils reached the {=mouth} by canoe on "
            "{weekday}.",
            "where {name} meets the {=mouth}, {stranger} stepped ashore on {weekday} and asked for dry socks.",
            "{=length} kilometres is the distance that {stranger} has paddled on {name}, from the first mill to the "
            "last.",
        ),
        details=(
            "twice the canoe capsized, both times in front of onlookers.",
            "they slept in barns and once in the waiting room of {elsewhere}.",
            "a similar attempt in {past} had ended at a weir.",
            "{count} locks had to be passed.",
            "the journey brought in {sum} for a children's ward in {elsewhere}.",
            "next it is to be a river near {elsewhere}, on {soon}.",
        ),
        quotes=(
            "The first day is the longest, and the last one you do not notice.",
            "There is always somebody on the bank who knows better.",
            "I have never met so many herons, and none of them was impressed.",
            "At the end the current does it for you.",
        ),
        speakers=("who led the trip", "who had made the sandwiches", "one of the crew"),
    ),
    Scenario(
        name="lecture hall",
        subject="university",
        needs=("city",),
        section="Education",
        headlines=("New lecture hall for {bare}", "{bare} opens its doors", "{large} seats and no echo"),
        leads=(
            "in {=city}, {name} opened a lecture hall with {large} seats on {weekday}.",
            "the new lecture hall of {name} has opened in {=city}, {months} months late and with the wrong chairs.",
            "{name} has grown by a building. On {weekday} the keys were handed over in {=city}.",
        ),
        details=(
            "the old hall, from {past}, had leaked.",
            "it was built by a firm from {elsewhere} for {sum}.",
            "at the ceremony {other} spoke about patience.",
            "the first lecture, on {soon}, deals with bees.",
            "the acoustics were tested with a choir from {elsewhere}.",
            "a bust that had been missing since {past} turned up during the move.",
        ),
        quotes=(
            "You can sleep in the last row, but you will be seen.",
            "We have lectured in a gymnasium for {few} years, between the ropes.",
            "A good room makes a bad lecture shorter.",
            "The chairs are narrow, so we hope for slim years.",
        ),
        speakers=("a student in the sixth term", "who had planned the building", "a professor of law"),
    ),
    Scenario(
        name="enrolment",
        subject="university",
        needs=("students", "rector"),
        section="Education",
        headlines=("{=students} at {bare}", "Crowded term at {bare}", "{bare} looks for rooms"),
        leads=(
            "the term begins, and {name} counts heads: {=students} young people are registered, says {=rector}, the "
            "rector.",
            "{=students} students, {count} free rooms: {name} appeals to landladies. Rector {=rector} has offered a "
            "sofa.",
            "rector {=rector} of {name} asked the {=students} students for patience on {weekday}. The canteen is "
            "being rebuilt.",
        ),
        details=(
            "a bed in {elsewhere} costs {large} crowns a month.",
            "most newcomers chose law, and {count} of them bell-founding.",
            "the dormitory near the station dates from {past}.",
            "tents will be put up until {soon}.",
            "the canteen serves {large} meals a day.",
            "trains from {elsewhere} run at shorter intervals.",
        ),
        quotes=(
            "I have slept in a bath for nine nights, and I have passed two examinations.",
            "Everybody is welcome, and everybody must bring a chair.",
            "I let the room to people who wash up.",
            "The queue is where I met my friends.",
        ),
        speakers=("a first-year student", "who lets two rooms", "of the students' union"),
    ),
    Scenario(
        name="benefactor",
        subject="university",
        needs=("founded", "benefactor"),
        section="Education",
        headlines=("The purse behind {bare}", "{bare} thanks its benefactor", "Old money, new books"),
        leads=(
            "without {=benefactor} the library of {name} would be a cupboard. On {weekday} the university thanked its "
            "benefactor with an exhibition.",
            "a will, {count} pages long, is on show at {name}. By it {=benefactor} left the university a fortune.",
            "{name}, founded in {=founded}, has put up a statue to its benefactor, {=benefactor}.",
        ),
        details=(
            "the interest still pays for {count} scholarships a year.",
            "a nephew in {elsewhere} had contested the gift until {past}.",
            "the exhibition moves to {elsewhere} on {soon}.",
            "a portrait was cleaned for the purpose and lost its moustache.",
            "the safe was opened in {past} and held a recipe.",
            "{other} wrote the catalogue.",
        ),
        quotes=(
            "Whoever gives without conditions is remembered, if only by the accountants.",
            "There is one condition: the windows must be opened every day.",
            "My grant is older than my grandmother.",
            "We have spent it well, and not all of it.",
        ),
        speakers=("who looks after the scholarships", "the librarian", "who curated the show"),
    ),
)
