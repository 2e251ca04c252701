/* The doors: custom elements for a page, and `render` for the widget. Loaded last, when every lens is there. */
(function (ek) {
  "use strict";
  const { defineElement } = ek.dom;
  const store = (data) => ek.attempts.browserStore(data.lens, data.id);

  /** The widget's door: called by anywidget with a model and an empty element. */
  function render({ model, el: host }) {
    const data = model.get("data");
    const kept = ek.attempts.modelStore(model);
    return data.schema.startsWith("practice/") ? ek.chooser.mount(host, data, kept, 2, false) : ek.exercise.mount(host, data, kept, 3);
  }

  ek.practice = { render };
  defineElement("engagekit-exercise", 3, (host, data, level) => ek.exercise.mount(host, data, store(data), level));
  defineElement("engagekit-practice", 2, (host, data, level) => ek.chooser.mount(host, data, ek.attempts.browserStore(), level, true));
  defineElement("engagekit-progress", 2, (host, data, level) => ek.progress.mount(host, data, ek.attempts.browserStore(), level));
})((globalThis.engagekit = globalThis.engagekit || {}));
