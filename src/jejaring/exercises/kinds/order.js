kinds.order = (api, root) => {
  const texts = new Map(api.spec.items.map(({ id, text }) => [id, text]));
  const known = Array.isArray(api.value) && api.value.length === texts.size && api.value.every((id) => texts.has(id));
  const order = known ? [...api.value] : [...texts.keys()];
  const remarks = new Map();
  const rows = new Map();
  const list = api.h("ol", { class: "jj-order" });
  let kept = known;

  const keep = () => {
    kept = true;
    draw();
    api.change([...order]);
  };
  const move = (id, to) => {
    const from = order.indexOf(id);
    const spot = { "{text}": texts.get(id), "{i}": Math.min(Math.max(to, 0), order.length - 1) + 1, "{n}": order.length };
    if (to >= 0 && to < order.length && to !== from) {
      order.splice(to, 0, ...order.splice(from, 1));
      remarks.forEach((remark) => api.remark(remark));
      keep();
    }
    api.say(api.words.position.replace(/\{\w+\}/g, (field) => spot[field]));
  };
  const step = (id, by, sign, word) => {
    const button = api.h("button", { type: "button", class: "jj-step", "aria-label": word.replace("{text}", texts.get(id)),
      onclick: () => { move(id, order.indexOf(id) + by); button.focus(); } }, sign);
    return button;
  };
  let dragged = null;
  const handle = (id) => api.h("span", { class: "jj-handle", "aria-hidden": "true", title: api.words.drag,
    onpointerdown: (event) => {
      event.preventDefault();
      list.setPointerCapture(event.pointerId);  // the list stays in place; a row that moves would lose the pointer
      rows.get(id).classList.add("jj-dragged");
      dragged = { id, to: order.indexOf(id) };
    } }, "\u22ee\u22ee");
  list.onpointermove = (event) => {
    if (!dragged) return;
    const others = order.filter((id) => id !== dragged.id);
    const middle = (id) => { const box = rows.get(id).getBoundingClientRect(); return box.top + box.height / 2; };
    dragged.to = others.filter((id) => event.clientY > middle(id)).length;
    const next = others[dragged.to];
    list.insertBefore(rows.get(dragged.id), next ? rows.get(next) : null);
  };
  list.onpointerup = list.onpointercancel = () => {
    if (!dragged) return;
    const { id, to } = dragged;
    dragged = null;
    rows.get(id).classList.remove("jj-dragged");
    move(id, to);
  };

  api.spec.items.forEach(({ id, text }) => {
    const remark = api.h("div", { class: "jj-remark" });
    remarks.set(id, remark);
    rows.set(id, api.h("li", {}, handle(id), api.h("div", { class: "jj-what" }, api.rich(text), remark),
      api.h("span", { class: "jj-steps" }, step(id, -1, "\u2191", api.words.move_up), step(id, 1, "\u2193", api.words.move_down))));
  });
  const confirm = api.h("button", { type: "button", class: "jj-button jj-quiet", onclick: () => { if (!kept) keep(); } });

  function draw() {
    // moving a node that is in place already would take the focus from its buttons
    order.forEach((id, i) => { if (list.children[i] !== rows.get(id)) list.insertBefore(rows.get(id), list.children[i] ?? null); });
    order.forEach((id, i) => {
      const [up, down] = rows.get(id).querySelectorAll("button");
      up.setAttribute("aria-disabled", String(i === 0));
      down.setAttribute("aria-disabled", String(i === order.length - 1));
    });
    confirm.textContent = kept ? api.words.order_kept : api.words.my_order;
    confirm.setAttribute("aria-disabled", String(kept));
  }
  draw();
  root.append(list, confirm);
  return {
    feedback: (items) => remarks.forEach((remark, id) => api.remark(remark, items[id])),
    focus: () => list.querySelector("button").focus(),
  };
};
