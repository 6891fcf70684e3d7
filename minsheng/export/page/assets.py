"""The style and the script of the one-file page. Nothing in them is from the dataset."""

from __future__ import annotations

from minsheng import theme
from minsheng.model import Light

STYLE = (
    """
:root { color-scheme: light dark; --ink: INK_LIGHT; --ground: #ffffff; --soft: #f3f5f7;
  --grey: #5b6470; --rule: #d5dae0; --mark: #d6e8f7; --link: #1d6aa5; }
@media (prefers-color-scheme: dark) { :root { --ink: INK_DARK; --ground: #16191d; --soft: #20252b;
  --grey: #a4adb8; --rule: #39414a; --mark: #1f4461; --link: #7cbcec; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 4rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.65 FONT;
  overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: .2em; }
main, header, footer { max-width: 1180px; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.5rem; }
h1 { font-size: 1.75rem; line-height: 1.35; margin: 0 0 .25rem; }
h2 { font-size: 1.4rem; line-height: 1.4; margin: 3rem 0 .75rem; padding-top: 1rem;
  border-top: 1px solid var(--rule); }
h3 { font-size: 1.12rem; line-height: 1.5; margin: 2rem 0 .35rem; }
h4 { font-size: 1rem; margin: 1rem 0 .25rem; }
p { margin: .25rem 0 .75rem; }
.small { color: var(--grey); font-size: .875rem; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--ground); padding: .5rem; z-index: 3; }
nav { position: sticky; top: 0; z-index: 2; background: var(--ground);
  border-bottom: 1px solid var(--rule); margin-top: 1rem; }
nav ul { max-width: 1180px; margin: 0 auto; padding: 0 .5rem; list-style: none; display: flex;
  overflow-x: auto; }
nav a { display: block; padding: .75rem; white-space: nowrap; text-decoration: none; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 1rem;
  margin: 1rem 0; padding: 0; }
.figures > div { border: 1px solid var(--rule); border-radius: 8px; padding: .75rem 1rem; }
.figures dt { color: var(--grey); font-size: .875rem; }
.figures dd { margin: 0; }
.figures .value { font-size: 1.9rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
.lights { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; list-style: none; padding: 0; }
.shape { font-style: normal; }
LIGHTS
.pair { display: grid; grid-template-columns: 3fr 2fr; gap: 0 2.5rem; align-items: start; }
.pair > * { min-width: 0; }
@media (max-width: 820px) { .pair { grid-template-columns: 1fr; } h1 { font-size: 1.4rem; } }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(26rem, 100%), 1fr));
  gap: .75rem; padding: 0; list-style: none; }
.cards li, .project { border: 1px solid var(--rule); border-radius: 8px; padding: .75rem 1rem; }
.cards p, .project p { margin: .15rem 0; }
.project { margin: .75rem 0; padding: 1rem 1.25rem; }
.project h3 { margin: 0 0 .25rem; }
.project ul { margin: .15rem 0 .5rem; padding-left: 1.2rem; }
.project .pair { gap: 0 2rem; grid-template-columns: 1fr 1fr; }
.project h4:first-child { margin-top: .25rem; }
@media (max-width: 820px) { .project .pair { grid-template-columns: 1fr; } }
.project ul:empty { display: none; }
.project[hidden] { display: none; }
blockquote { margin: .35rem 0; padding: .5rem .85rem; background: var(--soft); border-radius: 6px;
  white-space: pre-line; }
mark { background: var(--mark); color: inherit; border-radius: 3px; }
.search { display: none; gap: .5rem 1rem; align-items: baseline; flex-wrap: wrap; }
.js .search { display: flex; }
.search input { font: inherit; color: inherit; background: var(--ground); padding: .45rem .75rem;
  border: 1px solid var(--grey); border-radius: 6px; width: min(30rem, 100%); }
.chart { display: none; width: 100%; }
.js .chart { display: block; }
.js .twin { display: none; }
.js .twin.open { display: block; }
.more { display: none; font: inherit; font-size: .875rem; color: var(--link); cursor: pointer;
  background: none; border: 1px solid var(--rule); border-radius: 6px; padding: .15rem .75rem; }
.js .more { display: inline-block; }
.wide { overflow-x: auto; margin: .5rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; line-height: 1.5; }
th { text-align: left; color: var(--grey); font-weight: 600; white-space: nowrap; }
th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--rule); vertical-align: middle; }
td { min-width: 3.2em; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.bar { display: block; width: 100%; min-width: 180px; height: 16px; overflow: visible; }
.track { fill: TRACK; } .done { fill: DONE; } .underway { fill: UNDERWAY; }
.hatched { fill: UNDERWAY; stroke: DONE; stroke-dasharray: 4 3; vector-effect: non-scaling-stroke; }
.full, .due, .claimed { fill: none; stroke: LINE; stroke-width: 1.5;
  vector-effect: non-scaling-stroke; }
.due { stroke-dasharray: 3 2; }
.claimed { stroke: CLAIMED; stroke-width: 3; }
footer { border-top: 1px solid var(--rule); margin-top: 3rem; padding: 1rem 1.25rem 2rem; }
@page { size: A4; margin: 14mm 12mm; }
@media print {
  :root { color-scheme: light; --ink: #000000; --ground: #ffffff; --soft: #ffffff; --grey: #444444;
    --rule: #bbbbbb; --mark: #ffffff; --link: #000000; }
  body { font-size: 10.5pt; line-height: 1.5; }
  main, header, footer { max-width: none; padding: 0; }
  nav, .search, .more, .skip { display: none !important; }
  .chart { display: none !important; }
  .twin { display: block !important; }
  a { text-decoration: none; }
  mark { text-decoration: underline; text-underline-offset: .2em; }
  blockquote { border: 1px solid var(--rule); }
  h1 { font-size: 18pt; } h2 { font-size: 14pt; margin-top: 1.5rem; } h3 { font-size: 11.5pt; }
  h2, h3, h4, .lead { break-after: avoid; }
  tr, .cards li, .figures > div, blockquote { break-inside: avoid; }
  .project { break-inside: avoid; }
  thead { display: table-header-group; }
  .wide { overflow: visible; }
  .pair { display: block !important; }
  .cards { display: block; } .cards li { margin-bottom: .5rem; }
  .figures { grid-template-columns: repeat(4, 1fr); gap: .5rem; }
  .figures .value { font-size: 16pt; }
  table { font-size: 9pt; }
  th, td { padding: .25rem .35rem; } th { white-space: normal; }
  .bar { min-width: 0; width: 42mm; }
}
""".replace("INK_LIGHT", theme.INK["light"])
    .replace("INK_DARK", theme.INK["dark"])
    .replace("FONT", theme.FONT)
    .replace("TRACK", theme.TRACK)
    .replace("UNDERWAY", theme.UNDERWAY)
    .replace("CLAIMED", theme.CLAIMED)
    .replace("DONE", theme.DONE)
    .replace("LINE", theme.INK_LINE)
    .replace("LIGHTS", "\n".join(f".{light} {{ color: {theme.LIGHT[light]}; }}" for light in Light))
)

