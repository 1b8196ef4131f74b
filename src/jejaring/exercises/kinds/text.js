kinds.text = (api, root) => {
  const remark = api.h("div", { class: "jj-remark", id: api.uid("remark") });
  const id = api.uid("text");
  const input = api.h("input", {
    type: "text", id, class: "jj-input", maxLength: api.spec.max_length ?? 200, value: api.value ?? "", autocomplete: "off",
    "aria-describedby": remark.id,
    oninput: () => { api.remark(remark); api.change(input.value.trim() ? input.value : null); },
  });
  root.append(api.h("div", { class: "jj-field" }, api.h("label", { htmlFor: id }, api.words.your_answer), input, remark));
  return {
    feedback: (items) => api.remark(remark, Object.values(items)[0]),
    focus: () => input.focus(),
  };
};
