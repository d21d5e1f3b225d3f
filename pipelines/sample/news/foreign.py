"""Stories in other languages: archives hold them too, and a reader of English drops them."""

GERMAN_TITLES = ("Neues aus {city}", "{city} feiert sein Stadtfest", "Warten auf den Zug nach {city}")
GERMAN = (
    "In {city} ist am Wochenende das Stadtfest zu Ende gegangen, zu dem rund {large} Gäste gekommen waren.",
    "Der Zug nach {elsewhere} fährt wegen einer Baustelle bis auf weiteres nur alle zwei Stunden.",
    "„Wir haben den Umzug drei Monate lang vorbereitet“, sagte {person}, die den Verein seit Jahren leitet.",
    "Auf dem Marktplatz spielte bis in die Nacht hinein eine Kapelle, und viele tanzten trotz des Regens.",
    "Die Feuerwehr musste zweimal ausrücken, weil in einer Küche Fett in Brand geraten war.",
    "Verletzt wurde niemand, der Schaden blieb nach ersten Angaben gering.",
    "Im kommenden Jahr soll das Fest einen Tag länger dauern, wenn der Stadtrat dem Plan zustimmt.",
    "Die Besucher aus {elsewhere} reisten am Sonntag mit Bussen wieder ab.",
    "Für die Kinder gab es ein Puppentheater, Apfelkuchen und einen Wettlauf rund um die Kirche.",
    "Einige Anwohner beschwerten sich über den Lärm, die meisten aber freuten sich mit.",
)
FRENCH_TITLES = ("Un dimanche à {city}", "{city} rouvre son marché couvert", "La pluie n’a pas gâché la fête à {city}")
FRENCH = (
    "Le marché couvert de {city} a rouvert ses portes samedi après plusieurs mois de travaux.",
    "Près de {large} personnes se sont pressées devant les étals, malgré une pluie fine et un vent froid.",
    "« Nous n’avions jamais vu autant de monde », raconte {person}, qui vend du fromage depuis vingt ans.",
    "Les ouvriers venus de {elsewhere} ont refait la toiture et remplacé les vieilles fenêtres.",
    "La mairie souhaite maintenant planter des arbres le long de la rue qui mène à la gare.",
    "Les habitants du quartier se réjouissent, mais ils craignent que les loyers n’augmentent.",
    "Une fanfare a joué pendant deux heures, puis les enfants ont lâché des ballons.",
    "Le prochain rendez-vous est fixé au printemps, avec une exposition sur l’histoire du lieu.",
    "Des cars supplémentaires circuleront entre {city} et {elsewhere} jusqu’à la fin du mois.",
    "Un boulanger a offert du pain chaud aux premiers visiteurs, qui ont applaudi longuement.",
)
LANGUAGES = {"de": (GERMAN_TITLES, GERMAN), "fr": (FRENCH_TITLES, FRENCH)}
