"""Personal data in a text, masked before anything stores, logs or sends it."""

from assistant.checks.personal_data.masking import mask_personal_data, without_masks

__all__ = ["mask_personal_data", "without_masks"]
