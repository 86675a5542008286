"""What can be wrong with a request of a program."""

from __future__ import annotations

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

TOKEN_NAME = ProblemKind(
    "W530",
    Text("令牌要有名称，不超过 60 字", "a token needs a name of at most 60 characters"),
    Text("写明用在哪里，例如“周报脚本”", "say what it is for, such as “weekly script”"),
)
TOKEN_DAYS = ProblemKind(
    "W531",
    Text("有效期要在 1 到 {most} 天之间", "a token holds between 1 and {most} days"),
    Text("到期后重新生成", "make another one when it has expired"),
)
TOKEN_COUNT = ProblemKind(
    "W532",
    Text("有效的令牌已有 {most} 个", "there are {most} valid tokens already"),
    Text("先吊销不用的", "revoke those not in use"),
)
NOT_KNOWN = ProblemKind(
    "W533",
    Text("没有登录，或令牌无效、过期、已吊销", "not signed in, or the token is not valid, has expired or was revoked"),
    Text(
        "在“接口令牌”页生成令牌，放在 Authorization: Bearer 之后",
        "make a token on the page of tokens and send it after Authorization: Bearer",
    ),
)
NOT_ALLOWED = ProblemKind(
    "W534",
    Text("账号或令牌没有这项权限", "the account or the token may not do this"),
    Text(
        "写操作需要带写权限的令牌；岗位权限请找本单位管理员",
        "writing needs a token that may write; roles are given by your unit's administrator",
    ),
)
NOTHING_THERE = ProblemKind(
    "W535",
    Text("没有这一项，或您看不到它", "there is no such thing, or you may not see it"),
    Text(
        "核对编号；未审定的只有本单位和市级能看到",
        "check the id; what is not approved is seen by its unit and the city",
    ),
)
TOO_MANY = ProblemKind(
    "W536",
    Text("请求太多", "too many requests"),
    Text("过 {seconds} 秒再试", "try again in {seconds} seconds"),
)
BAD_VALUE = ProblemKind(
    "W537",
    Text("值不合要求：{reason}", "the value does not fit: {reason}"),
    Text("见接口说明 /api/openapi.json", "see the description at /api/openapi.json"),
)
NOT_TAKEN = ProblemKind(
    "W538",
    Text("请求不能处理：{reason}", "the request cannot be taken: {reason}"),
    Text("见接口说明 /api/openapi.json", "see the description at /api/openapi.json"),
)
OURS = ProblemKind(
    "W539",
    Text("系统出错，没有保存任何改动", "the failure is ours and nothing was changed"),
    Text("稍后再试，仍不行请把时间告诉管理员", "try again later; if it stays, tell the administrator the time"),
)
NOT_ASKED = ProblemKind(
    "W540",
    Text("这次填报没有要这个数", "this is not asked in the round"),
    Text("见 /api/answers/…/cells 列出的单元格", "see the cells listed at /api/answers/…/cells"),
)
