/* The last part of the form: what is still missing, how to hand in, and the learner's own copy of the answers. */
(function (ek) {
  "use strict";
  const { el, heading, icon, button, quietly, announce, count } = ek.dom;
  const state = ek.formState;
  const LARGEST = 1000000; // characters of an answers file that is opened

  class Check {
    constructor(app) {
      Object.assign(this, { app, list: el("div", { class: "ek-form-missing" }) });
      this.hand = el("div", {});
      this.room = el("div", { class: "ek-form-copies" });
      this.given = el("p", { class: "ek-form-said" });
      this.opened = el("p", { class: "ek-form-said" });
      this.node = el("div", {}, heading(app.level + 2, { class: "ek-form-sub" }, "What is still missing"), this.list, heading(app.level + 2, { class: "ek-form-sub" }, "How to hand in"), this.handIn(), this.hand, this.room);
      this.refresh();
    }

    /** Everything not complete, part by part, each with a link that goes there. */
    refresh() {
      const { app } = this;
      const parts = app.form.sections.map((section) => [section, state.missing(app.form, section, app.answers)]);
      parts.push([app.declareStep, app.missingDeclaration()]);
      const number = parts.reduce((sum, part) => sum + part[1].length, 0);
      if (number === 0) {
        this.list.replaceChildren(el("p", { class: "ek-form-whole" }, icon("tick"), el("b", {}, "Nothing is missing."), " Every question has an answer, and your declaration is signed. Whether an answer is a good one is for your assessor."));
      } else {
        const gaps = number > parts[parts.length - 1][1].length;
        const told = gaps ? "You can hand in with gaps: a gap only leaves out the marks for that one answer." + (app.declaration ? "" : " Only the declaration has to be there.") : "Every question has an answer.";
        const found = parts.filter((part) => part[1].length > 0).map(([section, items]) => this.part(section, items));
        const words = el("b", {}, count(number, "thing is", "things are") + " not complete.");
        this.list.replaceChildren(el("p", {}, words, " ", told), ...found);
      }
      this.drawCopies();
    }

    part(section, items) {
      const lines = items.map((item) => {
        const go = (event) => {
          event.preventDefault();
          this.app.goTo(section.id, item.name);
        };
        const fault = item.fault ? el("span", { class: "ek-form-why" }, item.fault) : null;
        return el("li", {}, el("a", { href: "#" + this.app.anchor(section.id), on: { click: go } }, item.label, quietly(" in " + section.title)), " ", fault);
      });
      const tight = section.kind === "coding" ? "ek-form-links ek-form-links-short" : "ek-form-links";
      if (section.kind === "coding") for (const line of lines) line.querySelector(".ek-form-why").className = "ek-quiet";
      return el("div", { class: "ek-form-missing-part" }, heading(this.app.level + 3, { class: "ek-form-sub" }, section.title), el("ul", { class: tight }, lines));
    }

    handIn() {
      if (this.app.store.kind === "file") {
        return el(
          "ol",
          { class: "ek-form-steps" },
          el("li", {}, "Sign your declaration. See that the line at the foot of this form says that your answers are saved. They are in " + this.app.store.where + "."),
          el("li", {}, "Open the menu Nbgrader, then Assignment List, and choose Submit beside this assignment."),
          el("li", {}, "No list of assignments? Choose Download my answers, and hand that file in where your course tells you.")
        );
      }
      return el(
        "ol",
        { class: "ek-form-steps" },
        el("li", {}, "Sign your declaration, then choose Download my answers. You get a file called answers.json."),
        el("li", {}, "Hand that file in where your course tells you, such as your course\u2019s learning platform. Leave its name as it is."),
        el("li", {}, "You can hand in again until the date on your course page. The last one counts.")
      );
    }

    /** Say beside the button what came of it, and to a screen reader too. */
    say(line, words) {
      this.hush();
      line.replaceChildren(icon("note"), el("span", {}, words));
      announce(this.app.status, words);
    }

    /** What was said of a file is over once the learner goes elsewhere. */
    hush() {
      for (const line of [this.given, this.opened]) line.replaceChildren();
    }

    drawCopies() {
      const { app } = this;
      const inFile = app.store.kind === "file";
      const told = "Your answers are kept in " + app.store.where + (inFile ? "." : " and sent nowhere. On a shared computer, download them before you leave.");
      const older = app.store.aside().map((found, index) =>
        el("li", {}, "Saved " + app.when(found.saved) + " ", button(["Download", quietly(" the version set aside, number " + (index + 1))], () => this.give(found, "answers-set-aside.json"), "quiet"))
      );
      const unsigned = app.declaration ? null : el("p", { class: "ek-warning" }, icon("note"), el("span", {}, "Your declaration is not signed. You can download your answers and hand them in all the same, but no mark can be given until a person has looked."));
      const kept = older.length > 0 ? [heading(app.level + 2, { class: "ek-form-sub" }, "Versions set aside"), el("ul", { class: "ek-form-links" }, older)] : [];
      const download = button([icon("down"), "Download my answers"], () => this.download(), inFile ? "plain" : "main");
      this.hand.replaceChildren(...[unsigned, el("div", { class: "ek-actions" }, download), this.given].filter(Boolean));
      this.room.replaceChildren(heading(app.level + 2, { class: "ek-form-sub" }, "Your own copy"), el("p", { class: "ek-aside" }, told), el("div", { class: "ek-actions" }, this.opener()), this.opened, ...kept);
    }

    async download() {
      const { app } = this;
      await app.save(false);
      this.give(state.file(app.form, app.sheet(), app.saved || new Date().toISOString()), "answers.json");
      const next = app.store.kind === "file" ? " If you do not hand in with Submit, hand that file in on your course\u2019s platform." : " Now hand that file in on your course\u2019s platform.";
      const unsigned = app.declaration ? "" : " Your declaration is not signed, so no mark can be given until a person has looked.";
      this.say(this.given, "Your answers, as they are now, are in your downloads as answers.json." + next + unsigned);
    }

    give(content, name) {
      const address = URL.createObjectURL(new Blob([JSON.stringify(content, null, 1) + "\n"], { type: "application/json" }));
      const link = el("a", { href: address, download: name, hidden: true });
      this.app.root.append(link);
      link.click();
      link.remove();
      globalThis.setTimeout(() => URL.revokeObjectURL(address), 60000);
    }

    opener() {
      const input = el("input", { type: "file", accept: ".json,application/json", hidden: true, "aria-label": "An answers file" });
      input.addEventListener("change", async () => {
        const [file] = input.files;
        input.value = "";
        if (!file) return;
        const found = file.size > LARGEST ? { refused: "That file is too large to be an answers file." } : state.readFile(this.app.form, await file.text());
        if (found.refused) this.say(this.opened, found.refused);
        else this.app.offer(found);
      });
      return el("span", {}, button([icon("up"), "Open an answers file"], () => input.click(), "plain", { "data-at": "#check/open" }), input);
    }
  }

  ek.formCheck = { Check };
})((globalThis.engagekit = globalThis.engagekit || {}));
