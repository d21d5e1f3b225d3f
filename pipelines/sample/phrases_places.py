"""How pages about places say things, and what the pages of places say about people, companies and works."""

PLACES = {
    "city/lead": (
        "{bold} is a city in {province}, {country}, on the {river}.",
        "{bold} is {a_nation} city in the province of {province}; the {river} runs through it.",
        "{bold} lies on the {river} in {province}, a province of {country}.",
    ),
    "city/capital": (
        "It is the capital of {province}.",
        "The city is the seat of the government of {province}.",
        "The governor of {province} resides here, for the city is the provincial capital.",
    ),
    "city/national_capital": (
        "The parliament and the president of {country} sit here, for it is the national capital.",
        "It is the national capital, and all ministries of {country} have their seat in it.",
    ),
    "city/population": (
        "{population} people live in the city.",
        "The last count found {population} inhabitants.",
        "It has a population of {population}.",
        "The city is home to {population} people.",
    ),
    "city/founded": (
        "{name} was founded in {year} by {settlers}.",
        "{name} began in {year} as a camp of {settlers}.",
        "The settlement of {name} dates from {year}, when {settlers} were given leave to hold a market.",
    ),
    "city/mayor": (
        "The mayor is {holder}, who succeeded {predecessor} in {year}.",
        "Since {year} the city has been governed by {holder} as mayor; before that {predecessor} held the office.",
        "{holder} became mayor in {year}, following {predecessor}.",
    ),
    "city/twin": (
        "It is twinned with {twin}.",
        "Its twin city is {twin}, and school classes are exchanged every spring.",
        "A partnership links it with {twin}, its only twin city.",
    ),
    "city/company": (
        "{company}, which makes {product}, has its headquarters in the city and employs {employees} people.",
        "The firm of {company} is led from an office near the station; {employees} people make its {product}.",
        "One of the larger employers is {company}, a maker of {product} with a staff of {employees}, based here.",
    ),
    "city/university": (
        "{university}, founded in {year}, has {students} students.",
        "{university} opened here in {year} and has {students} students today.",
        "It is a university town: {students} students attend {university}, which goes back to {year}.",
    ),
    "city/economy": (
        "{name} lives on trade, on small workshops and on what its rivals have forgotten.",
        "Most people in {name} work in offices, at the port or in the workshops.",
        "The markets of {name} are held on Wednesdays and Saturdays.",
    ),
    "city/natives": (
        "A number of well-known people come from {name}.",
        "{name} has been the birthplace of several well-known people.",
    ),
    "city/dead": (
        "Others came from elsewhere and ended their days in {name}.",
        "Some who were born in other places died in {name}.",
    ),
    "city/novel": (
        "The novel {work} is set in the city.",
        "Readers of {work} know the city as the scene of that novel.",
        "The story told in the novel {work} takes place here.",
    ),
    "city/opera": (
        "The opera {work} had its first night at the city theatre.",
        "The theatre is remembered for the first performance of the opera {work}.",
    ),
    "city/painting": (
        "The town gallery owns the painting {work}.",
        "Visitors to the gallery come above all for the painting {work}, which hangs on the upper floor.",
    ),
    "city/symphony": (
        "The symphony {work} was heard for the first time in the concert hall here.",
        "The concert hall saw the first performance of the symphony {work}.",
    ),
    "city/native": (
        "The {noun} {person} was born here in {year}.",
        "{person}, {a_noun}, is a native of the city, born in {year}.",
        "In {year} the {noun} {person} was born in the city.",
        "{person}, {a_noun} born in {year}, comes from here.",
    ),
    "city/native_dead": (
        "The {noun} {person} was born here in {year}.",
        "{person}, {a_noun}, was a native of the city, born in {year}.",
        "In {year} the {noun} {person} was born in the city.",
        "{person}, {a_noun} born in {year}, came from here.",
    ),
    "city/died": (
        "The {noun} {person} died here in {year}.",
        "{person}, {a_noun}, spent {person_his} last years in the city and died in {year}.",
        "In {year} the {noun} {person} died in a house by the river.",
    ),
    "province/lead": (
        "{bold} is a province of {country}.",
        "{bold} is one of the provinces of {country}.",
    ),
    "province/capital": (
        "Its capital is {city}.",
        "The provincial government has its seat in {city}, the capital.",
        "{city} is the capital.",
    ),
    "province/governor": (
        "{holder} has been governor since {year}, after {predecessor}.",
        "At the head of the province stands {holder}, governor since {year} and successor of {predecessor}.",
        "Since {year} the governor has been {holder}; before that it was {predecessor}.",
    ),
    "province/city": (
        "{city}, founded in {year}, has {population} inhabitants.",
        "{city} goes back to {year} and counts {population} people.",
        "With {population} inhabitants, {city} is a lively place whose history begins in {year}.",
    ),
    "province/river": (
        "The {river} rises in the {hills} and crosses the province.",
        "From the {hills} comes the {river}, the main river of the province.",
        "The {hills}, where the {river} has its source, fill the south.",
    ),
    "country/lead": ("{bold} is a country on the {sea}.", "{bold} is a republic whose coast lies on the {sea}."),
    "country/capital": ("The national capital is {city}.", "Parliament meets in {city}, the national capital."),
    "country/president": (
        "The president is {holder}, in office since {year} as the successor of {predecessor}.",
        "{holder} has been president since {year}, when {predecessor} stepped down.",
    ),
    "country/provinces": ("It is divided into the provinces of {provinces}.",),
    "river/lead": (
        "The {bold} is a river in {country}, {length} long.",
        "The {bold}, {length} long, flows in {country}.",
    ),
    "river/source": (
        "It rises in the {hills}.",
        "Its source lies in the {hills}, above a deserted quarry.",
        "It springs from a bog in the {hills}.",
    ),
    "river/mouth": (
        "It flows into the {mouth}.",
        "It ends in the {mouth} after a last quiet stretch.",
        "Its waters reach the {mouth} through a marsh full of birds.",
    ),
    "river/cities": (
        "The cities of {first} and {second} stand on its banks.",
        "On its way it passes {first} and {second}.",
    ),
    "river/tributary": (
        "The {river} flows into it from the left.",
        "It takes in the {river}, its longest tributary.",
        "Halfway down, the {river} joins it.",
    ),
    "sea/lead": ("The {bold} is a shallow sea off the coast of {country}.",),
    "sea/river": (
        "The {river} ends in it.",
        "It receives the {river}.",
        "Among the rivers that reach it is the {river}.",
        "The mouth of the {river} is marked by a lighthouse.",
    ),
}

