// Controls of a panel: native HTML, so that every one has a name and works by keyboard. Needs figure.js before it.
function element(tag, properties, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

// Each returns the part of the page, and how to show a value that came from elsewhere.
const controls = {
  slider(spec, id, change) {
    const range = { min: spec.low, max: spec.high, step: spec.step };
    const slider = element("input", { type: "range", id, ...range, "aria-describedby": `${id}-note` });
    const box = element("input", { type: "number", ...range, "aria-label": spec.typed, "aria-describedby": `${id}-note` });
    const show = (value) => {
      if (document.activeElement !== box) box.value = value;
      slider.value = value;
      slider.setAttribute("aria-valuetext", `${value} ${spec.unit}`);
    };
    slider.addEventListener("input", () => change(slider.valueAsNumber));
    box.addEventListener("input", () => {
      if (box.value !== "" && box.validity.valid) change(box.valueAsNumber);
    });
    box.addEventListener("blur", () => (box.value = slider.valueAsNumber));
    const row = element("div", { className: "jj-control-row" }, slider, box);
    return { part: element("div", { className: "jj-control" }, element("label", { htmlFor: id }, spec.label), row), show };
  },
  choice(spec, id, change) {
    return options(spec, id, "radio", (inputs) => change(inputs.find((input) => input.checked).value));
  },
  checks(spec, id, change) {
    return options(spec, id, "checkbox", (inputs) => change(inputs.filter((input) => input.checked).map((input) => input.value)));
  },
};

function options(spec, id, type, change) {
  const inputs = Object.keys(spec.options).map((value) => element("input", { type, name: id, value }));
  const rows = inputs.map((input) =>
    element("label", { className: "jj-control-option" }, input, element("span", {}, spec.options[input.value])));
  inputs.forEach((input) => input.addEventListener("change", () => change(inputs)));
  const show = (value, off) => inputs.forEach((input) => {
    input.checked = [value].flat().includes(input.value);
    input.disabled = off.includes(input.value);
  });
  const list = element("div", { className: `jj-control-${spec.kind}` }, ...rows);
  return { part: element("fieldset", { className: "jj-control" }, element("legend", {}, spec.label), list), show };
}

function drawTable(model, place) {
  const { caption, columns, rows } = model.get("table");
  place.replaceChildren();
  if (!columns) return;
  const row = { className: columns.length > 4 ? "jj-wide" : "" };
  const head = element("tr", row, ...columns.map((text) => element("th", { scope: "col" }, text)));
  const body = rows.map(([first, ...rest]) =>
    element("tr", row, element("th", { scope: "row" }, first), ...rest.map((text) => element("td", {}, text))));
  place.append(element("table", {}, element("caption", {}, caption), element("thead", {}, head), element("tbody", {}, ...body)));
}

function drawPanel(model, root) {
  const id = `jj-panel-${++plotly.ids}`;
  const words = model.get("words");
  const status = element("div", { className: "jj-panel-status", role: "status" });
  const table = element("div", { className: "jj-panel-table" });
  const view = element("div", { className: "jj-panel-view" });
  const reset = element("button", { type: "button", className: "jj-panel-reset" }, words.reset);
  const bar = element("progress", { max: 1, "aria-label": words.running });
  const stop = element("button", { type: "button", className: "jj-panel-reset" }, words.stop);
  const run = element("div", { className: "jj-panel-run", hidden: true }, bar, stop);
  const panel = element("section", { className: "jj-panel jj-live", "aria-labelledby": `${id}-title` });

  // One question is under way at a time; what is moved meanwhile is asked when its answer is there.
  let values = { ...model.get("values") }, asked = 0, waiting = false, moved = false, patience = 0;
  function ask() {
    moved = waiting;
    if (waiting) return;
    waiting = true;
    model.send({ values, asked: ++asked });
    clearTimeout(patience);
    patience = setTimeout(() => {
      waiting = false;
      status.textContent = words.dead;
    }, 5000);
  }
  function answered(message) {
    if (message?.answered !== asked) return;
    clearTimeout(patience);
    status.textContent = "";
    waiting = false;
    if (moved) ask();
  }

  const built = Object.entries(model.get("controls")).map(([name, spec], place) => {
    const own = `${id}-${place}`;
    const control = controls[spec.kind](spec, own, (value) => {
      values = { ...values, [name]: value };
      control.show(value, model.get("off")[name] ?? []);
      ask();
    });
    const note = element("small", { id: `${own}-note` }, spec.note);
    if (spec.note) control.part.append(note);
    return [name, control];
  });
  const refresh = () => built.forEach(([name, control]) => control.show(values[name], model.get("off")[name] ?? []));
  const table_changed = () => drawTable(model, table);
  const values_changed = () => {
    if (!waiting) values = { ...model.get("values") };
    refresh();
  };
  const done_changed = () => {
    bar.value = model.get("done");
    if (bar.value === 1 && run.contains(document.activeElement)) reset.focus(); // the button goes: the focus may not
    run.hidden = bar.value === 1;
  };
  stop.addEventListener("click", () => model.send({ stop: true }));
  reset.addEventListener("click", () => {
    values = { ...model.get("start") };
    refresh();
    ask();
  });
  // JupyterLab's command-mode keys (d d deletes the cell, arrows leave it) must not fire in here; its chords may.
  panel.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });

  const group = { className: "jj-panel-controls", role: "group", "aria-label": words.controls };
  panel.append(
    element("div", { className: "jj-panel-title", id: `${id}-title`, role: "heading", "aria-level": 3 }, words.title),
    element("div", { className: "jj-panel-body" },
      element("div", group, ...built.map(([, control]) => control.part), run, reset, status), view),
    table,
  );
  root.append(panel);
  refresh();
  table_changed();
  done_changed();
  const leave = drawFigure(model, view);
  model.on("msg:custom", answered);
  model.on("change:table", table_changed);
  model.on("change:values", values_changed);
  model.on("change:off", refresh);
  model.on("change:done", done_changed);
  return () => {
    leave();
    clearTimeout(patience);
    model.off("msg:custom", answered);
    model.off("change:table", table_changed);
    model.off("change:values", values_changed);
    model.off("change:off", refresh);
    model.off("change:done", done_changed);
  };
}
