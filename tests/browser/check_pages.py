#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Opens the program's HTML pages, made of hostile texts, in headless Chromium:

    check_pages.py PROGRAM SCRATCH_FOLDER

No page may run out sideways at 360, 400, 1,280 and 1,600 pixels; no text has a contrast below 4.5, light or
dark; everything is there without scripts; nothing is asked for from anywhere; no text of the corpus runs;
sorting, filtering and links do what they say. Ends with 77 (skipped) where there is no Chromium.
"""

import json
import os
import pathlib
import random
import shutil
import subprocess
import sys

from chromium import Chromium

SKIPPED = 77
WIDTHS = (360, 400, 1280, 1600)

# All visible text whose contrast with what is behind it is below 4.5, and how much was looked at.
CONTRAST = r"""
(function(){
function color(text){
  var m=text.match(/^rgba?\(([^)]*)\)$/);
  if(!m)throw new Error('not understood: '+text);
  var v=m[1].split(/[,\/ ]+/).map(parseFloat);
  return{r:v[0],g:v[1],b:v[2],a:v.length>3?v[3]:1};
}
function over(top,below){
  var mix=function(k){return top[k]*top.a+below[k]*(1-top.a)};
  return{r:mix('r'),g:mix('g'),b:mix('b'),a:1};
}
function light(c){
  var f=function(x){x/=255;return x<=0.03928?x/12.92:Math.pow((x+0.055)/1.055,2.4)};
  return 0.2126*f(c.r)+0.7152*f(c.g)+0.0722*f(c.b);
}
function ratio(a,b){var x=light(a),y=light(b);return(Math.max(x,y)+0.05)/(Math.min(x,y)+0.05)}
var canvas=matchMedia('(prefers-color-scheme: dark)').matches?{r:18,g:18,b:18,a:1}:{r:255,g:255,b:255,a:1};
function behind(e){
  var layers=[];
  for(;e;e=e.parentElement)layers.push(color(getComputedStyle(e).backgroundColor));
  var c=canvas;
  while(layers.length)c=over(layers.pop(),c);
  return c;
}
var walker=document.createTreeWalker(document.body,NodeFilter.SHOW_TEXT),looked=0,low=[];
for(var n;n=walker.nextNode();){
  if(!n.data.trim())continue;
  var e=n.parentElement;
  if(e.closest('button:disabled,script,style,datalist,title')||!e.getClientRects().length)continue;
  var style=getComputedStyle(e),opacity=1;
  for(var p=e;p;p=p.parentElement)opacity*=parseFloat(getComputedStyle(p).opacity);
  var back=behind(e),front=color(e.ownerSVGElement?style.fill:style.color);
  front.a*=opacity;
  var found=ratio(over(front,back),back);
  ++looked;
  if(found<4.5&&low.length<5)low.push(found.toFixed(2)+': '+n.data.trim().slice(0,60)+' in '+e.outerHTML.slice(0,90));
}
return{looked:looked,low:low};
})()
"""

# What makes the page wider than the screen, or is cut off at the edge of what it stands in.
WIDE = r"""
(function(){
var width=document.documentElement.clientWidth,out=[];
Array.prototype.forEach.call(document.querySelectorAll('body,body *'),function(e){
  if(out.length>3||e.closest('svg')||(e!==e.closest('.wide,.text')&&e.closest('.wide,.text')))return;
  var scrolls=/auto|scroll/.test(getComputedStyle(e).overflowX),box=e.getBoundingClientRect();
  if(!box.width)return;
  if(box.right>width+1)out.push(e.outerHTML.slice(0,120)+' ends at '+box.right);
  else if(!scrolls&&e.clientWidth&&e.scrollWidth>e.clientWidth+1)out.push(e.outerHTML.slice(0,120)+' holds '+e.scrollWidth+' in '+e.clientWidth);
});
if(document.documentElement.scrollWidth>width)out.push('the page is '+document.documentElement.scrollWidth);
return out;
})()
"""

# Opens all there is to open; what is then not to be seen.
UNSEEN = r"""
(function(){
Array.prototype.forEach.call(document.querySelectorAll('details'),function(d){d.open=true});
return Array.prototype.filter.call(document.querySelectorAll('h1,h2,h3,td,article,.item,.text,figure,dd'),function(e){
  return e.textContent.trim()&&!e.getClientRects().length;
}).map(function(e){return e.outerHTML.slice(0,100)}).slice(0,5);
})()
"""


def hostile_documents() -> list[dict[str, str]]:
    """Stories that are printed several times, with all that may break a page."""
    chance = random.Random(7)
    words = [f"{a}{b}" for a in ("har", "fer", "cou", "win", "bri", "lam", "mo", "ty")
             for b in ("bour", "ry", "ncil", "ter", "dge", "mer", "or", "ne", "list")]
    nasty = [
        "<script>window.hacked=1</script>",
        "<img src=\"http://elsewhere.example/x.png\" onerror=\"window.hacked=1\">",
        "\" onmouseover=\"window.hacked=1\" x='y' </td></table></details></main>",
        "x" * 10_000,
        "\u05e9\u05dc\u05d5\u05dd \u202egnp.exe\u202c \u2066x\u2069 \u0627\u0644\u0645\u064a\u0646\u0627\u0621",
        "\u001b[31mred\u0007 \u0000 \u0085 \u009b1m",
        "Z\u0335\u0321a\u0337\u0322l\u0336\u0323g\u0334\u0324o" * 30,
        "\u6e2f\u53e3\u8bae\u4f1a\u8868\u51b3" * 60,
        "&lt;b&gt; &amp; ]]> --> {{7*7}} ${7*7} `x`",
    ]
    sites = ["gazette.example", "post.example", "<b>herald</b>.example", "a" * 180 + ".example"]
    documents = []
    for story in range(40):
        text = " ".join(chance.choice(words) for _ in range(160))
        for copy in range(3):
            own = text.split()
            for _ in range(copy * 5):
                own[chance.randrange(len(own))] = chance.choice(words)
            body = ". ".join(" ".join(own[i:i + 14]).capitalize() for i in range(0, len(own), 14))
            evil = nasty[story % len(nasty)]
            documents.append({
                "id": f"{story}-{copy}" + (evil[:300] if story % 4 == 0 else ""),
                "title": f"Story {story} {evil[:400] if story % 3 else ''}",
                "url": ["https://news.example/" + str(story) + "?a=1&b=\"2\"", "javascript:window.hacked=1",
                        "https://news.example/" + "y" * 3000][story % 3],
                "site": sites[(story + copy) % len(sites)],
                "date": f"2026-0{1 + story % 9}-1{copy}T0{copy}:00:00Z",
                "family": f"f{story}",
                "text": f"{body}. {evil} {own[3].capitalize()} {own[5]} {own[9]} {own[12]}.\n\n"
                        f"Subscribe to the newsletter of this site today {evil[:200]}\n",
            })
    return documents


def make_pages(program: str, folder: pathlib.Path) -> dict[str, pathlib.Path]:
    documents = hostile_documents()
    with open(folder / "in.jsonl", "w", encoding="utf-8") as file:
        for document in documents:
            file.write(json.dumps(document) + "\n")
    with open(folder / "items.jsonl", "w", encoding="utf-8") as file:
        for document in documents[::5]:
            file.write(json.dumps({"id": document["id"], "text": document["text"][:400]}) + "\n")
    runs = {
        "dedup": ["dedup", "in.jsonl", "-t", "0.6", "--source-field", "site", "-o", os.devnull, "--html"],
        "reuse": ["reuse", "in.jsonl", "-o", os.devnull, "--html"],
        "decontaminate": ["decontaminate", "in.jsonl", "--against", "items.jsonl", "-o", os.devnull, "--html"],
        "newsletter": ["summarize", "in.jsonl", "--output-format", "html", "-o"],
        "abstracts": ["summarize", "in.jsonl", "-o", os.devnull, "--html"],
        "families": ["summarize", "in.jsonl", "--family", "family", "-o", os.devnull, "--html"],
        "blocks": ["blocks", "in.jsonl", "--scope", "page,site,corpus", "-o", os.devnull, "--html"],
        "nothing": ["reuse", "items.jsonl", "-o", os.devnull, "--html"],
    }
    pages = {}
    for name, arguments in runs.items():
        pages[name] = folder / f"{name}.html"
        subprocess.run([program, *arguments, pages[name].name, "-q"], cwd=folder, check=True)
    return pages


class Checks:
    def __init__(self, browser: Chromium) -> None:
        self.browser = browser
        self.faults: list[str] = []
        self.made = 0

    def expect(self, holds: bool, words: str) -> None:
        self.made += 1
        if not holds:
            self.faults.append(words)
            print("FAIL", words, file=sys.stderr)

    def look(self, name: str, page: pathlib.Path) -> None:
        for dark in (False, True):
            for width in WIDTHS:
                for scripts in (True, False):
                    where = f"{name}, {width} px, {'dark' if dark else 'light'}, scripts {'on' if scripts else 'off'}"
                    self.open(page, width, dark, scripts, where)
                    unseen = self.browser.evaluate(UNSEEN)
                    if not scripts:
                        self.expect(not unseen, f"{where}: not to be seen: {unseen}")
                    wide = self.browser.evaluate(WIDE)
                    self.expect(not wide, f"{where}: runs out sideways: {wide}")
                    if width in (400, 1280):
                        found = self.browser.evaluate(CONTRAST)
                        self.expect(found["looked"] > 5, f"{where}: hardly a text is seen")
                        self.expect(not found["low"], f"{where}: contrast too low: {found['low']}")

    def open(self, page: pathlib.Path, width: int, dark: bool, scripts: bool, where: str) -> None:
        browser = self.browser
        browser.show(width, 900, dark, scripts)
        browser.open(page.as_uri())
        asked = [r for r in browser.requests() if r != page.as_uri() and not r.startswith("data:")]
        self.expect(not asked, f"{where}: asks for {asked}")
        self.expect(not browser.complaints(), f"{where}: the browser complains: {browser.complaints()[:3]}")
        self.expect(browser.evaluate("typeof window.hacked") == "undefined", f"{where}: a text has run")

    def behavior(self, pages: dict[str, pathlib.Path]) -> None:
        browser = self.browser
        browser.show(1280, 900, False)
        browser.open(pages["reuse"].as_uri())
        rows = "Array.from(document.querySelectorAll('#families tbody tr.on'))"
        self.expect(browser.evaluate(rows + ".length") == 25, "reuse: 25 rows are shown")
        browser.evaluate("document.querySelectorAll('#families th button')[0].click()")
        titles = browser.evaluate(rows + ".map(r=>r.cells[0].textContent.toLowerCase())")
        self.expect(titles == sorted(titles) and len(set(titles)) > 3, "reuse: sorted by headline")
        browser.evaluate("document.querySelector('.pager button:nth-of-type(2)').click()")
        following = browser.evaluate(rows + ".map(r=>r.cells[0].textContent.toLowerCase())")
        self.expect(bool(following) and following[0] >= titles[-1], "reuse: the next rows follow")
        browser.evaluate("(f=>{f.elements.outlet.value='post.example';"
                         "f.requestSubmit()})(document.querySelector('form.filter'))")
        self.expect(browser.evaluate(rows + ".every(r=>r.dataset.o.indexOf('post.example')>=0)"),
                    "reuse: filtered by outlet")
        browser.evaluate("(f=>{f.elements.outlet.value='';f.elements.from.value='2026-03-01';"
                         "f.elements.to.value='2026-03-31';f.requestSubmit()})(document.querySelector('form.filter'))")
        self.expect(browser.evaluate(rows + ".length>0&&" + rows + ".every(r=>r.cells[3].textContent.startsWith('2026-03'))"),
                    "reuse: filtered by date")
        browser.evaluate("location.hash='f3';new Promise(r=>setTimeout(r,200))")
        shown = "Array.from(document.querySelectorAll('.items>.item')).filter(e=>e.getClientRects().length).map(e=>e.id+e.open)"
        self.expect(browser.evaluate(shown) == ["f3true"], "reuse: a link shows its family, and that alone")
        browser.open(pages["dedup"].as_uri())
        self.expect(browser.evaluate("document.querySelectorAll('del').length") > 0, "dedup: differences are marked")
        browser.open(pages["newsletter"].as_uri())
        self.expect(browser.evaluate("document.querySelectorAll('article a[href^=https]').length") > 0 and
                    browser.evaluate("document.querySelectorAll('a[href^=javascript]').length") == 0,
                    "newsletter: addresses of the web are links, others are not")


def main() -> int:
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2]).absolute()
    found = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
    if found is None:
        print("skipped: there is no Chromium (Debian: apt-get install chromium)")
        return SKIPPED
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    pages = make_pages(program, folder)
    with Chromium(found) as browser:
        checks = Checks(browser)
        for name, page in pages.items():
            checks.look(name, page)
        checks.behavior(pages)
    print(f"{checks.made} checks of {len(pages)} pages, {len(checks.faults)} failed")
    return 1 if checks.faults else 0


if __name__ == "__main__":
    sys.exit(main())
