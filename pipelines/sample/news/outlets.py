"""The invented newspapers, weeklies and broadcasters of the sample."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outlet:
    """Who prints a story.

    Attributes:
        name: as its pages show it.
        host: where its pages lie.
        layout: key of its page template.
        path: of a story; a format string of `section`, `date` and `slug`.
        charset: what its server sends.
        sections: that it prefers to print.
        reporters: whose names stand over its stories.
        server: the name of its web server.
    """

    name: str
    host: str
    layout: str
    path: str
    charset: str
    sections: tuple[str, ...]
    reporters: tuple[str, ...]
    server: str

    @property
    def slug(self) -> str:
        """For file names."""
        return self.host.removeprefix("www.").split(".")[0]

    @property
    def home(self) -> str:
        """URL of its front page."""
        return f"https://{self.host}/"


OUTLETS = (
    Outlet(
        name="The Haldmark Courier",
        host="www.haldmark-courier.example",
        layout="broadsheet",
        path="/{section}/{date:%Y/%m}/{slug}.html",
        charset="utf-8",
        sections=("Politics", "Local", "History", "Education", "Obituaries", "Books"),
        reporters=("Agna Wellmot", "T. R. Orde", "Piers Hollin"),
        server="nginx",
    ),
    Outlet(
        name="Evening Ferry",
        host="eveningferry.example.org",
        layout="tabloid",
        path="/news/{slug}-{date:%d%m%y}",
        charset="utf-8",
        sections=("Local", "People", "Interview", "Sport", "Nature"),
        reporters=("Dot Marrable", "Ken Ostrey"),
        server="Apache/2.4.29",
    ),
    Outlet(
        name="Province Today",
        host="www.province-today.example",
        layout="dated_path",
        path="/{date:%Y/%m/%d}/{section}/{slug}/",
        charset="windows-1252",
        sections=("Local", "Politics", "Nature", "Education", "Sport", "Science"),
        reporters=("Lise Quarrow", "B. Finch-Alder", "Oskar Thale"),
        server="Microsoft-IIS/8.5",
    ),
    Outlet(
        name="Ledger & Loom",
        host="www.ledgerandloom.example",
        layout="business",
        path="/article/{date:%Y%m%d}-{slug}",
        charset="utf-8",
        sections=("Business", "Politics"),
        reporters=("Corin Vask", "Hanne Lutterby"),
        server="cloudfront",
    ),
    Outlet(
        name="The Lantern",
        host="lantern.example.org",
        layout="weekly",
        path="/{section}/{slug}",
        charset="utf-8",
        sections=("Culture", "Books", "Interview", "History", "Obituaries", "People"),
        reporters=("Isolde Parr", "Magnus Ebrey", "Tilda Roon"),
        server="nginx/1.14.0",
    ),
    Outlet(
        name="Radio Seaboard",
        host="www.radio-seaboard.example",
        layout="broadcaster",
        path="/stories/{date:%Y-%m-%d}/{slug}",
        charset="utf-8",
        sections=("Local", "Culture", "Science", "Politics", "Business", "Nature", "History"),
        reporters=("Seaboard newsroom", "Yorick Vane"),
        server="openresty",
    ),
)
