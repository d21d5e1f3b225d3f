"""How works were made, received and handed down, by kind of work; what they are about stands in works_content."""

MAKING: dict[str, tuple[str, ...]] = {
    "novel": (
        "A first version was burnt in a stove in {street}; the second was finished in {few} months.",
        "Notes for the book, on the backs of bills for {goods}, fill {count} envelopes.",
        "The author wrote most of it during a stay in {elsewhere}, in a room above {a_trade}.",
        "One of the minor figures is modelled on {stranger}, {a_stranger_noun} from {elsewhere}, who took it well.",
        (
            "The manuscript, in three colours of ink, shows that {share} of the chapters were written last and moved "
            "to the front."
        ),
        "It was begun as a play for {few} actors and still has long stretches with nothing but talk.",
        "A trial chapter, read aloud to friends in {elsewhere}, was so well received that it was left out.",
        "The publisher {stranger} asked for {count} cuts; the author made two of them and added a chapter on {goods}.",
        "In a letter of {year} the author recalled having written the ending first, in {few} days of toothache.",
        (
            "For the chapters on the trade in {goods} the author spent {few} weeks behind the counter of a shop in "
            "{elsewhere}."
        ),
        (
            "Proofs were corrected in {elsewhere} with the help of {stranger}, {a_stranger_noun}, who removed {count} "
            "adjectives."
        ),
        (
            "In the draft, bought by a collector from {elsewhere} in {year}, the chief figure has another name and a "
            "wooden leg."
        ),
    ),
    "painting": (
        (
            "At least {few} sketches in chalk preceded the picture, the largest of which was sold in {elsewhere} in "
            "{year}."
        ),
        "The canvas was sewn together from {few} pieces of sailcloth, whose seams can be seen in slanting light.",
        (
            "A model, {stranger} of {elsewhere}, sat for it on {count} mornings and does not appear in the finished "
            "picture."
        ),
        "An examination in {year} brought to light a second figure, painted over with {few} layers of brown.",
        "The pigment of the {colour} parts came from a mine near {elsewhere} and was ground in the studio.",
        "A small dog in the corner was added in {year} by {stranger}, a restorer, and removed again in {later}.",
        "Work went on for {few} months, in a shed in {street} that had been built to store {goods}.",
        "The painter used a knife rather than a brush for about {share} of the surface.",
        "Its light goes back to a journey to {elsewhere}, from which {count} studies have been preserved.",
        "In a letter of {year} the painter claimed to have finished the upper half on a single {weekday}.",
        "The frame of pear wood was carved by {stranger}, {a_stranger_noun}, and cost more than the paint.",
        "A grid of threads, stretched before the motif by {a_trade}, helped with the perspective and left faint lines.",
        (
            "A hand at the right-hand edge gave trouble: {count} drawings of it are known, and in the end it was "
            "painted out."
        ),
    ),
    "opera": (
        "The libretto is by {stranger}, {a_stranger_noun}, and was delivered one act at a time from {elsewhere}.",
        "Composer and librettist met only {few} times and conducted the rest of their quarrel by post.",
        "The overture was written last, in {few} nights, at a table in the wardrobe of the theatre.",
        "A tune in the second act had been intended for a wedding in {elsewhere} that did not take place.",
        "The leading part was composed for {stranger}, whose highest note decided the key of the finale.",
        "For the market scene the cries of sellers of {goods} were written down in {elsewhere}.",
        "An aria was added in {year}, when a singer from {elsewhere} refused to appear with only {few}.",
        "About {share} of the score is in the hand of a copyist, who corrected the harmony as he went.",
        "A planned ballet with {count} dancers was given up for lack of a floor that would bear it.",
        "The composer revised the ending in {year} and went back to the old one in {later}.",
        "The harvest chorus was sketched at an inn in {elsewhere}, on the lid of a box of {goods}.",
        "Rehearsals took {few} weeks, two of which were spent in teaching a donkey to stand still.",
        "Money for the costumes came from {stranger} of {elsewhere}, who was promised a box and a duet.",
    ),
    "symphony": (
        (
            "The earliest sketch, {count} bars on the back of a concert bill from {elsewhere}, has hardly anything in "
            "common with the result."
        ),
        "Most of the score was written in a hut near {elsewhere}, without a piano, in the course of one {season}.",
        "A passage for the low strings uses a tune that ferrymen near {elsewhere} are said to have sung.",
        "The slow movement was taken from an unfinished string quartet and lengthened by {count} bars.",
        "The composer heard the main theme, according to a letter of {year}, from a creaking gate in {street}.",
        "The scoring was finished in {few} weeks, with the help of {stranger}, {a_stranger_noun}, who ruled the paper.",
        "A further movement was discarded after the rehearsals; its parts were found in {elsewhere} in {year}.",
        "The percussion includes {few} anvils and a barrel, for which sand may be used in place of {goods}.",
        "In a revision of {year} the trumpets were cut by {share} and the repeat was struck out.",
        (
            "For a concert in {elsewhere} in {year} the composer added a part for a second harp and removed it again "
            "afterwards."
        ),
        "Sketches in {few} different inks suggest that work was broken off more than once.",
        "The metronome marks, added in {year}, are thought to be too fast by everyone who has tried them.",
        "Advice on the writing for horn came from {stranger}, a player from {elsewhere}, by way of {count} postcards.",
    ),
}
RECEPTION: dict[str, tuple[str, ...]] = {
    "novel": (
        "Critics praised the dialogue and found the ending cold.",
        "The edition of {large} copies was sold out by {festival}, to the alarm of the printer.",
        "A reviewer in {paper} confessed to having read only {share} of it, with growing pleasure.",
        "Among its earliest admirers was {stranger}, {a_stranger_noun}, who bought {count} copies to give away.",
        "The town council of {elsewhere} had it removed from the public library in {year} and put it back in {later}.",
        "Readers wrote some {large} letters, most of them to ask what became of the horse.",
        "In {year} {stranger} accused the author of having taken the plot from a ballad sung in {elsewhere}.",
        "It missed the {prize} by one vote, that of {a_trade} who had mistaken it for another book.",
        "A preacher in {elsewhere} devoted {few} sermons to it in {year}, which did wonders for its sale.",
        "The length was held against it; {stranger} proposed in {year} to weigh it rather than review it.",
        "Abroad it did better than at home, above all in {elsewhere}, where it was thought to be a satire.",
        "A parody by {stranger}, printed in {year}, ran to {few} editions and annoyed nobody but the publisher.",
        "Scholars have dwelt on the {count} proverbs in it, of which most were made up for the purpose.",
    ),
    "painting": (
        (
            "On its first showing it was hung above a door, where only {stranger}, {a_stranger_noun}, took any notice "
            "of it."
        ),
        "The critic of {paper} called the colour unhealthy and came back to look at it {few} times.",
        "It was bought for the price of a horse, by an owner in {elsewhere} who had wanted a larger one.",
        "An exhibition in {elsewhere} in {year}, which drew {large} visitors, first made it widely known.",
        "Opinion was divided by the shadows, which {stranger} described in {year} as spilt gravy.",
        "Painters admired it before the public did; {few} of them copied it in the {season} of {year}.",
        "In {year} a visitor from {elsewhere} attacked it with an umbrella and was made to pay for the glass.",
        "A jury in {elsewhere} denied it the {prize} in {year} because nobody could say what it meant.",
        "A poem of {count} stanzas about it, by {stranger}, was learnt by heart in schools until {year}.",
        "The owners kept it behind a curtain of {colour} cloth, which did its fame no harm.",
        "Writing in {year}, {stranger} doubted that it was by the painter at all, and withdrew the doubt in {later}.",
        "Prints after it were sold by the hundred in {elsewhere}, with {share} of the figures left out to save work.",
        "For a long time it was valued chiefly for its frame, which a dealer in {goods} had tried to buy separately.",
    ),
    "opera": (
        "The first audience was puzzled, the second cheered, and the third had come for the costumes.",
        "It ran for {count} evenings and was taken off only because the lease of the scenery had expired.",
        "The critic of {paper} left after the second act and reviewed the supper.",
        "One aria was encored {few} times, until the singer sat down and asked for a glass of water.",
        (
            "Barrel organs in {elsewhere} were playing the drinking song within the year, transposed and without a "
            "middle part."
        ),
        "Censors in {elsewhere} demanded in {year} that the villain be turned into a wealthy dealer in {goods}.",
        "A hissing party led by {stranger}, {a_stranger_noun}, was outshouted from the gallery.",
        "In {year} {stranger} called it the best bad opera of the age, a phrase since printed on posters.",
        "A production in {elsewhere} in {year}, sung in dialect, made it popular with people who disliked opera.",
        "The libretto was mocked in {paper} for rhyming on {goods}, and defended by {stranger} in {count} stanzas.",
        "Receipts covered {share} of the cost, and the rest was paid by a lottery in {elsewhere}.",
        "Singers complained in {year} that the third act was too high, and conductors that it was too long.",
        "The overture won the {prize} for band arrangements in {year} and is still played at regattas.",
    ),
    "symphony": (
        "The first audience applauded after every movement and, by mistake, in the middle of the last.",
        "The critic of {paper} counted {count} wrong notes and could not say whether they were intended.",
        "A performance in {elsewhere} in {year} under {stranger} made it popular.",
        "Musicians disliked it at first; {few} of them asked in writing to be excused.",
        "The slow movement had to be repeated at a concert in {elsewhere} in {year}, and has been ever since.",
        "For {stranger}, writing in {year}, it was less a symphony than a very long way of saying goodbye.",
        (
            "Students in {elsewhere} whistled the main theme in {year} as a sign of protest, and it was banned there "
            "until {later}."
        ),
        "It was called noisy by {share} of the newspapers and timid by the others.",
        "An analysis of {count} pages by {stranger}, {a_stranger_noun}, discovered in it the plan of a cathedral.",
        "A shortened version, prepared for {elsewhere} in {year}, pleased everyone except the composer.",
        (
            "At {festival} in {year} it was played in the open air in {elsewhere}, before {large} listeners and a "
            "passing hailstorm."
        ),
        "The {prize} jury of {year} admired the scherzo and gave the money to a trio.",
        "Conductors disagree about the tempo to such a degree that performances differ by {few} minutes.",
    ),
}
AFTERLIFE: dict[str, tuple[str, ...]] = {
    "novel": (
        "It was reprinted in {elsewhere} in {year} with a preface by {stranger} that gives away the ending.",
        "School editions since {year} have left out the eleventh chapter.",
        "The manuscript was sold in {elsewhere} in {year} for the price of a small house.",
        "A stage version by {stranger}, first given in {elsewhere} in {year}, reduces the persons to {few}.",
        "By {year} it had been translated into {count} languages, in one of them twice.",
        "An inn near {elsewhere} took its name from the book in {year} and serves a dish that is mentioned in it.",
        "An unauthorised sequel by {stranger}, {a_stranger_noun}, appeared in {year} and was withdrawn in {later}.",
        "The first edition is rare; {count} copies are known, of which one, in {elsewhere}, was used to press flowers.",
        "A critical edition, begun in {year} and finished in {later}, lists {large} variants.",
        "Phrases from it have entered common speech, among them the one about the goose and the notary.",
        "A reading of the whole book, held in {elsewhere} every {season} since {year}, takes {count} hours.",
        "In {year} {a_trade} in {elsewhere} found a page of the draft in the lining of a coat.",
        "A cheap edition of {year}, bound in {colour} paper, sold {large} copies within {few} months.",
    ),
    "painting": (
        "It was cleaned in {year}, and the colours turned out to be much brighter than anybody had thought.",
        "A copy by an unknown hand was discovered in {elsewhere} in {year}, with one figure too many.",
        "In {year} it was lent to an exhibition in {elsewhere} and came back {few} months late.",
        "During a war scare in {year} it was hidden in a salt mine near {elsewhere}, rolled up in carpets.",
        "A tear of a hand's breadth, made in moving it in {year}, was mended by {stranger}, {a_stranger_noun}.",
        "Thieves took it in {month} {year} and left it {count} days later in a boathouse near {elsewhere}.",
        (
            "A strip along the upper edge was cut off before {year}, to fit a niche in {elsewhere}, and has never been "
            "found."
        ),
        "In {year} the motif was used on tins of {goods}, for which a fee was paid in {later}.",
        "The postage stamp that reproduces it, printed in {colour} and {few} other inks, has it the wrong way round.",
        "A series of {count} tableaux by {stranger} restages it with the inhabitants of a village near {elsewhere}.",
        "Insurance papers of {year} value it at {large} crowns, a sum that made {paper} laugh.",
        "A study published in {elsewhere} in {year} named {count} pigments, {few} of them poisonous.",
    ),
    "opera": (
        "After {year} it was hardly given for {few} decades, save for the overture.",
        "The score was thought lost until {year}, when {a_trade} in {elsewhere} offered it for sale by weight.",
        "A production in {elsewhere} in {year} set it in a factory for {goods}; the chorus struck on the second night.",
        "Since {year} it has been sung each {season} in a quarry near {elsewhere}, before up to {large} people.",
        "A critical edition of {year} restores {count} bars that had been cut for the sake of the last ferry home.",
        "In {year} {stranger} arranged the finest numbers for wind band, and in {later} for two guitars.",
        "The scenery for a revival in {elsewhere} was painted by {stranger}, {a_stranger_noun}, entirely in {colour}.",
        "A recording made in {elsewhere} lasts {few} minutes longer than any performance on the stage.",
        "The drinking song serves the football club of {elsewhere} as an anthem, with other words and {count} verses.",
        "A puppet version with {count} figures toured the villages around {elsewhere} from {year} to {later}.",
        "Costumes from a staging of {year} came to a museum in {elsewhere}, where moths had {share} of them.",
        "The smallest role in the last act has been taken by a speaker since {year}, as nobody could sing it.",
        "A ship, the {ship}, which was launched at {elsewhere} in {year}, carries the heroine as its figurehead.",
    ),
    "symphony": (
        "The score was thought lost and was found in {elsewhere} in {year}, under a pile of hymn books.",
        "The best-known recording, under {stranger}, was made in a swimming bath in {elsewhere} with {count} players.",
        (
            "A version for piano with four hands, by {stranger}, was printed in {elsewhere} in {year} and sold {large} "
            "copies."
        ),
        "Orchestral parts with {count} misprints were in use until {year}, when a corrected set was made.",
        "A film about {goods} made use of the slow movement, which has not recovered.",
        "The autograph, sold in {year} and again in {later}, lacks the last {few} leaves.",
        "A ballet on the music was danced in {elsewhere} in {year}, in costumes of {colour} felt.",
        "Town bands play the march from it at {festival}, about {share} faster than marked.",
        "The bell of {elsewhere} has struck the opening notes at noon since {year}, a semitone flat.",
        (
            "In {year} {stranger}, {a_stranger_noun}, completed a discarded movement, to the regret of most who have "
            "heard it."
        ),
        (
            "During the tour of {year} it was played in {count} towns, among them {elsewhere} and {elsewhere2}, from a "
            "single set of parts."
        ),
        "It has been rarely heard since {year}, chiefly on account of what the harpists cost.",
    ),
}
