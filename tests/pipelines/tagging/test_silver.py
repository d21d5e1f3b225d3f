from pipelines.sentences import split_sentences
from pipelines.tagging.case_statistics import collect
from pipelines.tagging.features import describe
from pipelines.tagging.names import known_names, linked_names
from pipelines.tagging.silver import Knowledge, caseless_words, silver_labels
from realm.schema import Article, Link

COMMON = (
    "The river, a museum, his president, some admirals and the columnist. A river, the museum and a president. "
    "They saw the studios, as a columnist would. In studios, by a river, an admiral, some admirals, seven languages. "
    "We met the French, Ada Holm and Arvik."
)


def article(marked: str, *, title: str = "Arvik") -> Article:
    """An article whose links are written in double square brackets."""
    text, links = "", []
    for part in marked.split("[["):
        anchor, bracket, rest = part.partition("]]")
        if bracket:
            links.append(Link(len(text), len(text) + len(anchor), anchor))
        text += anchor + rest
    return Article("wikipedia", "1", "1", "", "en", "", title, (), "", text, links=tuple(links))


def labelled(one: Article, *others: Article) -> str:
    """The article's words: in brackets what is an entity, with a question mark what is unknown."""
    statistics = collect([COMMON, one.text, *(other.text for other in others)])
    names = [linked_names(each) for each in (one, *others)]
    knowledge = Knowledge(statistics, known_names(names, statistics), caseless_words(names))
    sentences = split_sentences(one.text)
    described = describe(one.text, sentences, statistics)
    labels = silver_labels(one, sentences, described, linked=linked_names(one), knowledge=knowledge)
    return " | ".join(_shown(words.words.texts, own) for words, own in zip(described, labels, strict=True))


def _shown(words: tuple[str, ...], labels: list[int]) -> str:
    shown = []
    for place, (word, label) in enumerate(zip(words, labels, strict=True)):
        opens = label > 0 and (place == 0 or labels[place - 1] != label)
        closes = label > 0 and (place + 1 == len(labels) or labels[place + 1] != label)
        shown.append(("[" if opens else "") + word + ("]" if closes else "") + ("?" if label == 0 else ""))
    return " ".join(shown)


def test_anchors_are_entities_and_their_other_mentions_too() -> None:
    text = "She went to the [[Uniting Church in Arvik]] by boat. The Uniting Church in Arvik is old, as is Bryne."
    assert labelled(article(text)) == (
        "She went to the [Uniting Church in Arvik] by boat . | The [Uniting Church in Arvik] is old , as is [Bryne] ."
    )


def test_titles_before_an_anchor_are_outside_and_so_is_the_lower_end_of_an_anchor() -> None:
    assert labelled(article("He met President [[Ada Holm]] and learnt the [[French language]] there.")) == (
        "He met President [Ada Holm] and learnt the [French] language there ."
    )


def test_capitals_behind_a_single_linked_word_may_be_the_rest_of_its_name() -> None:
    assert labelled(article("He worked for [[Kroner]] Studios then.")) == "He worked for Kroner? Studios? then ."


def test_common_words_at_the_beginning_of_a_sentence_are_outside() -> None:
    assert labelled(article("Columnist Ada Holm sang. Admirals sang. Zanthic sang.")) == (
        "Columnist [Ada Holm] sang . | Admirals sang . | Zanthic? sang ."
    )


def test_places_with_a_comma_are_two_names_and_words_in_anchors_of_dates_are_none() -> None:
    assert labelled(article("In [[Bryne, Norway]] on [[4 July]] all [[rivers]] froze.")) == (
        "In [Bryne] , [Norway] on 4 July all rivers froze ."
    )


def test_joined_capitals_are_unknown_until_some_articles_link_to_the_whole() -> None:
    text = "It is the Museum of Bryne today."
    other = article("See the [[Museum of Bryne]] here.", title="Other")
    assert labelled(article(text)) == "It is the Museum? of? Bryne? today ."
    assert labelled(article(text), other, other) == "It is the [Museum of Bryne] today ."


def test_without_capitals_only_links_tell() -> None:
    one = article("他去了[[北京市]]。北京市很大。他京也", title="中国")
    assert labelled(one) == "他 去 了 [北 京 市] 。 | [北 京 市] 很 大 。 | 他 京? 也"


def test_an_anchor_that_cuts_a_word_says_nothing() -> None:
    assert labelled(article("They sold [[Li]]AlSi4O10 there.")) == "They sold LiAlSi4O10? there ."
