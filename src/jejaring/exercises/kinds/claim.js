kinds.claim = (api, root) => {
  const name = api.uid("verdict");
  const remark = api.h("div", { class: "jj-remark", id: api.uid("remark") });
  const opened = api.h("div", { class: "jj-opened" });
  const inputs = api.spec.verdicts.map(({ id }) => api.h("input", {
    type: "radio", name, value: id, checked: api.value === id,
    onchange: () => { api.remark(remark); api.change(id); },
  }));
  root.append(
    api.h("figure", { class: "jj-claim" }, api.h("figcaption", {}, api.words.claim), api.h("blockquote", {}, api.rich(api.spec.says))),
    api.h("fieldset", { class: "jj-case", "aria-describedby": remark.id },
      api.h("legend", {}, api.words.verdict),
      api.h("div", { class: "jj-pills jj-verdicts" }, ...api.spec.verdicts.map(({ text }, i) =>
        api.h("label", { class: "jj-pill" }, inputs[i], api.h("span", {}, api.rich(text))))),
      remark),
    opened);
  return {
    feedback: (items, extra = {}) => {
      api.remark(remark, Object.values(items)[0]);
      opened.replaceChildren(...["evidence", "repair"].filter((part) => extra[part]).map((part) => api.h("div", {},
        api.h("p", { class: "jj-caption" }, api.words[part]), api.rich(extra[part]))));
    },
    focus: () => (inputs.find((input) => input.checked) ?? inputs[0]).focus(),
  };
};
