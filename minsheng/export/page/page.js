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
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
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
