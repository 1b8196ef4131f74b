kinds.number = (api, root) => {
  const typed = { ...api.value };
  const remarks = new Map();
  const said = (value) => String(value).replace(".", api.words.decimal);
  // reads what Python reads: either decimal sign, groups of three, a fraction, a percentage
  const decimal = (text) => /\d/.test(text) && [",.", ".,"].some(([sign, other]) =>
    new RegExp(`^([1-9]\\d{0,2}([${other} '_])\\d{3}(\\2\\d{3})*|\\d*)([${sign}]\\d*)?$`).test(text));
  const readable = (text) => {
    const plain = text.replace(/[\u2044\u2215]/g, "/").replace(/\s+/g, " ").replace(/\u2019/g, "'").trim();
    const [over, under, ...more] = plain.replace(/^[+\u2212\u2013-] ?/, "").replace(/ ?%$/, "").split("/").map((part) => part.trim());
    return !more.length && decimal(over) && (under === undefined || (decimal(under) && /[1-9]/.test(under)));
  };

  const inputs = api.spec.fields.map(({ id, label, unit, min, max }) => {
    const [name, remark, hint, message] = ["input", "remark", "hint", "message"].map((part) => api.uid(`${part}-${id}`));
    const bounds = typeof min === "number" && typeof max === "number"
      ? api.h("span", { class: "jj-hint", id: hint }, api.words.range.replace("{min}", said(min)).replace("{max}", said(max))) : "";
    const gentle = api.h("div", { class: "jj-message", id: message, "aria-live": "polite" });
    const check = () => {
      const fine = !input.value.trim() || readable(input.value);
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
        if (gentle.textContent || /[\p{L}]/u.test(input.value)) check();
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
