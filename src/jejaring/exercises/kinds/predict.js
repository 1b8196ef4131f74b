kinds.predict = (api, root) => {
  const slip = api.h("div", { class: "jj-bet" });
  root.append(slip);

  if (api.spec.options) {
    const name = api.uid("bet");
    slip.append(api.h("p", { class: "jj-stake" }, api.words.bet), ...api.spec.options.map(({ id, text }) => api.h("label", { class: "jj-option" },
      api.h("input", { type: "radio", name, value: id, checked: api.value === id, onchange: () => api.change(id) }),
      api.h("span", {}, api.rich(text)))));
    return { focus: () => (slip.querySelector("input:checked") ?? slip.querySelector("input")).focus() };
  }

  const { unit, min, max, step } = api.spec.number;
  const [boxId, hintId, messageId] = ["box", "hint", "message"].map((part) => api.uid(part));
  const thousands = api.words.decimal === "," ? /^\d{1,3}(\.\d{3})+$/ : /^\d{1,3}(,\d{3})+$/;
  const number = (text) => {
    const plain = text.trim().replace("\u2212", "-");
    if (thousands.test(plain)) return Number(plain.replace(/[.,]/g, ""));
    return /^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/.test(plain) ? Number(plain.replace(",", ".")) : NaN;
  };
  const fits = (text) => number(text) >= min && number(text) <= max;
  const range = api.h("input", { type: "range", min, max, step: step ?? (max - min) / 100, class: "jj-slide", "aria-label": api.words.bet_slide });
  const message = api.h("div", { class: "jj-message", id: messageId, "aria-live": "polite" });
  const box = api.h("input", { type: "text", inputMode: "decimal", autocomplete: "off", id: boxId, class: "jj-input jj-stakes", maxLength: 20,
    value: api.value ?? "", "aria-describedby": `${hintId} ${messageId}` });

  const said = (value) => String(value).replace(".", api.words.decimal);

  const show = () => {
    const set = box.value.trim() !== "" && fits(box.value);
    range.value = set ? number(box.value) : (min + max) / 2;
    range.classList.toggle("jj-unset", !set);
    range.setAttribute("aria-valuetext", set ? `${box.value} ${unit ?? ""}`.trim() : api.words.no_bet);
  };
  const check = () => {
    const fine = !box.value.trim() || fits(box.value);
    box.setAttribute("aria-invalid", String(!fine));
    message.textContent = fine ? "" : api.words.bet_outside.replace("{min}", said(min)).replace("{max}", said(max));
  };
  const slid = () => {
    box.value = said(range.value);
    show();
    check();
  };
  const keep = () => { slid(); if (box.value !== api.value) api.change(box.value); };
  range.oninput = slid;
  range.onchange = keep;
  range.onclick = () => { if (range.classList.contains("jj-unset")) keep(); };  // a click on the resting thumb fires no change
  box.oninput = () => {
    show();
    if (message.textContent) check();
    api.change(box.value.trim() ? box.value : null);
  };
  box.onchange = check;

  slip.append(
    api.h("label", { class: "jj-stake", htmlFor: boxId }, api.words.bet),
    api.h("div", { class: "jj-measure" }, box, unit ? api.h("span", { class: "jj-unit" }, unit) : ""),
    range,
    api.h("div", { class: "jj-scale", id: hintId }, api.h("span", {}, said(min)), api.h("span", {}, said(max))),
    message);
  show();
  if (box.value) check();
  return { focus: () => box.focus() };
};
