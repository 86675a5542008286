"""What the events of the ledger in motion are called."""

from __future__ import annotations

from tongchou.kernel.text import Text

WORDS = {
    "duties.commitments_proposed": Text("读入承诺", "commitments proposed"),
    "duties.commitment_confirmed": Text("确认承诺", "commitment confirmed"),
    "duties.commitment_rejected": Text("不作承诺", "commitment rejected"),
    "duties.commitment_followed": Text("指定跟踪人", "follower named"),
    "duties.report_written": Text("填写进展", "report written"),
    "duties.report_submitted": Text("提交进展", "report submitted"),
    "duties.report_returned": Text("退回进展", "report returned"),
    "duties.report_approved": Text("审定进展", "report approved"),
    "duties.report_entered": Text("代录进展", "report entered on behalf"),
    "duties.report_acknowledged": Text("核对代录的进展", "report entered on behalf found right"),
    "duties.evidence_added": Text("补充佐证", "evidence added"),
    "duties.evidence_accepted": Text("认定佐证", "evidence accepted"),
    "duties.evidence_refused": Text("佐证未认定", "evidence not accepted"),
    "duties.answer_proposed": Text("拟议答复", "answer proposed"),
    "duties.answer_signed": Text("答复已签", "answer signed"),
    "duties.answer_withdrawn": Text("撤回答复", "answer withdrawn"),
    "duties.round_sent": Text("发出征求意见", "consultation sent"),
    "duties.round_answered": Text("收到回函", "reply received"),
    "duties.round_closed": Text("结束征求意见", "consultation closed"),
    "duties.plan_filed": Text("报送实施方案", "plan filed"),
    "duties.digest_made": Text("生成周清单", "weekly list made"),
    "duties.digest_sent": Text("发出周清单", "weekly list sent"),
    "duties.digest_refused": Text("周清单未能发出", "weekly list refused by the mail server"),
    "duties.ledger_received": Text("收到台账表", "ledger workbook received"),
    "duties.ledger_imported": Text("导入台账表", "ledger workbook imported"),
}
