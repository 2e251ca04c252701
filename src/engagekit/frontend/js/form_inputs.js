/* One question of a form, drawn by its kind. Everything of a question is reached through {node, focus, refresh}. */
(function (ek) {
  "use strict";
  const { el, button, uniqueId } = ek.dom;
  const { written, quoted, faultLine } = ek.formField;
  const fields = ek.formFields;
  const FEW = 6; // options that are shown as radio buttons
  const SHORT = 240; // characters that they may have together

  /**
   * Draw a question. `context` holds the `section`, the `row` of answers that this one is in, and `at`, the row's own name.
   */
  function draw(app, field, context) {
    const { section, row } = context;
    const shared = {
      at: context.at + "/" + field.id,
      label: field.label,
      help: field.help,
      get: () => row[field.id] || "",
      set: (value) => {
        row[field.id] = value;
      },
      fault: () => (context.idle() ? "" : fields.fault(app.form, section, field, row, app.answers)),
    };
    return DRAWERS[field.kind](app, field, shared, context);
  }

  function words(app, field, shared) {
    const least = field.least > 3 ? ", at least " + field.least + " are asked for" : "";
    const note = (value) => (ek.formText.wordCount(value) < field.least ? least : "");
    return written(app, Object.assign({ rows: field.lines, patient: true, note }, shared));
  }

  function quote(app, field, shared, context) {
    const { out_of: source } = field;
    const found = (value) => {
      if (!source) return ek.formCase.foundWords(app.form, value);
      return ek.formText.contains(context.row[source] || "", value) ? ", word for word" : "";
    };
    const mine = { note: found, taking: source ? "Use the selected words" : "Use the picked words", take: source ? () => selected(context, source) : () => app.reader.take() };
    return quoted(app, Object.assign(mine, shared));
  }

  /** What is selected in another box of the same entry: a text area remembers it. */
  function selected(context, source) {
    const { area } = context.drawn.get(source);
    const chosen = ek.formText.wholeWords(area.value, area.selectionStart, area.selectionEnd);
    const label = context.section.fields.find((each) => each.id === source).label;
    return { words: chosen, told: "Nothing is selected. Select some words in \u201c" + label + "\u201d, or type them here." };
  }

  function choice(app, field, shared) {
    const offered = fields.options(app.form, field);
    const few = offered.length <= FEW && offered.reduce((sum, option) => sum + option.text.length, 0) <= SHORT;
    return few ? radios(app, offered, shared) : select(app, shared, () => offered, "Choose one");
  }

  function radios(app, offered, { at, label, help, get, set, fault }) {
    const name = uniqueId("choice");
    const { line, say } = faultLine();
    const helped = help ? el("p", { class: "ek-form-help", id: uniqueId("help") }, help) : null;
    const inputs = offered.map((option) => el("input", { type: "radio", name, value: option.id, "data-at": at + "/" + option.id }));
    const refresh = () => {
      for (const input of inputs) input.checked = input.value === get();
      say(app.checked ? fault() : "");
    };
    for (const input of inputs) {
      input.addEventListener("change", () => {
        set(input.value);
        app.changed();
        refresh();
      });
    }
    const choices = offered.map((option, index) => el("label", { class: "ek-choice" }, inputs[index], el("span", {}, option.text)));
    const longest = Math.max(...offered.map((option) => option.text.length));
    const look = longest <= 24 ? "ek-choices" : "ek-form-choices" + (longest <= 48 ? " ek-form-pairs" : "");
    const described = [helped && helped.id, line.id].filter(Boolean).join(" ");
    const node = el("fieldset", { class: "ek-question ek-form-field ek-form-wide", "aria-describedby": described }, el("legend", {}, label), helped, el("div", { class: look }, choices), line);
    refresh();
    return { node, refresh, focus: () => (inputs.find((input) => input.checked) || inputs[0]).focus() };
  }

  /** A list to choose from. `offers` gives the options as they are now; what was chosen and is no longer there stays to be seen. */
  function select(app, { at, label, help, get, set, fault }, offers, first, gone) {
    const { line, say } = faultLine();
    const helped = help ? el("p", { class: "ek-form-help", id: uniqueId("help") }, help) : null;
    const whole = el("p", { class: "ek-form-chosen" });
    const described = [helped && helped.id, line.id].filter(Boolean).join(" ");
    const box = el("select", { class: "ek-form-select", id: uniqueId("choice"), "data-at": at, "aria-describedby": described });
    const refresh = () => {
      const now = get();
      const offered = offers();
      const lost = now && !offered.some((option) => option.id === now) ? [{ id: now, text: gone(now) }] : [];
      box.replaceChildren(el("option", { value: "" }, first), ...[...offered, ...lost].map((option) => el("option", { value: option.id }, option.text)));
      box.value = now;
      const chosen = offered.find((option) => option.id === now);
      whole.textContent = chosen && chosen.text.length > 44 ? chosen.text : "";
      say(app.checked || lost.length > 0 ? fault() : "");
      if (line.firstChild) box.setAttribute("aria-invalid", "true");
      else box.removeAttribute("aria-invalid");
    };
    box.addEventListener("change", () => {
      set(box.value);
      app.changed();
      refresh();
    });
    refresh();
    const node = el("div", { class: "ek-form-field" }, el("label", { for: box.id }, label), helped, box, whole, line);
    return { node, refresh, focus: () => box.focus() };
  }

  function link(app, field, shared) {
    const to = fields.target(app.form, field);
    const part = fields.partOf(to.section);
    const offers = () => fields.linked(app.form, field, app.answers);
    const gone = (id) => fields.optionText(app.form, field, id) + " (no longer chosen in " + part + ")";
    const drawn = select(app, shared, offers, "Choose one", gone);
    const goThere = button("Go to " + part.replace(/^Part/, "part"), () => app.goTo(to.section.id), "quiet");
    const none = el("div", { class: "ek-form-none" }, el("p", { class: "ek-form-help" }, "Nothing to choose from yet. What you choose in " + part + ", under \u201c" + to.field.label + "\u201d, can be chosen here."), goThere);
    drawn.node.append(none);
    const refresh = () => {
      drawn.refresh();
      none.toggleAttribute("hidden", offers().length > 0);
    };
    refresh();
    return { node: drawn.node, focus: drawn.focus, refresh };
  }

  /** A day. A browser without date boxes, or an answer that is no date, gets a box of text. */
  function date(app, field, { at, label, help, get, set, fault }) {
    const { line, say } = faultLine();
    const plain = get() !== "" && !fields.isDate(get());
    const box = el("input", { type: plain ? "text" : "date", class: "ek-form-select", id: uniqueId("date"), value: get(), "data-at": at });
    const typed = box.type === "text" ? "Write it as year, month and day: 2026-12-04." : "";
    const told = [help, typed].filter(Boolean).join(" ");
    const helped = told ? el("p", { class: "ek-form-help", id: uniqueId("help") }, told) : null;
    box.setAttribute("aria-describedby", [helped && helped.id, line.id].filter(Boolean).join(" "));
    const half = () => (box.validity && box.validity.badInput ? "This is not a whole date yet." : "");
    const refresh = () => {
      if (box.value !== get() && !half()) box.value = get();
      const shown = half() || (app.checked || (get() && !fields.isDate(get()) && document.activeElement !== box) ? fault() : "");
      say(document.activeElement === box && !app.checked ? "" : shown);
      if (line.firstChild) box.setAttribute("aria-invalid", "true");
      else box.removeAttribute("aria-invalid");
    };
    box.addEventListener("input", () => {
      set(box.value.trim());
      app.changed();
      refresh();
    });
    box.addEventListener("blur", refresh);
    refresh();
    const node = el("div", { class: "ek-form-field" }, el("label", { for: box.id }, label), helped, box, line);
    return { node, refresh, focus: () => box.focus() };
  }

  const DRAWERS = { words, quote, choice, link, date };

  /** All questions of a section over one row of answers. */
  function drawAll(app, section, row, at, idle) {
    const context = { section, row, at, idle, drawn: new Map() };
    for (const field of section.fields) context.drawn.set(field.id, draw(app, field, context));
    for (const field of section.fields) if (field.out_of) follow(context, field);
    return context.drawn;
  }

  /** What is quoted out of another box is looked at again when that box changes. */
  function follow(context, field) {
    context.drawn.get(field.out_of).area.addEventListener("input", () => context.drawn.get(field.id).refresh());
  }

  ek.formInputs = { drawAll };
})((globalThis.engagekit = globalThis.engagekit || {}));
