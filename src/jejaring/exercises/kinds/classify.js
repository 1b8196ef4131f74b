kinds.classify = (api, root) => {
  const { items, facets } = api.spec;
  const single = facets.length === 1;
  const placed = structuredClone(api.value ?? {});
  const remarks = new Map();
  const cases = new Map();
  const marks = {};
  const classOf = (item, facet) => (single ? placed[item] : placed[item]?.[facet]);

  const place = (item, facet, chosen) => {
    if (single) placed[item] = chosen;
    else {
      placed[item] = { ...placed[item], [facet]: chosen };
      if (!chosen) delete placed[item][facet];
      if (!Object.keys(placed[item]).length) delete placed[item];
    }
    delete marks[item];
    api.remark(remarks.get(item));
    draw();
    api.change(Object.keys(placed).length ? structuredClone(placed) : null);
  };

  const pills = (item, facet) => {
    const name = api.uid(`class-${item}`);
    return api.h("div", { class: "jj-pills" }, ...facet.classes.map(({ id, text }) => api.h("label", { class: "jj-pill" },
      api.h("input", { type: "radio", name, value: id, checked: classOf(item, facet.id) === id,
        onchange: () => place(item, facet.id, id) }),
      api.h("span", {}, api.rich(text)))));
  };

  const selects = (item) => api.h("div", { class: "jj-pair" }, ...facets.map((facet) => {
    const id = api.uid(`class-${item}-${facet.id}`);
    const select = api.h("select", { id, class: "jj-select", onchange: () => place(item, facet.id, select.value) },
      api.h("option", { value: "" }, api.words.choose),
      ...facet.classes.map((each) => api.h("option", { value: each.id }, each.text)));
    select.value = classOf(item, facet.id) ?? "";
    return api.h("div", { class: "jj-field" }, api.h("label", { htmlFor: id }, facet.label), select);
  }));

  items.forEach(({ id, text }, i) => {
    const remark = api.h("div", { class: "jj-remark", id: api.uid(`remark-${id}`) });
    const card = api.h("fieldset", { class: "jj-case", "aria-describedby": remark.id },
      api.h("legend", {}, api.h("span", { class: "jj-number" }, `${i + 1}`), api.h("span", {}, api.rich(text))),
      single ? pills(id, facets[0]) : selects(id), remark);
    remarks.set(id, remark);
    cases.set(id, card);
    root.append(card);
  });

  const map = api.h("div", { class: "jj-map" });
  if (!single) root.append(map);

  const chip = (id) => {
    const i = items.findIndex((item) => item.id === id);
    const mark = marks[id] === undefined ? "" : marks[id] ? " \u2713" : " \u2717";
    return api.h("button", { type: "button", class: "jj-chip", title: items[i].text,
      "aria-label": `${i + 1}${mark}: ${items[i].text}`,
      onclick: () => cases.get(id).querySelector("select").focus() }, `${i + 1}${mark}`);
  };

  function draw() {
    if (single) return;
    const [rows, columns] = facets;
    const here = (row, column) => items.filter(({ id }) => placed[id]?.[rows.id] === row && placed[id]?.[columns.id] === column);
    const loose = items.filter(({ id }) => !rows.classes.some((row) => row.id === placed[id]?.[rows.id])
      || !columns.classes.some((column) => column.id === placed[id]?.[columns.id]));
    const table = api.h("table", { class: "jj-grid" },
      api.h("caption", {}, api.words.map),
      api.h("thead", {}, api.h("tr", {},
        api.h("th", { scope: "col", class: "jj-corner" },
          api.h("span", {}, `${rows.label} \u2193`), " ", api.h("span", {}, `${columns.label} \u2192`)),
        ...columns.classes.map((column) => api.h("th", { scope: "col" }, column.text)))),
      api.h("tbody", {}, ...rows.classes.map((row) => api.h("tr", {},
        api.h("th", { scope: "row" }, row.text),
        ...columns.classes.map((column) => api.h("td", {}, ...here(row.id, column.id).map(({ id }) => chip(id))))))));
    const lines = rows.classes.flatMap((row) => columns.classes
      .filter((column) => here(row.id, column.id).length)
      .map((column) => api.h("li", {}, api.h("span", {}, `${row.text} \u00d7 ${column.text}`),
        api.h("span", { class: "jj-chips" }, ...here(row.id, column.id).map(({ id }) => chip(id))))));
    const list = api.h("div", { class: "jj-lines" }, api.h("p", { class: "jj-caption" }, api.words.map), api.h("ul", {}, ...lines));
    const rest = api.h("div", { class: "jj-rest" }, api.h("span", {}, loose.length ? api.words.unplaced : api.words.all_placed),
      api.h("span", { class: "jj-chips" }, ...loose.map(({ id }) => chip(id))));
    map.replaceChildren(table, list, rest);
  }
  draw();

  return {
    feedback: (said) => {
      remarks.forEach((remark, id) => {
        api.remark(remark, said[id]);
        if (said[id]) marks[id] = said[id].right;
        else delete marks[id];
      });
      draw();
    },
    focus: () => root.querySelector("input, select").focus(),
  };
};
