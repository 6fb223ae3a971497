#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Words separated by spaces, lower case, abbreviations without their last full stop.

#include <array>
#include <string_view>

namespace copydesk {

// Written with a capital letter only.
inline constexpr std::string_view kCapitalizedAbbreviations =
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb "
    "Nev "
    "Okla Ore Pa Penn Tenn Tex Va Vt Wash Wis Wyo Mon Tues Wed Thurs Fri Sat Sun";

struct LanguageLists {
  std::string_view language;
  std::string_view titles, numbers, months, general, openers;
  bool has_ordinal_stop = false;
};

// Names of months that stand behind the ordinal number of a day, in the languages that write it
// with a full stop.
inline constexpr std::string_view kMonthNames =
    "januar februar märz april mai juni juli august september oktober november dezember jänner "
    "januar februar marts maj juni juli august oktober december januára februára marca apríla mája "
    "júna júla augusta septembra októbra novembra decembra ledna února března dubna května června "
    "července srpna září října listopadu prosince stycznia lutego marca kwietnia maja czerwca "
    "lipca "
    "sierpnia września października listopada grudnia januára";

inline constexpr std::array<LanguageLists, 12> kLanguageLists = {{
    {"en",
     "mr mrs ms messrs mmes dr drs prof profs rev fr hon pres gov gen lt col maj capt cmdr sgt cpl "
     "pvt "
     "adm brig rep reps sen sens supt st mt mts ft insp det asst assoc atty sr.ra vs hrn "
     "amb cpt cdr spc pfc ens abp bp msgr cf e.g i.e viz "
     "al-haj sec-gen lt.cdr lt.col lt.gen maj.gen v",
     "p pp no nos nr n° num fig figs art arts vol vols ch chap sec secs eq eqs op ext ph fax rs re "
     "max min tab app cl bk lect tel par para pt ver ca "
     "c "
     "approx",
     "jan feb febr mar apr jun jul aug sep sept oct nov dec",
     "co corp inc ltd llc plc bros etc jr sr dept dist est ave blvd rd hwy ph.d m.d b.a m.a "
     "a.m p.m al ed eds univ inst assn u.s u.k u.n d.c n.y l.a mfg mgr cos e.u a.d b.c w st.-jean "
     "sq seq ft lb lbs oz hr hrs sec kg km cm mm ret retd est incl "
     "excl gal ibid govt intl natl qty tsp tbsp",
     "the a an he she it they we you i his her its their our my your this that these those there "
     "here "
     "in on at but and or so if when while as after before how what who why where which did do "
     "does is "
     "are was were will would can could should has have had for from with by not no now then "
     "however "
     "also some many most all both each one two meanwhile since under during although though "
     "according please let despite among another because still yet even once until unlike last "
     "next "
     "more nearly only such to of just perhaps instead yes well",
     false},
    {"de",
     "hr hrn fr frl dr prof dipl ing dipl.-ing st hl z.b z d.h u.a bzw bspw ggf evtl ca vgl sog "
     "inkl "
     "exkl zzgl insb mag dkfm geb gest verh ehem allg",
     "nr s bd abs art kap abb tab ziff rn jg tel hausnr str",
     "jan feb febr mär apr jun jul aug sep sept okt nov dez",
     "usw etc u.a.m u.s.w mio mrd tsd std min sek jh jhd v.chr n.chr v n co kg gmbh abt fa o.ä u.ä "
     "s.o s.u i.d.r i.a i.v a.d m.e z.t d z.z z.zt",
     "der die das er sie es wir ich ihr ein eine einer eines in im am an auf und aber oder doch "
     "auch "
     "mit bei nach seit von vor für wenn als da dann hier so was wer wie wo warum nicht dies diese "
     "dieser dieses sein seine ihre nun man zu zum zur um trotz während",
     true},
    {"da", "hr fr frk dr prof skt sct st hans cand.mag", "nr s bd kap art fig tlf stk",
     "jan feb mar apr maj jun jul aug sep sept okt nov dec",
     "ca bl.a f.eks fx osv mv mio mia kr m.fl m.m o.s.v pct inkl ekskl a/s aps co a.m jf evt",
     "de den det der han hun vi jeg du i en et og men hvad hvem hvor hvorfor hvornår som når da så "
     "på "
     "til fra med for efter nu ikke dette disse min mit",
     true},
    {"fr", "m mm mme mmes mlle mlles dr me mgr pr st ste prof",
     "p pp no n° nº art chap fig vol t cf tél", "janv févr avr juil sept oct nov déc",
     "etc ex av ap env hab éd ltd inc co sté cie boul bd ll.aa.ii.rr j.-c apr p.ex",
     "le la les l il elle ils elles un une des ce cette ces mais et dans en au aux pour par sur on "
     "nous vous je tu son sa ses leur leurs que qui où quand comment pourquoi selon",
     false},
    {"es",
     "sr sra srta sres sras srtas dr dra dres lic d dª dña ing arq prof profa gral cnel sto sta ud "
     "uds "
     "vd vds mt mr admón avda av exc excmo ilmo rvdo dn mons",
     "núm no nos n° nº art arts pág págs p pp cap fig vol tel ext cra párr párrf km",
     "ene feb mar abr may jun jul ago sep sept set oct nov dic lun mié jue vie sáb dom",
     "etc ee ee.uu p.ej ej aprox cía ltda s.a c.v d.c a.c hs min máx mín dpto depto",
     "el la los las un una unos unas en y pero no se es al por para con su sus este esta ese esa "
     "lo "
     "que qué cómo cuándo dónde él ella ellos yo nosotros según de",
     false},
    {"it",
     "sig sigg sig.ra sig.na sig.re dott dott.ssa dr avv ing arch geom prof prof.ssa on sen rag "
     "mons "
     "egr gent.ma gent.mo spett dir amm s.ta s.to psicol v.cte ill.mo chiar.mo es ca d st",
     "n nr pag pagg p pp art artt cap fig vol tab tel",
     "gen feb mar apr mag giu lug ago set sett ott nov dic",
     "ecc etc s.p.a s.r.l spa co ltd az econ a.c d.c",
     "il lo la i gli le un una uno in e ma si non è al con per su da di che chi come quando dove "
     "egli "
     "lui lei loro noi voi io questo questa quello quella",
     false},
    {"nl", "dhr mevr mw dr drs ir ing mr prof st jhr ds", "nr p blz art fig hfdst tel",
     "jan feb mrt apr jun jul aug sep sept okt nov dec",
     "enz e.d o.a d.w.z bijv bv nl i.p.v m.b.t t.a.v ca co aanw vnw",
     "de het een hij zij ze we wij ik je u in op en maar dat die dit deze daar er als toen wat wie "
     "waar waarom hoe niet met voor na van bij volgens",
     false},
    {"pl", "p pan pani dr prof inż mgr ks św gen płk im ul al pl os tzw",
     "nr s str art poz rys tab tel", "sty lut mar kwi cze lip sie wrz paź lis gru",
     "itd itp m.in np tj tzn ok wg bałt tys mln mld zł gr r w godz min",
     "w z na do i a ale nie to jest on ona ono oni my wy ja ten ta że co kto jak gdy kiedy gdzie "
     "po o",
     true},
    {"sk", "p dr prof ing mgr judr mudr phdr doc sv ul nám gen", "č s str čl ods tab obr tel",
     "jan feb mar apr máj jún júl aug sept okt nov dec",
     "napr atď a i t.j tj resp tzv tis mil mld hod min r s.r.o s r o spol a.s cca kap",
     "v na a ale to je on ona my vy ja ten tá že čo kto ako keď kedy kde po o do z podľa", true},
    {"cs", "p dr prof ing mgr judr mudr phdr doc sv ul nám gen", "č s str čl odst tab obr tel",
     "led úno bře dub kvě čvn čvc srp zář říj lis pro",
     "např atd apod tj resp tzv tis mil mld hod min r s.r.o s spol a.s cca",
     "v na a ale to je on ona my vy já ten ta že co kdo jak když kdy kde po o do z podle", true},
    {"pt", "sr sra srs sras dr dra drs prof profa eng d dom gen cel exmo exma av",
     "n nº no p pp pág págs art arts fig vol cap tel",
     "jan fev mar abr mai jun jul ago set out nov dez",
     "etc ex p.ex ltda s.a cia ee.uu a.c d.c aprox",
     "o a os as um uma em no na e mas não se é ao por para com seu sua este esta esse essa que "
     "como "
     "quando onde ele ela eles elas eu nós segundo de",
     false},
    // Cyrillic and Greek letters speak for themselves: in for every language.
    {"", "г-н г-жа проф акад доц ген им гр пгт пос гос тов адм св о-в сокр преп инж",
     "ул кв пл гл рис стр табл ст корп оф дом тел пр пер наб вып абз № σελ αρ κεφ",
     "янв фев февр мар апр июн июл авг сен сент окт ноя нояб дек",
     "руб долл дол тыс млн млрд гг вв др проч пр т.е т.д т.п т.к т.г и.о н.э до.н.э куб кв вкл см "
     "напр "
     "англ рус лат франц нем у.е обл р-н т.б мыс қ б.з.б κ.λπ π.χ κ.ά",
     "в на и но а он она оно они мы вы я это этот эта что кто как когда где почему не по из с у к "
     "о об "
     "от до за для если так там тут все его её их той та за від та це він вона κι και το η ο οι τα "
     "ένα "
     "μια δεν με σε για από του της",
     false},
}};

}  // namespace copydesk
