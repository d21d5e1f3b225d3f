"""What works are about: plots, what is to be seen, stories on the stage, movements."""

CONTENT: dict[str, tuple[str, ...]] = {
    "novel": (
        (
            "It follows a ferryman's widow who inherits a house she has never seen and finds it full of somebody "
            "else's letters."
        ),
        (
            "The hero, a surveyor, measures a valley that seems to grow from year to year, and is suspected of moving "
            "the stones."
        ),
        "At the centre stands a quarrel between two sisters over a strip of land on which nothing has ever grown.",
        (
            "A clerk tells the tale and admits in the last chapter to having invented half of it, without saying which "
            "half."
        ),
        (
            "A bell founder loses his hearing and, with the help of his apprentice, hides it from the whole town for "
            "eleven years."
        ),
        "Three generations of a family of pilots wait for a ship that the reader comes to doubt was ever built.",
        (
            "A country doctor marries for money, loses the money, and discovers to general embarrassment that the "
            "marriage is happy."
        ),
        "The plot is set going by a mistaken obituary, whose subject decides to let it stand and take up fishing.",
        (
            "Told in letters between a prisoner and a seamstress, it ends with the two passing each other in the "
            "street unrecognised."
        ),
        (
            "It describes a single winter in a boarding house, in which seven lodgers slowly come to believe that the "
            "eighth is a spy."
        ),
        "A girl raised by lighthouse keepers goes ashore at sixteen and is astonished chiefly by the number of doors.",
        "The chief figure is a forger of stamps who is undone by his one honest piece of work.",
        "Half comedy and half chronicle, it traces a lawsuit about a pear tree through five judges and a revolution.",
        "A schoolmaster writes the history of his village, and the villagers begin to live as he has written.",
        (
            "Two brothers, one a smuggler and the other a customs officer, share a house, a horse and a secret that "
            "neither will name."
        ),
        "An old actress dictates her memoirs to a young man who turns out to be correcting them as he goes.",
    ),
    "painting": (
        "Three women sit at a table with an unopened letter, and one of them looks at the viewer as if at an intruder.",
        "A boy on a wall peels an apple, with his back to a burning barn that nobody else has noticed either.",
        "Two boats lie on a frozen bay, and a lamp burns in the smaller of them.",
        "It shows an empty room with a chair turned to the wall and a strip of sunlight just short of reaching it.",
        (
            "Haymakers rest under a tree while a storm comes up behind them, so dark that the horses have turned their "
            "heads."
        ),
        "A procession winds down a hillside, painted from so far off that it might be a wedding or a funeral.",
        (
            "A young man with a bandaged hand holds out a dead bird, whose feathers are the only bright spot in the "
            "picture."
        ),
        (
            "An old couple wait at a landing stage among boxes; the rope that lies across the foreground is not tied "
            "to anything."
        ),
        "Seen from above, a market square in the rain consists almost wholly of umbrellas and one bareheaded child.",
        "A kitchen table is spread with fish, lemons and a pair of spectacles, in which a window is reflected.",
        "The subject is a card game by candlelight, in which each of the four players is holding back the same ace.",
        "Washing hangs between two houses, and a woman who leans from a window is counting it.",
        "A lone rider crosses a flooded plain at dusk; the track can be made out only by the tops of the posts.",
        "It depicts a school on the last day before the holidays, with twenty-three children and a teacher asleep.",
        "A tailor, life-size, threads a needle against the light, and a cat observes the thread.",
        (
            "On a bare hill stands a half-built tower, around which the workmen have fallen into groups that do not "
            "talk to each other."
        ),
    ),
    "opera": (
        "A miller's daughter is promised to two men, listens to both at great length, and marries neither.",
        "The plot turns on a letter that is delivered forty years too late, to the wrong sister, who answers it.",
        (
            "It tells of a king who becomes a gardener and of the gardener who, against all expectation, makes a "
            "tolerable king."
        ),
        "A smuggler hides in a convent and falls in love with the abbess's niece, who is hiding there from him.",
        "A town under siege stages a play to keep up its spirits, and the enemy stops firing in order to hear the end.",
        (
            "The heroine, a glass blower, makes a goblet that breaks whenever a lie is told near it; by the third act "
            "none is left whole."
        ),
        (
            "Two rival bell ringers wager their houses on the morning of a single feast day, and a deaf stranger "
            "decides the matter."
        ),
        "A dead admiral returns on the night of his widow's betrothal and is politely asked to wait in the hall.",
        (
            "The story, taken from a folk tale, concerns a fisherman who sells his shadow and then his name, and keeps "
            "only his voice."
        ),
        "A judge must try his own double for a theft of which he begins to remember more and more.",
        (
            "Four lovers exchange coats in the dark, and the wrong pairs turn out to suit each other so well that "
            "nobody protests."
        ),
        "In the course of one night an innkeeper tries to get rid of three guests, each of whom claims to be Death.",
        "A queen disguised as a cook learns what her people think of her soup and of her taxes.",
        "The last of a family of rope makers goes to sea to find the ship for which her father's rope was too short.",
        "A shepherd boy sings so well that he is sent to court, where he is cured of it by instruction.",
        "Its hero, a tax collector, sets out to ruin a village and stays to rebuild its organ.",
    ),
    "symphony": (
        "It follows a single day at sea, from a dawn on muted strings to a night in which only the timpani are awake.",
        "The last of its three movements grows out of one note, held by a horn for the length of a breath and a half.",
        (
            "Its opening movement is a funeral march that twice attempts to become a dance and at the third attempt "
            "succeeds."
        ),
        "A single trumpet opens and closes the work, the second time from outside the hall.",
        "The slow movement consists of nine variations on a lullaby, each of them quieter than the one before.",
        "Five movements are played without a pause, and a rhythm tapped on wood binds them together.",
        (
            "A scherzo in five-four time, which the strings play almost throughout with the wood of the bow, stands in "
            "second place."
        ),
        "The finale brings in a chorus without words, placed behind the orchestra and asked to sing with closed lips.",
        (
            "It begins with the whole orchestra in full cry and loses one instrument after another until two flutes "
            "are left."
        ),
        (
            "Folk tunes from the mountains are quoted in the third movement, where the bassoons imitate a bagpipe with "
            "a leak."
        ),
        (
            "The first movement sets two themes against each other, one in the brass and one in the low strings, which "
            "never meet."
        ),
        "A long fugue stands at the centre, built on a theme that can be played backwards and, in the coda, is.",
        "An organ joins the orchestra for the last forty bars and has nothing to do before them.",
        (
            "Its four movements are said to portray the seasons, starting with autumn and breaking off in the middle "
            "of summer."
        ),
        "The adagio, for strings and a distant bell, is often played on its own at funerals and once at a wedding.",
        "The minuet limps on purpose: one beat in every seventh bar is left out, and the tune falls over the gap.",
    ),
}
