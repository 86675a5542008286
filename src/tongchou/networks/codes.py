"""Problem codes of networks (N…)."""

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

SHAPE = ProblemKind(
    "N001",
    Text("“{what}”有 {found} 个数，应为 {expected} 个", "{what!r} has {found} values; {expected} are needed"),
    Text("每条边一个数", "give one value for each edge"),
)
BAD_COST = ProblemKind(
    "N002",
    Text("第 {edge} 条边（{tail}→{head}）的通行成本是 {cost}", "edge {edge} ({tail} → {head}) has a cost of {cost}"),
    Text("成本须是不为负的有限数", "a cost is a finite number, not negative"),
)
UNKNOWN_NODE = ProblemKind(
    "N003",
    Text("没有节点“{node}”", "there is no node {node!r}"),
    Text("核对节点编号；有 {count} 个节点", "check the id; there are {count} nodes"),
)
NO_EDGES = ProblemKind(
    "N004",
    Text("没有边", "there are no edges"),
    Text("至少给一条边", "give at least one edge"),
)
OUT_OF_RANGE = ProblemKind(
    "N005",
    Text("{what} 应在 {low} 以上，现为 {found}", "{what} must be at least {low}; it is {found}"),
    Text("改正这个数", "correct the number"),
)
NO_SUPPLY = ProblemKind(
    "N006",
    Text("“{what}”有缺失或为负的数", "{what!r} has numbers that are missing or negative"),
    Text("补上，没有的写 0", "fill them in; write 0 where there is none"),
)
TWICE = ProblemKind(
    "N007",
    Text("“{what}”中有重复的编号", "{what!r} has an id twice"),
    Text("每个编号只给一次", "give each id once"),
)
NOT_ZONES = ProblemKind(
    "N008",
    Text("紧凑服务区只适用于分级权重", "compact catchments hold zones only"),
    Text("改用分级权重，或用两点表计算", "use a decay in zones, or a table of pairs"),
)
OUTSIDE = ProblemKind(
    "N009",
    Text("“{what}”中有不在 0 至 {most} 之间的序号", "{what!r} has numbers outside 0 to {most}"),
    Text("序号从 0 起，对应各行", "numbers start at 0 and name the rows"),
)
NO_COLUMN = ProblemKind(
    "N010",
    Text("没有“{what}”列", "there is no column for {what!r}"),
    Text("列名可用 {names}，或在 columns 中指明", "it may be called {names}; or name it in columns"),
)
UNKNOWN_FILE = ProblemKind(
    "N011",
    Text("不能读“{kind}”文件", "files of kind {kind!r} cannot be read"),
    Text("用 CSV、Parquet 或 GeoPackage", "use CSV, Parquet or GeoPackage"),
)
NO_FILE = ProblemKind("N012", Text("没有这个文件", "there is no such file"), Text("核对路径", "check the path"))
WHICH_LAYER = ProblemKind(
    "N013",
    Text("要指明用哪个图层：{layers}", "say which layer to use: {layers}"),
    Text("用 layer 指明", "name it in layer"),
)
NO_VALUE = ProblemKind(
    "N014",
    Text("“{what}”缺失", "{what!r} is missing"),
    Text("补上这个数，或删去这一行", "fill it in, or leave the row out"),
)
NO_SPEED = ProblemKind(
    "N015",
    Text("速度是 {speed}", "the speed is {speed}"),
    Text("速度须大于零，单位公里每小时", "a speed is more than zero, in km/h"),
)
NO_SUCH_EDGE = ProblemKind(
    "N016",
    Text("没有 {tail}→{head} 这条边", "there is no edge {tail} → {head}"),
    Text("核对两端；只单向的边标明单向", "check both ends; say one way where it goes one way only"),
)
TOO_MANY = ProblemKind(
    "N017",
    Text("“{what}”有 {found} 个，应为 1 至 {most} 个", "{what!r} are {found}; between 1 and {most} can be worked out"),
    Text("合并或分批", "join some, or take fewer at a time"),
)
NO_PLAN = ProblemKind(
    "N018",
    Text("没有可行的布点方案", "no plan of sites fits"),
    Text("增加点数或容量，或放宽限值", "allow more sites or more room, or a wider limit"),
)
NO_TIME = ProblemKind(
    "N019",
    Text("{seconds} 秒内没有找到方案", "no plan was found in {seconds} seconds"),
    Text("给更多时间，或减少候选点", "give it more time, or fewer candidates"),
)
UNREACHED = ProblemKind(
    "N020",
    Text("第 {place} 个地方在 {limit} 之内没有候选点", "no candidate is within {limit} of place {place}"),
    Text("增加候选点，或放宽限值", "add candidates, or widen the limit"),
)
SITES = ProblemKind(
    "N021",
    Text("点数是 {found}，应为 {low} 至 {most}", "{found} sites are asked for; between {low} and {most} can be"),
    Text("已有的点也算在内", "existing sites are counted"),
)
NO_FLOW = ProblemKind(
    "N022",
    Text("满足不了 {need} 的需要", "a need of {need} cannot be met"),
    Text("增加来源或通道容量，或改用按优先次序分配", "add supply or capacity, or share by priority"),
)
CIRCLES = ProblemKind(
    "N023",
    Text("水在这些节点间打转：{nodes}", "water would circle between these nodes: {nodes}"),
    Text("核对河段的方向", "check which way the reaches flow"),
)
NO_POSITION = ProblemKind(
    "N024",
    Text("{at} 不是经纬度", "{at} is no longitude and latitude"),
    Text("经度在 ±180 之内，纬度在 ±90 之内，先经后纬", "longitude within ±180 first, then latitude within ±90"),
)
NO_TIME_OF_DAY = ProblemKind(
    "N025",
    Text("“{time}”不是时刻，或站序不是整数", "{time!r} is no time of day, or the sequence is no whole number"),
    Text("写成 时:分:秒，过午夜可超过 24 时", "write hours:minutes:seconds; past midnight hours go on from 24"),
)
NO_NETWORK = ProblemKind(
    "N026",
    Text("包里没有网络“{network}”", "the package holds no network {network!r}"),
    Text("有这些：{names}", "there are: {names}"),
)
NO_LENGTH = ProblemKind(
    "N027",
    Text("{tail}—{head} 既没有分钟也没有公里", "{tail}–{head} has neither minutes nor km"),
    Text("填分钟，或填公里并在 assumed 中给出该方式的速度", "give minutes, or km with an assumed speed for the mode"),
)
NO_MODE_SPEED = ProblemKind(
    "N028",
    Text("没有“{mode}”的速度", "there is no speed for {mode!r}"),
    Text("在 network.yaml 的 assumed 中写 {name}，单位 km/h", "write {name} in km/h under assumed in network.yaml"),
)
CLOSED_FIRST = ProblemKind(
    "N029",
    Text("{closes} 关闭不晚于 {opens} 开通", "it closes on {closes}, not after it opens on {opens}"),
    Text("关闭日是不再通行的第一天", "the day of closing is the first on which it does not run"),
)
OVERLAP = ProblemKind(
    "N030",
    Text(
        "{tail}—{head}（{mode}）与第 {line} 行同时有效",
        "{tail}–{head} ({mode}) holds at the same time as line {line}",
    ),
    Text("改时的一段写两行：前一行写关闭日", "write a re-timed link in two rows; the first one closes"),
)
SHORT_LINE = ProblemKind(
    "N031",
    Text("线路“{line}”少于两站", "the line {line!r} has fewer than two stops"),
    Text("在 stops.csv 列出它的站", "list its stops in stops.csv"),
)
NO_SPACING = ProblemKind(
    "N032",
    Text(
        "线路“{line}”第 {position} 站到下一站没有公里", "the line {line!r} has no km from stop {position} to the next"
    ),
    Text("只有末站可以空", "only the last stop may leave it empty"),
)
NO_GROUND = ProblemKind(
    "N033",
    Text("“{name}”既无来源也没有说是假定", "{name!r} has no source and does not say that it is assumed"),
    Text("写 source，或写 assumed: true", "write its source, or assumed: true"),
)
HALF_POSITION = ProblemKind(
    "N034",
    Text("“{node}”只有经度或只有纬度", "{node!r} has a longitude or a latitude only"),
    Text("两个都填，或都不填", "give both or neither"),
)
TO_ITSELF = ProblemKind(
    "N035",
    Text("“{node}”连到自己", "{node!r} is linked to itself"),
    Text("改正一端", "correct one end"),
)
NO_TIMING = ProblemKind(
    "N036",
    Text("线路“{line}”没有{what}", "the line {line!r} has no {what}"),
    Text("填在 lines.csv，或在 assumed 中写 {name}", "fill it in in lines.csv, or write {name} under assumed"),
)
NO_PROJECT = ProblemKind(
    "N037",
    Text("网络里没有项目“{project}”", "no project of the network is called {project!r}"),
    Text("有这些：{names}", "there are: {names}"),
)
UNKNOWN_TABLE = ProblemKind(
    "N038",
    Text("{file} 不是这类网络的表，没有读取", "{file} is no table of this kind of network and was not read"),
    Text("可有：{names}", "there may be: {names}"),
    "warning",
)
NO_SOURCE = ProblemKind(
    "N039",
    Text("没有来源", "there is no source"),
    Text(
        "写上来源；编造的示例把状态写为 illustrative",
        "name it; what is made up as an example has the status illustrative",
    ),
)
NO_ASSUMPTION = ProblemKind(
    "N040",
    Text("没有哪个分钟数取决于“{name}”", "no minutes rest on {name!r}"),
    Text("可改的有：{names}", "what they rest on: {names}"),
)
NO_CAPACITY = ProblemKind(
    "N060",
    Text("{tail}→{head}（{mode}）没有输送能力", "{tail} → {head} ({mode}) has no capacity"),
    Text("在 capacities.csv 加一行", "add a row to capacities.csv"),
)
NO_LINK = ProblemKind(
    "N061",
    Text("links.csv 中没有 {tail}→{head}（{mode}）", "links.csv holds no {tail} → {head} ({mode})"),
    Text("核对两端和方式，或在 links.csv 加一行", "check ends and mode, or add a row to links.csv"),
)
NOT_ALIKE = ProblemKind(
    "N062",
    Text("“{what}”与第 {line} 行不同", "{what!r} is not that of line {line}"),
    Text("同一水源、同一用户各月写同一个数", "give one number for all months of a source or use"),
)
EVERY_MONTH_TOO = ProblemKind(
    "N063",
    Text(
        "第 {line} 行和这一行，一个写了月份，一个没有", "one of this row and line {line} names a month, the other none"
    ),
    Text("要么每月各一行，要么只写一行、月份留空", "give a row a month, or one row with the month left empty"),
)
OTHER_KIND = ProblemKind(
    "N064",
    Text(
        "网络“{network}”的种类是 {kind}，这里要 {wanted}",
        "network {network!r} is of kind {kind}; {wanted} is wanted here",
    ),
    Text("换一个网络", "name another network"),
)
NO_POSITIONS = ProblemKind(
    "N070",
    Text("地点给了经纬度，节点没有", "places have positions, but nodes have none"),
    Text("用 --nodes 给出节点的经纬度，或给地点写 node 列", "give those of nodes with --nodes, or a column node"),
)
NO_EXTRA = ProblemKind("N071", Text("缺少 {package}", "{package} is missing"), Text("安装：{way}", "install it: {way}"))
EXISTS = ProblemKind("N072", Text("已有“{name}”", "{name!r} is there already"), Text("换个名称", "take another name"))
NO_ROADS = ProblemKind("N073", Text("读不出道路：{reason}", "no roads: {reason}"), Text("换一份", "take another"))
