"""The originals themselves, and the other versions of them in the packages."""

from pathlib import Path

from . import codecs
from .model import Recipe, seed_of
from .sources import KIN, TWINS

# The sum of two stems must not clip.
_MIX = "[0:a]{cut}aformat=sample_rates=44100[a];[1:a]{cut}aformat=sample_rates=44100[b];" \
       "[a][b]amix=inputs=2:normalize=0,volume=0.7[out]"


def _cut(material):
    if not material.seconds:
        return ""
    return f"atrim=start={material.begin}:duration={material.seconds},asetpts=PTS-STARTPTS"


def _steps(material):
    """Extension and commands: a cut or a mix becomes FLAC; a whole track stays the file from its package."""
    cut = _cut(material)
    if len(material.files) == 2:
        return "flac", (codecs.mix("flac", _MIX.format(cut=cut + "," if cut else ""), ("@in0", "@in1")),)
    if cut:
        return "flac", (codecs.encode("flac", cut, options=("-sample_fmt", "s16")),)
    return Path(material.files[0]).suffix[1:], (("cp", "@in0", "@out"),)


def recipes(materials):
    """One recipe for each of `materials`."""
    files = {}
    found = []
    for material in materials:
        extension, steps = _steps(material)
        original, treatment = TWINS.get(material.name, (material.name, "original"))
        file = f"library/{treatment}/{material.name}.{extension}"
        files[material.name] = file
        kin = (KIN[material.name],) if material.name in KIN else ()
        found.append(dict(file=file, tracks=(original, *kin), treatment=treatment, parameter=_cut(material),
                          family="original" if treatment == "original" else "version", seed=seed_of(file),
                          source=material.source, steps=steps, inputs=material.files))
    for recipe in found:
        if recipe["family"] == "version":
            recipe["labels"] = ((files[recipe["tracks"][0]], "version"),)
    return [Recipe(**recipe) for recipe in found]
