"""The templates of pages: all that is data is escaped, and safe for a terminal too."""

from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.filters import do_urlencode
from markupsafe import Markup, escape

from grcm_cli.language import text
from grcm_cli.language.articles import grammar
from grcm_cli.site import fragments

_HERE = Path(__file__).parent
ASSETS = _HERE / "assets"
"""The folder of style sheets and scripts."""


@cache
def environment() -> Environment:
    """Return the environment in which pages are rendered."""
    made = _PageEnvironment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    # Looked up at each call: the language changes between pages.
    made.globals["_"] = lambda message: text._(message)  # noqa: PLW0108 - not `text._` itself
    made.globals["ngettext"] = lambda one, many, count: text.ngettext(one, many, count)  # noqa: PLW0108
    made.globals.update(
        together=fragments.together,
        parties=fragments.parties,
        isolated_party=fragments.isolated_party,
        isolated_parties=fragments.isolated_parties,
        cells=fragments.cells,
        code_items=fragments.code_items,
    )
    made.filters["urlencode"] = lru_cache(maxsize=4096)(do_urlencode)
    made.filters["own_name"] = lambda language: grammar(language)["name"]
    made.filters["zip"] = zip
    return made


def _shown(value: object) -> str:
    """Return the HTML of a value: of data, escaped; of what the templates made, as it is."""
    # Only data is a plain str; the template's own HTML is Markup.
    kind = type(value)
    if kind is str:
        return fragments.html(value)
    return value if kind is Markup else escape(value)  # type: ignore[return-value] # it is one


class _PageCodeGenerator(CodeGenerator):
    """Compiles templates to code that does without what no template of ours needs.

    A value is not escaped a second time after `_shown`, an attribute is never a key, and no
    function takes the context. It saves nearly half the time of rendering.
    """

    def _output_child_pre(self, *_node: object) -> None:
        self.write("environment.finalize(")

    def _output_child_post(self, *_node: object) -> None:
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - jinja's name
        if isinstance(node.node, nodes.Name) and node.node.name == "self":  # the template's blocks
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(  # noqa: N802 - jinja's name
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: ARG002, FBT001, FBT002 - jinja's, for call blocks
    ) -> None:
        self.write("(")
        self.visit(node.node, frame)
        self.write(")(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for named in node.kwargs:
            self.write(f"{named.key}=")
            self.visit(named.value, frame)
            self.write(", ")
        self.write(")")


class _PageEnvironment(Environment):
    code_generator_class = _PageCodeGenerator
