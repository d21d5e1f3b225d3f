from lxml import etree

from pipelines.site import SiteInfo

DUMP = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" xml:lang="vi"><siteinfo>
<sitename>Wikipedia</sitename>
<dbname>viwiki</dbname><base>https://vi.example/</base><case>first-letter</case><namespaces>
<namespace key="0" case="first-letter"/><namespace key="6" case="first-letter">Tập tin</namespace>
<namespace key="14" case="first-letter">Thể loại</namespace></namespaces></siteinfo></mediawiki>"""


def test_siteinfo_gives_language_and_local_prefixes() -> None:
    site = SiteInfo.from_element(etree.fromstring(DUMP)[0])
    assert (site.lang, site.database, site.main_namespace) == ("vi", "viwiki", 0)
    assert {"tập tin", "file", "image", "media"} <= site.file_prefixes
    assert site.namespace_of("Thể_loại:Sông") == 14
    assert site.namespace_of("Star Trek: Voyager") == 0


def test_redirects_are_known_in_any_language() -> None:
    site = SiteInfo.english()
    assert site.redirect_target("#REDIRECT [[foo_bar#part]]") == "Foo bar"
    assert site.is_redirect(" #đổi [[Hà Nội]]")
    assert site.is_redirect("#redirect:[[local]]")
    assert not site.is_redirect("# [[first]] item")
