/* The step before handing in: whose work this is, and whether an AI tool helped. Signing ties it to the answers as they are. */
(function (ek) {
  "use strict";
  const { el, icon, button, announce, focusOn, uniqueId } = ek.dom;
  const { written, faultLine } = ek.formField;
  const KEPT = "engagekit/declaring/";

  const USES = {
    none: ["No.", "I used no AI tool for this assignment."],
    language: ["For the language only.", "It mended spelling or grammar, or translated what I had written."],
    ideas: ["For ideas.", "It answered questions or made suggestions, and I wrote every answer in my own words."],
    drafting: ["For drafting.", "Some of the words I am handing in began as words that it wrote."],
  };

  /** What was ticked and written before signing stays for as long as this tab is open, and goes into no file. */
  function keep(form, draft) {
    try {
      globalThis.sessionStorage.setItem(KEPT + form.id, JSON.stringify(draft));
    } catch {
      return;
    }
  }

  function draftOf(form, declaration) {
    if (declaration) return { own_work: true, ai: declaration.ai, said: declaration.said };
    try {
      const found = JSON.parse(globalThis.sessionStorage.getItem(KEPT + form.id)) || {};
      return { own_work: found.own_work === true, ai: USES[found.ai] ? found.ai : "", said: typeof found.said === "string" ? found.said : "" };
    } catch {
      return { own_work: false, ai: "", said: "" };
    }
  }

  class Declare {
    constructor(app) {
      Object.assign(this, { app, node: el("div", { class: "ek-form-narrow ek-form-declare" }) });
      this.draw();
    }

    /** The app's declaration came, went or was looked at. */
    refresh() {
      if (Boolean(this.app.declaration) !== this.signed) this.draw();
      else if (!this.signed) this.look();
    }

    draw() {
      this.signed = Boolean(this.app.declaration);
      this.node.replaceChildren(...(this.signed ? this.done() : this.open()));
      if (!this.signed) this.look();
    }

    done() {
      const { ai, said } = this.app.declaration;
      this.panel = el("p", { class: "ek-form-whole", tabindex: "-1" }, icon("tick"), el("b", {}, "Signed."), " It is for your answers as they are now. If you change an answer it comes off, and you sign again.");
      const facts = [["Whose work", "This is my own work."], ["AI tools", USES[ai].join(" ")], ["What it did", said.trim()]].filter((fact) => fact[1]);
      const list = el("dl", { class: "ek-facts" }, facts.map(([term, value]) => el("div", {}, el("dt", {}, term), el("dd", {}, value))));
      const change = () => {
        this.app.unsign(false);
        this.draw();
        this.own.focus();
      };
      return [this.panel, list, el("div", { class: "ek-actions" }, button("Change my declaration", change, "quiet"))];
    }

    open() {
      const { app } = this;
      const again = app.cameOff ? el("p", { class: "ek-form-again" }, icon("note"), el("span", {}, "You changed an answer after you signed, so your declaration came off. Tick the box and sign it again.")) : null;
      return [again, this.whose(), this.help(), this.button()].filter(Boolean);
    }

    whose() {
      const { draft, form } = this.app;
      const { line, say } = faultLine();
      this.own = el("input", { type: "checkbox", id: uniqueId("own"), checked: draft.own_work, "data-at": "#declare/own", "aria-describedby": line.id });
      this.sayOwn = say;
      this.own.addEventListener("change", () => {
        draft.own_work = this.own.checked;
        keep(form, draft);
        this.look();
      });
      const label = el("label", { class: "ek-choice" }, this.own, el("span", {}, "This is my own work. I wrote the answers myself, apart from what I quote and what I say below."));
      return el("fieldset", { class: "ek-question ek-form-field" }, el("legend", {}, "Whose work is this?"), label, line);
    }

    help() {
      const { draft, form } = this.app;
      const name = uniqueId("ai");
      const { line, say } = faultLine();
      this.sayAi = say;
      this.uses = ek.formDeclaration.AI.map((use) => {
        const radio = el("input", { type: "radio", name, value: use, checked: draft.ai === use, "data-at": "#declare/" + use });
        radio.addEventListener("change", () => {
          draft.ai = use;
          keep(form, draft);
          this.look();
        });
        return radio;
      });
      const choices = this.uses.map((radio) => el("label", { class: "ek-choice" }, radio, el("span", {}, el("b", {}, USES[radio.value][0]), " " + USES[radio.value][1])));
      const told = el("p", { class: "ek-form-help", id: uniqueId("help") }, "Your assessor sees what you choose. None of these takes a mark away by itself, and an honest answer protects you.");
      const group = el("fieldset", { class: "ek-question ek-form-field", "aria-describedby": told.id + " " + line.id }, el("legend", {}, "Did an AI tool help you?"), told, el("div", { class: "ek-form-choices" }, choices), line);
      this.said = written(this.app, {
        at: "#declare/said",
        label: "What it did (you can leave this empty)",
        help: "Which tool, and for which parts.",
        rows: 2,
        get: () => draft.said,
        set: (text) => {
          draft.said = text;
          keep(form, draft);
        },
        fault: () => "",
        quiet: true,
      });
      return el("div", {}, group, this.said.node);
    }

    button() {
      const told = el("p", { class: "ek-aside" }, "Without a signed declaration no mark can be given until a person has looked.");
      return el("div", {}, el("div", { class: "ek-actions" }, button("Sign", () => this.sign(), "main", { "data-at": "#declare/sign" })), told);
    }

    /** Faults are shown once somebody has tried to sign, or has asked for a check. */
    look() {
      const { draft, checked } = this.app;
      const shown = checked || this.tried;
      this.sayOwn(shown && !draft.own_work ? "Tick this box, if it is true." : "");
      this.sayAi(shown && !draft.ai ? "Choose one." : "");
      this.said.node.toggleAttribute("hidden", !draft.said && (!draft.ai || draft.ai === "none"));
      this.said.refresh();
    }

    sign() {
      const { app } = this;
      const { draft } = app;
      this.tried = true;
      this.look();
      if (!draft.own_work) return this.own.focus();
      if (!draft.ai) return this.uses[0].focus();
      if (ek.formText.excess(draft.said) > 0) return this.said.focus();
      this.tried = false;
      app.sign();
      this.draw();
      focusOn(this.panel, "nearest");
      return announce(app.status, "Signed. Go on to check before you hand in.");
    }

    reveal() {
      if (this.signed) focusOn(this.panel);
      else this.own.focus();
    }
  }

  ek.formSign = { Declare, draftOf, keep };
})((globalThis.engagekit = globalThis.engagekit || {}));
