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


def practice_word(device: Device) -> str:
    """One word for a mark; empty for real books."""
    if is_training(device):
        return _("TRAINING")
    return _("SAMPLE") if device.sample else ""


def no_payment(device: Device) -> str:
    """What stands on a paper that somebody may take for a proof of payment; empty for real books."""
    if is_training(device):
        return _("TRAINING - NOT A PROOF OF PAYMENT")
    return _("SAMPLE - NOT A PROOF OF PAYMENT") if device.sample else ""


def proves_nothing(device: Device) -> str:
    """What stands on any other paper; empty for real books."""
    if is_training(device):
        return _("TRAINING - PROVES NOTHING")
    return _("SAMPLE - PROVES NOTHING") if device.sample else ""
