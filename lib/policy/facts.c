/* The standard facts and their words, as the contract of the asks lists them. */
#include "facts.h"

static const struct standard_word sold_as_words[] = {{"standard", "standard goods", "标准品"},
						     {"custom", "made to order", "定制品"},
						     {"promotion", "promotion", "促销品"},
						     {"clearance", "clearance", "清仓品"},
						     {"gift", "gift", "赠品"},
						     {0}};
static const struct standard_word sold_via_words[] = {
	{"store", "in a store", "门店"}, {"remote", "web, phone or mail order", "远程订购"}, {0}};
static const struct standard_word bought_from_words[] = {{"company", "the company", "本公司"},
							 {"authorized", "an authorized dealer", "授权经销商"},
							 {"other", "someone else", "其他来源"},
							 {0}};
static const struct standard_word owner_words[] = {
	{"original", "first owner", "原购买人"}, {"later", "later owner", "后续所有人"}, {0}};
static const struct standard_word document_words[] = {{"invoice", "invoice", "发票"},
						      {"contract", "contract", "合同"},
						      {"warranty_card", "warranty card", "保修卡"},
						      {"warranty_sticker", "warranty sticker", "保修贴"},
						      {"delivery_note", "delivery note", "送货单"},
						      {"manual", "manual", "说明书"},
						      {"certificate", "certificate", "合格证"},
						      {"receipt", "receipt", "收据"},
						      {"statement", "written statement", "书面说明"},
						      {0}};
static const struct standard_word condition_words[] = {{"complete", "complete", "齐全"},
						       {"packaging", "with packaging", "包装完好"},
						       {"accessories", "with accessories", "附件齐全"},
						       {"undamaged", "undamaged", "无损坏"},
						       {"resalable", "fit to be sold again", "不影响二次销售"},
						       {"unused", "unused", "未使用"},
						       {"serial_intact", "serial number intact", "序列号完好"},
						       {"seal_intact", "seal intact", "封条完好"},
						       {0}};
static const struct standard_word fault_words[] = {{"quality", "defect of the goods", "质量问题"},
						   {"none", "no fault found", "无故障"},
						   {"operation", "wrong operation", "操作不当"},
						   {0}};
static const struct standard_word cause_words[] = {{"defect", "defect", "产品缺陷"},
						   {"misuse", "misuse", "使用不当"},
						   {"unauthorized_repair", "repair by others", "擅自拆修"},
						   {"modification", "modification", "改装"},
						   {"accident", "accident", "意外事故"},
						   {"liquid", "liquid", "进液"},
						   {"transport", "transport", "运输损坏"},
						   {"disaster", "natural disaster", "自然灾害"},
						   {"power", "power supply", "电源异常"},
						   {"wear", "wear", "正常磨损"},
						   {"consumable", "consumable used up", "耗材消耗"},
						   {"storage", "poor storage", "保管不当"},
						   {"neglect", "lack of care", "疏于保养"},
						   {"serial_altered", "serial number altered", "序列号被改"},
						   {"foreign_parts", "parts of another make", "使用非原厂配件"},
						   {"third_party_install", "installed by others", "第三方安装"},
						   {"software", "software", "软件"},
						   {"none", "no cause found", "无原因"},
						   {0}};
static const struct standard_word want_words[] = {
	{"repair", "repair", "维修"}, {"exchange", "exchange", "换货"}, {"refund", "refund", "退货"}, {0}};
static const struct standard_word party_words[] = {
	{"company", "the company", "公司"}, {"customer", "the customer", "客户"}, {0}};
static const struct standard_word zone_words[] = {
	{"city", "city", "市区"}, {"suburb", "suburb", "郊区"}, {"remote", "remote area", "偏远地区"}, {0}};
static const struct standard_word service_class_words[] = {{"paid", "paid (A)", "有偿服务"},
							   {"contract", "under contract (B)", "合同服务"},
							   {"free", "free (C)", "免费服务"},
							   {"internal", "internal (D)", "内部服务"},
							   {0}};
