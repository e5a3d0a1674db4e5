/** Invented requests. `{spot}` is filled with an invented place of everyday life. Nothing here happened. */
export type Story = {
  readonly classCode: string;
  readonly title: string;
  readonly body: string;
  /** What the office answers when it is done. */
  readonly result: string;
  readonly urgent?: true;
};

export const STORIES: readonly Story[] = [
  {
    classCode: '1101',
    title: '{spot}路灯坏了三盏',
    body: '{spot}的路灯坏了三盏，晚上老人走路看不清，已经有一个星期了。',
    result: '三盏灯已换新灯头并试亮，线路检查正常。',
  },
  {
    classCode: '1101',
    title: '{spot}整排路灯不亮',
    body: '{spot}整排路灯从前天起都不亮，上晚自习的学生回家要打手电。',
    result: '控制箱接触器损坏，已更换，整排恢复照明。',
  },
  {
    classCode: '1102',
    title: '{spot}井盖松动，车一过就响',
    body: '{spot}的井盖松了，车一过就哐当响，夜里睡不着，也怕有人踩空。',
    result: '已更换井盖并加防坠网，响声消除。',
    urgent: true,
  },
  {
    classCode: '1103',
    title: '{spot}路面坑洼积水',
    body: '{spot}有两个大坑，下雨天看不见深浅，电动车摔过好几次。',
    result: '坑洼已填补压实，路面恢复平整。',
  },
  {
    classCode: '1104',
    title: '{spot}下雨就积水',
    body: '{spot}一下雨就积水到脚踝，污水口好像堵了。',
    result: '清掏雨水口六处，疏通管道四十米，放水试验通畅。',
  },
  {
    classCode: '1105',
    title: '{spot}自来水发黄',
    body: '{spot}这两天放出来的水发黄，烧开了有沉淀。',
    result: '末梢管道冲洗完成，水质检测合格，已张贴告示。',
  },
  {
    classCode: '1106',
    title: '{spot}晚上电压低',
    body: '{spot}晚上七点以后电压低，空调启动不了，电灯发暗。',
    result: '台区已调整三相负荷，晚高峰电压恢复正常，增容列入计划。',
  },
  {
    classCode: '1107',
    title: '{spot}线缆垂到路面',
    body: '{spot}有一束线缆垂下来，货车经过会刮到。',
    result: '垂落线缆已收紧固定，废弃线已清除。',
    urgent: true,
  },
  {
    classCode: '1108',
    title: '{spot}绿化带里树枝挡住路牌',
    body: '{spot}的树长得太密，路牌和红绿灯都挡住了。',
    result: '已修剪遮挡枝条，路牌清晰可见。',
  },
  {
    classCode: '0901',
    title: '{spot}垃圾堆了三天没人清',
    body: '{spot}的垃圾堆了三天没人清，有味道，还有蚊虫。',
    result: '已清运并消毒，增加一次下午清运。',
  },
  {
    classCode: '0902',
    title: '{spot}摊位占了盲道',
    body: '{spot}早上的摊位摆到盲道上，走路只能下到马路。',
    result: '已划定临时摆放区，盲道恢复畅通，早晚各巡一次。',
  },
  {
    classCode: '0903',
    title: '{spot}墙上贴满小广告',
    body: '{spot}的墙上和楼道口贴满小广告，清了又贴。',
    result: '已清除并涂刷防粘涂料。',
  },
  {
    classCode: '0904',
    title: '{spot}公厕水龙头坏了',
    body: '{spot}公厕的水龙头坏了两个，地上总是湿的。',
    result: '水龙头已更换，地面加铺防滑垫。',
  },
  {
    classCode: '0907',
    title: '渣土车在{spot}撒了一路',
    body: '早上六点多有渣土车从{spot}经过，撒了一路泥土，灰很大。',
    result: '路面已冲洗，对运输单位作出处理并要求加盖密闭。',
  },
  {
    classCode: '0801',
    title: '{spot}有人在楼顶加盖',
    body: '{spot}一栋楼的楼顶正在加盖铁皮房，担心承重和漏水。',
    result: '现场已停工，当事户签收通知，构件已自行拆除。',
  },
  {
    classCode: '0803',
    title: '{spot}空地被圈起来种菜',
    body: '{spot}的公共空地被人圈起来种菜，孩子没地方玩。',
    result: '围挡已拆除，恢复公共使用，补种草皮。',
  },
  {
    classCode: '0401',
    title: '{spot}消防通道停满车',
    body: '{spot}的消防通道天天停满车，救护车上次都进不来。',
    result: '通道已划线立牌，违停车辆劝离，纳入每日巡查。',
    urgent: true,
  },
  {
    classCode: '0403',
    title: '{spot}电动车进楼充电',
    body: '{spot}有人把电动车推进楼道充电，飞线从窗户拉下来。',
    result: '飞线已拆除，楼下增设充电位十二个。',
    urgent: true,
  },
  {
    classCode: '0404',
    title: '{spot}楼道堆满纸箱',
    body: '{spot}三楼楼道堆满纸箱和旧家具，走路都要侧身。',
    result: '楼道杂物当天清走，住户作出保证。',
  },
  {
    classCode: '0402',
    title: '{spot}消防栓没有水',
    body: '{spot}的消防栓打开没有水，水带也找不到。',
    result: '管网阀门已修复，补配水带水枪，出水压力合格。',
  },
  {
    classCode: '0305',
    title: '{spot}大狗不牵绳',
    body: '{spot}傍晚有人遛大狗不牵绳，小孩吓哭过。',
    result: '已上门告知养犬规定，养犬人承诺牵绳，民警加强傍晚巡逻。',
  },
  {
    classCode: '0304',
    title: '{spot}夜里没有监控没有灯',
    body: '{spot}夜里没有灯也没有监控，上个月有人丢了电瓶。',
    result: '已补装监控两处，纳入夜间巡逻线路。',
  },
  {
    classCode: '0307',
    title: '{spot}放学时车堵成一团',
    body: '{spot}放学时接送车堵成一团，孩子从车缝里钻。',
    result: '放学时段安排民警和志愿者护学，划出即停即走区。',
  },
  {
    classCode: '0201',
    title: '{spot}两家为滴水吵架',
    body: '{spot}楼上空调滴水到楼下雨棚，两家吵了好几回，希望有人调解。',
    result: '双方达成协议，楼上加装引水管，已安装完毕。',
  },
  {
    classCode: '0204',
    title: '{spot}宅基地边界说不清',
    body: '{spot}两户宅基地边界说不清，一家要砌墙，另一家不让。',
    result: '依据档案现场放线，双方签字确认界址。',
  },
  {
    classCode: '0205',
    title: '装修款纠纷想请人调解',
    body: '{spot}一家装修公司收了定金迟迟不开工，想请人调解退款。',
    result: '经调解，商家分两次退还定金，首期已到账。',
  },
  {
    classCode: '0501',
    title: '{spot}工地围挡破损',
    body: '{spot}工地的围挡倒了一段，晚上没有警示灯。',
    result: '围挡已恢复并加装警示灯，施工单位书面整改。',
    urgent: true,
  },
  {
    classCode: '0601',
    title: '{spot}一家小吃店后厨脏',
    body: '{spot}一家小吃店后厨地面油污，餐具露天放着。',
    result: '已责令整改并复查，餐具消毒设施到位。',
  },
  {
    classCode: '0602',
    title: '买到过期面包',
    body: '在{spot}的超市买到过期两天的面包，希望查一查。',
    result: '核查属实，过期食品已下架，商家退一赔十并被立案。',
  },
  {
    classCode: '0701',
    title: '{spot}电梯一周停了两次',
    body: '{spot}的电梯一周停了两次，有老人被困十分钟。',
    result: '更换门机控制板，试运行七天无故障，已告知住户。',
    urgent: true,
  },
  {
    classCode: '0702',
    title: '{spot}电梯检验标签过期',
    body: '{spot}电梯里的检验标签是上个月到期的，还在用。',
    result: '已完成检验并更换标签，对使用单位作出告诫。',
  },
  {
    classCode: '0703',
    title: '{spot}闻到煤气味',
    body: '{spot}楼道里闻到煤气味，已经开窗。',
    result: '检查发现表前接头渗漏，已更换并复测无泄漏。',
    urgent: true,
  },
  {
    classCode: '1002',
    title: '{spot}饭店油烟往楼上飘',
    body: '{spot}楼下饭店的油烟从下午飘到晚上，窗户不能开。',
    result: '已清洗更换净化器，检测达标，烟道改至楼顶。',
  },
  {
    classCode: '1003',
    title: '{spot}夜里施工太吵',
    body: '{spot}工地连续三晚施工到十二点多，孩子睡不着。',
    result: '已责令夜间停止施工，后续混凝土浇筑提前公告。',
  },
  {
    classCode: '1004',
    title: '{spot}广场舞音量大',
    body: '{spot}晚上广场舞音量大，九点半以后还不停。',
    result: '与领队约定音量和结束时间，已安装分贝显示牌。',
  },
  {
    classCode: '1005',
    title: '{spot}小河沟水发黑',
    body: '{spot}的小河沟水发黑有味，像是有污水流进去。',
    result: '查到一处混接污水口，已封堵改接，河沟换水。',
  },
  {
    classCode: '1007',
    title: '{spot}有人烧秸秆',
    body: '{spot}傍晚有人烧秸秆，烟飘到村里。',
    result: '明火已扑灭，安排秸秆打捆离田。',
  },
  {
    classCode: '1201',
    title: '{spot}人行道停满车',
    body: '{spot}人行道停满车，推婴儿车只能走机动车道。',
    result: '违停车辆已处理，加装阻车桩。',
  },
  {
    classCode: '1202',
    title: '{spot}能不能增加停车位',
    body: '{spot}停车位太少，希望把旁边空地划成停车位。',
    result: '已现场勘查，划设临时停车位二十六个。',
  },
  {
    classCode: '1203',
    title: '{spot}红绿灯时间太短',
    body: '{spot}过街绿灯只有十几秒，老人走不到对面。',
    result: '绿灯时间已延长到二十八秒，早晚高峰另设配时。',
  },
  {
    classCode: '1205',
    title: '希望{spot}加一个公交站',
    body: '{spot}到最近的公交站要走二十分钟，希望加一个站。',
    result: '公交公司已调研，下月起试设临时站，试行三个月。',
  },
  {
    classCode: '1301',
    title: '{spot}出租屋电线老化',
    body: '{spot}租的房子电线老化，插座冒过火花，房东一直拖。',
    result: '房东已更换线路和空气开关，民警复查合格。',
  },
  {
    classCode: '1304',
    title: '随迁孩子上小学要什么材料',
    body: '我们在{spot}租房，孩子今年上小学，想问要什么材料、去哪里办。',
    result: '已电话告知材料清单并发送办事指南，预约窗口办理。',
  },
  {
    classCode: '1601',
    title: '家里有病人，想申请低保',
    body: '{spot}住户，家里两个人生病，收入不够，想问低保怎么申请。',
    result: '已上门受理申请，符合条件，下月起发放。',
  },
  {
    classCode: '1603',
    title: '独居老人想装呼叫器',
    body: '{spot}有位独居老人，想装一个一键呼叫器。',
    result: '呼叫器已安装调试，接入镇街值班电话。',
  },
  {
    classCode: '1604',
    title: '{spot}无障碍坡道太陡',
    body: '{spot}门口的坡道太陡，轮椅自己上不去。',
    result: '坡道已按标准重做，加装扶手。',
  },
  {
    classCode: '1701',
    title: '{spot}物业不收垃圾',
    body: '{spot}物业三天没收垃圾，电话也没人接。',
    result: '物业已恢复每日清运，公示值班电话。',
  },
  {
    classCode: '1702',
    title: '{spot}停车费涨价没公示',
    body: '{spot}停车费突然涨价，没有公示也没有征求意见。',
    result: '收费恢复原标准，多收部分已退还，重新公示。',
  },
  {
    classCode: '1706',
    title: '{spot}充电桩坏了一半',
    body: '{spot}的充电桩坏了一半，晚上排不上队。',
    result: '八个充电桩全部修复，增设两个。',
  },
  {
    classCode: '1801',
    title: '工资拖欠两个月，涉六人',
    body: '{spot}一个工地拖欠两个月工资，一共六个人。',
    result: '工资已全部发放，劳动监察跟踪一个月。',
    urgent: true,
  },
  {
    classCode: '1804',
    title: '社保断缴怎么补',
    body: '换工作中间断缴了三个月社保，在{spot}怎么补。',
    result: '已告知补缴条件和渠道，协助在窗口办结。',
  },
  {
    classCode: '1901',
    title: '{spot}健身房关门退费',
    body: '{spot}健身房突然关门，年卡还有八个月，联系不上老板。',
    result: '已联系经营者，按剩余月份退费，款项到账。',
  },
  {
    classCode: '1906',
    title: '{spot}菜场有秤不准',
    body: '{spot}菜场有摊位的秤不准，买一斤少一两多。',
    result: '已检定全部电子秤，更换两台，设公平秤。',
  },
  {
    classCode: '2001',
    title: '{spot}雨水倒灌',
    body: '{spot}暴雨时雨水倒灌进一楼，希望备些沙袋。',
    result: '已配发沙袋挡板，疏通排水口，列入汛期值守点。',
    urgent: true,
  },
  {
    classCode: '2005',
    title: '{spot}水塘没有护栏',
    body: '{spot}的水塘边没有护栏也没有警示牌，小孩常去玩。',
    result: '已安装护栏和警示牌，配备救生圈。',
  },
  {
    classCode: '2103',
    title: '{spot}老鼠多',
    body: '{spot}下水道附近老鼠多，想请人灭鼠。',
    result: '已投放毒饵站并封堵鼠洞，两周后复查密度下降。',
  },
  {
    classCode: '2203',
    title: '办事窗口午休没人',
    body: '{spot}便民服务点中午没人，打工的人只有中午有空。',
    result: '已安排午间轮值，周六上午增开一个窗口。',
  },
  {
    classCode: '2204',
    title: '建议{spot}加两张长椅',
    body: '建议在{spot}加两张长椅，老人走累了可以歇一歇。',
    result: '长椅已安装两张，另加遮阳棚。',
  },
  {
    classCode: '2205',
    title: '希望{spot}周末放露天电影',
    body: '希望{spot}周末晚上放露天电影，老人孩子都爱看。',
    result: '已列入文化下乡安排，本月起每周六放映。',
  },
];

