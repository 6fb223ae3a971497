// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/html/character_guess.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unistr.h>

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <vector>

using namespace copydesk;

namespace {

struct Sample {
  std::string_view text;
  std::vector<std::string_view> sets;
};

const std::vector<Sample>& samples() {
  static const std::vector<Sample> kSamples = {
      {"Мост через реку открыли во вторник утром. Рабочие чинили его почти два года, и за это "
       "время "
       "жители соседних деревень ездили в город окольной дорогой.",
       {"windows-1251", "koi8-r", "ibm866", "iso-8859-5"}},
      {"Міст через річку відкрили у вівторок уранці. Робітники лагодили його майже два роки, тому "
       "мешканці сусідніх сіл їздили до міста іншою дорогою.",
       {"windows-1251"}},
      {"Мостът над реката беше открит във вторник сутринта. Работниците го поправяха почти две "
       "години.",
       {"windows-1251"}},
      {"Η γέφυρα πάνω από το ποτάμι άνοιξε ξανά την Τρίτη το πρωί. Οι εργάτες την επισκεύαζαν "
       "σχεδόν "
       "δύο χρόνια, και οι κάτοικοι πήγαιναν στην πόλη από άλλο δρόμο.",
       {"windows-1253"}},
      {"הגשר מעל הנהר נפתח מחדש ביום שלישי בבוקר. הפועלים תיקנו אותו כמעט שנתיים, ותושבי הכפרים "
       "הסמוכים נסעו לעיר בדרך אחרת.",
       {"windows-1255"}},
      {"أعيد فتح الجسر فوق النهر صباح يوم الثلاثاء. وقد أمضى العمال ما يقرب من عامين في إصلاحه، "
       "وكان "
       "سكان القرى المجاورة يذهبون إلى المدينة من طريق آخر.",
       {"windows-1256"}},
      {"สะพานข้ามแม่น้ำเปิดอีกครั้งในเช้าวันอังคาร คนงานใช้เวลาซ่อมเกือบสองปี "
       "และชาวบ้านต้องเดินทางเข้าเมืองด้วยเส้นทางอื่น",
       {"windows-874"}},
      {"横跨这条河的大桥星期二早上重新开放。工人们用了将近两年的时间来修理它，在这段时间里附近村子"
       "的人要走另一条路到城里去。",
       {"gb18030"}},
      {"橫跨這條河的大橋星期二早上重新開放。工人們用了將近兩年的時間來修理它，在這段時間裡附近村子"
       "的人要走另一條路到城裡去。",
       {"big5"}},
      {"川にかかる橋は火曜日の朝に再び開通した。作業員たちはほぼ二年をかけて修理し、その間、近くの"
       "村の人々は別の道で町へ通っていた。",
       {"shift_jis", "euc-jp"}},
      {"강을 가로지르는 다리가 화요일 아침에 다시 열렸다. 인부들은 거의 두 해 동안 다리를 고쳤고 "
       "이웃 마을 사람들은 다른 길로 시내에 다녔다.",
       {"euc-kr"}},
      {"Most přes řeku byl v úterý ráno znovu otevřen. Dělníci jej opravovali téměř dva roky a "
       "lidé z "
       "okolních vesnic jezdili do města jinou cestou, která je o deset kilometrů delší.",
       {"windows-1250", "iso-8859-2"}},
      {"Most przez rzekę otwarto ponownie we wtorek rano. Robotnicy naprawiali go prawie dwa lata, "
       "a "
       "mieszkańcy sąsiednich wsi jeździli do miasta inną drogą, o dziesięć kilometrów dłuższą.",
       {"windows-1250", "iso-8859-2"}},
      {"A folyón átívelő hidat kedden reggel újra megnyitották. A munkások csaknem két évig "
       "javították, "
       "és közben a környező falvak lakói más úton jártak be a városba, mert nem volt más "
       "választásuk.",
       {"windows-1250", "iso-8859-2"}},
      {"Nehrin üzerindeki köprü salı sabahı yeniden açıldı. İşçiler köprüyü yaklaşık iki yıl "
       "boyunca "
       "onardılar ve komşu köylerde yaşayanlar şehre başka bir yoldan gittiler.",
       {"windows-1254"}},
      {"Le pont sur la rivière a été rouvert mardi matin. Les ouvriers l’ont réparé pendant près "
       "de deux "
       "ans, et les habitants des villages voisins allaient à la ville par une autre route.",
       {"windows-1252"}},
      {"Die Brücke über den Fluss ist am Dienstagmorgen wieder geöffnet worden. Die Arbeiter haben "
       "sie "
       "fast zwei Jahre lang ausgebessert, und die Leute fuhren auf größeren Straßen in die Stadt.",
       {"windows-1252"}},
      {"El puente sobre el río volvió a abrirse el martes por la mañana. Los obreros tardaron casi "
       "dos "
       "años en repararlo, y los vecinos iban a la ciudad por otro camino más largo.",
       {"windows-1252"}},
      {"“The bridge,” he said, “won’t open before Tuesday” — it cost £4m.", {"windows-1252"}},
  };
  return kSamples;
}

std::string encode(std::string_view text, std::string_view set) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeString wide =
      icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
  UConverter* const converter = ucnv_open(std::string(set).c_str(), &error);
  BOOST_REQUIRE(U_SUCCESS(error));
  std::string bytes(4 * text.size(), '\0');
  const std::int32_t size =
      ucnv_fromUChars(converter, bytes.data(), static_cast<std::int32_t>(bytes.size()),
                      wide.getBuffer(), wide.length(), &error);
  ucnv_close(converter);
  BOOST_REQUIRE(U_SUCCESS(error));
  bytes.resize(static_cast<std::size_t>(size));
  return bytes;
}

