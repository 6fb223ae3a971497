#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Style and script of the report, and the SHA-256 digests by which the content security policy
// allows exactly these. A test computes the digests again.

#include <string_view>

namespace copydesk {

inline constexpr std::string_view kReportStyle = R"CSS(
:root{color-scheme:light dark;--line:#8886;--soft:#8881}
body{font:15px/1.5 system-ui,sans-serif;max-width:90rem;margin:0 auto;padding:1rem}
h1{font-size:1.4rem;margin:.2rem 0}
nav{position:sticky;top:0;padding:.5rem 0;background:Canvas;border-bottom:1px solid var(--line);z-index:1}
nav button,nav input{font:inherit;padding:.1rem .7rem}
nav #page{width:5rem}
nav #seek{width:14rem;max-width:60vw}
.wide{overflow-x:auto}
details.family,a.p{scroll-margin-top:6.5rem}
details.family{content-visibility:auto;contain-intrinsic-size:auto 2.6rem;border:1px solid var(--line);border-radius:.5rem;margin:.6rem 0;padding:.2rem .8rem}
summary{cursor:pointer;padding:.3rem 0}
summary .n{display:inline-block;min-width:6.5rem;font-variant-numeric:tabular-nums;opacity:.75}
summary .s{opacity:.75;margin-left:.6rem}
table{border-collapse:collapse;width:100%;margin:.5rem 0;font-size:.9em}
th,td{text-align:left;padding:.15rem .6rem .15rem 0;border-bottom:1px solid var(--line);vertical-align:top;white-space:nowrap}
td:nth-child(-n+3){white-space:normal;overflow-wrap:anywhere;min-width:5.5rem}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
.both{display:grid;grid-template-columns:1fr 1fr;gap:.2rem 1rem}
.both>div{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--soft);padding:.6rem;border-radius:.4rem;max-height:36rem;overflow:auto}
h4{margin:.3rem 0;font-size:.9em}
a.p{color:inherit;text-decoration:none;border-radius:.2rem}
a.p:target,summary:focus-visible{outline:2px solid}
.c0{background:#fc06}.c1{background:#4af6}.c2{background:#5d76}.c3{background:#f7a6}.c4{background:#b8f6}.c5{background:#3cc6}
del{background:#f005;text-decoration:line-through}
ins{background:#0a05;text-decoration:underline}
svg{display:block;width:100%;min-width:38rem;height:auto;margin:.3rem 0}
svg text{font:11px system-ui,sans-serif;fill:currentColor}
.note{opacity:.75;font-size:.9em}
@media(max-width:50rem){.both{grid-template-columns:1fr}}
)CSS";

inline constexpr std::string_view kReportScript = R"JS(
(function(){
var pages=document.querySelectorAll('section.page'),families=document.querySelectorAll('details.family');
var now=-1,last=-1,label=document.getElementById('where');
var field=document.getElementById('page'),seek=document.getElementById('seek');
function show(i){
now=Math.max(0,Math.min(pages.length-1,i));
for(var k=0;k<pages.length;k++)pages[k].hidden=k!==now;
field.value=now+1;
label.textContent='of '+pages.length;
window.scrollTo(0,0);
}
function reveal(e){
var page=e.closest('section.page');
for(var k=0;k<pages.length;k++)if(pages[k]===page&&k!==now)show(k);
for(var d=e;d;d=d.parentElement)if(d.tagName==='DETAILS')d.open=true;
e.scrollIntoView();
}
function find(){
var text=seek.value.trim().toLowerCase();
if(!text)return;
for(var k=1;k<=families.length;k++){
var i=(last+k)%families.length;
if(families[i].textContent.toLowerCase().indexOf(text)<0)continue;
last=i;
reveal(families[i]);
label.textContent='of '+pages.length+': found in family '+i;
return;
}
label.textContent='of '+pages.length+': not found';
}
function follow(){
var e=location.hash&&document.getElementById(location.hash.slice(1));
if(e)reveal(e);
}
document.getElementById('back').addEventListener('click',function(){show(now-1)});
document.getElementById('on').addEventListener('click',function(){show(now+1)});
field.addEventListener('change',function(){show((parseInt(field.value,10)||1)-1)});
seek.addEventListener('input',function(){last=-1});
seek.addEventListener('keydown',function(e){if(e.key==='Enter')find()});
document.addEventListener('keydown',function(e){
if(e.target===field||e.target===seek||e.altKey||e.ctrlKey||e.metaKey)return;
if(e.key==='ArrowLeft')show(now-1);
if(e.key==='ArrowRight')show(now+1);
if(e.key==='/'){seek.focus();e.preventDefault()}
});
window.addEventListener('hashchange',follow);
if(pages.length)show(0);
follow();
})();
)JS";

inline constexpr std::string_view kReportStyleDigest =
    "rw/HCFKg+jdLFZtUEHSb7XnfOiswkZw0tqkgul34fSk=";
inline constexpr std::string_view kReportScriptDigest =
    "LGChF6lXXAcZ+WgfYzDkG0tDvKFdg5CWB9hANlFa6FE=";

}  // namespace copydesk
