"""Banks about careers in the arts: commissions, exhibitions, concerts and quarrels around them."""

ARCHITECTURE: tuple[str, ...] = (
    "{He} began with alterations: a porch in {elsewhere} in {year}, a stable, and a shop front for {a_trade}.",
    "A competition for a theatre in {elsewhere} in {year} brought {him} second place and {count} pages of comment.",
    "The market hall of {elsewhere}, finished in {year}, rests on {count} columns, no two of the same height.",
    "{Short} travelled to {elsewhere} in {year} to measure barns, whose roofs {he} preferred to those of palaces.",
    "With the sculptor {stranger} {he} worked on a fountain in {elsewhere}, which has leaked since {year}.",
    (
        "For a merchant in {street} {he} designed a house of {material} with {few} staircases, one of them leading "
        "nowhere."
    ),
    "A library in {elsewhere}, begun in {year}, was opened in {later} with {share} of its shelves.",
    (
        "{He} served on the commission for historic buildings in {elsewhere} and saved {few} gates from demolition in "
        "{year}."
    ),
    "Clients complained that {he} drew the kitchens first and sent in the fronts at the last moment.",
    "In {year} {he} quarrelled in {paper} with {stranger}, {a_stranger_noun}, over the proper colour of shutters.",
    (
        "The hospital at {elsewhere}, for which {he} drew {large} sheets between {year} and {later}, had windows on "
        "both sides of every ward."
    ),
    "{His} plan of {year} for a row of workers' houses in {elsewhere} gave each of them a garden and a pear tree.",
    (
        "A tower by {him} near {elsewhere} had to be lowered by {share} in {year}, after the neighbours had lost their "
        "sun."
    ),
    "{He} lectured in {elsewhere} in {year} on the use of {material}, with samples that were passed from hand to hand.",
    "The church at {elsewhere} was rebuilt to {his} drawings after a fire in {year}; the organ came from {elsewhere2}.",
    "Award of the {prize} in {year} was followed by {few} years almost without a commission.",
    "{Short} never used {material} where wood would do, and never wood where a hedge would do.",
    "A bank in {elsewhere}, finished in {year}, was described by {stranger} as a very good grain store.",
    "{He} kept a small office in {street}, with {few} draughtsmen and a rule against talking before noon.",
    "At the exhibition of {year} in {elsewhere} {he} showed a model made of cork, which mice reduced by {share}.",
    "For the bathing place at {elsewhere} {he} designed {count} cabins in {year}, all painted {colour}.",
    (
        "A school in {elsewhere} that {he} had built in {year} was altered beyond recognition in {later}, with {his} "
        "advice."
    ),
)
WRITING: tuple[str, ...] = (
    "{His} earliest verses appeared in {paper} in {year} under the name of a dead aunt.",
    "For some years {he} lived by translation, at so much the sheet, and put {count} foreign plays into rhyme.",
    "{He} reported from {elsewhere} on the flood of {year}, in {few} letters that were widely reprinted.",
    (
        "A stay in {elsewhere} in the {season} of {year} yielded a travel book, which the town council there bought up "
        "and burnt."
    ),
    (
        "With {stranger}, {a_stranger_noun}, {he} edited a review that reached {count} subscribers and lasted until "
        "{year}."
    ),
    "{Short} wrote standing, in pencil, on the backs of invoices for {goods}.",
    "An essay of {year} on the art of being late has found its way into most anthologies.",
    "{He} read from unfinished work in {elsewhere} in {year}, to an audience of {count} and a dog.",
    "Censors in {elsewhere} struck out {share} of a play in {year}; {he} had the gaps printed as they were.",
    "A feud with {stranger}, carried on in {paper} from {year} to {later}, began with a remark about commas.",
    "{He} received the {prize} in {year}, quoted {a_trade} in the speech of thanks, and left before the dinner.",
    "A volume of stories, printed in {elsewhere} in {year} in {large} copies, was sold out by {festival}.",
    "{His} publisher, {stranger}, advanced {him} money for {few} books, of which two were delivered.",
    "{Short} sat on the jury of a poetry contest in {elsewhere} and resigned in {year} over a sonnet about {goods}.",
    "In {year} {he} lectured in {elsewhere} on the uses of boredom, without notes.",
    "The diaries that {he} kept from {year} to {later} mention the price of every meal and hardly any book.",
    (
        "A comedy by {him} ran in {elsewhere} for {count} nights in {year} and closed when the leading actor caught "
        "measles."
    ),
    "{He} destroyed the draft of a long poem in {year}, having read it aloud to {few} friends who liked it.",
    (
        "Translations into {few} languages followed, the worst of them, by {stranger} of {elsewhere}, being the most "
        "popular."
    ),
    "As treasurer of a club of authors in {elsewhere} {he} spent {few} years trying to make its members pay.",
    "From {year} {he} wrote a weekly column about fences, clouds and the manners of {a_trade} whom {he} never named.",
    "A collected edition was announced in {elsewhere} in {year} and had reached its third volume by {later}.",
)
PAINTING: tuple[str, ...] = (
    "{He} started by painting inn signs, one of which, a swan, could be seen in {elsewhere} until {year}.",
    "{His} first showing, in a corridor in {elsewhere} in {year}, brought the sale of one picture, to {a_trade}.",
    (
        "A journey to {elsewhere} in {year} changed {his} palette; {he} came home with {count} studies, nearly all of "
        "them {colour}."
    ),
    "{He} shared a studio in {street} with {stranger}, {a_stranger_noun}, and a stove that smoked.",
    (
        "The jury of the {season} exhibition in {elsewhere} refused {few} of {his} pictures in {year} and hung one "
        "more upside down."
    ),
    "A commission for the ceiling of a theatre in {elsewhere} kept {him} on scaffolding from {year} to {later}.",
    "{Short} ground {his} own colours and bought the oil from a dealer in {goods}.",
    (
        "For {few} summers {he} belonged to a colony of painters near {elsewhere}, where the rain was said to be "
        "particularly good."
    ),
    "The collector {stranger} bought {count} drawings in {year} and let nobody see them.",
    "In {year} {he} painted the council of {elsewhere}, whose members had to draw lots for the front row.",
    "{He} gave up portraits in {year}, after a sitter had asked for a younger dog.",
    "A critic in {paper} wrote in {year} that {his} skies were better than the weather deserved.",
    "{He} won the {prize} in {year} for a view of a brickyard and spent the money on {few} weeks in {elsewhere}.",
    "A quarrel with {stranger} over a borrowed easel divided the artists of {elsewhere} in {year} into two camps.",
    "Woodcuts by {him} for an almanac of {year}, {count} in all, were printed in {elsewhere} in an edition of {large}.",
    "{He} preferred small panels of poplar, painted them out of doors, and let the gnats stay where they had stuck.",
    "The fire of {year} in a warehouse in {elsewhere} destroyed {share} of what {he} had painted until then.",
    "{Short} served as a judge in {elsewhere} in {year} and gave the gold medal to an amateur, {a_trade}.",
    "For a hall in {elsewhere} {he} designed {few} tapestries, which were woven between {year} and {later}.",
    "A dealer, {stranger}, took {him} to {elsewhere} in {year} for a show that was seen by {large} visitors.",
    "In {year} {his} eyes began to trouble {him}, and the outlines grew broader.",
    "Sketchbooks from {elsewhere}, filled in the {season} of {year}, show mainly hands, ropes and sleeping porters.",
)
MUSIC: tuple[str, ...] = (
    (
        "{He} first appeared in public in {year}, at a charity concert in {elsewhere}, as a substitute for a sick "
        "bassoonist."
    ),
    (
        "A quartet played in {elsewhere} in {year} had to be repeated from the start, since half of the parts had been "
        "left at an inn."
    ),
    (
        "{He} collected songs in the villages around {elsewhere} in {year} and wrote down {count}, with the names of "
        "the singers."
    ),
    (
        "With {stranger}, {a_stranger_noun}, {he} quarrelled over the speed of a slow movement and did not speak for "
        "{few} years."
    ),
    "As conductor of a choral society in {elsewhere} {he} rehearsed every {weekday}, beginning to the minute.",
    "A cantata for the opening of a bridge in {elsewhere} was drowned out by rain in {month} {year}.",
    "{Short} wrote at night, at a table without a piano, and tried nothing out before the first rehearsal.",
    "The concert tour of {year} led by way of {elsewhere} to {elsewhere2} and lost money in both.",
    "{He} played the organ in {elsewhere} for {few} winters and left a list of its {count} defects.",
    "An early set of dances, sold outright to the publisher {stranger} in {year}, earned everyone but {him} a living.",
    "{He} received the {prize} in {year} for a string trio, a form that {he} never touched again.",
    "The critic of {paper} found {his} songs of {year} learned, and by {later} thought them simple.",
    "{Short} sat on a commission for the pitch of bells, which met in {elsewhere} in {year} and agreed on nothing.",
    "{He} conducted {large} singers at a festival in {elsewhere} in {year}, by means of a lamp.",
    "Incidental music for a play, written in {few} days in {year}, brought {him} more fame than {he} thought proper.",
    "A piano built for {him} in {elsewhere} in {year} had {few} extra keys, which were used once.",
    "Illness made {him} cancel a season in {elsewhere}, and {stranger} took {his} place in {month} {year}.",
    "{He} lectured on folk fiddling in {elsewhere} in {year}, with examples played by {a_trade}.",
    "A march by {him} was taken up by the band of the {ship} and heard in harbours as far as {elsewhere}.",
    "In {year} {he} withdrew {count} early pieces, some of which went on being played under other names.",
    "{He} revised a great deal; of one short rondo {few} versions are known, dated between {year} and {later}.",
    (
        "A mass for {festival}, performed in {elsewhere} in {year}, called for {count} trumpets, of which about half "
        "could be found."
    ),
)