# Charts take the place of their tables only where a script runs; on paper the tables stand.
BEGIN = 'document.documentElement.className = "js";'

SCRIPT = """
"use strict";
(() => {
  const page = document.documentElement;
  if (typeof Plotly === "undefined") { page.className = ""; return; }
  const data = JSON.parse(document.getElementById("charts").textContent);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const ink = () => data.ink[dark.matches ? "dark" : "light"];

  const draw = (box) => {
    const chart = data.charts[box.dataset.chart];
    const layout = { ...chart.layout, template: data.template, autosize: true };
    layout.font = { ...layout.font, color: ink() };
    Plotly.newPlot(box, chart.data, layout, { ...data.config, responsive: true }).then(() => {
      box.dataset.drawn = "";
      if (layout.font.color !== ink()) Plotly.relayout(box, { "font.color": ink() });
      if (!box.dataset.target) return;
      box.on("plotly_click", (event) => {
        location.hash = box.dataset.target + event.points[0].customdata;
      });
    });
  };
  const near = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      near.unobserve(entry.target);
      draw(entry.target);
    }
  }, { rootMargin: "800px" });
  const boxes = [...document.querySelectorAll(".chart")];
  boxes.forEach((box) => near.observe(box));
  dark.addEventListener("change", () => {
    for (const box of boxes) {
      if ("drawn" in box.dataset) Plotly.relayout(box, { "font.color": ink() });
    }
  });

  for (const button of document.querySelectorAll(".more")) {
    button.addEventListener("click", () => {
      const open = document.getElementById(button.getAttribute("aria-controls"))
        .classList.toggle("open");
      button.setAttribute("aria-expanded", String(open));
    });
  }

  const field = document.getElementById("search");
  if (field) {
    const said = document.getElementById("shown");
    const projects = [...document.querySelectorAll(".project")]
      .map((each) => [each, each.textContent.toLowerCase()]);
    const search = () => {
      const words = field.value.toLowerCase().split(/\\s+/).filter(Boolean);
      let shown = 0;
      for (const [project, text] of projects) {
        project.hidden = !words.every((word) => text.includes(word));
        shown += project.hidden ? 0 : 1;
      }
      said.textContent = shown === 0 ? said.dataset.none
        : said.dataset.shown.replace("{shown}", shown).replace("{total}", projects.length);
    };
    field.addEventListener("input", search);
    search();
    // A link to a project that the search has put away shows it again.
    addEventListener("hashchange", () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!target || !target.hidden) return;
      field.value = "";
      search();
      target.scrollIntoView();
    });
  }
})();
"""
