// Draws plotly figures. plotly.js itself (1.5 MB packed) comes once per page: the first figure asks its kernel for it.
const plotly = (globalThis.jejaringPlotly ??= (() => {
  let arrived;
  const ready = new Promise((resolve) => (arrived = resolve));
  return { ready, arrived, here: false, asked: new Set(), ids: 0 };
})());

async function unpack(buffer) {
  const stream = new Blob([buffer]).stream().pipeThrough(new DecompressionStream("gzip"));
  const source = await new Response(stream).text();
  const module = { exports: {} };
  // A module loader on the page (Notebook extensions bring one) must not catch it: no `define` in its scope.
  new Function("module", "exports", "define", source)(module, module.exports, undefined);
  return module.exports.newPlot ? module.exports : globalThis.Plotly;
}

function fetchPlotly(model) {
  model.on("msg:custom", async (message, buffers) => {
    if (message?.plotly !== "gzip" || plotly.here) return;
    plotly.here = true;
    plotly.arrived(await unpack(buffers[0]));
  });
  const kernel = model.get("kernel");
  if (plotly.here || plotly.asked.has(kernel)) return;
  plotly.asked.add(kernel);
  model.send({ need: "plotly" });
}

// INK and PAPER of jejaring.figures.static stand for what the page's theme says.
function themed(value, theme) {
  if (typeof value === "string") return theme[value] ?? value;
  if (Array.isArray(value)) return value.map((entry) => themed(entry, theme));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, themed(entry, theme)]));
  }
  return value;
}

const NARROW_LEGEND_ROW = 20;

function fitted(data, layout, width) {
  const fit = { ...layout, width, autosize: false };
  delete fit.title; // stands above as text that wraps
  if (width >= 560) return fit;
  fit.font = { ...fit.font, size: 12 };
  fit.margin = { ...fit.margin, l: 4, r: 8 };
  fit.legend = { ...fit.legend, x: 0, xref: "container", yref: "container", y: 0, yanchor: "bottom" };
  fit.height += NARROW_LEGEND_ROW * data.filter((trace) => trace.showlegend ?? data.length > 1).length;
  return fit;
}

// Draws into root as soon as any of its cell's output is in sight.
function drawFigure(model, root) {
  const id = `jj-figure-${++plotly.ids}`; // every widget loads this file anew: the count is the page's
  const figure = document.createElement("figure");
  const heading = document.createElement("div");
  const plot = document.createElement("div");
  const twin = document.createElement("figcaption");
  figure.className = "jj-figure";
  heading.className = "jj-figure-title";
  plot.className = "jj-figure-plot";
  heading.id = `${id}-title`;
  twin.id = `${id}-twin`;
  plot.setAttribute("role", "img");
  plot.setAttribute("aria-labelledby", heading.id);
  plot.setAttribute("aria-describedby", twin.id);
  figure.append(heading, plot, twin);
  root.append(figure);

  let visible = false, stale = true, drawing = false, frame = 0, count = 0, width = 0, watched = false, gone = false;

  async function draw() {
    const Plotly = await plotly.ready;
    width = Math.floor(plot.clientWidth);
    if (gone || drawing || !visible || !width) return; // drawn as soon as it is seen: a hidden tab has no size
    drawing = true;
    stale = false;
    const theme = { "#111111": getComputedStyle(twin).color, "#FEFEFE": getComputedStyle(plot).backgroundColor };
    const { data, layout } = themed(model.get("spec"), theme);
    const fit = fitted(data, layout, width);
    fit.font = { ...fit.font, family: getComputedStyle(twin).fontFamily };
    plot.style.height = `${fit.height}px`;
    await Plotly.react(plot, data, fit, { displayModeBar: false, responsive: false });
    drawing = false;
    plot.dataset.drawn = ++count;
    root.dispatchEvent(new Event("jj-drawn"));
    if (stale) later();
  }
  function later() {
    stale = true;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(draw);
  }
  function say() {
    const spec = model.get("spec");
    heading.textContent = spec.layout.title?.text ?? "";
    twin.textContent = model.get("twin");
    if (!count) plot.style.height = `${spec.layout.height}px`; // keeps the place until it is drawn
  }
  function changed() {
    say();
    stale = true;
    draw(); // at once: a hand on a slider is waiting
  }

  const seen = new IntersectionObserver((entries) => {
    visible = entries.at(-1).isIntersecting;
    if (visible && stale) later();
  });
  const sized = new ResizeObserver(() => {
    if (!watched) seen.observe(root.closest(".jp-OutputArea") ?? figure);
    watched = true;
    if (plot.clientWidth && Math.floor(plot.clientWidth) !== width) later();
  });
  const dressed = new MutationObserver(later);
  sized.observe(plot);
  dressed.observe(document.body, { attributeFilter: ["data-jp-theme-light", "data-jp-theme-name", "class"] });
  model.on("change:spec", changed);
  model.on("change:twin", say);
  say();

  return () => {
    gone = true;
    cancelAnimationFrame(frame);
    [seen, sized, dressed].forEach((observer) => observer.disconnect());
    model.off("change:spec", changed);
    model.off("change:twin", say);
    plotly.ready.then((Plotly) => Plotly.purge(plot));
  };
}
