"""Occasions that the changes between two snapshots give."""

from pipelines.sample.news.scenario import Scenario

CHANGES = (
    Scenario(
        name="mayor elected",
        subject="city",
        needs=("mayor",),
        change="mayor",
        section="Politics",
        headlines=("{=mayor} wins in {bare}", "{bare} has a new mayor", "Change at the top in {bare}"),
        leads=(
            "{name} has a new mayor: {=mayor} won the election with {percent_high} per cent of the votes and takes "
            "over "
            "from {old}.",
            "surprise in {name}. {=mayor} beat {old} in the race for mayor and moves into the town hall.",
            "{old} is no longer mayor of {name}. The new one is {=mayor}, who was sworn in on {weekday}.",
        ),
        details=(
            "{share} of those entitled to vote stayed at home.",
            "the count was held up by a ballot box that had been taken to {elsewhere} by mistake.",
            "{old} offered congratulations shortly before midnight.",
            "the trams and the bridges had been the main themes.",
            "one candidate, {stranger}, had withdrawn in {month}.",
            "the last change of this kind was in {past}.",
        ),
        quotes=(
            "Today we celebrate, tomorrow we look for the keys.",
            "The voters have spoken, and some of them have shouted.",
            "We counted it three times, because nobody believed it.",
            "It was a campaign of sausages, and the other sausages were better.",
        ),
        speakers=("who ran the campaign", "an election observer", "a voter"),
    ),
    Scenario(
        name="governor elected",
        subject="province",
        needs=("governor",),
        change="governor",
        section="Politics",
        headlines=("{=governor} to govern {bare}", "{bare} changes hands", "New governor in {bare}"),
        leads=(
            "{=governor} is the new governor of {name}. {old} handed over the seal on {weekday}.",
            "with {few} votes to spare the assembly of {name} has made {=governor} governor in place of {old}.",
            "an era ends in {name}: {old} goes, and {=governor} becomes governor of the province.",
        ),
        details=(
            "the ceremony had to be moved indoors.",
            "{other} was among the first to offer congratulations.",
            "the seal dates from {past} and is chained to its box.",
            "a first visit will lead to {elsewhere}, on {soon}.",
            "the names of the ministers are to be announced within {few} days.",
            "a rival from {elsewhere} had given up in {month}.",
        ),
        quotes=(
            "I take over a tidy desk and an untidy budget.",
            "One should go while the gardeners are still sorry.",
            "We shall see whether anything changes besides the portraits.",
            "For us in the villages what counts is the bus.",
        ),
        speakers=("a member of the assembly", "who leads the smaller party", "a mayor from the lakes"),
    ),
    Scenario(
        name="chief named",
        subject="company",
        needs=("chief_executive",),
        change="chief_executive",
        section="Business",
        headlines=("{=chief_executive} to lead {bare}", "New head at {bare}", "{bare} replaces {old}"),
        leads=(
            "the board of {name} has made {=chief_executive} chief executive. {old} leaves with immediate effect.",
            "{name} has a new chief executive. {=chief_executive} takes the place of {old}, the company said on "
            "{weekday}.",
            "rumours had gone round since {month}; now it is certain that {=chief_executive} will run {name} as chief "
            "executive and that {old} is out.",
        ),
        details=(
            "the shares rose by {percent} per cent.",
            "there had been quarrels about a plant in {elsewhere}.",
            "the board met for {few} hours behind closed doors.",
            "a settlement of {sum} is being talked about.",
            "a head-hunter from {elsewhere} is said to have helped.",
            "the last such change, in {past}, had ended in court.",
        ),
        quotes=(
            "What matters is that the lights are on and the orders come in.",
            "It was done in a businesslike way, apart from the flowers.",
            "We were told over lunch, between soup and fish.",
            "A fresh pair of eyes does no harm.",
        ),
        speakers=("who sits on the board", "of the works council", "an analyst"),
    ),
    Scenario(
        name="capital moved",
        subject="province",
        needs=("capital",),
        change="capital",
        section="Politics",
        headlines=("{=capital} is the new capital of {bare}", "{bare} moves house", "Farewell to {old}"),
        leads=(
            "the government of {name} has moved: from now on {=capital} is the capital of the province, and no "
            "longer {old}.",
            "{count} lorries full of files drove from {old} to {=capital}, the new capital of {name}, on {weekday}.",
            "{name} is governed from {=capital} as of this week. {old} has lost its rank as capital and {large} jobs.",
        ),
        details=(
            "the move cost {sum}.",
            "a stamp on all forms has to be replaced.",
            "the vote had been close, and was repeated once.",
            "plans of this kind go back to {past}.",
            "the archive follows on {soon}.",
            "{elsewhere}, too, had put in a bid.",
        ),
        quotes=(
            "They have taken the clocks, but they forgot the pigeons.",
            "For us it is a second spring.",
            "A capital is where the queue is longest.",
            "I shall commute. I like trains.",
        ),
        speakers=("who runs the canteen of the assembly", "a civil servant", "a hotel keeper"),
    ),
    Scenario(
        name="head office moved",
        subject="company",
        needs=("headquarters",),
        change="headquarters",
        section="Business",
        headlines=("{bare} leaves {old}", "{bare} moves to {=headquarters}", "Boxes at {bare}"),
        leads=(
            "{name} has moved its headquarters from {old} to {=headquarters}, the company said on {weekday}.",
            "{old} loses a taxpayer: {name} is now run from {=headquarters}.",
            "the last desk was carried out on {weekday}. {name} has its head office in {=headquarters} now; in {old} "
            "only a "
            "doorplate remains.",
        ),
        details=(
            "cheaper rents had been given as the reason.",
            "the building in the old place is to become a school of dancing.",
            "the company had been courted by {elsewhere} as well.",
            "{count} families are moving too.",
            "the works will stay where they are until {later}.",
            "the safe proved too heavy for the bridge and went by way of {elsewhere}.",
        ),
        quotes=(
            "We are not going far, but we are going.",
            "There goes the best customer I ever had.",
            "The new office has windows that open.",
            "We tried everything except lower taxes.",
        ),
        speakers=("who speaks for the company", "who keeps the bakery across the road", "a town councillor"),
    ),
    Scenario(
        name="population changed",
        subject="city",
        needs=("population",),
        change="population",
        section="Local",
        headlines=("Now {=population}: {bare} counts again", "From {old} to {=population}", "New figures for {bare}"),
        leads=(
            "instead of {old}, {name} now has {=population} residents. The new figure was published on {weekday}.",
            "{=population} people were counted in {name} this year, against {old} in the previous count.",
            "the register of {name} has been put in order. It lists {=population} residents; {old} had been the figure "
            "until now.",
        ),
        details=(
            "the difference surprised nobody, the registry says.",
            "{count} double entries were struck out.",
            "newcomers came above all from {elsewhere}.",
            "the record stems from {past}.",
            "a school with {large} places is being planned.",
            "the next count is due in {later}.",
        ),
        quotes=(
            "We knocked on every door, and behind one of them we were given cake.",
            "It is only a number until you need a kindergarten.",
            "I have been counted twice, which is flattering.",
            "The figure will be on the sign by the road within the month.",
        ),
        speakers=("who heads the registry", "a statistician", "of the planning office"),
    ),
    Scenario(
        name="workforce changed",
        subject="company",
        needs=("employees",),
        change="employees",
        section="Business",
        headlines=("{bare}: now {=employees} on the payroll", "From {old} to {=employees}", "New figures from {bare}"),
        leads=(
            "{name} employs {=employees} people after a year in which much was moved about; before, the figure was "
            "{old}.",
            "the payroll of {name} now has {=employees} names on it. A year ago there were {old}.",
            "{=employees} instead of {old}: {name} has published how many people work for it.",
        ),
        details=(
            "the change came about in the workshops near {elsewhere}.",
            "{count} apprentices are included.",
            "the union has asked for talks on {soon}.",
            "the all-time high was reached in {past}.",
            "wages rose by {percent} per cent.",
            "a hall in {elsewhere} is for sale.",
        ),
        quotes=(
            "Figures go up and down, the kettle stays on.",
            "We know each other by name, still.",
            "I would call it breathing.",
            "What counts is who has to work on Saturdays.",
        ),
        speakers=("who speaks for the company", "who has been with the firm since {lately}", "of the union"),
    ),
)
