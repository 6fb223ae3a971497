#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// How every HTML page of the library looks, on screens from 360 to 1,600 pixels, light and dark, and on
// paper; and the SHA-256 digest by which the content security policy allows exactly this. A test
// computes the digest again. All text has a contrast of 4.5 and more, which a test in a browser holds.

#include <string_view>

namespace copydesk {

inline constexpr std::string_view kPageStyle = R"CSS(
:root{color-scheme:light dark;
--bg:#fff;--fg:#1b1f26;--muted:#555e6b;--line:#d4d9e1;--soft:#f3f5f8;--link:#0b50b8;--focus:#0b50b8;--bar:#4a7fd0;--warm:#b3500c;
--h1:#e4edfb;--h2:#cadcf7;--h3:#aec9f2;--h4:#93b6ed;--h5:#79a3e6;
--c0:#ffe9a8;--c1:#d3e4ff;--c2:#d3f0cf;--c3:#ffdec6;--c4:#e8ddff;--c5:#c9eff0;--del:#ffd3d0;--ins:#c4efc8;--cut:#ffd9d4}
@media(prefers-color-scheme:dark){:root{
--bg:#14171c;--fg:#e6e9ee;--muted:#a8b1be;--line:#373e49;--soft:#1d2229;--link:#8db8ff;--focus:#8db8ff;--bar:#5f8fdb;--warm:#f0a060;
--h1:#1d2a3f;--h2:#223553;--h3:#284268;--h4:#2e4f7d;--h5:#345c92;
--c0:#57480f;--c1:#1f3e66;--c2:#22492a;--c3:#5b3a20;--c4:#40336a;--c5:#1a4b4e;--del:#6a2824;--ins:#1d562a;--cut:#632b26}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;background:var(--bg);color:var(--fg);font:1rem/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:84rem;margin:0 auto;padding:1rem clamp(.8rem,3vw,2.5rem) 4rem}
h1{font-size:1.6rem;line-height:1.25;margin:.6rem 0 .3rem}
h2{font-size:1.25rem;line-height:1.3;margin:2.4rem 0 .4rem}
h3{font-size:1.05rem;margin:1.4rem 0 .3rem}
h4{font-size:.9rem;margin:.3rem 0}
p{margin:.5rem 0;max-width:50rem}
a{color:var(--link)}
code{font:.9em ui-monospace,monospace;background:var(--soft);border-radius:.25rem;padding:.05rem .25rem}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
.note{color:var(--muted);font-size:.9rem}
.source{color:var(--warm);font-weight:600}
.toc{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;margin:.8rem 0;padding:0;list-style:none}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.6rem;margin:1rem 0}
.figures div{display:flex;flex-direction:column-reverse;justify-content:flex-end;background:var(--soft);border:1px solid var(--line);border-radius:.6rem;padding:.5rem .8rem}
.figures dt{color:var(--muted);font-size:.85rem}
.figures dd{margin:0;font-size:1.45rem;font-weight:650;font-variant-numeric:tabular-nums;line-height:1.3}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:.5rem 2.5rem}
figure{margin:.5rem 0 1rem;max-width:40rem}
figcaption{font-weight:600;margin-bottom:.3rem}
figure .note{margin:.3rem 0 0}
figure svg.curve{display:block;width:100%;height:auto;max-width:32rem}
svg text{font:12px system-ui,sans-serif;fill:var(--muted)}
.axis{stroke:var(--line)}
.trace{fill:none;stroke:var(--bar);stroke-width:2.5}
.mark{stroke:var(--warm);stroke-width:1.5;stroke-dasharray:5 4}
.dot{fill:var(--bar)}
.first{fill:var(--warm)}
.wide{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;width:100%;margin:.4rem 0;font-size:.92rem}
th,td{text-align:start;padding:.3rem .8rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;color:var(--muted);font-size:.85rem;vertical-align:bottom;white-space:nowrap}
td{min-width:7rem}
td.t{min-width:13rem}
td.n,th.n{text-align:end;white-space:nowrap;font-variant-numeric:tabular-nums;min-width:0}
td.w{white-space:nowrap;font-variant-numeric:tabular-nums}
th button{all:unset;cursor:pointer;border-radius:.2rem}
th button:focus-visible{outline:3px solid var(--focus)}
th button::after{content:"\2195";opacity:.55;padding-inline-start:.25rem}
th[aria-sort=ascending] button::after{content:"\2191";opacity:1}
th[aria-sort=descending] button::after{content:"\2193";opacity:1}
table.bars{width:100%}
table.bars td,table.bars th{border:0;padding-block:.08rem;min-width:0}
table.bars th,table.bars td:first-child{white-space:nowrap;font-variant-numeric:tabular-nums}
table.bars td.b{width:100%}
table.bars svg{display:block;width:100%;height:1.05rem}
table.bars rect{fill:var(--bar)}
table.bars tr.x rect{fill:var(--warm)}
table.matrix{width:auto}
table.matrix td{text-align:end;padding:.3rem .5rem;min-width:2.6rem;font-variant-numeric:tabular-nums;border:1px solid var(--line)}
table.matrix th{padding:.3rem .5rem;border:1px solid var(--line)}
table.matrix thead th{writing-mode:vertical-rl;max-height:13rem;vertical-align:bottom;text-align:end;padding:.5rem .3rem;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
table.matrix thead th:first-child{writing-mode:horizontal-tb;white-space:normal;text-align:start;padding:.4rem .5rem}
table.matrix tbody th{min-width:8.5rem;max-width:16rem;color:var(--fg);text-align:start}
.h1{background:var(--h1)}.h2{background:var(--h2)}.h3{background:var(--h3)}.h4{background:var(--h4)}.h5{background:var(--h5)}
details.item{content-visibility:auto;contain-intrinsic-size:auto 2.8rem;border:1px solid var(--line);border-radius:.6rem;margin:.6rem 0;padding:.2rem .9rem}
details.item[open]{padding-bottom:.8rem}
summary{cursor:pointer;padding:.35rem 0}
summary .k{display:inline-block;min-width:6rem;color:var(--muted);font-variant-numeric:tabular-nums}
summary .s{color:var(--muted);margin-inline-start:.6rem;font-size:.92rem}
.both{display:grid;grid-template-columns:1fr 1fr;gap:.4rem 1.2rem}
.both>section{min-width:0}
.text{white-space:pre-wrap;background:var(--soft);padding:.7rem .8rem;border-radius:.4rem;max-height:38rem;overflow:auto}
a.p{color:inherit;text-decoration:none;border-radius:.2rem}
a.p:target{outline:2px solid var(--focus)}
.c0{background:var(--c0)}.c1{background:var(--c1)}.c2{background:var(--c2)}.c3{background:var(--c3)}.c4{background:var(--c4)}.c5{background:var(--c5)}
mark{background:var(--c0);color:inherit;border-radius:.2rem}
mark.best{background:var(--c3)}
mark.cut{background:var(--cut);text-decoration:line-through;text-decoration-thickness:1px}
del{background:var(--del);text-decoration:line-through}
ins{background:var(--ins);text-decoration:underline}
.skip{color:var(--muted);background:var(--bg);border:1px solid var(--line);border-radius:.3rem;padding:0 .3rem;font-size:.85rem}
.times svg{display:block;width:100%;height:1.9rem;overflow:visible}
.times div{display:flex;justify-content:space-between;gap:1rem;font-size:.85rem;color:var(--muted)}
article{margin:2.2rem 0;content-visibility:auto;contain-intrinsic-size:auto 16rem;max-width:46rem}
article h2{margin-bottom:.1rem}
article .abstract{font-size:1.06rem;border-inline-start:4px solid var(--c0);padding-inline-start:.9rem}
.meta{color:var(--muted);font-size:.88rem;margin:.1rem 0 .5rem}
.filter,.pager{display:none;flex-wrap:wrap;gap:.5rem .8rem;align-items:end;margin:.6rem 0}
.js .filter,.js .pager{display:flex}
.pager{align-items:center}
.filter label{display:flex;flex-direction:column;font-size:.85rem;color:var(--muted);max-width:100%}
input,button.go{font:inherit;color:var(--fg);background:var(--bg);border:1px solid var(--muted);border-radius:.4rem;padding:.25rem .6rem;max-width:100%}
button.go{cursor:pointer;background:var(--soft)}
button.go:disabled{opacity:.5;cursor:default}
.js table.list tbody tr:not(.on),.js .items>.item:not(.on){display:none}
.hint{display:none}
.js .hint{display:block}
html:not(.js) table.list tbody tr{content-visibility:auto;contain-intrinsic-size:auto 3rem}
@media(min-width:40.01rem){html:not(.js) table.list,html:not(.js) table.list :is(thead,tbody){display:block}
html:not(.js) table.list tr{display:grid;grid-auto-flow:column;grid-auto-columns:minmax(0,1fr)}
html:not(.js) table.list td{min-width:0}}
@media(max-width:50rem){.both{grid-template-columns:1fr}}
@media(max-width:40rem){table.fold,table.fold tbody,table.fold tr,table.fold td{display:block;text-align:start}
table.fold thead{display:none}
table.fold tr{border-bottom:1px solid var(--line);padding:.5rem 0}
.js table.fold.list tbody tr.on{display:block}
table.fold td{border:0;padding:.05rem 0;min-width:0;white-space:normal}
table.fold td[data-l]{display:inline-block;margin-inline-end:1rem}
table.fold td[data-l]::before{content:attr(data-l) ": ";color:var(--muted)}
table.fold td:empty{display:none}}
@media print{:root{--bg:#fff;--fg:#000;--muted:#444;--line:#bbb;--soft:#fff}
.filter,.pager,.js .filter,.js .pager,.toc{display:none}
.text{max-height:none;overflow:visible}
details.item,article{content-visibility:visible;break-inside:avoid-page}
main{max-width:none;padding:0}}
)CSS";

inline constexpr std::string_view kPageStyleDigest =
    "4Ie9oTadq261u6j4vCa6mQTDNwQre1aivmDRS69BGZY=";

}  // namespace copydesk
