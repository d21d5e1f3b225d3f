"""Occasions to write about companies."""

from pipelines.sample.news.scenario import Scenario

COMPANIES = (
    Scenario(
        name="annual results",
        subject="company",
        needs=("chief_executive",),
        section="Business",
        headlines=("{bare} earns more", "A good year for {bare}", "{bare}: profit up by {percent} per cent"),
        leads=(
            "{name} made a profit of {sum} last year, {percent} per cent more than the year before, chief executive "
            "{=chief_executive} reported on {weekday}.",
            "the books of {name} look better than expected. Chief executive {=chief_executive} spoke on {weekday} of a "
            "year “without thrills”.",
            "shareholders of {name} may look forward to a dividend of {few} crowns. {=chief_executive}, who runs the "
            "company, announced it at the general meeting.",
        ),
        details=(
            "orders came above all from {elsewhere}.",
            "a loss in {past} is still felt on the books.",
            "the price of timber rose by {percent} per cent.",
            "{count} apprentices begin on {soon}.",
            "a bank in {elsewhere} has raised its rating.",
            "the meeting was over after {count} minutes, buffet included.",
            "the pension fund, set up in {past}, was topped up with {sum}.",
        ),
        quotes=(
            "We have sold more and promised less.",
            "One swallow does not make a summer, but two good quarters help.",
            "Our customers are patient people. We try not to make use of it.",
            "I do not comment on rumours, I read them with interest.",
        ),
        speakers=("who heads the works council", "who speaks for the company", "an analyst in {elsewhere}"),
    ),
    Scenario(
        name="new hall",
        subject="company",
        needs=("headquarters", "product"),
        section="Business",
        headlines=("{bare} builds", "More room for {=product}", "{bare} stays in {=headquarters}"),
        leads=(
            "{name} is building a second hall beside its headquarters in {=headquarters}. From {later} it is to turn "
            "out "
            "still more {=product}.",
            "{name} cannot keep up with the demand for {=product}. Now the company, which is based in "
            "{=headquarters}, has bought the meadow next door.",
            "{name} remains true to {=headquarters}: the head office stays there, and a hall for {=product} is added "
            "to it.",
        ),
        details=(
            "{elsewhere} had courted the company with cheap land.",
            "the meadow cost {sum}, frogs included.",
            "a first plan, in {past}, had failed because of a well.",
            "{count} jobs are to be created.",
            "work starts on {soon}.",
            "the machines come from {elsewhere}.",
        ),
        quotes=(
            "We looked at nine sites and ended up at our own fence.",
            "The frogs have been moved, with their consent.",
            "For the town this is worth more than any fountain.",
            "We hear the lorries, and we are glad of them, mostly.",
        ),
        speakers=("a neighbour", "who is in charge of the building", "who speaks for the company"),
    ),
    Scenario(
        name="company anniversary",
        subject="company",
        needs=("round founded", "founder"),
        section="Business",
        headlines=("{round} years of {bare}", "A factory gives a party", "{bare} opens the gates"),
        leads=(
            "with an open day {name} celebrates {round} years. {=founder} had founded it in {=founded}.",
            "the oldest machine still runs: {name}, established by {=founder} in {=founded}, is {round} years old.",
            "{round} years ago, in {=founded}, {=founder} rented a shed. {name} came of it, and on {weekday} it gave a "
            "party for {large} guests.",
        ),
        details=(
            "a brass band came from {elsewhere}.",
            "the shed was burnt down in {past}; a bench marks the place.",
            "every employee was given a watch that stops at five.",
            "the museum of the firm shows {count} prototypes, some of them dangerous.",
            "{other} cut the ribbon.",
            "visitors may look round until {soon}.",
        ),
        quotes=(
            "My father worked here, and so did his lunchbox.",
            "The beginning was a loan that nobody wanted to give.",
            "We have moved every wall at least once.",
            "There is a smell in hall two that you never forget.",
        ),
        speakers=("who joined as an apprentice in {past}", "who looks after the firm's museum", "a pensioner"),
    ),
    Scenario(
        name="alliance",
        subject="company",
        needs=("partner",),
        section="Business",
        headlines=("{bare} and {=partner} move closer", "Two firms, one lorry", "{bare} relies on its partner"),
        leads=(
            "{name} and its partner {=partner} will send their goods in the same lorries from {month}.",
            "the partnership of {name} with {=partner} has been renewed, both companies let it be known on {weekday}.",
            "when the kilns of {name} failed on {weekday}, help came within the hour: from {=partner}, its partner "
            "in trade.",
        ),
        details=(
            "together they want to save {sum} a year.",
            "the contract runs until {later}.",
            "a rival in {elsewhere} has lodged a complaint.",
            "it all began at a fair in {elsewhere} in {past}, over a broken umbrella.",
            "{count} posts in the offices will go, none in the workshops.",
            "the cartel office wants to look at it by {soon}.",
        ),
        quotes=(
            "It is not a marriage, it is a well-kept fence with a gate in it.",
            "They have the lorries, we have the roads.",
            "One does not have to own everything one needs.",
            "We check the figures of the other side, as friends do.",
        ),
        speakers=("a spokeswoman", "an economist in {elsewhere}", "who negotiated the contract"),
    ),
    Scenario(
        name="workforce",
        subject="company",
        needs=("employees",),
        section="Business",
        headlines=("{bare} is hiring", "Shorter days at {bare}", "What {=employees} people do at noon"),
        leads=(
            "{=employees} men and women work for {name}, and from {month} on all of them may go home at four.",
            "the {=employees} employees of {name} get {percent} per cent more pay. The union called it “a beginning”.",
            "a canteen strike has ended at {name}: for {few} days most of the {=employees} on the payroll had "
            "brought their "
            "own soup.",
        ),
        details=(
            "the agreement runs until {later}.",
            "in {past} a similar quarrel had lasted {few} weeks.",
            "at the works in {elsewhere} nothing changes for now.",
            "{count} trainees are being looked for.",
            "a vote is to be held by {soon}.",
            "the cook, who had come from {elsewhere}, has been given a helper.",
        ),
        quotes=(
            "Nobody is against work. We are against cold potatoes.",
            "It was about respect, and also about dumplings.",
            "In the end both sides had read the same book on bargaining.",
            "I start at six, so four suits me very well.",
        ),
        speakers=("of the union", "who has worked in the foundry since {lately}", "for the management"),
    ),
)

START_UPS = {
    "company": Scenario(
        name="start-up",
        subject="company",
        needs=("founder", "headquarters", "product"),
        section="Business",
        headlines=("{bare} starts up", "A new maker of {=product}", "{=founder} begins again"),
        leads=(
            "{=founder} has founded a new company. {name} will make {=product} in {=headquarters}.",
            "a former laundry in {=headquarters} is the seat of {name}, set up this year by {=founder} to make "
            "{=product}.",
            "there is room for one more maker of {=product}, thinks {=founder}, and has founded {name} in "
            "{=headquarters}.",
        ),
        details=(
            "the first {count} people have been hired.",
            "a bank in {elsewhere} put up {sum}.",
            "the machines were bought from a bankrupt rival in {elsewhere}.",
            "a similar venture had failed in {past}.",
            "deliveries begin on {soon}.",
        ),
        quotes=(
            "I was too old to wait and too young to stop.",
            "We begin small, and we intend to sleep badly.",
            "There was still soap in the pipes.",
            "The first order came from my dentist.",
        ),
        speakers=("who is among the first employees", "a partner in the venture"),
    ),
}
