kinds.number = (api, root) => {
  const typed = { ...api.value };
  const remarks = new Map();
  const digits = String.raw`(\d+([.,]\d+)?|\d{1,3}([.,\u00a0\u202f ]\d{3})+([.,]\d+)?|[.,]\d+)`;
  const readable = new RegExp(String.raw`^[+\u2212-]?\s*(${digits}\s*%?|\d+\s*/\s*\d*[1-9]\d*)$`);

  const inputs = api.spec.fields.map(({ id, label, unit, min, max }) => {
    const [name, remark, hint, message] = ["input", "remark", "hint", "message"].map((part) => api.uid(`${part}-${id}`));
    const bounds = typeof min === "number" && typeof max === "number"
      ? api.h("span", { class: "jj-hint", id: hint }, api.words.range.replace("{min}", min).replace("{max}", max)) : "";
    const gentle = api.h("div", { class: "jj-message", id: message, "aria-live": "polite" });
    const check = () => {
      const fine = !input.value.trim() || readable.test(input.value.trim());
      input.setAttribute("aria-invalid", String(!fine));
      gentle.textContent = fine ? "" : api.words.unreadable;
    };
    const input = api.h("input", {
      // a text box: a number box changes under the mouse wheel and refuses the decimal comma
      type: "text", inputMode: "decimal", autocomplete: "off", spellcheck: false, id: name, class: "jj-input jj-short",
      maxLength: 40, value: typed[id] ?? "", "aria-describedby": [bounds && hint, message, remark].filter(Boolean).join(" "),
      onchange: check,
      oninput: () => {
        if (input.value.trim()) typed[id] = input.value;
        else delete typed[id];
        if (gentle.textContent || /[^\d\s.,%/+\u2212-]/.test(input.value)) check();
        api.remark(remarks.get(id));
        api.change(Object.keys(typed).length ? { ...typed } : null);
      },
    });
    remarks.set(id, api.h("div", { class: "jj-remark", id: remark }));
    root.append(api.h("div", { class: "jj-field" },
      api.h("label", { htmlFor: name }, api.rich(label)),
      api.h("div", { class: "jj-measure" }, input, unit ? api.h("span", { class: "jj-unit" }, unit) : "", bounds),
      gentle, remarks.get(id)));
    if (typed[id]) check();
    return input;
  });
  return {
    feedback: (items) => remarks.forEach((remark, id) => api.remark(remark, items[id])),
    focus: () => inputs[0].focus(),
  };
};
