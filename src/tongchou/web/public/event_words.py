"""What the events of public pages are called, and which of them make something public."""

from tongchou.kernel.text import Text

WORDS: dict[str, Text] = {
    "public.question_received": Text("收到群众提问", "question of the public received"),
    "public.question_routed": Text("转办群众提问", "question passed on"),
    "public.reply_drafted": Text("起草答复", "reply drafted"),
    "public.reply_returned": Text("退回答复", "reply returned"),
    "public.reply_approved": Text("审定答复", "reply approved"),
    "public.question_published": Text("公开问答", "question and reply published"),
    "public.follow_asked": Text("有人申请关注承诺", "somebody asked to follow a commitment"),
    "public.follow_confirmed": Text("有人关注承诺", "somebody follows a commitment"),
    "public.follow_ended": Text("有人取消关注", "somebody stopped following"),
}
#: Kinds that put something before the public; the disclosure log lists them.
DISCLOSES = frozenset({"public.question_published", "duties.report_approved", "duties.report_entered"})
