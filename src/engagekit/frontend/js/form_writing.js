/* Parts of the form that are written: quotations from the case, and the next thing to say. */
(function (ek) {
  "use strict";
  const { el } = ek.dom;
  const { written, quoted, speech } = ek.formField;
  const state = ek.formState;

  /** What both have in common: a box for each item of a section. */
  class Written {
    constructor(app, section) {
      Object.assign(this, { app, section, fields: new Map() });
    }

    /** What a box needs to know about the answer to an item. */
    answer(item) {
      const { app, section } = this;
      const words = () => app.answers[section.id];
      return {
        at: section.id + "/" + item.id,
        label: item.label,
        help: item.help,
        get: () => words()[item.id] || "",
        set: (text) => {
          words()[item.id] = text;
        },
        fault: (text) => state.fault(app.form, section, text),
      };
    }

    refresh() {
      for (const field of this.fields.values()) field.refresh();
    }

    reveal(name) {
      this.fields.get(name).focus();
    }
  }

  /** Quotations. Plain text areas do the work; what is picked in the case is a shortcut into them. */
  class Quotes extends Written {
    constructor(app, section) {
      super(app, section);
      for (const ask of section.asks) {
        const taking = { taking: "Use the picked words", take: () => app.reader.take(), note: (text) => ek.formCase.foundWords(app.form, text) };
        this.fields.set(ask.id, quoted(app, Object.assign(taking, this.answer(ask))));
      }
      this.node = el("div", { class: "ek-form-asks" }, [...this.fields.values()].map((field) => field.node));
    }
  }

  /** What a person says, and a box for the next words. */
  class Replies extends Written {
    constructor(app, section) {
      super(app, section);
      this.node = el("div", { class: "ek-form-prompts" }, section.prompts.map((prompt) => this.prompt(prompt)));
    }

    prompt(prompt) {
      const field = written(this.app, Object.assign({ rows: 4 }, this.answer(prompt)));
      this.fields.set(prompt.id, field);
      return el("div", { class: "ek-form-prompt" }, speech(prompt.who, null, "person", prompt.said), field.node);
    }
  }

  ek.formWriting = { Quotes, Replies };
})((globalThis.engagekit = globalThis.engagekit || {}));
