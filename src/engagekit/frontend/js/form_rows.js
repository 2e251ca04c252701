/* Parts of the form that are made of questions: entries that can be added, moved and removed, or questions answered once. */
(function (ek) {
  "use strict";
  const { el, button, quietly, announce, count, uniqueId } = ek.dom;
  const { codebook } = ek.formField;
  const { drawAll } = ek.formInputs;
  const { lower, plural } = ek.formText;
  const state = ek.formState;

  /** The codes, where a question of the section asks for one of them. */
  function codes(app, section) {
    const asked = section.fields.some((field) => field.kind === "choice" && !(field.options || []).length);
    return asked && app.form.scheme ? codebook(app.form) : null;
  }

  /** Questions that are answered once. */
  class Fields {
    constructor(app, section) {
      Object.assign(this, { app, section });
      this.drawn = drawAll(app, section, app.answers[section.id], section.id, () => false);
      this.node = el("div", {}, codes(app, section), el("div", { class: "ek-form-fields" }, [...this.drawn.values()].map((each) => each.node)));
    }

    refresh() {
      for (const each of this.drawn.values()) each.refresh();
    }

    reveal(name) {
      this.drawn.get(name).focus();
    }
  }

  /** Entries that all ask the same. */
  class Entries {
    constructor(app, section) {
      Object.assign(this, { app, section, drawn: [], undo: null });
      this.one = lower(section.entry);
      this.many = plural(this.one);
      this.list = el("ol", { class: "ek-form-rows" });
      this.add = button("Add " + (/^[aeiou]/.test(this.one) ? "an " : "a ") + this.one, () => this.append(), "plain");
      this.room = el("p", { class: "ek-aside" });
      this.node = el("div", {}, codes(app, section), this.list, el("div", { class: "ek-actions" }, this.add, this.room));
      this.draw();
    }

    get rows() {
      return this.app.answers[this.section.id];
    }

    set rows(value) {
      this.app.answers[this.section.id] = value;
    }

    draw() {
      this.drawn = this.rows.map((row, index) => this.row(row, index));
      const items = this.drawn.map((drawn) => drawn.item);
      if (this.undo) items.splice(this.undo.index, 0, this.undo.item);
      this.list.replaceChildren(...items);
      const { min_rows: least, max_rows: most } = this.section;
      const full = this.rows.length >= most;
      // It stays focusable, so that focus is not lost when the last row has been added.
      this.add.setAttribute("aria-disabled", String(full));
      const asked = least === most ? least + (least === 1 ? " is" : " are") + " asked for." : "From " + least + " to " + most + " are asked for.";
      this.room.textContent = full && least < most ? "That is the most: " + count(most, this.one, this.many) + "." : count(this.rows.length, this.one, this.many) + ". " + asked;
      this.add.toggleAttribute("hidden", least === most && full);
    }

    name(index) {
      return this.section.entry + " " + (index + 1);
    }

    row(row, index) {
      const idle = () => state.isBlankRow(this.section, row);
      const drawn = drawAll(this.app, this.section, row, this.section.id + "/" + index, idle);
      const legend = el("legend", { tabindex: "-1", id: uniqueId("row") }, this.name(index));
      const tools = el("div", { class: "ek-actions ek-form-tools" }, this.tools(index));
      const questions = el("div", { class: "ek-form-fields" }, [...drawn.values()].map((each) => each.node));
      const item = el("li", {}, el("fieldset", { class: "ek-form-row" }, legend, questions, tools));
      return { item, legend, tools, drawn };
    }

    tools(index) {
      const named = (label) => [label, quietly(" " + this.one + " " + (index + 1))];
      const tool = (label, act, name) => button(named(label), act, "quiet", { "data-tool": name });
      return [
        index > 0 ? tool("Move up", () => this.move(index, -1), "up") : null,
        index < this.rows.length - 1 ? tool("Move down", () => this.move(index, 1), "down") : null,
        tool("Remove", () => this.remove(index), "remove"),
      ];
    }

    append() {
      if (this.rows.length >= this.section.max_rows) {
        announce(this.app.status, this.room.textContent);
        return;
      }
      this.rows.push(state.blankRow(this.section));
      this.draw();
      this.reveal([this.rows.length - 1, ""]);
      announce(this.app.status, this.name(this.rows.length - 1) + " added.");
    }

    move(index, step) {
      const [row] = this.rows.splice(index, 1);
      this.rows.splice(index + step, 0, row);
      this.undo = null;
      this.app.changed();
      this.draw();
      const { tools } = this.drawn[index + step];
      const wanted = step < 0 ? "up" : "down";
      (tools.querySelector('[data-tool="' + wanted + '"]') || tools.querySelector("button")).focus();
      announce(this.app.status, "Now " + this.one + " " + (index + step + 1) + " of " + this.rows.length + ".");
    }

    /** Take an entry out. Where it stood is a way to put it back, until another one is removed or moved. */
    remove(index) {
      const [row] = this.rows.splice(index, 1);
      this.rows = state.padded(this.section, this.rows);
      this.undo = null;
      if (!state.isBlankRow(this.section, row)) {
        const back = button(["Put it back", quietly(" " + this.one + " " + (index + 1))], () => this.putBack(row, index), "quiet");
        this.undo = { index, item: el("li", { class: "ek-form-gone" }, el("span", {}, this.name(index) + " removed."), back), back };
      }
      this.app.changed();
      this.draw();
      announce(this.app.status, this.name(index) + " removed. " + count(this.rows.length, this.one, this.many) + " left.");
      if (this.undo) this.undo.back.focus();
      else this.drawn[Math.min(index, this.rows.length - 1)].legend.focus();
    }

    /** A blank entry that took its place makes room for it. */
    putBack(row, index) {
      const blank = this.rows.findLastIndex((each) => state.isBlankRow(this.section, each));
      if (blank >= 0) this.rows.splice(blank, 1);
      else if (this.rows.length >= this.section.max_rows) {
        announce(this.app.status, "There is no room for it: " + this.room.textContent);
        return;
      }
      const at = Math.min(index, this.rows.length);
      this.rows.splice(at, 0, row);
      this.undo = null;
      this.app.changed();
      this.draw();
      this.drawn[at].legend.focus();
      announce(this.app.status, this.name(at) + " is back.");
    }

    refresh() {
      for (const row of this.drawn) for (const each of row.drawn.values()) each.refresh();
    }

    /** Bring a question of an entry to the learner; a number below 0 means that one more entry is wanted. */
    reveal([index, field]) {
      if (index < 0) {
        this.append();
        return;
      }
      const { drawn } = this.drawn[index];
      (drawn.get(field) || [...drawn.values()][0]).focus();
    }
  }

  ek.formRows = { Fields, Entries };
})((globalThis.engagekit = globalThis.engagekit || {}));
