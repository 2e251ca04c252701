/* Part of the form: every practitioner turn of the case gets a code. One turn is open at a time, and nothing says what is right. */
(function (ek) {
  "use strict";
  const { el, heading, icon, button, quietly, uniqueId, focusOn, count } = ek.dom;
  const { spoken, faultLine, codebook, caseFacts } = ek.formField;

  class Coding {
    constructor(app, section) {
      Object.assign(this, { app, section, rows: new Map() });
      this.turns = ek.formState.practitionerTurns(app.form).map((turn) => turn.id);
      this.open = this.next(null);
      this.node = el("div", { class: "ek-form-narrow" }, caseFacts(app.form), codebook(app.form), this.transcript());
      this.refresh();
    }

    get codes() {
      return this.app.answers[this.section.id];
    }

    /** The next turn without a code: after `from` where there is one, else from the beginning. */
    next(from) {
      const start = this.turns.indexOf(from) + 1;
      return [...this.turns.slice(start), ...this.turns.slice(0, start)].find((turn) => !this.codes[turn]) || null;
    }

    transcript() {
      const list = el("ol", { class: "ek-transcript" });
      let before = [];
      for (const utterance of this.app.form.case.utterances) {
        before.push(spoken(this.app.form, utterance));
        if (utterance.speaker !== "practitioner") continue;
        list.append(this.exchange(utterance.id, before));
        before = [];
      }
      if (before.length > 0) list.append(el("li", { class: "ek-exchange ek-exchange-last" }, before));
      return list;
    }

    exchange(turn, said) {
      const number = this.turns.indexOf(turn) + 1;
      const of = el("span", { class: "ek-of" }, " of " + this.turns.length);
      const title = heading(this.app.level + 2, { class: "ek-turn-title", tabindex: "-1" }, "Turn " + number, of);
      const work = el("div", { class: "ek-work" });
      const item = el("li", { class: "ek-exchange" }, title, said, work);
      this.rows.set(turn, { item, title, work, number });
      return item;
    }

    refresh() {
      for (const turn of this.turns) this.fill(turn);
    }

    fill(turn) {
      const row = this.rows.get(turn);
      const open = this.open === turn;
      row.item.classList.toggle("ek-exchange-open", open);
      row.work.replaceChildren(open ? this.question(turn, row) : this.closed(turn, row));
    }

    /** One line for a turn that is not open. */
    closed(turn, row) {
      const code = this.codes[turn];
      const show = () => this.show(turn);
      if (!code) {
        const lacking = this.app.checked ? el("p", { class: "ek-form-fault" }, icon("note"), el("span", {}, "Not coded yet.")) : null;
        return el("div", { class: "ek-closed" }, button("Code turn " + row.number, show, "quiet", { "aria-expanded": "false" }), lacking);
      }
      const line = el("p", { class: "ek-line" }, icon("tick"), el("span", {}, "You: ", el("b", {}, this.label(code))));
      return el("div", { class: "ek-closed" }, line, button(["Change", quietly(" the code of turn " + row.number)], show, "quiet", { "aria-expanded": "false" }));
    }

    label(id) {
      return this.app.form.scheme.codes.find((code) => code.id === id).label;
    }

    question(turn, row) {
      const { form } = this.app;
      const name = uniqueId("code");
      const hint = el("p", { class: "ek-hint", "aria-live": "polite" });
      const { line, say } = faultLine();
      const explain = (code) => {
        hint.textContent = code.definition;
      };
      const choices = form.scheme.codes.map((code) => {
        const at = this.section.id + "/" + turn + "/" + code.id;
        const radio = el("input", { type: "radio", name, value: code.id, checked: this.codes[turn] === code.id, "data-at": at });
        const choose = () => {
          this.codes[turn] = code.id;
          say("");
          explain(code);
          this.app.changed();
        };
        radio.addEventListener("change", choose);
        radio.addEventListener("keydown", (event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          radio.checked = true;
          choose();
          this.goOn(turn);
        });
        if (radio.checked) explain(code);
        return el("label", { class: "ek-choice" }, radio, el("span", {}, code.label));
      });
      const legend = el("legend", {}, "What is " + form.case.people.practitioner + " doing in turn " + row.number + "?");
      const group = el("fieldset", { class: "ek-question", "aria-describedby": line.id }, legend, el("div", { class: "ek-choices" }, choices));
      if (this.app.checked && !this.codes[turn]) say("Not coded yet.");
      const onward = () => {
        if (this.codes[turn]) return this.goOn(turn);
        say("Choose a code first, or go to any other turn.");
        return group.querySelector("input").focus();
      };
      return el("div", {}, group, hint, line, el("div", { class: "ek-actions" }, button("Next turn", onward, "main")));
    }

    /** Close a turn that has its code, and open the next that has none. */
    goOn(turn) {
      const next = this.next(turn);
      this.openOnly(next);
      if (next) focusOn(this.rows.get(next).title);
      else this.app.finished(this, count(this.turns.length, "turn") + " coded: that is all of them.");
    }

    openOnly(turn) {
      const before = this.open;
      this.open = turn;
      if (before) this.fill(before);
      if (turn && turn !== before) this.fill(turn);
    }

    show(turn) {
      this.openOnly(turn);
      const { work } = this.rows.get(turn);
      (work.querySelector("input:checked") || work.querySelector("input")).focus();
    }

    /** Bring one answer to the learner. */
    reveal(turn) {
      this.openOnly(turn);
      focusOn(this.rows.get(turn).title);
    }
  }

  ek.formCoding = { Coding };
})((globalThis.engagekit = globalThis.engagekit || {}));
