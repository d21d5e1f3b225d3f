"""Occasions to write about cities."""

from pipelines.sample.news.scenario import Scenario

CITIES = (
    Scenario(
        name="census",
        subject="city",
        needs=("population",),
        section="Local",
        headlines=(
            "{bare} has been counted",
            "{=population}: the new figure for {bare}",
            "{bare} counts its people",
        ),
        leads=(
            "the statistical office has counted {name} anew and arrived at {=population} residents.",
            "{=population} residents are registered in {name}, according to figures released on {weekday}.",
            "now it is official: {name} has {=population} residents, {large} of them under the age of eighteen.",
        ),
        details=(
            "a forecast from {past} had been some {count} per cent higher.",
            "most of those who moved came from {elsewhere}.",
            "the number of dogs was put at {large}.",
            "school places are short, above all in the eastern quarters.",
            "some {count} forms had come back with drawings instead of crosses.",
            "for comparison, {elsewhere} reported {large} new flats in the same period.",
        ),
        quotes=(
            "People are not a number, but the drains are.",
            "We had hoped for more and feared less.",
            "With these figures in hand we can finally talk about schools.",
            "Whoever counts in winter finds fewer people than there are.",
        ),
        speakers=("who heads the registry", "who speaks for the statistical office", "a member of the opposition"),
    ),
    Scenario(
        name="founding day",
        subject="city",
        needs=("round founded",),
        section="Local",
        headlines=("{round} years of {bare}", "{bare} puts out the flags", "A birthday for a whole city"),
        leads=(
            "{name} is celebrating: the city was founded in {=founded}, {round} years ago.",
            "bells, cannon and far too much cake marked the {round}th birthday of {name} on {weekday}. "
            "The founding charter bears the date {=founded}.",
            "since {=founded} there has been a {name}, and for {round} years its people have argued about the market. "
            "This week they danced on it.",
        ),
        details=(
            "the procession, {large} people strong, took two hours to pass the bridge.",
            "guests had come from {elsewhere} and {elsewhere2}.",
            "the last such feast, in {past}, had ended in a thunderstorm.",
            "a coin with the city's arms can be bought for {few} crowns.",
            "among the guests of honour was {other}.",
            "the cake, baked in {elsewhere}, weighed {count} kilograms.",
        ),
        quotes=(
            "A city that can laugh at itself will last another few centuries.",
            "I carried the second flag on the left, and my arms know it.",
            "My grandfather walked in the procession, and I have his hat.",
            "It rained last time, so the heavens owed us this.",
        ),
        speakers=("who had sewn {count} costumes", "a member of the marksmen's guild", "who keeps the town archive"),
    ),
    Scenario(
        name="dig",
        subject="city",
        needs=("founded",),
        section="Science",
        headlines=("Older walls under {bare}?", "What lay under the car park of {bare}", "Spades out in {bare}"),
        leads=(
            "workers laying a pipe in {name} have come upon the posts of a wooden quay.",
            "the diggers in the middle of {name} have stopped: archaeologists want the trench for {few} weeks.",
            "a comb, a shoe and {count} fish bones were found under a car park in {name} on {weekday}.",
        ),
        details=(
            "wood samples have been sent to a laboratory in {elsewhere}.",
            "the car park, built in {past}, stays closed until {soon}.",
            "the builders fear costs of {sum}.",
            "similar posts had been found in {elsewhere} in {past}.",
            "on {weekday} alone {large} people came to look through the fence.",
            "the finds may go on show in {elsewhere}.",
        ),
        quotes=(
            "One digs for a drain and finds somebody's boots.",
            "The charter tells us when the lawyers came. It does not tell us when the fishermen did.",
            "It is a very ordinary quay, and that is the beauty of it.",
            "We have seen nothing that would change the textbooks, so far.",
        ),
        speakers=("who leads the dig", "an archaeologist", "the foreman"),
    ),
    Scenario(
        name="budget",
        subject="city",
        needs=("mayor",),
        section="Politics",
        headlines=("{bare} argues about its trams", "Tempers rise in {bare}", "Council of {bare} sits until midnight"),
        leads=(
            "it was past midnight when the council of {name} voted on the tram fares. Mayor {=mayor} got the plan "
            "through "
            "by {few} votes.",
            "the mayor of {name}, {=mayor}, wants to mend the bridges first and the theatre later. That did not please "
            "everybody on {weekday}.",
            "{name} must save. How much, {=mayor}, the mayor, told a crowded council chamber on {weekday}.",
        ),
        details=(
            "the gap amounts to {sum}.",
            "{count} people had put their names down to speak.",
            "a similar plan had failed in {past}.",
            "line {few} to the cemetery will run every half an hour only.",
            "the opposition pointed to {elsewhere}, where the trams have been free since {lately}.",
            "a final vote is due on {soon}.",
            "from the gallery somebody threw a glove.",
        ),
        quotes=(
            "You cannot ride on a promise.",
            "We are not cutting, we are postponing.",
            "Everybody wants a new bridge, and nobody wants to stand in the queue beside it.",
            "I have read the paper twice, and the second time it was worse.",
        ),
        speakers=("who leads the opposition", "the treasurer", "a member of the council for the outer districts"),
    ),
    Scenario(
        name="town hall",
        subject="city",
        needs=("architect", "town_hall"),
        section="Local",
        headlines=(
            "Scaffolding comes down in {bare}",
            "The clock of {bare} goes again",
            "{bare} has its town hall back",
        ),
        leads=(
            "the town hall of {name}, a work of the architect {=architect}, has been without scaffolding since "
            "{weekday}.",
            "after {months} months of repairs the clerks of {name} move back. Their town hall dates from {=town_hall} "
            "and was designed by {=architect}.",
            "with a whistle the crane lifted the weathercock back onto the town hall of {name}, which {=architect} "
            "built.",
        ),
        details=(
            "the roof alone took {large} slates, all from a quarry near {elsewhere}.",
            "the bill came to {sum}, a third more than planned.",
            "in the cellar the masons found beer bottles from {past}.",
            "the registry spent the time in a former dance hall.",
            "one clock hand had gone missing in {past} and was found in {elsewhere}.",
            "visitors are welcome on {soon}, from ten to four.",
        ),
        quotes=(
            "I had forgotten that it was ever that colour.",
            "The pigeons were the first to come back.",
            "Whoever built this thought of everything except lifts.",
            "We have kept every beam that could be kept.",
        ),
        speakers=("who was in charge of the works", "a registrar", "the master mason"),
    ),
    Scenario(
        name="high water",
        subject="city",
        needs=("river",),
        section="Local",
        headlines=("High water in {bare}", "{bare} watches the river", "Sandbags in {bare}"),
        leads=(
            "the {=river} rose by {few} feet overnight and has reached the lower streets of {name}.",
            "in {name} everybody is looking at the {=river}. On {weekday} it stood higher than at any time since "
            "{past}.",
            "{name} got off lightly: the {=river}, which had threatened its cellars since {weekday}, is falling.",
        ),
        details=(
            "{large} sandbags were filled, many of them by schoolchildren.",
            "trains to {elsewhere} had to turn back.",
            "pumps were sent from {elsewhere}.",
            "a swan took up quarters in the doorway of the savings bank.",
            "the damage is put at {sum}.",
            "the floodgate ordered in {past} has still not been delivered.",
        ),
        quotes=(
            "We carried the piano upstairs first and the children second.",
            "It comes, it looks around, it goes.",
            "Next year I am moving up the hill. I say so every year.",
            "The cellar has been swept by a professional.",
        ),
        speakers=("who keeps a café by the quay", "of the fire brigade", "whose house is the last before the bank"),
    ),
    Scenario(
        name="twins",
        subject="city",
        needs=("twin",),
        section="Local",
        headlines=("Visitors from {=twin} in {bare}", "Twins: {bare} and {=twin}", "{count} guests and one goat"),
        leads=(
            "{count} guests from {=twin} spent the week in {name}, its twin city, and went home on {weekday}.",
            "a bus with {count} singers from {=twin} broke down {few} miles short of {name}. The twin city came to "
            "fetch "
            "them on tractors.",
            "{name} and its twin city, {=twin}, want to see more of each other. Their councils signed a paper to "
            "that end "
            "on {weekday}.",
        ),
        details=(
            "the exchange goes back to a football match in {past}.",
            "as a present the guests brought a goat, which is now living at the fire station.",
            "the return visit is set for {soon}.",
            "a planned excursion to {elsewhere} fell victim to the rain.",
            "the programme included a visit to the waterworks and to {elsewhere}.",
            "{stranger} interpreted, and left out the jokes.",
        ),
        quotes=(
            "They eat their soup at the end of the meal, and now so do we.",
            "You learn more about your own town when you have to show it to somebody.",
            "We do not understand a word, and we have not stopped talking.",
            "The goat was not in the contract.",
        ),
        speakers=("who put up four of the guests", "who looks after the partnership", "a choir mistress"),
    ),
    Scenario(
        name="market",
        subject="city",
        needs=("province",),
        section="Local",
        headlines=(
            "Empty stalls in {bare}",
            "Bakers of {bare} turn off their ovens",
            "No trams in {bare} on {weekday}",
        ),
        leads=(
            "the tram drivers of {name}, in the province of {=province}, left their depots closed on {weekday}.",
            "whoever wanted bread in {name} on {weekday} had to be early: the bakers in this part of {=province} "
            "have run "
            "out of flour.",
            "a landslip has cut off {name} from the rest of {=province} for the second time this year.",
        ),
        details=(
            "buses from {elsewhere} stood in for some hours and were full.",
            "the last time that this happened was in {past}.",
            "{large} people were affected.",
            "talks go on in {elsewhere} on {soon}.",
            "the hospital was never in danger, a doctor said.",
            "at the station {other} was seen reading a timetable from {past}.",
        ),
        quotes=(
            "I walked, and I met people I had not seen since school.",
            "One gets used to anything except waiting.",
            "My grandmother kept a sack under the bed, and we all laughed.",
            "Nobody told us anything, so we told each other.",
        ),
        speakers=("who sells eggs at the market", "a commuter", "retired from the post office"),
    ),
)
