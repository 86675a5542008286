"""What can go wrong with people, passwords and roles."""

from __future__ import annotations

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

PASSWORD_SHORT = ProblemKind(
    "W100",
    Text("口令不足 {shortest} 个字符", "the password has fewer than {shortest} characters"),
    Text("可用一句话，空格和汉字都可以", "a sentence will do; spaces and Chinese characters are fine"),
)
PASSWORD_LONG = ProblemKind(
    "W101",
    Text("口令超过 {longest} 个字符", "the password has more than {longest} characters"),
    Text("缩短一些", "make it shorter"),
)
PASSWORD_LIKE_NAME = ProblemKind(
    "W102",
    Text("口令与用户名、姓名或邮箱太像", "the password is too much like your name or e-mail"),
    Text("换一个与本人信息无关的", "choose one that says nothing about you"),
)
PASSWORD_COMMON = ProblemKind(
    "W103",
    Text("口令在常见口令之列，一猜就中", "the password is among those everybody guesses first"),
    Text("换一个别人想不到的", "choose one nobody would think of"),
)
PASSWORD_DIGITS = ProblemKind(
    "W104",
    Text("口令全是数字，像证件号或电话", "the password is digits only, like an identity or telephone number"),
    Text("加上文字或字母", "add some letters or words"),
)
PASSWORD_DIFFERS = ProblemKind(
    "W105",
    Text("两次输入的新口令不一样", "the two new passwords differ"),
    Text("重新输入一遍", "type it again"),
)
PASSWORD_WRONG = ProblemKind(
    "W106",
    Text("现用口令不对", "the present password is wrong"),
    Text("核对大小写和输入法；忘了请本单位管理员重设", "check the case and input method; if forgotten, have it reset"),
)
PASSWORD_SAME = ProblemKind(
    "W107",
    Text("新口令与现用口令相同", "the new password is the present one"),
    Text("换一个新的", "choose another one"),
)
USERNAME_TAKEN = ProblemKind(
    "W110",
    Text("用户名“{username}”已有人用", "the user name “{username}” is taken"),
    Text("换一个，例如加上单位简称", "choose another, for example with the unit's short name"),
)
USERNAME_FORM = ProblemKind(
    "W111",
    Text(
        "用户名要 2 至 60 个字，由文字、数字和 . _ - 组成，以文字或数字开头",
        "a user name has 2 to 60 letters, digits or . _ - and begins with a letter or digit",
    ),
    Text("去掉空格和其他符号", "leave out spaces and other signs"),
)
NAME_NEEDED = ProblemKind(
    "W112",
    Text("没有填名称，或超过 {most} 个字", "no name was given, or it is longer than {most} characters"),
    Text("填写名称", "fill in the name"),
)
EMAIL_FORM = ProblemKind(
    "W113",
    Text("邮箱写法不对", "this is not an e-mail address"),
    Text("写成 name@example.gov.cn，或留空", "write it as name@example.gov.cn, or leave it empty"),
)
ROLE_NEEDED = ProblemKind(
    "W114",
    Text("没有选择岗位", "no role was chosen"),
    Text("在列出的岗位中选", "choose one that is listed"),
)
DATE_FORM = ProblemKind(
    "W115",
    Text("日期写法不对，或早于开始日期", "this is not a date, or it is before the first day"),
    Text("写成 2026-11-27", "write it as 2026-11-27"),
)
ROLE_HELD = ProblemKind(
    "W116",
    Text("已有这个岗位", "the person has this role already"),
    Text("先终止原来的，再重新给予", "end the one there is first"),
)
LAST_ADMINISTRATOR = ProblemKind(
    "W117",
    Text("这是最后一名系统管理员", "this is the last system administrator"),
    Text("先让另一人担任系统管理员", "make somebody else a system administrator first"),
)
NOT_ONESELF = ProblemKind(
    "W118",
    Text("不能对本人账号这样做", "this cannot be done to your own account"),
    Text("请另一名管理员办理", "ask another administrator"),
)
STILL_ACTIVE = ProblemKind(
    "W119",
    Text("账号仍在使用", "the account is still in use"),
    Text("本人离岗后先停用账号", "once the person has left, deactivate the account first"),
)
ORGANISATION_TAKEN = ProblemKind(
    "W120",
    Text("已有名为“{name}”的单位", "there is an organisation called “{name}”"),
    Text("在名录中找到它，或换一个名称", "find it in the list, or use another name"),
)
CODE_WRONG = ProblemKind(
    "W121",
    Text("验证码不对", "the code is wrong"),
    Text("用验证器当前显示的 6 位数字，并核对手机时间", "use the 6 digits shown now, and check the telephone's clock"),
)
CODE_TOO_SOON = ProblemKind(
    "W122",
    Text("验证码错误次数太多", "too many wrong codes"),
    Text("等 {seconds} 秒再试", "wait {seconds} seconds and try again"),
)
NO_SUCH_PERSON = ProblemKind(
    "W123",
    Text("没有用户名为“{username}”的人", "there is nobody with the user name “{username}”"),
    Text("用 tongchou person list 查看", "see tongchou person list"),
)
NO_SUCH_ORGANISATION = ProblemKind(
    "W124",
    Text("没有编号为“{id}”的单位", "there is no organisation with the id “{id}”"),
    Text("编号见地区包的 parties.csv", "ids are in parties.csv of the region package"),
)
ERASED = ProblemKind(
    "W125",
    Text("账号信息已清除", "the account has been erased"),
    Text("本人回来，请新建账号", "if the person is back, add a new account"),
)
