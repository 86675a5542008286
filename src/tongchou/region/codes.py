"""Every kind of problem a region package can have. The manual has a page for each."""

from __future__ import annotations

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

PACKAGE_NOT_FOUND = ProblemKind(
    "G001",
    Text("找不到地区包“{name}”", "no region package {name!r}"),
    Text(
        "写文件夹路径（其中应有 datapackage.json），或内置地区包名：{builtin}",
        "give a folder that holds datapackage.json, or a built-in name: {builtin}",
    ),
)
BAD_DESCRIPTOR = ProblemKind(
    "G002",
    Text("datapackage.json 不合规定：{reason}", "datapackage.json does not fit: {reason}"),
    Text(
        "对照 `tongchou region new` 生成的空地区包改正", "compare it with an empty package from `tongchou region new`"
    ),
)
MISSING_FILE = ProblemKind(
    "G003",
    Text("缺少文件 {file}", "the file {file} is missing"),
    Text("补上该文件，或从 datapackage.json 中删去", "add the file or take it out of datapackage.json"),
)
NOT_UTF8 = ProblemKind(
    "G004",
    Text("文件不是 UTF-8，已按 GB18030 读取", "the file is not UTF-8 and was read as GB18030"),
    Text("另存为“CSV UTF-8”", 'save it as "CSV UTF-8"'),
    "warning",
)
BYTE_ORDER_MARK = ProblemKind(
    "G005",
    Text("文件开头有字节顺序标记（BOM），已略去", "the file begins with a byte order mark, which was skipped"),
    Text("不影响使用；其他软件读不好时去掉即可", "harmless here; remove it where other software stumbles"),
    "warning",
)
UNREADABLE = ProblemKind(
    "G006",
    Text("读不出文本：{reason}", "the file cannot be read as text: {reason}"),
    Text("另存为“CSV UTF-8”后再试", 'save it as "CSV UTF-8" and try again'),
)
UNDECLARED_FILE = ProblemKind(
    "G007",
    Text("{file} 未在 datapackage.json 中声明，没有读取", "{file} is not declared in datapackage.json, so not read"),
    Text("在 resources 中声明它的列，或移出文件夹", "declare its columns under resources, or move it elsewhere"),
    "warning",
)
TABLE_NOT_DECLARED = ProblemKind(
    "G008",
    Text("缺少必备的表 {table}", "the table {table} is required and not declared"),
    Text("在 datapackage.json 的 resources 中声明 {table}.csv", "declare {table}.csv under resources"),
)
DECLARATION_DIFFERS = ProblemKind(
    "G009",
    Text(
        "表 {table} 的列 {column} 声明与规定不符（应为 {expected}）",
        "table {table} declares column {column} otherwise than the format does (expected {expected})",
    ),
    Text("标准表的列按规定声明；可以另加列", "declare standard columns as the format does; more columns may be added"),
)
NO_CENTRE = ProblemKind(
    "G017",
    Text("还没有指定中心城市", "the package names no centre yet"),
    Text(
        "在 places.csv 登记城市，把它的代码写入 datapackage.json 的 region.centre",
        "list the city in places.csv and write its code into region.centre of datapackage.json",
    ),
    "warning",
)
FOLDER_NOT_EMPTY = ProblemKind(
    "G018",
    Text("文件夹 {folder} 已有内容", "the folder {folder} is not empty"),
    Text("换一个新文件夹；已有的地区包不会被覆盖", "give a new folder; an existing package is never overwritten"),
)

MISSING_COLUMN = ProblemKind(
    "G010",
    Text("缺少列 {column}", "the column {column} is missing"),
    Text("在表头补上 {column}", "add {column} to the header"),
)
EXTRA_COLUMN = ProblemKind(
    "G011",
    Text("多出未声明的列 {column}", "the column {column} is not declared"),
    Text("在 datapackage.json 中声明该列，或删去", "declare it in datapackage.json or delete it"),
)
DUPLICATE_COLUMN = ProblemKind(
    "G012",
    Text("表头重复：{column}", "the header names {column} twice"),
    Text("改名或删去其中一列", "rename or delete one of the two columns"),
)
CELL_COUNT = ProblemKind(
    "G013",
    Text("本行有 {found} 格，表头有 {expected} 格", "this row has {found} cells, the header {expected}"),
    Text(
        "检查本行是否多了或少了逗号；含逗号的文字要加引号",
        "look for a comma too many or too few; quote text that has one",
    ),
)
EMPTY_CELL = ProblemKind(
    "G014",
    Text("{column} 不能为空", "{column} must not be empty"),
    Text("填写 {column}，或删去整行", "fill in {column}, or delete the row"),
)
NOT_ALLOWED = ProblemKind(
    "G015",
    Text("{column} 不能是“{value}”", "{column} cannot be {value!r}"),
    Text("可用：{allowed}", "use one of: {allowed}"),
)
BAD_FORM = ProblemKind(
    "G016",
    Text("{column} 的写法不对：“{value}”", "{column} is not written properly: {value!r}"),
    Text("应为：{form}", "it should be: {form}"),
)

