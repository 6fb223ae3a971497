#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The one script of all HTML pages, and its SHA-256 digest for the content security policy; a test
// computes the digest again. Pages are whole without it: it sorts tables, shows long ones a part at a
// time, filters them, and shows of the items that they list the one that was asked for.
//
//   table.sort   can be sorted by its columns; td[data-v] has the value to sort by
//   table.list   the same, 25 rows (data-rows) at a time
//   form.filter  with data-table: the id of the list it filters, by input name=text (any cell and, on
//                Enter, the item), name=outlet (tr[data-o], ended by line feeds), name=from and name=to (tr[data-a],
//                tr[data-b], seconds since 1970)
//   .items       holds .item; one is shown, that of the link that was followed
//
// Left and right arrow keys lead to the previous and the next item or part of the list, / to the filter.

#include <string_view>

namespace copydesk {

inline constexpr std::string_view kPageScript = R"JS(
(function(){
'use strict';
document.documentElement.className='js';
var lists=[],shown=null,bar=null;
function all(q,e){return Array.prototype.slice.call((e||document).querySelectorAll(q))}
function make(tag,text,to){var e=document.createElement(tag);e.textContent=text;if(to)to.appendChild(e);return e}
function button(text,to,work){var b=make('button',text,to);b.type='button';b.className='go';b.addEventListener('click',work);return b}
function count(n){return n.toLocaleString('en-US')}
function value(row,column,numeric){
var cell=row.cells[column],v=cell?cell.hasAttribute('data-v')?cell.getAttribute('data-v'):cell.textContent:'';
if(!numeric)return v.toLowerCase();
v=parseFloat(v.replace(/,/g,''));
return isNaN(v)?-Infinity:v;
}
function order(table,column,list){
var head=table.tHead.rows[0].cells[column],numeric=head.classList.contains('n')||head.classList.contains('w');
var up=head.getAttribute('aria-sort')==='descending'||(!head.hasAttribute('aria-sort')&&!head.classList.contains('n'));
all('th',table.tHead).forEach(function(th){th.removeAttribute('aria-sort')});
head.setAttribute('aria-sort',up?'ascending':'descending');
var rows=Array.prototype.map.call(table.tBodies[0].rows,function(r,i){return{r:r,i:i,v:value(r,column,numeric)}});
rows.sort(function(a,b){return(a.v<b.v?-1:a.v>b.v?1:0)*(up?1:-1)||a.i-b.i});
var all_rows=document.createDocumentFragment();
rows.forEach(function(e){all_rows.appendChild(e.r)});
table.tBodies[0].appendChild(all_rows);
if(list){list.rows=rows.map(function(e){return e.r});list.filter()}
}
function sortable(table,list){
if(table.done||!table.tHead)return;
table.done=true;
Array.prototype.forEach.call(table.tHead.rows[0].cells,function(th,column){
if(!th.textContent)return;
var b=document.createElement('button');b.type='button';
while(th.firstChild)b.appendChild(th.firstChild);
b.addEventListener('click',function(){order(table,column,list)});
th.appendChild(b);
});
}
function List(table){
var me=this,size=parseInt(table.getAttribute('data-rows'),10)||25;
me.table=table;me.rows=Array.prototype.slice.call(table.tBodies[0].rows);me.test=null;me.left=me.rows;me.first=0;
var on=[],nav=document.createElement('div');
nav.className='pager';
var back=button('Previous',nav,function(){me.go(-1)}),next=button('Next',nav,function(){me.go(1)});
var where=make('span','',nav);where.setAttribute('role','status');
table.parentNode.insertAdjacentElement('afterend',nav);
me.show=function(){
on.forEach(function(r){r.classList.remove('on')});
on=me.left.slice(me.first,me.first+size);
on.forEach(function(r){r.classList.add('on')});
var last=me.first+on.length;
where.textContent=me.left.length?count(me.first+1)+' to '+count(last)+' of '+count(me.left.length)+(me.left.length<me.rows.length?' that match':''):'nothing matches';
back.disabled=me.first===0;next.disabled=last>=me.left.length;
back.hidden=next.hidden=me.left.length<=size;
nav.hidden=me.rows.length<=size&&me.left.length===me.rows.length;
};
me.filter=function(){me.left=me.test?me.rows.filter(me.test):me.rows;me.first=0;me.show()};
me.go=function(step){var f=me.first+step*size;if(f>=0&&f<me.left.length){me.first=f;me.show()}};
me.reveal=function(row){var i=me.left.indexOf(row);if(i>=0&&(i<me.first||i>=me.first+size)){me.first=i-i%size;me.show()}};
me.show();
sortable(table,me);
}
function target(row){var a=row.querySelector('a[href^="#"]');return a&&document.getElementById(a.getAttribute('href').slice(1))}
function install(form){
var list=lists.filter(function(l){return l.table.id===form.getAttribute('data-table')})[0];
if(!list)return;
var timer=0,names=form.querySelector('datalist');
if(names){
var seen={};
list.rows.forEach(function(r){(r.getAttribute('data-o')||'').split('\n').forEach(function(o){if(o)seen[o]=(seen[o]||0)+1})});
Object.keys(seen).sort(function(a,b){return seen[b]-seen[a]||(a<b?-1:1)}).slice(0,500).forEach(function(o){var e=document.createElement('option');e.value=o;names.appendChild(e)});
}
function field(name){var e=form.elements[name];return e?e.value.trim():''}
function apply(deep){
var text=field('text').toLowerCase(),outlet=field('outlet').toLowerCase(),from=Date.parse(field('from'))/1000,to=Date.parse(field('to'))/1000+86400;
list.test=text||outlet||from===from||to===to?function(r){
if(outlet&&(r.getAttribute('data-o')||'').toLowerCase().indexOf(outlet)<0)return false;
if(from===from&&!(parseFloat(r.getAttribute('data-b'))>=from))return false;
if(to===to&&!(parseFloat(r.getAttribute('data-a'))<to))return false;
if(!text||r.textContent.toLowerCase().indexOf(text)>=0)return true;
var e=deep&&target(r);
return!!e&&e.textContent.toLowerCase().indexOf(text)>=0;
}:null;
list.filter();
}
form.addEventListener('input',function(){clearTimeout(timer);timer=setTimeout(function(){apply(false)},150)});
form.addEventListener('submit',function(e){e.preventDefault();clearTimeout(timer);apply(true)});
}
function rowOf(item){
for(var i=0;i<lists.length;i++){
var a=lists[i].table.querySelector('a[href="#'+item.id+'"]');
if(a)return{list:lists[i],row:a.closest('tr')};
}
return null;
}
function step(by){
var at=shown&&rowOf(shown);
if(!at)return false;
var row=at.list.left[at.list.left.indexOf(at.row)+by],e=row&&target(row);
if(!e)return true;
at.list.reveal(row);
location.hash=e.id;
return true;
}
function reveal(e){
var item=e.closest('.items>.item');
if(item&&item!==shown){
if(shown)shown.classList.remove('on');
shown=item;
item.classList.add('on');
all('table.sort',item).forEach(function(t){sortable(t)});
if(lists.length){
if(!bar){
bar=document.createElement('div');bar.className='pager';
button('Previous',bar,function(){step(-1)});
button('Next',bar,function(){step(1)});
button('Back to the list',bar,function(){lists[0].table.scrollIntoView()});
}
item.parentNode.insertBefore(bar,item);
}
}
for(var d=e;d;d=d.parentElement)if(d.tagName==='DETAILS')d.open=true;
(item===e&&bar?bar:e).scrollIntoView();
}
function follow(){
var e=location.hash.length>1&&document.getElementById(decodeURIComponent(location.hash.slice(1)));
if(e&&e.closest('details,.items'))reveal(e);
}
document.addEventListener('DOMContentLoaded',function(){
all('table.list').forEach(function(t){lists.push(new List(t))});
all('table.sort').forEach(function(t){if(!t.closest('.items'))sortable(t)});
all('form.filter').forEach(install);
follow();
});
window.addEventListener('hashchange',follow);
window.addEventListener('beforeprint',function(){all('details').slice(0,500).forEach(function(d){if(d.offsetParent)d.open=true})});
document.addEventListener('keydown',function(e){
if(e.altKey||e.ctrlKey||e.metaKey||/^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName))return;
var by=e.key==='ArrowLeft'?-1:e.key==='ArrowRight'?1:0;
if(by&&!(e.target.closest&&e.target.closest('.wide,.text'))&&!step(by)&&lists[0])lists[0].go(by);
if(e.key==='/'){var f=document.querySelector('form.filter input');if(f){f.focus();e.preventDefault()}}
});
})();
)JS";

inline constexpr std::string_view kPageScriptDigest =
    "WLM874CG+nGVmJgvWp9iNwF9cWaaH2gEkbGaU3UWzMM=";

}  // namespace copydesk
