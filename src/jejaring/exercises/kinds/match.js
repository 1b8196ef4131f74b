kinds.match = (api, root) => {
  const { left, right } = api.spec;
  const long = right.some(({ text }) => text.length > 40);
  const letter = (i) => String.fromCharCode(65 + i);
  const pairs = { ...api.value };
  const remarks = new Map();

  if (long) {
    root.append(api.h("ol", { class: "jj-letters" }, ...right.map(({ text }, i) => api.h("li", {},
      api.h("span", { class: "jj-number" }, letter(i)), api.h("span", {}, api.rich(text))))));
  }
  const selects = left.map(({ id, text }) => {
    const remark = api.h("div", { class: "jj-remark", id: api.uid(`remark-${id}`) });
    const select = api.h("select", {
      id: api.uid(`right-${id}`), class: "jj-select", "aria-describedby": remark.id,
      onchange: () => {
        api.remark(remark);
        if (select.value) pairs[id] = select.value;
        else delete pairs[id];
        api.change(Object.keys(pairs).length ? { ...pairs } : null);
      },
    }, api.h("option", { value: "" }, api.words.choose),
    ...right.map((each, i) => api.h("option", { value: each.id }, long ? `${letter(i)}. ${each.text}` : each.text)));
    select.value = pairs[id] ?? "";
    remarks.set(id, remark);
    root.append(api.h("div", { class: "jj-match" }, api.h("label", { htmlFor: select.id }, api.rich(text)), select, remark));
    return select;
  });
  return {
    feedback: (items) => remarks.forEach((remark, id) => api.remark(remark, items[id])),
    focus: () => selects[0].focus(),
  };
};
