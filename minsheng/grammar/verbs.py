"""The words by which a number has a role, by what they mean in the field.

`MEANING` gives every word of the tables its `Word`: a class and, for events, how far along the
event is. The longest word at a place wins, so 待投用 is never 投用 and 年度计划 never 计划.

    event      something happened: 竣工 3 所 is `finish`, 投用 3 所 is `use`
    work       the same, but the bare word may also be a plan: 改造 12 个 needs 已, 完成 or 共
    preparing  before anything is begun: 设计, 招标, 采购, 评估, 导入
    underway   begun and not finished: 在建, 施工, 推进
    rest       the others: 剩余, 其余
    remaining  not done, and every negation
    planned    a date to come or a duty: 预计, 力争, 任务
    context    the number is of another year or of money, or a share: 去年, 投资, 每个
    aspect     已, 完成: makes `work` an event; 全部, 均 refer back
    neutral    hides the words inside it: 完成年度计划的 129% plans nothing
"""

from __future__ import annotations

import re
from dataclasses import dataclass


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
        创建成功
        命名 授牌 挂牌 建立 投放 配备 布点 更新完成 完成更新 提升完成 施工完成 完成施工 完毕""",
    "accept": "验收 竣工验收 验收合格 通过验收 验收通过 完成验收 完工验收 认定",
    "deliver": "交付 交付使用 建成交付 移交 交房 交钥匙 分配入住",
    "use": """
        投用 投入使用 投入运营 投入运行 建成投用 竣工投用 启用 运营 投运 开放 开园 开业 开学
        正式运营
        对外开放 上线 上线运行 开通 运行 通气 点火""",
    "serve": """
        再就业
        开展 举办 发放 服务 签约 体检 救助 资助 帮扶 购买 投保 参保 受益 组织 演出 放映 配送
        检测 抽检
        筛查 接种 就业 培训 取证 免费体检 慰问 补贴 补助 送戏 巡演 展演 辅导 康复 训练 招聘
        引进 办理 办结
        提供 解决 化解 安置 发证 认证 惠及""",
}
WORK = """
    建设 改造 改造提升 提升 改建 新改建 新建改建 扩建 新扩建 改扩建 整治 整改 维修 维护 修缮
    修复 创建 创建提升 打造 安装
    设立 设置 更新 更换 铺设 敷设 建 完善 优化 改善 治理 清理 拆除 绿化 硬化 亮化 修建 筹集
    建设筹集 新增建设
    配置 增设 培育 认养 培养 种植 栽植 补植 布设 架设 接入 覆盖 达标 提质 升级 改厕 征收 回迁
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
    生产 纳入 列入 规划 验收申请 申请验收 验收准备 准备验收
"""
UNDERWAY = """
    在即 在望 倒计时
    在建 施工 施工中 正在 正 进行中 进行 实施中 改造中 建设中 安装中 装修 装修中 维修中 推进
    推进中 有序推进 加快 加紧 抓紧 有序 调试
    试运行 试运营 收尾 扫尾 主体 封顶 结顶 基础 桩基 打桩 土建 完成主体 主体完工 主体竣工
    主体工程 形象进度 工程量 地下室 部分完成
    未完工 整改中 处于 阶段 陆续 接近 即将完工
"""
REST = "剩余 剩下 余下 其余 其他 其它 另有 另外"
REMAINING = """
    未 尚未 尚有 尚 仍有 仍需 仍 还有 还差 还需 待 除 没有 没 无 无法 不 非 暂未 暂停 停工 停滞
    滞后 缺口 差
    取消 退出 终止 失败 困难 不能 不再 欠 无一 撤销 关停 缺 受阻
"""
PLANNED = """
    建成后 完工后 竣工后 投用后 完成后 交付后 验收后 投入使用后 年末 下步
    存在问题 工作措施 工作打算
    计划 预计 拟 将 力争 确保 争取 目标 任务 目标任务 任务数 目标数 计划数 下一步 年底前 底前
    预期 后续 到年底 年底 明年 次年 下半年 下季度
    下月 应 需 需要 要求 按照 打算 可 可以 有望 之后 届时 准备 指标 安排 下阶段 承诺 年内 应于
    定于 若 如 待定
"""
CONTEXT = """
    总数 总量 保有量 共有 拥有 总计有
    去年 上年 往年 历年 前年 以往 同期 同比 环比 较上年 比上年 相比 增长 增加 下降 提高 减少
    增幅 降幅 每 各 平均 人均 户均
    投资 总投资 资金 经费 产值 投入资金 财政 费用 金额 造价 标准 面积 占比 占 以来 原有 现有
    存量 结转 总人口 常住人口
    涉及 辐射 带动 距离 服务半径 满意度 满意率 及格率 支付率 到位率 投资率 本月 当月 上月 本周
    上周 本季度 当季 上季度 一季度 二季度
"""
ASPECT = """
        分别 已 已经 已有 完成 全部完成 累计 共 共计 合计 总计 计 全部 均 都 了 累计完成 落实 实现
        达到 达 全面"""
NEUTRAL = """
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
        ("underway", UNDERWAY),
        ("rest", REST),
        ("remaining", REMAINING),
        ("planned", PLANNED),
        ("context", CONTEXT),
        ("aspect", ASPECT),
        ("neutral", NEUTRAL),
    ):
        words |= {word: Word(role) for word in row.split()}
    return words | dict.fromkeys(DONE_OF_PLAN, Word("aspect"))


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
    "serve": {"serve", "finish"},
    "gain": {"serve", "finish"},
    "rate": {"serve", "finish", "use", "accept"},
    "raise": {"start", "finish", "accept", "deliver", "use"},
}

# Work that any promise of building or adding may be told in; other work must be its own.
ANY_WORK = frozenset(
    {"建设", "建", "修建", "安装", "设置", "设立", "配置", "增设", "布设", "新增建设"}
)
OWN_STEMS = ("改造", "整改", "更新", "改建", "维修", "提升")
BARE_ACCEPTANCE = frozenset({"验收", "竣工验收", "完工验收"})
CAPACITY = frozenset({"新增", "提供", "增设"})
PAST = frozenset({"去年", "上年", "往年", "历年", "前年", "以往", "同期", "同比"})
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
# Heads that are also where something is done: 东风小区 3 个 may be three of anything.
_PLACES = "小区 公园 中小学 幼儿园 社区学校 单元 农贸市场 广场 道路"
PLACES = frozenset(_PLACES.split())
