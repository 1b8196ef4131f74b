kinds.choice = (api, root) => {
  const name = api.uid("choice");
  const remarks = new Map();
  const inputs = api.spec.options.map(({ id, text }) => {
    const remark = api.h("div", { class: "jj-remark", id: api.uid(`remark-${id}`) });
    const input = api.h("input", {
      type: "radio", name, value: id, checked: api.value === id, "aria-describedby": remark.id,
      onchange: () => { remarks.forEach((each) => api.remark(each)); api.change(id); },
    });
    remarks.set(id, remark);
    root.append(api.h("label", { class: "jj-option" }, input, api.h("span", {}, api.rich(text))), remark);
    return input;
  });
  return {
    feedback: (items) => remarks.forEach((remark, id) => api.remark(remark, items[id])),
    focus: () => (inputs.find((input) => input.checked) ?? inputs[0]).focus(),
  };
};
