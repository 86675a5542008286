"""What can be wrong with what the public sends, and with handling it."""

from __future__ import annotations

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

WORDS_LENGTH = ProblemKind(
    "W500",
    Text(
        "内容要在 {least} 到 {most} 字之间，现在 {have} 字",
        "between {least} and {most} characters are taken, not {have}",
    ),
    Text("写清哪里、什么事；太长的分开提交", "say where and what; send what is longer in parts"),
)
NO_SUCH_CLAUSE = ProblemKind(
    "W501",
    Text("文件里没有条款“{clause}”", "the document has no clause “{clause}”"),
    Text("在列表里选一条，或不选", "choose one from the list, or none"),
)
TOO_OFTEN = ProblemKind(
    "W502",
    Text("同一网络今天已提交 {n} 次", "{n} forms have been sent from this network today"),
    Text("请明天再来，或拨打 12345", "come back tomorrow, or telephone"),
)
CONTACT_LENGTH = ProblemKind(
    "W503",
    Text("联系方式不超过 {most} 字", "a contact has at most {most} characters"),
    Text("留一个电话或邮箱即可，也可以不留", "one number or address will do, or none"),
)
NOT_AN_ADDRESS = ProblemKind(
    "W504",
    Text("“{text}”不是电子邮箱地址", "“{text}” is not an e-mail address"),
    Text("写成 name@example.cn 的样子", "write it like name@example.cn"),
)
NO_SUCH_KIND = ProblemKind(
    "W505", Text("没有这个种类", "there is no such kind"), Text("在列表里选一个", "choose one from the list")
)
NO_REASON = ProblemKind(
    "W506",
    Text("没有写理由", "no reason was given"),
    Text("写明理由，对方才知道怎么办", "say why, so that the other side can act"),
)
NO_SUCH_ORGANISATION = ProblemKind(
    "W507", Text("没有这个单位", "there is no such organisation"), Text("在列表里选一个", "choose one from the list")
)
NOT_WAITING = ProblemKind(
    "W508",
    Text("这件已是“{state}”，不能再这样办", "it is already “{state}”; this cannot be done any more"),
    Text("刷新页面，看现在到哪一步", "reload the page and see how far it is"),
)
SAME_PERSON = ProblemKind(
    "W509",
    Text("起草人不能审定自己的答复", "who drafted a reply cannot approve it"),
    Text("请另一位负责人审定", "have somebody else approve it"),
)
SAME_ORGANISATION = ProblemKind(
    "W510",
    Text("本来就在这个单位", "it is with that organisation already"),
    Text("选另一个单位", "choose another organisation"),
)
PERSONAL_DATA = ProblemKind(
    "W511",
    Text("公开文字里还有{what}", "the words to be published still hold {what}"),
    Text("换成“×××”再公开", "put ××× in its place"),
)
NO_PUBLIC_ADDRESS = ProblemKind(
    "W512",
    Text("没有写明公众访问的地址", "where the public reaches the workbench is not said"),
    Text(
        "设置 TONGCHOU_ADDRESS，如 https://tongchou.example.cn",
        "set TONGCHOU_ADDRESS, such as https://tongchou.example.cn",
    ),
)
NO_MAIL_SERVER = ProblemKind(
    "W513",
    Text("没有设置发信服务器", "no mail server is set up"),
    Text("设置 TONGCHOU_SMTP_URL；关注者仍可用订阅源", "set TONGCHOU_SMTP_URL; followers can use the feed meanwhile"),
)
