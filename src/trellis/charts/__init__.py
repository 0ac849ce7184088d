"""Charts that everybody can read: SVG with a title and a description, and the same as PNG."""

from trellis.charts.draw import accessible_svg, to_png, to_svg

__all__ = ["accessible_svg", "to_png", "to_svg"]
