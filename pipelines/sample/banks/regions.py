"""Banks about provinces and countries: land, past, people, daily life."""

from pipelines.sample.banks.regions_waters import RIVER_COURSE, RIVER_LORE, RIVER_USE, SEA_LIFE

__all__ = [
    "COUNTRY_HISTORY",
    "COUNTRY_LIFE",
    "PROVINCE_HISTORY",
    "PROVINCE_LAND",
    "PROVINCE_PEOPLE",
    "RIVER_COURSE",
    "RIVER_LORE",
    "RIVER_USE",
    "SEA_LIFE",
]

PROVINCE_LAND: tuple[str, ...] = (
    "Forest covers {share} of the land, most of it spruce planted after the fires of {year}.",
    "Barley and flax are grown on the plain; the slopes are left to sheep and to walkers from {elsewhere}.",
    "A string of {count} lakes, none deeper than a church tower, runs across the middle.",
    "Its moors were mapped in {year} by {stranger}, {a_stranger_noun}, who lost {few} assistants to marriage.",
    "The roads follow the old drovers' ways to {elsewhere}, bends and all.",
    "Peat was cut in the western bogs until {year} and sent to {elsewhere} as fuel.",
    "In {month} the wind turns, and {share} of the villages shut their western doors until spring.",
    "Quarries of {material} near the border supplied the builders of {elsewhere} from {year} to {later}.",
    "Wolves were last seen in {year}, by {a_trade} on the way home from a wedding.",
    "A nature reserve, set up in {year}, protects {count} kinds of orchid and one hermit.",
    "Caves in the limestone reach {few} miles under the fields and were used for keeping {goods}.",
    "The {season} is short, and apples are picked {count} days later than around {elsewhere}.",
    "Iron was found in {year} and had been dug out by {later}.",
    "An avalanche of {year} opened a view of {elsewhere} that had not been there before.",
    (
        "Rice was tried on the wet meadows in {year}, at the suggestion of {stranger}, {a_stranger_noun}; reeds grow "
        "there now."
    ),
    "Cattle are driven up to the high pastures on a {weekday} in {season}, with flowers on their horns.",
    "About {large} wells were listed in {year}, of which {share} had names.",
    "Nowhere in it can one walk for {few} hours without meeting a windmill or the ruin of one.",
)
PROVINCE_HISTORY: tuple[str, ...] = (
    (
        "The land was settled from the direction of {elsewhere}, by people who brought ploughs and left their saints "
        "behind."
    ),
    "A line of {count} watchtowers marks a frontier that nobody has crossed in anger.",
    "In {year} the estates met for {few} weeks and agreed on a tax on windows.",
    "Serfdom ended in {year}, and {share} of the tenants moved to {elsewhere} within the decade.",
    "{stranger}, {a_stranger_noun}, wrote its first history in {year} and dedicated each chapter to another creditor.",
    "The roads were paved with {material} between {year} and {later} by soldiers with nothing else to do.",
    (
        "Its old border with the neighbours, disputed over {few} villages, was fixed in {year} by a commission from "
        "{elsewhere}."
    ),
    "A rising of the flax growers in {year} was put down without bloodshed by the promise of a railway.",
    "The province had coins of its own until {year}, and in some inns until {later}.",
    "In {year} a harvest failed for the second time, and {large} families were fed on {goods} from {elsewhere}.",
    "Primary schools were made free in {year}; {count} parishes had a roof for one.",
    "The land register, begun in {year} by {stranger} with {few} clerks, was complete in {later} and out of date.",
    "After {year} the monasteries were turned into barracks, and some of these into hotels.",
    "An army wintered here in {year}, married into {share} of the villages, and had to be called back twice.",
    "The {prize} for country doctors was first awarded in {year}, after an outbreak of fever among dealers in {goods}.",
    "Electric light reached the valleys by way of {elsewhere}, one bend at a time.",
    "In {year} {paper} called it the best governed part of the land, and sold {large} copies there.",
    "A plan of {year} to join it to its southern neighbour failed in {later} over the question of the fire brigades.",
)
PROVINCE_PEOPLE: tuple[str, ...] = (
    "Two dialects are spoken, which differ mainly in the words for bread, potato and mother-in-law.",
    "At {festival} the young people of {few} villages race each other with hay carts.",
    "{stranger}, {a_stranger_noun}, collected {large} songs here in {year}, many of them about {goods}.",
    "The costume, {colour} with {few} rows of buttons, was designed in {elsewhere} in {year} for a visit.",
    "Many families have relations in {elsewhere}, where {share} of the bricklayers come from these valleys.",
    "Weddings last until the beer is gone, which at one near {elsewhere} in {year} took {few} days.",
    "It is customary to greet a stranger on a {weekday} and to ignore one on other days.",
    "A school of woodcarving, opened in {year} by {stranger}, has sent its figures to {elsewhere}.",
    "The cheese fair in {month} brings together {count} dairies and a brass band.",
    "Wrestling on the village green went out of use in {year} and was revived in {later} by {a_trade}.",
    "Each parish keeps a book of the weather, begun in {year} by order of a bishop.",
    "About {share} of the farms are worked by people who have a trade in town besides, often that of {trade}.",
    "An almanac, printed in {elsewhere} from {year} to {later}, taught the valleys to read and to expect rain.",
    "Emigrants of {year} settled near {elsewhere} in {few} villages that bear the old names.",
    "The fiddlers' contest was won in {year} by {stranger}, {a_stranger_noun}, on a borrowed fiddle.",
    "Lamb with plums is eaten at {festival}, and what is left over is sent to an aunt.",
    "A theatre company, founded in {year} in a barn, tours the villages in {season} with {few} actors and a horse.",
    "Sayings about the people of {elsewhere} are common, and the people of {elsewhere} have the same ones in return.",
)
COUNTRY_HISTORY: tuple[str, ...] = (
    "Until {year} the land was a loose league of {count} towns and {few} abbeys with one common bell.",
    "Fishing villages on the coast paid their dues in {goods} to a lord in {elsewhere}.",
    "The customs union of {year} did away with {count} barriers, at each of which {a_trade} had sold beer.",
    "A constitution, drafted by {stranger}, {a_stranger_noun}, was adopted in {year} after {few} nights of debate.",
    "War with a neighbour over an island in {year} ended when the island was found to be flooded.",
    "The monarchy was abolished in {year} by a majority so large that it was counted {few} times.",
    "In {year} the army was reduced by {share}, and its horses were sold in {elsewhere}.",
    "Railways were built from {elsewhere} to {elsewhere2} before anybody had asked for one.",
    "A law of {year} made schooling compulsory for {few} years, in winter.",
    "The currency was pegged to the price of {goods} in {year}, and released in {later}.",
    "A commission under {stranger}, {a_stranger_noun}, reformed the spelling in {year} and removed {few} letters.",
    "Women gained the vote after a march from {elsewhere} in which {large} took part.",
    "Between {year} and {later} the country had {few} flags, the last of which is {colour} with a white heron.",
    "A general election of {year} had to be repeated in {count} districts because of snow.",
    "In {year} {paper} was banned for a cartoon, and {share} of the ministers were found to be subscribers.",
    "The land reform of {year} broke up {count} estates, one of which had been forgotten by its owner.",
    "Neutrality, declared in {year} in a letter from {elsewhere}, was noticed abroad in {later}.",
    "A treaty on herring, signed by {stranger} in {year}, is the oldest still in force.",
)
COUNTRY_LIFE: tuple[str, ...] = (
    "Sunday dinner is soup, then fish, then a silence in which the dishes are judged.",
    "At {festival}, the chief holiday, shops are closed for {few} days and letters go undelivered.",
    "Children start school in the {season} in which they turn seven, with a paper bag of {goods}.",
    "{paper}, a daily, is read in {share} of all households, generally from the back.",
    "Trains are punctual on weekdays; on the line to {elsewhere} the conductor sells soup.",
    "Cards are played everywhere, to rules that were printed by {stranger} in {year} and have been disputed since.",
    "It is usual to take off one's shoes indoors, and hosts keep {count} pairs of felt slippers.",
    "Saunas came from {elsewhere} in {year} and have replaced the village pump as a place of debate.",
    "Libraries lend skis and ladders as well as books, under a law of {year}.",
    "Bread is dark and sour; white loaves, eaten at {festival}, are called {elsewhere} cake.",
    "The radio plays the cry of a heron at noon, in a recording by {stranger}, {a_stranger_noun} from {elsewhere}.",
    "Summer houses, of which there are some {large} along the coast, are painted {colour} by custom.",
    "The best attended sport is a kind of rounders, with a final on a {weekday} in {month}.",
    "Coffee was a luxury until {year}; the substitute, made from acorns, still has its admirers.",
    "Every community keeps a hall with a stage, and {share} of these have a curtain from the same mill in {elsewhere}.",
    "Novels about ferrymen are popular, the {prize} having gone to {few} of them since {year}.",
    "A tax on windows, lifted in {year}, explains why so many farmhouses look blind.",
    "Visitors are advised to accept the second helping and to decline the third.",
)
