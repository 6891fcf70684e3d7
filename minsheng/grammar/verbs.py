"""The words that say or exclude, by what they mean in the field; the promise's own are its own.

`MEANING` gives every word of the tables its `Word`: a class and, for events, how far along the
event is. The longest word at a place wins, so 待投用 is never 投用 and 年度计划 never 计划.

    event      something happened: 竣工 3 所 is `finish`, 投用 3 所 is `use`
    work       the same, but the bare word may also be a plan: 改造 12 个 needs 已, 完成 or 共
    preparing  before anything is begun: 设计, 招标, 采购, 评估, 导入
    underway   begun and not finished: 在建, 施工, 推进
    rest       the others: 剩余, 其余
    remaining  not done, and every negation
    planned    a date to come or a duty: 预计, 力争, 任务
    asked      somebody wants it: 签约, 报名, 受理
    past, stock, change, each, money, month, aside
               the number is of another year, all there is, a difference, a share, a month alone
    aspect     已, 完成: makes `work` an event; 全部, 均 refer back
    neutral    hides the words inside it: 完成年度计划的 129% plans nothing
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Word:
    role: str
    stage: str = ""


EVENTS = {
    "start": """
        开工 开工建设 动工 动工建设 新开工 启动 启动创建 启动建设 启动实施 启动改造 进场
        进场施工 开建 破土""",
    "finish": """
        完工 竣工 建成 建成并 建好 完成建设 建设完成 建造完成 完成改造 改造完成 完成整改
        整改完成 安装到位 安装完毕
        安装完成 完成安装 整改到位 改造到位 新增 新建 新建成 改建成 建成改造 打通 贯通 通车
        加装 装完 创成
        创建成功 落成 建毕 完结 结束 收官 上墙 到手 上牌 亮灯 亮化完成 成型 成林 落户 上岗
        建好 铺好 铺完 接通 并网 联网 投产 通航 通行 通邮 达产 达标 创成 完善到位 更换完成
        更换到位 更换完毕 换新 铺设完成 铺设到位 敷设完成
        改造完毕 建设完毕 建设到位 修建完成 修缮完成 修复完成 整治完成 维修完成 种植完成
        栽植完成 设置完成 配备到位 配置到位 配齐 配发到位 发放到位 发放完毕
        覆盖到位 全覆盖 消除 清除 解除 拆完 清完 出新完成 提升到位 提升完毕 加固完成 疏浚完成
        清淤完成 治理完成 治理到位 面世 揭牌 建制完成
        并网发电 通车运营 通过评审 评审通过 通过认定 通过考核 获评 获评为 入选 成功创建
        装好 修好 改好 换好 办好 办妥 做完 做好 修完 换完 装毕 修毕 栽完 种完 发完 发到
        建起 立起 挂起 装上 换上 用上 通上 住进 落地 到位 全面完成 圆满完成 顺利完成
        命名 授牌 挂牌 建立 投放 配备 布点 更新完成 完成更新 提升完成 施工完成 完成施工 完毕""",
    "accept": "验收 竣工验收 验收合格 通过验收 验收通过 完成验收 完工验收 认定",
    "deliver": "交付 交付使用 建成交付 移交 交房 交钥匙 分配入住",
    "use": """
        投用 投入使用 投入运营 投入运行 建成投用 竣工投用 启用 运营 投运 开放 开园 开业 开学
        正式运营 迎客 开门迎客 开门纳客 纳客 营业 开张 通行 上路 上路运行 通电 通水 供气 供暖
        入住 开馆 开诊 接诊 试营业 营运 亮相 开课
        对外开放 上线 上线运行 开通 运行 通气 点火""",
    "serve": """
        再就业
        开展 举办 发放 服务 体检 救助 资助 帮扶 购买 投保 参保 受益 组织 演出 放映 配送
        检测 抽检
        筛查 接种 就业 培训 取证 免费体检 慰问 补贴 补助 送戏 巡演 展演 辅导 康复 训练 招聘
        引进 办理 办结
        提供 解决 化解 安置 发证 认证 惠及 轮训 授课 覆盖 举行 开办 义诊 巡诊 诊疗 手术 治疗
        制发 制发到位 寄送 寄出 送出 检查 普查 筛检 查体 诊断 复诊 复明 矫治 矫正 随访 建档
        上门服务 助餐 助浴 助洁 送餐 供餐
        陪诊 探视 看望 关爱 结业 毕业 持证 获证 拿证
        拨付 发到 下发 送达 到账 返还 缴纳 代缴 代煎 减征 退还 贴息 贷出 放款 授信 承办 开班
        宣讲 讲座 授予 评定 评出 评选出 选出 认领 招收 录用 录取 招聘到
        聘用 招引 转移就业 实现就业 创业 孵化 推介 撮合 结办 审结 办理完结 化解完 销号 整改销号
        清零 回访 回复 受理办结
        扶持 援助 奖补 走访 探访 赠送 派发 配发 捐赠 添购 购置 领取 承保 减免 免收 代办 照护
        护理 调解 处理 处置 回应 答复 兑付 兑现 放贷 发展 招录 结对 结成 开设 增开 加开""",
}
WORK = """
    建设 改造 改造提升 提升 改建 新改建 新建改建 扩建 新扩建 改扩建 整治 整改 维修 维护 修缮
    修复 创建 创建提升 打造 安装
    设立 设置 更新 更换 铺设 敷设 建 完善 优化 改善 治理 清理 拆除 绿化 硬化 亮化 修建 筹集
    建设筹集 新增建设
    修筑 砌筑护岸 新砌 硬化 铺装 铺油 重铺 罩面 拓建 续建 扩容 增容 增绿 补绿 添绿 织补 更替
    更迭 置换 替换 换新 改装 改建成 腾改 盘活 活化
    保护性修缮 复壮 复垦 复绿 播种 深翻 深松 轮作 放流 投放苗种 养殖 驯养 认领 添建 加盖 加铺
    加设 加挂 增挂 安设 装配 装设 布放 植入 嵌入
    添置 新设 新添 增加 增配 翻修 翻新 翻建 重建 迁建 兴建 建造 搭建 安放 摆放 张贴 上架 加固
    检修 疏浚 清洗 清淤 拓宽 拓展 延伸 整修 粉刷 出新 焕新
    换装 新装 补种 新栽 造林 移植 重绘 施划 划设 治愈 加密 加高 加宽 新辟 新开 开辟 恢复 修补 修剪
    配置 增设 培育 认养 培养 养护 管护 种植 栽植 补植 布设 架设 接入 覆盖 达标 提质 升级 改厕
    征收 回迁
