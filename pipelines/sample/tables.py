"""Tables and lists that stand below a section's prose."""

from pipelines.sample.writer import PageWriter


def climate_table(writer: PageWriter) -> str:
    """Temperature and rain of a city."""
    rows = ['{| class="wikitable"', "! Month !! Mean temperature !! Rain"]
    for month, mean in (("January", -4), ("April", 6), ("July", 17), ("October", 7)):
        degrees = mean + writer.between(-2, 3, "degrees", month)
        rows += ["|-", f"| {month} || {{{{convert|{degrees}|C|F}}}} || {writer.between(22, 90, 'rain', month)} mm"]
    return "\n".join([*rows, "|}"])


def district_table(writer: PageWriter) -> str:
    """Farmed land of a province."""
    rows = ['{| class="wikitable sortable"', "|+ Farmed land, in thousands of hectares", "! District !! Land"]
    for name in ("North", "Middle", "South"):
        rows += ["|-", f"| {name}", f"| {writer.between(11, 90, 'land', name)}"]
    return "\n".join([*rows, "|}"])


def work_list(writer: PageWriter) -> str:
    """An artist's works with their years; empty for whoever made none."""
    world = writer.world
    works = [world.subject(fact) for fact in world.pointing_at(writer.entity, "creator")]
    dated = sorted((world.fact(work, "year").answer, work.key, writer.link(work)) for work in works)
    return "\n".join(f"* {link} ({year})" for year, _, link in dated)
