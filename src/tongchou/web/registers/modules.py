"""What the twelve modules of the policy's systems are called."""

from __future__ import annotations

from tongchou.kernel.text import Text

MODULES = {
    "duties": Text("责任与落实", "Duties and implementation"),
    "goals": Text("目标与差距", "Goals and gaps"),
    "assessment": Text("考核、监督与试点", "Assessment, supervision and pilots"),
    "council": Text("协调议事", "Deliberation and coordination"),
    "fiscal": Text("财政均衡", "Fiscal equalisation"),
    "compensation": Text("成本分担与生态补偿", "Cost sharing and compensation"),
    "industry": Text("产业转移、集群与对口合作", "Industry, clusters and paired cooperation"),
    "factors": Text("要素自由流动", "Free flow of factors"),
    "services": Text("公共服务与脱贫巩固", "Public services and poverty gains"),
    "environment": Text("生态环境共治", "Environmental governance"),
    "territory": Text("空间、土地与特殊类型地区", "Space, land and special areas"),
    "infrastructure": Text("基础设施与数字底座", "Infrastructure and digital base"),
}