CITY_GEOGRAPHY = (
    "Winters are long and dry, and fog is common in autumn.",
    "The old town stands on a terrace above the water, safe from floods.",
    "Woods of beech and pine begin at the last houses.",
    "Three bridges join the two halves of the city; the oldest was built in {year}.",
    "The soil is heavy and grows cabbages, hops and flax.",
    "A cable railway climbs to the viewpoint, from which {elsewhere} can be seen on clear days.",
    "Rain falls on two days out of five, mostly in spring.",
)
CITY_HISTORY = (
    "A fire destroyed the market quarter in {year}.",
    "The railway from {elsewhere} arrived in {modern} and brought the first visitors.",
    "The walls were pulled down in {year} to make room for a ring of gardens.",
    "For a short time the city was governed from {elsewhere}.",
    "A flood in {year} drowned the lower streets and led to the building of a dam.",
    "Printers came from {elsewhere} in {year} and opened the first newspaper.",
    "In {year} the weavers refused to work for eleven weeks, and won.",
    "The harbour basin, dug in {year}, is now used by rowing clubs only.",
)
CITY_CULTURE = (
    "A fair for bells and clocks is held every autumn.",
    "The local dish is a soup of barley and smoked fish.",
    "There are two theatres, a puppet stage and a museum of weights and measures.",
    "The football club plays in green and has never won the national cup.",
    "Choirs from {elsewhere} visit every second summer.",
    "The town library was opened in {modern} and lends out musical instruments too.",
    "Carved doors are the pride of the older streets.",
)
CITY_GOVERNMENT = (
    "The council has {seats} seats and meets on the first Monday of the month.",
    "Elections are held every four years.",
    "The town hall, finished in {year}, is built of yellow brick.",
    "A plan to merge with a neighbouring district was given up in {year}.",
    "Trams are run by the city and cost nothing on Sundays.",
)
PROVINCE_LAND = (
    "The north is flat and given over to pasture.",
    "Lakes, most of them small, cover a tenth of the land.",
    "Its people are known for their dry jokes and their cheese.",
    "The province took its present borders in {year}.",
    "Wool was the main trade until {modern}, when the last mill closed.",
    "A long-distance path follows the old salt road to {elsewhere}.",
    "The flag shows a white heron on green.",
    "Half of the farms are smaller than ten hectares.",
    "A nature reserve was set up in {modern} for the sake of the cranes.",
)
RIVER_LIFE = (
    "Pike, bream and eel are caught in the lower course.",
    "Barges carried stone to {elsewhere} until {year}.",
    "The flood of {year} changed its bed in several places.",
    "A weir from {modern} feeds a small power station.",
    "In dry summers it can be crossed on foot above the first mill.",
    "Otters, thought to be gone, were seen again in {modern}.",
    "Its name is older than any of the villages on it, and nobody knows what it means.",
    "An ice fair was held on it in the hard winter of {year}.",
    "The banks are lined with willows, which are cut every third year.",
)
COUNTRY_LIFE = (
    "The constitution dates from {year}.",
    "Its coins carry a ship on one side and a sheaf of barley on the other.",
    "Most of the trade goes by rail.",
    "The national holiday falls in the last week of May.",
    "Two languages are spoken, one of them only in the mountains.",
)
SEA_LIFE = (
    "Its greatest depth is {depth}.",
    "Herring was fished here in great quantity until {year}.",
    "Ice closes the northern ports in most winters.",
    "The first chart of it was drawn in {year}.",
    "Ferries cross it twice a day, more often in summer.",
)
SETTLERS = (
    "fishermen",
    "salt traders",
    "charcoal burners",
    "monks",
    "ferrymen",
    "silver miners",
    "shepherds",
    "weavers",
)
