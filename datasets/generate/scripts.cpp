// SPDX-License-Identifier: Apache-2.0
#include "generate/scripts.h"

#include <array>

#include "copydesk/error.h"

namespace copydesk::datasets {
namespace {

using namespace std::string_view_literals;

constexpr std::array kLatinOnsets = {"b"sv,  "br"sv, "c"sv,  "ch"sv, "d"sv, "dr"sv, "f"sv,  "fl"sv,
                                     "g"sv,  "gr"sv, "h"sv,  "j"sv,  "k"sv, "l"sv,  "m"sv,  "n"sv,
                                     "p"sv,  "pl"sv, "pr"sv, "qu"sv, "r"sv, "s"sv,  "sh"sv, "sl"sv,
                                     "st"sv, "t"sv,  "tr"sv, "v"sv,  "w"sv, "z"sv,  ""sv,   "th"sv};
constexpr std::array kLatinVowels = {"a"sv, "e"sv,  "i"sv,  "o"sv, "u"sv, "a"sv,  "e"sv, "i"sv,
                                     "o"sv, "ea"sv, "ou"sv, "y"sv, "é"sv, "ai"sv, "i"sv, "e"sv};
constexpr std::array kLatinCodas = {""sv, ""sv,  ""sv,  "n"sv, "r"sv,  "s"sv, "l"sv, "t"sv,
                                    ""sv, "m"sv, "d"sv, ""sv,  "nd"sv, ""sv,  "n"sv, ""sv};

constexpr std::array kCyrillicOnsets = {"б"sv, "в"sv, "г"sv, "д"sv, "ж"sv,  "з"sv,  "к"sv,  "л"sv,
                                        "м"sv, "н"sv, "п"sv, "р"sv, "с"sv,  "т"sv,  "ф"sv,  "х"sv,
                                        "ц"sv, "ч"sv, "ш"sv, "щ"sv, "пр"sv, "ст"sv, "кр"sv, ""sv};
constexpr std::array kCyrillicVowels = {"а"sv, "о"sv, "е"sv, "и"sv, "у"sv, "ы"sv,
                                        "я"sv, "ю"sv, "э"sv, "ё"sv, "о"sv, "а"sv};
constexpr std::array kCyrillicCodas = {""sv,  ""sv,  ""sv,  "н"sv, "й"sv, "р"sv, "л"sv, "т"sv,
                                       "к"sv, "м"sv, "в"sv, "с"sv, "ь"sv, ""sv,  "д"sv, "ст"sv};

constexpr std::array kArabicOnsets = {"ب"sv, "ت"sv, "ج"sv, "ح"sv, "د"sv, "ر"sv, "ز"sv, "س"sv,
                                      "ش"sv, "ص"sv, "ع"sv, "ف"sv, "ق"sv, "ك"sv, "ل"sv, "م"sv,
                                      "ن"sv, "ه"sv, "و"sv, "ي"sv, "أ"sv, "ط"sv, "خ"sv, "غ"sv};
constexpr std::array kArabicVowels = {"ا"sv, "و"sv, "ي"sv, ""sv, ""sv, "ا"sv, ""sv, ""sv};
constexpr std::array kArabicCodas = {""sv, ""sv, "ن"sv, "ر"sv, "ل"sv, "ة"sv, ""sv, "م"sv};

constexpr std::array kIdeographs = {
    "的"sv, "一"sv, "是"sv, "在"sv, "不"sv, "了"sv, "有"sv, "和"sv, "人"sv, "这"sv, "中"sv, "大"sv,
    "为"sv, "上"sv, "个"sv, "国"sv, "我"sv, "以"sv, "要"sv, "他"sv, "时"sv, "来"sv, "用"sv, "们"sv,
    "生"sv, "到"sv, "作"sv, "地"sv, "于"sv, "出"sv, "就"sv, "分"sv, "对"sv, "成"sv, "会"sv, "可"sv,
    "主"sv, "发"sv, "年"sv, "动"sv, "同"sv, "工"sv, "也"sv, "能"sv, "下"sv, "过"sv, "子"sv, "说"sv,
    "产"sv, "种"sv, "面"sv, "而"sv, "方"sv, "后"sv, "多"sv, "定"sv, "行"sv, "学"sv, "法"sv, "所"sv,
    "民"sv, "得"sv, "经"sv, "十"sv, "三"sv, "之"sv, "进"sv, "着"sv, "等"sv, "部"sv, "度"sv, "家"sv,
    "电"sv, "力"sv, "里"sv, "如"sv, "水"sv, "化"sv, "高"sv, "自"sv, "二"sv, "理"sv, "起"sv, "小"sv,
    "物"sv, "现"sv, "实"sv, "加"sv, "量"sv, "都"sv, "两"sv, "体"sv, "制"sv, "机"sv, "当"sv, "使"sv,
    "点"sv, "从"sv, "业"sv, "本"sv, "去"sv, "把"sv, "性"sv, "好"sv, "应"sv, "开"sv, "它"sv, "合"sv,
    "还"sv, "因"sv, "由"sv, "其"sv, "些"sv, "然"sv, "前"sv, "外"sv, "天"sv, "政"sv, "四"sv, "日"sv,
    "那"sv, "社"sv, "义"sv, "事"sv, "平"sv, "形"sv, "相"sv, "全"sv, "表"sv, "间"sv, "样"sv, "与"sv,
    "关"sv, "各"sv, "重"sv, "新"sv, "线"sv, "内"sv, "数"sv, "正"sv, "心"sv, "反"sv, "你"sv, "明"sv,
    "看"sv, "原"sv, "又"sv, "么"sv, "利"sv, "比"sv, "或"sv, "但"sv, "质"sv, "气"sv, "第"sv, "向"sv,
    "道"sv, "命"sv, "此"sv, "变"sv, "条"sv, "只"sv, "没"sv, "结"sv, "解"sv, "问"sv, "意"sv, "建"sv,
    "月"sv, "公"sv, "无"sv, "系"sv, "军"sv, "很"sv, "情"sv, "者"sv, "最"sv, "立"sv, "代"sv, "想"sv,
    "已"sv, "通"sv, "并"sv, "提"sv, "直"sv, "题"sv, "程"sv, "展"sv, "五"sv, "果"sv, "料"sv, "象"sv,
    "员"sv, "革"sv, "位"sv, "入"sv, "常"sv, "文"sv, "总"sv, "次"sv, "品"sv, "式"sv, "活"sv, "设"sv,
    "及"sv, "管"sv, "特"sv, "件"sv, "长"sv, "求"sv, "老"sv, "头"sv, "基"sv, "资"sv, "边"sv, "流"sv,
    "路"sv, "级"sv, "少"sv, "图"sv, "山"sv, "统"sv, "接"sv, "知"sv, "较"sv, "将"sv, "组"sv, "见"sv,
    "计"sv, "别"sv, "她"sv, "手"sv, "角"sv, "期"sv, "根"sv, "论"sv, "运"sv, "农"sv, "指"sv, "几"sv,
    "九"sv, "区"sv, "强"sv, "放"sv, "决"sv, "西"sv, "被"sv, "干"sv, "做"sv, "必"sv, "战"sv, "先"sv,
    "回"sv, "则"sv, "任"sv, "取"sv, "据"sv, "处"sv, "队"sv, "南"sv, "给"sv, "色"sv, "光"sv, "门"sv,
    "即"sv, "保"sv, "治"sv, "北"sv, "造"sv, "百"sv, "规"sv, "热"sv, "领"sv, "七"sv, "海"sv, "口"sv,
    "东"sv, "导"sv, "器"sv, "压"sv, "志"sv, "世"sv, "金"sv, "增"sv, "争"sv, "济"sv, "阶"sv, "油"sv};
constexpr std::array kNothing = {""sv};

constexpr Script kLatin = {" ",  ", ", ". ",         "\"",         "\" ",
                           "— ", true, kLatinOnsets, kLatinVowels, kLatinCodas};
constexpr Script kCyrillic = {
    " ", ", ", ". ", "«", "» ", "— ", true, kCyrillicOnsets, kCyrillicVowels, kCyrillicCodas};
constexpr Script kArabic = {" ",  "، ",  ". ",          "\"",          "\" ",
                            "— ", false, kArabicOnsets, kArabicVowels, kArabicCodas};
constexpr Script kChinese = {"",    "，",  "。",        "“",      "”",
                             "电 ", false, kIdeographs, kNothing, kNothing};

std::string_view pick(std::span<const std::string_view> pieces, Random& random) {
  return pieces[random.below(pieces.size())];
}

}  // namespace

Language language_of(std::string_view name) {
  if (name == "latin") return Language::kLatin;
  if (name == "cyrillic") return Language::kCyrillic;
  if (name == "chinese") return Language::kChinese;
  if (name == "arabic") return Language::kArabic;
  throw Error(
      ErrorCode::kInvalidOption,
      "unknown language \"" + std::string(name) + "\"; use latin, cyrillic, chinese or arabic",
      "--language");
}

const Script& script_of(Language language) {
  switch (language) {
    case Language::kCyrillic:
      return kCyrillic;
    case Language::kChinese:
      return kChinese;
    case Language::kArabic:
      return kArabic;
    case Language::kLatin:
      break;
  }
  return kLatin;
}

void append_syllable(std::string& word, const Script& script, Random& random) {
  word += pick(script.onsets, random);
  word += pick(script.vowels, random);
  word += pick(script.codas, random);
}

void capitalize(char* letter) {
  const auto first = static_cast<unsigned char>(letter[0]);
  if (first >= 'a' && first <= 'z') {
    letter[0] = static_cast<char>(first - 32);
    return;
  }
  if (first != 0xc3 && first != 0xd0 && first != 0xd1) return;
  const auto second = static_cast<unsigned char>(letter[1]);
  if (first == 0xc3 && second >= 0xa0) {  // à to þ
    letter[1] = static_cast<char>(second - 32);
  } else if (first == 0xd0 && second >= 0xb0) {  // а to п
    letter[1] = static_cast<char>(second - 32);
  } else if (first == 0xd1 && second <= 0x8f) {  // р to я
    letter[0] = static_cast<char>(0xd0);
    letter[1] = static_cast<char>(second + 32);
  } else if (first == 0xd1 && second == 0x91) {  // ё
    letter[0] = static_cast<char>(0xd0);
    letter[1] = static_cast<char>(0x81);
  }
}

}  // namespace copydesk::datasets
