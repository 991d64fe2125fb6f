"""What practice data are called on every paper and screen: the sample exhibition, or a booth's training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.text import _

if TYPE_CHECKING:  # asked before the first paint, which needs no nouns
    from pos.model import Device

TRAINING_BOOTH = "LATIH"  # the booth code of training, see pos/training.py


def is_training(device: Device) -> bool:
    """Whether these are practice data of somebody's training, which no other ledger takes."""
    return device.sample and device.booth == TRAINING_BOOTH


def practice_word(*devices: Device) -> str:
    """One word for a mark on what tells of `devices`; empty for real books."""
    if any(map(is_training, devices)):
        return _("TRAINING")
    return _("SAMPLE") if any(device.sample for device in devices) else ""


def no_payment(device: Device) -> str:
    """What stands on a paper that somebody may take for a proof of payment; empty for real books."""
    word = practice_word(device)
    return _("{word} - NOT A PROOF OF PAYMENT").format(word=word) if word else ""


def proves_nothing(word: str) -> str:
    """What stands on any other paper; `word` is that of its devices, empty for real books."""
    return _("{word} - PROVES NOTHING").format(word=word) if word else ""
