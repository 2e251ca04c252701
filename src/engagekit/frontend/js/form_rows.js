/* Part of the form: a table of turns from the learner's own session. Each row is a group that can be moved or removed. */
(function (ek) {
  "use strict";
  const { el, icon, button, quietly, announce, count, uniqueId } = ek.dom;
  const { written, codeSelect, faultLine, codebook } = ek.formField;
  const state = ek.formState;

  class Rows {
    constructor(app, section) {
      Object.assign(this, { app, section, drawn: [] });
      this.list = el("ol", { class: "ek-form-rows" });
      this.add = button("Add a row", () => this.append(), "plain");
      this.room = el("p", { class: "ek-aside" });
      this.node = el("div", {}, codebook(app.form), this.list, el("div", { class: "ek-actions" }, this.add, this.room));
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
      this.list.replaceChildren(...this.drawn.map((drawn) => drawn.item));
      const { min_rows: least, max_rows: most } = this.section;
      const full = this.rows.length >= most;
      // It stays focusable, so that focus is not lost when the last row has been added.
      this.add.setAttribute("aria-disabled", String(full));
      this.room.textContent = full ? "That is the most rows: " + most + "." : count(this.rows.length, "row") + ". From " + least + " to " + most + " are asked for.";
    }

    row(row, index) {
      const number = index + 1;
      const { columns } = this.section;
      const at = (name) => this.section.id + "/" + index + "/" + name;
      const { line, say } = faultLine();
      const area = (name) =>
        written(this.app, {
          at: at(name),
          label: columns[name],
          rows: 2,
          get: () => row[name],
          set: (text) => {
            row[name] = text;
            refresh();
          },
          fault: () => "",
        });
      const fault = () => (this.app.checked && !state.isBlankRow(row) ? state.rowFault(row) : "");
      const person = area("person");
      const mine = area("mine");
      const code = codeSelect(this.app, {
        at: at("code"),
        label: columns.code,
        describedBy: line.id,
        get: () => row.code,
        set: (id) => {
          row.code = id;
          refresh();
        },
      });
      const refresh = () => {
        say(fault());
      };
      refresh();
      const legend = el("legend", { tabindex: "-1", id: uniqueId("row") }, "Row " + number);
      const tools = el("div", { class: "ek-actions ek-form-tools" });
      this.fillTools(tools, index);
      const said = el("div", { class: "ek-form-said" }, person.node, mine.node);
      const item = el("li", {}, el("fieldset", { class: "ek-form-row", "aria-describedby": line.id }, legend, said, code.node, line, tools));
      return { item, legend, tools, person, refresh: () => [person, mine].forEach((each) => each.refresh()) || refresh() };
    }

    fillTools(tools, index) {
      const number = index + 1;
      const named = (label) => [label, quietly(" row " + number)];
      const parts = [];
      if (index > 0) parts.push(button(named("Move up"), () => this.move(index, -1), "quiet", { "data-tool": "up" }));
      if (index < this.rows.length - 1) parts.push(button(named("Move down"), () => this.move(index, 1), "quiet", { "data-tool": "down" }));
      parts.push(button(named("Remove"), () => this.ask(tools, index), "quiet", { "data-tool": "remove" }));
      tools.replaceChildren(...parts);
    }

    append() {
      if (this.rows.length >= this.section.max_rows) {
        announce(this.app.status, "That is the most rows: " + this.section.max_rows + ".");
        return;
      }
      this.rows.push(state.blankRow());
      this.draw();
      this.drawn[this.rows.length - 1].person.area.focus();
      announce(this.app.status, "Row " + this.rows.length + " added.");
    }

    move(index, step) {
      const [row] = this.rows.splice(index, 1);
      this.rows.splice(index + step, 0, row);
      this.app.changed();
      this.draw();
      const { tools } = this.drawn[index + step];
      const wanted = step < 0 ? "up" : "down";
      (tools.querySelector('[data-tool="' + wanted + '"]') || tools.querySelector("button")).focus();
      announce(this.app.status, "Now row " + (index + step + 1) + " of " + this.rows.length + ".");
    }

    /** A row with words in it is removed only after a second press, in the same place. */
    ask(tools, index) {
      if (state.isBlankRow(this.rows[index])) {
        this.remove(index);
        return;
      }
      const number = index + 1;
      const question = el("span", { id: uniqueId("sure"), class: "ek-form-sure" }, icon("note"), "Remove row " + number + " and its words?");
      const keep = () => {
        this.fillTools(tools, index);
        tools.querySelector('[data-tool="remove"]').focus();
      };
      const yes = button("Remove it", () => this.remove(index), "plain", { "aria-describedby": question.id });
      tools.replaceChildren(question, yes, button("Keep it", keep, "quiet"));
      yes.focus();
    }

    remove(index) {
      this.rows.splice(index, 1);
      this.rows = state.padded(this.section, this.rows);
      this.app.changed();
      this.draw();
      const next = this.drawn[Math.min(index, this.rows.length - 1)];
      next.legend.focus();
      announce(this.app.status, "Row " + (index + 1) + " removed. " + count(this.rows.length, "row") + " left.");
    }

    refresh() {
      for (const drawn of this.drawn) drawn.refresh();
    }

    /** Bring a row to the learner; a name that is no row means that one more is wanted. */
    reveal(index) {
      if (index < 0) this.append();
      else this.drawn[index].person.area.focus();
    }
  }

  ek.formRows = { Rows };
})((globalThis.engagekit = globalThis.engagekit || {}));