export const PETITIONS: readonly Story[] = [
  {
    classCode: '0101',
    title: '安置房交付时间想要个说法',
    body: '{spot}的安置房原定去年交付，一直没有准信，想要个书面说法。',
    result: '',
  },
  {
    classCode: '0105',
    title: '老厂工龄认定的事',
    body: '老厂改制时工龄没有认定清楚，材料都在，希望有部门受理。',
    result: '',
  },
  {
    classCode: '0102',
    title: '补贴政策没有落实到位',
    body: '文件里写的补贴还差两年没有发，想问什么时候能落实。',
    result: '',
  },
];

export const SPOTS = [
  '菜市场后门',
  '老车站路口',
  '小学东门',
  '河堤步道',
  '文化广场',
  '三号巷',
  '卫生室旁',
  '老粮站院内',
  '桥头',
  '幸福小区二期',
  '和平里五栋',
  '便民超市门前',
  '中学后街',
  '水塔下',
  '公交总站',
  '工业园北门',
  '龙门新村',
  '老街口',
  '体育场边',
  '卫生院门口',
] as const;

export const REJECTIONS = [
  {
    reason: 'emergency_line',
    title: '有人晕倒了要救护车',
    body: '{spot}有人晕倒，要救护车。',
    answer: '急救请直接拨打 120。已代为联系急救中心，车辆已到场。今后遇到危及生命的情况请先拨 110、119 或 120。',
  },
  {
    reason: 'legal_route',
    title: '对法院判决不服',
    body: '对一份判决不服，希望政府出面改判。',
    answer:
      '判决只能由法院依法改变。可在收到判决之日起十五日内向上一级法院上诉；需要法律帮助可拨 12348 或到司法局法律援助中心。',
  },
  {
    reason: 'beyond_public_duty',
    title: '请帮忙找回网购的退款',
    body: '在外地网店买东西，想请政府帮忙退款。',
    answer: '这属于外地商家的消费纠纷，请在全国 12315 平台提交，由商家所在地市场监管部门处理。',
  },
  {
    reason: 'repeat_without_news',
    title: '还是停车位的事',
    body: '还是{spot}停车位的事，上次已经答复过了。',
    answer:
      '这件事已于上月答复，目前没有新的情况。如果有新的事实，请补充后再反映；对答复不满意可以在原编号上申请再办。',
  },
] as const;
