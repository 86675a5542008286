"""What the events of the interface are called."""

from tongchou.kernel.text import Text

WORDS: dict[str, Text] = {
    "api.token_made": Text("生成接口令牌", "token made"),
    "api.token_revoked": Text("吊销接口令牌", "token revoked"),
}
