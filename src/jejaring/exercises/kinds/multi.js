kinds.multi = (api, root) => {
  const chosen = new Set(Array.isArray(api.value) ? api.value : []);
  const remarks = new Map();
  const inputs = api.spec.options.map(({ id, text }) => {
    const remark = api.h("div", { class: "jj-remark", id: api.uid(`remark-${id}`) });
    const input = api.h("input", {
      type: "checkbox", value: id, checked: chosen.has(id), "aria-describedby": remark.id,
      onchange: () => {
        api.remark(remark);
        const ids = inputs.filter((each) => each.checked).map((each) => each.value);
        api.change(ids.length ? ids : null);
      },
    });
    remarks.set(id, remark);
    root.append(api.h("label", { class: "jj-option" }, input, api.h("span", {}, api.rich(text))), remark);
    return input;
  });
  root.prepend(api.h("p", { class: "jj-hint" }, api.words.several));
  return {
    feedback: (items) => remarks.forEach((remark, id) => api.remark(remark, items[id])),
    focus: () => inputs[0].focus(),
  };
};
