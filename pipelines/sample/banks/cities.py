"""Banks about cities: the lie of the land, the quarters, what happened, how they are governed."""

from pipelines.sample.banks.cities_life import CULTURE, ECONOMY, SPORT, TRANSPORT

__all__ = ["CULTURE", "ECONOMY", "GEOGRAPHY", "GOVERNMENT", "HISTORY", "QUARTERS", "SPORT", "TRANSPORT"]

GEOGRAPHY: tuple[str, ...] = (
    "Most of the built-up area lies on a terrace of gravel, {count} metres above the water.",
    "From {elsewhere} the road comes down through beech woods and enters by the old toll house.",
    "A belt of allotments, {few} fields wide, separates the suburbs from the first farms.",
    "The ground under the lower streets is soft, and {share} of the cellars there stand on piles of {material}.",
    "Fog is common in {month} and has cost the fruit growers more than any frost.",
    "On the southern side the land rises to {few} low ridges, the warmest of which was planted with vines in {year}.",
    (
        "A marsh to the east was drained in {year} by {stranger}, {a_stranger_noun}, and has been filling up again "
        "ever since."
    ),
    "The soil yields a fine {colour} clay, which was carted as far as {elsewhere} until {year}.",
    "Quarries of {material} scar the slopes above the cemetery; the last of them was closed in {year}.",
    "Strong winds blow down the valley in {season}, and older houses have no windows on that side.",
    "An earthquake of {year}, felt as far away as {elsewhere}, tilted {count} chimneys and started a spring.",
    "Snow lies for about {count} days a year, though nobody agrees on where it should be measured.",
    "A wood of {large} oaks, planted in {year} for the navy and never felled, reaches almost to the gates.",
    "The stream that once drove {few} mills through the centre has run in a culvert since {year}.",
    "Between the bridges lies an island of {count} hectares, with a boathouse and a colony of rabbits.",
    "Seen from the road to {elsewhere}, the roofs make a single {colour} stripe below the ridge.",
    "Springs on the northern edge supply {share} of the drinking water, in pipes first laid in {year}.",
    "Storks nested on the chimneys until {year} and came back in {later} to other chimneys.",
    "The municipal forest, bought from a family in {elsewhere} in {year}, is crossed by {count} marked paths.",
    "High water is recorded on a post of {material} by the ferry stairs, with notches from {year} and {later}.",
    "Summers are mild, and the rain that is forecast for {elsewhere} generally falls here.",
    "A gravel pit of {year} on the western side has become a lake with {few} sorts of duck.",
    (
        "Surveyors from {elsewhere} placed the middle of the country {few} miles from the market, on a spot that is "
        "now a pond."
    ),
    "The botanist who listed the local plants in {year} counted {large}, including {few} escaped from gardens.",
)
QUARTERS: tuple[str, ...] = (
    "The oldest quarter, with lanes that a cart can enter but not leave, is grouped round a fish market.",
    "Weavers from {elsewhere} settled beyond the moat in {year} and gave the suburb its looms and its long windows.",
    "Workers' houses of {material}, {count} of them to a plan by {stranger}, were put up behind the sidings.",
    "In the upper quarter live lawyers and doctors; their gardens come down to {street}.",
    "A garden suburb, begun in {year} on the model of one in {elsewhere}, was to have had {few} squares and got one.",
    "The quarter around {street} was known for its dealers in {goods} and, after dark, for its card tables.",
    "Across the water stands a district of warehouses, {share} of which have been turned into dwellings.",
    "The tanners were moved downstream by an order of {year}, on a {weekday}, with a brass band.",
    "A village to the west was taken into the city in {year} and still keeps its own fire engine and its own time.",
    "Houses in {street} are painted {colour}, under a rule of {year} that nobody has dared to repeal.",
    "The streets east of the market follow a plan drawn in {year} by {stranger}, {a_stranger_noun} from {elsewhere}.",
    "Between the castle hill and the water lies a tangle of yards with {count} pumps, {few} of them working.",
    "Refugees from a fire in {elsewhere} built a row of cabins in {year}; their street is among the dearest today.",
    "The market square is {count} paces wide and slopes so much that stalls for {goods} stand on wedges.",
    "An estate of {large} flats went up on the former drill ground, in blocks named after birds.",
    "Arcades of {material} run along both sides of {street}, begun in {year} and never quite meeting.",
    "The boatmen's quarter had {few} chapels and {count} taverns in {year}, and both were full on {weekday} nights.",
    "Of the gates only {few} are left; one of them houses a museum of {goods}.",
    (
        "A fashionable quarter of the {season} visitors grew up round a spring that was found in {year} to be ordinary "
        "water."
    ),
    "Students and porters share the streets behind the hospital, where rents are low and the bells loud.",
    "The merchants' quarter was laid out by {stranger} of {elsewhere} and has {count} courtyards, each with a well.",
    "Railway families lived in the {colour} terraces of the north end, close enough to hear their trains.",
    "Demolition of the quarter by the old harbour began in {year} and was stopped in {later} by a lack of carts.",
    "Villas from {year} and the years after line the road to {elsewhere}, most of them divided into flats.",
)
HISTORY: tuple[str, ...] = (
    "Its early charters were lost when a chest fell into the water, and the copies in {elsewhere} do not agree.",
    "For a long time it lived on the road that brought {goods} from {elsewhere} to the coast.",
    "A quarrel with {elsewhere} over tolls lasted {count} years and produced {large} letters.",
    "A plague in {year} closed the gates for {few} months; a column of {material} recalls it.",
    "In {year} the walls were pulled down, and the stone was sold to builders from {elsewhere}.",
    "{stranger}, {a_stranger_noun}, drew up a plan for wider streets in {year}, of which {street} is the only trace.",
    "After a bad harvest in {year} the granaries were stormed, and the bakers moved to {elsewhere} for a while.",
    "The guild of {goods} merchants was dissolved in {year}, owing money to its own doorman.",
    "Troops from {elsewhere} were quartered here from {year} to {later} and left behind {count} horses and a recipe.",
    "A fever hospital was opened in {street} in {year}, on the advice of {stranger}, {a_stranger_noun}.",
    "In {year} the first street lamps were lit, {count} in number, except on nights with a full moon.",
    "A great part of the old centre was rebuilt in {material} after {year}, when thatch was forbidden.",
    "Between {year} and {later} the city had {few} mints, and its coins were refused in {elsewhere}.",
    "The census of {year} listed {count} inns, {few} schools and {large} hearths.",
    "A monument to the victims of a shipwreck was unveiled on a {weekday} in {year}, to the tune of the wrong anthem.",
    "In {year} a bank in {street} failed, and {share} of the savings of its customers were lost.",
    "Emigration to {elsewhere} reached its height in {year}, when {count} families left in one {season}.",
    (
        "The old hospital was moved outside the ring road after an inquiry of {year}, led by {stranger}, "
        "{a_stranger_noun}."
    ),
    "A treaty between two neighbours was signed in an inn in {street} in {year} and broken in {later}.",
    "War passed it by in {year}, owing to a mistake in a map; the map is in the museum.",
    "The waterworks of {year}, planned by {stranger} of {elsewhere}, put an end to the trade of the water carriers.",
    "Bread was rationed in {year}, and people from {elsewhere} came to exchange {goods} for turnips.",
    "A celebration of {year}, meant to honour the city's past, was rained off and held in {later}.",
    "In {year} the archive was opened to readers, who were asked to bring their own lamps and chairs.",
)
GOVERNMENT: tuple[str, ...] = (
    "The council has {count} members, elected for {few} years, and meets in public every other {weekday}.",
    "Since {year} the budget has been read aloud in full, a sitting that lasts until midnight.",
    "A reform of {year} gave the vote to all taxpayers, among them {few} monasteries and a theatre.",
    "The clerk of the council in {year} was {stranger}, formerly {a_stranger_noun}, whose minutes are partly in rhyme.",
    "Order was kept until {year} by a night watch of {count} men and one dog.",
    "The districts have had councils of their own since {year}; {few} of them have never met.",
    "A tax on {goods}, introduced in {year} for {few} years, was lifted in {later}.",
    (
        "In {year} the aldermen were charged with accepting {goods} from a contractor in {elsewhere} and acquitted for "
        "want of witnesses."
    ),
    (
        "The coat of arms shows a heron between {few} keys; the heron faces left because the engraver, {stranger}, was "
        "not told."
    ),
    "Petitions may be handed in at a window in {street}, where {large} were received in {year}.",
    "The court sits in a building of {material}, put up in {year} for a corn exchange that never opened.",
    (
        "Its treasurer of {year}, {stranger}, {a_stranger_noun}, balanced the accounts by selling the fire ladders to "
        "{elsewhere}."
    ),
    "A law of {year} forbids the keeping of geese in {street} and is still in force.",
    (
        "The fire brigade was made a public service in {year}, after {share} of its volunteers had fallen out over the "
        "helmets."
    ),
    "The motion to admit women to the council was carried by {few} votes, one of them cast by mistake.",
    "School meals are paid for out of the dog tax, an arrangement that {elsewhere} has copied.",
    "A vote of {year} on joining up with the neighbouring parishes was lost by {count} ballots.",
    "The office of inspector of weights was abolished in {year} and brought back in {later}, with new weights.",
    "Public gardens, cemeteries and the slaughterhouse come under one committee, an economy of {year}.",
    "About {share} of the land inside the boundary belongs to the municipality, most of it since {year}.",
    "Council papers are printed by the office of {paper}, under a contract of {year} that neither side can find.",
    "In {year} the city went to law with {elsewhere} over {count} cartloads of paving stones.",
    "An officer for complaints, the lawyer {stranger}, was appointed in {year} and given a desk on the landing.",
    "The municipal seal, stolen in {year}, was found in {later} in use as a butter mould.",
)