static const struct standard_word verdict_words[] = {{"covered", "covered", "保修内"},
						     {"excluded", "excluded", "不予保修"},
						     {"expired", "expired", "已过保"},
						     {"not_covered", "not covered", "无保修"},
						     {"refer", "for a person to decide", "转人工"},
						     {0}};
static const struct standard_word charging_words[] = {
	{"free", "free", "免费"}, {"cost", "at cost", "成本价"}, {"charge", "charged", "收费"}, {0}};
static const struct standard_word ask_words[] = {{"warranty", "warranty", "保修"},
						 {"return", "return", "退换"},
						 {"fee", "fee", "费用"},
						 {"freight", "freight", "运费"},
						 {0}};
static const struct standard_word item_words[] = {{"parts", "parts", "配件"}, {0}};

#define ROW(place, name, en, zh, type, ...) [place] = {name, en, zh, type, __VA_ARGS__}
#define EVENT(place, name, en, zh) ROW(place, name, en, zh, FACT_DATE, ABSENT_UNKNOWN)
#define HAPPENED(place, name, en, zh) ROW(place, name, en, zh, FACT_DATE, ABSENT_NEVER)
#define WORD(place, name, en, zh, list) ROW(place, name, en, zh, FACT_WORD, ABSENT_UNKNOWN, .words = list)
#define WHOLE(place, name, en, zh) ROW(place, name, en, zh, FACT_NUMBER, ABSENT_UNKNOWN, .whole = true)
#define MEASURE(place, name, en, zh, limit) ROW(place, name, en, zh, FACT_NUMBER, ABSENT_UNKNOWN, .top = limit)
#define YES_NO(place, name, en, zh) ROW(place, name, en, zh, FACT_BOOL, ABSENT_UNKNOWN)
#define MOMENT(place, name, en, zh) ROW(place, name, en, zh, FACT_TIME, ABSENT_UNKNOWN)

