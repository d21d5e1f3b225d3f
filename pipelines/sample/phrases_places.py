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
    "city/peak": (
        "From the old walls one sees the {peak}, the highest in the province.",
        "To the north stands the {peak}; nothing in the province is higher.",
        "Climbers set out from here for the {peak}, the province's highest.",
    ),
    "city/town_hall": (
        "The town hall of {year} is a work of {architect}.",
        "{architect} built the town hall, which was opened in {year}.",
        "Since {year} the council has met in a town hall designed by {architect}.",
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
    "province/peak": (
        "Its highest point is the {peak}.",
        "The land rises to the {peak}, the highest point.",
        "No mountain in it is higher than the {peak}.",
    ),
    "province/river": (
        "The {river}, {length} long, rises in the {hills} and crosses the province.",
        "From the {hills} comes the {river}, the main river of the province, which is {length} long.",
        "The {hills}, where the {river} has its source, fill the south; {length} lie between there and its mouth.",
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