UNKNOWN_PLACE = ProblemKind(
    "G020",
    Text("没有代码为“{value}”的地方", "no place has the code {value!r}"),
    Text("在 places.csv 中登记，或改正代码", "list it in places.csv or correct the code"),
)
UNKNOWN_INDICATOR = ProblemKind(
    "G021",
    Text("没有指标“{value}”", "no indicator is called {value!r}"),
    Text("在 indicators.csv 中写明口径后再用", "define it in indicators.csv first"),
)
UNKNOWN_SOURCE = ProblemKind(
    "G022",
    Text("没有来源“{value}”", "no source is called {value!r}"),
    Text("在 sources.csv 中登记出处", "list where it comes from in sources.csv"),
)
UNKNOWN_PARTY = ProblemKind(
    "G023",
    Text("没有单位“{value}”", "no party is called {value!r}"),
    Text("在 parties.csv 中登记，或改正编号", "list it in parties.csv or correct the id"),
)
UNKNOWN_UNIT = ProblemKind(
    "G024",
    Text("不认识的计量单位“{value}”", "unknown unit {value!r}"),
    Text(
        "用 人、万元、亿元、km²、%、1 等写法，复合单位用 /",
        "write 人, 万元, 亿元, km², %, 1 and the like; compound with /",
    ),
)
UNKNOWN_STATUS = ProblemKind(
    "G025",
    Text("数据状态“{value}”不存在", "there is no status {value!r}"),
    Text(
        "可用：official、reported、derived、assumed、illustrative",
        "use official, reported, derived, assumed or illustrative",
    ),
)
UNKNOWN_REFERENCE = ProblemKind(
    "G026",
    Text("{column} 所指的“{value}”在 {table} 中不存在", "{column} names {value!r}, which is not in {table}"),
    Text("先在 {table} 中登记，或改正", "list it in {table} first, or correct it"),
)

DUPLICATE_KEY = ProblemKind(
    "G030",
    Text("与第 {line} 行重复：{key}", "repeats line {line}: {key}"),
    Text("同一主键只留一行；新数据另写来源", "keep one row per key; give a revision its own source"),
)
SHARED_NAME = ProblemKind(
    "G031",
    Text("名称“{name}”同时属于 {first} 和 {second}", "the name {name!r} belongs to both {first} and {second}"),
    Text("名称、全称、简称在全表中不能重复", "a name, full name or alias may belong to one row only"),
)
GROUP_MEMBERS = ProblemKind(
    "G032",
    Text("{id} 是分组而没有成员，或有成员而不是分组", "{id} is a group without members, or no group and has some"),
    Text(
        "kind 为 group 时填写 members（不含自己），否则留空",
        "fill members (not itself) where kind is group; leave it empty elsewhere",
    ),
)
PLACE_CYCLE = ProblemKind(
    "G033",
    Text("{code} 的上级关系成环", "the parents of {code} form a circle"),
    Text("改正 parent", "correct the parent"),
)
PLACE_CODE = ProblemKind(
    "G034",
    Text("代码“{code}”与类别 {kind} 不符", "the code {code!r} does not suit the kind {kind}"),
    Text(
        "行政区划用 6 位 GB/T 2260 代码；功能区自编代码，以 Z 开头",
        "divisions have a six-digit GB/T 2260 code; a functional zone has its own, beginning with Z",
    ),
)
SELF_ADJACENT = ProblemKind(
    "G035",
    Text("{a} 与自己相邻", "{a} is listed as its own neighbour"),
    Text("改正 a 或 b", "correct a or b"),
)

