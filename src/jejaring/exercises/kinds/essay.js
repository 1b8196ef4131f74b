kinds.essay = (api, root) => {
  const { rubric, minimum_words: least, maximum_words: most } = api.spec;
  const [areaId, countId] = [api.uid("essay"), api.uid("count")];
  const count = api.h("p", { class: "jj-count", id: countId });

  const tally = () => {
    const words = area.value.split(/\s+/).filter((each) => /[\p{L}\p{N}]/u.test(each)).length;
    const gap = words < least ? api.words.words_missing : words > most ? api.words.words_over : api.words.words_fine;
    const numbers = { "{n}": words, "{least}": least, "{most}": most, "{gap}": words < least ? least - words : words - most };
    count.replaceChildren(
      api.h("strong", {}, api.words.word_count.replace(/\{\w+\}/g, (field) => numbers[field])),
      ` ${gap.replace(/\{\w+\}/g, (field) => numbers[field])}`);
    if (!CSS.supports("field-sizing", "content")) {
      area.style.height = "auto";
      area.style.height = `${area.scrollHeight + 4}px`;
    }
  };
  const area = api.h("textarea", {
    id: areaId, class: "jj-input jj-essay", rows: 8, maxLength: 20000, value: api.value ?? "", "aria-describedby": countId,
    oninput: () => { tally(); api.change(area.value.trim() ? area.value : null); },
  });

  const anchors = ["zero", "half", "full"];
  const cell = (tag, role, label, ...inside) => api.h(tag, { role, "data-label": label }, ...inside);
  const table = api.h("table", { class: "jj-rubric", role: "table" },
    api.h("thead", { role: "rowgroup" }, api.h("tr", { role: "row" },
      ...["criterion", ...anchors].map((word) => api.h("th", { scope: "col", role: "columnheader" }, api.words[word])))),
    api.h("tbody", { role: "rowgroup" }, ...rubric.map((row) => api.h("tr", { role: "row" },
      api.h("th", { scope: "row", role: "rowheader" }, api.rich(row.text),
        api.h("span", { class: "jj-points" }, api.words.points.replace("{points}", row.points))),
      ...anchors.map((anchor) => cell("td", "cell", api.words[anchor], api.rich(row[anchor])))))));
  root.append(
    api.h("details", { class: "jj-details", open: true }, api.h("summary", {}, api.words.rubric), table),
    api.h("div", { class: "jj-field" }, api.h("label", { htmlFor: areaId }, api.words.your_essay), area, count));
  tally();
  return { focus: () => area.focus() };
};
