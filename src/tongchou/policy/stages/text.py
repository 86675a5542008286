"""The stages that turn bytes into the clean text of a document: decode → script → repair."""

from __future__ import annotations

from tongchou.policy.stages import decode, repair, script

TEXT_STAGES = (decode.STAGE, script.STAGE, repair.STAGE)
