"""Who may edit: what the page, the command line and a bad secrets.toml say.

The page is open to everybody in the office, so no sentence repeats what the file holds: an account
is named by its place, a value not at all.
"""

from __future__ import annotations

import math

Q_EDITORS = "谁能修改"

READ_ONLY = (
    "网页只供查看，谁都不能修改。要改数据，请编辑服务器上的数据文件，或请技术人员开启网页修改。"
)
EDITED_ELSEWHERE = "这里只供查看。填报、导入和保存在填报入口，登录之后进行。"
TO_EDITING = "到填报入口"
HOW_TO = "怎样开启网页修改（技术人员看）"
HOW_TO_INTRO = (
    "在服务器上 app.py 所在文件夹里，新建或编辑 .streamlit/secrets.toml，从下面两种做法里选一种。"
    "这个文件只让运行程序的用户能读，也不要发给别人。"
)
HOW_TO_ACCOUNTS = (
    "一、没有统一身份认证：每人一个账户。运行下面的命令，输入两次密码，把显示的那一行粘到 "
    "[accounts] 下面，保存后刷新本页即可。删去一行，这个人马上就不能修改。"
)
ACCOUNTS_COMMAND = "python -m minsheng passwd 张三"
ACCOUNTS_EXAMPLE = (
    '[accounts]\n"张三" = "$argon2id$v=19$m=47104,t=2,p=1$…$…"\n'
    '"李四" = "$argon2id$v=19$m=47104,t=2,p=1$…$…"'
)
HOW_TO_OIDC = (
    "二、单位有统一身份认证（支持 OIDC）：由它登录，名单里的人才能修改。没有经过核实的邮箱不算。"
    "第一次写好 [auth] 后要重启程序；以后改名单不用重启。"
)
OIDC_EXAMPLE = """\
[auth]
redirect_uri = "https://本站地址/oauth2callback"
cookie_secret = "至少 32 位的随机字符"
client_id = "在身份认证平台登记后得到"
client_secret = "在身份认证平台登记后得到"
server_metadata_url = "https://身份认证平台/.well-known/openid-configuration"

[editors]
allowed = ["zhangsan@example.gov.cn"]"""

BAD_CONFIG = "开启网页修改的设置有错误，改好以前谁都不能修改。"
SIGN_IN_TO_EDIT = "查看不用登录，登录后可以修改。"
NAME = "姓名"
PASSWORD = "密码"  # noqa: S105 - the label of a field
SIGN_IN = "登录"
SIGN_IN_OIDC = "用统一身份认证登录"
SIGN_OUT = "退出登录"
SIGNED_IN = "已登录：{name}，可以修改。"
IDLE_NOTE = "{minutes} 分钟没有操作，或登录满 {hours} 小时，需要重新登录。"

NO_COOKIES = (
    "浏览器没有让本页使用 Cookie：本页多半嵌在别的网站里，或者浏览器设置不允许。"
    "这里可以看，不能登录，也不能上传文件。"
)
OPEN_ALONE = "在新窗口打开本页再登录"
NOT_SIGNED_IN = "还没有登录，不能修改。"
WRONG = "姓名或密码不对。"
EMPTY = "请填写姓名和密码。"
EXPIRED = "登录已经过期，请重新登录。"
REMOVED = "你的修改权限已经取消，或密码已经更换。请重新登录，或联系管理员。"
OTHER_BROWSER = "登录只在原来的浏览器里有效，请重新登录。"
OTHER_PROVIDER = "登录所用的身份认证平台与现在的设置不同，请退出后重新登录。"
NOT_READY = "统一身份认证的设置刚改过或不完整，暂时不能登录。请技术人员检查设置并重启程序。"
NO_CLAIM = "身份认证平台没有给出{claim}，无法判断能不能修改。请联系管理员。"
UNVERIFIED = "邮箱 {who} 没有经过身份认证平台核实，不能修改。请联系管理员。"
NOT_LISTED = "{who} 已登录，但不在可以修改的名单里。需要修改请联系管理员加入名单。"
CLAIMS = {"email": "邮箱", "sub": "用户标识（sub）"}


def who(name: str, identity: str) -> str:
    """Whose save it was: the name for people, the identity because anybody can call himself so."""
    return f"{name}（{identity}）" if name and name != identity else identity


def wait(seconds: float) -> str:
    whole = max(1, math.ceil(seconds))
    long = f"{whole} 秒" if whole < 120 else f"{math.ceil(whole / 60)} 分钟"
    return f"登录失败次数太多，请 {long}后再试。"


