"""What the events of people are called."""

from tongchou.kernel.text import Text

WORDS: dict[str, Text] = {
    "people.organisations_received": Text("载入单位名录", "organisations taken from the region package"),
    "people.outside_body_added": Text("添加外部单位", "outside body added"),
    "people.office_email_set": Text("设置单位邮箱", "office address set"),
    "people.person_added": Text("添加人员", "person added"),
    "people.person_changed": Text("修改人员信息", "person changed"),
    "people.role_given": Text("赋予岗位", "role given"),
    "people.role_ended": Text("结束岗位", "role ended"),
    "people.deactivated": Text("停用账号", "account switched off"),
    "people.reactivated": Text("恢复账号", "account switched on again"),
    "people.erased": Text("删除个人信息", "personal data erased"),
    "people.unlocked": Text("解除登录锁定", "account unlocked"),
    "people.password_changed": Text("修改口令", "password changed"),
    "people.password_reset": Text("重设口令", "password reset"),
    "people.sessions_ended": Text("结束登录", "sessions ended"),
    "people.second_factor_begun": Text("开始设置二次验证", "second factor begun"),
    "people.second_factor_confirmed": Text("启用二次验证", "second factor confirmed"),
    "people.second_factor_removed": Text("取消二次验证", "second factor removed"),
    "people.backup_code_used": Text("使用备用码登录", "backup code used"),
}