"""
PREPARING = """
    通知书 通知单 预约 申请 排定
    意向
    选址 设计 图纸 方案 招标 招投标 招标文件 投标 开标 评标 中标 采购 运输 运输途中 到货 摸排
    排查 摸底 调查 调研 评估 勘察 勘探
    勘测 测绘 测量 立项 可研 可行性 初设 报批 审批 批复 备案 审查 图审 核准 许可证 施工许可
    规划许可 确定 名单 征集
    申报 前期 前期工作 前期准备 筹备 筹划 准备 导入 录入 入库 登记 报名 公示 公告 征求 征询
    意见 合同 签订合同 签订 预算 财评
    比选 遴选 筛选 谋划 征地 拆迁 资格 受理 下达 分解 动员 部署 制定 编制 印发 宣传 立项批复
    挂网 询价 进货 委托 下单 订购 定制
    签约 完成施工图 施工图设计 生产 纳入 列入 规划 送审 报审 审核 审定 待审 施工图 勘界 放线
    踏勘 选定 选点 定点 定位 定线 敲定 拟定 起草
    购入 买入 采买 编号 挂图 建库 储备 预订 预定 预审 征订 招商 招募 选聘 培训师资 试点方案 画线
    测算 论证 过会 上会 审议 会审 批准 获批 取得许可 领证 放样
    搭设 支模 备齐 到货 进厂 样品 看点 走样 比选材料 待定 点位待定 定标 签单 招采 编报 上报 呈报
    报送 申领 填报 张榜
    自评 自查 申请书 受理申请 递交 提交 洽谈 磋商 对接 签订 签署 签合同 签协议 协议 备料 备货 询比价
    订货 订制 发货 在途 打样 看样 选型 型号 核对 摸清 梳理 建账 造册 核定 评审
    评选 推荐 初选 初审 公开招募 招募 面试 报名人 预登记 交底 腾空 腾退 征迁 清表 清场 迁改
    手续 用地手续 土地手续 资金到位 资金下达 落实资金 前置 开标会 动员会 验收申请 申请验收
    验收准备 准备验收
