// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/furniture_words.h"

#include <algorithm>
#include <string_view>

#include "copydesk/text/tokenizer.h"

namespace copydesk {

namespace {

// Words of notices rather than of news about them: no names of networks, no "share" or "comment".
constexpr std::string_view kWords =
    "subscribe subscribed subscriber subscribers subscription subscriptions unsubscribe newsletter "
    "newsletters inbox cookie cookies copyright reserved rights privacy sign signup login logged "
    "browser javascript advertisement advertising sponsored consent disclaimer republished "
    "reproduced redistributed rewritten retransmitted permission syndication trademark trademarks "
    "bookmark webpage website site email mailing preferences opt "
    // German
    "abonnieren abonnement abonnenten datenschutz datenschutzerklärung impressum agb einwilligung "
    "werbung anmelden registrieren vorbehalten rechte urheberrecht nutzungsbedingungen "
    "vervielfältigung browsereinstellungen webseite "
    // French
    "abonnez abonnés inscrivez newsletters confidentialité réservés droits mentions légales "
    "publicité consentement reproduction traceurs navigateur paramétrer "
    // Spanish and Portuguese
    "suscríbete suscríbase suscripción boletín privacidad derechos reservados publicidad aviso "
    "consentimiento prohibida reproducción navegador assine assinatura boletim privacidade direitos "
    "publicidade navegador "
    // Italian
    "iscriviti abbonati abbonamento riservati riservata diritti informativa riproduzione "
    "pubblicità consenso "
    // Dutch and Polish
    "nieuwsbrief abonneer abonnees voorbehouden rechten privacybeleid cookiebeleid toestemming "
    "newslettera subskrybuj prenumerata zastrzeżone prawa prywatności regulamin plików "
    // Russian
    "подпишитесь подписка подписаться рассылка рассылку защищены права перепечатка "
    "конфиденциальности реклама";

constexpr std::size_t kMostTokens = 150;
constexpr std::size_t kFewestWords = 3;
constexpr std::size_t kTokensPerWord = 8;

}  // namespace

FurnitureWords::FurnitureWords() {
  TokenList list;
  Tokenizer().tokenize(kWords, list);
  take_low_halves(list.hashes, tokens_);
  std::sort(tokens_.begin(), tokens_.end());
  tokens_.erase(std::unique(tokens_.begin(), tokens_.end()), tokens_.end());
}

// Different words are asked for: a story about cookies has that one all over.
bool FurnitureWords::is_furniture(std::span<const std::uint32_t> passage) const {
  if (passage.size() > kMostTokens) return false;
  std::vector<std::uint32_t> found;
  for (const std::uint32_t token : passage) {
    if (std::binary_search(tokens_.begin(), tokens_.end(), token)) found.push_back(token);
  }
  if (found.size() * kTokensPerWord < passage.size()) return false;
  std::sort(found.begin(), found.end());
  return std::unique(found.begin(), found.end()) - found.begin() >=
         static_cast<std::ptrdiff_t>(kFewestWords);
}

}  // namespace copydesk
