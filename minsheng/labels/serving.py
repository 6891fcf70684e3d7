"""What the server itself says: before there is a page, instead of one, and over the network."""

NO_SCRIPT = "本页需要浏览器运行脚本（JavaScript）。请在浏览器设置中允许本站运行脚本，再刷新。"
SHELL = {
    "lost": "连接中断，正在重新连接…… 画面停留在中断前，点击暂不起作用。",
    "noPage": "没有这个页面，已打开总览。",
    "broken": "页面出了问题。请刷新；如果仍不行，请告诉管理员。",
}
NO_HOST = (
    "不能用这个地址打开：{host}。请改用服务器的 IP 地址，或者请管理员把它加到 "
    '.streamlit/config.toml 的 [server] 里，例如 allowedHosts = ["{host}"]，再重新启动。'
)
NOT_HERE = "这里没有内容。"

NO_DATA = "还没有可以显示的数据：数据文件还没有读成功。请打开“数据”页看原因。"
NO_LEVEL_OR_DAY = "没有这一级的名单，或没有名单的报告期截止在这一天。请从“辖区”页下载。"
NO_FORMAT = "没有这种文件。可选：{known}"
BUSY = "正在生成另外 {count} 个文件，请等它们完成后再下载（一般不到一分钟）。"
FAILED = "这个文件没有生成。请再试一次；如果仍不行，请管理员看服务器日志。"
TOO_LONG = "这个文件 {minutes} 分钟还没有生成，已停止。请少选一些项目。"
STOPPED = "服务器正在停止，请稍后再试。"
MAKING = "正在生成……"
LOST = "连接中断，没有下载到。请稍后再试。"

NO_UPLOAD = "这个页面现在不能上传文件：请先登录为可以修改的人，再上传。"
NO_LENGTH = "上传时没有说明文件有多大。"
NO_ROOM = "服务器上待处理的上传文件太多。请先处理完或移除已上传的文件，再上传。"
