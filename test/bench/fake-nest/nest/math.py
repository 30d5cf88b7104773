from .random import Parameter


def redraw(p, min, max):
    return Parameter(f"redraw({p.text}, {min}, {max})")
