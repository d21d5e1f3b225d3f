"""Occasions to write about events of the past."""

from pipelines.sample.news.scenario import Scenario

EVENTS = (
    Scenario(
        name="looking back",
        subject="event",
        needs=("place", "year"),
        section="History",
        headlines=("When it happened in {=place}", "{=place} looks back", "The {bare} in pictures"),
        leads=(
            "in {=place} a museum looks back on {name}. Photographs, drawings and a boot recall what happened in "
            "{=year}.",
            "those who remembered {=year} are long silent. A show in {=place} tells of {name}.",
            "{=place} has dug out its old newspapers. They tell of {name}, and of what the city went through in "
            "{=year}.",
        ),
        details=(
            "the show was put together in {months} months.",
            "a diary, found in {elsewhere} in {past}, is being shown for the first time.",
            "for the opening {other} came by train.",
            "pupils have built a model out of {large} matches.",
            "until {soon} admission is free.",
            "a first exhibition, in {past}, had been closed after complaints from {elsewhere}.",
            "some of the pictures had been wrongly labelled for years, and showed {elsewhere}.",
        ),
        quotes=(
            "My great-aunt spoke of it as if she had been there, and she was not born.",
            "You look into those faces and they look back.",
            "There are three versions, and the city likes the second best.",
            "We have the boot, and we have no idea whose it is.",
        ),
        speakers=("who put the show together", "who runs the town museum", "a visitor from {elsewhere}"),
    ),
    Scenario(
        name="documents",
        subject="event",
        needs=("leader", "year"),
        section="History",
        headlines=("New light on the {bare}", "What {=leader} wrote home", "{count} letters and a map"),
        leads=(
            "{count} letters and a map, found in {elsewhere}, throw new light on {name} of {=year} and on the part "
            "that "
            "{=leader} played.",
            "was {=leader} a hero? A historian has gone through the files on {name} of {=year} and has come back with "
            "doubts.",
            "for {name}, long a matter of songs, there are at last some figures. They come from a notebook that "
            "{=leader} "
            "kept in {=year}.",
        ),
        details=(
            "the notebook had been used as a doorstop in {elsewhere}.",
            "a monument, planned since {past}, is on the agenda again.",
            "the papers will be printed on {soon}.",
            "a chronicle from {elsewhere} had told the story quite differently.",
            "the map is drawn with care and has north at the bottom.",
            "{stranger} bought the papers for {large} crowns.",
        ),
        quotes=(
            "Nobody lies in a notebook that is meant for the price of nails.",
            "We have taught it wrongly, and with great pleasure.",
            "A hero has more laundry than one thinks.",
            "The songs will have to be sung on, they are too good.",
        ),
        speakers=("who has studied the papers", "a local historian", "who works in the state archive"),
    ),
    Scenario(
        name="how many",
        subject="event",
        needs=("place", "count"),
        section="History",
        headlines=("The {bare}: a lecture and its echo", "Numbers that stay", "Evening on the {bare}"),
        leads=(
            "the community hall of {=place} was full when {stranger} spoke about {name} on {weekday}.",
            "a stage play about {name} has opened in {=place}, where it all happened.",
            "{name} is the theme of this year's school competition in {=place}. {few} classes chose the old story from "
            "their own streets.",
        ),
        details=(
            "the discussion went on until eleven.",
            "songs of the time were sung by a choir from {elsewhere}.",
            "a film about it, shot in {elsewhere} in {past}, was considered lost.",
            "the prize, {sum} for the school, will be handed over on {soon}.",
            "{other} has promised to write an introduction.",
            "the costumes had been lent by the theatre of {elsewhere}.",
        ),
        quotes=(
            "The number is on a stone that we walk past every day.",
            "One learns more from the bills than from the speeches.",
            "My class wanted dragons. They got a municipal report, and loved it.",
            "I have been telling it for forty years, and it gets longer.",
        ),
        speakers=("a history teacher", "who collects old newspapers", "who keeps the local archive"),
    ),
)
