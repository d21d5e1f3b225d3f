"""Banks about universities: buildings, teaching, the life of students, research."""

BUILDINGS: tuple[str, ...] = (
    "Lectures were at first held in rented rooms above a warehouse for {goods}, and moved {few} times before {year}.",
    "The main building of {material}, designed by {stranger} after a visit to {elsewhere}, was finished in {year}.",
    "A fire in {month} {year} destroyed the east wing and {large} books, among them the catalogue.",
    "Its observatory, built in {year}, stands so close to the gasworks that it was given up in {later}.",
    "A second campus was opened in {elsewhere} in {year} and closed again in {later} for want of a bridge.",
    (
        "The great hall seats {large} and has an echo of {few} seconds, for which {stranger}, the architect, was never "
        "forgiven."
    ),
    (
        "Students' rooms in {street}, put up in {year} by a charity from {elsewhere}, were meant to last for {few} "
        "years and are still in use."
    ),
    "In {year} the library was moved into a former granary, whose {material} walls are a metre thick.",
    (
        "The botanical garden, laid out in {year} with plants from {elsewhere}, is open to everybody except on "
        "{weekday} mornings."
    ),
    "An anatomical theatre of {year} survives, with {count} standing places and a drain.",
    "For {few} years from {year} the mathematicians shared a house with the school of dentistry.",
    (
        "A laboratory wing, paid for by a lottery in {elsewhere}, was begun in {year} and stood without a roof until "
        "{later}."
    ),
    "Visitors are shown a staircase on which, in {year}, the whole faculty of law is said to have fallen asleep.",
    (
        "The bronze figures before the gate, by {stranger}, were cast in {elsewhere} in {year} and represent Patience "
        "and Haste."
    ),
    "A clock of {year} in the courtyard runs {few} minutes late, and lectures start by it.",
    "Damage from the storm of {year} cost {share} of the roofs; classes went on under sailcloth.",
    "The sports ground was bought in {year} from {a_trade} who kept the right to graze {count} sheep on it.",
    "An extension to the library, designed by {stranger} of {elsewhere} and opened in {year}, won the {prize}.",
    "Since {year} most departments of science have been housed in a former factory for {goods} in {street}.",
    "A master plan of {year} foresaw {count} new buildings, of which {few} have been put up.",
)
TEACHING: tuple[str, ...] = (
    "In its early years a course in navigation drew {share} of all listeners, and philosophy a single one.",
    "The faculty of medicine was added in {year}, on the pattern of the school at {elsewhere}.",
    "Degrees in engineering have been awarded since {year}, against the vote of the faculty of arts.",
    (
        "Evening classes for apprentices, begun in {year} by {stranger}, {a_stranger_noun}, had {large} listeners by "
        "{later}."
    ),
    "Until {year} examinations were oral, public and accompanied by music.",
    (
        "A dispute over Latin divided the staff in {year}; a committee with members from {elsewhere} settled it {few} "
        "years later."
    ),
    "Lectures in the sciences were given in {year} by {stranger}, who was paid partly in {goods}.",
    "Women were admitted to lectures in {year} and to all degrees in {later}.",
    "The department of geology grew out of a collection of {large} stones, bought in {elsewhere} in {year}.",
    "An exchange with the college at {elsewhere} has existed since {year} and covers {count} places a year.",
    "Fees were reduced by {share} in {year}, after {stranger} had argued for it in {paper}.",
    (
        "The school of music was closed in {year}, reopened in {later}, and has been threatened with closure in "
        "between times."
    ),
    "Law is taught in the mornings only, a custom that goes back to a professor from {elsewhere} who kept bees.",
    (
        "In {year} a chair of bridge building was endowed by the guild of {elsewhere}, with a salary and {few} cords "
        "of wood."
    ),
    "The summer school, first held in {year}, draws teachers from {elsewhere} and {elsewhere2}.",
    (
        "Each first-year student must take a course outside the chosen subject; pottery has been the favourite since "
        "{year}."
    ),
    "Teaching was suspended for the {season} of {year}, when the building served as a hospital with {count} beds.",
    "A reform of {year} cut the number of faculties by half, and another restored them in {later}.",
    "Correspondence courses, offered from {year}, were written for the most part by {stranger}, {a_stranger_noun}.",
    "Veterinary students spend their last year at a farm near {elsewhere} with {count} cows.",
)
STUDENT_LIFE: tuple[str, ...] = (
    "The rowing club has raced that of {elsewhere} every {season} since {year} and leads by {few} victories.",
    "New students carry a brick of {material} once round the court, in memory of a bet made in {year}.",
    "A choir was started in {year} by {stranger}, {a_stranger_noun}, and has sung in {elsewhere} {few} times.",
    "In {year} a riot over the price of {goods} in the dining hall ended with {count} arrests and a new cook.",
    (
        "The student newspaper, modelled on {paper}, was forbidden in {year} and has appeared without a break since "
        "{later}."
    ),
    "At {festival} the portraits in the great hall are turned to the wall, and the porter gives the lecture.",
    "Until {year} a private prison with {few} cells, in {street}, held those who had insulted the night watch.",
    "A cooperative shop in {street}, opened by students in {year}, sells {goods} and second-hand notes.",
    "The theatre society put on a play by {stranger} in {elsewhere} in {year}, to an audience of {count}.",
    "Duels were forbidden in {year}, whereupon the fencing club took up dancing.",
    "Members of the chess club beat {elsewhere} by post in a match begun in {year} and concluded in {later}.",
    (
        "About {share} of the students live in halls, the oldest of which takes its name from {stranger}, "
        "{a_stranger_noun}."
    ),
    "A strike of {year} against compulsory gymnastics lasted {few} weeks and was won.",
    "On the first {weekday} of {month} the faculties compete in a race of boats made of paper.",
    "The tavern in {street} kept a slate for each student; {count} of the slates, dated {year}, hang in the library.",
    "A fund for those in need, set up in {year}, paid in its first winter for {count} pairs of shoes.",
    "Scarves are worn in {colour}, a choice made in {year} because a mill in {elsewhere} had cloth left over.",
    (
        "A mountain hut near {elsewhere}, built by students in {year}, was swept away by an avalanche in {later} and "
        "rebuilt."
    ),
    "The football team reached the final in {elsewhere} in {year} and lost it by a goal of its own.",
    "Alumni meet every {few} years in {elsewhere}, which proved in {year} to have the cheapest inns.",
)
RESEARCH: tuple[str, ...] = (
    (
        "A weather station on the roof has kept readings since {year}, with a gap of {count} days when the observer "
        "was ill."
    ),
    "In {year} {stranger}, {a_stranger_noun}, described here {count} new kinds of moss.",
    "The expedition of the {ship}, which sailed from {elsewhere} in {year}, had {few} members of the staff aboard.",
    "Its press, at work since {year}, has brought out more than {large} titles, one of which sold well.",
    "A dictionary of the local dialects was begun in {year}; the letter M was reached in {later}.",
    (
        "The coin collection, bought from {stranger} in {year}, holds {large} pieces, of which {share} were later "
        "found to be false."
    ),
    (
        "Excavations near {elsewhere}, directed from here between {year} and {later}, uncovered a bath house and "
        "{count} lamps."
    ),
    "A laboratory for the testing of {goods} was paid for by the merchants of {elsewhere} from {year} onwards.",
    "In {year} the {prize} went to a group of {few} physicists who had worked in the cellar.",
    "Research into tides, for which the place was once well known, was moved to {elsewhere} in {year}.",
    "The institute of hydraulics, opened in {year}, keeps a model of a harbour at {elsewhere} in a hall of its own.",
    "A scandal over invented measurements cost {stranger}, {a_stranger_noun}, a chair in {year}.",
    (
        "The journal of the faculty of history appeared in {elsewhere} from {year} to {later}, for fear of the local "
        "printers."
    ),
    "Astronomers here computed the path of a comet in {year} and were out by {few} days.",
    "A seed bank with {large} samples was brought here from {elsewhere} in {year}, in {count} biscuit tins.",
    "In {year} about {share} of the budget for research came from a single contract for the study of {material}.",
    "The map collection was bought from {stranger} of {elsewhere} in {year}, on condition that nothing be lent.",
    "A centre for the study of rivers was shared with the academy of {elsewhere} from {year} to {later}.",
    "The medical school reported in {year} on a fever among handlers of {goods}, in a paper that is still quoted.",
    (
        "A machine for sorting {goods}, patented by {stranger} in {year}, was built in the workshops of the department "
        "of physics."
    ),
)