// Whether ICU's detector finds a set that decodes the bytes in the same way.
bool icu_reads(const std::string& bytes, std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  UCharsetDetector* const detector = ucsdet_open(&error);
  ucsdet_setText(detector, bytes.data(), static_cast<std::int32_t>(bytes.size()), &error);
  const UCharsetMatch* const match = ucsdet_detect(detector, &error);
  bool is_right = false;
  if (U_SUCCESS(error) && match != nullptr) {
    std::vector<UChar> wide(bytes.size() + 16);
    const std::int32_t size =
        ucsdet_getUChars(match, wide.data(), static_cast<std::int32_t>(wide.size()), &error);
    std::string found;
    if (U_SUCCESS(error)) icu::UnicodeString(wide.data(), size).toUTF8String(found);
    is_right = found == text;
  }
  ucsdet_close(detector);
  return is_right;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(character_guess)

BOOST_AUTO_TEST_CASE(texts_are_read_in_the_set_they_were_written_in) {
  std::size_t right = 0, all = 0, right_by_icu = 0;
  for (const Sample& sample : samples()) {
    for (const std::string_view set : sample.sets) {
      const std::string bytes = encode(sample.text, set);
      std::string buffer;
      const CharacterSet found = guess_character_set(bytes);
      const bool is_right = decode_to_utf8(bytes, found, buffer) == sample.text;
      BOOST_TEST(is_right,
                 set << " was read as " << name_of(found) << ": " << buffer.substr(0, 80));
      right += is_right ? 1 : 0;
      right_by_icu += icu_reads(bytes, sample.text) ? 1 : 0;
      ++all;
    }
  }
  BOOST_TEST_MESSAGE(right << " of " << all << " right, ICU " << right_by_icu);
  BOOST_TEST(right >= right_by_icu);
}

BOOST_AUTO_TEST_CASE(a_few_words_are_enough_or_western) {
  std::string buffer;
  BOOST_TEST((guess_character_set(encode("Привет, мир", "windows-1251")) ==
              *find_character_set("windows-1251")));
  for (const std::string_view bytes : {"caf\xe9", "\x93quoted\x94", "\xa3 5", "\xff", "na\xefve"}) {
    BOOST_TEST((guess_character_set(bytes) == CharacterSet::kWindows1252), bytes);
  }
}

BOOST_AUTO_TEST_CASE(a_character_may_be_cut_at_the_end_of_what_is_looked_at) {
  std::string text;
  while (text.size() < 3 * kMostGuessedBytes) text += encode(samples()[9].text, "shift_jis");
  for (std::size_t cut = 0; cut < 4; ++cut) {
    BOOST_TEST(
        (guess_character_set(std::string_view(text).substr(2 * cut)) == CharacterSet::kShiftJis));
  }
}

BOOST_AUTO_TEST_SUITE_END()
