"""Banks about the life of cities: trade, traffic, culture, sport."""

ECONOMY: tuple[str, ...] = (
    "The wealth of earlier centuries came from {goods}, which were taxed at the gate and again on the quay.",
    "Trade with {elsewhere} declined after {year}, when the merchants there found a shorter road.",
    "A tannery, a brewery and {few} sawmills stand along the water, each blaming the others for the smell.",
    "The exchange in {street} was opened in {year} for dealings in {goods} and {share} of the corn of the region.",
    (
        "A savings bank, set up in {year} by {stranger}, {a_stranger_noun}, lent chiefly to {a_trade} or two and to "
        "itself."
    ),
    "The {season} fair draws dealers in {goods} from {elsewhere} and {elsewhere2}.",
    "In {year} the largest mill went over to the spinning of {colour} yarn and had {count} looms.",
    "Quarrying of {material} gave work to {large} men in {year} and to none in {later}.",
    "The slaughterhouse of {year}, with its vaults of {material}, is let to makers of candles and cheese.",
    "Market gardens on the edge of the built-up area send {share} of their crop to {elsewhere}.",
    "A lottery, run by the city between {year} and {later}, paid for the sewers.",
    "The fishermen's guild has {count} members, of whom {few} own a boat.",
    "A shipyard worked here until {year}; its last vessel, the {ship}, stuck on the slipway for a week.",
    "Banking is in the hands of {few} houses, the oldest of which came from {elsewhere} in {year}.",
    "Its {goods} had a good name abroad, thanks to {stranger}, who travelled with samples for {count} years.",
    "The trade school in {street}, opened in {year}, turns out locksmiths and, of late, cooks.",
    "A strike of the porters in {year} raised their wages by a penny and the price of {goods} by two.",
    "Glass was blown in the suburb from {year} until the wood ran out in {later}.",
    "Tourism began when {stranger}, {a_stranger_noun}, praised the air in {paper} in {year}.",
    "Cold stores near the quay hold fruit and {goods} on their way to {elsewhere}.",
    "The cooperative of the bakers, with {count} shops, has fixed the weight of a roll since {year}.",
    "Unemployment was highest in {year}, when {share} of the workshops in {street} stood empty.",
    "A good deal of business is still done at the weekly market, held every {weekday} before breakfast.",
    "The old gasworks sold its tar to {elsewhere} at a profit and its gas at a loss.",
)
TRANSPORT: tuple[str, ...] = (
    "Roads lead to {elsewhere} and {elsewhere2}; the one that everybody takes follows the water.",
    "The stone bridge was opened in {year} and widened in {later}, on one side only.",
    "A canal to {elsewhere}, dug in {year} with the help of {large} labourers, carries pleasure boats.",
    "The harbour has {few} basins, the deepest of them dredged in {year} and again in {later}.",
    "The station stands {few} streets from the centre, because {a_trade} refused to sell a garden.",
    "Trams run every {few} minutes to the suburbs and, on {weekday} evenings, to the theatre.",
    "A chain ferry, worked by the family of {stranger} for generations, takes {count} passengers and a cart.",
    "Post coaches for {elsewhere} left from an inn in {street}, where the horn was blown at five.",
    (
        "In {year} the council paved {street} with {material}, at a cost for which {stranger}, {a_stranger_noun}, had "
        "to answer."
    ),
    "Trains to {elsewhere} take {count} minutes longer than they used to, the bends having been found too sharp.",
    "The bus station is a former riding hall, with a roof of {material}.",
    "A wooden footbridge, washed away in {year}, was replaced by one of iron that hums in the wind.",
    "Barges with {goods} pass the locks from {month} until the first ice.",
    "A ring road was proposed in {year} by {stranger} of {elsewhere}, and about {share} of it exists.",
    "Two railway companies built a station each, and passengers for {elsewhere} walk from the one to the other.",
    "The lighthouse keeper's old boat, the {ship}, is moored by the steps and serves as a ticket office.",
    "Tolls on the bridge were abolished in {year}, except for sheep.",
    "An airfield in the meadows, {few} miles out, is used by a flying club and the geese.",
    "Most of the {count} bridges are named after bishops, and most people know them by number.",
    (
        "The tunnel under the castle hill, begun in {year}, was abandoned at the half-way mark and is used for growing "
        "mushrooms."
    ),
    "Cycling is common, the old towpath to {elsewhere} being level and without inns.",
    "A timetable of {year} shows {few} boats a day to {elsewhere}, in summer with music.",
    "Goods traffic was moved to a yard outside the city, with {count} tracks and a turntable.",
    "Signposts give the distance to {elsewhere} in hours, following a custom kept up since {year}.",
)
CULTURE: tuple[str, ...] = (
    (
        "The museum in {street} holds {large} objects, among them the sledge on which its first curator crossed to "
        "{elsewhere}."
    ),
    "A choir of {count} voices sings in the main church at {festival}.",
    "Its theatre was rebuilt in {year}, after {stranger}, a stage designer, had set light to a paper forest.",
    "The library, with {large} volumes, goes back to a bequest of {year} by {stranger}, {a_stranger_noun}.",
    "{festival} is kept with a procession of {count} carts and a mock trial of a scarecrow.",
    "Every {season} a puppet company from {elsewhere} puts up its tent behind the barracks.",
    "A local dish of eel and {few} kinds of plum is served in inns along {street} and nowhere else.",
    "{paper} was printed here from {year} to {later}.",
    "The organ in the old church was built in {year} by {stranger} of {elsewhere} and has a stop that imitates frogs.",
    "Painters from {elsewhere} came for the light in {year}; {few} of them stayed and opened a drawing school.",
    "A dialect with {count} words for mud is spoken in the lower streets.",
    "The {prize}, given by the city since {year}, goes to a translator every {few} years.",
    "Films were shown in a riding school long before there was a cinema, to a pianist hired in {elsewhere}.",
    "The bells of the market church were recast in {year}, one of them a semitone too low.",
    "A collection of {goods}, left to the city by {stranger} in {year}, fills {few} rooms of the old arsenal.",
    "In {year} a statue of Patience was put up in {street}; the sculptor, {stranger}, took {few} years over it.",
    "The circulating library of {year} had {large} subscribers and only one complete set of any author.",
    "The menagerie, opened in {year} with {few} bears from {elsewhere}, is best known for its lime trees.",
    "Concerts are given in a hall of {material} that was designed in {year} for the storage of {goods}.",
    "Amateur actors have performed the same comedy every {season} since {year}, with small changes to the jokes.",
    "A print of {year} by {stranger} shows {few} towers, one more than were ever built.",
    "Children go from house to house at {festival} with {colour} lanterns and are given nuts.",
    "The brass band of the waterworks won a contest in {elsewhere} in {year} and has spoken of it ever since.",
    "Its literary society, which met in {street} every {weekday}, broke up in {year} over a comma.",
)
SPORT: tuple[str, ...] = (
    "The football club, in {colour} shirts, has played in the second division for as long as anybody remembers.",
    "A rowing race against {elsewhere} is held below the weir on the first {weekday} in {month}.",
    "The stadium seats {large} and was filled once, for a circus on its way to {elsewhere}.",
    "Skating on the meadows was so popular in {year} that {a_trade} let out {count} pairs of skates a day.",
    "The chess club in {street} beat a team from {elsewhere} in {year} by {few} boards to two.",
    "A swimming bath of {year}, with a roof of {material}, was the gift of {stranger}, {a_stranger_noun}.",
    "The cycling track has one bend that is steeper than the other, which favours local riders.",
    "Its marathon runs to the gates of a brewery and back, and {share} of the field do not come back.",
    "Bowls are played under the plane trees of {street} according to rules printed in {year}.",
    (
        "The gymnastics society, which owes its uniforms to {stranger}, {a_stranger_noun}, gives displays in "
        "{elsewhere} every {season}."
    ),
    "A team from here took the {prize} for tug-of-war in {year} and the following {few} years.",
    "Ice hockey came with students from {elsewhere} and is played on a flooded tennis court.",
    "The shooting guild meets at {festival}, when {count} members fire at a wooden parrot.",
    "Horse racing stopped in {year}, after the favourite had jumped the rail and won by a short cut.",
    "Wrestlers train in the loft of a store for {goods}, where visitors are asked to mind the beams.",
    "A handball match against {elsewhere}, broken off at nine all because of a swarm of bees, is still unfinished.",
    "The sailing club lost its whole fleet of {count} dinghies in a storm of {year} and bought {few} in {later}.",
    "Fencing is taught in a hall in {street} by pupils of {stranger}, who came from {elsewhere} in {year}.",
    "A path for runners follows the line of the walls and has {count} steps.",
    "The women's athletics club has won the provincial cup {few} times and mislaid it once, in a tram.",
    "Anglers hold their contest in {season}; the record, a pike caught in {year}, hangs in an inn.",
    "Climbers practise on the pillars of the railway bridge, by agreement with the station master.",
    "Every {few} years the schools compete for a shield given in {year} by {stranger}, {a_stranger_noun}.",
    "Boxing was forbidden by an order of {year} and went on in a barn on the road to {elsewhere}.",
)
