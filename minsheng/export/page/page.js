"use strict";
const charts = (text) => {
  const light = JSON.parse(text);
  // Figures are made in the colours of the light page; the map says what each is on the dark one.
  const darkened = JSON.parse(text.replace(/#[0-9a-f]{6}/g, (hue) => light.dark[hue] || hue));
  const night = matchMedia("(prefers-color-scheme: dark)");

  const isNarrow = (box) => box.clientWidth < light.from;
  // Known before it is drawn: what is below stays where it is, and a link leads where it points.
  const reserve = (box) => {
    box.style.height = `${light.charts[box.dataset.chart][+isNarrow(box)].layout.height}px`;
  };
  const draw = (box) => {
    const data = night.matches ? darkened : light;
    const narrow = isNarrow(box);
    const chart = data.charts[box.dataset.chart][+narrow];
    const layout = { ...chart.layout, template: data.template, autosize: true };
    box.dataset.drawn = String(narrow);
    reserve(box);
    Plotly.react(box, chart.data, layout, { ...data.config, responsive: true }).then(() => {
      if (!box.dataset.target || box.dataset.listens) return;
      box.dataset.listens = "";
      box.on("plotly_click", (event) => {
        const target = box.dataset.target + event.points[0].customdata;
        if (document.getElementById(target)) location.hash = target;
        else if (light.links[target]) location.href = light.links[target];
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
  boxes.forEach(reserve);
  boxes.forEach((box) => near.observe(box));
  const again = (changed) => {
    for (const box of boxes) if ("drawn" in box.dataset && changed(box)) draw(box);
  };
  night.addEventListener("change", () => again(() => true));
  addEventListener("resize", () => again((box) => box.dataset.drawn !== String(isNarrow(box))));

};

(() => {
  const text = document.getElementById("charts")?.textContent;
  if (text && typeof Plotly === "undefined") { document.documentElement.className = ""; return; }
  if (text) charts(text);

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
    const projects = [...document.querySelectorAll("[data-searched]")]
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
