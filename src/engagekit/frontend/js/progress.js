/* How the learner is getting on: what to do next, agreement over time, single codes, and the whole record. */
(function (ek) {
  "use strict";
  const { el, heading, statusLine, containKeys, count } = ek.dom;

  class Progress {
    constructor(host, data, store, level) {
      Object.assign(this, { host, data, store, level });
      this.status = statusLine();
      this.parts = el("div", {});
      const top = el("section", { class: "ek ek-progress-page", lang: "en-GB" }, heading(level, { class: "ek-title" }, "Your progress"), this.parts, this.status);
      containKeys(top);
      host.replaceChildren(top);
      this.draw();
      this.forget = store.onChange(() => this.draw());
    }

    draw() {
      const answers = this.store.events().length;
      this.parts.replaceChildren(el("p", {}, answers === 0 ? "Nothing is answered yet." : count(answers, "answer") + " so far."));
    }

    destroy() {
      this.forget();
      this.host.replaceChildren();
    }
  }

  /** Show the learner's progress inside `host`; the answer undoes it. */
  function mount(host, data, store, level) {
    const progress = new Progress(host, data, store, level);
    return () => progress.destroy();
  }

  ek.progress = { mount };
})((globalThis.engagekit = globalThis.engagekit || {}));
