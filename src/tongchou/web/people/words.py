"""Words for what happened to people and organisations."""

from __future__ import annotations

from tongchou.kernel.text import Text

EVENTS: dict[str, Text] = {
    "people.person_added": Text("新建账号", "account added"),
    "people.person_changed": Text("更正姓名或邮箱", "name or e-mail corrected"),
    "people.role_given": Text("给予岗位", "role given"),
    "people.role_ended": Text("终止岗位", "role ended"),
    "people.deactivated": Text("停用账号", "account closed"),
    "people.reactivated": Text("恢复账号", "account opened again"),
    "people.password_changed": Text("本人修改口令", "password changed"),
    "people.password_reset": Text("重设口令", "password reset"),
    "people.unlocked": Text("解除锁定", "unlocked"),
    "people.sessions_ended": Text("结束登录", "sessions ended"),
    "people.second_factor_begun": Text("开始设置验证器", "authenticator begun"),
    "people.second_factor_confirmed": Text("启用验证器", "authenticator in use"),
    "people.second_factor_removed": Text("停用验证器", "authenticator removed"),
    "people.backup_code_used": Text("使用备用码", "backup code used"),
    "people.erased": Text("清除个人信息", "erased"),
    "people.outside_body_added": Text("新增外部单位", "outside body added"),
    "people.office_email_set": Text("设置办公邮箱", "office e-mail set"),
}
