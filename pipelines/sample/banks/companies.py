"""Banks about companies: how they fared, their works, their people, their markets, their part in public life."""

HISTORY: tuple[str, ...] = (
    "The first account book, which survives, records more spending on {goods} than on tools.",
    "For its first {few} years the firm sold to neighbours only, and {share} of them paid late.",
    "A loan from {stranger}, {a_stranger_noun} in {elsewhere}, saved it from ruin in {year}.",
    "In {year} a fire destroyed the pattern store, and {count} designs had to be drawn again from memory.",
    (
        "An attempt to branch out into {goods} was begun in {year} and given up in {later} after {few} complaints and "
        "no orders."
    ),
    "Its trade mark, a {colour} heron, was drawn in {year} by {stranger} for a fee of one umbrella.",
    "A rival in {elsewhere} was bought in {year}, chiefly for its courtyard.",
    "In {year} the business was turned into a company with {count} shareholders, {few} of them cousins.",
    "The crisis of {year} cost it {share} of its orders; the rest were delivered by hand cart to save the freight.",
    "A patent granted in {year} to {stranger}, a foreman, brought in more than the next {few} years' sales.",
    "Flood water stood in the workshops for {few} days in {year}, and wet stock was sold off at {festival}.",
    (
        "A lawsuit over the name, brought from {elsewhere} in {year}, was settled in {later} by an exchange of "
        "letterheads."
    ),
    "The office was moved {few} times within the same street before {year}, each time to a house with fewer stairs.",
    "In {year} the accountant {stranger} left for {elsewhere} with the cash box, and came back in {later} for the key.",
    "Shares were first offered to the public in {year}, in a notice in {paper} that misprinted the price.",
    "An offer for the whole firm, made in {elsewhere} in {year}, was declined by a majority of {few} votes.",
    "After a bad year in {year} the board sold the summer house and kept the brass band.",
    "The archive, put in order in {year}, consists of {count} metres of ledgers and a pressed flower.",
    (
        "A history of the house, commissioned from {stranger}, {a_stranger_noun}, appeared in {year} and was withdrawn "
        "in {later}."
    ),
    "Since {year} the profit has been divided into {few} parts, one of which is set aside for rain.",
    (
        "A merger with a firm from {elsewhere} was announced in {year} and called off when the two safes would not fit "
        "in one room."
    ),
    "The old workshop signs, painted in {year} on boards of {material}, were bought back from a collector in {later}.",
)
PLANTS: tuple[str, ...] = (
    "The oldest building on the site, of {material}, was put up for a dealer in {goods} and still smells of them.",
    "A branch works at {elsewhere} was opened in {year} with {count} hands and closed again in {later}.",
    "The main hall, planned by {stranger} and finished in {year}, is lit from the north so that nobody is dazzled.",
    "Its chimney, taken down in {year}, leaned {few} degrees and had a following among photographers.",
    "Water for the works comes from a pond in which {count} carp are kept, on the books as equipment.",
    "A warehouse in {street}, bought in {year}, turned out to contain {large} hats.",
    "Packing is done in {elsewhere}, where cardboard is cheap and the railway near.",
    "In {year} the paint shop was moved across the yard, which cut the way of each article by {share}.",
    "The drying lofts over the gate were filled with timber from {elsewhere} until {year}.",
    "An extension of {year} was built round a lime tree, which the neighbour, {stranger}, would not sell.",
    "Power came from a water wheel of {material}, kept running for show.",
    "The works at {elsewhere}, let since {year} to a maker of {goods}, may be had back at {few} weeks' notice.",
    "A testing room with walls of {material} was added in {year}, after the neighbours had petitioned for quiet.",
    "Finished goods leave by a gate in {street} that is {few} inches too low, and everything is packed accordingly.",
    "The machine hall burned out in {month} {year}; production went on in a riding school lent by {stranger}.",
    "A depot in {elsewhere} has served customers in the south since {year}, and one in {elsewhere2} the others.",
    "The canteen, a glass building of {year}, won the {prize} for architecture and is very hot.",
    "Of the {count} machines on the ground floor, {few} were bought second-hand in {elsewhere}.",
    "A tunnel under {street}, dug in {year}, joins the stores to the workshops and floods every {season}.",
    "In {year} {share} of the site was sold for housing, including the foreman's tennis court.",
    "The boiler house, designed by {stranger} in {year} in the manner of a chapel, is often photographed at weddings.",
    "Repairs have been done since {year} in a shed by the canal, with a view of the cemetery.",
)
WORKFORCE: tuple[str, ...] = (
    "Apprentices spend their first {few} months sweeping, sorting and learning the names of the screws.",
    "A strike in {year} over the length of the dinner break lasted {count} days and was settled by a longer bell.",
    "The works band, with {count} players, has performed in {elsewhere} at {festival} since {year}.",
    "A sickness fund, set up in {year}, was run for a generation by {stranger} from a drawer in the paint shop.",
    "In {year} the working week was cut by {few} hours, against the advice of the accountant.",
    "Pensioners of the firm meet in {street} on the first {weekday} in {month} and criticise the new models.",
    "Women were first taken on in the finishing room in {year} and put in charge of it in {later}.",
    "{stranger}, who started at the age of fourteen, kept the gate for {count} years and never learnt to whistle.",
    "Houses for foremen, {count} in a row, were bought in {elsewhere} and rented out at half price from {year}.",
    "An accident in {year}, when a lift cable parted, led to a safety committee that meets every {weekday}.",
    "Craftsmen were recruited from {elsewhere} in {year}, with the promise of a church of their own.",
    "The suggestion box, hung up in {year}, brought in {large} ideas by {later}, {few} of them about the soup.",
    "A choir of turners and polishers took the {prize} in {elsewhere} in {year}.",
    (
        "About {share} of the staff come in by bicycle, and the shed, of {material}, is the best kept building on the "
        "site."
    ),
    "The engineer {stranger} worked here from {year} to {later} and is remembered for {few} inventions and a limp.",
    "In {year} {count} polishers were laid off, most of whom were back within {few} months.",
    "A company school taught reading and drawing in the evenings; its last teacher, {stranger}, left in {year}.",
    "Wages were paid on a {weekday} until {year}, when the innkeepers of {street} were found to have asked for it.",
    "The football team, which plays in {colour}, lost to the fire brigade of {elsewhere} by {few} goals in {year}.",
    "A second shift was introduced in {year} and abandoned in {later}, nobody having wished to work with the ghost.",
    "Long service is rewarded with a clock; a turner who was given {few} of them asked in {year} for a chair.",
    "In {year} the union, led in the works by {stranger}, obtained {few} days' leave at {festival}.",
)
MARKETS: tuple[str, ...] = (
    "Most of what leaves the works is sold through dealers, of whom there are {count}.",
    "A first order from abroad, for {few} cases, arrived in {year} by way of {elsewhere}.",
    (
        "At the {season} fair in {elsewhere} the firm has kept the same stand since {year}, between a saddler and a "
        "pillar."
    ),
    "The catalogue of {year} ran to {count} pages and was illustrated by {stranger}, {a_stranger_noun}.",
    "Sales to {elsewhere} rose by {share} in {year}, for reasons that were never found out.",
    "A traveller for the firm, {stranger}, crossed the country {few} times on foot with a case of samples.",
    "In {year} a silver medal was won at a show in {elsewhere}, and the paper it came in was framed as well.",
    "The hospital of {elsewhere} ordered {count} pieces in {year} and paid in {later}.",
    "A shop of its own in {street}, opened in {year}, was given up because the assistants were too honest.",
    (
        "Advertisements in {paper}, in verse, are the work of {stranger}, {a_stranger_noun}, and have appeared since "
        "{year}."
    ),
    "A cheaper model, offered from {year} under the name of a saint, found a single buyer, {a_trade} from {elsewhere}.",
    "Customs duties closed the market at {elsewhere} in {year} and opened it again in {later}.",
    "A shipment in the {ship}, bound for {elsewhere}, was lost in {month} {year}; {few} crates drifted ashore.",
    "Buyers may choose between {few} colours, of which {colour} is asked for by {share}.",
    "The warranty, extended in {year} to {few} years, excludes damage by goats.",
    "Imitations made in {elsewhere} were seized in {year}; some of them proved to be better.",
    "In {year} {count} dealers were invited to {elsewhere} and shown the new range by candlelight.",
    "The firm supplied the navy from {year} to {later}, and the {ship} is said to carry a specimen still.",
    "Exports account for {share} of the turnover, the largest buyer being a wholesaler in {elsewhere}.",
    "Spare parts are kept for every model since {year}, in {large} labelled drawers.",
    "A price war with makers in {elsewhere} and {elsewhere2} ended in {year} over a dinner.",
    "In one poll, held by {paper} in {year}, {share} of the readers knew the name and half of these could spell it.",
)
PUBLIC_LIFE: tuple[str, ...] = (
    "The firm gives the {prize} every {few} years to a young draughtsman, who may spend it as he or she likes.",
    "A park in {elsewhere}, with {count} benches, was its present to the citizens in {year}.",
    (
        "In {year} it paid for the restoration of an organ in {elsewhere}, and the organist {stranger} wrote a march "
        "in return."
    ),
    "Smoke from the works was the subject of {count} complaints in {year} and of a poem.",
    "A museum of the trade, with {large} exhibits, was opened in the old stable in {year}.",
    "School classes are shown round every {weekday}, wearing paper hats.",
    "The rowing club of the staff, in the {ship}, came last in {elsewhere} in {year} and last but one in {later}.",
    (
        "A dispute with the anglers about {colour} water was settled in {year} with the help of {stranger}, "
        "{a_stranger_noun}."
    ),
    "At {festival} the gates stand open and {a_trade} from the neighbourhood acts as master for a day.",
    (
        "In {year} the works yard served as a set for a play by {stranger}, and {few} scenes had to be given during "
        "the dinner break."
    ),
    "During the floods of {year} its carts carried {count} families to {elsewhere}.",
    "A foundation set up in {year} supports {few} hospitals and a home for retired horses.",
    "The clock over the gate, a gift of a customer in {elsewhere}, has set the time for {street} since {year}.",
    "A collection of paintings by the staff has toured {elsewhere} and {elsewhere2} under police protection.",
    "{paper} accused the firm in {year} of selling its waste as {goods}, and had to print a correction.",
    "In {year} {stranger}, {a_stranger_noun}, wrote a novel about a works that everybody recognised and nobody sued.",
    "The council named a street after its trade mark in {year}, and moved the sign in {later} to a longer street.",
    "It has lent its largest room since {year} to a society for the study of moths.",
    "A fountain of {material} outside the gate, unveiled in {year}, runs on {weekday} mornings only.",
    "The fire engine of the works, lent to the parish in {year}, has put out {count} fires and caused one.",
    "A speech that {stranger} made at its summer feast of {year} was quoted in {paper} and regretted at once.",
    (
        "The chess problem printed on its packing paper since {year} has been solved by {few} customers, all in "
        "{elsewhere}."
    ),
)
