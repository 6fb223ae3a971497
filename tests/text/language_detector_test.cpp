// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>
#include <vector>

#include "copydesk/text/language_detector.h"
#include "copydesk/text/sentence_splitter.h"

using namespace copydesk;

BOOST_AUTO_TEST_SUITE(language_detector)

BOOST_AUTO_TEST_CASE(scripts_and_sequences) {
  const std::vector<std::pair<std::string, std::string>> texts = {
      {"en", "The harbor bridge will close for six months from Monday, the council said."},
      {"de",
       "Die Brücke am Hafen wird ab Montag für ein halbes Jahr geschlossen, teilte die Stadt mit."},
      {"da", "Broen ved havnen bliver lukket i et halvt år fra mandag, oplyser kommunen."},
      {"fr", "Le pont du port sera fermé pendant six mois à partir de lundi, a annoncé la ville."},
      {"es", "El puente del puerto estará cerrado durante seis meses a partir del lunes."},
      {"it", "Il ponte del porto resterà chiuso per sei mesi da lunedì, ha detto il comune."},
      {"nl", "De brug bij de haven gaat vanaf maandag een half jaar dicht, zei de gemeente."},
      {"pl", "Most przy porcie zostanie od poniedziałku zamknięty na pół roku, podało miasto."},
      {"cs", "Most u přístavu bude od pondělí na půl roku uzavřen, oznámilo město."},
      {"sk", "Most pri prístave bude od pondelka na pol roka zatvorený, oznámilo mesto."},
      {"pt", "A ponte do porto ficará fechada durante seis meses a partir de segunda-feira."},
      {"sv", "Bron vid hamnen stängs i ett halvår från och med måndag, säger kommunen."},
      {"tr", "Liman köprüsü pazartesi gününden itibaren altı ay boyunca trafiğe kapatılacak."},
      {"ru", "Мост у порта будет закрыт на полгода с понедельника, сообщили власти города."},
      {"uk", "Міст біля порту буде закрито на півроку з понеділка, повідомила міська рада."},
      {"el", "Η γέφυρα στο λιμάνι θα κλείσει για έξι μήνες από τη Δευτέρα."},
      {"he", "הגשר ליד הנמל ייסגר לשישה חודשים החל מיום שני."},
      {"ar", "سيغلق الجسر عند الميناء لمدة ستة أشهر ابتداء من يوم الاثنين."},
      {"hi", "बंदरगाह का पुल सोमवार से छह महीने के लिए बंद रहेगा।"},
      {"zh", "港口大桥将从星期一起关闭六个月。"},
      {"ja", "港の橋は月曜日から半年間閉鎖される。"},
      {"ko", "항구 다리는 월요일부터 여섯 달 동안 폐쇄된다."},
      {"th", "สะพานที่ท่าเรือจะปิดเป็นเวลาหกเดือน"}};
  for (const auto& [language, text] : texts) {
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(detect_language(text) == language);
    }
  }
}

// Where nothing speaks for a language none is named.
BOOST_AUTO_TEST_CASE(too_little) {
  for (const std::string text :
       {"", "12 34 56", "OK", "Xq Zvk Wj Pfqx Bzk Qrt Xwz", "+++ --- ***"}) {
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(detect_language(text).empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(what_the_record_says_comes_first) {
  const std::string text = "The harbor bridge will close for six months from Monday.";
  for (const char* name : {"de", "DE", "de-AT", "de_CH", "deu", "ger", "deu_Latn"}) {
    BOOST_TEST(language_of(name, text) == "de");
  }
  for (const char* name : {"", "und", "x", "German text", "d1", "english"}) {
    BOOST_TEST(language_of(name, text) == "en");
  }
  BOOST_TEST(language_of("vi", text) == "vi");
}

// German ordinals end no sentence, English numbers do.
BOOST_AUTO_TEST_CASE(the_splitter_follows) {
  SentenceSplitter splitter;
  SentenceList list;
  const std::string german = "Es war der 12. Versuch. Er gelang.";
  splitter.split(german, list);
  BOOST_TEST(list.size() == 3U);
  splitter.set_language("de");
  splitter.split(german, list);
  BOOST_TEST(list.size() == 2U);
  splitter.set_language("xx");  // without lists: as at first
  splitter.split(german, list);
  BOOST_TEST(list.size() == 3U);
}

BOOST_AUTO_TEST_SUITE_END()
