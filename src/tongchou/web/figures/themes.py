"""What the themes of indicators are called."""

from tongchou.kernel.text import Text

THEMES = {
    "population": Text("人口", "Population"),
    "age": Text("年龄", "Age"),
    "education": Text("教育", "Education"),
    "services": Text("公共服务", "Public services"),
    "income": Text("收入", "Income"),
    "housing": Text("居住", "Housing"),
    "employment": Text("就业", "Employment"),
    "economy": Text("经济", "Economy"),
    "finance": Text("财政金融", "Finance"),
    "environment": Text("环境质量", "Environment"),
    "ecology": Text("生态空间", "Ecology and space"),
    "land": Text("土地", "Land"),
    "transport": Text("交通", "Transport"),
    "register": Text("登记汇总", "Registers"),
}


def theme(id_: str) -> Text:
    """Return what a theme is called; a theme of a city's own is shown as it is written."""
    return THEMES.get(id_, Text(id_, id_))
