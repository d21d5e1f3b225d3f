"""How pages about universities, companies and works say things."""

VENTURES = {
    "university/lead": (
        "{bold} is a university in {city}, {country}.",
        "{bold} is {a_nation} university with its seat in {city}.",
    ),
    "university/founded": (
        "It was founded in {year}.",
        "Teaching began in {year}, the year of its foundation.",
        "It opened its doors in {year}.",
    ),
    "university/rector": (
        "The rector is {holder}, {a_noun}, who succeeded {predecessor} in {year}.",
        "{holder}, {a_noun}, has been rector since {year}, following {predecessor}.",
        "Since {year} it has been led by {holder} as rector; before that {predecessor} was in charge.",
    ),
    "university/students": (
        "{students} students are enrolled.",
        "It teaches {students} students.",
        "The number of its students is {students}.",
    ),
    "university/known": (
        "Many of those who studied at {name} made a name for themselves.",
        "{name} has several well-known graduates.",
    ),
    "university/alumni": (
        "The {noun} {person} studied here.",
        "{person}, {a_noun}, graduated in {subject}.",
        "{person} read {subject} here before becoming {a_noun}.",
        "Among its graduates is the {noun} {person}.",
    ),
    "company/lead": (
        "{bold} is {a_nation} maker of {product} based in {city}.",
        "{bold} is a company in {city}, {country}, that makes {product}.",
        "{bold}, with headquarters in {city}, is {a_nation} producer of {product}.",
    ),
    "company/founder": (
        "It was founded in {year} by {founder}.",
        "{founder}, {a_noun}, started the company in {year} in a rented {shop}.",
        "The firm goes back to {founder}, {a_noun}, who opened it in {year}.",
    ),
    "company/chief": (
        "{holder} has been chief executive since {year}, when {predecessor} retired.",
        "The chief executive is {holder}, who took over from {predecessor} in {year}.",
        "Since {year} it has been led by {holder} as chief executive; {predecessor} led it before.",
    ),
    "company/chief_founder": (
        "{holder} has been its chief executive from the beginning.",
        "Its chief executive is still {holder}.",
    ),
    "company/employees": (
        "It employs {employees} people.",
        "{employees} people work for the company.",
        "Its workforce numbers {employees}.",
    ),
    "university/benefactor": (
        "The great hall was paid for by {person}, {a_noun}.",
        "{person}, {a_noun}, gave the money for the great hall.",
        "The great hall is a gift of the {noun} {person}.",
    ),
    "company/beginner": (
        "{person}, later {a_noun}, began here as an apprentice.",
        "The {noun} {person} held a first post here.",
        "Among those who earned their first wages here is the {noun} {person}.",
    ),
    "company/partner": (
        "It shares a sales office with {partner}.",
        "With {partner} it has run a joint warehouse for many years.",
        "Its closest ally is {partner}, with which it buys its coal and timber.",
    ),
    "work/dedicatee": (
        "It is dedicated to {person}, {a_noun}.",
        "The dedication names the {noun} {person}.",
        "It bears a dedication to {person}, {a_noun}, who was never told why.",
    ),
    "work/novel": (
        "{bold} is a novel by {creator}, published in {year}.",
        "{bold} is a novel that the writer {creator} published in {year}.",
    ),
    "work/painting": (
        "{bold} is an oil painting by {creator} from {year}.",
        "{bold} is a large canvas that {creator} painted in {year}.",
    ),
    "work/opera": (
        "{bold} is an opera by {creator}, first performed in {year}.",
        "{bold} is an opera in three acts; {creator} wrote it for the stage in {year}.",
    ),
    "work/symphony": (
        "{bold} is a symphony by {creator}, completed in {year}.",
        "{bold} is the title of a symphony that {creator} wrote in {year}.",
    ),
    "work/novel_place": ("The story takes place in {city}.", "The scene is {city} and its harbour streets."),
    "work/painting_place": ("It hangs in the gallery of {city}.", "The picture belongs to the city of {city}."),
    "work/opera_place": ("The theatre of {city} gave the first performance.", "It was first staged in {city}."),
    "work/symphony_place": (
        "It was heard for the first time in {city}.",
        "The first performance took place in {city}.",
    ),
}