NOT_A_NUMBER = ProblemKind(
    "G040",
    Text("{column}“{value}”不是数", "{column} {value!r} is not a number"),
    Text("只写半角数字和小数点，如 1234.5", "write ASCII digits and a decimal point only, such as 1234.5"),
)
THOUSANDS = ProblemKind(
    "G041",
    Text("{column}“{value}”带千分位分隔符", "{column} {value!r} has thousand separators"),
    Text("写成 {better}", "write {better}"),
)
UNIT_IN_CELL = ProblemKind(
    "G042",
    Text("{column}“{value}”把单位写进了数里", "{column} {value!r} has its unit in the cell"),
    Text("数写 {better}，单位写在 unit 列", "write {better} here and the unit in the unit column"),
)
DASH_FOR_VALUE = ProblemKind(
    "G043",
    Text(
        "{column}“{value}”看不出是零、未报还是不适用",
        "{column} {value!r} does not say whether it is zero, missing or not applicable",
    ),
    Text("零写 0；不适用写“不适用”；没有数据就删去这一行", "write 0, or 不适用; where nothing is known delete the row"),
)
OUT_OF_RANGE = ProblemKind(
    "G044",
    Text("{column} {value} 超出 {low} 到 {high}", "{column} {value} is outside {low} to {high}"),
    Text("核对数值和单位", "check the value and the unit"),
)

BAD_DATE = ProblemKind(
    "G050",
    Text("{column}“{value}”不是日期", "{column} {value!r} is not a date"),
    Text("写成 2021-03-31", "write 2021-03-31"),
)
BAD_PERIOD = ProblemKind(
    "G051",
    Text("{column}“{value}”不是时期", "{column} {value!r} is not a period"),
    Text(
        "写成 2021、2021-Q3、2021-03、2021-03-31 或 2021-01/2021-08",
        "write 2021, 2021-Q3, 2021-03, 2021-03-31 or 2021-01/2021-08",
    ),
)
REVERSED_INTERVAL = ProblemKind(
    "G052",
    Text(
        "{start} 至 {end}：止期不晚于起期（止期是不再有效的第一天）",
        "{start} to {end}: the end is not after the start (the end is the first day it no longer holds)",
    ),
    Text("改正 valid_from 或 valid_to", "correct valid_from or valid_to"),
)
PLACE_NOT_VALID = ProblemKind(
    "G053",
    Text("{place} 在 {period} 尚不存在或已撤销", "{place} did not exist in {period}"),
    Text("用当时的区划代码，或改正 places.csv 的有效期", "use the division of that time, or correct its dates"),
)

UNIT_DOES_NOT_FIT = ProblemKind(
    "G060",
    Text("单位“{unit}”不能换算为指标的单位“{expected}”", "{unit!r} does not convert to the indicator's {expected!r}"),
    Text("核对单位，或另立指标", "check the unit, or define another indicator"),
)
SUM_MISMATCH = ProblemKind(
    "G061",
    Text(
        "{indicator} {period}：各县之和 {sum}，全市 {total}，差 {difference}",
        "{indicator} {period}: the units sum to {sum}, the city states {total}, a difference of {difference}",
    ),
    Text(
        "核对这些行；若本就不等，把 indicators.csv 的 total 留空并在口径中说明",
        "check these rows; where they need not agree, leave total empty in indicators.csv and say so in the definition",
    ),
)
BASE_MISSING = ProblemKind(
    "G062",
    Text("{indicator} 必须写明人口口径", "{indicator} must state its population base"),
    Text("在 base 列填写：{bases}", "fill in the base column: {bases}"),
)
WRONG_BASE = ProblemKind(
    "G063",
    Text("{indicator} 要求口径 {expected}，此处为 {found}", "{indicator} needs the base {expected}; this is {found}"),
    Text("换用相同口径的数，不要混用", "use a figure on the same base; never mix the two"),
)
PER_HEAD_WITHOUT_BASE = ProblemKind(
    "G064",
    Text("人均指标 {indicator} 没有写明用哪个人口口径", "the per-head indicator {indicator} names no population base"),
    Text(
        "在 indicators.csv 的 base 列填写：{bases}；与人口口径无关的写 none",
        "fill the base column of indicators.csv: {bases}, or none where no population base is involved",
    ),
)
ZONE_SUMMED = ProblemKind(
    "G065",
    Text(
        "{indicator} {period}：只有把功能区 {zones} 加进去才等于全市数",
        "{indicator} {period}: the total is met only when the functional zones {zones} are added to the units",
    ),
    Text(
        "功能区与区县重叠，不得相加；若普查单列，在 datapackage.json 的 bases 中以 apart 声明",
        "zones overlap the units and are never added; where a census counts one apart, declare it as apart in bases",
    ),
)
ILLUSTRATIVE_MIXED = ProblemKind(
    "G066",
    Text("示例数据与真实数据混在一个文件里", "illustrative and real figures are mixed in one file"),
    Text(
        "把示例行移到单独的文件，如 figures_illustrative.csv",
        "move the illustrative rows to a file of their own, such as figures_illustrative.csv",
    ),
)