"""
ASKED = "签约 报名 预约 登记 预登记 受理 受理申请 申请 意向 报名人 递交 资格"
UNDERWAY = """
    进展顺利 总体顺利 进展比较顺利 进展良好 稳步 船厂建造 培育中 在育 在培 在训 在读 即将 在即
    在望 倒计时
    在建 施工 施工中 正在 正 进行中 进行 实施中 改造中 建设中 安装中 装修 装修中 维修中 推进
    推进中 有序推进 加快 加紧 抓紧 有序 调试
    试运行 试运营 收尾 扫尾 主体 封顶 结顶 基础 桩基 打桩 土建 完成主体 主体完工 主体竣工
    主体工程 形象进度 工程量 地下室 部分完成
    装水电 水电安装 平整 平整场地 场地平整 打桩 开挖 浇筑 砌筑 吊装 铺装 路基 管线 内装 外装
    布展 内部装修 在改 在修
    装修中 搭建中 安装中 更换中 整治中 制作中 改造中 提升中 培训中 筹建中 筹建 创建中 建造 在筹
    在创 试点中 浇筑中 铺设中 收尾中
    在装 在施 在施工 在办 建造中 制作中 加工 组装 组装中 在造 在制 开展中 办理中 完善中
    收边 养生 联调 联试 试通
    未完工 整改中 处于 阶段 陆续 接近 即将完工
"""
REST = "剩余 剩下 余下 其余 其他 其它 另有 另外"
REMAINING = """
    未 尚未 尚有 尚 仍有 仍需 仍 还有 还差 还需 待 除 没有 没 无 无法 不 非 暂未 暂停 停工 停滞
    滞后 缺口 差
    但未 并未 均未 并非 取消 退出 终止 失败 困难 不能 不再 欠 无一 撤销 关停 缺 受阻
"""
PLANNED = """
    建成后 完工后 竣工后 投用后 完成后 交付后 验收后 投入使用后 年末 下步
    存在问题 工作措施 工作打算
    计划 预计 拟 将 力争 确保 争取 目标 任务 目标任务 任务数 目标数 计划数 下一步 年底前 底前
    预期 后续 到年底 年底 明年 次年 下半年 下季度
    下月 应 需 需要 要求 按照 打算 可 可以 有望 之后 届时 准备 指标 安排 下阶段 承诺 年内 应于
    定于 若 如 待定
"""
PAST = "去年 去年底 上年 上年度 往年 历年 前年 以往 同期 上期 结转 以来 年初"
STOCK = """
    总数 总量 保有量 共有 拥有 总计有 原有 现有 存量 增至 增加到 增加至 增长到 增长至 扩大到
    总人口 常住人口 总数达 总量达
    在册 在库 累计达 达到总数
"""
CHANGE = """
    同比 环比 较上年 比上年 较去年 比去年 相比 较年初 比年初 较上月 比上月 增长 下降 减少 增幅
    降幅 提高 上升 降低
"""
EACH = "每 各 平均 人均 户均 日均 月均"
MONEY = """
    投资 总投资 资金 经费 产值 投入资金 财政 费用 金额 造价 标准 占比 占 投资率 支付率 到位率
    满意度 满意率 及格率
"""
MONTH = """
        本月 当月 上月 本周 上周 本季度 当季 上季度 二季度 三季度 四季度 第二季度 第三季度
        第四季度 2季度 3季度 4季度
    """
ASIDE = "涉及 辐射 带动 距离 服务半径 发现 检出 反馈 收集"
ASPECT = """
        分别 已 已经 已有 完成 全部完成 累计 现已 业已 均已 都已 全已 也已 共 共计 合计 总计 计
        全部 均 都 了 累计完成 落实 实现
        达到 达 全面"""
NEUTRAL = """
        前三季度 前两季度 前二季度 第一季度 一季度 一至三季度 一至二季度 二三季度
        今年以来 年初以来 累计达到 完成率 完成比例 开展以来 招待所 接待 接待站 招待 待遇 等待
        除湿 除尘 除臭 除雪 除冰 除草 除险 消除 免除 解除 拆除违建
        如意 如皋 如东 非物质 非公有 差额 可移动 可回收 不动产 应急 无人机 无忧 无害 无线电 未检
        未来
        公告栏 公示栏 宣传栏 宣传员 宣传站 设计室 规划馆 调解室 维修点 检修站 改造任务 占总任务
        占总目标 占全年任务 占全年计划 占年度任务 占年度计划 占计划 占任务 占目标
        验收情况 验收材料 验收资料 验收标准
            按计划 按照计划 按时序 按序时 按节点 按期 待投用 待交付 待验收 待运营 待使用 建设任务
    创建任务 改造任务 不断 无障碍 无线 无人 无偿 无害化
    不锈钢 不动产 未来 未成年 未成年人 未保 其他各类 可再生 可持续 非遗 非机动车 不良
    残疾人康复 除颤仪 除颤 如期 困难群众 困难家庭 困难
    老年 超额 超额完成 建设工程 建设项目 改造项目 改造工程 服务站 服务中心 服务点 开放式
    服务设施 差异化 少儿 少年 少数民族
    组织部 主体责任 检测站 体检中心 培训班 培训中心 就业困难人员 康复中心 康复站 公共服务
    家政服务 服务员
    运营商 安置房 安置小区 安置点 保障房 建筑 建档 建材 建制 消除 全方位 都市 共享 共建共享 共富
    共同 公共 交通 计生 计算机 会计 统计 设计师
    高层建筑 老旧 提升改造 各类 各级 各地 各单位 各部门 各项 各街镇 各乡镇 各街道 各小区
    需求 供应 应急 应用 对应 响应 正式 正常 改正 可行 不少于 不低于 不超过 不含 至少 特困 首批
    非公 开展情况 差异 不同 无缝 无烟 无线网 未成 基础设施 基础教育 基础上
