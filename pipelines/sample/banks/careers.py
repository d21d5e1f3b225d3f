"""Banks about careers in politics, business, scholarship and engineering, between the asked facts."""

POLITICS: tuple[str, ...] = (
    "{He} first drew notice in {year} with a speech on harbour dues that lasted {few} hours and emptied the gallery.",
    "Elected to a committee on drainage in {year}, {he} read all {count} of its reports, which nobody had done before.",
    "As a young member {short} voted against {his} own side {few} times in the {season} of {year}.",
    (
        "A journey of inspection to {elsewhere} in {year} convinced {him} that the hospitals there were badly run and "
        "well painted."
    ),
    "With {stranger}, {a_stranger_noun}, {he} debated the price of bread before an audience of {large} in {elsewhere}.",
    "{He} chaired the inquiry into the fire at {elsewhere}, whose report of {year} ran to {count} volumes with maps.",
    (
        "A bill on the inspection of {goods}, which {he} introduced in {year}, was passed in {later} without a single "
        "clause of the original."
    ),
    "In {paper} of {month} {year} {he} was drawn as a hen sitting on a sack of petitions.",
    "{He} lost a ballot in {elsewhere} in {year} by {count} votes and demanded no recount.",
    "Long negotiations about fishing rights took {him} to {elsewhere} in {year} and again to {elsewhere2} in {later}.",
    (
        "The law on common pastures, of which {he} drafted about {share}, was still spoken of as a muddle {few} years "
        "afterwards."
    ),
    (
        "{Short} preferred to settle matters in corridors, and the minutes of the period accordingly contain little of "
        "{him}."
    ),
    "{Short} resigned from the board of a savings bank in {elsewhere} in {year}, on the day before its failure.",
    "In {year} {he} opposed a toll bridge near {elsewhere}, and in {later} {he} was invited to open it.",
    (
        "The merchant {stranger} accused {him} in {year} of favouring the dealers in {goods}; a court in {elsewhere} "
        "found nothing to it."
    ),
    (
        "{His} travelling surgeries, held every {weekday} in the back room of {a_trade}, were copied by friends and "
        "opponents alike."
    ),
    "A commission on weights and measures sat under {him} from {year} to {later} and reached agreement on the pound.",
    "At a congress in {elsewhere} in {year} {he} spoke for {few} minutes, which the chair described as a record.",
    "{He} campaigned for evening schools, of which {count} had been opened by {year}.",
    "After a defeat in {year} {he} withdrew to {elsewhere} for {few} months and wrote a manual of procedure.",
    "Both parties consulted {him} during the crisis of {year}, and each believed that {he} had agreed with it.",
    (
        "Petitions with {large} signatures asked {him} in {year} to stand once more in {elsewhere}; {he} thanked the "
        "signatories and went fishing."
    ),
)
BUSINESS: tuple[str, ...] = (
    (
        "{He} learnt bookkeeping from the ledgers of a bankrupt dealer in {goods}, which {he} had bought by the "
        "hundredweight in {year}."
    ),
    (
        "A first partnership, with {stranger} of {elsewhere}, came to an end in {year} after a quarrel over a "
        "warehouse key."
    ),
    (
        "In {year} {he} travelled through {elsewhere} and {elsewhere2} with {few} trunks of samples and came back with "
        "{count} orders."
    ),
    "{Short} was among the first in the trade to print prices on the wrapping.",
    "A cargo of {goods} aboard the {ship} was lost off {elsewhere} in {year}, and with it {share} of {his} capital.",
    "{He} bought {count} shares in a canal in {year}, sold them {few} months later, and never said why.",
    (
        "From {year} {he} sat on the chamber of commerce of {elsewhere}, where {he} argued for lower tolls and better "
        "lamps."
    ),
    "The banker {stranger} refused {him} credit in {year} and lived to regret it in print.",
    "{He} gave evidence before a commission on working hours in {year} and changed {his} own practice afterwards.",
    "Workers in {elsewhere} knew {him} as fair but slow to pay, a judgement {he} had framed and hung up.",
    "At the trade fair of {elsewhere} in {year} {he} showed a folding bed that closed on the visiting minister.",
    "{Short} held {few} patents, of which only one, for a stopper, ever earned anything.",
    "In the slump of {year} {he} pledged {his} house, {his} boat and a collection of coins.",
    (
        "A lawsuit against {stranger}, {a_stranger_noun}, over the use of the colour {colour} on labels dragged on "
        "from {year} to {later}."
    ),
    (
        "{He} lectured on insurance at a commercial school in {elsewhere}, to an audience that on one {weekday} "
        "numbered {count}."
    ),
    "The price of {goods} fell by {share} in {year}; {he} had sold in time, by {his} own account through laziness.",
    "An attempt to grow flax near {elsewhere} swallowed a great deal of money between {year} and {later}.",
    (
        "{He} gave {large} crowns for a hospital in {elsewhere} in {year}, on condition that it should not bear {his} "
        "name."
    ),
    "In an interview with {paper} in {year} {he} put {his} success down to a good clerk and a bad competitor.",
    (
        "Having missed the {ship} by an hour in {year}, {he} spent {few} days in {elsewhere} and came away owning a "
        "brickworks there."
    ),
    "The {prize} for commerce was awarded to {him} in {year}, together with {stranger}, {a_stranger_noun}.",
    "{He} wrote {few} pamphlets on currency, which were read chiefly by those who wished to refute them.",
)
SCHOLARSHIP: tuple[str, ...] = (
    "{His} earliest paper, of {year}, corrected a table in a standard work and made an enemy of its author.",
    "{He} went through the archives of {elsewhere} in {year} and found, among bills for {goods}, a lost chronicle.",
    "A post as guest lecturer took {him} to {elsewhere} for the {season} of {year}.",
    "With {stranger}, {a_stranger_noun}, {he} exchanged more than {count} letters on a single footnote.",
    "The expedition of {year}, on which {he} was one of {few} scientific members, brought back {large} specimens.",
    (
        "{Short} maintained in {year} that the accepted dates were wrong by {count} years, and gave way in {later} on "
        "half of them."
    ),
    "{He} read aloud to the learned society of {elsewhere} in {year} for two hours, with coloured pictures of mosses.",
    "At a congress in {elsewhere} in {year} {he} clashed with {stranger}, who left the hall by a window.",
    "Careful measurement was {his} strength; a single series begun in {year} fills {count} notebooks.",
    "{He} edited a journal from {year} to {later}, answering contributors on postcards of increasing brevity.",
    "A mistake in {his} tables, pointed out by {stranger} in {year}, was corrected by {him} in {paper} the same week.",
    "{He} turned down a chair in {elsewhere} in {year} because the library there closed on {weekday} afternoons.",
    "In {year} {he} was awarded the {prize} for a study that {he} considered {his} weakest.",
    "{Short} compiled a bibliography of {large} titles and claimed to have read {share} of them.",
    "The debate on the age of the hills near {elsewhere}, begun in {year}, occupied {him} for {few} years.",
    (
        "{His} lectures were clear, badly attended and, from {year}, taken down in shorthand by {a_trade} in the front "
        "row."
    ),
    (
        "An instrument built to {his} design by {stranger} was shown in {elsewhere} in {year} and failed to work on "
        "the day."
    ),
    "Field work near {elsewhere} in the {season} of {year} yielded {count} sherds, a coin and pneumonia.",
    "{He} wrote a school reader on the stars, of which {large} copies had been sold by {year}.",
    (
        "As a member of a commission on spelling {he} voted in {year} to abolish a letter that {he} needed for {his} "
        "own address."
    ),
    "In {year} {he} gave {his} collection to a museum in {elsewhere}, where it was unpacked in {later}.",
    "Students from as far away as {elsewhere} came for the seminar, which met on {weekday} evenings over soup.",
)
ENGINEERING: tuple[str, ...] = (
    "{His} earliest known drawing, dated {year}, is for a pump that would have needed more water than it raised.",
    (
        "A survey of the marshes near {elsewhere} occupied {him} for {few} months in {year} and cost {him} {count} "
        "pairs of boots."
    ),
    "{He} strengthened a bridge in {elsewhere} in {year} with {count} iron ties, most of which are still in place.",
    "With the contractor {stranger} {he} fell out in {year} over the quality of the {material}.",
    "The lighthouse off {elsewhere}, which {he} repaired between {year} and {later}, lost its lantern twice in storms.",
    (
        "{He} advised {elsewhere} on its waterworks in {year} and recommended, to general surprise, that nothing be "
        "changed."
    ),
    (
        "A tunnel of {large} feet, proposed by {short} in {year}, was thought too expensive and was dug in {later} by "
        "others."
    ),
    "{Short} held that every drawing should be understood by the bricklayer, and had bricklayers in to test them.",
    (
        "{He} sat on the inquiry into the collapse of a grain store in {elsewhere} and signed the minority report of "
        "{year}."
    ),
    (
        "Tests on {count} beams of {material}, carried out in a yard in {street} in {year}, gave {him} the figures for "
        "a handbook."
    ),
    (
        "In {year} {he} was called to {elsewhere} to raise the {ship}, which had gone down at the quay with a load of "
        "{goods}."
    ),
    "A crane of {his} design lifted {few} times its own weight in {elsewhere} in {year}, and then itself.",
    "{His} handbook of tables went through {count} editions, each with a new list of misprints.",
    (
        "In a lecture given in {elsewhere} in {year} {he} warned against building with green timber, and was heckled "
        "by {a_trade}."
    ),
    (
        "{Short} disputed for {few} years with {stranger}, {a_stranger_noun}, which of them had first thought of a "
        "certain valve."
    ),
    "The {prize} of {year} went to {him} for a lock gate that a child could close with one hand.",
    (
        "A harbour wall near {elsewhere}, finished under {his} supervision in {year}, was {share} cheaper than the "
        "estimate."
    ),
    (
        "{He} crossed to {elsewhere} in the {season} of {year} to study dredgers and came home with plans for {few} of "
        "them."
    ),
    (
        "An accident on a site in {elsewhere} in {year} cost {him} two fingers and gave {him} a lifelong interest in "
        "scaffolding."
    ),
    (
        "{He} drew up a plan for lighting {elsewhere} in {year}; {count} lamps were put up, and the rest followed in "
        "{later}."
    ),
    (
        "As a judge at the exhibition in {elsewhere} in {year} {he} examined {count} machines in a week and lost {his} "
        "voice."
    ),
    "Models of {his} machines, made of {material} and {few} kinds of wood, were shown to schools in {elsewhere}.",
)
