"""CIFAR100: small colour photographs of a hundred kinds of thing."""

from bricks.brick import Data, Looks
from bricks.classics import colour
from bricks.labels import label_choice
from bricks.words import N_

_NAMES = """
    apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy
    bridge bus butterfly camel can castle caterpillar cattle chair chimpanzee clock
    cloud cockroach couch crab crocodile cup dinosaur dolphin elephant flatfish
    forest fox girl hamster house kangaroo keyboard lamp lawn_mower leopard lion
    lizard lobster man maple_tree motorcycle mountain mouse mushroom oak_tree orange
    orchid otter palm_tree pear pickup_truck pine_tree plain plate poppy porcupine
    possum rabbit raccoon ray road rocket rose sea seal shark shrew skunk skyscraper
    snail snake spider squirrel streetcar sunflower sweet_pepper table tank
    telephone television tiger tractor train trout tulip turtle wardrobe whale
    willow_tree wolf woman worm
"""
CLASSES = tuple(name.replace("_", " ") for name in _NAMES.split())

BRICK = Data(
    kind="CIFAR100",
    family="data",
    order=35,
    said=N_("Photographs of a hundred things"),
    about=N_("60,000 colour photographs of a hundred kinds of thing, 32 by 32 pixels."),
    search=N_("cifar hundred photo picture colour animal"),
    looks=Looks("data"),
    params=(label_choice("Category", "Picture"),),
    gives=lambda gets, settings: (32, 32, 3),
    answers=lambda settings: CLASSES,
    split=lambda settings: (40_000, 10_000, 10_000),
    labels=("Category", "Picture"),
    files=("cifar100.npz",),
    cached=("cifar-100-python-target_archive",),
    loading=lambda settings: colour("CIFAR-100", "cifar100", len(CLASSES)),
)