FILE = "secrets.toml"
READ_BY_ALL = (
    "{path} 谁都能读，服务器上的其他用户可以拿走里面的密码散列或密钥。"
    "请技术人员运行 chmod 600 {path}，并换掉密码或密钥。"
)
FAULTS = {
    "unreadable": "secrets.toml 读不出来（{reason}）。请检查文件权限。",
    "folder": "{path} 不是 .toml 文件。请把设置写在 .streamlit/secrets.toml 里。",
    "too_large": "secrets.toml 超过 256 KB，没有读取。请检查是不是放错了文件。",
    "bom": "secrets.toml 开头有看不见的标记（BOM）。请另存为 UTF-8，不带 BOM。",
    "not_utf8": "secrets.toml 不是 UTF-8 编码。请用 VS Code 打开，“通过编码保存”→“UTF-8”。",
    "toml": "secrets.toml 第 {line} 行写法不对。请对照示例检查引号、等号和方括号。",
    "toml_end": "secrets.toml 没有写完整。请对照示例检查引号和括号有没有收尾。",
    "toml_deep": "secrets.toml 的括号套得太深，没有读取。请对照示例重写。",
    "bare_name": 'secrets.toml 第 {line} 行的姓名要加半角引号，请写成 "张三" = "$argon2id$…"。',
    "full_width": "secrets.toml 第 {line} 行用了全角的“{char}”。请改成半角。",
    "twice": "secrets.toml 第 {line} 行重复写了前面已有的一项。请删去多余的一处。",
    "table_name": "secrets.toml 里的 [{name}] 拼写不对。请改成 [{known}]。",
    "not_table": "secrets.toml 里的 {name} 不能写成一个值，请写成 [{name}] 一节。",
    "both": "[accounts] 和 [editors] 只能用一种。请删去一节。",
    "no_accounts": (
        "[accounts] 下面没有账户。请运行 python -m minsheng passwd，把显示的一行粘进来。"
    ),
    "account_name": (
        "[accounts] 的第 {place} 个账户：姓名不能为空，最多 32 个字，"
        "不能有引号、反斜杠、换行和首尾空格。请改正。"
    ),
    "account_twice": "[accounts] 的第 {place} 个账户与前面的姓名相同。请删去一个。",
    "account_plain": (
        "[accounts] 的第 {place} 个账户没有写成 $argon2id$… 的样子。这里不能写密码本身，"
        "请运行 python -m minsheng passwd，把显示的一行粘进来。"
    ),
    "account_cost": (
        "[accounts] 的第 {place} 个账户的密码参数太小或太大。"
        "请重新运行 python -m minsheng passwd，把显示的一行粘进来。"
    ),
    "no_editors": '有 [auth]，没有 [editors]。请加上 [editors] 和 allowed = ["邮箱"]。',
    "no_auth": "有 [editors]，没有 [auth]。请按示例补上 [auth]。",
    "editors_key": "[editors] 没有“{key}”这个键。可用的有 allowed、claim、provider，请改正。",
    "allowed": '[editors] 的 allowed 应为列表，至少一项，请写成 ["zhangsan@example.gov.cn"]。',
    "allowed_email": (
        "[editors] 的 allowed 第 {place} 项不是邮箱。"
        "请写完整的邮箱，用半角字符；不能用 * 代表一批人。"
    ),
    "claim": '[editors] 的 claim 只能写 "email" 或 "sub"。请改正，或删去（默认 email）。',
    "provider": (
        "[editors] 的 provider 在 [auth] 下面没有对应的一节。请检查名称，名称里不能有下划线。"
    ),
    "auth_key": "[{table}] 缺少 {key}，或不是文字。请补上。",
    "auth_url": "[{table}] 的 {key} 应为 http:// 或 https:// 开头的完整地址。请改正。",
    "redirect": "[auth] 的 redirect_uri 应以 /oauth2callback 结尾。请改正。",
    "cookie_secret": (
        "[auth] 的 cookie_secret 太短，至少 32 个字符。请换成随机字符，例如运行 "
        'python -c "import secrets; print(secrets.token_hex(32))" 得到的。'
    ),
    "trusted": (
        "已设置 server.trustedUserHeaders，它能冒充登录身份，不能同时开启网页修改。请删去它。"
    ),
}

CLI_PASSWD = "输入两次密码，输出一行账户，粘到 .streamlit/secrets.toml。"  # noqa: S105 - help
CLI_NAME = "姓名"
CLI_NEW_PASSWORD = "密码（输入时不显示）"  # noqa: S105 - a prompt
CLI_AGAIN = "再输一次"
CLI_MISMATCH = "两次输入不一样，请重新输入。"
CLI_BAD_NAME = "姓名不能为空，最多 32 个字，不能有引号、反斜杠、换行和首尾空格。"
CLI_PASTE = "把下面这一行粘到 .streamlit/secrets.toml 的 [accounts] 下面："
CLI_WEAK = {
    "short": "密码太短，至少要 10 个字符。",
    "long": "密码太长，最多 128 个字符。",
    "simple": "密码太简单：不同的字符至少要有 5 个。",
    "name": "密码里不能有姓名。",
    "common": "这个密码太常见，容易被猜到，请换一个。",
}