"""


# 完成年度计划的 129% plans nothing; 全年计划 10 个 does. As an aspect it still says 完成.
DONE_OF_PLAN = tuple(
    done + year + plan
    for done in ("完成", "全部完成", "全面完成", "超额完成", "占", "达", "达到")
    for year in ("", "年度", "全年", "年")
    for plan in ("计划", "任务", "目标", "目标任务", "计划任务", "任务数", "计划数", "目标数")
)


def _table() -> dict[str, Word]:
    words = {word: Word("event", stage) for stage, row in EVENTS.items() for word in row.split()}
    for role, row in (
        ("work", WORK),
        ("preparing", PREPARING),
        ("asked", ASKED),
        ("underway", UNDERWAY),
        ("rest", REST),
        ("remaining", REMAINING),
        ("planned", PLANNED),
        ("past", PAST),
        ("stock", STOCK),
        ("change", CHANGE),
        ("each", EACH),
        ("money", MONEY),
        ("month", MONTH),
        ("aside", ASIDE),
        ("aspect", ASPECT),
        ("neutral", NEUTRAL),
    ):
        words |= {word: Word(role) for word in row.split()}
    return (
        words
        | {each: Word("neutral" if each[0] == "占" else "aspect") for each in DONE_OF_PLAN}
        | (dict.fromkeys(TASK_OVER, Word("aspect")))
    )


# 全年任务圆满完成 says that it is over, and plans nothing.
TASK_OVER = tuple(
    task + said + how + "完成"
    for task in ("任务", "目标", "目标任务", "任务目标", "指标", "计划")
    for said in ("", "已", "均已", "已经", "全部")
    for how in ("", "圆满", "全部", "全面", "提前", "超额", "顺利", "如期", "按时")
    if said in {"已", "均已", "已经"} or how in {"圆满", "提前", "超额", "顺利"} or task == "任务"
)


def vocabulary(row: str) -> frozenset[str]:
    return frozenset(row.split())


MEANING = _table()
BY_FIRST: dict[str, list[str]] = {}
for _word in sorted(MEANING, key=len, reverse=True):
    BY_FIRST.setdefault(_word[0], []).append(_word)
WORDS = re.compile("|".join(sorted(map(re.escape, MEANING), key=len, reverse=True)))

# What a target's own words call the event, and which events keep such a promise.
KEEPS = {
    "start": {"start"},
    "finish": {"finish", "accept", "deliver", "use"},
    "accept": {"accept", "deliver", "use"},
    "deliver": {"deliver"},
    "use": {"use"},
    "serve": {"serve", "finish", "use", "deliver"},
    "gain": {"serve", "finish", "use", "deliver"},
    "rate": {"serve", "finish", "use", "accept"},
    "raise": {"start", "finish", "accept", "deliver", "use"},
}

# Classes of work: words of one class keep a promise of that class, a word of another does not.
# A word belongs where a stem of it does; a word in no class (建设, 安装, 完成) fits every promise.
_CLASSES = {
    "build": """
        新砌 修筑 修建 兴办 搭建 布设 架设 铺设 敷设 新装 新建 新设 新添 添置 建起 兴建 新栽
        栽植 种植 补植 补种 造林 增设 新开 新辟 加装 配备 增配 投放 重建 迁建 布点
    """,
    "renew": """
        换新 更替 置换 替换 改装 罩面 硬化 扩容 粉刷 翻建 修整 改建 腾改 盘活 改造 整治 整改
        改建 维修 修缮 修复 翻修 翻新 更新 更换 升级 检修 加固 修补 整修 出新 焕新 换装 提升
    """,
    "remove": "拆除 清理 清淤 疏浚 清洗",
    "give": """
        拨付 下发 送达 到账 返还 代缴 贴息 放款 授信 减征 发到 发放 发证 配发 派发 赠送 捐赠
        添购 购置 领取 补贴 补助 奖补 资助 减免 免收 兑付 兑现 慰问 新添 添置 配备 配送 投放
        增配
    """,
    "train": "结业 毕业 持证 获证 拿证 开班 宣讲 授予 实训 培训 轮训 训练 授课 取证 培育 培养",
    "check": """
        制发 制发到位 寄送 寄出 送出 检查 普查 筛检 查体 诊断 随访 建档 体检 筛查 检测 抽检 义诊
        巡诊 诊疗 手术 治疗 接种
    """,
    "help": """
        助餐 助浴 助洁 送餐 供餐 陪诊 探视 看望 关爱 上门服务 救助 帮扶 资助 援助 扶持 慰问 补助
        走访 探访 照护 护理 康复 辅导
    """,
    "insure": "投保 参保 承保 覆盖",
    "hold": "承办 讲座 举办 举行 演出 放映 巡演 展演 送戏 开办",
    "handle": """
        发放 发证 审结 销号 清零 回访 回复 答复 整改销号 制发 办理 办结 处理 处置 解决 化解 调解
        办妥
    """,
    "employ": "转移就业 录用 聘用 创业 吸纳 就业 再就业 招聘 上岗 安置 招录 引进",
}
CLASSES = {name: tuple(row.split()) for name, row in _CLASSES.items()}
BOTH_WAYS = ("新改建", "新建改造", "改扩建", "新扩建", "扩建", "新改造", "拆建")


@cache
def classes(word: str) -> frozenset[str]:
    """The classes of work that a word tells of; none for 建设."""
    if "新增" in word or word == "增加":
        return frozenset(CLASSES) - {"renew", "remove"}
    if word in BOTH_WAYS:
        return frozenset({"build", "renew"})
    return frozenset(n for n, stems in CLASSES.items() if any(stem in word for stem in stems))


# Said of too many things to prove the promised event by themselves.
WEAK = vocabulary("通过评审 评审通过 通过认定 通过考核 获评 获评为 入选") | vocabulary(
    "到位 落地 使用 结束 完结 挂牌 授牌 命名 验收 移交 落户 认定 用上 运行"
)
# 完成 and its kin make an event of what stands beside them; so do these.
REALISED = vocabulary(
    """
    已 已经 已有 现已 业已 均已 都已 全已 也已 累计 累计完成 完成 全部完成 实现 落实 了
    """
)
BARE_ACCEPTANCE = frozenset({"验收", "竣工验收", "完工验收"})
CAPACITY = frozenset({"新增", "提供", "增设"})
OUTLOOK = frozenset({"存在问题", "工作措施", "工作打算", "下一步", "下步", "下阶段", "后续"})

# The nouns that promises count: the last one before a number names its target.
_HEADS = """
    再就业 托位 公园 中小学 幼儿园 教室 多媒体设备 培训 技能人才 高技能人才 就业
    AED 老年食堂 社区学校 学位 保险 单元 安置房 保障性租赁住房 小区 电梯
    高层建筑 微型消防站 床位 家庭 农贸市场 未来农贸 断头路 绿道卡口 停车位 公共停车位
    充电桩 公厕 道路 公交站 候车亭 农村公路 绿道 口袋公园 书房 驿站
    广场 健身点 步道 球场 演出 路灯 摄像头 监控 管道 管网
    桥梁 卫生室 卫生院 服务站 服务中心 助餐点 老年人 残疾人 学生 妇女
    儿童 居民 人口 住房 农房 公租房 泊位 车位 图书馆 文化馆
    工作站 公交车 公交线路 垃圾房 岗位
"""
HEADS = tuple(_HEADS.split())
FULL_NAMES = {
    "保障性租赁住房": "保障房",
    "中小学": "学校",
    "幼儿园": "学校",
}

STRONG = frozenset(
    {*TASK_OVER, "完成", "全部完成", "累计完成", "实现", *(w for w in DONE_OF_PLAN if w[0] != "占")}
)
