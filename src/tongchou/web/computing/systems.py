"""What the modules of the policy's systems, and the systems themselves, are called on a page."""

from __future__ import annotations

from tongchou.kernel.text import Text

#: Folders of ``tongchou.systems`` in the order of the policy.
MODULES = {
    "duties": Text("责任与落实", "Duties and follow-through"),
    "goals": Text("目标与差距", "Goals, gaps and indices"),
    "assessment": Text("考核与监督", "Assessment and supervision"),
    "council": Text("协调议事", "Deliberation and coordination"),
    "fiscal": Text("财政均衡", "Fiscal equalisation"),
    "compensation": Text("成本分担与生态补偿", "Cost sharing and ecological compensation"),
    "industry": Text("产业转移与协作", "Industry and paired cooperation"),
    "factors": Text("要素流动", "Free flow of factors"),
    "services": Text("公共服务", "Public services"),
    "environment": Text("生态环境共治", "Ecological and environmental governance"),
    "territory": Text("空间与土地", "Space, land and special-type areas"),
    "infrastructure": Text("基础设施与数字底座", "Infrastructure and digital base"),
}
#: The systems the policy says should exist.
SYSTEMS = {
    "S01": Text("职责分工台账", "Division-of-duties matrix"),
    "S02": Text("实施方案", "Implementation plans, one per department and county"),
    "S03": Text("研究部署—组织落实—跟踪检查闭环", "Study, carry out, follow up"),
    "S04": Text("区域协调发展长效机制", "Long-term mechanism for coordinated regional development"),
    "S05": Text("时间节点目标体系", "Milestone system 2022 / 2035 / 2050"),
    "S06": Text("基本公共服务均等化与差距指数", "Basic-public-service equalisation and gap index"),
    "S07": Text("娄烦、阳曲与中心城区水平对标", "Parity test for Loufan and Yangqu"),
    "S08": Text("省会城市首位度", "Provincial-capital primacy"),
    "S09": Text("获得感、幸福感、安全感调查", "Survey of sense of gain, happiness and security"),
    "S10": Text("城乡一体化水平与数字鸿沟测度", "Urban-rural integration and digital-divide measure"),
    "S11": Text("考核", "Assessment of counties and departments"),
    "S12": Text("社会传媒和公众监督", "Media and public supervision of regional plans and policies"),
    "S13": Text("区域政策“四性”评估", "Review of regional policy"),
    "S14": Text("试点实验登记与推广", "Pilot register and roll-out"),
    "S15": Text("县（市、区）政府联席会议制度", "Joint conference of county-level governments"),
    "S16": Text(
        "跨地区跨部门重点项目、重大工程、重要事项协调推进机制", "Cross-area drive for key projects, works and matters"
    ),
    "S17": Text("跨区域协调机制", "Cross-boundary coordination tried by counties with neighbours"),
    "S18": Text(
        "全市区域合作发展机制与中部盆地城市一体化体制机制", "City-wide cooperation and central-basin integration"
    ),
    "S19": Text("战略规划和政策统筹", "Coordination of strategies, plans and policies"),
    "S20": Text("市域均衡性财政转移支付制度", "City-level equalisation transfer"),
    "S21": Text("转移支付体系", "Transfer-payment system"),
    "S22": Text(
        "市与县财政事权和支出责任划分", "Division of fiscal powers and spending duties between city and counties"
    ),
    "S23": Text("县级财政基本公共服务保障能力", "County fiscal capacity for basic public services"),
    "S24": Text(
        "跨区域项目成本分担机制", "Cost sharing for cross-area infrastructure, public-service and ecological projects"
    ),
    "S25": Text("区域生态价值评估", "Scientific assessment of regional ecological value"),
    "S26": Text("市域生态补偿制度", "City ecological-compensation scheme"),
    "S27": Text("横向生态补偿机制", "Horizontal ecological compensation"),
    "S28": Text("对口协作体系", "Paired cooperation with outside regions"),
    "S29": Text("古交市对口合作体系与重点园区", "Gujiao paired-cooperation system and key park"),
    "S30": Text("承接产业转移项目库", "Pipeline of relocating industry"),
    "S31": Text("与京津冀分类对接", "Docking by field with Beijing-Tianjin-Hebei"),
    "S32": Text("优势产业集群名录", "Register of industry clusters and their places"),
    "S33": Text("集群互补与产业协作体系", "Inter-cluster complementarity and industrial-cooperation system"),
    "S34": Text("产业与土地优势互补撮合", "Matching central-city industry with county land"),
    "S35": Text("干部互相挂职交流常态化机制", "Standing exchange of officials on temporary posts"),
    "S36": Text("院所科研成果定期发布机制", "Regular release of research results of institutes"),
    "S37": Text("企业科技需求长效征集机制", "Standing collection of firms' technology needs"),
    "S38": Text("统一开放的交易平台", "Unified open trading platform"),
    "S39": Text("城乡建设用地增减挂钩制度", "Linked increase and decrease of urban and rural construction land"),
    "S40": Text("低效闲置土地退出机制", "Exit of inefficient and idle land"),
    "S41": Text("“六最”营商环境评价", "Business-environment measure"),
    "S42": Text("众创空间与创客经济体系", "Maker spaces and maker economy"),
    "S43": Text("劳动就业跨城乡流转衔接制度", "Carry-over of employment and social rights between town and country"),
    "S44": Text("公共服务合作机制", "Public-service cooperation"),
    "S45": Text("政府购买公共服务", "Government purchase of public services, widened"),
    "S46": Text("全民参与平台", "Platform for everyone to take part in city management"),
    "S47": Text(
        "义务教育学校市定基本办学标准达标", "Check of every compulsory school in two counties against the city standard"
    ),
    "S48": Text("县、乡、村三级医疗卫生服务网络", "Three-level health-service network of Loufan"),
    "S49": Text("县乡医疗一体化改革试点推广", "Roll-out of the Yangqu county-township medical integration pilot"),
    "S50": Text("医疗、临时、慈善救助", "Medical, temporary and charitable relief"),
    "S51": Text("“四不摘”与后续帮扶台账", '"Four not removed" and follow-up support'),
    "S52": Text("大型项目优先向阳曲安排规则", "Priority rule for siting projects in Yangqu"),
    "S53": Text("农村基本经营制度与乡村治理体系", "Rural basic operation system and village governance"),
    "S54": Text("市、县、乡、村林长制", "Forest-chief system, four levels"),
    "S55": Text("河湖长制", "River- and lake-chief system"),
    "S56": Text("“一河一湖一策”", "One plan for each river and each lake"),
    "S57": Text("生态保护名录", "Protected-object register"),
    "S58": Text(
        "全流域、全区域联防联控和城乡协同治理模式",
        "Joint prevention and control over whole basins and regions, town and country together",
    ),
    "S59": Text("水污染联防联控物联网", "Internet of things for joint control of water pollution"),
    "S60": Text("大气污染物排放管控", "Control of air-pollutant emissions"),
    "S61": Text("“五水同治”", "Five waters treated together"),
    "S62": Text("土壤污染地块清单", "Register of polluted soil"),
    "S63": Text("化肥农药零增长与农业废弃物资源化", "Zero growth of fertiliser and pesticide; use of farm waste"),
    "S64": Text("污染集中治理体制与生活垃圾分类", "Centralised pollution treatment and household-waste sorting"),
    "S65": Text("国土空间规划统筹各类规划", "Territorial spatial plan that governs all other plans"),
    "S66": Text("资源环境承载力", "Resource and environment carrying capacity"),
    "S67": Text("清徐、阳曲“撤县设区”推进", "Qingxu and Yangqu: from county to district"),
    "S68": Text("采煤沉陷区综合治理台账", "Register of coal-mining subsidence areas in 6 counties"),
    "S69": Text("特殊类型地区与古交转型遗留问题清单", "Special-type areas and Gujiao's list of inherited problems"),
    "S70": Text("城市绿地系统与通风廊道", "City green-space system and wind corridors"),
    "S71": Text("重大项目进度表", "Schedule of named works"),
    "S72": Text("太原都市区轨道交通线网规划", "Rail-transit network plan of the metropolitan area"),
    "S73": Text("交通互联互通网络", "Connected transport"),
    "S74": Text("能源网络", "Energy networks"),
    "S75": Text("信息网络", "Information networks"),
    "S76": Text("新型全域智慧城市", "All-area smart city"),
    "S77": Text(
        "大小水网与水资源全域化配置", "Large and small water networks; allocation of water over the whole city"
    ),
    "S78": Text("绿色改造行动台账", "Register of green retrofits"),
}


def module(id_: str) -> Text:
    """Return what the module of a rule is called; a package's own modules are shown as they are written."""
    name = id_.partition(".")[0]
    return MODULES.get(name, Text(name, name))


def system(code: str) -> Text:
    """Return what a system is called; an unknown one is shown by its number."""
    return SYSTEMS.get(code, Text(code, code))