const struct standard_fact_row standard_facts[F_STANDARD_COUNT] = {
	EVENT(F_MANUFACTURE, "manufacture", "manufacture", "出厂日期"),
	EVENT(F_SHIPMENT, "shipment", "shipment", "发货日期"),
	EVENT(F_PURCHASE, "purchase", "purchase", "购买日期"),
	EVENT(F_INVOICE, "invoice", "invoice", "开票日期"),
	EVENT(F_PAYMENT, "payment", "payment", "缴款日期"),
	EVENT(F_DELIVERY, "delivery", "delivery", "送货日期"),
	EVENT(F_INSTALLATION, "installation", "installation", "安装日期"),
	EVENT(F_ACCEPTANCE, "acceptance", "acceptance", "验收日期"),
	EVENT(F_HANDOVER, "handover", "handover", "交付日期"),
	HAPPENED(F_REPLACEMENT, "replacement", "last replacement", "更换日期"),
	HAPPENED(F_REPAIRED, "repaired", "last repair finished", "修复日期"),
	EVENT(F_CLAIM, "claim", "day of the claim", "报修日期"),
	HAPPENED(F_OCCURRED, "occurred", "day of the fault", "故障发生日期"),
	WORD(F_PRODUCT, "product", "product", "产品", NULL),
	WORD(F_COMPONENT, "component", "component", "部件", NULL),
	WORD(F_SOLD_AS, "sold_as", "terms of the sale", "销售性质", sold_as_words),
	WORD(F_SOLD_VIA, "sold_via", "sales channel", "销售渠道", sold_via_words),
	WORD(F_BOUGHT_FROM, "bought_from", "bought from", "购自", bought_from_words),
	ROW(F_OWNER, "owner", "owner", "所有人", FACT_WORD, ABSENT_DEFAULT, .words = owner_words),
	ROW(F_PRICE, "price", "price paid", "价格", FACT_MONEY, ABSENT_UNKNOWN),
	ROW(F_DOCUMENTS, "documents", "documents", "凭证", FACT_SET, ABSENT_UNKNOWN, .words = document_words),
	ROW(F_CONDITION, "condition", "condition of the goods", "商品状况", FACT_SET, ABSENT_UNKNOWN,
	    .words = condition_words),
	WORD(F_FAULT, "fault", "fault", "故障性质", fault_words),
	WORD(F_CAUSE, "cause", "cause", "原因", cause_words),
	YES_NO(F_CONFIRMED, "confirmed", "fault confirmed beforehand", "事先确认"),
	WHOLE(F_SAME_FAULT_REPAIRS, "same_fault_repairs", "repairs of the same fault", "同一故障维修次数"),
	WHOLE(F_REPAIR_DAYS, "repair_days", "days in repair", "维修占用天数"),
	WHOLE(F_EXCHANGED_WITHOUT_FAULT, "exchanged_without_fault", "exchanges without fault", "无故障换货次数"),
	YES_NO(F_PARTS_AVAILABLE, "parts_available", "spare parts can be had", "配件可供"),
	YES_NO(F_REPAIRABLE, "repairable", "can be repaired", "可修复"),
	WORD(F_WANT, "want", "what the customer asks for", "客户要求", want_words),
	WORD(F_SUPPLIED_BY, "supplied_by", "part supplied by", "配件提供方", party_words),
	WORD(F_CARRIED_BY, "carried_by", "goods carried by", "承运方", party_words),
	ROW(F_BATCH, "batch", "batch fault", "批量故障", FACT_BOOL, ABSENT_DEFAULT),
	MEASURE(F_CAPACITY_PCT, "capacity_pct", "remaining capacity", "剩余容量", 100),
	MEASURE(F_SHARE_PCT, "share_pct", "share of the lot", "故障占比", 100),
	MEASURE(F_HOURS, "hours", "hours of use", "使用小时数", 0),
	MEASURE(F_KM, "km", "distance driven", "行驶公里数", 0),
	MEASURE(F_COUNT, "count", "count", "数量", 0),
	WORD(F_ZONE, "zone", "zone of the customer", "客户区域", zone_words),
	MEASURE(F_DISTANCE_KM, "distance_km", "distance from the service point", "距服务点公里数", 0),
	WORD(F_SEVERITY, "severity", "severity", "故障等级", NULL),
	WORD(F_SERVICE_CLASS, "service_class", "class of service", "服务类别", service_class_words),
	WORD(F_STAGE, "stage", "stage", "阶段", NULL),
	MOMENT(F_REPORTED, "reported", "time of the report", "报修时间"),
	MOMENT(F_RESPONDED, "responded", "time of the response", "响应时间"),
	MOMENT(F_ARRIVED, "arrived", "time of arrival", "到达时间"),
	MOMENT(F_RESOLVED, "resolved", "time of the solution", "解决时间"),
	MOMENT(F_APPOINTED, "appointed", "time of the appointment", "预约时间"),
	MOMENT(F_NOW, "now", "now", "当前时间"),
	EVENT(F_AS_OF, "as_of", "day of the list", "查询日期"),
	ROW(F_ITEMS, "items", "fee items", "收费项目", FACT_ITEMS, ABSENT_NEVER, .words = item_words),
	ROW(F_CARD_PRICE, "card_price", "prices on the card", "保修证价格", FACT_PRICES, ABSENT_NEVER),
	ROW(F_PARTS_COST, "parts_cost", "cost of the parts", "配件成本", FACT_MONEY, ABSENT_UNKNOWN),
	WORD(F_VERDICT, "verdict", "verdict of the warranty", "保修结论", verdict_words),
	WORD(F_LABOR, "labor", "labour", "工时费", charging_words),
	WORD(F_PARTS, "parts", "parts", "配件费", charging_words),
	ROW(F_ASK, "ask", "question", "查询种类", FACT_WORD, ABSENT_UNKNOWN, .words = ask_words, .internal = true),
	YES_NO(F_IN_TERM, "in_term", "inside a term", "在保修期内"),
};
