/* Parts of the form that are written: quotations from the case, and the next thing to say. */
(function (ek) {
  "use strict";
  const { el, heading, button, quietly, announce, count, uniqueId } = ek.dom;
  const { written, speech, spoken, caseAgain } = ek.formField;
  const state = ek.formState;

  /** Quotations, with the case beside them. Plain text areas do the work; the selection is a shortcut into them. */
  class Quotes {
    constructor(app, section) {
      Object.assign(this, { app, section, fields: new Map(), picked: "" });
      const list = el("div", { class: "ek-form-asks" }, section.asks.map((ask) => this.ask(ask)));
      this.node = el("div", { class: "ek-form-beside" }, this.reader(), list);
      this.listen();
    }

    get words() {
      return this.app.answers[this.section.id];
    }

    /** The case, in a box of its own that scrolls; selected words of the person are remembered below it. */
    reader() {
      const { form } = this.app;
      const named = uniqueId("case");
      const turns = form.case.utterances.map((utterance) => {
        const said = spoken(form, utterance);
        if (utterance.speaker !== "person") return el("li", {}, said);
        const take = () => this.pick(utterance.text, true);
        said.querySelector(".ek-words").dataset.turn = utterance.id;
        const near = utterance.text.split(/\s+/).slice(0, 4).join(" ");
        return el("li", {}, said, button(["Pick this turn", quietly(" that begins: " + near)], take, "quiet", { class: "ek-button ek-button-quiet ek-form-pick" }));
      });
      this.held = el("p", { class: "ek-form-held" });
      this.pick("", false);
      this.case = el(
        "div",
        { class: "ek-form-case", role: "region", tabindex: "0", "aria-labelledby": named },
        heading(this.app.level + 2, { id: named, class: "ek-form-case-title" }, "The session with " + form.case.people.person),
        caseAgain(form),
        el("ol", { class: "ek-form-turns" }, turns)
      );
      return el("div", { class: "ek-form-reader" }, this.case, el("div", { class: "ek-form-holder" }, this.held));
    }

    pick(text, said) {
      const { person } = this.app.form.case.people;
      this.picked = text;
      const number = count(state.wordCount(text), "word");
      if (text) this.held.replaceChildren(el("b", {}, "Picked, " + number + ": "), el("q", {}, text));
      else this.held.replaceChildren("To copy words across, select some of " + person + "\u2019s words, or pick a whole turn and trim it in the box. Copy and paste works too.");
      if (said) announce(this.app.status, "Picked, " + number + ". Choose a box and press Use the picked words.");
    }

    /** Remember what is selected: pressing a button on a phone would let go of it. */
    listen() {
      const heard = () => {
        const selection = globalThis.getSelection();
        if (!selection || selection.isCollapsed || !this.case.contains(selection.anchorNode)) return;
        const turnOf = (node) => (node.nodeType === 1 ? node : node.parentElement).closest("[data-turn]");
        const turn = turnOf(selection.anchorNode);
        if (!turn || !turn.contains(selection.focusNode)) {
          this.held.replaceChildren("That is not inside one of " + this.app.form.case.people.person + "\u2019s turns. Select words from one turn.");
          this.picked = "";
          return;
        }
        this.pick(selection.toString().replace(/\s+/g, " ").trim(), false);
      };
      document.addEventListener("selectionchange", heard);
      this.destroy = () => document.removeEventListener("selectionchange", heard);
    }

    ask(ask) {
      const back = el("span", {});
      const use = button(["Use the picked words", quietly(" for " + ask.label)], () => this.use(ask, back), "quiet");
      const field = written(this.app, {
        at: this.section.id + "/" + ask.id,
        label: ask.label,
        help: ask.help,
        rows: 2,
        get: () => this.words[ask.id] || "",
        set: (text) => {
          this.words[ask.id] = text;
        },
        fault: (text) => state.fault(this.app.form, this.section, text),
        under: el("span", { class: "ek-actions" }, back, use),
      });
      this.fields.set(ask.id, field);
      return field.node;
    }

    /** Put the picked words in a box. What they take the place of can be put back. */
    use(ask, back) {
      const field = this.fields.get(ask.id);
      if (!this.picked) {
        announce(this.app.status, "Nothing is picked yet. Select words in the session, or paste them here.");
        field.area.focus();
        return;
      }
      const before = this.words[ask.id] || "";
      const put = (text, words) => {
        this.words[ask.id] = text;
        this.app.changed();
        field.refresh();
        field.area.focus();
        announce(this.app.status, words);
      };
      put(this.picked, count(state.wordCount(this.picked), "word") + " put in " + ask.label + ".");
      const undo = () => {
        back.replaceChildren();
        put(before, "The words that were there are back.");
      };
      back.replaceChildren(...(before && before !== this.picked ? [button(["Put the old words back", quietly(" in " + ask.label)], undo, "quiet")] : []));
    }

    refresh() {
      for (const field of this.fields.values()) field.refresh();
    }

    reveal(name) {
      this.fields.get(name).area.focus();
    }
  }

  /** What a person says, and a box for the next words. */
  class Replies {
    constructor(app, section) {
      Object.assign(this, { app, section, fields: new Map() });
      this.node = el("div", { class: "ek-form-prompts" }, section.prompts.map((prompt) => this.prompt(prompt)));
    }

    prompt(prompt) {
      const words = this.app.answers[this.section.id];
      const field = written(this.app, {
        at: this.section.id + "/" + prompt.id,
        label: prompt.label,
        rows: 4,
        get: () => words[prompt.id] || "",
        set: (text) => {
          words[prompt.id] = text;
        },
        fault: (text) => state.fault(this.app.form, this.section, text),
      });
      this.fields.set(prompt.id, field);
      return el("div", { class: "ek-form-prompt" }, speech(prompt.who, null, "person", prompt.said), field.node);
    }

    refresh() {
      for (const field of this.fields.values()) field.refresh();
    }

    reveal(name) {
      this.fields.get(name).area.focus();
    }
  }

  ek.formWriting = { Quotes, Replies };
})((globalThis.engagekit = globalThis.engagekit || {}));
