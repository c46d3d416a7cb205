"""The methods as the page offers them; no Keras."""

from __future__ import annotations

from dataclasses import dataclass

from bricks.words import N_


@dataclass(frozen=True)
class Method:
    """One way to a heatmap. `at_layer`: it looks at the maps of one layer."""

    name: str
    title: str
    source: str
    """Who described it, as the literature is cited."""
    says: str
    at_layer: bool = False


METHODS = (
    Method(
        "grad_cam",
        "Grad-CAM",
        "Selvaraju et al. 2017",
        N_("Which places of a brick's maps speak for the answer."),
        at_layer=True,
    ),
    Method(
        "grad_cam_pp",
        "Grad-CAM++",
        "Chattopadhay et al. 2018",
        N_("As Grad-CAM, better where a thing is several times in the picture."),
        at_layer=True,
    ),
    Method(
        "integrated_gradients",
        N_("Integrated gradients"),
        "Sundararajan et al. 2017",
        N_("What each point adds to the answer, from a black picture to this one."),
    ),
    Method(
        "occlusion",
        N_("Occlusion"),
        "Zeiler & Fergus 2014",
        N_("How much the answer drops where a patch of the picture is covered."),
    ),
)
