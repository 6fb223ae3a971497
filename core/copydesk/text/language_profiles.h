#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The 150 commonest sequences of three letters of a language, the commonest first; "_" stands where
// a word begins or ends. Counted over manual pages of Debian, for Danish, Czech and Slovak over
// texts written for it.

#include <array>
#include <string_view>

namespace copydesk {

struct LanguageProfile {
  std::string_view language;  // ISO 639-1
  std::string_view sequences;
};

inline constexpr std::array<LanguageProfile, 17> kLanguageProfiles = {{
    {"en",
     "_th the he_ ion ed_ tio _in on_ is_ es_ _co _an ing to_ or_ _to ng_ er_ _is le_ and _re "
     "_a_ nd_ for _fo _of _ar _be of_ re_ _op _wi ent in_ _as _fi ns_ _ex ble an_ _no _li ons "
     "_ma pti ile thi opt cti _pr ati _de be_ se_ fil ect _us ter ate ll_ ts_ his _ca use nt_ "
     "as_ te_ ly_ ch_ _wh at_ com ith it_ are en_ _se con str all th_ ut_ st_ ine not _on _al "
     "wit _if if_ mat ess _it _st ame _or lin ifi che abl ne_ ted ive _sp me_ ve_ pec spe _ch "
     "era res eci _c_ _di al_ ins ot_ pre ver ist pro tha _en nst hat her _by rec ass rat can "
     "int cif de_ arc sed ers ce_ _pa sse men by_ chi rea fie ult ill ode _va"},
    {"de",
     "en_ er_ _di _de die ie_ der ein den _be _da ver ich es_ _ei _au eit nd_ _we ten _un _ve "
     "ion ers nde on_ ung ine it_ ert wer _si _wi sch rde te_ ste in_ nge und _se nen che _vo "
     "_in gen ate _dp dpk pkg ier kg_ _zu _an ent all tio dat ls_ tei wir rd_ ies ese das rt_ "
     "ird erd ch_ end ist ell zei st_ ter ng_ aus cht ben sei as_ _ge _al sie ber ang _er ere "
     "ne_ et_ lle ht_ lte and eic ket auf erw _pa ake _is ren nte ite etz _fr pak nn_ le_ von "
     "rch se_ ati zu_ set _en _fa men ei_ fr_ fal wen em_ for tzt hen mat ode len lls geb orm "
     "erz des _pr rei pti _ni ann alt rze _st rma tel rst ges pro rte nic de_"},
    {"da",
     "er_ en_ et_ _de _i_ ed_ at_ le_ ne_ _og og_ det de_ and rne hed der te_ _at ver ern _ti "
     "il_ _re _me _be kke til ste _er mme nde om_ nen _fo den _sk re_ _ha _sa _st ere _fr lig "
     "_mi ikk _vi _en igh ghe ten _ko for _om _fø ede dag _br bro _ov ove ska _bl liv nd_ rge "
     "ger ig_ _mo org gen mes est ter _si ker tig ge_ rte _ku kun nne men kom omm _va var ar_ "
     "før st_ _da ers dt_ _li ret ene _je tte ag_ ro_ kal al_ _væ vær _så så_ bli ive sta sag "
     "age rer mor _bo beb ebo boe oer nes es_ sik erh rhe ige end mel ort und ner jer unn sty "
     "tyr sam ion one mer mil ill tat ate bet tal han ndl dle gte rdi fol olk"},
    {"fr",
     "es_ _de de_ _le le_ ion _co nt_ on_ _pa tio re_ er_ les que ent ur_ _la la_ chi fic _un "
     "our ne_ et_ ns_ est con is_ ich par st_ _es _dp _qu te_ ier ati _l_ _so _fi des ont rs_ "
     "ons _ce ire men dpk pkg _po ue_ lis hie kg_ com _en _d_ ar_ tre uti un_ _pr eur res _in "
     "dan aqu _et ce_ pou til _ch ans eme ut_ ili uis it_ ers pui ts_ cti _ut dep me_ en_ _su "
     "_tr cha _si _au _no _du du_ ise uet lle paq _da si_ pti une ver aut _se oir ant epu _op "
     "_pe _re ble se_ opt omm qui _ex che _fo ser ell pas _li per as_ ect us_ iqu for _ar son "
     "tte mme mat nte ive _va _ma ifi nst orm sio ert omp il_ ces rch ter ale"},
    {"es",
     "_de de_ es_ _co _la as_ os_ _es la_ el_ que ent _pa en_ _se _en con est te_ _el _un se_ "
     "_si ra_ _pr _qu nte ue_ na_ _no da_ ar_ do_ ero par _ma ina al_ man fic in_ ion sta ara "
     "or_ no_ ado ta_ com _lo aci las ada men to_ _in una ete ón_ nes ión on_ ual _a_ ist _y_ "
     "cio _ca ro_ an_ los por one tra nto ció _po pro _re _fi rio del pre _op den ica un_ ede "
     "si_ her ien che ter ida tes er_ _di pci ich aqu gin ma_ ari str iza ued uet liz _pu orm "
     "nci ble paq mo_ res rma cin ste bre _pá _fa pág ági anu ene re_ _ve opc ali for era _us "
     "_al lo_ ver per _su pue _ar des ten min omo io_ nua dos igu omb enc til"},
    {"it",
     "re_ _co to_ le_ _di di_ ion ne_ _in zio _un ile ent te_ per _fi er_ la_ _de one on_ _pe "
     "com _no fil ta_ are ti_ _se che il_ _il con do_ no_ un_ ess men _si ato _da _es he_ _vi "
     "ome ere _qu nte sta _pr ell in_ and est _pa _mo si_ ett del _so me_ _al non _e_ ica azi "
     "se_ ono ndo _la ni_ _ch lla man oni ati _us pos na_ ter _op mod _ma ra_ da_ _su opz pzi "
     "ma_ usa ver ser _è_ li_ ini que _ri _po son _l_ _le _st ifi fic una sse _ve ine _ne ore "
     "izi lo_ ene vim omp car ues _a_ bil ale pre ien ual tte tto im_ nto tat odo _i_ cat so_ "
     "gui ste el_ att ri_ tra ist ata ali all pro _ar io_ _pu ito ese nti ita"},
    {"nl",
     "en_ de_ _de et_ an_ _ge _he _in den het and sta van nde ver _va ie_ ord rde een _wo wor "
     "_be _op _ee oor tan est er_ tie bes _di aar erd gen ind ing _en _ve _pa der ere eer _vo "
     "_dp dpk pkg die kg_ or_ te_ rd_ ste in_ _al geb pak ege kke uit akk ket _te at_ eve rui "
     "voo gev ers ebr bru uik it_ ten nge _me nd_ aan _da ng_ nds _ui dt_ _co kt_ ven ls_ men "
     "ken lle _ma ati ds_ _st dat es_ rdt _om _we sin met el_ ren _aa als eli ele _bi _mo _si "
     "nie ard _wa le_ gel _do ond sch _zi voe chi _ni om_ iet op_ lij ang doo eld ikt ze_ opt "
     "all con ent _on pti waa len ar_ ove geg wer eke _to ite lin tee al_ eze"},
    {"pl",
     "ie_ _po nie _pr _do ani _je ch_ _wy _na na_ pli lik _w_ wan _pl sta prz ia_ rze _za ny_ "
     "nia ne_ do_ owa ów_ _ni kie ej_ eni _mo ego ost _op go_ ych wie st_ ji_ ku_ moż any est "
     "dzi _in pro _i_ pod uży jes je_ _uż _st _ja jak _zo ści ym_ opc pcj _ta nik cji _pa _ma "
     "_z_ azw ane yst _ko aki str li_ iet _od edy ywa ika _si ole _by ię_ acz iku naz ki_ ami "
     "czn by_ ent eśl em_ tan czy _te zna się _li rzy zos pis że_ ony ać_ nyc awi yć_ ale ak_ "
     "ach ion wsz ka_ _lu uch la_ le_ ożn żna cja ier ja_ szy zys men tak lub ram _ur pow gra "
     "pol zie _we to_ lec ez_ ume _ar cho zni ub_ uru ruc ko_ _to ece ogr wer"},
    {"cs",
     "že_ _a_ ost _př ou_ _se se_ sta _že st_ _ob _pr _ne _po _ro _st _mo _bu bud en_ _by _mě "
     "_v_ hod de_ est _od ch_ it_ sto li_ da_ měs odl la_ pře ku_ ude by_ moh ohl pra rav _ce "
     "dou na_ _do čno nos _je pro le_ prá ráv kte sob _mi _o_ _li lid idé dé_ lo_ _až až_ den "
     "_sv ní_ _na tví ví_ ěst ta_ děl lí_ roz tar rý_ mos es_ _ře řek hl_ _bý být ýt_ _op opr "
     "ces stu cí_ udo řev evá váž pří řív od_ _rá rán do_ ci_ _be bez ezp zpe peč ečn oby byv "
     "yva vat ate tel je_ _ně _dů _zp vil ly_ _kt ter tí_ va_ stá tát át_ nác áct ct_ ili _vě "
     "vět inu _ni nic ich _za pla lat cho odn dní áva ají jí_ při _zá zák ky_"},
    {"pt",
     "_de de_ os_ _co ão_ do_ com _o_ as_ ado _se es_ _pa omp _po ent da_ or_ te_ mpa _um _qu "
     "em_ dos nte act cta _a_ pac ma_ ra_ par qui ara _ar _es ivo ção que rqu ar_ uiv er_ arq "
     "_é_ _do _e_ men um_ ica ue_ _ma to_ ada _pr _us _me des se_ _fo for man por _no _xz ser "
     "_li tad esp açã _ex ia_ fic xz_ vo_ res ess _nã não _em cad eci ifi esc so_ ões _ou con "
     "_ta ria is_ _re ro_ usa mo_ ode _in ant ou_ pod _ve çõe tam om_ _lz dad est ver _os _ca "
     "ido ta_ ida sco rma pre spe _da ade pro uma ter ndo vos al_ _di tra nto _op pec rão tar "
     "lzm _en sso zma são orm ári taç _si tes rad qua rio and tro ina _ap mit"},
    {"sv",
     "en_ er_ _de et_ om_ tt_ _fr an_ _in _an era ler att as_ som de_ _so fr_ _at _dp dpk pkg "
     "ar_ kg_ ing fil det ra_ _ko lle ket ake _om den _pa _oc ch_ ver och and pak ett nde _se "
     "nte _en _fl ion _i_ _ti _av ill kom _me _sk sta int ter te_ til dan nda eda nge ll_ _r_ "
     "vnd ta_ _st anv _fi ile _ka gen lag nvn av_ var ell _et sed omm fla all med _ve agg tio "
     "tal mat ati ska ang ed_ na_ ata for tet _ut ste orm ara ras rma mma kan mer _vi ade nin "
     "_el ers rin mme _be _va la_ ng_ gga lla _al rad ga_ ka_ on_ end ts_ log re_ _p_ ger rna "
     "der es_ nst ete len _ta tar rde tta gar inn kti _sa _ha ds_ ins da_ lig"},
    {"hu",
     "_a_ jel _je els asz lsz cso has nál szn zná lha fel _cs _az gy_ _fe _me elh ak_ áló meg "
     "_ne az_ és_ sza _be _ha ort szó en_ por tt_ _le sop opo _pa sze ren zav ara end ló_ zer "
     "_re nem em_ _és ele ncs _el hat len par ran vál al_ anc _sz an_ dsz _ka _va egy kez tás "
     "ja_ min nds kap ált het val or_ ava _kö ik_ is_ rt_ ek_ at_ toz szt _ho kor _eg eg_ et_ "
     "nde zó_ ra_ ok_ ért _vá ha_ agy _mi apc pcs sol lto hog ogy _ak rta nak _ez ell ehe _am "
     "ót_ eze áll csa sak át_ _ta oló lép zon cs_ zta leh _ke tó_ es_ azo mez ező ott ni_ ami "
     "nek ini el_ óva _id er_ ono nos osí sít elm lít ét_ tat ll_ re_ ató ala"},
    {"ro",
     "_de te_ de_ re_ are _fi ea_ est tă_ le_ _în ate com ste _co ul_ omp pri rim mpr _es fiș "
     "_nu rea ima ntr ier ent _ma în_ că_ _di și_ iun _ca _cu iși șie _pe _ac ele tru _și ru_ "
     "ie_ cu_ _da ace mar rul _po _pr ai_ mai ili ui_ _un _su _a_ _xz car une _li ere lui pen "
     "ată _ex ori ces uti til xz_ _ut sta ile at_ _fo ulu _la _va dec _in mat fic oar liz men "
     "nu_ eco un_ ifi să_ ma_ iza _se ar_ nt_ ți_ bil num țiu or_ au_ nea ica la_ tre acă _op "
     "pți _lz dac se_ in_ _să ire ită oat ici _o_ ri_ opț mpl _me cat siu pre lor mul _sa lzm "
     "zma tat ite ce_ int _sp ime ta_ abi sau ini eci spe ult pro uni imp sun"},
    {"tr",
     "ir_ _bi lan lar bir in_ anı eri ara _ve ler içi _iç an_ ak_ ile _ol _ku lla arı _de _sa "
     "çin er_ kul ır_ en_ ull lir _do _bu eği ola dos osy sya _ya ıla ene ini ili bil ya_ ın_ "
     "ını ama _se eçe _ba le_ ste ala ar_ rak ası len ek_ de_ _ge seç ve_ nda değ çen tır bu_ "
     "nı_ ni_ ri_ _ko _il _ka man da_ _he say _ar kle abi rı_ rın ist rin _ay ınd _ta eli nın "
     "_be iri ayf yfa bel unu nde ne_ lam eni ğer _kı ana sın ind ekl yar _ad tan ere _ma dan "
     "kıl üze ki_ nek baş ği_ nle ğiş sı_ _ön alı lav eğe adı im_ mak tir aya ken lma atı dır "
     "dir sin ma_ uz_ lem den avu vuz enl mut ırı _gi cak ayı _pa eya nıl vey"},
    {"hr",
     "_pr je_ _na pro _po se_ _za roc ces oce ije _ko _se om_ ti_ ne_ na_ ako pri _ne _da _im "
     "_je ko_ ni_ dat _i_ sta ime no_ ato tot ote li_ ost _ak ist _mo ris ori _u_ men ma_ ja_ "
     "za_ ave ima _su iti _sa ka_ ada ika da_ _s_ tek kor nav anj koj _iz že_ su_ ved ili jed "
     "_ni are sti er_ den pok esa sa_ ji_ te_ nje cij _is im_ ede _il nom sto _ka ira ve_ ke_ "
     "rik jen eno _od ija pre oji _sv ena ren ran ati sam amo će_ _pi dan eni va_ mo_ _ub ubi "
     "rij use ser pid og_ od_ stu tup _op red me_ aže ju_ tor _si sni _fu ra_ oka kaž nij aju "
     "bij ll_ isn pod fus ese ičn nic kaz opc pci _st edb sig kil ill id_ _ov"},
    {"id",
     "an_ kan _se _di _da _me man ah_ ng_ ika ala men ari ama ntu ang seb _ba _pa eng _pe aka "
     "lam _in _ma tuk bua _be uk_ ebu _ha asi _ke and si_ unt _un uah ata _ya yan _te per at_ "
     "ber ter ri_ ini _de ka_ ku_ dar ni_ dan uan is_ nga ada hal ara pil ing al_ ma_ gan nya "
     "_bu in_ pan nam dal da_ bag uku er_ _ak ya_ dua ngk ndu kas buk una _ji jik apa pat car "
     "ak_ gun _ti ian uka ai_ ida ent han _na lah ung pen dak era nak eri as_ tid ili _ka den "
     "_th ar_ am_ elu tem amp es_ set _us mpi san ela _at mem lih dis ati ta_ iha bar ste au_ "
     "ion use tau lka sis ilk eba ole sec gia sik ra_ on_ _ad agi leh _co _pi"},
    {"sk",
     "_pr ia_ že_ _sa sa_ _a_ _po _ob ov_ li_ _ne est sta _v_ _ro _že _mo ost _bu bud sť_ by_ "
     "ch_ pre om_ hod _st _ce iť_ ať_ ci_ tor prá ráv kto _by ti_ _mi dia _me mes roz la_ ude "
     "de_ moh ohl hli avi ich níc _od na_ _do pov ove ved _be bez čno nos ili va_ _ni _ľu ľud "
     "udi sto lo_ to_ _až až_ deň eň_ ní_ _na _al ale _ra da_ odl mos st_ ez_ rie iek sia _za "
     "vor ren ný_ ho_ _op opr pra rav ces stu udú dú_ rev pri evo zní íci _rá rán eda dal ezp "
     "zpe peč ečn osť oby byv yva vat ate _je neh eho _dô poh oho ie_ _sp _kt sob _št nás ásť "
     "inu pla lat cho odn dní áva ajú jú_ prí du_ _o_ ože odi ou_ eli tal čo_"},
}};

}  // namespace copydesk