BAD_WORKBOOK = ProblemKind(
    "G070",
    Text("读不出工作簿：{reason}", "the workbook cannot be read: {reason}"),
    Text("用 `tongchou region template` 写出的 .xlsx 模板填写", "fill an .xlsx written by `tongchou region template`"),
)
UNKNOWN_SHEET = ProblemKind(
    "G071",
    Text(
        "工作表“{sheet}”不是地区包的表，没有导入", "the sheet {sheet!r} is no table of the package and was not imported"
    ),
    Text("工作表用模板里的名称", "keep the sheet names of the template"),
    "warning",
)
NO_COLUMN_NAMES = ProblemKind(
    "G072",
    Text("工作表“{sheet}”找不到列名行", "the sheet {sheet!r} has no row of column names"),
    Text("保留模板第4行的列名", "keep the column names in row 4 of the template"),
)

NO_SEAT = ProblemKind(
    "L001",
    Text("{name} 没有驻地坐标，不能排版图", "{name} has no seat coordinates, so no layout can be made"),
    Text("在 places.csv 填写 seat_lon、seat_lat", "fill in seat_lon and seat_lat in places.csv"),
)
NO_AREA = ProblemKind(
    "L002",
    Text("{name} 没有 {period} 的面积（{indicator}）", "{name} has no area ({indicator}) for {period}"),
    Text("在 figures.csv 补上面积及来源", "add the area with its source to figures.csv"),
)

NO_APPROVAL = ProblemKind(
    "L010",
    Text("“{value}”不是审图号", "{value!r} is not a map approval number"),
    Text(
        "填写公开地图上印的审图号，例如 GS（2019）3333号；没有审图号的界线不能使用",
        "give the number printed on the published map, e.g. GS（2019）3333号; boundaries without one cannot be used",
    ),
)
NOT_GEOJSON = ProblemKind(
    "L011",
    Text("文件不是含有要素的 GeoJSON", "the file is not GeoJSON with features"),
    Text("从地理信息软件另存为 GeoJSON（FeatureCollection）", "export it as GeoJSON (FeatureCollection)"),
)
OTHER_CRS = ProblemKind(
    "L012",
    Text("坐标系是 {value}", "the coordinate system is {value}"),
    Text(
        "转换为 CGCS2000（EPSG:4490）或 WGS 84 经纬度；GCJ-02 请由数据持有者转换",
        "convert it to longitude and latitude in EPSG:4490 or 4326; whoever holds GCJ-02 data converts it",
    ),
)
BAD_GEOMETRY = ProblemKind(
    "L013",
    Text("{name} 的图形不是面", "the geometry of {name} is not a polygon"),
    Text("每个单位应是 Polygon 或 MultiPolygon", "each unit must be a Polygon or MultiPolygon"),
)
NOT_DEGREES = ProblemKind(
    "L014",
    Text("{name} 的坐标不是经纬度", "the coordinates of {name} are not degrees"),
    Text("转换为经纬度（EPSG:4490）后再附加", "convert them to longitude and latitude (EPSG:4490)"),
)
UNIT_TWICE = ProblemKind(
    "L015",
    Text("{name} 出现两次", "{name} is given twice"),
    Text("合并为一个要素", "merge the two into one feature"),
)
UNIT_MISSING = ProblemKind(
    "L016",
    Text("没有 {name} 的界线", "there is no boundary for {name}"),
    Text(
        "要素属性 code（或 adcode）写行政区划代码，或 name 写名称",
        "name the unit in the feature's code (or adcode) or name property",
    ),
)
BOUNDARIES_TOO_LARGE = ProblemKind(
    "L017",
    Text("文件超过 {mb} MB", "the file is larger than {mb} MB"),
    Text("先在地理信息软件中化简界线", "simplify the boundaries first"),
)
UNITS_OVERLAP = ProblemKind(
    "L018",
    Text("{name} 与 {other} 的界线重叠", "the boundaries of {name} and {other} overlap"),
    Text("相邻单位应共用一条界线；检查是否混用了不同来源", "neighbours share one line; check for mixed sources"),
)
