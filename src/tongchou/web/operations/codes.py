"""What can go wrong with running the workbench."""

from __future__ import annotations

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

DEBUG_IN_PRODUCTION = ProblemKind(
    "W800",
    Text("正式运行时不得打开调试", "debugging must be off where the workbench runs for real"),
    Text("去掉环境变量 TONGCHOU_DEBUG", "unset the environment variable TONGCHOU_DEBUG"),
)
SHORT_KEY = ProblemKind(
    "W801",
    Text("密钥只有 {length} 个字符，至少要 50 个", "the secret key has {length} characters; 50 are needed"),
    Text(
        "去掉 TONGCHOU_SECRET_KEY（首次启动时自动生成），或设为 50 个以上的随机字符",
        "unset TONGCHOU_SECRET_KEY (one is drawn at the first start), or set it to 50 random characters or more",
    ),
)
NO_HTTPS = ProblemKind(
    "W802",
    Text("没有说明谁提供 HTTPS", "nothing says who provides HTTPS"),
    Text(
        "把 TONGCHOU_PROXY 设为提供 HTTPS 的反向代理的地址；只在本机试用时设 TONGCHOU_HTTPS=0",
        "set TONGCHOU_PROXY to the address of the proxy that provides HTTPS; "
        "set TONGCHOU_HTTPS=0 for a trial on this machine",
    ),
)
CLEAR_TEXT = ProblemKind(
    "W803",
    Text(
        "没有 HTTPS 而监听 {host}：口令在网络上不加密",
        "listening on {host} without HTTPS: passwords travel unencrypted",
    ),
    Text("由反向代理提供 HTTPS（docs/operations.md）", "let a proxy provide HTTPS (docs/operations.md)"),
    "warning",
)
NO_HOSTS = ProblemKind(
    "W804",
    Text("没有说明用什么域名访问", "nothing says under which names the workbench is reached"),
    Text("把 TONGCHOU_HOSTS 设为域名，多个用逗号分开", "set TONGCHOU_HOSTS to the host names, separated by commas"),
)
ADDRESS_TAKEN = ProblemKind(
    "W805",
    Text("地址不可用：{reason}", "the address cannot be used: {reason}"),
    Text("换一个 --host 或 --port", "use another --host or --port"),
)
DATABASE_AWAY = ProblemKind(
    "W806",
    Text("数据库没有应答", "the database does not answer"),
    Text("核对 TONGCHOU_DATABASE_URL 和数据库服务", "check TONGCHOU_DATABASE_URL and whether the database server runs"),
)
RESTORE_UNFINISHED = ProblemKind(
    "W807",
    Text("上次恢复没有做完", "a restore was interrupted here"),
    Text("再运行一次 tongchou restore", "run tongchou restore again"),
)
FILE_IN_THE_WAY = ProblemKind(
    "W810",
    Text("文件已存在，不覆盖", "the file is there already and is not overwritten"),
    Text("换一个文件名", "choose another name"),
)
CANNOT_WRITE = ProblemKind(
    "W811",
    Text("不能写入：{reason}", "it cannot be written: {reason}"),
    Text("核对磁盘空间和权限，再做一次；没有留下不完整的文件", "check space and permissions, then try again"),
)
NOT_A_BACKUP = ProblemKind(
    "W812",
    Text("不是完整的备份文件：{reason}", "it is not a complete backup: {reason}"),
    Text("换一份由 tongchou backup 生成的文件", "use another file that tongchou backup wrote"),
)
NEWER_BACKUP = ProblemKind(
    "W813",
    Text(
        "备份来自较新的版本 {version}，本版本不认识其 {migration}",
        "the backup is of a newer version, {version}: this one does not know {migration}",
    ),
    Text("安装该版本再恢复", "install that version and restore with it"),
)
NOT_EMPTY = ProblemKind(
    "W814",
    Text("数据库不是空的：已有 {rows} 行", "the database is not empty: it holds {rows} rows"),
    Text("只能恢复到空的数据库，换一个或新建一个", "restore into an empty database: use another or create one"),
)
HOME_NOT_EMPTY = ProblemKind(
    "W815",
    Text("文件夹里已有收到的文件", "the folder holds files received already"),
    Text("把 TONGCHOU_HOME 设为新的文件夹", "set TONGCHOU_HOME to a new folder"),
)
CONTENT_ALTERED = ProblemKind(
    "W816",
    Text("内容与备份时不符", "its content is not what was backed up"),
    Text("换一份备份", "use another backup"),
)
ROW_REFUSED = ProblemKind(
    "W817",
    Text("数据库拒收：{reason}", "the database refuses it: {reason}"),
    Text("什么都没有写入；用生成备份的版本核对原库", "nothing was written; verify the database it came from"),
)
SCHEMA_LATER = ProblemKind(
    "W818",
    Text(
        "数据库已是较新的结构，放不进版本 {version} 的备份",
        "the database already has a later schema than the backup of version {version}",
    ),
    Text("换一个没有表的新数据库", "use a new database without tables"),
)
BYTES_MISSING = ProblemKind(
    "W820",
    Text("收到的文件不见了", "the file received is gone"),
    Text("从备份中取回该文件", "take it back from a backup"),
)
BYTES_ALTERED = ProblemKind(
    "W821",
    Text("收到的文件被改过", "the file received has been altered"),
    Text("从备份中取回该文件，并查明谁改了它", "take it back from a backup, and find out who altered it"),
)
CONSTRAINT_BROKEN = ProblemKind(
    "W822",
    Text("数据库约束不成立：{reason}", "a constraint of the database does not hold: {reason}"),
    Text("不要继续使用，用最近一份校验无误的备份恢复", "stop using it and restore the last backup that verifies"),
)
NO_WORK = ProblemKind(
    "W823",
    Text("数据库还没有建立", "the database has not been set up"),
    Text("先运行 tongchou serve 或 tongchou restore", "run tongchou serve or tongchou restore first"),
)
